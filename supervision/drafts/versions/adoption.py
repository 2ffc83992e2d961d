"""What the words of an issued provision say of a remark on it, silent where they do not tell; no Django."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from supervision.drafts.grouping import asks_to_drop
from supervision.drafts.versions.alignment.texts import key, pairs, tokens
from supervision.language.counting import with_digits
from supervision.language.folding import nfc

#: Of what a remark asks, measured in pairs of words, this much must be in the issued text.
_ADOPTED, _PARTLY = 0.75, 0.3
#: Fewer pairs of a wish than this may be in a text by chance; so may a wording with fewer stand elsewhere.
_FEWEST_COME, _FEWEST_ELSEWHERE = 2, 4
_LONGEST_EVIDENCE = 12
_SENTENCE_END = re.compile(r"[.;:!?](?!\d)|\n")
_NOT = frozenset(("không", "chưa", "chẳng", "đừng", "cấm", "trừ", "miễn"))
_KEEPS = re.compile(
    r"\b(?:giữ (?:nguyên|như|lại)|để nguyên|không (?:nên )?(?:sửa|thay đổi|đổi|bỏ|bãi bỏ))\b", re.I
)
#: A remark that keeps one thing and asks for another is not told by its words alone.
_ALSO_ASKS = re.compile(
    r"\b(?:bổ sung|thêm|nhưng|song|tuy|sửa thành|làm rõ|quy định rõ|riêng|ngoài ra)\b", re.I
)


class Verdict(StrEnum):
    """What may be proposed; the values are those of `Outcome.Verdict`."""

    NONE = ""
    ADOPTED = "adopted"
    PARTLY = "partly"
    NOT_ADOPTED = "not_adopted"


class Why(StrEnum):
    """What a proposal, or the lack of one, rests on."""

    NO_PLACE = "no_place"  # the remark stands on no provision
    DROPPED = "dropped"
    KEPT = "kept"  # it asks that the provision stay, and it stayed
    MIXED = "mixed"  # it stayed, and the remark asks for that and for more
    UNCHANGED = "unchanged"
    WORDS = "words"  # its words came into the provision, or did not
    REVERSED = "reversed"  # its words are there, and "không" with them or gone
    NUMBER = "number"  # its words are there, with another number
    OTHER_WORDS = "other_words"  # the provision changed, and not in the words of the remark
    ELSEWHERE = "elsewhere"  # its wording stands in another provision that is new


@dataclass(frozen=True)
class Proposal:
    """What the words of both texts suggest ("" for nothing), with the phrases that speak for it, and why."""

    verdict: str
    evidence: tuple[str, ...] = ()
    why: str = ""
    elsewhere: str = ""  # the id of the provision that has the wording


_KEPT = Proposal(Verdict.ADOPTED, why=Why.KEPT)


def propose(asked: str, said: str, before: str, now: str) -> Proposal:
    """Compare what a remark asks with a provision before and as issued.

    `asked` is the wording it proposes ("" for none), `said` its text, `before` what the provision said when
    the remark was made, `now` what it says as issued, "" where it was dropped. Nothing is proposed for a
    remark that stands on no provision, nor where words alone do not tell.
    """
    if not before:
        return Proposal(Verdict.NONE, why=Why.NO_PLACE)
    if not now:
        verdict = Verdict.ADOPTED if asks_to_drop(said) else Verdict.NOT_ADOPTED
        return Proposal(verdict, why=Why.DROPPED)
    if key(before) == key(now):
        if asked or not _KEEPS.search(nfc(said)):
            return Proposal(Verdict.NOT_ADOPTED, why=Why.UNCHANGED)
        return Proposal(Verdict.NONE, why=Why.MIXED) if _ALSO_ASKS.search(nfc(said)) else _KEPT
    return _of_the_changed(_Text(asked), _Text(said), _words(before), _Text(now))


def _of_the_changed(asking: _Text, saying: _Text, before: list[str], text: _Text) -> Proposal:
    asked, now = asking.words, text.words
    had, has = set(pairs(before)), set(pairs(now))
    wish = asking if asked else saying
    wanted = pairs(wish.words)
    come = [pair for pair in wanted if pair in has and pair not in had]
    evidence = tuple(_phrases(wanted, set(come)))
    if come and wish.is_reversed_in(text):
        return Proposal(Verdict.NOT_ADOPTED if asked else Verdict.NONE, why=Why.REVERSED)
    if not asked:  # words of a wish need not be those of the text that grants it
        if len(come) < _FEWEST_COME:
            return Proposal(Verdict.NONE, why=Why.OTHER_WORDS)
        return Proposal(Verdict.PARTLY, evidence, Why.WORDS)
    if asked == now or (_holds(now, asked) and not _holds(before, asked)):
        if asking.is_reversed_in(text):
            return Proposal(Verdict.NOT_ADOPTED, why=Why.REVERSED)
        return Proposal(Verdict.ADOPTED, evidence or (" ".join(asked),), Why.WORDS)
    missing = [pair for pair in wanted if pair not in had]
    share = len(come) / len(missing) if missing else 0.0
    if not come:
        return Proposal(Verdict.NOT_ADOPTED, why=Why.WORDS)
    if share < _PARTLY:
        return Proposal(Verdict.NONE, why=Why.OTHER_WORDS)
    if any(word[0].isdigit() and word not in now for word in asked):
        return Proposal(Verdict.NONE, evidence, Why.NUMBER)
    return Proposal(Verdict.ADOPTED if share >= _ADOPTED else Verdict.PARTLY, evidence, Why.WORDS)


def _words(text: str) -> list[str]:
    return tokens(with_digits(nfc(text)))


def _holds(text: Sequence[str], words: Sequence[str]) -> bool:
    """Whether words stand in a text one after the other."""
    return bool(words) and f" {' '.join(words)} " in f" {' '.join(text)} "


class _Text:
    """The words of a text, and the pairs of them that it denies or says plainly."""

    def __init__(self, text: str) -> None:
        self.words = _words(text)
        self.denied: set[str] = set()
        self.plain: set[str] = set()
        for sentence in _SENTENCE_END.split(with_digits(nfc(text))):
            said = tokens(sentence)
            for before, (one, two) in zip(["", *said], pairwise(said), strict=False):
                if one not in _NOT:
                    (self.denied if before in _NOT else self.plain).add(f"{one} {two}")

    def is_reversed_in(self, other: _Text) -> bool:
        """Whether words of this text are in another, denied in the one and not in the other."""
        return bool((self.denied & other.plain) - other.denied or (self.plain & other.denied) - other.plain)


def _phrases(wanted: Sequence[str], come: set[str]) -> list[str]:
    """Return runs of neighbouring pairs as phrases, the longest first."""
    runs = [list(run) for is_come, run in groupby(wanted, lambda pair: pair in come) if is_come]
    phrases = [" ".join([run[0].split(" ")[0], *(pair.split(" ")[1] for pair in run)]) for run in runs]
    return sorted(set(phrases), key=len, reverse=True)[:_LONGEST_EVIDENCE]


class Elsewhere:
    """Finds the provision that took up a wording which its own place did not take up.

    `was` and `now` are what the provisions of a draft and of the issued text say themselves, by their ids.
    """

    def __init__(self, was: Iterable[str], now: Mapping[str, str]) -> None:
        self._now = {node: _Text(text) for node, text in now.items()}
        self._had: set[str] = {pair for text in was for pair in pairs(_words(text))}
        self._with: dict[str, list[str]] = defaultdict(list)
        for node, text in self._now.items():
            for pair in {*pairs(text.words)} - self._had:
                self._with[pair].append(node)

    def find(self, asked: str, found: Proposal, at: Iterable[str]) -> Proposal:
        """Return the proposal that the wording was taken up at another place than `at`, else `found`."""
        asking = _Text(asked)
        wanted = pairs(asking.words)
        new = [pair for pair in wanted if pair not in self._had]
        if found.verdict in (Verdict.ADOPTED, Verdict.PARTLY) or len(wanted) < _FEWEST_ELSEWHERE or not new:
            return found
        counted = Counter(node for pair in {*new} for node in self._with[pair])
        for node, _count in sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:_LONGEST_EVIDENCE]:
            has = set(pairs(self._now[node].words))
            share = sum(pair in has for pair in wanted) / len(wanted)
            if node not in at and share >= _ADOPTED and not asking.is_reversed_in(self._now[node]):
                evidence = tuple(_phrases(wanted, has))
                return Proposal(Verdict.ADOPTED, evidence, Why.ELSEWHERE, node)
        return found
