"""A term: how long, from what, in which days, set by whom and on what basis."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from supervision.law.basis import Basis, Norm, Practice
from supervision.law.terms import OPEN_TERMS, WORKING_DAYS
from supervision.law.text import T


class Unit(StrEnum):
    """What a term is counted in."""

    CALENDAR = "calendar"
    WORKING = "working"
    MONTHS = "months"


class Direction(StrEnum):
    """Where the due date lies: after an event, before a day, on a day that was fixed, or within a period."""

    AFTER = "after"
    BEFORE = "before"
    FIXED = "fixed"
    WITHIN = "within"


#: How the days of each unit are written in the texts that set them.
_WRITTEN = {Unit.CALENDAR: "{} ngày", Unit.WORKING: "{} ngày làm việc", Unit.MONTHS: "{} tháng"}


@dataclass(frozen=True)
class Rule:
    """A term: `length` or `period` when the law sets it, else `term` names the setting that does.

    `starts` says what starts the clock (or, for BEFORE, which day it is counted back from).
    `basis` is what makes the duty; for open and fixed terms it sets no number of days. What the law
    sets comes with the words of its text (`says`), in which the number must stand: ValueError
    otherwise. `period` is a key of `planning.PERIODS`: the text names it and no day. `unit_term`
    names the setting that says in which days an open term is counted, where that is open too.
    `bound_by` is the rule by which the law itself sets a last day for the same thing, where a body asks
    for it earlier.
    """

    code: str
    title: T
    starts: T
    basis: tuple[Basis, ...]
    direction: Direction = Direction.AFTER
    unit: Unit = Unit.CALENDAR
    length: int | None = None
    term: str = ""
    unit_term: str = ""
    period: str = ""
    says: T | None = None
    bound_by: Rule | None = None

    def __post_init__(self) -> None:
        fixed = self.direction is Direction.FIXED
        if (self.length is not None) + bool(self.term) + fixed + bool(self.period) != 1:
            raise ValueError(f"{self.code}: exactly one of length, term, period and a fixed day")
        if bool(self.period) != (self.direction is Direction.WITHIN):
            raise ValueError(f"{self.code}: a period, and nothing else, is kept within")
        if self.by_law:
            self._require_text()

    def _require_text(self) -> None:
        """Raise ValueError unless the number that the law is said to set stands in its own words."""
        if self.says is None:
            raise ValueError(f"{self.code}: what the law sets comes with the words of its text")
        if self.length is not None:
            written = _WRITTEN[self.unit]
            if not any(written.format(n) in self.says.vi for n in (self.length, f"{self.length:02d}")):
                raise ValueError(f"{self.code}: the text does not say {self.length} {self.unit}")

    @property
    def by_law(self) -> bool:
        """Whether the number of days, or the period, is the law's own."""
        return self.length is not None or bool(self.period)

    @property
    def unread(self) -> list[T]:
        """The names of the texts in the basis whose articles nobody has read."""
        return [one.act.name for one in self.basis if isinstance(one, Norm) and not one.act.articles_read]

    @property
    def is_silent(self) -> bool:
        """Whether it was established that no law sets the number: all that bears on it was read."""
        return not (self.by_law or self.bound_by or self.unread)

    @property
    def basis_labels(self) -> list[T]:
        """Return what the duty rests on, in words; practice claims no silence that was not established."""
        return [
            one.label if isinstance(one, Norm) or self.is_silent else _as_practice(one) for one in self.basis
        ]

    @property
    def silence(self) -> T:
        """What may be said of a number that no text read sets; a text nobody has read may set one."""
        if self.bound_by is not None:
            return self.bound_by.set_in
        if not self.unread:
            return SILENT
        vi, en = (", ".join(name.in_(language) for name in self.unread) for language in ("vi", "en"))
        return T(
            f"pháp luật (Luật Mặt trận Tổ quốc Việt Nam) không quy định số ngày; {vi} chưa được kiểm tra",
            f"the law (Law on the Vietnam Fatherland Front) sets no number of days; {en} is not yet checked",
        )

    @property
    def set_in(self) -> T:
        """Return where the law sets the number of a rule, in the words it was read in."""
        said = self.says or T("", "")
        where = self.basis[0].label
        return T(
            f"hạn luật định của việc này: “{said.vi}” ({where.vi})",
            f"the law's own term for this: “{said.en}” ({where.en})",
        )

    def unit_by(self, choice: int) -> Unit:
        """Return what the days are counted in when the setting `unit_term` is `choice`."""
        return Unit.WORKING if choice == WORKING_DAYS else Unit.CALENDAR

    @property
    def default_length(self) -> int | None:
        """The law's length, or the default of the open term; None for a fixed day."""
        return OPEN_TERMS[self.term].default if self.term else self.length


def _as_practice(one: Practice) -> T:
    return T(f"Theo thực tiễn: {one.reason.vi}", f"Practice: {one.reason.en}")


SILENT = T("luật không quy định số ngày", "the law sets no number of days")


def set_by_words(organization: str, silence: T = SILENT) -> T:
    """Return the sentence shown beside every number that no statute sets; `silence` is the rule's own."""
    return T(vi=f"do {organization} đặt ra, {silence.vi}", en=f"set by {organization}; {silence.en}")
