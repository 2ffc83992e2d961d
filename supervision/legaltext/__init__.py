"""Texts of law: read from files into provisions, compared with one another, and remarks on them grouped.

No Django, no database, no rows: texts come in, what is said of them goes out.
"""
