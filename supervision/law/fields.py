"""The subject fields of supervision: one list for cases, pages and facets."""

from supervision.law.text import T

#: Subject fields of supervision; a key not listed here is shown as it is.
FIELDS: dict[str, T] = dict(FIELDS_OF_LIFE)
