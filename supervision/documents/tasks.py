"""The signing worker's task. Its order makes a crash harmless: a second run does the same again."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from supervision.audit.services import record
from supervision.documents import signals
from supervision.documents.asked import must_be_as_asked, must_be_what_was_printed
from supervision.documents.certificates import register
from supervision.documents.kinds import KINDS
from supervision.documents.models import Document, Rendition, Signature
from supervision.documents.render import CannotPrint, Printed, render_document, seal_pdf, signature_pdf
from supervision.documents.signers import must_be_signed_in_time, must_still_be_allowed
from supervision.documents.signing.fields import ORGANIZATION, PERSON
from supervision.documents.signing.keys import Holder, SignedElsewhere, image_of, signing_keys
from supervision.documents.signing.sign import Part, Signed, sign_pdf
from supervision.errors import DomainError
from supervision.files.sandbox import Failed
from supervision.files.services import put_bytes
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate, Organization

logger = logging.getLogger(__name__)


@task(queue_name="signing")
def sign(document_id: int) -> None:
    """Print, sign and store one paper, then record it. Trouble leaves the paper stuck, in plain words."""
    sign_now(document_id, at=timezone.now())


def sign_now(document_id: int, *, at: dt.datetime) -> None:
    """Do what `sign` does at a given time; nothing when the paper does not await its signature.

    Print -> sign -> blob on disk -> one transaction. Only bytes printed here from the frozen context
    are ever signed; there is no way to hand in a file.
    """
    document = (
        Document.objects.select_related("organization", "signer__user", "signer__organization")
        .filter(pk=document_id, state=Document.State.SIGNING)
        .first()
    )
    if document is None:
        return
    try:
        must_be_as_asked(document)
        must_still_be_allowed(document, on=timezone.localdate(at))
        must_be_signed_in_time(document, on=timezone.localdate(at))
        printed = render_document(document, signed_at=None if document.is_handed_out else at)
        if document.is_handed_out:
            _hand_out(document, printed, at)
            return
        signed = _signed(document, printed, at)
        complete(document, printed.pages, signed, at)
    except SignedElsewhere:
        _hand_out(document, printed, at)
    except Exception as error:
        logger.error("document %s not signed: %s", document.public_id, type(error).__name__)
        _stuck(document, trouble_of(error), at)


def _signed(document: Document, printed: Printed, at: dt.datetime) -> Signed:
    """Let the person sign, then, where the paper is sealed, the body (Decree 30/2020 Art 5)."""
    holders = [Holder.of(whose) for whose in signers_of(document)]
    name = str(document.context["signature"]["name"])
    reason = f"Ban hành văn bản số {document.number_text}"
    with signing_keys().opened() as keys:
        person, *body = holders
        stamp = signature_pdf(document, image=image_of(person), at=at)
        parts = [Part(PERSON, keys.signer_for(person), stamp, name, reason)]
        for holder in body:
            seal = seal_pdf(document, image=image_of(holder), at=at)
            parts.append(Part(ORGANIZATION, keys.signer_for(holder), seal, holder.name, reason))
        return sign_pdf(printed.pdf, parts, at=at)


def signers_of(document: Document) -> list[Mandate | Organization]:
    """Return who must sign a paper, in order: the person, then the body whose seal it bears."""
    assert document.signer is not None
    return [document.signer, *([document.organization] if KINDS[document.kind].sealed else [])]


def fields_of(document: Document) -> list[str]:
    """Return the fields that must be signed, in order."""
    return [PERSON, ORGANIZATION][: len(signers_of(document))]


def held(document: Document) -> Document:
    """Hold a paper until the transaction ends, and before it what moves with it; return it as it is now.

    Steps hold the process first and then its papers: whoever took them the other way round would wait for a
    step that waits for them.
    """
    signals.document_held.send(sender=Document, document=document)
    return Document.objects.select_for_update().get(pk=document.pk)


def complete(
    document: Document,
    pages: int,
    signed: Signed,
    at: dt.datetime,
    *,
    expected: str = Document.State.SIGNING,
) -> None:
    """Store a signed paper and tell whoever waits for it; nothing when its state is no longer `expected`.

    Raises WrongState for a paper that is not what was confirmed and printed, NotAllowed where its signer may
    sign no longer.
    """
    assert document.signer is not None
    with transaction.atomic():
        locked = held(document)
        if locked.state != expected:
            return
        must_be_what_was_printed(document, locked)
        must_still_be_allowed(locked, on=timezone.localdate(at))
        blob = put_bytes(signed.pdf, "application/pdf", at)
        Rendition.objects.create(
            document=locked,
            blob=blob,
            is_signed=True,
            pages=pages,
            created_at=at,
            stamp_until=signed.stamp_until,
        )
        _keep_signatures(document, signed, at)
        locked.state, locked.signed_at, locked.trouble = Document.State.SIGNED, at, ""
        locked.attempts += 1
        locked.save(update_fields=["state", "signed_at", "trouble", "attempts"])
        record(
            action="document.signed",
            actor=Actor.of(document.signer),
            obj=locked,
            at=at,
            data={"number": locked.number_text, "subject": locked.subject, "sha256": blob.sha256},
        )
        signals.document_unstuck.send(sender=Document, document=locked, at=at)
        signals.document_signed.send(sender=Document, document=locked)


def _keep_signatures(document: Document, signed: Signed, at: dt.datetime) -> None:
    assert document.signer is not None
    for whose, certificate in zip(signers_of(document), signed.certificates, strict=True):
        Signature.objects.create(
            document=document,
            mandate=document.signer,
            organization=whose if isinstance(whose, Organization) else None,
            certificate_sha256=certificate.sha256,
            certificate_subject=certificate.subject,
            at=at,
        )
        register(whose, certificate, at=at)


def _hand_out(document: Document, printed: Printed, at: dt.datetime) -> None:
    """Keep the print for whoever signs it on another machine; the paper waits for the signed file."""
    Document.objects.filter(pk=document.pk).update(is_handed_out=True)
    blob = put_bytes(printed.pdf, "application/pdf", at)
    Rendition.objects.create(
        document=document, blob=blob, is_signed=False, pages=printed.pages, created_at=at
    )
    with translation.override("vi"):
        _stuck(document, _("Bản in đã sẵn sàng, chờ tệp đã ký trên máy của người ký."), at)


def _stuck(document: Document, trouble: str, at: dt.datetime) -> None:
    with transaction.atomic():
        locked = held(document)
        if locked.state != Document.State.SIGNING:
            return
        locked.state, locked.trouble = Document.State.STUCK, trouble[:300]
        locked.attempts += 1
        locked.save(update_fields=["state", "trouble", "attempts"])
        record(
            action="document.stuck",
            actor=None,
            obj=locked,
            at=at,
            data={"number": locked.number_text, "trouble": locked.trouble},
        )
        _offer(locked, at)


def _offer(document: Document, at: dt.datetime) -> None:
    """Tell who makes work of it; where that fails the paper is stuck all the same, and `tick` tells again."""
    try:
        with transaction.atomic():
            signals.document_stuck.send(sender=Document, document=document, at=at)
    except Exception:
        logger.exception("document %s is stuck and is nobody's work yet", document.public_id)


def trouble_of(error: Exception) -> str:
    """Return in Vietnamese what to say of a failure to print or sign, as the paper keeps it."""
    with translation.override("vi"):
        if isinstance(error, DomainError):
            return str(error.message)
        if isinstance(error, Failed):
            return str(CannotPrint.of(error).message)
        if isinstance(error, OSError):
            return _("Máy chủ ký không ghi được tệp hoặc không kết nối được dịch vụ cấp dấu thời gian.")
        return _("Máy chủ ký gặp lỗi. Hãy thử lại; nếu vẫn không được, báo quản trị viên.")
