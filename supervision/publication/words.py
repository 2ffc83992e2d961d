"""The words of both sides on a published recommendation: each told once, by the act that it came with."""

from __future__ import annotations

from typing import Any

from supervision.publication.models import Publication


def keys_of(publication: Publication, number: int) -> set[str]:
    """Return the keys of all words told so far on one recommendation of a publication."""
    rows = publication.follow_ups.filter(number=number).values_list("data__words", flat=True)
    return {word["key"] for words in rows for word in words or ()}


def words_of(publication: Publication) -> dict[int, list[dict[str, Any]]]:
    """Return, for each recommendation number, the words told of it in order of time; one query.

    A recommendation published before words were kept has none until its next act, which tells them all.
    """
    found: dict[int, list[dict[str, Any]]] = {}
    for number, words in publication.follow_ups.order_by("pk").values_list("number", "data__words"):
        found.setdefault(number, []).extend(words or ())
    for words in found.values():
        words.sort(key=lambda word: word["at"])
    return found
