"""The words of a text as they are compared: a sign that changes what is said is a word as well.

"> 10 m" is not "< 10 m", "-5 độ" not "5 độ", a question no statement, "👍" not "👎". What only dresses a
text (stops, brackets, bullets, the tone of a picture's skin) is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from supervision.language.folding import nfc

_PICTURES = "\u2600-\u275a\u2761-\u2775\u2b00-\u2bff\U0001f000-\U0001faff"
#: A class of a regular expression: the signs that are words, in the form that `with_signs` gives them.
SIGN = f"[%‰‱<>=+~±×÷√¬°$€£¥₫≠\u2190-\u22ff\u2300-\u23ff{_PICTURES}?]"
_SIGNS = re.compile(f"({SIGN})(?:\\s*\\1)*")
_WORD = re.compile(rf"\d+(?:[.,/]\d+)*|\w+|{SIGN}")
#: What a line is set off with, and no mark of quantity before a figure.
_BULLET = re.compile(r"^(?:[ \t]*[+>→⇒✓✔☐])+[ \t]*(?=[^\W\d_])", re.M)
#: Says how a picture is drawn.
_DRAWN = re.compile("[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_QUESTION = re.compile("[？؟⁇⁈⁉‽]")
#: Signs that are typed as several, and hyphens that are a minus: before a figure, not a bullet before one.
_TYPED = re.compile(r"<=|=<|>=|<>|!=|\+/-|=>|->")
_MEANT: Mapping[str, str] = {
    "<=": "≤", "=<": "≤", ">=": "≥", "<>": "≠", "!=": "≠", "+/-": "±", "=>": "→", "->": "→",
}  # fmt: skip
_MINUS = re.compile(r"[-‐‑‒–—](?=\d)|(?<=\w)[ \t]?[-‐‑‒–—−][ \t](?=\d)")
_FACES = re.compile(
    r"(?<!\S)(?P<eyes>[:;=])['’]?-?(?P<mouth>\)+|\(+|[DPpvV](?!\w)|[/|](?!\S))(?=[\s.,!?…]|$)"
)
_SMILES: Mapping[str, str] = {")": "🙂", "(": "🙁", "d": "😀", "p": "😛", "v": "😗"}
_PER = (
    (re.compile(r"\bphần\s+trăm\b", re.I), "%"),
    (re.compile(r"\bphần\s+(?:nghìn|ngàn)\b", re.I), "‰"),
)


def words(text: str) -> list[str]:
    """Return the words of a text in small letters: a number with its points is one, so is a sign."""
    said = nfc(text)
    for pattern, sign in _PER:
        said = pattern.sub(sign, said)
    return _WORD.findall(with_signs(said).casefold())


def with_signs(text: str) -> str:
    """Return a text (NFC) with each sign that counts in one form, a space on both sides, said once."""
    said = _FACES.sub(_face, _QUESTION.sub("?", _DRAWN.sub("", text)))
    said = _BULLET.sub("", _TYPED.sub(lambda found: _MEANT[found[0]], said))
    said = _MINUS.sub(" − ", said)
    return _SIGNS.sub(r" \1 ", said)


def is_sign(word: str) -> bool:
    """Whether a word of `words` is a sign."""
    return not word[0].isalnum() and word[0] != "_"


def _face(found: re.Match[str]) -> str:
    """Return a face that is typed as the picture of it: ":-)" and "=))" smile."""
    if found["eyes"] == ";" and found["mouth"][0] == ")":
        return "😉"
    return _SMILES.get(found["mouth"][0].lower(), "😕")
