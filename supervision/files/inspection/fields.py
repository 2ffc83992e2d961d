"""Fields of Word and formulas of Excel: which of them reach outside the file.

A field's name is what counts. It is put together as Word does it: over runs, paragraphs and nested
fields; a name that another field computes (QUOTE, SET, REF) is refused for that alone, since no paper
needs it and nobody can say what it will be.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from supervision.files.inspection.refusals import Refused, Why

_STARTS_PROGRAMS = frozenset({"DDE", "DDEAUTO"})
_FETCHES = frozenset({"INCLUDETEXT", "INCLUDE", "INCLUDEPICTURE", "IMPORT", "LINK", "RD", "DATABASE"})
#: Stands in a field's code where another field's result will stand.
_NESTED = "\uffff"
_UNSEEN = ("Cf", "Cc", "Mn")
_KEPT = 200  # characters of a code: its name is among the first
_NAME = re.compile(rf"[^\s\"'\\{_NESTED}]*")

#: Strings and quoted names of sheets, in which any sign may stand.
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_REACHING = re.compile(
    r"(?:^|[^A-Z0-9_.])(?:_XLFN\.)?(CALL|REGISTER|REGISTER\.ID|EXEC|RTD|WEBSERVICE|IMAGE)\("
)
_LONGEST_FORMULA = 100_000


@dataclass
class _Field:
    code: str = ""
    is_in_result: bool = False

    def add(self, text: str) -> None:
        if not self.code:
            text = text.lstrip()
        self.code += text[: _KEPT - len(self.code)]


class Fields:
    """The fields of one part of a Word file, told in the order in which they stand."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self._stray = _Field()  # code outside of any field, which only a bent file has

    def mark(self, kind: str) -> None:
        """Take a fldChar: "begin", "separate" or "end"."""
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].is_in_result = True
        elif kind == "end" and self._open:
            self._close()

    def add(self, text: str) -> None:
        """Take a piece of a field's code."""
        field = self._open[-1] if self._open else self._stray
        if not field.is_in_result:
            field.add(text)

    def finish(self) -> None:
        """Judge what the file has left open."""
        while self._open:
            self._close()
        judge_field(self._stray.code)

    def _close(self) -> None:
        judge_field(self._open.pop().code)
        if self._open and not self._open[-1].is_in_result:
            self._open[-1].add(_NESTED)


def judge_field(code: str) -> None:
    """Raise Refused for a field that starts a program or fetches from elsewhere, by its code."""
    code = code.lstrip()[:_KEPT]
    plain = unicodedata.normalize("NFKC", code).upper()
    plain = "".join(
        sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Cc", "Mn") or sign.isspace()
    )
    plain = plain.lstrip("\"' \t\r\n")
    name = _NAME.match(plain)
    found, rest = (name[0], plain[name.end() :]) if name else ("", plain)
    if rest.startswith(_NESTED) and not found.startswith("="):
        raise Refused(Why.DDE)
    if found in _STARTS_PROGRAMS:
        raise Refused(Why.DDE)
    if found in _FETCHES:
        raise Refused(Why.EXTERNAL)


def judge_formula(text: str) -> None:
    """Raise Refused for a formula of a sheet that asks another program (`cmd|'/c'!A1`) or the network."""
    if len(text) > _LONGEST_FORMULA:
        raise Refused(Why.HEAVY)
    if "|" not in text and "(" not in text:
        return
    plain = _QUOTED.sub("", text).upper()
    if "|" in plain:
        raise Refused(Why.DDE)
    if _REACHING.search(plain):
        raise Refused(Why.EXTERNAL)
