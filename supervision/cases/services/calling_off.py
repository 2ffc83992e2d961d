"""What a cancelled case ends beside its inquiries: a criticism, a board's part, the clock of a year."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases.models import BoardSupervision, Criticism, PeopleDialogue
from supervision.deadlines import services as deadlines
from supervision.drafts.taking import calls
from supervision.errors import WrongState
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate


def end_criticism(case: Case, *, by: Mandate, at: dt.datetime) -> None:
    """Drop the clock of an explanation and end what comes in; WrongState once the document has left."""
    criticism = Criticism.objects.select_related("explain_deadline", "draft").filter(case=case).first()
    if criticism is None:
        return
    if criticism.sent_at:
        raise WrongState(_("Văn bản phản biện đã gửi nên không hủy được hồ sơ; hãy theo dõi câu trả lời."))
    if criticism.explain_deadline and criticism.explain_deadline.is_running:
        deadlines.drop(criticism.explain_deadline, at=at)
    refused = calls.call_off(criticism.draft, by=by, at=at)
    audit.fix(refused, actor=Actor.of(by), at=at)


def end_boards_part(case: Case, at: dt.datetime) -> None:
    """Drop the clocks of a board's supervision; WrongState once its paper has left."""
    supervision = BoardSupervision.objects.select_related("notice_deadline").filter(case=case).first()
    if supervision is None:
        return
    if supervision.sent_at is not None:
        raise WrongState(_("Kiến nghị của Ban đã gửi nên không hủy được; hãy theo dõi đến khi kết thúc."))
    if supervision.notice_deadline and supervision.notice_deadline.is_running:
        deadlines.drop(supervision.notice_deadline, at=at)


def end_year(case: Case, at: dt.datetime) -> None:
    """Drop the clock of the year of a dialogue that will not be held, whichever step stood open."""
    dialogue = PeopleDialogue.objects.select_related("deadline").filter(case=case).first()
    if dialogue is not None and dialogue.deadline.is_running:
        deadlines.drop(dialogue.deadline, at=at)
