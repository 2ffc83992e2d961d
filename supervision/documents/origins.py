"""From which published file a file was made that is none itself, and how it differs from it, in words.

Found by hashes of beginnings, or by the size, and told by comparing with at most MOST_COMPARED files that
were published, each read in pieces: what it costs depends neither on the archive nor on a stranger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from supervision.documents.verdicts import (
    ADDED,
    ALTERED,
    ANSWERS,
    OTHERWISE_SIGNED,
    PART,
    PART_UNSIGNED,
    PUT_IN,
    REWRITTEN,
    TAKEN_OUT,
    VerdictKind,
)
from supervision.files.comparing import Difference, difference
from supervision.files.services import open_blob
from supervision.language import numbers
from supervision.law.text import T
from supervision.publication import beginnings
from supervision.publication.beginnings import Likeness
from supervision.publication.models import Publication, Renewal

MOST_COMPARED = 8

#: Kind, heading and lead of an answer; None keeps what the signatures said.
Words = tuple[VerdictKind | None, T | None, T]


@dataclass(frozen=True)
class Origin:
    """The publication a file was made from, and how it differs from the nearest of its files.

    `is_revision`: it begins with a whole revision of that, `is_first`: and is nothing else. `difference` is
    None where the published file is lost.
    """

    publication: Publication
    is_revision: bool
    is_first: bool
    difference: Difference | None

    @property
    def is_sure(self) -> bool:
        """Whether the file was made from it, and does not only begin alike."""
        found = self.difference
        if self.is_revision or found is None:
            return self.is_revision
        return found.is_beginning or found.is_continued or found.is_mostly_equal

    @property
    def rank(self) -> tuple[bool, bool, int]:
        found = self.difference
        return (found.is_beginning, found.is_continued, found.shared) if found else (False, False, 0)

    def words(self, *, is_signed: bool) -> Words:
        """Return what to say of the file; `is_signed`: signatures in it hold for all of it."""
        found = self.difference
        if found is not None and found.is_beginning:
            part = PART_UNSIGNED if self.is_first else PART[1]
            return "not_ours", PART[0], _bytes(part, found.original - found.size)
        if is_signed and self.is_revision and not (found and found.is_continued):
            return None, None, OTHERWISE_SIGNED
        heading = ANSWERS["changed"][0]
        return "changed", heading, _changed(found) if found else REWRITTEN


def origin_of(data: bytes, known: dict[int, str]) -> Origin | None:
    """Return what a file that was not published was made from, None where nothing is known.

    `known` are its `beginnings.digests` with the POINTS among them.
    """
    found = _closest(data, beginnings.alike(known))
    if found is None or not found.is_sure:
        same = [Likeness(one, 0, is_revision=False) for one in beginnings.of_size(len(data))]
        found = _closest(data, same)
    return found if found and found.is_sure else None


def _closest(data: bytes, likes: Sequence[Likeness]) -> Origin | None:
    by_pk = {like.publication.pk: like for like in likes}
    files = [(like.publication.pk, like.publication.pdf_sha256) for like in likes]
    if likes:
        renewed = Renewal.objects.filter(publication__in=by_pk).order_by("-pk")
        files += renewed.values_list("publication_id", "pdf_sha256")[: MOST_COMPARED - len(files)]
    found = [_origin(data, by_pk[pk], sha256) for pk, sha256 in files]
    return max(found, key=lambda one: one.rank, default=None)


def _origin(data: bytes, like: Likeness, sha256: str) -> Origin:
    is_first = like.size == len(data) and like.size not in beginnings.POINTS
    return Origin(like.publication, like.is_revision, is_first, _compared(data, sha256))


def _compared(data: bytes, sha256: str) -> Difference | None:
    try:
        with open_blob(sha256) as stream:
            return difference(data, stream)
    except OSError:
        return None


def _changed(found: Difference) -> T:
    if found.altered is not None:
        return _bytes(ALTERED, found.altered)
    if found.is_continued:
        return _bytes(ADDED, found.size - found.original)
    if not found.is_one_gap:
        return REWRITTEN
    return _bytes(PUT_IN if found.size > found.original else TAKEN_OUT, abs(found.size - found.original))


def _bytes(words: T, number: int) -> T:
    vi, en = numbers.count(number, "byte", "byte"), numbers.count(number, "byte", "byte", "en")
    return T(words.vi.format(bytes=vi), words.en.format(bytes=en))
