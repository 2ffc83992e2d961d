"""Assessment grids filled in during a supervision, and what they add up to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases.models import Sheet
from supervision.cases.services import opening
from supervision.errors import InvalidInput
from supervision.language.folding import nfc
from supervision.law.grids import GRIDS, HIGHEST, NOT_APPLICABLE, SCALE, Grid
from supervision.law.text import T
from supervision.organizations.actors import Actor
from supervision.organizations.models import Duty, Organization

HEADS = (Duty.SIGNER, Duty.CHAIR)


def fill_in(
    *,
    actor: Actor,
    case: Case,
    grid: Grid,
    matter: str,
    about: Organization,
    scores: Mapping[str, str],
    evidence: str,
    proposal: str,
    at: dt.datetime,
) -> Sheet:
    """Keep one person's scores; filled in again, the new ones count and the old stay on record.

    Raises InvalidInput for a question without a score or a score that is none, WrongState when
    the case is put off or has ended.
    """
    opening.require_running(case)
    allowed = dict(SCALE)
    wrong = {
        question.code: [_("Chọn một mức cho câu này.")]
        for question in grid.questions
        if scores.get(question.code) not in allowed
    }
    if wrong:
        raise InvalidInput(wrong)
    facts = {"case": case, "grid": grid.slug, "matter": nfc(matter.strip()), "about": about}
    Sheet.objects.filter(**facts, by=actor.mandate, is_newest=True).update(is_newest=False)
    sheet = Sheet.objects.create(
        **facts,
        scores={question.code: scores[question.code] for question in grid.questions},
        evidence=evidence,
        proposal=proposal,
        by=actor.mandate,
        at=at,
    )
    # what a personal sheet says stays out of the record that everyone of the case reads
    said = {} if grid.personal else {"subject": sheet.matter, "agency": about.short_name}
    audit.record(action="sheet.filled", actor=actor, obj=sheet, thread=case, at=at, data=said)
    return sheet


def sheets_for(actor: Actor, case: Case) -> QuerySet[Sheet]:
    """Return the sheets of a case that the actor may read.

    A person's conduct is read by whoever wrote the sheet and by the heads of the chairing body.
    """
    rows = Sheet.objects.filter(case=case, is_newest=True).select_related("about", "by__user")
    if actor.organization.pk == case.lead_id and actor.duty in HEADS:
        return rows.order_by("grid", "matter", "pk")
    personal = [slug for slug, grid in GRIDS.items() if grid.personal]
    return (rows.exclude(grid__in=personal) | rows.filter(by=actor.mandate)).order_by("grid", "matter", "pk")


@dataclass
class Total:
    """What the sheets about one matter add up to: points and maximum by criterion, and proposals."""

    grid: Grid
    matter: str
    points: dict[str, list[int]] = field(default_factory=dict)
    proposals: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    sheets: int = 0

    @property
    def sum(self) -> tuple[int, int]:
        return sum(one[0] for one in self.points.values()), sum(one[1] for one in self.points.values())

    @property
    def percent(self) -> float | None:
        """The share of the points that could be had, to one decimal; None when nothing applied."""
        got, most = self.sum
        return round(100 * got / most, 1) if most else None

    @property
    def percent_words(self) -> str:
        return "" if self.percent is None else f"{self.percent}%".replace(".", ",")

    @property
    def named(self) -> list[tuple[T, str]]:
        """Each criterion with its points."""
        return [(title, cell) for (_key, title), cell in zip(self.grid.criteria, self.cells, strict=True)]

    @property
    def proposed(self) -> list[tuple[T, int]]:
        """Each proposal that was made, and by how many sheets."""
        return [(dict(self.grid.proposals)[key], count) for key, count in self.proposals.items()]

    @property
    def cells(self) -> list[str]:
        """What is printed for each criterion: "9/12"."""
        return [f"{self.points[key][0]}/{self.points[key][1]}" for key, _title in self.grid.criteria]


def totals(sheets: Iterable[Sheet]) -> list[Total]:
    """Add up the sheets by grid and matter; what does not apply counts in neither number."""
    found: dict[tuple[str, str], Total] = {}
    for sheet in sheets:
        grid = GRIDS[sheet.grid]
        total = found.setdefault((sheet.grid, sheet.matter), Total(grid, sheet.matter))
        if not total.points:
            total.points = {key: [0, 0] for key, _title in grid.criteria}
        total.sheets += 1
        if sheet.proposal:
            total.proposals[sheet.proposal] += 1
        for question in grid.questions:
            score = sheet.scores[question.code]
            if score != NOT_APPLICABLE:
                total.points[question.criterion][0] += int(score)
                total.points[question.criterion][1] += HIGHEST
    return list(found.values())


def printed(case: Case) -> list[dict[str, Any]]:
    """Return the part of the result report that the sheets make: a table for each grid, none of a person."""
    personal = [slug for slug, grid in GRIDS.items() if grid.personal]
    sheets = (
        Sheet.objects.filter(case=case, is_newest=True).exclude(grid__in=personal).order_by("grid", "matter")
    )
    by_grid: dict[str, list[Total]] = defaultdict(list)
    for total in totals(sheets):
        by_grid[total.grid.slug].append(total)
    return [_table(GRIDS[slug], rows) for slug, rows in by_grid.items()]


def _table(grid: Grid, rows: list[Total]) -> dict[str, Any]:
    columns = [grid.matter.vi, *(title.vi for _key, title in grid.criteria), "Tổng", "Tỷ lệ"]
    lines = [[row.matter, *row.cells, "{}/{}".format(*row.sum), row.percent_words] for row in rows]
    proposals = dict(grid.proposals)
    said = [
        f"{row.matter}: "
        + "; ".join(f"{proposals[key].vi.lower()} {count:02d} phiếu" for key, count in row.proposals.items())
        for row in rows
        if row.proposals
    ]
    return {
        "title": f"Đánh giá {grid.title.vi.lower()}",
        "text": "Theo lưới đánh giá do Đoàn giám sát xây dựng."
        + ("\nĐề xuất: " + ". ".join(said) + "." if said else ""),
        "tables": [
            {
                "caption": f"Điểm đạt trên điểm tối đa, {sum(row.sheets for row in rows):02d} phiếu",
                "columns": columns,
                "rows": lines,
                "numeric": list(range(1, len(columns))),
                "total": False,
                "source": "Phiếu đánh giá của thành viên Đoàn giám sát",
            }
        ],
    }
