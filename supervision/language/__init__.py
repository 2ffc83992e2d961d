"""Vietnamese text: folding for search, sort order, dates and numbers in words, codes people read.

Plain Python: no Django, no database.
"""
