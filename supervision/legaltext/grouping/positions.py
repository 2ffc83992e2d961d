"""What remarks that stand together want, and whether others want something else."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from supervision.language.counting import with_digits
from supervision.legaltext.grouping.contrasts import contrasts
from supervision.legaltext.grouping.denials import denials
from supervision.legaltext.grouping.reading import Reading, read, tidy
from supervision.legaltext.grouping.stance import stance

#: By the question, each set of answers that one of the remarks can live with.
Answers = dict[Hashable, set[frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that two remarks answer differently: what it is about, and the two answers.

    `about` is "stance", or a kind of `contrasts` with the words around; the answers are outcomes or values.
    """

    about: tuple[str, ...]
    here: tuple[str, ...]
    there: tuple[str, ...]


@dataclass
class Positions:
    """The answers of one remark or of several."""

    answers: Answers = field(default_factory=dict)

    def differences(self, other: Positions) -> list[Difference]:
        """Return the questions on which no answer would please all of both, in order."""
        few, many = sorted((self.answers, other.answers), key=len)
        return sorted(
            (
                Difference(_about(question), tuple(sorted(one)), tuple(sorted(two)))
                for question in few.keys() & many.keys()
                for one in self.answers[question]
                for two in other.answers[question]
                if not one & two
            ),
            key=lambda one: (one.about, one.here, one.there),
        )

    def are_opposed(self, other: Positions) -> bool:
        """Whether there is a question on which no answer would please all of both."""
        few, many = (self.answers, other.answers)
        if len(few) > len(many):
            few, many = many, few
        return any(
            not one & two
            for question in few
            if question in many
            for one in few[question]
            for two in many[question]
        )

    def add(self, other: Positions) -> None:
        """Take the answers of others in."""
        for question, answers in other.answers.items():
            self.answers.setdefault(question, set()).update(answers)

    def copy(self) -> Positions:
        """Return the same answers, to be added to."""
        return Positions({question: set(answers) for question, answers in self.answers.items()})


def positions(text: str, reading: Reading) -> Positions:
    """Return what a remark wants; `reading` is that of its text."""
    whole = tidy(text)
    counted = with_digits(whole) if reading.is_marked else whole
    exact = reading if counted == whole else read(counted)
    found: Answers = {question: {answer} for question, answer in stance(reading).items()}
    for place, values in contrasts(exact).items():
        found[place] = {values}
    for question, answers in denials(exact):
        found[question] = {answers}
    return Positions(found)


def _about(question: Hashable) -> tuple[str, ...]:
    return question if isinstance(question, tuple) else ("stance",)
