"""A PDF that only shows pages: no scripts, no actions of its own, no programs, nothing from elsewhere.

Every object is written out by the library in one spelling (`#xx` in names undone, object streams opened,
the newest revision), so hiding an object in a stream, an update or behind a reference changes nothing. No
reference is followed, so rings and depth cost nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from supervision.files.inspection import attached
from supervision.files.inspection.programs import refuse_two_things
from supervision.files.inspection.refusals import Refused, Why

MAX_OBJECTS = 500_000
MAX_WRITTEN = 400 * 1024**2  # bytes of all objects written out, streams aside
_LONGEST_CHAIN = 50  # actions, one after the other

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
#: Names for whose sake an object is looked at more closely.
_LOOKED_AT = frozenset({b"/EF", b"/AA", b"/OpenAction", b"/URI", b"/FontMatrix", b"/Ref"})
#: What a page or a file may do by itself: move within the paper, show and hide its layers.
_STILL = frozenset({"/GoTo", "/Named", "/SetOCGState", "/Hide", "/ResetForm"})
_FILE_NAMES = ("/UF", "/F", "/DOS", "/Unix", "/Mac")
#: Strings, which may hold anything, are stepped over.
_NAMES = re.compile(rb"\((?:[^()\\]|\\.)*+\)|<[0-9a-f]*+>|(/[^\x00-\x20()<>\[\]{}/%]++)", re.S)
#: In the bytes as they came: objects that no cross-reference leads to, which some readers find all the same.
_RAW = re.compile(rb"/(?:S|#53)[\x00\t\n\f\r ]{0,32}(/[A-Za-z#][A-Za-z0-9#]{5,60})")
_RAW_NEVER = (b"/JavaScript", b"/Launch", b"/SubmitForm", b"/ImportData", b"/RichMedia")
_HEX = re.compile(rb"#([0-9a-fA-F]{2})")
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.I)
_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def check(data: bytes) -> int:
    """Return the number of pages of a PDF; raises Refused."""
    if not data.startswith(b"%PDF-"):
        raise Refused(Why.TYPE)
    refuse_two_things(data)
    if b"%%EOF" not in data[-2048:]:
        raise Refused(Why.BROKEN)
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            if document.is_encrypted:
                raise Refused(Why.PASSWORD)
            pages = len(document.pages)
            _objects(document)
    except pikepdf.PasswordError:
        raise Refused(Why.PASSWORD) from None
    except (Refused, MemoryError):
        raise
    except Exception:  # of a broken file the library may raise anything
        raise Refused(Why.BROKEN) from None
    if pages == 0:
        raise Refused(Why.BROKEN)
    _raw(data)
    return pages


def _objects(document: pikepdf.Pdf) -> None:
    if len(document.objects) > MAX_OBJECTS:
        raise Refused(Why.HEAVY)
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
        if found := next((why for name, why in _NEVER.items() if name in names), None):
            raise Refused(found)
        if names & _LOOKED_AT:
            for dictionary in _dictionaries(body):
                _dictionary(dictionary)


def _dictionaries(holder: Any) -> Iterator[Any]:
    """Yield the dictionaries written within an object, itself included; those referred to have their turn."""
    waiting = [holder]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Dictionary):
            yield one
            waiting += [value for value in one.values() if _is_written_here(value)]
        elif isinstance(one, pikepdf.Array):
            waiting += [value for value in one if _is_written_here(value)]


def _is_written_here(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _dictionary(one: Any) -> None:
    if "/EF" in one:
        _attachment(one)
    for name in ("/OpenAction", "/AA"):
        if name in one:
            _by_itself(one[name], is_list=name == "/AA")
    if "/URI" in one:
        _address(one["/URI"])
    if "/FontMatrix" in one and any(isinstance(n, pikepdf.Object | str | bytes) for n in one["/FontMatrix"]):
        raise Refused(Why.SCRIPT)  # some viewers put what stands here into a program (CVE-2024-4367)
    if isinstance(one.get("/Ref"), pikepdf.Dictionary) and "/F" in one["/Ref"]:
        raise Refused(Why.EXTERNAL)


def _attachment(specification: Any) -> None:
    names = [
        str(specification[key]) for key in ("/UF", "/F", "/DOS", "/Unix", "/Mac") if key in specification
    ]
    for file in specification["/EF"].values():
        if not isinstance(file, pikepdf.Stream):
            raise Refused(Why.EMBEDDED)
        attached.check(file.read_bytes(), names)


def _by_itself(action: Any, *, is_list: bool) -> None:
    """Refuse what happens when the paper or a page is opened, closed or touched, but for moving about."""
    waiting = list(action.values()) if is_list else [action]
    for _turn in range(_LONGEST_CHAIN):
        if not waiting:
            return
        one = waiting.pop()
        if not isinstance(one, pikepdf.Dictionary):
            continue  # a place in the paper
        kind = str(one.get("/S", "/GoTo"))
        if kind not in _STILL:
            raise Refused(_NEVER.get(kind.encode(), Why.ACTION))
        following = one.get("/Next")
        waiting += list(following) if isinstance(following, pikepdf.Array) else [following]
    raise Refused(Why.ACTION)


def _address(said: Any) -> None:
    if isinstance(said, pikepdf.Dictionary):
        said = said.get("/Base", "")  # before which all others stand
    text = str(said)
    scheme = _SCHEME.match(text)
    is_share = text.lstrip().startswith(("\\", "//"))
    if is_share or (scheme and scheme[1].lower() not in _SAFE_SCHEMES):
        raise Refused(Why.ACTION)


def _raw(data: bytes) -> None:
    for found in _RAW.finditer(data):
        name = found[1]
        if b"#" in name:
            name = _HEX.sub(lambda sign: bytes([int(sign[1], 16)]), name)
        if name in _RAW_NEVER:
            raise Refused(_NEVER[name])


def _warm_up() -> None:
    """Have the library open its source of random numbers: the child that needs it can open nothing."""
    with pikepdf.new() as document:
        document.save(io.BytesIO(), encryption=pikepdf.Encryption(owner="a", user="b"))


_warm_up()
