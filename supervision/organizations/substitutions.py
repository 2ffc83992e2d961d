"""Who does the work of a colleague who is away, on which days; signing is not handed over here.

A deputy signs for the head in the own name (KT.), and whoever holds an authorization signs TL. or
TUQ.; a substitute gets neither by standing in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit.services import record
from supervision.errors import AlreadyDone, InvalidInput, NotAllowed
from supervision.organizations.actors import Actor
from supervision.organizations.models import Duty, Mandate, Substitution

#: Which duties may do the work of each: the same one, or one that stands over that work. Experts
#: are asked in person and administrators have no work of a case, so nobody stands in for them.
STANDS_IN: dict[str, tuple[str, ...]] = {
    Duty.OFFICER: (Duty.OFFICER, Duty.SIGNER),
    Duty.CLERK: (Duty.CLERK, Duty.OFFICER),
    Duty.SIGNER: (Duty.SIGNER, Duty.CHAIR),
    Duty.CHAIR: (Duty.SIGNER, Duty.CHAIR),
    Duty.RESPONDER: (Duty.RESPONDER, Duty.LEADER),
    Duty.LEADER: (Duty.LEADER,),
}


def possible_substitutes(mandate: Mandate, on: dt.date) -> QuerySet[Mandate]:
    """Return the colleagues in force who may do the mandate's work: same organization, fitting duty."""
    duties = STANDS_IN.get(mandate.duty, ())
    people = Mandate.objects.in_force(on).filter(organization=mandate.organization_id, duty__in=duties)
    found: QuerySet[Mandate] = people.exclude(user=mandate.user_id)
    return found.select_related("user", "organization").order_by("user__search_text", "pk")


def record_absence(
    *,
    absent: Mandate,
    substitute: Mandate,
    from_on: dt.date,
    until_on: dt.date,
    reason: str = "",
    by: Actor,
    at: dt.datetime,
) -> Substitution:
    """Record that a mandate is away from a day until a day (inclusive) and who does its work.

    Who may record it is asked above: the person, or the head of the organization. Raises
    InvalidInput with every field that does not fit.
    """
    with transaction.atomic():
        pair = Mandate.objects.select_for_update().filter(pk__in=(absent.pk, substitute.pk))
        list(pair.order_by("pk"))  # two absences of one person, or of both, are not recorded at once
        errors = _errors(absent, substitute, from_on, until_on, timezone.localdate(at))
        if errors:
            raise InvalidInput(errors=errors)
        row = Substitution.objects.create(
            absent=absent,
            substitute=substitute,
            from_on=from_on,
            until_on=until_on,
            reason=reason.strip(),
            recorded_by=by.mandate,
            recorded_at=at,
        )
        _record("substitution.recorded", row, by, at)
    return row


def _errors(
    absent: Mandate, substitute: Mandate, from_on: dt.date, until_on: dt.date, today: dt.date
) -> dict[str, list[object]]:
    errors: dict[str, list[object]] = {}
    if from_on < today:
        errors.setdefault("from_on", []).append(_("Ngày bắt đầu vắng phải từ hôm nay trở đi."))
    if until_on < from_on:
        errors.setdefault("until_on", []).append(_("Ngày kết thúc phải từ ngày bắt đầu trở đi."))
    if errors:
        return errors
    if _away(absent, from_on, until_on).exists():
        errors["from_on"] = [_("Những ngày này đã được ghi vắng mặt.")]
    elif Substitution.objects.filter(_meets(from_on, until_on), substitute=absent).exists():
        errors["from_on"] = [
            _("Những ngày này người vắng đang nhận làm thay đồng nghiệp; sửa việc đó trước.")
        ]
    if not possible_substitutes(absent, from_on).filter(pk=substitute.pk).exists():
        errors["substitute"] = [_("Chọn người cùng tổ chức, có nhiệm vụ làm thay được.")]
    elif not all(substitute.holds_on(day) for day in (from_on, until_on)):
        errors["substitute"] = [_("Nhiệm vụ của người làm thay kết thúc trước ngày bạn trở lại.")]
    elif _away(substitute, from_on, until_on).exists():
        errors["substitute"] = [_("Người này cũng vắng trong những ngày đó; chọn người khác.")]
    return errors


def _meets(from_on: dt.date, until_on: dt.date) -> Q:
    return Q(ended_at__isnull=True, from_on__lte=until_on, until_on__gte=from_on)


def _away(mandate: Mandate, from_on: dt.date, until_on: dt.date) -> QuerySet[Substitution]:
    return Substitution.objects.filter(_meets(from_on, until_on), absent=mandate)


def end_absence(*, row: Substitution, by: Actor, at: dt.datetime) -> None:
    """End a substitution at once: the person is back, or does not go; AlreadyDone when it is over."""
    if row.until_on < timezone.localdate(at):
        raise AlreadyDone(_("Những ngày vắng này đã qua."))
    with transaction.atomic():
        still = Substitution.objects.filter(pk=row.pk, ended_at__isnull=True)
        if not still.update(ended_at=at, ended_by=by.mandate):
            raise AlreadyDone(_("Việc làm thay này vừa được kết thúc."))
        row.refresh_from_db()
        _record("substitution.ended", row, by, at)


def absence_of(mandate: Mandate, on: dt.date) -> Substitution | None:
    """Return the absence of the mandate that holds on a day, if there is one."""
    rows = Substitution.objects.on(on).filter(absent=mandate).select_related("substitute__user")
    found: Substitution | None = rows.first()
    return found


def require_present(actor: Actor, on: dt.date) -> None:
    """Raise NotAllowed, naming who does the work, when the actor is recorded as away on that day."""
    row = absence_of(actor.mandate, on)
    if row is not None:
        raise NotAllowed(away_words(row))


def away_words(row: Substitution) -> Any:
    """Return what to say to someone who is recorded as away and wants to act."""
    words = _("Bạn đang được ghi vắng mặt đến hết ngày %(day)s, %(who)s làm thay. Kết thúc vắng mặt rồi làm.")
    return words % {"day": f"{row.until_on:%d/%m/%Y}", "who": row.substitute.user.display_name}


def absent_for(mandate: Mandate, on: dt.date) -> QuerySet[Mandate]:
    """Return the mandates in force whose work this one does on a day."""
    rows = Substitution.objects.on(on).filter(substitute=mandate)
    found: QuerySet[Mandate] = Mandate.objects.in_force(on).filter(pk__in=rows.values("absent"))
    return found


def substitutes_of(mandates: Iterable[int | None], on: dt.date) -> dict[int, Mandate]:
    """Return who stands in on a day for each of these mandates that is away, by one query."""
    rows = Substitution.objects.on(on).filter(absent__in=[pk for pk in mandates if pk])
    return {row.absent_id: row.substitute for row in rows.select_related("substitute__user")}


def _record(action: str, row: Substitution, by: Actor, at: dt.datetime) -> None:
    record(
        action=action,
        actor=by,
        obj=row,
        thread=row.absent.organization,
        at=at,
        data={
            "who": row.absent.user.display_name,
            "substitute": row.substitute.user.display_name,
            "from_on": row.from_on,
            "until_on": row.until_on,
        },
    )
