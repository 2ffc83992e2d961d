"""A PDF as blocks: its letters with their places become lines, and lines paragraphs."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from supervision.files import inspection
from supervision.legaltext.outline import Block
from supervision.legaltext.outline.joining import join, plain, tidy
from supervision.legaltext.readers import pages
from supervision.legaltext.readers.pages import Line
from supervision.legaltext.readers.unreadable import Reason, Unreadable, refuse_long

_LINES_A_PAGE = 50
#: Fewer letters to a page than this, and it is a picture with a stamp on it.
_FEWEST_LETTERS = 50
_WIDE_GAP = 2.5  # heights of a letter; wider is another column
_WORD_GAP = 0.5  # what the library put on lines of its own is one line where it stands closer than this
_UNKNOWN = 0.05  # share of signs that are no letters
#: Hyphens that the library marks as made by breaking a line.
_BREAKS = {0x02: "-", 0xFFFE: "-"}


class _Sign(NamedTuple):
    """A letter and the box of its font around it, in points from the lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


def read(data: bytes) -> tuple[list[Block], str]:
    """Return the blocks of a PDF; raises Unreadable, and Refused for what no file may hold."""
    inspection.inspect(data, "pdf")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise Unreadable(Reason.BROKEN) from None
    lines: list[list[Line]] = []
    characters = 0
    for n in range(len(document)):
        lines.append(_lines(document, n))
        characters += sum(len(line.text) for line in lines[-1])
        refuse_long(n * _LINES_A_PAGE, characters)
    said = "".join(line.text for page in lines for line in page)
    if len(said) < _FEWEST_LETTERS * len(lines):
        raise Unreadable(Reason.SCAN)
    if sum(map(_is_unknown, said)) > _UNKNOWN * len(said):
        raise Unreadable(Reason.LETTERS)
    return join(pages.paragraphs(lines)), ""


def _is_unknown(sign: str) -> bool:
    return sign == "\ufffd" or unicodedata.category(sign) in ("Co", "Cn", "Cc")


def _lines(document: pypdfium2.PdfDocument, number: int) -> list[Line]:
    """Return the lines of a page from the top down."""
    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return []  # one page that is broken does not hide the others
    size = page.get_size() if page.get_rotation() % 180 == 0 else page.get_size()[::-1]
    signs, width = _upright(_signs(text), *size)
    pieces = [piece for piece in _pieces(signs) if piece.text]
    text.close()
    page.close()
    return [line for row in _rows(pieces) for line in _merged(row, number, width)]


def _signs(text: pypdfium2.PdfTextPage) -> Iterator[tuple[int, _Sign] | None]:
    """Yield the letters of a page in the file's order, each with how it is turned, None for a line end.

    0 is upright, 1 to 3 are so many quarters of a turn against the clock; others (watermarks) are left out.
    """
    box = raw.FS_RECTF()
    for n in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, n)
        if code in (0x0A, 0x0D):
            yield None
        elif code:
            quarters = raw.FPDFText_GetCharAngle(text, n) / (math.pi / 2)
            if abs(quarters - round(quarters)) < 0.07:
                raw.FPDFText_GetLooseCharBox(text, n, ctypes.byref(box))
                sign = _Sign(_BREAKS.get(code) or chr(code), box.left, box.right, box.bottom, box.top)
                yield round(quarters) % 4, sign


def _upright(
    signs: Iterable[tuple[int, _Sign] | None], width: float, height: float
) -> tuple[list[_Sign | None], float]:
    """Return the letters that stand as most of a page do, set upright, and how wide that page is.

    A page that lies on its side is stored with turned letters or with a note to turn it, or with both.
    """
    signs = list(signs)
    ((turned, _count),) = Counter(sign[0] for sign in signs if sign).most_common(1) or [(0, 0)]
    found = [
        sign and _set_upright(sign[1], turned, width, height)
        for sign in signs
        if not sign or sign[0] == turned
    ]
    return found, height if turned % 2 else width


def _set_upright(sign: _Sign, turned: int, width: float, height: float) -> _Sign:
    text, left, right, bottom, top = sign
    match turned:
        case 1:
            return _Sign(text, height - top, height - bottom, left, right)
        case 2:
            return _Sign(text, width - right, width - left, height - top, height - bottom)
        case 3:
            return _Sign(text, bottom, top, width - right, width - left)
    return sign


def _pieces(signs: Iterable[_Sign | None]) -> Iterator[Line]:
    """Yield runs of letters that stand on one line without a wide gap."""
    run: list[_Sign] = []
    for sign in signs:
        if sign is None or (run and sign.text.strip() and _is_apart(run[-1], sign)):
            yield _piece(run)
            run = []
        if sign is not None and (sign.text.strip() or run):
            run.append(sign if sign.text.strip() else _space(run[-1]))
    yield _piece(run)


def _space(before: _Sign) -> _Sign:
    """Return a space right after a letter: spaces have boxes of any size."""
    return _Sign(" ", before.right, before.right, before.bottom, before.top)


def _is_apart(before: _Sign, sign: _Sign) -> bool:
    height = max(before.top - before.bottom, sign.top - sign.bottom)
    has_moved = abs(before.top + before.bottom - sign.top - sign.bottom) > 1.2 * height
    return has_moved or not -height < sign.left - before.right < _WIDE_GAP * height


def _piece(run: list[_Sign]) -> Line:
    words = "".join(sign.text for sign in run).rstrip()
    run = run[: len(words)]
    if not run:
        return Line()
    first = len(words.split(" ", 1)[0])
    return Line(
        text=tidy(plain(words)),
        left=run[0].left,
        right=max(sign.right for sign in run),
        bottom=min(sign.bottom for sign in run),
        top=max(sign.top for sign in run),
        first=run[first - 1].right - run[0].left,
    )


def _rows(pieces: list[Line]) -> list[list[Line]]:
    """Return pieces that stand at one height together, from the top down."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda one: -one.middle):
        if rows and rows[-1][0].middle - piece.middle < 0.4 * min(piece.height, rows[-1][0].height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _merged(row: list[Line], page: int, width: float) -> Iterator[Line]:
    """Yield the lines of a row, one for each column."""
    columns: list[Line] = []
    for piece in sorted(row, key=lambda one: one.left):
        if columns and piece.left - columns[-1].right < _WORD_GAP * piece.height:
            columns[-1] = columns[-1].with_more(piece)
        else:
            columns.append(piece)
    for line in columns:
        yield line.on(page, width, is_column=len(columns) > 1)
