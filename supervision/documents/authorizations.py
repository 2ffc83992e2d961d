"""Leave to sign for the head: granting TL. and TUQ., passing TL. to a deputy, revoking, and the limits.

What Decree 30/2020 Art 13 asks: TUQ. by a written authorization, limited in time and content, that
cannot be passed on; TL. laid down in the working rules, which the grantee's deputy may sign KT.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit.services import record
from supervision.documents.kinds import KINDS
from supervision.documents.letterhead import Capacity, is_deputy, is_deputy_of
from supervision.documents.models import SigningAuthorization
from supervision.errors import AlreadyDone, InvalidInput, NotAllowed
from supervision.files.models import Attachment
from supervision.law.basis import DECREE_30, Norm
from supervision.law.text import T
from supervision.organizations.actors import Actor
from supervision.organizations.models import Duty, Kind, Mandate, Organization

BASIS = Norm(DECREE_30, 13)
Form = SigningAuthorization.Form
OF_BOARDS = {"board_plan", "board_recommendation", "board_report", "board_minutes", "owner_notice"}
GRANTEES = (Duty.OFFICER, Duty.CLERK, Duty.SIGNER)


def grantable_kinds() -> dict[str, T]:
    """Return the kinds of paper that the head of a body signs, by code; a delegation's head is named."""
    named = {"annual_plan": T("Kế hoạch năm", "Annual plan")}  # "Kế hoạch" on paper, as the delegation's
    signed = {code: kind for code, kind in KINDS.items() if kind.signed_by == "body"}
    return {code: named.get(code, kind.title) for code, kind in signed.items() if code not in OF_BOARDS}


def has_a_head_who_grants(organization: Organization) -> bool:
    """Whether the organization is one of Decree 30; a people's board is not, and its papers it votes on."""
    return organization.kind != Kind.BOARD


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
    at: dt.datetime,
) -> SigningAuthorization:
    """Let a colleague sign papers of some kinds for the head, from a day until a day (inclusive).

    The right to grant is asked above. Raises InvalidInput with every field at once, NotAllowed when
    the actor is a deputy, or heads a board, and so does not hold the right.
    """
    if is_deputy(actor.mandate) or not has_a_head_who_grants(actor.organization):
        raise NotAllowed(_("Chỉ người đứng đầu giao được quyền ký của mình."), BASIS)
    today = timezone.localdate(at)
    errors = _errors_of_paper(form, working_rules, decision_number, decision_on, file, today)
    errors |= _errors_of_content(actor, grantee, kinds, today) | _errors_of_days(grantee, from_on, until_on)
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


def _errors_of_days(grantee: Mandate, from_on: dt.date, until_on: dt.date) -> dict[str, list[Any]]:
    if until_on < from_on:
        return {"until_on": [_("Ngày kết thúc phải từ ngày bắt đầu trở đi.")]}
    if not (grantee.holds_on(from_on) and grantee.holds_on(until_on)):
        return {"until_on": [_("Nhiệm vụ của người được giao không kéo dài hết những ngày này.")]}
    return {}


def possible_deputies(row: SigningAuthorization, on: dt.date) -> list[Mandate]:
    """Return whom the grantee of TL. may let sign in the own place: the deputies of that very post."""
    people = Mandate.objects.in_force(on).filter(organization=row.organization, duty__in=GRANTEES)
    listed = people.exclude(pk=row.grantee_id).select_related("user", "organization").order_by("pk")
    return [one for one in listed if is_deputy_of(one, row.grantee)]


def pass_on(
    *,
    row: SigningAuthorization,
    actor: Actor,
    deputy: Mandate,
    from_on: dt.date,
    until_on: dt.date,
    at: dt.datetime,
) -> SigningAuthorization:
    """Let the deputy of the grantee sign KT. what the grantee signs TL., within the same limits.

    Raises NotAllowed for TUQ., which goes no further, and for what was passed on already.
    """
    if row.form != Form.BY_ORDER or row.passed_from_id:
        raise NotAllowed(_("Người được ký thừa ủy quyền không được ủy quyền lại cho người khác."), BASIS)
    if words := refusal(row, on=timezone.localdate(at)):
        raise NotAllowed(words)
    errors = _errors_of_days(deputy, from_on, until_on)
    if not errors and not row.from_on <= from_on <= until_on <= row.until_on:
        errors["until_on"] = [
            _("Chỉ giao lại trong thời gian bạn được giao: từ %(first)s đến hết %(last)s.")
            % {"first": f"{row.from_on:%d/%m/%Y}", "last": f"{row.until_on:%d/%m/%Y}"}
        ]
    if deputy not in possible_deputies(row, timezone.localdate(at)):
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
    )
    return _store(passed, "authorization.passed_on", actor, at)


def _store(row: SigningAuthorization, action: str, actor: Actor, at: dt.datetime) -> SigningAuthorization:
    with transaction.atomic():
        row.grantor, row.granted_at = actor.mandate, at
        row.save()
        _record(action, row, actor, at)
    return row


def revoke(*, row: SigningAuthorization, actor: Actor, reason: str, at: dt.datetime) -> None:
    """End an authorization at once; the row stays as the record. AlreadyDone when it was revoked."""
    if not reason.strip():
        raise InvalidInput(errors={"reason": [_("Nêu lý do thu hồi.")]})
    with transaction.atomic():
        still = SigningAuthorization.objects.filter(pk=row.pk, revoked_at__isnull=True)
        if not still.update(revoked_at=at, revoked_by=actor.mandate, revoke_reason=reason.strip()[:300]):
            raise AlreadyDone(_("Việc giao ký này đã được thu hồi."))
        _record("authorization.revoked", row, actor, at, reason=reason.strip())


def in_force(mandate: Mandate, on: dt.date) -> QuerySet[SigningAuthorization]:
    """Return what lets a mandate sign for the head on a day, kinds and cases aside."""
    rows = SigningAuthorization.objects.filter(
        grantee=mandate,
        revoked_at__isnull=True,
        from_on__lte=on,
        until_on__gte=on,
        grantor__in=Mandate.objects.in_force(on).values("pk"),
    )
    source = SigningAuthorization.objects.filter(
        revoked_at__isnull=True,
        from_on__lte=on,
        until_on__gte=on,
        grantor__in=Mandate.objects.in_force(on).values("pk"),
    )
    return rows.filter(Q(passed_from__isnull=True) | Q(passed_from__in=source.values("pk")))


def refusal(row: SigningAuthorization, *, on: dt.date, kind: str = "") -> Any:
    """Return in plain words which limit forbids signing a paper of `kind` on a day; "" when none does."""
    if row.revoked_at is not None:
        day = f"{timezone.localtime(row.revoked_at):%d/%m/%Y}"
        return _("Việc giao bạn ký %(form)s đã được thu hồi ngày %(day)s.") % {"form": row.form, "day": day}
    if not row.from_on <= on <= row.until_on:
        return _("Bạn chỉ được ký %(form)s từ %(first)s đến hết %(last)s.") % {
            "form": row.form,
            "first": f"{row.from_on:%d/%m/%Y}",
            "last": f"{row.until_on:%d/%m/%Y}",
        }
    if not Actor.of(row.grantor).in_force(on):
        return _("Người giao bạn ký %(form)s không còn giữ chức; người đứng đầu mới phải giao lại.") % {
            "form": row.form
        }
    if kind and kind not in row.kind_codes:
        names = {code: spec.title for code, spec in KINDS.items()} | grantable_kinds()
        return _("Bạn chỉ được ký %(form)s các loại: %(kinds)s; văn bản này là %(kind)s.") % {
            "form": row.form,
            "kinds": ", ".join(names[code].vi for code in row.kind_codes),
            "kind": names[kind].vi,
        }
    return refusal(row.passed_from, on=on) if row.passed_from else ""


def capacity_by(row: SigningAuthorization) -> Capacity:
    """Return the form of signing that an authorization gives."""
    if row.form == Form.SUB_AUTHORIZED:
        return "TUQ"
    return "TL_KT" if row.passed_from_id else "TL"


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
    record(action=action, actor=by, obj=row, thread=row.organization, at=at, data=data)
