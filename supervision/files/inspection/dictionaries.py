"""The dictionaries of a PDF that do something: actions, addresses, files attached and files elsewhere.

Each is judged where it stands. Of what an action leads on to, one step is looked at, for every dictionary
has its own turn; what happens by itself is followed to its end. Nothing is followed twice, so rings and
shared lists cost no more than what is written. A stream is taken for its dictionary, as readers take it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pikepdf

from supervision.files.inspection import attached
from supervision.files.inspection.links import is_plain_link
from supervision.files.inspection.refusals import Refused, Why

#: Keys and names for whose sake an object is looked at more closely.
LOOKED_AT = frozenset(
    b"/A /PA /NA /AA /OpenAction /Next /Action /URI /EF /F /UF /DOS /Unix /Mac /FS /Names /Ref /TimeStamp "
    b"/FontMatrix".split()
)
#: What a page or a file may do by itself: move within the paper, show and hide its layers and fields.
_STILL = frozenset({"/GoTo", "/Named", "/SetOCGState", "/Hide", "/ResetForm", "/Trans", "/GoToDp", "/NOP"})
#: What may be done when a reader touches a link or a button.
_PERMITTED = _STILL | {"/URI"}
#: Commands of the viewer that move about, and the dialogue for printing.
_COMMANDS = frozenset(
    "/NextPage /PrevPage /FirstPage /LastPage /GoBack /GoForward /GoToPage /Find /Print".split()
)
_FILE_NAMES = ("/UF", "/F", "/DOS", "/Unix", "/Mac")
_ATTACHED_ENDS = ("", "json", "xml")
#: What a dictionary of a file calls itself.
_SPECIFICATIONS = frozenset({"/Filespec", "/FileSpec", "/F"})
#: A name without the signs that lead elsewhere on some system, or hide its ending.
_PLAIN_NAME = re.compile(r"[^./\\:*?\"<>|][^/\\:*?\"<>|]*")
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
_MATRIX = 6  # numbers
_MEDIA = frozenset({"/Movie", "/Sound"})


class Dictionaries:
    """Judges the dictionaries of one PDF."""

    def __init__(self) -> None:
        #: Objects, and as what they were looked at: one may be used as several things.
        self._followed: set[tuple[tuple[int, int], str]] = set()
        #: By the object: how names of an attached file must end, and how a name ends that is written once
        #: and used often.
        self._endings: dict[tuple[int, int], str] = {}

    def judge(self, holder: Any) -> None:
        """Raise Refused for what is written in an object and may not be there."""
        for one in _written_in(holder):
            self._actions(one)
            if "/URI" in one and not self._is_followed(one["/URI"], "address"):
                _address(one["/URI"])
            self._file(one)
            if "/Names" in one:
                self._named(one["/Names"])
            _program(one)

    def _actions(self, one: Any) -> None:
        for key in ("/A", "/PA"):
            if key in one:
                _action(one[key], _PERMITTED)
        if one.get("/Type") == "/Action":
            _action(one, _PERMITTED)
        if "/Next" in one:
            for following in self._each(one["/Next"], "following"):
                _action(following, _PERMITTED)
        self._by_itself([one[key] for key in ("/OpenAction", "/NA") if key in one])
        if "/AA" in one and not self._is_followed(one["/AA"], "moments"):
            self._by_itself([value for _moment, value in _entries(one["/AA"])])

    def _by_itself(self, actions: list[Any]) -> None:
        """Judge what happens when the paper or a page is opened, closed or touched, to its end."""
        waiting = list(actions)
        while waiting:
            one = waiting.pop()
            if self._is_followed(one, "by itself"):
                continue
            if isinstance(one, pikepdf.Array):
                waiting += [each for each in one if _is_action(each)]  # none in a place of the paper
                continue
            _action(one, _STILL)
            if _is_action(one) and "/Next" in (action := _dictionary(one)):
                waiting += self._each(action["/Next"], "following by itself")

    def _each(self, value: Any, purpose: str) -> list[Any]:
        """Return what a key holds that may hold one or many; a list that was seen holds nothing new."""
        if not isinstance(value, pikepdf.Array):
            return [value]
        if self._is_followed(value, purpose):
            return []
        found = list(value)
        if any(isinstance(one, pikepdf.Array) for one in found):
            raise Refused(Why.ACTION)  # a list in a list, which some readers follow
        return found

    def _is_followed(self, one: Any, purpose: str) -> bool:
        if not isinstance(one, pikepdf.Object) or not one.is_indirect:
            return False
        key = (one.objgen, purpose)
        if key in self._followed:
            return True
        self._followed.add(key)
        return False

    def _file(self, one: Any) -> None:
        """Judge a file that is named: it is attached, data and nothing else, or it is elsewhere."""
        if "/EF" in one:
            self._attachment(one)
        elif any(isinstance(one.get(key), pikepdf.String) for key in _FILE_NAMES):
            raise Refused(Why.EXTERNAL)
        elif str(one.get("/Type")) in _SPECIFICATIONS and any(key in one for key in _FILE_NAMES):
            raise Refused(Why.EXTERNAL)  # a name that is no text, which some readers take for one
        if isinstance(one.get("/FS"), pikepdf.String) or "/URL" in _dictionary(one.get("/TimeStamp")):
            raise Refused(Why.EXTERNAL)
        if "/F" in _dictionary(one.get("/Ref")):
            raise Refused(Why.EXTERNAL)

    def _attachment(self, specification: Any) -> None:
        if "/RF" in specification:
            raise Refused(Why.EMBEDDED)  # files that go with the file, under names of their own
        names = [self._ending(specification[key]) for key in _FILE_NAMES if key in specification]
        files = _entries(specification["/EF"])
        if not files:
            raise Refused(Why.EMBEDDED)  # its names lead elsewhere
        for key, file in files:
            if key not in _FILE_NAMES or not isinstance(file, pikepdf.Stream):
                raise Refused(Why.EMBEDDED)
            if file.objgen not in self._endings:  # each is read once, however many names it has
                self._endings[file.objgen] = attached.ending(file.read_bytes())
            if set(names) != {self._endings[file.objgen]}:
                raise Refused(Why.EMBEDDED)

    def _ending(self, name: Any) -> str:
        """Return what stands behind the last dot of a name, "" for none; refuse what is no plain name."""
        if not isinstance(name, pikepdf.String):
            raise Refused(Why.EMBEDDED)
        known = self._endings.get(name.objgen) if name.is_indirect else None
        if known is None:
            known = _ending_of(_plain_name(str(name)))
            if name.is_indirect:
                self._endings[name.objgen] = known
        return known

    def _named(self, names: Any) -> None:
        """Judge under which names files are attached: a reader may offer them by those."""
        if not isinstance(names, pikepdf.Array) or self._is_followed(names, "names"):
            return
        for key, value in zip(*[iter(list(names))] * 2, strict=False):
            if "/EF" in _dictionary(value):
                if self._ending(key) not in _ATTACHED_ENDS:
                    raise Refused(Why.EMBEDDED)


def _written_in(holder: Any) -> Iterator[Any]:
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


def _action(one: Any, permitted: frozenset[str]) -> None:
    """Judge one action; what has no kind is none: a page, an entry of the outline, attributes of a text."""
    one = _dictionary(one)
    if "/S" not in one:
        return
    kind = str(one["/S"])
    if kind == "/JavaScript":
        raise Refused(Why.SCRIPT)
    if kind not in permitted:
        raise Refused(Why.MEDIA if kind in _MEDIA else Why.ACTION)
    if kind == "/Named" and str(one.get("/N", "")) not in _COMMANDS:
        raise Refused(Why.ACTION)


def _address(said: Any) -> None:
    if isinstance(said, pikepdf.Stream):
        raise Refused(Why.LINK)
    if isinstance(said, pikepdf.Dictionary):
        said = said.get("/Base", "")  # before which all others stand
    readings = [str(said)]
    if isinstance(said, pikepdf.String):
        readings.append(bytes(said).decode("latin-1"))  # as viewers do that know no encodings
    if not all(is_plain_link(one) for one in readings):
        raise Refused(Why.LINK)


def _dictionary(one: Any) -> Any:
    """Return a dictionary, or that of a stream; something empty for all else."""
    if isinstance(one, pikepdf.Stream):
        return one.stream_dict
    return one if isinstance(one, pikepdf.Dictionary) else ()


def _entries(one: Any) -> list[tuple[str, Any]]:
    found = _dictionary(one)
    return list(found.items()) if found else []


def _is_action(one: Any) -> bool:
    return "/S" in _dictionary(one)


def _ending_of(name: str) -> str:
    return name.lower().rpartition(".")[2] if "." in name else ""


def _plain_name(name: str) -> str:
    """Return the name of a file; refuse what leads elsewhere on some system, or shows as another name."""
    is_plain = not name or _PLAIN_NAME.fullmatch(name)
    if not is_plain or any(unicodedata.category(sign) in _UNSEEN for sign in name):
        raise Refused(Why.EMBEDDED)
    return name


def _program(one: Any) -> None:
    """Refuse what some viewers put into a program that they make of a font (CVE-2024-4367)."""
    matrix = one.get("/FontMatrix")
    if not isinstance(matrix, pikepdf.Array):
        return
    if len(matrix) > _MATRIX or any(isinstance(n, pikepdf.Object | str | bytes) for n in matrix):
        raise Refused(Why.SCRIPT)
