"""Which provision a row cites: in one column or in three, its words in full, without marks or left out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from supervision.language.folding import fold
from supervision.legaltext.outline import Kind
from supervision.legaltext.outline.citing import WORDS, cited
from supervision.legaltext.outline.nodes import NARROW

_WORDS = {fold(word): word for word in ("Điều", "khoản", "điểm", "tiết", "phụ", "lục", "chương", "mục")}
_PARTS = (("article", "Điều"), ("clause", "khoản"), ("point", "điểm"))
_SMALL = (Kind.ARTICLE, *NARROW)
_WHOLE = re.compile(
    r"(toan van|toan bo|chung|y kien chung|ca|tong the|bo cuc)( (du thao|van ban|luat|nghi dinh|nghi quyet))*"
)
_BARE = re.compile(r"(\d+[a-zđ]?|[a-zđ])[.)]?", re.I)
#: "Điều 5, 6", "khoản 1 và 2", "Điều 5 - Điều 7": a remark is on one provision.
_MORE = r"\s*(?:,|;|và|đến|-|–)\s*"
_SEVERAL = re.compile(
    rf"(điều|khoản|điểm)\s+(?:\d+[a-zđ]?|[a-zđ]){_MORE}(?:\1\s+)?(?:\d+|[a-zđ](?!\w))"
    r"|\bđiều\s+\d.*\bđiều\s+\d",
    re.I,
)


def citation(fields: Mapping[str, str]) -> str:
    """Return what a row cites in words that `outline.citing` reads, "" for the whole draft."""
    typed = " ".join(fields.get("provision", "").split())
    if _WHOLE.fullmatch(fold(typed).strip(" .:")):
        typed = ""
    if _BARE.fullmatch(typed) and typed[0].isdigit():
        typed = f"Điều {typed}"
    parts = [_with_word(word, fields.get(name, "")) for name, word in _PARTS]
    return spelled(" ".join(part for part in (typed, *parts) if part))


def spelled(text: str) -> str:
    """Return a text with the words of a citation as law spells them: "dieu 5 khỏan 2" too is read."""
    return re.sub(r"[^\W\d_]{3,}", lambda word: _WORDS.get(fold(word[0]), word[0]), text)


def named(text: str) -> str:
    """Return the provision that a text names, as the subject of a mail may, in its words alone; or ""."""
    words = (
        f"{WORDS[kind]} {number if kind in _SMALL else number.upper()}"
        for kind, number in cited(spelled(text)).items()
    )
    return " ".join(words)


def names_several(text: str) -> bool:
    """Whether a citation names more than one provision of a kind."""
    return _SEVERAL.search(text) is not None


def _with_word(word: str, value: str) -> str:
    value = " ".join(value.split())
    bare = _BARE.fullmatch(value)
    return f"{word} {bare[1]}" if bare else value
