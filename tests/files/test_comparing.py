"""How two files differ is told exactly, whatever their sizes, and read in pieces."""

from __future__ import annotations

import io
import random

import pytest

from supervision.files import comparing
from supervision.files.comparing import Difference, difference

ORIGINAL = random.Random(7).randbytes(5000)


@pytest.fixture(autouse=True, params=[7, 4096, 64 * 1024])
def _pieces(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "_PIECE", request.param)


def told(data: bytes, original: bytes = ORIGINAL) -> Difference:
    return difference(data, io.BytesIO(original))


def test_the_same_bytes_differ_in_nothing() -> None:
    same = told(ORIGINAL)
    assert same == Difference(5000, 5000, 5000, 0, 0) and same.is_mostly_equal
    assert not (same.is_beginning or same.is_continued or same.is_one_gap)


@pytest.mark.parametrize("missing", [1, 6, 7, 8, 4096, 4999, 5000])
def test_a_file_cut_short(missing: int) -> None:
    cut = told(ORIGINAL[: 5000 - missing])
    assert cut.is_beginning and cut.original - cut.size == missing and not cut.is_continued


@pytest.mark.parametrize("added", [1, 7, 5000])
def test_a_file_that_goes_on(added: int) -> None:
    longer = told(ORIGINAL + b"x" * added)
    assert longer.is_continued and longer.size - longer.original == added and not longer.is_beginning


@pytest.mark.parametrize("places", [{0}, {4999}, {6, 7}, {1, 2500, 4998}, set(range(5000))])
def test_bytes_changed_within_are_counted(places: set[int]) -> None:
    changed = bytearray(ORIGINAL)
    for place in places:
        changed[place] ^= 1 + place % 255
    found = told(bytes(changed))
    assert (found.start, found.altered) == (min(places), len(places))
    assert found.is_mostly_equal == (len(places) <= 2500)


@pytest.mark.parametrize("place", [0, 1, 6, 7, 2500, 4999])
def test_bytes_put_in_or_taken_out_at_one_place(place: int) -> None:
    put_in = told(ORIGINAL[:place] + bytes([ORIGINAL[place] ^ 1]) * 9 + ORIGINAL[place:])
    assert put_in.is_one_gap and put_in.start == place and put_in.altered is None
    out = told(ORIGINAL[:place] + ORIGINAL[place + 3 :])
    assert out.is_one_gap or out.is_beginning
    assert out.start >= place and out.is_mostly_equal


def test_other_files_share_little() -> None:
    other = told(random.Random(8).randbytes(5000))
    assert not other.is_mostly_equal
    replaced = told(b"A" + ORIGINAL[1:-1] + b"BC")
    assert not replaced.is_one_gap and not replaced.is_mostly_equal and replaced.start == 0
    assert told(b"").is_beginning and not told(b"").is_mostly_equal


def test_repeating_bytes_at_the_seam_are_counted_once() -> None:
    found = told(b"aaaaaa", b"aaa")
    assert found.is_continued and found.start == 3
    found = told(b"xaaaay", b"xaay")
    assert found.is_one_gap and (found.start, found.end) == (3, 1)
