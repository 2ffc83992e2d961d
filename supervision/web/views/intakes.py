"""Remarks that were collected on paper or came by mail: a file sent in, and the report of its rows."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from supervision.access import policy
from supervision.cases.models import Criticism
from supervision.cases.services.calls import require_unsent
from supervision.drafts.models import Call, Intake
from supervision.drafts.taking import intake as intakes
from supervision.drafts.taking import intake_files
from supervision.drafts.taking.authors import OFFERED
from supervision.drafts.taking.imports import writing
from supervision.errors import InvalidInput
from supervision.files.services import MEDIA_TYPES
from supervision.web.acting import WorkRequest, work_page
from supervision.web.draftforms import IntakeForm
from supervision.web.templatetags.gs import here
from supervision.web.views.contributions import find_call
from supervision.web.views.requests import find_criticism
from workflows.acts import drafts

PAGE, EARLIER = 50, 10
SHOWN = 300  # characters of a failed row
HINTS = (
    gettext_lazy("Mỗi dòng ghi một ý kiến về một điều, khoản. Không đổi tên cột, cột không dùng để trống."),
    gettext_lazy("Cột “Điều khoản” ghi như “khoản 2 Điều 5”, hoặc ghi số vào cột “Điều”, “Khoản”, “Điểm”."),
    gettext_lazy("Để trống cả bốn cột ấy khi ý kiến nói về toàn văn dự thảo."),
    gettext_lazy("Cột “Của ai” ghi một trong các loại có sẵn, để trống là người dân."),
    gettext_lazy("Tên người không bao giờ hiện công khai; tên tổ chức chỉ in khi rõ là của một tổ chức."),
    gettext_lazy("Cột “Số phiếu” giúp phân biệt những phiếu ghi giống hệt nhau và tìm lại tờ giấy."),
)


@work_page
def intake(request: WorkRequest, public_id: str) -> HttpResponse:
    """Send a spreadsheet or mails; what is good is kept, the report tells of the rest."""
    row = find_criticism(request, public_id, "prepare_draft")
    require_unsent(row)
    call = find_call(row)
    posted = request.method == "POST"
    form = IntakeForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            done = _taken(request, row, call, form)
        except InvalidInput as error:
            form.add_error("upload", error.message)
        else:
            return redirect(_address(row, f"{done.public_id}/"))
    context = {
        "row": row,
        "case": row.case,
        "form": form,
        "earlier": call.intakes.order_by("-at").defer("failed", "known", "told")[:EARLIER],
    }
    return render(request, "web/intake.html", context, status=422 if form.errors else 200)


def _taken(request: WorkRequest, row: Criticism, call: Call, form: IntakeForm) -> Intake:
    at = timezone.now()
    arrived = intake_files.read(form.cleaned_data["upload"])
    judged = intakes.judge(call, arrived)
    is_apart = form.cleaned_data["is_apart"]
    new = intakes.new_rows(call, arrived, judged, is_apart=is_apart)
    kept, left_out = intakes.keep_attachments((one for one, _key in new), by=request.actor.mandate, at=at)
    return drafts.import_contributions(
        actor=request.actor,
        criticism=row,
        call=call,
        arrived=arrived,
        judged=judged,
        in_table=form.cleaned_data["in_table"],
        is_apart=is_apart,
        files=kept,
        left_out=left_out,
        at=at,
    )


@work_page
def report(request: WorkRequest, public_id: str, intake: str) -> HttpResponse:
    """Tell how many rows were taken in, which were in already, and which failed and why."""
    row = find_criticism(request, public_id, "prepare_draft")
    found = _intake(row, intake)
    page = Paginator(found.failed, PAGE).get_page(request.GET.get("trang", "1")[:6])
    sheets = found.told.get("sheets", [])
    several = len(sheets) > 1 or found.kind == Intake.Kind.MAIL
    context = {
        "row": row,
        "case": row.case,
        "intake": found,
        "page": page,
        "failed": [_shown(one, several) for one in page.object_list],
        "known": _listed(found.known, several),
        "skipped": [
            {"where": _where(one, several), "why": intakes.SKIPPED[one["why"]]}
            for one in found.told.get("skipped", [])[:PAGE]
        ],
        "sheets": sheets if several else [],
        "left_out": found.told.get("left_out", []),
        "hidden": found.told.get("hidden", 0),
        "left_out_files": found.told.get("left_out_files", []),
    }
    return render(request, "web/intake_report.html", context)


@work_page
def failed(request: WorkRequest, public_id: str, intake: str, extension: str) -> HttpResponse:
    """Give the rows that failed, in our columns, to be mended and sent again."""
    row = find_criticism(request, public_id, "prepare_draft")
    found = _intake(row, intake)
    beside_them = (_("Dòng cũ"), _("Vì sao chưa nhận"))
    rows = [
        (one["fields"], (_where(one, bool(one["sheet"])), str(intakes.why_words(one))))
        for one in found.failed
    ]
    if extension == "csv":
        data, kind = writing.delimited(rows, beside=beside_them), "text/csv; charset=utf-8"
    elif extension == "xlsx":
        data, kind = _workbook(rows, beside_them), MEDIA_TYPES["xlsx"]
    else:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return _file(data, f"dong-chua-nhan.{extension}", kind)


@work_page
def template(request: WorkRequest, public_id: str) -> HttpResponse:
    """Give an empty spreadsheet with our columns."""
    find_criticism(request, public_id, "prepare_draft")
    return _file(_workbook(), "mau-gop-y.xlsx", MEDIA_TYPES["xlsx"])


def _workbook(rows: Any = (), beside_them: Any = ()) -> bytes:
    return writing.workbook(rows, beside=beside_them, authors=OFFERED, hints=[str(hint) for hint in HINTS])


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _intake(row: Criticism, public_id: str) -> Intake:
    found = Intake.objects.filter(call__draft=row.draft_id, public_id=public_id).first()
    if found is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return found


def _address(row: Criticism, more: str = "") -> str:
    return here(f"/phan-bien/{row.public_id}/gop-y/nhap/{more}")


def _where(one: dict[str, Any], several: bool) -> str:
    return f"{one['number']} ({one['sheet']})" if several and one["sheet"] else str(one["number"])


def _shown(one: dict[str, Any], several: bool) -> dict[str, Any]:
    fields = one["fields"]
    citing = (fields.get(name, "") for name in ("provision", "article", "clause", "point"))
    text = fields.get("text", "") or fields.get("wording", "")
    return {
        "where": _where(one, several),
        "cited": " · ".join(part for part in citing if part)[:SHOWN],
        "slip": fields.get("slip", "")[:SHOWN],
        "text": text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()}…",
        "why": intakes.why_words(one),
    }


def _listed(rows: list[dict[str, Any]], several: bool) -> str:
    """Return where rows are, as a list that stays short."""
    more = ", …" if len(rows) > PAGE else ""
    return ", ".join(_where(one, several) for one in rows[:PAGE]) + more
