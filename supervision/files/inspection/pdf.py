"""A PDF that only shows pages: no scripts, no actions of its own, no programs, nothing from elsewhere.

Every object is written out by the library in one spelling (`#xx` in names undone, object streams opened,
the newest revision), so hiding an object in a stream, an update or behind a reference changes nothing. Each
object is looked at once, where it stands, so rings and depth cost nothing.
"""

from __future__ import annotations

import io
import re

import pikepdf

from supervision.files.inspection.dictionaries import LOOKED_AT, Dictionaries
from supervision.files.inspection.layout import check_layout
from supervision.files.inspection.programs import refuse_two_things
from supervision.files.inspection.refusals import Refused, Why
from supervision.files.inspection.tables import check_remarks

MAX_OBJECTS = 500_000
MAX_WRITTEN = 400 * 1024**2  # bytes of all objects written out, streams aside

#: Names that stand in no paper that only shows pages, wherever they stand.
_NEVER = {
    b"/JavaScript": Why.SCRIPT,
    b"/JS": Why.SCRIPT,
    b"/XFA": Why.FORM,
    **dict.fromkeys(
        (b"/Launch", b"/SubmitForm", b"/ImportData", b"/GoToR", b"/GoToE", b"/GoTo3DView", b"/Rendition"),
        Why.ACTION,
    ),
    **dict.fromkeys(
        (b"/RichMedia", b"/RichMediaContent", b"/RichMediaExecute", b"/Movie", b"/Sound", b"/3D", b"/U3D"),
        Why.MEDIA,
    ),
    b"/Collection": Why.EMBEDDED,
}
#: Strings, which may hold anything, are stepped over.
_NAMES = re.compile(rb"\((?:[^()\\]|\\.)*+\)|<[0-9a-f]*+>|(/[^\x00-\x20()<>\[\]{}/%]++)", re.S)
#: In the bytes as they came: objects that no cross-reference leads to, which some readers find all the same.
_RAW = re.compile(rb"/(?:S|#53)(?=[\x00\t\n\f\r %/])")
_RAW_SPACE = re.compile(rb"[\x00\t\n\f\r ]*+")
_RAW_NAME = re.compile(rb"/[A-Za-z#][A-Za-z0-9#]{2,60}")
_RAW_NEVER = {
    b"/JavaScript": Why.SCRIPT,
    **dict.fromkeys((b"/Launch", b"/SubmitForm", b"/ImportData", b"/GoToR", b"/GoToE"), Why.ACTION),
    **dict.fromkeys((b"/Thread", b"/Rendition", b"/GoTo3DView"), Why.ACTION),
    **dict.fromkeys((b"/RichMedia", b"/RichMediaExecute", b"/Movie", b"/Sound"), Why.MEDIA),
}
_END_OF_LINE = re.compile(rb"[\r\n]|\Z")
_MOST_COMMENTS = 32  # between two words; nobody writes them but to hide the second
_PADDING = b"\x00\t\n\f\r "
_HEX = re.compile(rb"#([0-9a-fA-F]{2})")


def check(data: bytes) -> int:
    """Return the number of pages of a PDF; raises Refused."""
    if not data.startswith(b"%PDF-"):
        raise Refused(Why.TYPE)
    refuse_two_things(data)
    if b"%%EOF" not in data.rstrip(_PADDING)[-2048:]:
        raise Refused(Why.BROKEN)
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            if document.is_encrypted:
                raise Refused(Why.PASSWORD)
            pages = len(document.pages)
            _objects(document)
            _raw(data)
            check_remarks(document.get_warnings())
            check_layout(data, document, _replaced)
    except pikepdf.PasswordError:
        raise Refused(Why.PASSWORD) from None
    except (Refused, MemoryError):
        raise
    except Exception:  # of a broken file the library may raise anything
        raise Refused(Why.BROKEN) from None
    if pages == 0:
        raise Refused(Why.BROKEN)
    return pages


def _objects(document: pikepdf.Pdf) -> None:
    if len(document.objects) > MAX_OBJECTS:
        raise Refused(Why.HEAVY)
    about = document.trailer.get("/Info")
    dictionaries = Dictionaries()
    written = 0
    for one in document.objects:
        if not isinstance(one, pikepdf.Object):
            continue  # a number or a truth value
        body = one.stream_dict if isinstance(one, pikepdf.Stream) else one
        if isinstance(one, pikepdf.Stream) and "/F" in body:
            raise Refused(Why.EXTERNAL)  # its bytes are in another file
        text = body.unparse(resolved=True)
        written += len(text)
        if written > MAX_WRITTEN:
            raise Refused(Why.HEAVY)
        names = set(_NAMES.findall(text))
        if about is not None and one.objgen == about.objgen and "/S" not in body:
            names.discard(b"/JS")  # words about the paper have keys of their own
        if found := next((why for name, why in _NEVER.items() if name in names), None):
            raise Refused(found)
        if names & LOOKED_AT:
            dictionaries.judge(body)


def _replaced(text: bytes) -> None:
    """Judge the text of objects that newer ones replace: a reader may show how the paper was before."""
    for name in _NAMES.findall(text):
        if why := _NEVER.get(_HEX.sub(_sign, name)):
            raise Refused(why)


def _raw(data: bytes) -> None:
    """Refuse what some readers find in the bytes alone; a line is gone through once, whatever it repeats."""
    begin, end, behind = 1, 0, 0  # a comment gone over, and where the next word stands
    for found in _RAW.finditer(data):
        at = _behind_space(data, found.end())
        if data[at : at + 1] == b"%":
            if not begin <= at <= end:
                begin, end = at, _end_of_line(data, at)
                behind = _behind_comments(data, end)
            at = behind
        if name := _RAW_NAME.match(data, at):
            plain = _HEX.sub(_sign, name[0])
            if plain in _RAW_NEVER:
                raise Refused(_RAW_NEVER[plain])


def _sign(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])


def _behind_comments(data: bytes, at: int) -> int:
    for _comment in range(_MOST_COMMENTS):
        at = _behind_space(data, at)
        if data[at : at + 1] != b"%":
            return at
        at = _end_of_line(data, at)
    raise Refused(Why.BROKEN)


def _behind_space(data: bytes, at: int) -> int:
    return _RAW_SPACE.match(data, at).end()  # type: ignore[union-attr]


def _end_of_line(data: bytes, at: int) -> int:
    return _END_OF_LINE.search(data, at).start()  # type: ignore[union-attr]


def _warm_up() -> None:
    """Have the library open its source of random numbers: the child that needs it can open nothing."""
    with pikepdf.new() as document:
        document.save(io.BytesIO(), encryption=pikepdf.Encryption(owner="a", user="b"))


_warm_up()
