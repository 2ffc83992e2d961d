"""Within which limits leave to sign for the head holds: in force, days, grantor, kinds of paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.documents.kinds import KINDS
from supervision.documents.letterhead import Capacity
from supervision.documents.models import SigningAuthorization
from supervision.law.basis import DECREE_30, Norm
from supervision.law.text import T
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate

BASIS = Norm(DECREE_30, 13)
Form = SigningAuthorization.Form
#: What `refusal` reads of a row, to be fetched with it.
ABOUT = (
    "grantor__user",
    "grantor__organization",
    "passed_from__grantor__user",
    "passed_from__grantor__organization",
)
OF_BOARDS = {"board_plan", "board_recommendation", "board_report", "board_minutes", "owner_notice"}


def grantable_kinds() -> dict[str, T]:
    """Return the kinds of paper that the head of a body signs, by code; a delegation's head is named."""
    named = {"annual_plan": T("Kế hoạch năm", "Annual plan")}  # "Kế hoạch" on paper, as the delegation's
    signed = {code: kind for code, kind in KINDS.items() if kind.signed_by == "body"}
    return {code: named.get(code, kind.title) for code, kind in signed.items() if code not in OF_BOARDS}


def in_force(mandate: Mandate, on: dt.date) -> QuerySet[SigningAuthorization]:
    """Return what lets a mandate sign for the head on a day, kinds and cases aside."""
    running = SigningAuthorization.objects.filter(
        revoked_at__isnull=True,
        from_on__lte=on,
        until_on__gte=on,
        grantor__in=Mandate.objects.in_force(on).values("pk"),
    )
    sound = Q(passed_from__isnull=True) | Q(passed_from__in=running.values("pk"))
    return running.filter(sound, grantee=mandate)


def refusal(row: SigningAuthorization, *, on: dt.date, kind: str = "") -> Any:
    """Return in plain words which limit forbids signing a paper of `kind` on a day; "" when none does.

    The words speak of the grantee: colleagues read them too. `row` comes with what ABOUT names.
    """
    if row.revoked_at is not None:
        day = f"{timezone.localtime(row.revoked_at):%d/%m/%Y}"
        return _("Việc giao ký %(form)s này đã được thu hồi ngày %(day)s.") % {"form": row.form, "day": day}
    if not row.from_on <= on <= row.until_on:
        return _("Người được giao chỉ được ký %(form)s từ %(first)s đến hết %(last)s.") % {
            "form": row.form,
            "first": f"{row.from_on:%d/%m/%Y}",
            "last": f"{row.until_on:%d/%m/%Y}",
        }
    if not Actor.of(row.grantor).in_force(on):
        return _("Người giao ký %(form)s không còn giữ chức; người đứng đầu mới phải giao lại.") % {
            "form": row.form
        }
    if kind and kind not in row.kind_codes:
        names = {code: spec.title for code, spec in KINDS.items()} | grantable_kinds()
        return _("Người được giao chỉ được ký %(form)s các loại: %(kinds)s; văn bản này là %(kind)s.") % {
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
