"""The draft that is criticized, and what was said about it, as whoever works on it must have read it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from supervision.cases import selectors
from supervision.cases.models import Criticism
from supervision.drafts import matrix
from supervision.drafts.services import newest_version, sent_rounds, working_round
from supervision.web.blocks import Block, file_rows
from supervision.web.templatetags.gs import moment, short_date, vi


def draft_block(criticism: Criticism) -> Block:
    """Return the draft that is criticized: whose it is, when it is to be submitted, its files."""
    draft = criticism.draft
    version = newest_version(draft)
    meta = vi(f"{draft.owner.name}, {short_date(version.received_on)}")
    said = (
        _("Dự kiến trình ngày %(day)s.") % {"day": short_date(draft.submission_on)}
        if draft.submission_on
        else ""
    )
    return Block(vi(draft.title), "", meta, file_rows(version.files), said=said)


def criticism_blocks(criticism: Criticism, *, agency_side: bool) -> list[Block]:
    """Return what is asked, what was assessed, and the draft; the table of remarks is drawn beside it."""
    blocks = []
    working = working_round(criticism.draft) if agency_side else None
    if working and working.returned_reason:
        blocks.append(Block(_("Trả lời bị trả lại, cần sửa"), working.returned_reason, kind="return"))
    asked = selectors.latest_record(criticism.case, "compile_remarks")
    if asked and criticism.explain_deadline:
        blocks.append(Block(_("Nội dung cần giải trình"), asked.data["question"], moment(asked.at)))
    judged = selectors.latest_record(criticism.case, "assess_answers")
    if judged:
        blocks.append(Block(_("Đánh giá của nơi chủ trì"), judged.data["text"], moment(judged.at)))
    if criticism.reservations:
        blocks.append(Block(_("Ý kiến bảo lưu"), criticism.reservations))
    for sent in sent_rounds(criticism.draft):
        number = sent.number_text or str(sent.number)
        title = _("Trả lời %(number)s") % {"number": number}
        blocks.append(Block(title, sent.summary, moment(sent.submitted_at), file_rows(sent.files)))
    table = matrix.lines(criticism.draft, working=working)
    if table:
        left = matrix.counts(table)["open"]
        said = _("Còn %(left)s ý kiến chưa trả lời.") % {"left": left} if left else ""
        blocks.append(Block(_("Bảng ý kiến"), said=said, table=table))
    return [*blocks, draft_block(criticism)]
