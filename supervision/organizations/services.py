"""Organizations and mandates: adding, moving, giving, ending, and the numbers left to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit.services import let_go, record
from supervision.errors import InvalidInput, WrongState
from supervision.language.folding import fold
from supervision.law.terms import OPEN_TERMS
from supervision.organizations.actors import Actor
from supervision.organizations.models import (
    Duty,
    Kind,
    Level,
    Mandate,
    Organization,
    Setting,
    Territory,
    User,
)
from supervision.organizations.seeding import search_text

AGENCY_DUTIES = (Duty.RESPONDER, Duty.LEADER)
#: Whose people are officials of a commune and may not sit on its boards (Law 10/2022 Art 37(2)).
OFFICIAL_KINDS = (Kind.COUNCIL, Kind.COMMITTEE, Kind.DEPARTMENT, Kind.FRONT)


def add_organization(
    *,
    code: str,
    kind: Kind,
    level: Level,
    territory: Territory,
    name: str,
    short_name: str = "",
    superior: Organization | None = None,
    front: Organization | None = None,
    deciding_body: str = "",
    symbol: str = "",
    valid_from: dt.date,
    valid_until: dt.date | None = None,
    is_sample: bool = False,
) -> Organization:
    """Store one organization with its path and search text; raises IntegrityError on a used code."""
    with transaction.atomic():
        organization = Organization.objects.create(
            code=code,
            kind=kind,
            level=level,
            territory=territory,
            name=name,
            short_name=short_name or name,
            superior=superior,
            front=front,
            deciding_body=deciding_body,
            symbol=symbol,
            search_text=search_text(name, short_name, territory.name),
            valid_from=valid_from,
            valid_until=valid_until,
            is_sample=is_sample,
        )
        organization.path = f"{superior.path if superior else '/'}{organization.pk}/"
        organization.save(update_fields=["path"])
    return organization


def move_under(organization: Organization, superior: Organization | None) -> None:
    """Put an organization, with all that is below it, under another superior of its system."""
    before = organization.path
    after = f"{superior.path if superior else '/'}{organization.pk}/"
    if superior is not None and superior.path.startswith(before):
        raise InvalidInput(errors={"superior": [_("Một tổ chức không thể ở dưới chính mình.")]})
    organization.superior = superior
    organization.path = after
    organization.save(update_fields=["superior"])
    Organization.objects.within(before).update(path=Concat(Value(after), Substr("path", len(before) + 1)))


def setting(organization: Organization, key: str) -> int:
    """Return a number that law leaves open: the organization's own, else the nearest superior's, else
    the default of `law.rules.OPEN_TERMS`. Raises KeyError for a key that is not an open term."""
    return settings_of([organization], [key])[organization.pk][key]


def settings_of(organizations: Iterable[Organization], keys: Collection[str]) -> dict[int, dict[str, int]]:
    """Return `setting` of many organizations and keys by one query: {organization: {key: value}}."""
    chains = {one.pk: _chain(one) for one in organizations}
    set_by = Setting.objects.filter(
        key__in=keys, organization__in={pk for chain in chains.values() for pk in chain}
    )
    rows = {(pk, key): value for pk, key, value in set_by.values_list("organization_id", "key", "value")}

    def value_of(chain: list[int], key: str) -> int:
        nearest = (rows[pk, key] for pk in reversed(chain) if (pk, key) in rows)
        return next(nearest, OPEN_TERMS[key].default)

    return {pk: {key: value_of(chain, key) for key in keys} for pk, chain in chains.items()}


def values_in_use(keys: Collection[str]) -> set[int]:
    """Return every value that any organization has for these open numbers, defaults included."""
    own = Setting.objects.filter(key__in=keys).values_list("value", flat=True).distinct()
    return {OPEN_TERMS[key].default for key in keys} | set(own)


def _chain(organization: Organization) -> list[int]:
    """The organization with all above it, the highest first."""
    return [int(part) for part in organization.path.split("/") if part] or [organization.pk]


def setting_owner(organization: Organization, key: str) -> Organization | None:
    """Return who set the number that `setting` returns; None where it is the product's default."""
    chain = _chain(organization)
    owners = Organization.objects.filter(pk__in=chain, settings__key=key)
    return max(owners, key=lambda owner: chain.index(owner.pk), default=None)


def set_term(*, organization: Organization, key: str, value: int, by: Actor | None, at: dt.datetime) -> None:
    """Set one open number for an organization and those below it that have not set their own.

    Raises InvalidInput for a value that the term does not allow.
    """
    if not OPEN_TERMS[key].allows(value):
        raise InvalidInput({key: [_("Số này nằm ngoài khoảng cho phép.")]})
    with transaction.atomic():
        before = setting(organization, key)
        Setting.objects.update_or_create(organization=organization, key=key, defaults={"value": value})
        data = {"key": key, "before": before, "after": value}
        record(action="term.set", actor=by, obj=organization, at=at, data=data)


def clear_term(*, organization: Organization, key: str, by: Actor | None, at: dt.datetime) -> None:
    """Follow the nearest superior's number again, or the default; nothing happens without an own one."""
    with transaction.atomic():
        own = Setting.objects.filter(organization=organization, key=key).first()
        if own is None:
            return
        own.delete()
        data = {"key": key, "before": own.value, "after": setting(organization, key)}
        record(action="term.cleared", actor=by, obj=organization, at=at, data=data)


def give_mandate(
    *,
    user: User,
    organization: Organization,
    duty: Duty | str,
    title: str,
    from_on: dt.date,
    until_on: dt.date | None = None,
    decision_number: str,
    decision_on: dt.date,
    by: Actor | None,
    at: dt.datetime,
) -> Mandate:
    """Give a person a duty in an organization from a day, until a day (inclusive) or until ended.

    Raises InvalidInput when the days are out of order, the organization does not exist on
    the first day, the duty belongs to the other side, or the same duty overlaps.
    """
    errors: dict[str, list[object]] = {}
    if until_on is not None and until_on < from_on:
        errors["until_on"] = [_("Ngày kết thúc phải từ ngày bắt đầu trở đi.")]
    if not organization.exists_on(from_on):
        errors["from_on"] = [_("Tổ chức không hoạt động vào ngày bắt đầu.")]
    if duty != Duty.ADMINISTRATOR and (duty in AGENCY_DUTIES) != (organization.side == "agency"):
        errors["duty"] = [_("Nhiệm vụ này không phù hợp với loại tổ chức.")]
    if _official_on_a_board(user, organization, from_on, until_on):
        errors["user"] = [_("Cán bộ, công chức xã không được là thành viên Ban ở xã (Luật 10/2022).")]
    if _overlaps(user, organization, duty, from_on, until_on):
        errors.setdefault("duty", []).append(_("Người này đã có nhiệm vụ đó trong thời gian này."))
    if errors:
        raise InvalidInput(errors=errors)
    with transaction.atomic():
        mandate = Mandate.objects.create(
            user=user,
            organization=organization,
            duty=duty,
            title=title,
            from_on=from_on,
            until_on=until_on,
            decision_number=decision_number,
            decision_on=decision_on,
        )
        data = {"duty": str(duty), "from_on": from_on, "until_on": until_on, "decision": decision_number}
        record(action="mandate.given", actor=by, obj=mandate, at=at, thread=organization, data=data)
    return mandate


def end_mandate(*, mandate: Mandate, on: dt.date, reason: str, by: Actor | None, at: dt.datetime) -> None:
    """Make `on` the mandate's last day; the same day's requests still pass, the next day's do not.

    Raises InvalidInput when the mandate begins after `on` or has ended before it.
    """
    if not mandate.holds_on(on):
        raise InvalidInput(errors={"on": [_("Nhiệm vụ không có hiệu lực vào ngày này.")]})
    with transaction.atomic():
        mandate.until_on = on
        mandate.save(update_fields=["until_on"])
        data = {"until_on": on, "reason": reason}
        record(action="mandate.ended", actor=by, obj=mandate, at=at, thread=mandate.organization, data=data)


def withdraw_mandate(*, mandate: Mandate, reason: str, by: Actor | None, at: dt.datetime) -> None:
    """Take back a mandate that has not begun: nobody has acted under it, its days are free again.

    Raises WrongState once it has begun, or where other rows already name it.
    """
    if mandate.from_on <= timezone.localdate(at):
        raise WrongState(_("Nhiệm vụ đã bắt đầu; hãy cho thôi nhiệm vụ."))
    with transaction.atomic():
        data = {"duty": mandate.duty, "from_on": mandate.from_on, "reason": reason}
        record(
            action="mandate.withdrawn", actor=by, obj=mandate, at=at, thread=mandate.organization, data=data
        )
        let_go(mandate, actor=by, at=at)
        try:
            mandate.delete()
        except ProtectedError:
            raise WrongState(_("Nhiệm vụ này đã được dùng ở nơi khác nên không hủy được.")) from None


def capacities(user: User, on: dt.date) -> list[Mandate]:
    """Return the mandates the person may choose from on a day, the oldest first."""
    mandates = Mandate.objects.in_force(on).filter(user=user)
    return list(mandates.select_related("organization", "user").order_by("from_on", "pk"))


def find_people(words: str, *, on: dt.date, organization: Organization | None = None) -> QuerySet[Mandate]:
    """Return mandates in force whose person's name has every word, marks and case aside."""
    mandates = Mandate.objects.in_force(on)
    for word in fold(words).split():
        mandates = mandates.filter(user__search_text__contains=word)
    if organization is not None:
        mandates = mandates.filter(organization=organization)
    found: QuerySet[Mandate] = mandates.select_related("organization", "user").order_by(
        "user__search_text", "pk"
    )
    return found


def officials_of(territory: Territory) -> QuerySet[Mandate]:
    """Return the mandates that make somebody an official of one place, whenever they hold."""
    return Mandate.objects.filter(organization__territory=territory, organization__kind__in=OFFICIAL_KINDS)


def _official_on_a_board(
    user: User, organization: Organization, from_on: dt.date, until_on: dt.date | None
) -> bool:
    """Whether the person would be an official of the commune and sit on its board on the same day."""
    place = organization.territory
    if organization.kind == Kind.BOARD:
        others = officials_of(place)
    elif organization.kind in OFFICIAL_KINDS:
        others = Mandate.objects.filter(organization__territory=place, organization__kind=Kind.BOARD)
    else:
        return False
    return _on_a_shared_day(others.filter(user=user), from_on, until_on).exists()


def _on_a_shared_day(
    mandates: QuerySet[Mandate], from_on: dt.date, until_on: dt.date | None
) -> QuerySet[Mandate]:
    if until_on is not None:
        mandates = mandates.filter(from_on__lte=until_on)
    return mandates.filter(Q(until_on__isnull=True) | Q(until_on__gte=from_on))


def _overlaps(
    user: User, organization: Organization, duty: str, from_on: dt.date, until_on: dt.date | None
) -> bool:
    same = Mandate.objects.filter(user=user, organization=organization, duty=duty)
    return _on_a_shared_day(same, from_on, until_on).exists()
