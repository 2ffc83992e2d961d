"""The table of remarks and answers of a criticism: on the screen, and as a file."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.cases.services import remark_table as tables
from supervision.drafts.models import Contribution, TableExport
from supervision.drafts.services import working_round
from supervision.drafts.table import exports, matrix, sheets
from supervision.drafts.taking import moderation
from supervision.files.responses import download
from supervision.law.forms.criticism import REMARK
from supervision.law.specs import Field, Widget
from supervision.law.text import T
from supervision.web.actform import act_form
from supervision.web.acting import WorkRequest, work_page
from supervision.web.change_briefs import public_changes
from supervision.web.draft_briefs import counted_words, grouped
from supervision.web.tablefilter import TableFilter
from supervision.web.templatetags.gs import here
from supervision.web.views.requests import find_criticism
from workflows.acts import drafts

PAGE = 50
MENDING = (
    Field(
        "decision",
        T("Làm gì với ý kiến này?", "What to do with this remark?"),
        Widget.CHOICE,
        choices=(
            ("mend", T("Sửa như ghi dưới đây", "Mend it as written below")),
            ("drop", T("Bỏ khỏi bảng vì ghi nhầm", "Take it out, it was a mistake")),
        ),
    ),
    *REMARK,
)


@work_page
def remark_table(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show the table in the order of the draft, some lines a page; by verdict, provision, author, words."""
    row = find_criticism(request, public_id)
    is_agency = request.actor.organization.pk == row.addressee_id
    working = working_round(row.draft) if is_agency else None
    everything = matrix.remarks(row.draft, working=working)
    chosen = TableFilter(request.GET, row.draft)
    counts = matrix.tally(chosen.narrowed(everything))
    came = Contribution.objects.filter(remark=OuterRef("pk"))
    rows = chosen.of_verdict(chosen.narrowed(everything)).annotate(is_typed=~Exists(came))
    pages = Paginator(rows, PAGE)
    pages.count = chosen.count(counts)  # known already: one query less
    page = pages.get_page(request.GET.get("trang"))
    remarks = list(page.object_list)
    is_chair = request.actor.organization.pk == row.case.lead_id
    files = moderation.files_of(remarks) if is_chair else {}
    for remark in remarks:
        remark.came_with = files.get(remark.pk, [])
    context = {
        "row": row,
        "case": row.case,
        "chosen": chosen,
        "may_mend": row.sent_at is None and policy.can(request.actor, "prepare_draft", row),
        "counted": counted_words(matrix.tally(everything) if chosen.is_set else counts),
        "pills": chosen.pills(request.GET, counts),
        "page": page,
        "table": matrix.lines_of(row.draft, remarks, working=working),
        "changes": public_changes(row.case) if row.is_changed else None,
    }
    return render(request, "web/remark_table.html", context)


@work_page
def remark_mend(request: WorkRequest, public_id: str, number: int) -> HttpResponse:
    """Put right a remark that was typed by hand, or take it out, while the table is not out yet."""
    row = find_criticism(request, public_id, "prepare_draft")
    remark = row.draft.remarks.filter(number=number).first()
    if remark is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return act_form(
        request,
        fields=MENDING,
        case=row.case,
        heading=_("Sửa ý kiến %(code)s") % {"code": remark.code},
        hint=_("Chỉ sửa được trước khi trình ký văn bản phản biện. Góp ý người khác gửi thì giữ nguyên lời."),
        button=_("Ghi lại"),
        back=here(f"/phan-bien/{row.public_id}/bang/"),
        do=lambda values: drafts.mend_remark(
            actor=request.actor, criticism=row, remark=remark, data=values, at=timezone.now()
        ),
        done=_("Đã ghi lại."),
        initial={**{field.name: getattr(remark, field.name) for field in REMARK}, "decision": "mend"},
    )


@work_page
def as_csv(request: WorkRequest, public_id: str) -> StreamingHttpResponse:
    """Send the whole table, as far as it was sent, row by row."""
    row = find_criticism(request, public_id)
    pieces = sheets.csv_pieces(row.draft, tables.said_since(row))
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{tables.file_name(row, "csv")}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@work_page
def exports_page(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show which files of the table there are and how far each is; have one made."""
    row = find_criticism(request, public_id)
    kind = request.POST.get("kind", "")
    if request.method == "POST" and kind in TableExport.Kind.values:
        tables.ask(actor=request.actor, criticism=row, kind=TableExport.Kind(kind), at=timezone.now())
        return redirect(here(f"/phan-bien/{row.public_id}/bang/tai/"))
    made = {export.kind: export for export in exports.newest(row.draft)}
    edition = matrix.edition(row.draft) if made else ""
    context = {
        "row": row,
        "case": row.case,
        "changes": public_changes(row.case) if row.is_changed else None,
        "files": [
            _file(made.get(kind), kind, edition) for kind in (TableExport.Kind.XLSX, TableExport.Kind.PDF)
        ],
    }
    return render(request, "web/remark_table_exports.html", context)


def _file(export: TableExport | None, kind: TableExport.Kind, edition: str) -> dict[str, Any]:
    """Return what the page says of the file of one kind."""
    titles = {TableExport.Kind.XLSX: _("bảng tính XLSX"), TableExport.Kind.PDF: _("bản in PDF")}
    if export is None:
        return {"kind": kind, "title": titles[kind], "state": "none"}
    lost = exports.is_lost(export, timezone.now())
    return {
        "kind": kind,
        "title": titles[kind],
        "state": "lost" if lost else "working" if export.is_under_way else export.state,
        "export": export,
        "done": grouped(export.rows_done),
        "all": grouped(export.rows_all),
        "is_stale": export.edition != edition,
    }


@work_page
def export_file(request: WorkRequest, public_id: str, export: str) -> FileResponse:
    """Send a file that was made of the table."""
    row = find_criticism(request, public_id)
    files = TableExport.objects.filter(draft=row.draft, state=TableExport.State.DONE).select_related("blob")
    found = policy.visible(request.actor, files).filter(public_id=export).first()
    if found is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return download(found.blob, tables.file_name(row, found.kind))
