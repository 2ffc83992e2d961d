"""A clock of an addressee stopped by hand and let run again: a practice of whoever set the time.

No text that was read lets a clock stand still, so only days that no statute sets can: a day of the
law moves with the session, by putting the case off.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.cases.models import Criticism, Inquiry, Recommendation
from supervision.cases.services import criticism_progress, public
from supervision.cases.services.extensions import Asked, agency_of, extendable_clock, page_of
from supervision.deadlines import services as deadlines
from supervision.deadlines.models import Deadline
from supervision.errors import WrongState
from supervision.language.dates import vietnam_day
from supervision.notices.services import tell
from supervision.organizations.actors import Actor


def why_not_pause(subject: Asked, deadline: Deadline, on: dt.date) -> Any:
    """Return what keeps this clock of `subject` from being stopped on day `on`; None when nothing does."""
    if extendable_clock(subject) != deadline:
        return _("Hạn này không còn chạy, hoặc cơ quan đang có một hạn khác.")
    if deadline.law_rule.by_law:
        return _("Số ngày của hạn này do luật quy định; luật không nêu việc tạm dừng.")
    if deadline.rule == "UNIT_ASKED":
        return _("Hạn do đoàn đặt nằm trước mốc luật định. Muốn dừng thì hoãn hồ sơ rồi hẹn lại ngày.")
    if deadline.pauses.filter(until_on__isnull=True).exists():
        return _("Hạn này đang tạm dừng.")
    if deadline.due_on < on:
        return _("Hạn đã qua: tạm dừng không xóa được việc chậm. Nếu có lý do, hãy gia hạn.")
    return None


def is_stopped_by_hand(deadline: Deadline) -> bool:
    """Whether an official has stopped the clock, which an official may let run again."""
    return deadline.pauses.filter(until_on__isnull=True, by_hand=True).exists()


def pause_clock(*, actor: Actor, subject: Asked, deadline: Deadline, reason: str, at: dt.datetime) -> None:
    """Stop the clock from today on, with a reason that the agency and the public page read.

    WrongState with the sentence of `why_not_pause`; InvalidInput without a reason.
    """
    on = vietnam_day(at)
    if refused := why_not_pause(subject, deadline, on):
        raise WrongState(refused)
    deadlines.pause(deadline, from_on=on, reason=reason, by=actor.mandate, by_hand=True)
    _told("clock.paused", actor, subject, deadline, at, from_on=on.isoformat(), reason=reason)


def resume_clock(*, actor: Actor, subject: Asked, deadline: Deadline, at: dt.datetime) -> None:
    """Let a clock that was stopped by hand run again from today on; the due date moves by the pause.

    WrongState when it runs, or when the procedure stopped it and will let it run again.
    """
    if not is_stopped_by_hand(deadline):
        raise WrongState(
            _("Hạn này không do người tạm dừng; nếu đang dừng theo quy trình thì hạn tự chạy lại.")
        )
    deadlines.resume(deadline, on=vietnam_day(at))
    _told("clock.resumed", actor, subject, deadline, at, to_on=deadline.due_on.isoformat())


def _told(
    action: str, actor: Actor, subject: Asked, deadline: Deadline, at: dt.datetime, **data: Any
) -> None:
    """Tell the agency, put the act on record, and bring the public page up to date."""
    agency = agency_of(subject)
    tell(
        key=f"{action}:{deadline.pk}:{at.isoformat()}",
        kind=action,
        organization=agency,
        title=subject.case.title,
        address=page_of(subject),
        case_code=subject.case.code,
        at=at,
    )
    audit.record(
        action=action,
        actor=actor,
        obj=subject,
        thread=subject.case,
        at=at,
        data={"agency": agency.short_name, "rule": deadline.rule, **data},
    )
    if isinstance(subject, Recommendation):
        public.follow_up(subject, at=at)
    if isinstance(subject, Criticism):
        criticism_progress.follow_up(subject, at=at)


def holder_of(deadline: Deadline) -> Asked | None:
    """Return the request, recommendation or criticism whose addressee's clock this is, or None."""
    kinds: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (Inquiry, ("supplement_deadline", "asked_deadline", "report_deadline")),
        (Recommendation, ("reply_deadline", "action_deadline")),
        (Criticism, ("explain_deadline", "reply_deadline")),
    )
    for model, clocks in kinds:
        for clock in clocks:
            found: Asked | None = (
                model.objects.filter(**{clock: deadline}).select_related("case__lead").first()
            )
            if found is not None:
                return found
    return None
