"""The draft that is criticized, and what was said about it, as whoever works on it must have read it."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from supervision.cases import selectors
from supervision.cases.models import Criticism
from supervision.drafts.models import Answer, AnswerRound
from supervision.drafts.services import newest_version, sent_rounds, working_round
from supervision.drafts.table import matrix
from supervision.drafts.taking import calls
from supervision.web.blocks import Block, file_rows
from supervision.web.templatetags.gs import here, moment, short_date, vi

#: Remarks up to which a page shows the whole table.
SHORT = 50


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
    if working:
        blocks.append(_prepared_block(criticism, working))
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
    if not agency_side and criticism.sent_at is None:
        blocks += _unsettled_block(criticism)
    blocks += _table_block(criticism, working)
    return [*blocks, draft_block(criticism)]


def _unsettled_block(criticism: Criticism) -> list[Block]:
    """Return what must be settled before the document with the table as its annex is drafted."""
    left = calls.unsettled(criticism.draft, timezone.localdate())
    return [Block(_("Phải xong trước khi trình ký văn bản phản biện"), said=left)] if left else []


def _prepared_block(criticism: Criticism, working: AnswerRound) -> Block:
    """Return what goes out if it is approved: the general word, number, files, and the new answers, open."""
    table_page = here(f"/phan-bien/{criticism.public_id}/bang/")
    answered = criticism.draft.remarks.filter(answers__round=working).order_by("place", "number")
    count = answered.count()
    said = ngettext("%(count)s câu trả lời mới.", "%(count)s câu trả lời mới.", count)
    said %= {"count": grouped(count)}
    number = [(_("Số, ký hiệu văn bản"), working.number_text)] if working.number_text else []
    more = _("Xem cả %(count)s câu trả lời trong bảng") % {"count": grouped(count)}
    return Block(
        _("Bản trả lời đang soạn, chưa gửi") if working.returned_reason else _("Sẽ gửi khi được duyệt"),
        working.summary,
        format_html("{}, {}", vi(working.drafted_by.user.display_name), moment(working.drafted_at)),
        file_rows(working.files),
        said=said,
        more=number,
        table=matrix.lines_of(criticism.draft, answered[:SHORT], working=working),
        is_open=not working.returned_reason,
        links=[(table_page, more)] if count > SHORT else [],
    )


def _table_block(criticism: Criticism, working: AnswerRound | None) -> list[Block]:
    """Return the table where it is short, its counts alone where it is long, and the way to its page."""
    counted = matrix.tally(matrix.remarks(criticism.draft, working=working))
    count, left = sum(counted.values()), counted[matrix.OPEN]
    if not count:
        return []
    table = matrix.lines(criticism.draft, working=working) if count <= SHORT else []
    said = _("Còn %(left)s ý kiến chưa trả lời.") % {"left": left} if left else ""
    words = _("Xem cả bảng, lọc, tìm và tải về")
    link = (here(f"/phan-bien/{criticism.public_id}/bang/"), words)
    return [Block(_("Bảng ý kiến"), said=said, meta=counted_words(counted), table=table, links=[link])]


def counted_words(counted: dict[str, int]) -> str:
    """Return how many remarks there are, and what became of them."""
    count = sum(counted.values())
    words = ngettext("%(count)s ý kiến", "%(count)s ý kiến", count) % {"count": grouped(count)}
    parts = [f"{label}: {grouped(counted[verdict])}" for verdict, label in Answer.Verdict.choices]
    parts.append(f"{_('Chưa trả lời')}: {grouped(counted[matrix.OPEN])}")
    return f"{words}. {'; '.join(parts)}."


def grouped(count: int) -> str:
    """Return a number with its thousands apart: 10.000."""
    return number_format(count, use_l10n=True, force_grouping=True)
