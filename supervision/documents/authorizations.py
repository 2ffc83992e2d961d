"""Leave to sign for the head: granting TL. and TUQ., passing TL. to a deputy, revoking, and the limits.

What Decree 30/2020 Art 13 asks: TUQ. by a written authorization, limited in time and content, that
cannot be passed on; TL. laid down in the working rules, which the grantee's deputy may sign KT.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit.services import record
from supervision.documents.authorization_limits import ABOUT, BASIS, Form, grantable_kinds, refusal
from supervision.documents.letterhead import is_deputy, is_deputy_of
from supervision.documents.models import SigningAuthorization
from supervision.errors import AlreadyDone, AlreadySent, InvalidInput, NotAllowed
from supervision.files.models import Attachment
from supervision.files.sending import Sending, time_of
from supervision.organizations.actors import Actor
from supervision.organizations.models import Duty, Kind, Mandate, Organization

GRANTEES = (Duty.OFFICER, Duty.CLERK, Duty.SIGNER)
#: Practice, not law: Decree 30 asks that TUQ. be limited in time and does not say how long.
LONGEST_TUQ = dt.timedelta(days=366)
_REVOKED = _("Việc giao ký này đã được thu hồi.")


def has_a_head_who_grants(organization: Organization) -> bool:
    """Whether the organization is one of Decree 30; a people's board is not, and its papers it votes on."""
    return organization.kind != Kind.BOARD


def require_head(actor: Actor) -> None:
    """Raise NotAllowed when the actor is a deputy, or heads a board, and so has nothing to grant."""
    if is_deputy(actor.mandate) or not has_a_head_who_grants(actor.organization):
        raise NotAllowed(_("Chỉ người đứng đầu giao được quyền ký của mình."), BASIS)


def possible_grantees(actor: Actor, on: dt.date) -> QuerySet[Mandate]:
    """Return the colleagues whom the head may let sign; a deputy among them is refused by title."""
    people = Mandate.objects.in_force(on).filter(organization=actor.organization, duty__in=GRANTEES)
    found: QuerySet[Mandate] = people.exclude(user=actor.user)
    return found.select_related("user", "organization").order_by("user__search_text", "pk")


def grant(
    *,
    actor: Actor,
    form: str,
    grantee: Mandate,
    kinds: Collection[str],
    from_on: dt.date,
    until_on: dt.date,
    working_rules: str = "",
    decision_number: str = "",
    decision_on: dt.date | None = None,
    file: Attachment | None = None,
    sending: Sending | None = None,
    at: dt.datetime,
) -> SigningAuthorization:
    """Let a colleague sign papers of some kinds for the head, from a day until a day (inclusive).

    The right to grant is asked above. Raises InvalidInput with every field at once, NotAllowed when
    the actor is a deputy, or heads a board, and so does not hold the right.
    """
    require_head(actor)
    today = timezone.localdate(at)
    errors = _errors_of_paper(form, working_rules, decision_number, decision_on, file, today)
    errors |= _errors_of_content(actor, grantee, kinds, today)
    errors |= _errors_of_days(grantee, from_on, until_on, max(today, decision_on or today))
    if form == Form.SUB_AUTHORIZED and until_on - from_on > LONGEST_TUQ:
        errors["until_on"] = [
            _("Mỗi lần ủy quyền nhiều nhất một năm theo thông lệ; hết hạn thì ủy quyền lại.")
        ]
    if errors:
        raise InvalidInput(errors=errors)
    row = SigningAuthorization(
        organization=actor.organization,
        form=form,
        grantee=grantee,
        kinds=_packed(kinds),
        working_rules=working_rules if form == Form.BY_ORDER else "",
        decision_number=decision_number,
        decision_on=decision_on,
        file=file,
        from_on=from_on,
        until_on=until_on,
        **_of_form(sending),
    )
    return _store(row, "authorization.granted", actor, at)


def _errors_of_content(
    actor: Actor, grantee: Mandate, kinds: Collection[str], today: dt.date
) -> dict[str, list[Any]]:
    errors: dict[str, list[Any]] = {}
    if not kinds or not set(kinds) <= grantable_kinds().keys():
        errors["kinds"] = [_("Chọn ít nhất một loại văn bản được ký.")]
    if is_deputy(grantee):
        errors["grantee"] = [
            _("Cấp phó ký thay (KT.) người đứng đầu, không cần giao ký thừa lệnh, ủy quyền.")
        ]
    elif not possible_grantees(actor, today).filter(pk=grantee.pk).exists():
        errors["grantee"] = [_("Chọn một người trong tổ chức.")]
    return errors


def _packed(kinds: Collection[str]) -> str:
    return "".join(f"|{kind}" for kind in sorted(kinds)) + "|"


def _errors_of_paper(
    form: str,
    working_rules: str,
    number: str,
    on: dt.date | None,
    file: Attachment | None,
    today: dt.date,
) -> dict[str, list[Any]]:
    if form not in Form.values:
        return {"form": [_("Chọn thừa lệnh hoặc thừa ủy quyền.")]}
    if form == Form.BY_ORDER:
        words = _("Ghi điều, khoản và số của quy chế làm việc giao ký thừa lệnh.")
        return {} if working_rules.strip() else {"working_rules": [words]}
    errors: dict[str, list[Any]] = {}
    if not file and not number.strip():
        errors["decision_number"] = [_("Ghi số văn bản ủy quyền, hoặc đính kèm văn bản đó.")]
    if not file and number.strip() and on is None:
        errors["decision_on"] = [_("Ghi ngày của văn bản ủy quyền.")]
    if on is not None and on > today:
        errors["decision_on"] = [_("Văn bản ủy quyền không thể có ngày sau hôm nay.")]
    return errors


def _errors_of_days(
    grantee: Mandate, from_on: dt.date, until_on: dt.date, earliest: dt.date
) -> dict[str, list[Any]]:
    if from_on < earliest:
        return {"from_on": [_("Ngày bắt đầu phải từ hôm nay trở đi và không trước văn bản ủy quyền.")]}
    if until_on < from_on:
        return {"until_on": [_("Ngày kết thúc phải từ ngày bắt đầu trở đi.")]}
    if not (grantee.holds_on(from_on) and grantee.holds_on(until_on)):
        return {"until_on": [_("Nhiệm vụ của người được giao không kéo dài hết những ngày này.")]}
    return {}


def possible_deputies(grantee: Mandate, on: dt.date) -> list[Mandate]:
    """Return whom the grantee of TL. may let sign in the own place: the deputies of that very post."""
    people = Mandate.objects.in_force(on).filter(organization=grantee.organization_id, duty__in=GRANTEES)
    listed = people.exclude(pk=grantee.pk).select_related("user", "organization").order_by("pk")
    return [one for one in listed if is_deputy_of(one, grantee)]


def pass_on(
    *,
    row: SigningAuthorization,
    actor: Actor,
    deputy: Mandate,
    from_on: dt.date,
    until_on: dt.date,
    sending: Sending | None = None,
    at: dt.datetime,
) -> SigningAuthorization:
    """Let the deputy of the grantee sign KT. what the grantee signs TL., within the same limits.

    Raises NotAllowed for TUQ., which goes no further, and for what was passed on already.
    """
    if row.form != Form.BY_ORDER or row.passed_from_id:
        raise NotAllowed(_("Người được ký thừa ủy quyền không được ủy quyền lại cho người khác."), BASIS)
    today = timezone.localdate(at)
    if words := refusal(row, on=today):
        raise NotAllowed(words)
    errors = _errors_of_days(deputy, from_on, until_on, today)
    if not errors and not row.from_on <= from_on <= until_on <= row.until_on:
        errors["until_on"] = [
            _("Chỉ giao lại trong thời gian bạn được giao: từ %(first)s đến hết %(last)s.")
            % {"first": f"{row.from_on:%d/%m/%Y}", "last": f"{row.until_on:%d/%m/%Y}"}
        ]
    if deputy not in possible_deputies(row.grantee, today):
        errors["grantee"] = [_("Chỉ giao lại cho cấp phó của mình.")]
    if errors:
        raise InvalidInput(errors=errors)
    passed = SigningAuthorization(
        organization=row.organization,
        form=row.form,
        grantee=deputy,
        passed_from=row,
        kinds=row.kinds,
        working_rules=row.working_rules,
        from_on=from_on,
        until_on=until_on,
        **_of_form(sending),
    )
    return _store(passed, "authorization.passed_on", actor, at)


def _store(row: SigningAuthorization, action: str, actor: Actor, at: dt.datetime) -> SigningAuthorization:
    with transaction.atomic():
        row.grantor, row.granted_at = actor.mandate, at
        row.save()
        _record(action, row, actor, at)
    return row


def revoke(*, row: SigningAuthorization, actor: Actor, reason: str, at: dt.datetime) -> None:
    """End an authorization at once; the row stays as the record. AlreadyDone when it is over already."""
    require_running(row, timezone.localdate(at))
    if not reason.strip():
        raise InvalidInput(errors={"reason": [_("Nêu lý do thu hồi.")]})
    with transaction.atomic():
        still = SigningAuthorization.objects.filter(pk=row.pk, revoked_at__isnull=True)
        if not still.update(revoked_at=at, revoked_by=actor.mandate, revoke_reason=reason.strip()[:300]):
            raise AlreadyDone(_REVOKED)
        _record("authorization.revoked", row, actor, at, reason=reason.strip())


def require_running(row: SigningAuthorization, on: dt.date) -> None:
    """Raise AlreadyDone when there is nothing left to revoke."""
    if row.revoked_at is not None:
        raise AlreadyDone(_REVOKED)
    if row.until_on < on:
        raise AlreadyDone(_("Việc giao ký này đã hết hạn nên không còn gì để thu hồi."))


def hold(*people: Mandate) -> None:
    """Hold the mandates until the transaction ends: what is granted to one of them is granted in turn."""
    held = Mandate.objects.select_for_update().filter(pk__in=[one.pk for one in people])
    list(held.order_by("pk"))


def granted_under(sending: Sending | None, actor: Actor) -> SigningAuthorization | None:
    """Return what the form has granted already; AlreadySent for other content under its key, for another's
    key, and for what was granted and revoked since."""
    row = SigningAuthorization.objects.filter(key=sending.key).first() if sending else None
    if row is None or sending is None:
        return None
    sending.answer(row, is_own=row.grantor_id == actor.mandate.pk, at=row.granted_at)
    if row.revoked_at is not None:
        words = _(
            "Lần giao ký này đã gửi lúc %(time)s và đã thu hồi; chưa giao lại. Gửi lại nếu vẫn muốn giao."
        )
        raise AlreadySent(words % {"time": time_of(row.granted_at)})
    return row


def _of_form(sending: Sending | None) -> dict[str, str]:
    return {"key": sending.key, "content": sending.content} if sending else {}


def running_beside(row: SigningAuthorization) -> list[SigningAuthorization]:
    """Return what lets the same person sign the same way some of the same kinds on some of the same days."""
    others = SigningAuthorization.objects.filter(
        grantee=row.grantee_id, form=row.form, from_on__lte=row.until_on, until_on__gte=row.from_on
    ).exclude(pk=row.pk)
    kinds = set(row.kind_codes)
    return [
        other
        for other in others.select_related(*ABOUT)
        if kinds & set(other.kind_codes) and not refusal(other, on=max(row.from_on, other.from_on))
    ]


def _record(action: str, row: SigningAuthorization, by: Actor, at: dt.datetime, **more: Any) -> None:
    data = {
        "form": row.form,
        "who": row.grantee.user.display_name,
        "kinds": row.kind_codes,
        "from_on": row.from_on,
        "until_on": row.until_on,
        "number": row.decision_number or row.working_rules,
        **more,
    }
    record(action=action, actor=by, obj=row, thread=row.organization, at=at, data=data, sent=[row])
