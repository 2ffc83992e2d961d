"""Fields of Word: which of them reach outside the file.

Word takes as a field's code whatever text stands between its beginning and its separator, over runs,
paragraphs and nested fields, whatever element it stands in. A name that another field computes (QUOTE, SET,
REF), or that stands in something which one program shows and another does not, is refused for that alone:
no paper needs it and nobody can say what it will be.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from supervision.files.inspection.links import begins_plain_link, is_picture_here, is_plain_link
from supervision.files.inspection.refusals import Refused, Why

_REFUSED = {
    **dict.fromkeys(("DDE", "DDEAUTO"), Why.DDE),
    **dict.fromkeys(("EMBED", "CONTROL", "HTMLCONTROL"), Why.EMBEDDED),
    **dict.fromkeys(("INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "RD", "DATABASE", "DATA"), Why.EXTERNAL),
}
#: The fields of Word (ECMA-376 17.16.5 and MS-DOC flt) that show or reckon what is in the file.
_KNOWN = frozenset(
    "ADDIN ADDRESSBLOCK ADVANCE ASK AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT AUTOTEXT AUTOTEXTLIST BARCODE "
    "BIBLIOGRAPHY BIDIOUTLINE CITATION COMMENTS COMPARE CREATEDATE DATE DISPLAYBARCODE DOCPROPERTY "
    "DOCVARIABLE EDITTIME EQ FILENAME FILESIZE FILLIN FORMCHECKBOX FORMDROPDOWN FORMTEXT GLOSSARY "
    "GOTOBUTTON GREETINGLINE IF INDEX INFO KEYWORDS LASTSAVEDBY LISTNUM MACROBUTTON MERGEBARCODE "
    "MERGEFIELD MERGEREC MERGESEQ NEXT NEXTIF NOTEREF NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE "
    "PRIVATE QUOTE REF REVNUM SAVEDATE SECTION SECTIONPAGES SEQ SET SHAPE SKIPIF STYLEREF SUBJECT "
    "SYMBOL TA TC TEMPLATE TIME TITLE TOA TOC USERADDRESS USERINITIALS USERNAME XE".split()
)
_NUMBERS = frozenset("NUMCHARS NUMPAGES NUMWORDS PAGE SECTION SECTIONPAGES".split())
#: Stand in a field's code where another field's result will stand: any text, or one number of pages.
_UNTOLD, _NUMBER = "\uffff", "\ufffe"
_KEPT = 4_000  # seen characters of a code: its name and its address are among the first
_NAME = re.compile(rf"[^\s\"\\{_UNTOLD}]*")
_QUOTES = str.maketrans("“”„", '"""')
_UNSEEN = ("Cf", "Cc", "Mn")
_ARGUMENT = re.compile(
    r'\\([a-z*@#!])(?=[\s"\\]|\Z)|"((?:[^"\\]++|\\.)*+)(?:"|\Z)|((?:[^\s"\\]++|\\.)++)|.', re.I | re.S
)
#: Switches that take a word of their own: a place, a tip, a frame, a format.
_WITH_WORD = frozenset("lot*@#")
_SEPARATES, _ENDS = "separate", "end"


@dataclass
class _Field:
    depth: int = 0  # of what a program may leave out, where the field began
    edits: tuple[bool, bool] = (False, False)  # began in what is inserted, or deleted, with changes tracked
    is_simple: bool = False  # an element, not a pair of marks
    is_in_result: bool = False
    codes: list[str] = field(
        default_factory=lambda: ["", ""]
    )  # with deletions accepted, and as it was before

    def add(self, text: str, *, is_deleted: bool = False) -> None:
        for number in (1,) if is_deleted else (0, 1):
            room = _KEPT - len(self.codes[number])
            if room > 0:
                self.codes[number] = (self.codes[number] + text[:room]).lstrip()


class Fields:
    """The fields of one part of a Word file, told in the order in which they stand."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self._stray = _Field()  # code outside of any field, which only a bent file has
        self._depth = 0
        self._edits = [0, 0]

    def enter_doubtful(self) -> None:
        """Take the beginning of an element that a program may leave out, with what is in it."""
        self._depth += 1

    def leave_doubtful(self) -> None:
        """Take the end of such an element."""
        self._depth -= 1

    def edit(self, by: int, *, is_deletion: bool) -> None:
        """Take the beginning (1) or the end (-1) of a tracked change, which may be accepted or not."""
        self._edits[is_deletion] += by

    @property
    def is_in_code(self) -> bool:
        """Whether what comes next is a field's code, in whatever element it stands."""
        return bool(self._open) and not self._open[-1].is_in_result

    def mark(self, kind: str) -> None:
        """Take a fldChar: "begin", "separate" or "end"."""
        top = self._open[-1] if self._open else None
        edits = (self._edits[0] > 0, self._edits[1] > 0)
        if kind == "begin":
            self._judge_stray()
            self._open.append(_Field(self._depth, edits))
        elif top is None or top.is_simple or kind not in (_SEPARATES, _ENDS):
            return
        elif top.depth != self._depth or top.edits != edits:
            raise Refused(Why.DDE)  # a program that leaves this out goes on reading the code
        elif kind == _SEPARATES:
            top.is_in_result = True
        else:
            self._close()

    def begin_simple(self, code: str) -> None:
        """Take the beginning of a fldSimple, within which its result stands."""
        one = _Field(self._depth, is_simple=True)
        one.add(_cleaned(code))
        one.is_in_result = True
        self._open.append(one)

    def end_simple(self) -> None:
        """Take the end of a fldSimple, and of what was left open in it."""
        while self._open and not self._open[-1].is_simple:
            self._close()
        if self._open:
            self._close()

    def add(self, text: str, *, is_deleted: bool = False) -> None:
        """Take a piece of a field's code."""
        one = self._open[-1] if self._open else self._stray
        if one.is_in_result:
            return
        text = _UNTOLD if self._depth > one.depth else _cleaned(text)
        one.add(text, is_deleted=is_deleted)

    def finish(self) -> None:
        """Judge what the file has left open."""
        while self._open:
            self._close()
        self._judge_stray()

    def _judge_stray(self) -> None:
        stray, self._stray = self._stray, _Field()
        _judge_all(stray.codes)

    def _close(self) -> None:
        one = self._open.pop()
        is_number = _judge_all(one.codes)
        if self.is_in_code:
            is_told = is_number and one.depth == self._open[-1].depth
            self._open[-1].add(_NUMBER if is_told else _UNTOLD)


def _cleaned(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.translate(_QUOTES))
    if plain.isascii() and plain.isprintable():
        return plain
    return "".join(one for one in plain if one.isspace() or unicodedata.category(one) not in _UNSEEN)


def _judge_all(codes: list[str]) -> bool:
    is_number = judge_field(codes[0])
    return is_number if codes[1] == codes[0] else judge_field(codes[1]) and is_number


def judge_field(code: str) -> bool:
    """Raise Refused for a field that reaches outside the file, by its code; return whether it is a number."""
    code = code.lstrip("\"'\\ \t\r\n")
    found = _NAME.match(code)
    name, rest = (found[0].upper(), code[found.end() :]) if found else ("", code)
    if name.startswith("="):
        return False
    if rest.startswith(_UNTOLD) or (_NUMBER in name and name != _NUMBER):
        raise Refused(Why.DDE)
    if name in _REFUSED:
        raise Refused(_REFUSED[name])
    if name not in _KNOWN:
        _unlisted(name, _arguments(rest), is_cut=len(code) >= _KEPT)
    return name in _NUMBERS


def _unlisted(name: str, arguments: list[str], *, is_cut: bool) -> None:
    """Judge a field by where it leads; a name alone is a bookmark, whose text is shown."""
    if name == "HYPERLINK":
        if is_cut or not all(_is_plain(one) for one in arguments):
            raise Refused(Why.LINK)
    elif name == "INCLUDEPICTURE":  # a mail pasted into a letter refers to what came with it
        if is_cut or _UNTOLD in "".join(arguments) or not all(map(is_picture_here, arguments)):
            raise Refused(Why.EXTERNAL)
    elif arguments:
        raise Refused(Why.FIELD)


def _is_plain(address: str) -> bool:
    known = re.split(f"[{_UNTOLD}{_NUMBER}]", address, maxsplit=1)[0]
    return is_plain_link(address) if known == address else begins_plain_link(known)


def _arguments(text: str) -> list[str]:
    """Return the words of a code that no switch takes for itself, quotes and backslashes undone."""
    found, switch = [], ""
    for one in _ARGUMENT.finditer(text):
        quoted, bare = one[2], one[3]
        if one[1]:
            switch = one[1].lower()
        elif quoted is not None or bare is not None:
            if switch not in _WITH_WORD:
                found.append(re.sub(r"\\(.)", r"\1", quoted if quoted is not None else bare, flags=re.S))
            switch = ""
    return found
