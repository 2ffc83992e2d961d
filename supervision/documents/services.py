"""What the rest of the house may ask of papers: prepare, preview, ask for a signature, try again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from supervision.audit.services import record
from supervision.documents import signals, tasks
from supervision.documents.asked import must_be_as_asked
from supervision.documents.kinds import KINDS
from supervision.documents.letterhead import (
    Capacity,
    default_header,
    default_issuer_full,
    signature_block,
)
from supervision.documents.models import Document, SigningAuthorization
from supervision.documents.numbering import hand_on, number_for, words
from supervision.documents.render import CannotPrint, render_document
from supervision.documents.render import article_html as _article_html
from supervision.documents.signers import (
    is_dated_anew,
    must_be_allowed,
    must_be_confirmed,
    must_still_be_allowed,
)
from supervision.errors import AlreadyDone, NotAllowed, WrongState
from supervision.language.codes import new_verification_code
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate, Organization

#: What asking for a signature adds to a paper's context.
FROZEN = ("signature", "number_text", "issued_on", "code", "verify_address")
UNSIGNED = (Document.State.PREPARED, Document.State.STUCK, Document.State.RETURNED)


def prepare(
    *,
    kind: str,
    organization: Organization,
    subject: str,
    context: dict[str, Any],
    drafted_by: Mandate,
    drafted_for: Mandate | None = None,
    at: dt.datetime,
    series_scope: str = "",
    continues: Document | None = None,
) -> Document:
    """Store a paper that awaits its signature; header and issuer are filled where `context` lacks them.

    `continues` is the version that got a number and was returned unsigned: the number goes over.
    `series_scope` is the number of the decision that set up the delegation, for a delegation's papers.
    Raises ValueError for an unknown kind or a context that does not fit it (see `kinds`).
    """
    spec = KINDS[kind]
    full = {
        "issuer_full": "Đoàn giám sát" if series_scope else default_issuer_full(organization),
        "header": default_header(organization, delegation=bool(series_scope)),
        "recipients": [],
        "subject": subject,
        **context,
        "is_sample": bool(settings.DEMO or organization.is_sample),
    }
    spec.check(full)
    with transaction.atomic():
        document = Document.objects.create(
            kind=kind,
            organization=organization,
            subject=subject,
            context=full,
            series=spec.series(organization.symbol, series_scope),
            drafted_by=drafted_by,
            drafted_for=drafted_for,
        )
        if continues is not None:
            hand_on(Document.objects.select_for_update().get(pk=continues.pk), document)
        _record("document.prepared", document, drafted_by, at)
    return document


def preview_pdf(document: Document) -> bytes:
    """Return the paper as it would print now, without number, code and signature if it has none yet.

    Raises `render.CannotPrint`, saying why.
    """
    return render_document(document).pdf


def article_html(document: Document) -> SafeString:
    """Return the text of the paper as plain semantic HTML (h2 downwards) for a page, never to be kept.

    Where something in it cannot be shown, a sentence that says so: the page stands, with what can be done.
    """
    try:
        return mark_safe(_article_html(document))  # our own template, which escapes every value
    except CannotPrint as error:
        return format_html("<p>{}</p>", error.message)


def request_signature(
    document: Document,
    *,
    signer: Mandate,
    capacity: Capacity,
    authorization: SigningAuthorization | None = None,
    at: dt.datetime,
) -> Document:
    """Freeze the paper, allot number, code and date, and hand it to the signing worker.

    All in one transaction; the page then says "đang ký". `authorization` is what TL. and TUQ. rest
    in. Raises AlreadyDone when a signature was asked for before, NotAllowed when the signer drafted
    the paper, holds no mandate on that day, or signs outside the authorization's limits.
    """
    on = timezone.localdate(at)
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=document.pk)
        if document.state != Document.State.PREPARED:
            raise AlreadyDone(_("Văn bản này đã được trình ký trước đó."))
        document.capacity, document.authorization = capacity, authorization
        must_be_allowed(document, signer, on=on, asked_on=on)
        spec = KINDS[document.kind]
        scope = document.series.rsplit(":", 1)[0] if ":" in document.series else ""
        number = number_for(document, year=on.year)
        document.year, document.number, document.issued_on = on.year, number, on
        document.number_text = spec.number_text(number, document.organization.symbol, scope)
        document.code = new_verification_code()
        document.verify_address = f"{settings.PUBLIC_URL}/v/{document.code}/"
        document.signer, document.requested_at = signer, at
        document.context = _frozen(document, signer, capacity)
        document.state = Document.State.SIGNING
        document.save()
        _record("document.signature_requested", document, signer, at)
        tasks.sign.enqueue(document.pk)
    return document


def retry_signature(
    document: Document,
    *,
    at: dt.datetime,
    by: Mandate | None = None,
    confirmed_by: Mandate | None = None,
    elsewhere: bool = False,
) -> Document:
    """Hand a stuck paper to the worker again, to be signed here or printed to be signed `elsewhere`.

    The number and the code stay. On a later day than it bears its signer confirms it once more, and it
    then bears that day (`signers.is_dated_anew`). Raises WrongState for a paper that is not stuck, not what
    was confirmed, or whose number is of another year; NotAllowed for a later day that the signer did not
    confirm, and once the signer's mandate has ended or the leave to sign was revoked: then it is prepared
    again (`prepare_again`).
    """
    on = timezone.localdate(at)
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=document.pk)
        if document.state != Document.State.STUCK:
            raise WrongState(_("Văn bản này không ở trạng thái ký chưa xong."))
        must_be_as_asked(document)
        must_still_be_allowed(document, on=on)
        must_be_confirmed(document, confirmed_by, on=on)
        document.state, document.trouble, document.is_handed_out = Document.State.SIGNING, "", elsewhere
        if is_dated_anew(document, on):
            document.issued_on = on
            document.context = {**document.context, "issued_on": on.isoformat()}
        document.save(update_fields=["state", "trouble", "is_handed_out", "issued_on", "context"])
        _record(f"document.{'handed_out' if elsewhere else 'signature_retried'}", document, by, at)
        signals.document_unstuck.send(sender=Document, document=document, at=at)
        tasks.sign.enqueue(document.pk)
    return document


def abandon(document: Document, *, by: Mandate, at: dt.datetime, reason: Any = "") -> Document:
    """Give up a paper that is not signed; its number, if it had one, is never used again, and says why."""
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=document.pk)
        if document.state not in UNSIGNED:
            raise WrongState(_("Chỉ hủy được văn bản chưa ký."))
        document.state = Document.State.ABANDONED
        if document.number is not None:
            document.unused_reason = words(reason or _("Văn bản không ký nữa."))
        document.save(update_fields=["state", "unused_reason"])
        _record("document.abandoned", document, by, at, reason=document.unused_reason)
        signals.document_unstuck.send(sender=Document, document=document, at=at)
    return document


def give_back(
    document: Document, *, by: Mandate, at: dt.datetime, reason: str, stays: bool = False
) -> Document:
    """Return a paper that got a number and is not signed, to be mended; the number waits for it.

    One that `stays` is prepared again as it is; else the next version takes its place (`prepare`).
    Raises WrongState for one that is signed, being signed or given up.
    """
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=document.pk)
        if document.state not in (Document.State.PREPARED, Document.State.STUCK):
            raise WrongState(_("Chỉ trả lại được văn bản chưa ký."))
        document.state = Document.State.PREPARED if stays else Document.State.RETURNED
        document.context = {key: said for key, said in document.context.items() if key not in FROZEN}
        document.is_handed_out = False
        document.save(update_fields=["state", "context", "is_handed_out"])
        _record("document.given_back", document, by, at, reason=reason, trouble=document.trouble)
        signals.document_unstuck.send(sender=Document, document=document, at=at)
    return document


def prepare_again(document: Document, *, by: Mandate, at: dt.datetime) -> Document:
    """Give up a stuck paper with its number and store the same text anew, to be signed by someone who may.

    Raises WrongState for a paper that is not stuck (a retry may be under way), or whose signer may still
    sign it: its number is not given up for a reason that is none.
    """
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=document.pk)
        if document.state != Document.State.STUCK:
            raise WrongState(_("Văn bản này không ở trạng thái ký chưa xong."))
        if not may_be_prepared_again(document, on=timezone.localdate(at)):
            raise WrongState(
                _("Người ký vẫn được ký văn bản này nên số không hủy: ký lại, hoặc đưa về soạn lại.")
            )
        abandon(document, by=by, at=at, reason=_("Người ký không còn được ký; trình ký lại, lấy số mới."))
        again = Document.objects.create(
            kind=document.kind,
            organization=document.organization,
            subject=document.subject,
            context={key: said for key, said in document.context.items() if key not in FROZEN},
            series=document.series,
            drafted_by=document.drafted_by,
            drafted_for=document.drafted_for,
        )
        _record("document.prepared", again, by, at)
    return again


def may_be_prepared_again(document: Document, *, on: dt.date) -> bool:
    """Whether a stuck paper's number may be given up on a day: only once its signer may sign no longer."""
    if document.state != Document.State.STUCK:
        return False
    try:
        with transaction.atomic():  # asking about an authorization holds its row
            must_still_be_allowed(document, on=on)
    except NotAllowed:
        return True
    return False


def _frozen(document: Document, signer: Mandate, capacity: Capacity) -> dict[str, Any]:
    context = dict(document.context)
    if not context.get("signature"):
        granted = document.authorization
        context["signature"] = signature_block(
            signer=signer,
            capacity=capacity,
            organization=document.organization,
            passed_by=granted.grantor if granted and granted.passed_from_id else None,
        )
    assert document.issued_on is not None
    context |= {
        "number_text": document.number_text,
        "issued_on": document.issued_on.isoformat(),
        "code": document.code,
        "verify_address": document.verify_address,
    }
    return context


def _record(action: str, document: Document, by: Mandate | None, at: dt.datetime, **more: str) -> None:
    about = {"number": document.number_text, "subject": document.subject, "kind": document.kind}
    more = {name: said for name, said in more.items() if said}
    record(action=action, actor=Actor.of(by) if by else None, obj=document, at=at, data=about | more)
