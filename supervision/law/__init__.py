"""The law as data: norms, terms, calendar arithmetic and one declaration per form.

Plain Python: no Django, no database.
"""
