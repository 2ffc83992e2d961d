"""To whom open work is offered: the duties that its step names, else the heads of its body, else nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from supervision.audit import services as audit
from supervision.law.registry import specs
from supervision.law.specs import Party, Step
from supervision.notices.services import News, tell_all
from supervision.organizations.models import Duty, Mandate, Organization
from workflows.models import WorkItem

#: Steps of one person, named by what the case holds: when that person is gone they are the heads'.
IN_PERSON = frozenset({Party.HEAD, Party.SECRETARY, Party.REPRESENTATIVE, Party.OF_PAPER})
_IS_ASKED_IN_PERSON = ExpressionWrapper(Q(consultation__person__isnull=False), BooleanField())
_ON_OFFER = Q(finished_at__isnull=True, mandate__isnull=True, named=False)


@dataclass(frozen=True)
class Group:
    """Open work of one body that is offered alike: how much, to which duties, and to which it should be."""

    organization: int
    form: str
    step: str
    duties: str
    is_asked_in_person: bool
    count: int
    fitting: str  # "|officer|clerk|"
    has_holder: bool


def written(duties: Iterable[str]) -> str:
    """Return duties as a work item holds them."""
    return "".join(f"|{duty}" for duty in duties) + "|"


def heads_of(body: Organization) -> str:
    """Return the duties of those who lead a body: who sign for the Front's side, who lead an agency."""
    return written((Duty.LEADER,) if body.side == "agency" else (Duty.SIGNER, Duty.CHAIR))


def own_duties(step: Step, body: Organization, *, is_in_person: bool = False) -> str:
    """Return the duties that a step names; those of the heads for what was one person's."""
    if is_in_person or step.party in IN_PERSON or not step.duties:
        return heads_of(body)
    return written(step.duties)


def renew(*, on: dt.date, at: dt.datetime) -> int:
    """Offer open work anew where its duties are not, or no longer, those that fit; returns how much.

    With nobody in office whose duty its step names, work goes to the heads of its body until there is
    somebody; to no other duty, whoever else is there. Work without any holder is said to the body.
    """
    groups = list(_groups(on))
    changed = [group for group in groups if group.duties != group.fitting]
    count = sum(_offer(group, at) for group in changed)
    _warn({group.organization for group in groups if not group.has_holder}, on, at)
    return count


def has_holder(item: WorkItem, on: dt.date) -> bool:
    """Whether somebody holds an item, or somebody in office may take it."""
    if item.mandate_id is not None or item.named:
        return True
    present = _duties_present([item.organization_id], on).get(item.organization_id, set())
    return bool(present & set(item.duties.split("|")))


def without_holder(on: dt.date) -> dict[str, int]:
    """Return how much open work nobody in office may do on a day, by the code of its body."""
    found: dict[int, int] = {}
    for group in _groups(on):
        if not group.has_holder:
            found[group.organization] = found.get(group.organization, 0) + group.count
    codes = Organization.objects.in_bulk(found)
    return {codes[body].code: count for body, count in sorted(found.items())}


def _groups(on: dt.date) -> Iterator[Group]:
    """Yield the work on offer by what decides to whom it is offered: as many rows as bodies and steps."""
    items = WorkItem.objects.filter(_ON_OFFER).order_by().annotate(in_person=_IS_ASKED_IN_PERSON)
    kinds = items.values_list("organization", "form", "step", "duties", "in_person")
    rows = list(kinds.annotate(count=Count("pk")))
    bodies = Organization.objects.in_bulk({row[0] for row in rows})
    present = _duties_present(bodies, on)
    for body, form, name, duties, in_person, count in rows:
        there = present.get(body, set())
        own = own_duties(specs()[form].step(name), bodies[body], is_in_person=in_person)
        fitting = _that_fit(own, heads_of(bodies[body]), there)
        has_holder = bool(there & set(fitting.split("|")))
        yield Group(body, form, name, duties, in_person, count, fitting, has_holder)


def _duties_present(bodies: Iterable[int], on: dt.date) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    rows = Mandate.objects.in_force(on).filter(organization__in=list(bodies))
    for body, duty in rows.order_by().values_list("organization_id", "duty").distinct():
        found.setdefault(body, set()).add(duty)
    return found


def _that_fit(own: str, heads: str, present: set[str]) -> str:
    """Return the own duties, with the heads beside them where only they are in office."""
    names = [duty for duty in own.split("|") if duty]
    widened = [*names, *(duty for duty in heads.split("|") if duty and duty not in names)]
    return written(widened) if not present & set(names) and present & set(widened) else written(names)


def _offer(group: Group, at: dt.datetime) -> int:
    """Offer the items of a group to those who fit; each is an event, and news to those who fit now."""
    items = WorkItem.objects.filter(
        _ON_OFFER,
        organization=group.organization,
        form=group.form,
        step=group.step,
        duties=group.duties,
        consultation__person__isnull=not group.is_asked_in_person,
    ).select_related("organization", "case")
    news = []
    for item in items:
        still = WorkItem.objects.filter(_ON_OFFER, pk=item.pk)
        if not still.update(duties=group.fitting):
            continue  # somebody took it meanwhile
        data = {"step": item.step, "from": group.duties, "to": group.fitting}
        audit.record(action="work.offered", actor=None, obj=item, thread=item.case, at=at, data=data)
        news.append(released(item, f"{group.fitting}:{at.date().isoformat()}"))
    if group.has_holder:
        tell_all(news, at=at)
    return len(news)


def released(item: WorkItem, key: str) -> News:
    """Return the news that work is on offer again."""
    words = f"{item.case.code}: {specs()[item.form].step(item.step).title.vi}"
    address, key = f"/viec-cua-toi/{item.public_id}/", f"task.released:{item.pk}:{key}"
    return News(key, "task.released", item.organization, None, words, address, item.case.code)


def _warn(bodies: set[int], on: dt.date, at: dt.datetime) -> None:
    """Say to bodies, once a week while it lasts, that nobody there may do some of their work.

    Whoever looks after accounts reads it too, so it says nothing of a case.
    """
    words = "Tổ chức có việc đang mở mà không ai đang giữ nhiệm vụ làm được; cần ghi người nhận nhiệm vụ."
    key = f"task.without_holder:{on:%G-%V}"
    found = Organization.objects.in_bulk(bodies).values()
    kind, address = "task.without_holder", "/viec-cua-toi/"
    tell_all([News(key, kind, body, None, words, address, "") for body in found], at=at)
