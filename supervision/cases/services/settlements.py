"""How the commune's People's Committee settles a board's paper, and what the board makes of it.

Fifteen days from receipt, by law (Law 10/2022 Art 40(1)c, 45(2)c); two voices, neither writes the other's.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import board_selectors, selectors
from supervision.cases.models import BoardSupervision, Settlement
from supervision.cases.services import opening
from supervision.cases.services.approving import send_or_return
from supervision.cases.services.records import keep
from supervision.deadlines import services as deadlines
from supervision.errors import WrongState
from supervision.files.models import Attachment
from supervision.law.rules import RULES
from supervision.notices.services import tell
from supervision.organizations.actors import Actor


def receive_board_paper(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Record receipt; the fifteen days of the law run from this day."""
    supervision = board_selectors.supervision_of(case)
    if supervision.sent_at is None or supervision.received_at is not None:
        raise WrongState(_("Kiến nghị này không còn chờ tiếp nhận."))
    supervision.received_at = at
    rule = board_selectors.REPLY_RULE
    supervision.reply_deadline = deadlines.set_deadline(
        rule=rule, start_on=timezone.localdate(at), start_label=RULES[rule].starts, at=at
    )
    supervision.save(update_fields=["received_at", "reply_deadline"])
    _note(actor, case, "settlement.received", at, agency=supervision.settler.short_name)


def draft_settlement(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep the next version of the committee's answer for its leader to approve."""
    supervision = board_selectors.supervision_of(case)
    row = Settlement.objects.create(
        supervision=supervision,
        version=selectors.next_version(supervision.settlements.all()),
        extent=data["extent"],
        text=data["text"],
        reason=data["reason"],
        number_text=data["number_text"],
        drafted_by=actor.mandate,
        drafted_at=at,
    )
    row.files.set(data["files"])
    _note(actor, case, "settlement.drafted", at, version=row.version, agency=supervision.settler.short_name)


def approve_settlement(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> list[Attachment]:
    """Send the answer as the committee's own word, or return it to its drafter; late is recorded.

    Returns the files that went out, for the receipt.
    """
    supervision = board_selectors.supervision_of(case)
    row = board_selectors.working_settlement(supervision)
    agency = supervision.settler.short_name
    return send_or_return(
        row,
        actor=actor,
        data=data,
        missing=_("Không có kết quả nào chờ duyệt."),
        send=lambda: _send(supervision, row, case, actor, at),
        returned=lambda: _note(actor, case, "settlement.returned", at, reason=data["reason"], agency=agency),
    )


def _send(supervision: BoardSupervision, row: Settlement, case: Case, actor: Actor, at: dt.datetime) -> None:
    """Fix the answer with its time; lateness is recorded and never blocks."""
    on, agency = timezone.localdate(at), supervision.settler.short_name
    row.approved_by, row.submitted_at = actor.mandate, at
    row.is_late = deadlines.meet_if_running(supervision.reply_deadline, on=on, at=at)
    row.save(update_fields=["approved_by", "submitted_at", "is_late"])
    for body in (supervision.board.organization, case.lead):
        tell(
            key=f"settlement:{row.pk}:{body.pk}",
            kind="recommendation.answered",
            organization=body,
            title=f"{agency}: {case.title}",
            address=f"/ho-so/{case.public_id}/",
            case_code=case.code,
            at=at,
        )
    _note(actor, case, "settlement.sent", at, late=row.is_late, text=row.text, agency=agency)


def was_sent(case: Case, subject: None) -> bool:
    """The flow's question after approval: did the answer go out?"""
    newest = board_selectors.supervision_of(case).settlements.order_by("-version").first()
    return newest is not None and newest.submitted_at is not None


def judge_settlement(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep the board's own view: done, or the Front is asked to recommend (403 Art 11(1)b)."""
    opening.require_running(case)
    keep(case=case, step="judge_settlement", data=data, actor=actor, at=at)
    if data["verdict"] == "unfinished":
        _note(actor, case, "board.asked_front", at, text=data["request"])


def go_to_the_front(*, actor: Actor, case: Case, text: str, at: dt.datetime) -> None:
    """The time has passed without an answer: the board asks the Front, and waits no longer.

    Raises WrongState while the committee is in time, or once it has answered.
    """
    opening.require_running(case)
    supervision = board_selectors.supervision_of(case)
    if not board_selectors.is_left_unsettled(supervision, timezone.localdate(at)):
        raise WrongState(_("Chưa hết hạn giải quyết, hoặc đã có kết quả giải quyết."))
    supervision.silent_at = at
    supervision.save(update_fields=["silent_at"])
    if supervision.reply_deadline and supervision.reply_deadline.is_running:
        deadlines.drop(supervision.reply_deadline, at=at)
    keep(case=case, step="judge_settlement", data={"request": text}, actor=actor, at=at)
    _note(actor, case, "board.asked_front", at, text=text)


def is_finished(case: Case, subject: None) -> bool:
    """The flow's question: is what the board asked for settled, so that the Front need not recommend?"""
    record = selectors.latest_record(case, "judge_settlement")
    if record is None:
        return True  # the board asked for nothing
    return record.data.get("verdict") == "done"


def front_recommends(case: Case, subject: None) -> bool:
    """The flow's question after the Front considered what the board asks."""
    record = selectors.latest_record(case, "consider_request")
    return record is not None and record.data["decision"] == "recommend"


def _note(actor: Actor, case: Case, action: str, at: dt.datetime, **data: Any) -> None:
    audit.record(action=action, actor=actor, obj=case, thread=case, at=at, data=data)
