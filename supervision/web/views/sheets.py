"""Assessment sheets of a supervision: what they add up to, and filling one in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases.services import sheets
from supervision.law.grids import GRIDS, SCALE, Grid
from supervision.law.specs import Field, Widget
from supervision.law.text import T
from supervision.web.actform import act_form
from supervision.web.acting import WorkRequest, work_page
from supervision.web.templatetags.gs import here, in_language
from supervision.web.views.cases import find_case
from workflows.acts import sheets as sheet_acts


@work_page
def sheet_list(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show what the sheets of a case add up to, each sheet, and which grids can be filled in."""
    case = find_case(request, public_id)
    rows = list(sheets.sheets_for(request.actor, case))
    may_assess = case.ended_at is None and policy.can(request.actor, "assess", case)
    context = {
        "case": case,
        "totals": sheets.totals(rows),
        "rows": [{"sheet": row, "grid": GRIDS[row.grid], "total": sheets.totals([row])[0]} for row in rows],
        "grids": list(GRIDS.values()) if may_assess else [],
    }
    return render(request, "web/sheet_list.html", context)


@work_page
def fill_in(request: WorkRequest, public_id: str, grid: str) -> HttpResponse:
    """Fill in one sheet of a grid."""
    case = find_case(request, public_id)
    policy.require(request.actor, "assess", case)
    chosen = GRIDS.get(grid)
    if chosen is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    hint = _("Lưới do nơi giám sát tự xây dựng, luật không quy định.")
    if chosen.personal:
        narrow = _(
            "Ghi chức danh, không ghi họ tên. Chỉ bạn và lãnh đạo nơi chủ trì đọc được; không công bố."
        )
        hint = f"{hint} {narrow}"
    return act_form(
        request,
        fields=_fields(chosen),
        case=case,
        heading=in_language(chosen.title),
        hint=hint,
        button=_("Ghi phiếu này"),
        back=here(f"/ho-so/{case.public_id}/phieu/"),
        do=lambda values: _do(request, case, chosen, values),
        done=_("Đã ghi phiếu."),
    )


def _do(request: WorkRequest, case: Case, grid: Grid, values: dict[str, Any]) -> None:
    sheet_acts.fill_in_sheet(
        actor=request.actor,
        case=case,
        grid=grid,
        matter=values["matter"],
        about=values["about"],
        scores={question.code: values[question.code] for question in grid.questions},
        evidence=values["evidence"],
        proposal=values.get("proposal") or "",
        at=timezone.now(),
    )


def _fields(grid: Grid) -> tuple[Field, ...]:
    questions = tuple(
        Field(question.code, question.text, Widget.CHOICE, question.guide, choices=SCALE)
        for question in grid.questions
    )
    proposal = Field(
        "proposal", T("Đề xuất", "Proposal"), Widget.CHOICE, choices=grid.proposals, required=False
    )
    return (
        Field("matter", grid.matter, Widget.LINE),
        Field("about", T("Tại cơ quan", "At"), Widget.PICK, source="addressees"),
        *questions,
        Field("evidence", T("Chứng cứ, nhận xét", "Evidence and remarks")),
        *([proposal] if grid.proposals else []),
    )
