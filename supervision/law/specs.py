"""What a form is made of: parties, steps, fields, papers. Flows, pages and docs read this."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from supervision.law.basis import Basis, law
from supervision.law.text import T


class Party(StrEnum):
    """Whose step it is, seen from the case."""

    LEAD = "lead"  # the organization that chairs
    HEAD = "head"  # the head of the delegation, one mandate
    SECRETARY = "secretary"  # the delegation's secretary, one mandate
    REPRESENTATIVE = "representative"  # whom the body sent into another's supervision, one mandate
    BOARD = "board"  # the people's board that carries the supervision out
    SETTLER = "settler"  # the commune committee that settles the board's paper
    ADDRESSEE = "addressee"  # the agency asked (inquiry) or addressed (recommendation)
    DRAFTER = "drafter"  # the agency whose draft the case criticizes
    OF_PAPER = "of_paper"  # who signs a paper that could not be signed, and who drafted it, each by name
    ASKER = "asker"  # who asked for a change of what is published, by name while they are in office


class Widget(StrEnum):
    """How a field is asked for; pages map each to one form field."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    DECISION = "decision"  # each choice is a button, with the fields that only it requires above it
    YES_NO = "yes_no"
    ROWS = "rows"  # a repeated group; `columns` says of what
    PICK = "pick"  # one of what `source` offers in this case (an agency, a person, a finding)
    PICKS = "picks"  # several of them
    FILES = "files"
    PASSWORD = "password"  # signing: the signer's own, never stored


class Day(StrEnum):
    """Which days a date field takes, seen from the day on which it is typed."""

    TO_COME = "to_come"  # tomorrow or later: a date set for someone
    NOT_PAST = "not_past"  # today or later
    HAPPENED = "happened"  # today or earlier: what is recorded has taken place


@dataclass(frozen=True)
class Field:
    """One thing a step asks: name, label, help, whether it must be filled.

    `required_when` is `(other field, values)`: the field must be filled when the other has
    one of the values. `columns` and `singular` ("Cơ quan") belong to ROWS, `source` to PICK,
    `day` to DATE, `longest` to LINE. ROWS take at most `most` rows and grow by `grows` at a time;
    those with a `source` have a row for each thing that it names in the case, no more and no less.
    """

    name: str
    label: T
    widget: Widget = Widget.TEXT
    help: T | None = None
    required: bool = True
    choices: tuple[tuple[str, T], ...] = ()
    required_when: tuple[str, tuple[str, ...]] | None = None
    columns: tuple[Field, ...] = ()
    singular: T | None = None
    source: str = ""
    day: Day | None = None
    longest: int = 300  # characters of a LINE
    empty: T | None = None  # what it means that nothing is chosen in a PICK
    most: int = 30
    grows: int = 1


@dataclass(frozen=True)
class Step:
    """One human step: who acts, what it is called, on what basis, what it asks.

    `button` names the act ("Gửi báo cáo"). `duties` are the mandates that may take it.
    `check_first` puts a check-answers page before an act that cannot be undone. `rule` is
    the code of the deadline that runs for the step, if a norm or setting names one.
    `stage` is the 1-based place in the form's ordered list of stages. What is written in a step
    that `goes_public` appears on the case's public page, with the names of its files.
    """

    name: str
    title: T
    party: Party
    duties: tuple[str, ...]
    basis: tuple[Basis, ...]
    button: T
    hint: T
    fields: tuple[Field, ...] = ()
    check_first: bool = False
    goes_public: bool = False
    rule: str = ""
    stage: int = 0
    document: str = ""  # the paper shown beside the step: the kind being signed

    def decided(self, data: dict[str, Any]) -> T | None:
        """Return the label of the choice made in `data` where the step is a decision, else None."""
        for one in self.fields:
            if one.widget is Widget.DECISION:
                return dict(one.choices).get(str(data.get(one.name)))
        return None


@dataclass(frozen=True)
class Stage:
    """A stage of the ordered list that people see ("Bước 4 trên 12")."""

    title: T
    basis: tuple[Basis, ...]


#: What a form follows to its end, as titles and papers name it; and its code on papers.
RECOMMENDATION = T("kiến nghị", "recommendation")


@dataclass(frozen=True)
class FormSpec:
    """A form of supervision, criticism or opinion-giving, declared once.

    `followed` is what it calls the things that are answered and followed, `outcome` the step in
    which the paper is signed that goes to the public, `urging` what a letter rests on that urges an
    answer or the carrying out.
    """

    slug: str
    code: str  # "S2"
    prefix: str  # in case codes: "GS"
    title: T
    summary: T
    basis: tuple[Basis, ...]
    stages: tuple[Stage, ...]
    steps: tuple[Step, ...]
    opening: tuple[Field, ...] = ()
    conference: T | None = None  # what its conference is called on papers, if it may hold one
    followed: T = RECOMMENDATION
    followed_code: str = "KN"
    urging: tuple[Basis, ...] = (law(28, 7),)
    outcome: str = "sign_recommendations"
    results_to_issuer: bool = False  # the issuing authority gets the criticism document too
    former: tuple[Step, ...] = ()  # steps of earlier versions: what was done in them stays readable
    opened_by: Party = Party.LEAD  # who may open a case of it
    board: str = ""  # which kind of board opens it; empty where any does
    commune_front_only: bool = False  # no other body opens a case of it
    planned_as: str = ""  # the form, by code, of the annual plan's items that its cases carry out

    def step(self, name: str) -> Step:
        """Return the step called `name`, one of earlier versions too; KeyError when there never was one."""
        for step in (*self.steps, *self.former):
            if step.name == name:
                return step
        raise KeyError(name)

    @property
    def by_name(self) -> dict[str, Step]:
        return {step.name: step for step in self.steps}
