"""Renames, mergers and splits: who carries on, and what happens to open duties.

Organizations know no cases. Apps above register how their open duties are found and moved;
nothing moves unseen: every move is one audit event and one line of the returned report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit.services import record
from supervision.errors import InvalidInput
from supervision.organizations.actors import Actor
from supervision.organizations.models import Organization, Setting, Succession
from supervision.organizations.services import move_under

How = Succession.How


@dataclass(frozen=True)
class OpenDuty:
    """One thing an organization still has to carry on.

    `role` says in which part ("lead", "addressee"), so that one object may hold several;
    `label` is a Vietnamese line for people; `move` hands it to the heir, in the caller's transaction.
    """

    obj: models.Model
    role: str
    label: str
    holder: Organization
    move: Callable[[Organization], None] = field(compare=False)
    thread: models.Model | None = None

    @property
    def key(self) -> str:
        """A name for forms: "cases.inquiry:41:addressee"."""
        return f"{self.obj._meta.label_lower}:{self.obj.pk}:{self.role}"


DutyFinder = Callable[[Organization], Iterable[OpenDuty]]
_finders: list[DutyFinder] = []


@dataclass(frozen=True)
class Moved:
    """One duty that went to the heir."""

    duty: OpenDuty
    heir: Organization


@dataclass(frozen=True)
class SuccessionReport:
    """What a succession did: rows recorded, duties moved, duties that ask a person for their heir."""

    successions: tuple[Succession, ...]
    moved: tuple[Moved, ...]
    asking: tuple[OpenDuty, ...]


def register_duties(finder: DutyFinder) -> None:
    """Add a finder of open duties (in `AppConfig.ready`); registering it again changes nothing."""
    if finder not in _finders:
        _finders.append(finder)


def open_duties(organization: Organization) -> list[OpenDuty]:
    """Return everything the organization still has to carry on, from every app."""
    return [duty for finder in _finders for duty in finder(organization)]


def succeed(
    *,
    how: Succession.How | str,
    predecessors: Iterable[Organization],
    successors: Iterable[Organization],
    effective_on: dt.date,
    decision_number: str,
    decision_on: dt.date,
    by: Actor | None,
    at: dt.datetime,
) -> SuccessionReport:
    """Record a rename (1 to 1), merger (n to 1) or split (1 to n) that took effect on a day.

    Predecessors end the day before. After a rename or merger every open duty goes to the only
    heir; after a split each one asks a person (`pending_duties`, `assign_heir`). Mandates are
    never copied: people in the heir get theirs by decision. Raises InvalidInput.
    """
    old, new = list(predecessors), list(successors)
    _check(How(how), old, new, effective_on, at)
    moved: list[Moved] = []
    asking: list[OpenDuty] = []
    with transaction.atomic():
        locked = Organization.objects.select_for_update().filter(pk__in=[o.pk for o in old]).order_by("pk")
        names = [heir.name for heir in new]
        rows = []
        for before in list(locked):
            facts = {
                "effective_on": effective_on,
                "decision_number": decision_number,
                "decision_on": decision_on,
            }
            rows += [
                Succession.objects.create(predecessor=before, successor=heir, how=how, **facts)
                for heir in new
            ]
            before.valid_until = effective_on - dt.timedelta(days=1)
            before.save(update_fields=["valid_until"])
            data = {"how": str(how), "successors": names, **facts}
            record(action="organization.succeeded", actor=by, obj=before, at=at, data=data)
            if how == How.RENAME:
                _carry_settings(before, new[0])
            for duty in open_duties(before):
                if how == How.SPLIT:
                    asking.append(duty)
                else:
                    moved.append(_move(duty, new[0], by, at))
    for organization in old:
        organization.refresh_from_db(fields=["valid_until"])
    return SuccessionReport(tuple(rows), tuple(moved), tuple(asking))


def heir(organization: Organization, on: dt.date) -> Organization | None:
    """Return who carries on for `organization` on a day: itself while it exists, else its only heir.

    None where a split leaves several, or where it ended without a successor: a person chooses.
    """
    seen: set[int] = set()
    current = Organization.objects.get(pk=organization.pk)  # memory may not know that it ended
    while not current.exists_on(on):
        seen.add(current.pk)
        heirs = Organization.objects.filter(
            inheritances__predecessor=current, inheritances__effective_on__lte=on
        )
        found = list(heirs[:2])
        if len(found) != 1 or found[0].pk in seen:
            return None
        current = found[0]
    return current


def heirs_of(organization: Organization) -> models.QuerySet[Organization]:
    """Return the bodies among which a person chooses the heir of a duty."""
    found: models.QuerySet[Organization] = Organization.objects.filter(
        inheritances__predecessor=organization
    ).by_name()
    return found


def pending_duties(organization: Organization) -> list[OpenDuty]:
    """Return the duties of a succeeded organization that still ask for their heir.

    Read from the duties themselves, so that one that turns up late is listed as well.
    """
    if not organization.successions.exists():
        return []
    return open_duties(organization)


def organizations_asking() -> list[Organization]:
    """Return the succeeded organizations that still hold open duties, oldest succession first."""
    ended = Organization.objects.filter(successions__isnull=False).distinct().order_by("valid_until", "pk")
    return [organization for organization in ended if open_duties(organization)]


def assign_heir(*, duty: OpenDuty, heir: Organization, by: Actor | None, at: dt.datetime) -> Moved:
    """Hand one duty to the heir that a person chose; raises InvalidInput for any other body."""
    if not Succession.objects.filter(predecessor=duty.holder, successor=heir).exists():
        raise InvalidInput(errors={"heir": [_("Chỉ chọn được tổ chức kế thừa theo quyết định.")]})
    if not heir.exists_on(timezone.localdate(at)):
        raise InvalidInput(errors={"heir": [_("Tổ chức được chọn đã kết thúc hoạt động.")]})
    if duty.key not in {open_one.key for open_one in open_duties(duty.holder)}:
        raise InvalidInput(errors={"duty": [_("Việc này đã được chuyển hoặc đã xong.")]})
    with transaction.atomic():
        return _move(duty, heir, by, at)


def bodies_below(organization: Organization) -> Iterator[OpenDuty]:
    """Yield the bodies directly under an organization; they, too, need to know their heir."""

    def under(body: Organization) -> Callable[[Organization], None]:
        return lambda successor: move_under(body, successor)

    def member(body: Organization) -> Callable[[Organization], None]:
        return lambda successor: _set_front(body, successor)

    for body in organization.subordinates.filter(valid_until__isnull=True).order_by("pk"):
        yield OpenDuty(body, "superior", f"Cấp trên của {body.name}", organization, under(body))
    for body in organization.members.filter(valid_until__isnull=True).order_by("pk"):
        yield OpenDuty(body, "front", f"Ủy ban Mặt trận của {body.name}", organization, member(body))


def _set_front(body: Organization, front: Organization) -> None:
    body.front = front
    body.save(update_fields=["front"])


def _move(duty: OpenDuty, successor: Organization, by: Actor | None, at: dt.datetime) -> Moved:
    duty.move(successor)
    data = {
        "role": duty.role,
        "label": duty.label,
        "from": duty.holder.name,
        "from_id": duty.holder.pk,
        "to": successor.name,
        "to_id": successor.pk,
    }
    record(action="duty.moved", actor=by, obj=duty.obj, at=at, thread=duty.thread, data=data)
    return Moved(duty, successor)


def _carry_settings(before: Organization, after: Organization) -> None:
    """A renamed body is the same body: the numbers it had set stay set."""
    own = set(after.settings.values_list("key", flat=True))
    Setting.objects.bulk_create(
        Setting(organization=after, key=row.key, value=row.value)
        for row in before.settings.exclude(key__in=own)
    )


def _check(
    how: Succession.How, old: list[Organization], new: list[Organization], on: dt.date, at: dt.datetime
) -> None:
    one_old, one_new = len(old) == 1, len(new) == 1
    fits = {
        How.RENAME: one_old and one_new,
        How.MERGER: bool(old) and one_new,
        How.SPLIT: one_old and len(new) > 1,
    }
    errors: dict[str, list[object]] = {}
    if not fits[how]:
        errors["successors"] = [_("Số tổ chức trước và sau không khớp với hình thức này.")]
    if {o.pk for o in old} & {o.pk for o in new}:
        errors["successors"] = [_("Một tổ chức không thể kế thừa chính mình.")]
    if on > timezone.localdate(at):
        errors["effective_on"] = [_("Chỉ ghi nhận khi quyết định đã có hiệu lực.")]
    eve = on - dt.timedelta(days=1)
    if not all(o.exists_on(eve) and o.valid_until is None for o in old):
        errors["predecessors"] = [_("Tổ chức trước phải đang hoạt động đến ngày có hiệu lực.")]
    if not all(o.exists_on(on) for o in new):
        errors.setdefault("successors", []).append(_("Tổ chức sau phải hoạt động từ ngày có hiệu lực."))
    if errors:
        raise InvalidInput(errors=errors)
