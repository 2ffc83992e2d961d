"""What a person must have read before doing a step: the request, the answer, the paper, the reasons."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from supervision.audit.models import Event
from supervision.casefiles.models import Case, Record
from supervision.cases import selectors
from supervision.cases.models import Criticism, Inquiry, Recommendation, StudiedText
from supervision.cases.services import letters, redactions
from supervision.cases.services.extensions import waiting_request
from supervision.cases.services.voices import (
    ASSESSMENT_WORDS,
    OUTCOME_WORDS,
    REPLY_WORDS,
)
from supervision.documents.models import Document
from supervision.files.models import Attachment
from supervision.law.basis import Basis
from supervision.law.forms.letter import SPEC as LETTER
from supervision.law.registry import spec_of
from supervision.law.specs import Field, Step, Widget
from supervision.organizations.actors import Actor
from supervision.web import board_briefs
from supervision.web.blocks import Block, file_rows
from supervision.web.change_briefs import change_blocks
from supervision.web.draft_briefs import criticism_blocks, draft_block
from supervision.web.templatetags.gs import in_language, moment, short_date, vi
from supervision.web.unsigned_briefs import unsigned_block
from workflows.models import UNSIGNED, WorkItem


def brief(item: WorkItem, actor: Actor) -> list[Block]:
    """Return the blocks of an item, for the side that `actor` is on."""
    own_side = item.organization_id == actor.organization.pk
    if item.form == UNSIGNED:
        return [unsigned_block(item)]
    if item.change:
        return change_blocks(item.change, is_back=item.step == "mend_change")
    if item.consultation:
        return _text_blocks(item.case, item.consultation.question)
    if item.request:
        blocks = [*_asked_for_time(item), *about(item.request, actor)]
    elif item.step in board_briefs.READERS:
        blocks = [*board_briefs.settled(item), *(_records(item) if item.step in board_briefs.INSIDE else [])]
    elif paper_of(item) is not None and not item.document:
        blocks = []  # the signed paper says it all
    else:
        blocks = [
            *board_briefs.voters(item),
            *_opinions(item),
            *_records(item),
            *_text_blocks(item.case),
            Block(_("Căn cứ mở hồ sơ"), item.case.grounds),
        ]
    return ([*_returned(item), *blocks]) if own_side else blocks


def _asked_for_time(item: WorkItem) -> list[Block]:
    """Return the request for more time that is to be decided on."""
    request = waiting_request(item.request) if item.step == "decide_extension" else None
    if request is None:
        return []
    said = _("Xin đến ngày %(day)s; hạn đang có là %(due)s.") % {
        "day": short_date(request.to_on),
        "due": short_date(request.deadline.due_on),
    }
    return [Block(_("Cơ quan xin gia hạn"), request.reason, moment(request.at), said=said)]


def _text_blocks(case: Case, question: str = "") -> list[Block]:
    """Return what is asked, and the text that the case is about, where it has one."""
    blocks = [Block(_("Nội dung xin ý kiến"), question)] if question else []
    criticism = Criticism.objects.filter(case=case).select_related("draft__owner").first()
    if criticism is not None:
        if question:  # whoever is asked reads the draft, not what others said of it
            return [*blocks, draft_block(criticism)]
        return criticism_blocks(criticism, agency_side=False)
    text = StudiedText.objects.filter(case=case).select_related("owner").first()
    if text is not None:
        meta = vi(f"{text.owner.name}, {short_date(text.issued_on)}" if text.issued_on else text.owner.name)
        blocks.append(Block(vi(text), text.provisions, meta, file_rows(text.files)))
    return blocks


def _opinions(item: WorkItem) -> list[Block]:
    """Return the opinions given, for the steps that make use of them."""
    if item.step not in ("compile_opinions", "compile_remarks", "draft_invitation", "draft_recommendations"):
        return []
    return [
        Block(
            _("Ý kiến của %(name)s") % {"name": one.name},
            one.opinion,
            moment(one.given_at),
            file_rows(one.files),
        )
        for one in selectors.opinions_of(item.case)
    ]


def _records(item: WorkItem) -> list[Block]:
    """Return what was entered at the plain steps before, newest first: whoever decides has read it."""
    steps = {step.name: step for step in spec_of(item.case.form).steps}
    newest: dict[str, Record] = {}
    records = (
        item.case.records.exclude(step=item.step).select_related("by__user").prefetch_related("files__blob")
    )
    for record in records.order_by("-pk"):
        if record.step in steps and record.step != "draft_invitation":
            newest.setdefault(record.step, record)
    return [_record_block(steps[name], record) for name, record in newest.items()]


def _record_block(step: Step, record: Record) -> Block:
    said = [(in_language(one.label), _said(one, record.data.get(one.name))) for one in step.fields]
    return Block(
        in_language(step.title),
        "",
        format_html("{}, {}", vi(record.by.user.display_name), moment(record.at)),
        file_rows(list(record.files.all())),
        more=[(label, words) for label, words in said if words],
    )


def _said(field: Field, value: Any) -> str:
    """Return what was typed or chosen, as words; names that were picked stand in the papers."""
    if value in (None, "", []) or field.widget in (Widget.PICK, Widget.PICKS, Widget.FILES):
        return ""
    if field.widget is Widget.ROWS:
        return "\n".join(
            "; ".join(filter(None, (_said(one, row.get(one.name)) for one in field.columns))) for row in value
        )
    if field.widget is Widget.DATE:
        return short_date(dt.date.fromisoformat(value))
    if field.widget is Widget.TIME:
        return str(value)[:5]
    if field.widget is Widget.YES_NO:
        return _("Có") if value else _("Không")
    if field.choices:
        return str(in_language(dict(field.choices)[value]))
    return str(value)


def paper_of(item: WorkItem) -> Document | None:
    """Return the paper to read with the work: the one to be signed, or what the public will read of it."""
    if item.step in ("publish", "publish_plan"):
        return redactions.read_by_the_public(item.case)
    if item.step == "mend_letter":
        return selectors.paper_in_hand(item.case, selectors.ANY_LETTER, item.subject)
    if item.step in board_briefs.READERS:
        return selectors.signed_paper(item.case, "board_recommendation")
    return item.document


def basis_of(item: WorkItem, step: Step) -> tuple[Basis, ...]:
    """Return what the step rests on; work on a letter rests first on what makes the letter due."""
    if item.form != LETTER.slug:
        return step.basis
    return (*letters.basis_of(item.case, item.subject, paper_of(item)), *step.basis)


def about(subject: Inquiry | Recommendation | Criticism, actor: Actor) -> list[Block]:
    """Return what was asked and answered so far, as the side of `actor` may read it."""
    own = actor.organization.pk
    if isinstance(subject, Inquiry):
        blocks = _inquiry(subject, agency_side=own == subject.agency_id)
    elif isinstance(subject, Criticism):
        blocks = criticism_blocks(subject, agency_side=own == subject.addressee_id)
    else:
        blocks = _recommendation(subject, agency_side=own == subject.addressee_id)
    return [*blocks, *_time_decided(subject)]


def _time_decided(subject: Inquiry | Recommendation | Criticism) -> list[Block]:
    """Return the newest request for more time that was decided on, with the reasons of both sides."""
    request = subject.extension_requests.exclude(decision_reason="").order_by("-pk").first()
    if request is None:
        return []
    more = [(_("Lý do của nơi chủ trì"), request.decision_reason)]
    said, meta = request.get_outcome_display(), moment(request.decided_at)
    return [Block(_("Đề nghị gia hạn"), request.reason, meta, said=capfirst(said), more=more)]


def _returned(item: WorkItem) -> list[Block]:
    """Every reason for which the paper of this step was returned, newest first, while it is to be mended."""
    if item.step.startswith("sign_"):
        return []
    turns = WorkItem.objects.filter(
        process_id=item.process_id, inquiry=item.inquiry_id, recommendation=item.recommendation_id
    )
    events = list(
        Event.objects.filter(
            thread_type="casefiles.case",
            thread_id=item.case_id,
            action="paper.returned",
            words__isnull=False,
            at__in=turns.filter(finished_at__isnull=False).values("finished_at"),
        )
        .select_related("words")
        .order_by("-pk")
    )
    if not events or events[0].at != item.created_at:
        return []
    return [
        Block(
            _("Văn bản bị trả lại, cần sửa"),
            event.data["reason"],
            format_html("{}, {}", vi(event.actor_label), moment(event.at)),
            kind="return",
        )
        for event in events
        if event.data["kind"] == events[0].data["kind"]
    ]


def _inquiry(inquiry: Inquiry, *, agency_side: bool) -> list[Block]:
    blocks = []
    working = selectors.working_response(inquiry) if agency_side else None
    if working and working.returned_reason:
        blocks.append(Block(_("Báo cáo bị trả lại, cần sửa"), working.returned_reason, kind="return"))
    request = inquiry.supplement_requests.order_by("-pk").first()
    if request:
        points = "\n".join(f"{n}. {point}" for n, point in enumerate(request.points, start=1))
        blocks.append(Block(_("Các điểm cần báo cáo bổ sung"), points, moment(request.at)))
    responses = inquiry.responses.order_by("-version")
    if not agency_side:
        responses = responses.filter(submitted_at__isnull=False)
    blocks += [_response_block(response) for response in responses[:4]]
    blocks.append(Block(_("Đề cương, nội dung yêu cầu báo cáo"), inquiry.outline))
    return blocks


def _response_block(response: Any) -> Block:
    parts = [
        (_("Khó khăn, nguyên nhân"), response.difficulties),
        (_("Kiến nghị với đoàn"), response.requests),
    ]
    if response.submitted_at is None:
        title = _("Bản báo cáo đang soạn, chưa gửi")
    elif response.version > 1:
        title = _("Báo cáo bản %(version)s") % {"version": response.version}
    else:
        title = _("Báo cáo của cơ quan")
    meta = moment(response.submitted_at or response.drafted_at)
    more = [(label, text) for label, text in parts if text]
    return Block(title, response.summary, meta, file_rows(response.files), more=more)


def _recommendation(subject: Recommendation, *, agency_side: bool) -> list[Block]:
    blocks = [Block(capfirst(in_language(subject.called)), subject.text)]
    working = selectors.working_reply(subject) if agency_side else None
    if working and working.returned_reason:
        blocks.insert(0, Block(_("Trả lời bị trả lại, cần sửa"), working.returned_reason, kind="return"))
    if working:
        blocks.append(_reply_block(_("Bản trả lời đang soạn, chưa gửi"), working))
    sent = selectors.sent_reply(subject)
    if sent:
        blocks.append(_reply_block(_("Cơ quan trả lời"), sent))
    judged = subject.assessments.order_by("-pk").first()
    if judged:
        words = in_language(ASSESSMENT_WORDS[judged.verdict])
        blocks.append(Block(_("Mặt trận đánh giá"), judged.text, moment(judged.at), said=words))
    talk = subject.dialogues.order_by("-pk").first()
    if talk:
        blocks.append(Block(_("Đối thoại"), talk.notes, moment(talk.at), file_rows(talk.files)))
    done = subject.carrying_outs.order_by("-pk").first()
    if done:
        blocks.append(
            Block(_("Cơ quan báo cáo thực hiện"), done.text, moment(done.at), file_rows(done.files))
        )
    check = subject.verifications.order_by("-pk").first()
    if check:
        words = in_language(OUTCOME_WORDS[check.outcome])
        files = file_rows(check.files)
        blocks.append(Block(_("Mặt trận xác minh"), check.text, moment(check.at), files, said=words))
    return blocks


def _reply_block(title: Any, reply: Any) -> Block:
    said_more = (
        (_("Giải trình"), reply.reason),
        (_("Người thực hiện"), reply.owner),
        (_("Hoàn thành"), short_date(reply.due_on)),
        (_("Số, ký hiệu văn bản"), reply.number_text),
    )
    more = [(label, text) for label, text in said_more if text]
    meta = moment(reply.submitted_at or reply.drafted_at)
    said = in_language(REPLY_WORDS[reply.verdict])
    return Block(title, reply.text, meta, file_rows(reply.files), said=said, more=more)


def attachments_of(public_ids: list[str]) -> list[Attachment]:
    """Return the attachments with these public ids, in order of upload."""
    return list(Attachment.objects.filter(public_id__in=public_ids).select_related("blob").order_by("pk"))
