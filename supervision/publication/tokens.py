"""Tokens of the search index: what a publication is found by and what a question asks for, cut by one rule.

Both databases are given ready tokens of a-z, 0-9 and `_` alone, so they agree on every text. A word of a
text has no `_`; whatever else is indexed has one, so nobody can type it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

from supervision.language.folding import fold, number_key

NOT_WORD = re.compile(r"[^a-z0-9]+")
WRITTEN_WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 60
#: Marks as typed on a keyboard by VNI: shapes stay with their letter, tones go to the end of the syllable,
#: so "hoà" and "hòa" are one word.
SHAPES = {"\u0302": "6", "\u031b": "7", "\u0306": "8", "đ": "d9"}
TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
#: PostgreSQL holds no vector over 1 MB; of a longer paper the last pairs are left out.
MOST_BYTES = 600_000
#: Publications to a block and to a section; the newest of them are looked through first.
BLOCK, SECTION = 1_024, 16_384


def words(text: str) -> str:
    """Return folded words parted by single spaces: letters a-z and digits only."""
    return " ".join(word[:LONGEST_WORD] for word in NOT_WORD.sub(" ", fold(text)).split())


def written(text: str) -> str:
    """Return the words with their marks, in VNI's letters and digits, parted by single spaces."""
    lowered = unicodedata.normalize("NFC", text).lower()
    return " ".join(word for word in map(_vni, WRITTEN_WORD.findall(lowered)) if word)


def _vni(word: str) -> str:
    letters, tones = [], []
    for sign in unicodedata.normalize("NFD", word):
        if sign in TONES:
            tones.append(TONES[sign])
        else:
            letters.append(SHAPES.get(sign, sign if sign.isascii() else fold(sign)))
    return NOT_WORD.sub("", "".join([*letters, *tones]))[:LONGEST_WORD]


def exact(text: str) -> list[str]:
    """Return a token for each word of `text` that is written with marks."""
    plain = set(words(text).split())
    return [f"_x{word}" for word in dict.fromkeys(written(text).split()) if word not in plain]


def pairs(folded: Sequence[str]) -> list[str]:
    """Return a token for each two neighbours: words in quotes are found by them."""
    return [f"{one}_{other}" for one, other in pairwise(folded)]


def value(key: str, what: object) -> str:
    """Return the token of a facet's value, a number, a state: anything but words."""
    return f"_f{hashlib.blake2b(f'{key}:{what}'.encode(), digest_size=8).hexdigest()}"


def number(text: str) -> str:
    """Return the token of a document number in any spelling."""
    return value("number", plain_number(number_key(text)))


def plain_number(key: str) -> str:
    """A number key without leading zeros: "07/KL" and "7/KL" are one number."""
    return key.lstrip("0") or key


def places(publication: int) -> list[str]:
    """Return the tokens of the block and the section in which a publication with this id stands."""
    return [f"_b{publication // BLOCK}", f"_s{publication // SECTION}"]


def bounded(found: Iterable[str]) -> str:
    """Return different tokens parted by spaces, the first ones up to `MOST_BYTES`."""
    kept, size = [], 0
    for token in dict.fromkeys(found):
        size += len(token) + 1
        if size > MOST_BYTES:
            break
        kept.append(token)
    return " ".join(kept)
