"""What does something by itself is refused with the name of what was found; what only shows is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from supervision.files import inspection
from tests.files import disguised, hostile

_FILES = hostile.FILES + disguised.FILES


@pytest.mark.parametrize(
    ("name", "extension", "data", "why"), _FILES, ids=[f"{one[1]}: {one[0]}" for one in _FILES]
)
def test_whatever_acts_is_refused_by_what_it_is(name: str, extension: str, data: bytes, why: str) -> None:
    with pytest.raises(inspection.Refused) as refused:
        inspection.inspect(data, extension)
    assert str(refused.value) == why


def test_a_flood_of_depth_and_rings_is_bounded() -> None:
    deep = b"[" * 60_000 + b"]" * 60_000
    rings = b"<< /Type /Catalog /Pages 2 0 R /A 3 0 R >>"
    for odd in (deep, rings):
        objects = [
            rings,
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            odd if odd is deep else b"<< /A 3 0 R >>",
        ]
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Next 4 0 R >>")
        try:
            assert inspection.inspect(hostile.tabled(*objects), "pdf") == {"pages": 1}
        except inspection.Refused as refused:
            assert (odd, str(refused)) == (deep, "structure")


def test_a_file_with_more_objects_than_a_paper_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection.pdf, "MAX_OBJECTS", 3)
    with pytest.raises(inspection.Refused, match="heavy"):
        inspection.inspect(hostile.pdf_with(lambda document: None), "pdf")
    monkeypatch.setattr(inspection.pdf, "MAX_OBJECTS", 9)
    monkeypatch.setattr(inspection.pdf, "MAX_WRITTEN", 30)
    with pytest.raises(inspection.Refused, match="heavy"):
        inspection.inspect(hostile.pdf_with(lambda document: None), "pdf")


#: Sized so that looking twice at what was seen would take minutes.
_FLOODS: dict[str, Callable[[], tuple[bytes, str]]] = {
    "a list of actions that all lead to": lambda: (
        _objects(b"[" + b"<< /S /GoTo >>" * 5_000 + b"]", *[b"<< /S /GoTo /Next 4 0 R >>"] * 20_000),
        "pdf",
    ),
    "a page's own actions that all have": lambda: (
        _objects(b"<< " + b" ".join(b"/a%d << /S /GoTo >>" % n for n in range(5_000)) + b" >>",
                 *[b"<< /AA 4 0 R >>"] * 20_000),
        "pdf",
    ),
    "a matrix that all fonts have": lambda: (
        _objects(b"[" + b"1 " * 200_000 + b"]", *[b"<< /FontMatrix 4 0 R >>"] * 20_000),
        "pdf",
    ),
    "a line of one comment in the next": lambda: (_objects(b"(" + b"/S%" * 300_000 + b")"), "pdf"),
    "brackets without end": lambda: (hostile.cell("(" + "['" * 45_000), "xlsx"),
    "links without end": lambda: (
        hostile.cell("".join(f'HYPERLINK("#{n}"&amp;' for n in range(4_000))), "xlsx"
    ),
    "fields without end": lambda: (
        hostile.word(
            "".join(f'<w:fldChar w:fldCharType="begin"/><w:t>IF {n}</w:t>' for n in range(30_000))
        ),
        "docx",
    ),
    "prefixes without end": lambda: (
        hostile.word("".join(f'<a xmlns:x{n}="u{n}">' for n in range(20_000)) + "</a>" * 20_000), "docx"
    ),
}  # fmt: skip


def _objects(*more: bytes) -> bytes:
    """A PDF with objects of any kind behind its page."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        *more,
    ]
    return hostile.tabled(*objects)


@pytest.mark.parametrize("name", _FLOODS)
def test_what_is_written_once_is_looked_at_once(name: str) -> None:
    data, extension = _FLOODS[name]()
    try:
        inspection.inspect(data, extension)
    except inspection.Refused as refused:
        assert str(refused) in ("script", "link", "dde")
