"""Reading a remark: its words in one plain form and clause by clause; the fingerprint of a text."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from supervision.language.folding import fold, name_key, nfc
from supervision.language.words import SIGN, is_sign, with_signs
from supervision.legaltext.grouping.lexicon import GREETINGS, LARGE, SAME, STOP, STOP_PLAIN

#: Composing a letter with thousands of marks takes quadratic time; no writing has more than a few.
_MANY_MARKS = re.compile(r"([^\w\s]{8})[^\w\s]+")
_MARK = re.compile(r"[^\w\s]|_")
_COUNTS = re.compile(SIGN)
#: What is not seen: formatting characters, variation marks, letters without a shape.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]+"
)
#: From the first sign of a run, and no second try within it: a million semicolons are read once.
_CLAUSE_END = re.compile(r"(?<![.,;:!?…()“”\"])[.,;:!?…()“”\"]++(?=\s|$)|\n")
_TOKEN = re.compile(rf"\d+(?:[.,]\d+)*|[^\W\d_]+|{SIGN}")
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
#: What counts of a remark: its first words and characters; what is longer than a syllable is cut.
_MOST_WORDS, _MOST_CHARACTERS, _LONGEST_WORD = 400, 20_000, 24
#: A text with fewer words with diacritics than one in this many is written without them.
_MARKED_ONE_IN = 8


@dataclass(frozen=True, slots=True)
class Word:
    """A syllable, number or sign: as written, `exact` (with its tone, synonyms alike) and `plain`."""

    written: str
    exact: str
    plain: str
    says_little: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The clauses of a remark without its courtesies; `is_marked` if it is written with diacritics."""

    clauses: tuple[tuple[Word, ...], ...]
    is_marked: bool

    @property
    def words(self) -> Iterator[Word]:
        """All words in order."""
        return (word for clause in self.clauses for word in clause)


def fingerprint(text: str) -> str:
    """Return a key of 32 hexadecimal digits that texts with the same words share.

    Case, spaces, punctuation, the composition of letters, the place of a tone ("hoà", "hòa") and invisible
    characters do not count; every letter, tone, digit and sign that changes what is said (50%, > 5, 👎, ?)
    does. The key is kept in databases, in rows that nobody may change: what is no sign keeps its key.
    """
    seen = tidy(text)
    words = _MARK.sub(_sign_or_space, with_signs(seen)).split()
    said = " ".join(toned(word) if len(word) <= _LONGEST_WORD else name_key(word) for word in words)
    said = said or "".join(seen.split())
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def tidy(text: str) -> str:
    """Return `text` composed (NFC), without invisible characters, runs of loose marks cut short."""
    return nfc(_INVISIBLE.sub("", _MANY_MARKS.sub(r"\1", text)))


def read(text: str) -> Reading:
    """Return the words of a remark, numbers in one form ("60 nghìn", "60.000"), clause by clause.

    Only the first 400 words and 20,000 characters are read.
    """
    written = [
        [token[:_LONGEST_WORD] for token in _TOKEN.findall(_THOUSANDS.sub("", clause))]
        for clause in _CLAUSE_END.split(with_signs(tidy(text[:_MOST_CHARACTERS])))
    ]
    marked = sum(not token.isascii() and token[0].isalpha() for clause in written for token in clause)
    is_marked = marked * _MARKED_ONE_IN >= sum(map(len, written)) and marked > 0
    clauses, left = [], _MOST_WORDS
    for tokens in written:
        clause = _clause(tokens, is_marked)[:left]
        if clause and not GREETINGS.match(" ".join(word.plain for word in clause)):
            clauses.append(clause)
            left -= len(clause)
    return Reading(tuple(clauses), is_marked)


def restored(readings: list[Reading]) -> list[Reading]:
    """Return the readings, those without diacritics spelled as the others spell the same words.

    Of several spellings the one counts that stands most often beside the same neighbours.
    """
    alone: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    beside: dict[tuple[str, str, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for reading in readings:
        for clause in reading.clauses if reading.is_marked else ():
            for at, word in enumerate(clause):
                alone[word.plain][word.exact] += 1
                for neighbour in _around(clause, at):
                    beside[(word.plain, *neighbour)][word.exact] += 1

    def spelled(clause: tuple[Word, ...], at: int) -> Word:
        word = clause[at]
        votes: dict[str, int] = defaultdict(int)
        for neighbour in _around(clause, at):
            for exact, count in beside.get((word.plain, *neighbour), {}).items():
                votes[exact] += count
        if not (votes := votes or alone.get(word.plain, votes)):
            return word
        exact = min(votes, key=lambda exact: (-votes[exact], exact))
        return Word(word.written, exact, word.plain, exact in STOP)

    return [
        reading
        if reading.is_marked
        else Reading(
            tuple(tuple(spelled(clause, at) for at in range(len(clause))) for clause in reading.clauses),
            False,
        )
        for reading in readings
    ]


def _around(clause: tuple[Word, ...], at: int) -> Iterator[tuple[str, int]]:
    if at:
        yield clause[at - 1].plain, -1
    if at + 1 < len(clause):
        yield clause[at + 1].plain, 1


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """Return a word without its marks."""
    return "".join(fold(word).split())


@lru_cache(maxsize=20_000)
def toned(word: str) -> str:
    """Return a word in the one form of its spellings, with its tone."""
    return "".join(name_key(word).split())


def _sign_or_space(match: re.Match[str]) -> str:
    char = match[0]
    if unicodedata.category(char).startswith("M"):
        return char
    return char if _COUNTS.match(char) else " "


def _clause(tokens: list[str], is_marked: bool) -> tuple[Word, ...]:
    stop = STOP if is_marked else STOP_PLAIN
    return tuple(
        Word(written, exact, plain(exact), exact in stop or (is_sign(exact) and exact != "%"))
        for written, exact in _numbers(_synonyms(tokens, is_marked))
        if exact
    )


def _spellings(is_marked: bool) -> dict[str, list[tuple[list[str], tuple[str, ...]]]]:
    """Return the synonyms by their first word, longer ones first."""
    found: dict[str, list[tuple[list[str], tuple[str, ...]]]] = defaultdict(list)
    for said, meant in sorted(SAME, key=lambda pair: -len(pair[0])):
        exact = [word if is_marked else plain(word) for word in said]
        found[exact[0]].append((exact, meant if is_marked else tuple(map(plain, meant))))
    return found


_SYNONYMS = {is_marked: _spellings(is_marked) for is_marked in (True, False)}


def _synonyms(tokens: list[str], is_marked: bool) -> Iterator[tuple[str, str]]:
    """Yield each word as written with its exact form; the last of a shorter synonym carries the rest."""
    exact = [toned(token) if is_marked else plain(token) for token in tokens]
    at = 0
    while at < len(tokens):
        said, meant = next(
            (
                pair
                for pair in _SYNONYMS[is_marked].get(exact[at], ())
                if exact[at : at + len(pair[0])] == pair[0]
            ),
            ([exact[at]], (exact[at],)),
        )
        yield from zip(tokens[at:], meant[:-1], strict=False)
        yield " ".join(tokens[at + len(meant) - 1 : at + len(said)]), meant[-1]
        at += len(said)


def _numbers(words: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the words with "60 nghìn" as one number."""
    before = ("", "")
    for written, exact in words:
        if before[1].isdecimal() and plain(exact) in LARGE:
            before = f"{before[0]} {written}", str(int(before[1]) * LARGE[plain(exact)])
            continue
        yield before
        before = written, exact
    yield before
