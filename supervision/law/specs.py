"""What a form is made of: parties, steps, fields, papers. Flows, pages and docs read this."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from supervision.law.basis import Basis
from supervision.law.text import T


class Party(StrEnum):
    """Whose step it is, seen from the case."""

    LEAD = "lead"  # the organization that chairs
    HEAD = "head"  # the head of the delegation, one mandate
    SECRETARY = "secretary"  # the delegation's secretary, one mandate
    ADDRESSEE = "addressee"  # the agency asked (inquiry) or addressed (recommendation)


class Widget(StrEnum):
    """How a field is asked for; pages map each to one form field."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    AGENCIES = "agencies"  # several agencies, each with a session day
    MEMBERS = "members"  # delegation members with their tasks
    FINDINGS = "findings"  # findings with kind, agency, evidence
    RECOMMENDATIONS = "recommendations"  # recommendations with addressee and action day
    POINTS = "points"  # a numbered list of requests
    FILES = "files"
    MANDATE = "mandate"  # one person of the lead organization
    PASSWORD = "password"  # signing: the signer's own, never stored


@dataclass(frozen=True)
class Field:
    """One thing a step asks: name, label, help, whether it must be filled."""

    name: str
    label: T
    widget: Widget = Widget.TEXT
    help: T | None = None
    required: bool = True
    choices: tuple[tuple[str, T], ...] = ()
    required_when: tuple[str, tuple[str, ...]] | None = None  # (field, values that make it required)


@dataclass(frozen=True)
class Step:
    """One human step: who acts, what it is called, on what basis, what it asks.

    `button` names the act ("Gửi báo cáo"). `duties` are the mandates that may take it.
    `check_first` puts a check-answers page before an act that cannot be undone. `rule` is
    the code of the deadline shown with the work, if the step has one.
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
    rule: str = ""
    stage: int = 0
    not_by: tuple[str, ...] = ()  # steps whose actor may not do this one (drafting and signing)


@dataclass(frozen=True)
class Stage:
    """A stage of the ordered list that people see ("Bước 4 trên 12")."""

    title: T
    basis: tuple[Basis, ...]


@dataclass(frozen=True)
class FormSpec:
    """A form of supervision, criticism or opinion-giving, declared once."""

    slug: str
    code: str  # "S2"
    prefix: str  # in case codes: "GS"
    title: T
    summary: T
    basis: tuple[Basis, ...]
    stages: tuple[Stage, ...]
    steps: tuple[Step, ...]
    documents: tuple[str, ...] = ()
    opening: tuple[Field, ...] = field(default=())

    def step(self, name: str) -> Step:
        """Return the step called `name`; KeyError when the form has none."""
        return self.by_name[name]

    @property
    def by_name(self) -> dict[str, Step]:
        return {step.name: step for step in self.steps}
