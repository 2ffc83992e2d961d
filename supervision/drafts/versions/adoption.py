"""What the words of an issued provision say of a remark on it, silent where they do not tell; no Django."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from supervision.drafts.versions.wordings import Text, grants, may_turn
from supervision.legaltext.alignment.texts import key, pairs
from supervision.legaltext.grouping import dropping, keeping
from supervision.legaltext.grouping.turning import Run

#: Of what a remark asks, measured in pairs of words, so much in the issued text is not passed over.
_NEAR, _SOME = 0.75, 0.3
#: Fewer pairs of a wish than this may be in a text by chance; so may a wording with fewer stand elsewhere.
_FEWEST_COME, _FEWEST_ELSEWHERE = 2, 4
_LONGEST_EVIDENCE = 12
_ASKS = frozenset("nghị nên cần phải mong xin hãy".split())
#: What leaves open what a remark wants, whatever else it says.
_UNSURE = frozenset("nếu sao gì nào liệu chăng".split())


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
    MIXED = "mixed"  # it stayed, and it is not sure that the remark asks for that alone
    UNCHANGED = "unchanged"
    UNSURE = "unsure"  # the provision is gone, and it is not sure that the remark asks for that
    WORDS = "words"  # its words came into the provision, or did not
    DIFFERS = "differs"  # most of its words are there, with others between or around them
    REVERSED = "reversed"  # the same, and the others may turn the meaning round
    NUMBER = "number"  # its words are there, with another number
    OTHER_WORDS = "other_words"  # the provision changed, and not in the words of the remark
    ELSEWHERE = "elsewhere"  # its wording stands in another provision that is new


@dataclass(frozen=True)
class Proposal:
    """What the words of both texts suggest ("" for nothing), with the phrases that speak for it, and why.

    `differing` are words of the remark beside those that stand in their place, either side may be "".
    """

    verdict: str
    evidence: tuple[str, ...] = ()
    why: str = ""
    elsewhere: str = ""  # the id of the provision that has the wording
    differing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Around:
    """What a remark's place is called ("khoản 2 Điều 5"), and what stood and stands above it: its lead."""

    named: str = ""
    before: str = ""
    now: str = ""

    @property
    def turned(self) -> list[Run]:
        """What is new above a provision and may turn all of it round."""
        nothing, before, now = Text(""), Text(self.before), Text(self.now)
        return nothing.around_in(now, 0, before)


_KEPT = Proposal(Verdict.ADOPTED, why=Why.KEPT)


def propose(asked: str, said: str, before: str, now: str, around: Around | None = None) -> Proposal:
    """Compare what a remark asks with a provision before and as issued.

    `asked` is the wording it proposes ("" for none), `said` its text, `before` what the provision said when
    the remark was made, `now` what it says as issued, "" where it was dropped. Adopted is proposed only where
    what was asked stands there with nothing between or around it that could turn it round; where words do not
    tell, nothing is proposed, and for a remark that stands on no provision.
    """
    around = around or Around()
    if not before:
        return Proposal(Verdict.NONE, why=Why.NO_PLACE)
    if not now:
        return _of_the_dropped(asked, said, around.named)
    if key(before) == key(now):
        found = _of_the_unchanged(asked, said, before, around.named)
    else:
        found = _of_the_changed(Text(asked), Text(said), Text(before), Text(now))
    if found.verdict in (Verdict.ADOPTED, Verdict.PARTLY) and (turned := around.turned):
        return Proposal(Verdict.NONE, found.evidence, Why.REVERSED, differing=_shown(turned))
    return found


def _of_the_dropped(asked: str, said: str, named: str) -> Proposal:
    demand = dropping(said, named)
    if demand.is_spoken_of and (asked or not demand.is_sure):
        return Proposal(Verdict.NONE, why=Why.UNSURE)
    return Proposal(Verdict.ADOPTED if demand.is_sure else Verdict.NOT_ADOPTED, why=Why.DROPPED)


def _of_the_unchanged(asked: str, said: str, before: str, named: str) -> Proposal:
    demand = keeping(said, before, named)
    if asked or not demand.is_spoken_of:
        return Proposal(Verdict.NOT_ADOPTED, why=Why.UNCHANGED)
    return _KEPT if demand.is_sure else Proposal(Verdict.NONE, why=Why.MIXED)


def _of_the_changed(asking: Text, saying: Text, before: Text, now: Text) -> Proposal:
    wish = asking if asking.words else saying
    wanted = pairs(wish.words)
    come = {pair for pair in wanted if pair in now.pairs and pair not in before.pairs}
    evidence = tuple(_phrases(wanted, come))
    if come and wish.is_reversed_in(now):
        verdict = Verdict.NOT_ADOPTED if asking.words else Verdict.NONE
        return Proposal(verdict, why=Why.REVERSED, differing=_shown(wish.differences(now)))
    if asking.words:
        return _of_a_wording(asking, before, now, evidence)
    if len(come) < _FEWEST_COME:  # words of a wish need not be those of the text that grants it
        return Proposal(Verdict.NONE, why=Why.OTHER_WORDS)
    if not _asks_for(saying, come) or saying.may_be_reversed_in(now) or not grants(saying, now, come):
        return Proposal(Verdict.NONE, evidence, Why.REVERSED)
    return Proposal(Verdict.PARTLY, evidence, Why.WORDS)


def _of_a_wording(asking: Text, before: Text, now: Text, evidence: tuple[str, ...]) -> Proposal:
    at = asking.place_in(now)
    is_all = at is not None and len(asking.sentences) == len(now.sentences)
    if at is not None and (is_all or asking.place_in(before) is None):
        if around := asking.around_in(now, at, before):
            return _differing(evidence, around)
        return Proposal(Verdict.ADOPTED, evidence or (" ".join(asking.words),), Why.WORDS)
    wanted = pairs(asking.words)
    missing = [pair for pair in wanted if pair not in before.pairs]
    share = sum(pair in now.pairs for pair in missing) / len(missing) if missing else 0.0
    if not share:
        is_near = _share(wanted, now.pairs) >= _NEAR and wanted
        return (
            _differing(evidence, asking.differences(now))
            if is_near and not missing
            else Proposal(Verdict.NOT_ADOPTED, why=Why.WORDS)
        )
    if share < _SOME:
        return Proposal(Verdict.NONE, why=Why.OTHER_WORDS)
    differing = asking.differences(now)
    if any(word[0].isdigit() and word not in now.words for word in asking.words):
        return Proposal(Verdict.NONE, evidence, Why.NUMBER, differing=_shown(differing))
    whole = asking.wholly_in(now, before)
    if whole and not may_turn(differing):
        return Proposal(Verdict.PARTLY, tuple(whole), Why.WORDS, differing=_shown(differing))
    return _differing(evidence, differing)


def _differing(evidence: tuple[str, ...], differing: Sequence[Run]) -> Proposal:
    why = Why.REVERSED if may_turn(differing) else Why.DIFFERS
    return Proposal(Verdict.NONE, evidence, why, differing=_shown(differing))


def _asks_for(saying: Text, come: set[str]) -> bool:
    """Whether the sentences that have the pairs `come` ask for something, and nothing is a question."""
    telling = [one for one in saying.sentences if come & {*pairs(one.words)}]
    is_open = any(one.end == "?" for one in saying.sentences) or _UNSURE & {*saying.words}
    return not is_open and all(_ASKS & {*one.words} for one in telling)


def _shown(differing: Sequence[Run]) -> tuple[tuple[str, str], ...]:
    """Return words that differ as they are kept: so many that a person can read them."""
    return tuple((" ".join(here), " ".join(there)) for here, there in differing[:_LONGEST_EVIDENCE])


def _share(wanted: Sequence[str], has: set[str]) -> float:
    return sum(pair in has for pair in wanted) / len(wanted) if wanted else 0.0


def _phrases(wanted: Sequence[str], come: set[str]) -> list[str]:
    """Return runs of neighbouring pairs as phrases, the longest first."""
    runs = [list(run) for is_come, run in groupby(wanted, lambda pair: pair in come) if is_come]
    phrases = [" ".join([run[0].split(" ")[0], *(pair.split(" ")[1] for pair in run)]) for run in runs]
    return sorted(set(phrases), key=len, reverse=True)[:_LONGEST_EVIDENCE]


class Elsewhere:
    """Finds the provision that took up a wording which its own place did not take up.

    `was` and `now` are what the provisions of a draft and of the issued text say themselves, by their ids,
    `above` the titles and leads that the issued ones stand under.
    """

    def __init__(self, was: Iterable[str], now: Mapping[str, str], above: Mapping[str, str]) -> None:
        self._now = {node: Text(text) for node, text in now.items()}
        self._above = above
        self._had: set[str] = {pair for text in was for pair in Text(text).pairs}
        self._with: dict[str, list[str]] = defaultdict(list)
        for node, text in self._now.items():
            for pair in text.pairs - self._had:
                self._with[pair].append(node)

    def find(self, asked: str, found: Proposal, at: Iterable[str]) -> Proposal:
        """Return that the wording was taken up at another place than `at`, or may have been, else `found`."""
        asking = Text(asked)
        wanted = pairs(asking.words)
        new = {pair for pair in wanted if pair not in self._had}
        if found.verdict in (Verdict.ADOPTED, Verdict.PARTLY) or len(wanted) < _FEWEST_ELSEWHERE or not new:
            return found
        counted = Counter(node for pair in new for node in self._with[pair])
        likely = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:_LONGEST_EVIDENCE]
        for node, _count in likely:
            text = self._now[node]
            if node not in at and _share(wanted, text.pairs) >= _NEAR and not asking.is_reversed_in(text):
                return self._taken_up(asking, node, tuple(_phrases(wanted, text.pairs)))
        return found

    def _taken_up(self, asking: Text, node: str, evidence: tuple[str, ...]) -> Proposal:
        text, nothing = self._now[node], Text("")
        place = asking.place_in(text)
        differing = asking.differences(text) if place is None else asking.around_in(text, place, nothing)
        differing = differing or nothing.around_in(Text(self._above.get(node, "")), 0, nothing)
        verdict = Verdict.NONE if differing else Verdict.ADOPTED
        return Proposal(verdict, evidence, Why.ELSEWHERE, node, _shown(differing))
