"""In which capacity someone signs a paper of a case: head, deputy (KT.), by order (TL.), TUQ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import AuthorizedCase
from supervision.documents import authorization_limits as limits
from supervision.documents import authorizations
from supervision.documents.letterhead import is_deputy, signature_block
from supervision.documents.models import Document, SigningAuthorization
from supervision.errors import InvalidInput, NotAllowed
from supervision.files.sending import Sending
from supervision.law.specs import Party, Step
from supervision.organizations.actors import Actor
from supervision.organizations.models import Duty, Mandate

SIGNERS = (Duty.SIGNER, Duty.CHAIR)


@transaction.atomic
def grant(
    *,
    actor: Actor,
    grantee: Mandate,
    case: Case | None = None,
    key: str | None = None,
    at: dt.datetime,
    **facts: Any,
) -> SigningAuthorization:
    """Let a colleague sign for the head (`authorizations.grant`), narrowed to one case if it is named.

    The same form (by the key of its page) grants once. Raises AlreadySent as `granted_under` does,
    InvalidInput also when the colleague may sign some of it already: revoking must leave no twin behind.
    """
    authorizations.hold(actor.mandate, grantee)
    sending = _sending(key, actor, "grant", grantee=grantee, case=case, **facts)
    if done := authorizations.granted_under(sending, actor):
        return done
    row = authorizations.grant(actor=actor, grantee=grantee, sending=sending, at=at, **facts)
    _narrow(row, [case] if case else [])
    return row


@transaction.atomic
def pass_on(
    *,
    row: SigningAuthorization,
    actor: Actor,
    deputy: Mandate,
    key: str | None = None,
    at: dt.datetime,
    **facts: Any,
) -> SigningAuthorization:
    """Pass TL. to the deputy (`authorizations.pass_on`) with the same cases, once, as `grant` does."""
    authorizations.hold(actor.mandate, deputy)
    sending = _sending(key, actor, "pass_on", row=row, deputy=deputy, **facts)
    if done := authorizations.granted_under(sending, actor):
        return done
    passed = authorizations.pass_on(row=row, actor=actor, deputy=deputy, sending=sending, at=at, **facts)
    _narrow(passed, [link.case for link in row.case_links.select_related("case")])
    return passed


def _sending(key: str | None, actor: Actor, act: str, **typed: Any) -> Sending | None:
    if "kinds" in typed:
        typed["kinds"] = sorted(typed["kinds"])
    return Sending.of(key, by=actor.mandate, act=act, typed=typed) if key else None


def _narrow(row: SigningAuthorization, cases: list[Case]) -> None:
    """Tie the row to these cases (none: to all); InvalidInput when another row gives some of it already."""
    own = {case.pk for case in cases}
    for other in authorizations.running_beside(row):
        theirs = {link.case_id for link in other.case_links.all()}
        if not (own and theirs) or own & theirs:
            words = _(
                "Người này đang được giao ký %(form)s từ %(first)s đến hết %(last)s; thu hồi lần đó trước."
            )
            days = {"first": f"{other.from_on:%d/%m/%Y}", "last": f"{other.until_on:%d/%m/%Y}"}
            raise InvalidInput({"grantee": [words % {"form": other.form, **days}]})
    for case in cases:
        AuthorizedCase.objects.create(authorization=row, case=case)


def covering(mandate: Mandate, on: dt.date, *, kinds: Any, case: Any) -> QuerySet[SigningAuthorization]:
    """Return what lets the mandate sign on a day; `kinds` ("|plan|") and `case` may be expressions."""
    rows = limits.in_force(mandate, on).filter(kinds__contains=kinds)
    return rows.filter(Q(case_links__isnull=True) | Q(case_links__case=case))


def capacity_of(
    actor: Actor, step: Step, case: Case, document: Document, on: dt.date
) -> tuple[Any, SigningAuthorization | None]:
    """Return the form of signing, and the authorization where it rests in one.

    Head of this delegation, head of the body, a deputy for the head, or whom the head let sign.
    Whoever signs a delegation's paper because its head has left office signs for the own body.
    Raises NotAllowed, naming the limit, when none of them fits this paper on this day.
    """
    if step.party == Party.HEAD and selectors.delegation_of(case).head_id == actor.mandate.pk:
        return "HEAD", None
    if actor.duty == Duty.CHAIR and not is_deputy(actor.mandate):
        return "TM", None
    if not (actor.duty in SIGNERS and is_deputy(actor.mandate)):
        row = covering(actor.mandate, on, kinds=f"|{document.kind}|", case=case).order_by("-pk").first()
        if row is not None:
            return limits.capacity_by(row), row
    if actor.duty in SIGNERS:
        return "TM_KT", None
    words = why_not(actor, case, document, on) or _("Bạn không được giao ký văn bản này.")
    raise NotAllowed(words, limits.BASIS)


def lines_of(actor: Actor, step: Step, case: Case, document: Document, on: dt.date) -> list[str]:
    """Return the lines that the paper would print above the actor's name; none when it may not sign."""
    try:
        capacity, row = capacity_of(actor, step, case, document, on)
    except NotAllowed:
        return []
    block = signature_block(
        signer=actor.mandate,
        capacity=capacity,
        organization=document.organization,
        passed_by=row.grantor if row and row.passed_from_id else None,
    )
    lines: list[str] = block["lines"]
    return lines


def why_not(actor: Actor, case: Case, document: Document, on: dt.date) -> Any:
    """Return which limit of the newest authorization forbids signing this paper; "" without any."""
    rows = SigningAuthorization.objects.filter(grantee=actor.mandate, organization=document.organization)
    row = rows.select_related(*limits.ABOUT).order_by("-pk").first()
    if row is None:
        return ""
    if words := limits.refusal(row, on=on, kind=document.kind):
        return words
    cases = [link.case for link in row.case_links.select_related("case")]
    return _out_of(row, cases) if cases and case not in cases else ""


def _out_of(row: SigningAuthorization, cases: Iterable[Case]) -> Any:
    return _("Người được giao chỉ được ký %(form)s văn bản của hồ sơ %(codes)s.") % {
        "form": row.form,
        "codes": ", ".join(case.code for case in cases),
    }
