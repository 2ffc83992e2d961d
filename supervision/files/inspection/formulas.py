"""Formulas of Excel: which of them reach outside the file, by the signs that count.

A text, a quoted name of a sheet and the brackets of a table's column may hold any sign. Where one of them
ends is a matter of where it stands: in a name an apostrophe ends it unless it is doubled, in brackets it
takes the next sign out of the count.
"""

from __future__ import annotations

import re
import unicodedata

from supervision.files.inspection.links import begins_plain_link, is_plain_link
from supervision.files.inspection.refusals import Refused, Why

_LONGEST = 100_000
_COUNTING = re.compile(r"[|(\[']|[^\x00-\x7f]|\.xl", re.I)  # no formula reaches outside without one of these
_OUTSIDE = re.compile(r'"((?:[^"]++|"")*+)"?|\'((?:[^\']++|\'\')*+)\'?|(\[)|([^"\'\[]++)', re.S)
_INSIDE = re.compile(r"'.?|(\[)|(\])|[^'\[\]]++", re.S)
_DIGITS = re.compile(r"\[\d*\]")
_WORD = re.compile(r"[\w.]++\s*+(\(?)")
_PREFIX = re.compile(r"(?:_XL[A-Z]+\.)+")
#: HYPERLINK and its first literal (`"`), which may be the first of several put together.
_LINK = re.compile(r"(?<!\w)HYPERLINK\s*+\(\s*+((?:_XLFN\.)?CONCAT(?:ENATE)?\s*+\(\s*+)?+(\"?)\s*+(.?)", re.S)
#: Functions that ask a program, the network or another file, or that make a formula of a text.
_REACHING = {
    **dict.fromkeys(
        "FORMULA GOTO CALL REGISTER REGISTER.ID EXEC EXECUTE INITIATE POKE REQUEST RUN EVALUATE FOPEN FREAD "
        "FREADLN FWRITE FWRITELN FILES FILE.DELETE DIRECTORY OPEN SAVE.AS SEND.KEYS SEND.MAIL SQL.OPEN "
        "SQL.RETRIEVE".split(),
        Why.MACRO,  # Excel 4.0
    ),
    **dict.fromkeys(
        "RTD WEBSERVICE TRANSLATE DETECTLANGUAGE IMAGE SQL.REQUEST STOCKHISTORY PY COPILOT IMPORTDATA "
        "IMPORTFEED IMPORTHTML IMPORTRANGE IMPORTXML GOOGLEFINANCE".split(),
        Why.EXTERNAL,
    ),
    "DDE": Why.DDE,
}

#: The functions of sheets with a point in their name; every other such name is one of Excel 4.0, which no
#: file without macros holds, for VBA has no points in its names.
_DOTTED = re.compile(
    r"(?:BETA|BINOM|CHISQ|CONFIDENCE|COVARIANCE|EXPON|F|FORECAST|GAMMA|GAMMALN|HYPGEOM|LOGNORM|NEGBINOM|NORM|"
    r"POISSON|T|WEIBULL|Z)\.(?:DIST|INV|TEST|NORM|T|P|S|2T|RT|RANGE|ETS|LINEAR|CONFINT|SEASONALITY|STAT|"
    r"PRECISE|\.)+"
    r"|(?:CEILING|FLOOR)\.(?:MATH|PRECISE)|(?:ISO|ECMA)\.CEILING|ERFC?\.PRECISE|ERROR\.TYPE|MODE\.(?:MULT|SNGL)"
    r"|(?:NETWORKDAYS|WORKDAY)\.INTL|(?:PERCENTILE|PERCENTRANK|QUARTILE)\.(?:EXC|INC)|RANK\.(?:AVG|EQ)"
    r"|SKEW\.P|(?:STDEV|VAR)\.[PS]"
)
_ADD_IN_CALLED = re.compile(r"\.(?:XLA|XLAM|XLSM|XLSB|XLL)\s*+!")
_ADD_IN = re.compile(r"\.(?:xla|xlam|xlsm|xlsb|xll)\Z", re.I)


def judge_formula(text: str) -> None:
    """Raise Refused for a formula that asks another program (`cmd|'/c'!A1`), another file or the network."""
    if len(text) > _LONGEST:
        raise Refused(Why.HEAVY)
    if not _COUNTING.search(text):
        return
    formula = _Formula(text)
    plain = unicodedata.normalize("NFKC", "".join(formula.plain)).upper()
    if "|" in plain:
        raise Refused(Why.DDE)
    if formula.is_outside or _ADD_IN_CALLED.search(plain):
        raise Refused(Why.EXTERNAL)
    for found in _WORD.finditer(plain):
        _function(found[0], is_called=bool(found[1]))
    if formula.texts or "HYPERLINK" in plain:
        _links(plain, formula.texts)


class _Formula:
    """A formula without what may hold any sign: `"` stands for a text, `'` for a name, `[]` for brackets."""

    def __init__(self, text: str) -> None:
        self.plain: list[str] = []
        self.texts: list[str] = []
        self.is_outside = False
        self._read(text)

    def _read(self, text: str) -> None:
        at, after_brackets = 0, False
        while found := _OUTSIDE.match(text, at):
            at = found.end()
            quoted, name, bracket, rest = found.groups()
            if after_brackets and (name is not None or (rest and (rest[0] in "_.!" or rest[0].isalnum()))):
                self.is_outside = True  # [Sổ.xlsx]Trang!A1
            after_brackets = False
            if quoted is not None:
                self.texts.append(quoted.replace('""', '"'))
                self.plain.append('"')
            elif bracket:
                start, at = found.start(), _end_of_brackets(text, at)
                after_brackets = not _DIGITS.fullmatch(
                    text, start, at
                )  # a number is judged where it is declared
                self.plain.append("[]")
            elif name is not None:
                self.is_outside |= _is_elsewhere(name)
                self.plain.append("'")
            else:
                self.plain.append(rest)


def _end_of_brackets(text: str, at: int) -> int:
    depth = 1
    while depth and (found := _INSIDE.match(text, at)):
        depth += bool(found[1]) - bool(found[2])
        at = found.end()
    return at


def _is_elsewhere(name: str) -> bool:
    """Whether a quoted name is of a sheet in another file: no sheet of this one may be called so."""
    if _ADD_IN.search(name):
        return True
    return "\\" in name or "/" in name or "[" in _DIGITS.sub("", name, count=1)


def _function(word: str, *, is_called: bool) -> None:
    prefix = _PREFIX.match(word)
    name = word.removesuffix("(").rstrip()
    if prefix:
        name, is_called = name[prefix.end() :], True  # _xleta.WEBSERVICE is handed on to be called
    if is_called and name in _REACHING:
        raise Refused(_REACHING[name])
    if is_called and "." in name and not _DOTTED.fullmatch(name):
        raise Refused(Why.MACRO)


def _links(plain: str, texts: list[str]) -> None:
    """Judge where each HYPERLINK leads; one whose beginning is computed is refused for that."""
    before, at = 0, 0
    for found in _LINK.finditer(plain):
        joined, literal, following = found.groups()
        before += plain.count('"', at, found.start(2))
        at = found.start(2)
        if not literal:
            raise Refused(Why.LINK)
        is_whole = not joined and following in ",)"  # or the end
        if not (is_plain_link if is_whole else begins_plain_link)(texts[before]):
            raise Refused(Why.LINK)
