"""What somebody might enter in a step of any form, made from its declaration and a die.

Most of it is what a careful person enters, some of it is not: refusing that is the product's task.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from supervision.casefiles.models import Case
from supervision.cases.choices import offered
from supervision.files.models import Attachment
from supervision.files.services import put_bytes
from supervision.law.specs import Day, Field, FormSpec, Widget
from supervision.organizations.actors import Actor

#: A source may offer every commune of a province; the first of them say as much as all.
OFFERED = 12


@dataclass(frozen=True)
class Filling:
    """Who fills in a step of which case, or opens one of `spec`, at which moment, and the die."""

    die: random.Random
    case: Case | None
    actor: Actor
    at: dt.datetime
    on: dt.date
    spec: FormSpec | None = None

    def fill(self, fields: tuple[Field, ...]) -> dict[str, Any]:
        """Return entries for `fields`; what another answer asks for is filled in with it."""
        data: dict[str, Any] = {}
        for field in sorted(fields, key=lambda one: one.required_when is not None):
            if self._is_filled(field, data):
                data[field.name] = _ENTRIES[field.widget](self, field)
        return data

    def _is_filled(self, field: Field, data: dict[str, Any]) -> bool:
        if field.widget is Widget.PASSWORD:
            return False
        if field.required_when:
            other, values = field.required_when
            return data.get(other) in values or self.die.random() < 0.1
        often = 0.2 if field.widget is Widget.FILES else 0.5
        return field.required or self.die.random() < often

    def _line(self, field: Field) -> str:
        """Some words; now and then with a break, which no browser sends from a box of one line."""
        number = self.die.randrange(100)
        return f"{field.label.vi}{' ' if number % 5 else chr(10)}{number}"[: field.longest]

    def _day(self, field: Field) -> dt.date:
        first, last = {
            Day.TO_COME: (1, 60),
            Day.NOT_PAST: (0, 40),
            Day.HAPPENED: (-5, 0),
        }.get(field.day, (-10, 30))  # type: ignore[arg-type]
        return self.on + dt.timedelta(days=self.die.randint(first, last))

    def _choice(self, field: Field) -> str:
        """The first choice is what moves the work on; half the time it is taken."""
        first, *others = [value for value, _label in field.choices]
        return first if not others or self.die.random() < 0.5 else self.die.choice(others)

    def _offered(self, field: Field) -> list[Any]:
        things = offered(field.source, case=self.case, actor=self.actor, on=self.on, spec=self.spec)
        return list(things[:OFFERED]) if things is not None else []

    def _pick(self, field: Field) -> Any:
        things = self._offered(field)
        return self.die.choice(things) if things else ""

    def _picks(self, field: Field) -> list[Any]:
        things = self._offered(field)
        return self.die.sample(things, min(len(things), self.die.choice((1, 1, 2, 3))))

    def _rows(self, field: Field) -> list[dict[str, Any]]:
        if field.source:  # a row for each thing that the case names
            return [self.fill(field.columns) | {"row": thing} for thing in self._offered(field)]
        return [self.fill(field.columns) for _row in range(self.die.choice((1, 1, 2)))]

    def _files(self, field: Field) -> list[Attachment]:
        blob = put_bytes(b"%PDF-1.7 walked", "application/pdf", self.at)
        return [
            Attachment.objects.create(
                blob=blob, name="tep.pdf", pages=1, uploaded_by=self.actor.mandate, uploaded_at=self.at
            )
        ]


_ENTRIES: dict[Widget, Callable[[Filling, Field], Any]] = {
    Widget.LINE: Filling._line,
    Widget.TEXT: Filling._line,
    Widget.DATE: Filling._day,
    Widget.TIME: lambda filling, field: "08:00",
    Widget.CHOICE: Filling._choice,
    Widget.DECISION: Filling._choice,
    Widget.YES_NO: lambda filling, field: filling.die.random() < 0.9,
    Widget.ROWS: Filling._rows,
    Widget.PICK: Filling._pick,
    Widget.PICKS: Filling._picks,
    Widget.FILES: Filling._files,
}
