"""Work that someone does who does not hold it: for a colleague who is away, or signing for the head."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from supervision.cases.services import signing
from supervision.errors import NotAllowed
from supervision.law.specs import Step, Widget
from supervision.notices.services import News, tell_all
from supervision.organizations import substitutions
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate
from supervision.organizations.substitutions import absence_of, absent_for, away_words
from workflows.inbox import offers, work_items
from workflows.models import WorkItem

NOBODY = _("Chưa có ai đang giữ nhiệm vụ làm được việc này; cần ghi người nhận nhiệm vụ.")

#: An opinion asked of a person is that person's own.
IMPERSONAL = Q(consultation__isnull=True) | Q(consultation__person__isnull=True)


def _bars(value: Any) -> Any:
    """Return "|value|" as the database writes it, to be found in a list of codes."""
    return Concat(Value("|"), value, Value("|"), output_field=CharField())


def _fitting(duty: str) -> Q:
    """Signing is not handed over: only who may sign by the own duty signs what an absent one holds."""
    return Q(document__isnull=True) | Q(duties__contains=f"|{duty}|")


def does_instead(substitute: Mandate, item: WorkItem) -> bool:
    """Whether who stands in may do this item, as `IMPERSONAL` and `_fitting` say of many."""
    in_person = item.consultation is not None and item.consultation.person_id is not None
    return not in_person and (item.document_id is None or f"|{substitute.duty}|" in item.duties)


def _absent_by_offer(actor: Actor, on: dt.date) -> QuerySet[Mandate]:
    """Return, inside a query of items, the absent colleagues to whose duty the item is offered."""
    duties = ExpressionWrapper(OuterRef("duties"), output_field=CharField())
    absent = absent_for(actor.mandate, on).annotate(offered=duties)
    found: QuerySet[Mandate] = absent.filter(offered__contains=_bars(F("duty")))
    return found


def held_by_absent_q(actor: Actor, on: dt.date) -> Q:
    """Items in the hands of colleagues who are away and for whom `actor` stands in."""
    absent = absent_for(actor.mandate, on).values("pk")
    return Q(mandate__in=absent) & IMPERSONAL & _fitting(actor.duty)


def in_hand_q(actor: Actor, on: dt.date) -> Q:
    """One's own items and those of `held_by_absent_q`, as one look-up by the index of who holds them.

    Whoever holds an item is of its organization; saying so lets either database begin there.
    """
    own = Mandate.objects.filter(pk=actor.mandate.pk).values("pk")
    holders = own.union(absent_for(actor.mandate, on).values("pk"))
    in_hand = Q(organization=actor.organization, mandate__in=holders)
    return in_hand & (Q(mandate=actor.mandate) | (IMPERSONAL & _fitting(actor.duty)))


def on_offer_q(actor: Actor, on: dt.date) -> Q:
    """All on offer that the actor may do: by the own duty, for an absent colleague, by authorization."""
    return work_items.offered_q(actor, on) | offered_to_absent_q(actor, on) | authorized_q(actor, on)


def offered_to_absent_q(actor: Actor, on: dt.date) -> Q:
    """Items offered to the duty of a colleague who is away and for whom `actor` stands in."""
    free = Q(organization=actor.organization, mandate__isnull=True, named=False)
    return free & IMPERSONAL & _fitting(actor.duty) & Q(Exists(_absent_by_offer(actor, on)))


def substituted_q(actor: Actor, on: dt.date) -> Q:
    """All that `actor` may do for colleagues who are away."""
    return held_by_absent_q(actor, on) | offered_to_absent_q(actor, on)


def authorized_q(actor: Actor, on: dt.date) -> Q:
    """Papers on offer to sign that the head let `actor` sign: kind, case and days are within the limits."""
    rows = signing.covering(
        actor.mandate, on, kinds=_bars(OuterRef("document__kind")), case=OuterRef("case")
    ).filter(organization=OuterRef("document__organization"))
    free = Q(organization=actor.organization, mandate__isnull=True, named=False, document__isnull=False)
    return free & Q(Exists(rows))


def absent_names(actor: Actor, on: dt.date) -> QuerySet[Any]:
    """Return, for annotating items on offer, the name of the colleague to whose duty each is offered."""
    return _absent_by_offer(actor, on).order_by("pk").values("user__display_name")[:1]


@transaction.atomic
def record_absence(*, absent: Mandate, substitute: Mandate, by: Actor, at: dt.datetime, **facts: Any) -> None:
    """Record an absence (`substitutions.record_absence`) and tell whoever stands in, and the absent one."""
    row = substitutions.record_absence(absent=absent, substitute=substitute, by=by, at=at, **facts)
    days = f"{row.from_on:%d/%m/%Y} - {row.until_on:%d/%m/%Y}"
    names = f"{absent.user.display_name} vắng {days}, {substitute.user.display_name} làm thay"
    key, body = f"substitution.recorded:{row.pk}", absent.organization
    told = (substitute, absent) if absent.pk != by.mandate.pk else (substitute,)
    tell_all(
        [News(key, "substitution.recorded", body, mandate, names, "/vang-mat/", "") for mandate in told],
        at=at,
    )


def acting(actor: Actor, item: WorkItem, on: dt.date) -> Actor:
    """Return the actor as one act on `item` is recorded: for whom it is done, if for someone else.

    Who signs does so in the own name, as a deputy (KT.) or by authorization, never for the absent.
    """
    own = item.mandate_id == actor.mandate.pk or (
        item.mandate_id is None and f"|{actor.duty}|" in item.duties
    )
    if own or item.document_id:
        return actor
    absent = absent_for(actor.mandate, on).select_related("user").order_by("pk")
    for one in absent:
        if one.pk == item.mandate_id or (item.mandate_id is None and f"|{one.duty}|" in item.duties):
            return Actor(user=actor.user, mandate=actor.mandate, acting_for=one)
    return actor


def why_not(actor: Actor, item: WorkItem, on: dt.date) -> Any:
    """Return why `actor`, away or signing by authorization, may not do `item`, or why nobody may; else ""."""
    if absence := absence_of(actor.mandate, on):
        return away_words(absence)
    if not offers.has_holder(item, on):
        return NOBODY
    if item.document is None or item.organization_id != actor.organization.pk:
        return ""
    return signing.why_not(actor, item.case, item.document, on)


def refuse_own_draft(actor: Actor, item: WorkItem, step: Step) -> None:
    """Raise NotAllowed when what is to be approved was drafted in the approver's place.

    Services refuse whoever drafted by the own hand; a substitute's hand counts as the absent one's.
    """
    if not _judges_a_draft(step):
        return
    drafted_for = item.document.drafted_for if item.document else _drafted_for(item)
    if drafted_for and drafted_for.user_id in actor.persons:
        raise NotAllowed(_("Bản này được soạn thay mặt bạn nên bạn không tự duyệt; người khác phải duyệt."))


def _drafted_for(item: WorkItem) -> Mandate | None:
    """Return in whose place the newest step about the same was done, where no paper says it."""
    before = WorkItem.objects.filter(
        case=item.case_id,
        form=item.form,
        inquiry=item.inquiry_id,
        recommendation=item.recommendation_id,
        consultation=item.consultation_id,
        criticism=item.criticism_id,
        outcome=WorkItem.Outcome.DONE,
    )
    last = before.select_related("acted_for").order_by("-finished_at", "-pk").first()
    return last.acted_for if last else None


def _judges_a_draft(step: Step) -> bool:
    return any(field.widget is Widget.DECISION and "return" in dict(field.choices) for field in step.fields)


def signing_as(actor: Actor, item: WorkItem, step: Step, on: dt.date) -> list[str]:
    """Return the lines that would stand above the actor's name if they signed now; none for other work."""
    if item.document is None or not step.document:
        return []
    return signing.lines_of(actor, step, item.case, item.document, on)
