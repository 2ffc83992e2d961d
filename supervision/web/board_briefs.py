"""What is read before a step about a board's paper: the answers to it, each side's own word."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from supervision.cases import board_selectors
from supervision.cases.models import Settlement
from supervision.law.forms.boards import EXTENTS
from supervision.law.text import T
from supervision.web.blocks import Block, file_rows
from supervision.web.templatetags.gs import in_language, moment
from workflows.models import WorkItem

#: Steps inside the case, for which what was entered before is shown as well.
INSIDE = ("review_board_paper", "judge_settlement", "consider_request")
#: Steps of the People's Committee, which reads the paper that it was sent and nothing else of the case.
OUTSIDE = ("receive_board_paper", "draft_settlement", "approve_settlement")
#: Steps for which the board's signed paper is shown in full.
READERS = (*INSIDE, *OUTSIDE)
EXTENT_WORDS: dict[str, T] = dict(EXTENTS)


def voters(item: WorkItem) -> list[Block]:
    """Return who sits on the board, where its vote is written down: the vote is counted against them."""
    if item.step != "draft_board_minutes":
        return []
    members = list(board_selectors.members_of(board_selectors.supervision_of(item.case).board))
    title = _("Danh sách của Ban: %(count)s thành viên") % {"count": len(members)}
    return [Block(title, "\n".join(f"{one.name}, {one.get_post_display()}" for one in members))]


def settled(item: WorkItem) -> list[Block]:
    """Return what the committee has sent; at its own steps what it is working on, and why it was returned."""
    supervision = board_selectors.supervision_of(item.case)
    blocks = []
    if item.step in OUTSIDE:
        working = board_selectors.working_settlement(supervision)
        if working and working.returned_reason:
            blocks.append(Block(_("Kết quả bị trả lại, cần sửa"), working.returned_reason, kind="return"))
        if working:
            blocks.append(_block(_("Kết quả đang soạn, chưa gửi"), working))
    sent = board_selectors.sent_settlement(supervision)
    if sent:
        blocks.append(_block(_("Kết quả giải quyết của Ủy ban nhân dân"), sent))
    return blocks


def _block(title: Any, row: Settlement) -> Block:
    said = (
        (_("Lý do phần chưa giải quyết"), row.reason),
        (_("Số, ký hiệu văn bản"), row.number_text),
    )
    return Block(
        title,
        row.text,
        moment(row.submitted_at or row.drafted_at),
        file_rows(row.files),
        said=in_language(EXTENT_WORDS[row.extent]),
        more=[(label, words) for label, words in said if words],
    )
