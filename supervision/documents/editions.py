"""The public edition of a signed paper: the same paper with passages hidden, under the body's seal.

The signed original stays with those to whom it was addressed; what is published is the edition alone.
"""

from __future__ import annotations

import copy
import datetime as dt
import logging
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from supervision.audit.services import fix, record
from supervision.documents.models import Document, Rendition
from supervision.documents.render import render_document, seal_pdf
from supervision.documents.signing.fields import ORGANIZATION
from supervision.documents.signing.keys import Holder, SignedElsewhere, image_of, signing_keys
from supervision.documents.signing.sign import Part, Signed, sign_pdf
from supervision.documents.tasks import trouble_of
from supervision.files.services import put_bytes
from supervision.notices.services import tell

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shown:
    """What the public is given of a paper: its content, its file, the certificates that file bears."""

    document: Document
    rendition: Rendition
    certificates: list[str]


def ask(document: Document, context: dict[str, Any], *, at: dt.datetime) -> None:
    """Have the public edition printed from `context`, in place of any before; as `document.context`: none."""
    with transaction.atomic():
        row = Document.objects.select_for_update().get(pk=document.pk)
        hidden = None if context == row.context else context
        if hidden == row.public_context:
            return
        row.public_context, row.edition_trouble = hidden, ""
        row.save(update_fields=["public_context", "edition_trouble"])
        fix([row], actor=None, at=at)
        row.renditions.filter(is_public=True).delete()  # never published: it was printed for nothing
        if hidden is not None:
            print_edition.enqueue(row.pk)


def waiting() -> list[int]:
    """Return the papers whose public edition was asked for and is not there."""
    asked = Document.objects.filter(state=Document.State.SIGNED, public_context__isnull=False)
    return list(asked.exclude(renditions__is_public=True).order_by("pk").values_list("pk", flat=True))


def shown(document: Document) -> Shown | None:
    """Return what may be published of a signed paper; None while its edition is being printed."""
    document = Document.objects.select_related("organization", "signer__user").get(pk=document.pk)
    renditions = document.renditions.select_related("blob")
    if document.public_context is None:
        signed = document.signatures.order_by("pk").values_list("certificate_sha256", flat=True)
        return Shown(document, renditions.get(is_signed=True), list(signed))
    edition = renditions.filter(is_public=True).first()
    if edition is None:
        return None
    sealed_with = [edition.certificate_sha256] if edition.certificate_sha256 else []
    return Shown(_as_public(document), edition, sealed_with)


@task(queue_name="signing")
def print_edition(document_id: int) -> None:
    """Print and seal the public edition of one paper."""
    print_now(document_id, at=timezone.now())


def print_now(document_id: int, *, at: dt.datetime) -> None:
    """Do what `print_edition` does at a given time; nothing for a paper that needs none, or has it.

    One that fails is told to those who publish, with the reason; the clock asks again.
    """
    rows = Document.objects.select_related("organization", "signer__user")
    document = rows.filter(pk=document_id, state=Document.State.SIGNED, public_context__isnull=False).first()
    if document is None or document.renditions.filter(is_public=True).exists():
        return
    try:
        printed = render_document(_as_public(document), signed_at=at)
        signed = _sealed(document, printed.pdf, at)
    except Exception as error:
        logger.error("edition of document %s not printed: %s", document.public_id, type(error).__name__)
        _tell_trouble(document, trouble_of(error), at)
        return
    with transaction.atomic():
        row = Document.objects.select_for_update().get(pk=document_id)
        if row.public_context != document.public_context or row.renditions.filter(is_public=True).exists():
            return  # something else is hidden by now; its own task prints that
        row.edition_trouble = ""
        row.save(update_fields=["edition_trouble"])
        Rendition.objects.create(
            document=row,
            blob=put_bytes(signed.pdf, "application/pdf", at),
            is_signed=False,
            is_public=True,
            pages=printed.pages,
            created_at=at,
            certificate_sha256=signed.certificates[0].sha256 if signed.certificates else "",
            stamp_until=signed.stamp_until,
        )


def _tell_trouble(document: Document, trouble: str, at: dt.datetime) -> None:
    """Keep why an edition is not printed, and tell it once for each reason."""
    with transaction.atomic():
        row = Document.objects.select_for_update().get(pk=document.pk)
        if row.edition_trouble == trouble:
            return
        row.edition_trouble = trouble
        row.save(update_fields=["edition_trouble"])
        record(
            action="document.edition_stuck",
            actor=None,
            obj=row,
            at=at,
            data={"number": row.number_text, "trouble": trouble},
        )
        tell(
            key=f"document.edition_stuck:{row.pk}:{at.isoformat()}",
            kind="document.stuck",
            organization=row.organization,
            title=f"Bản công bố của {row.number_text}: {trouble}",
            address=f"/van-ban/{row.public_id}/",
            case_code="",
            at=at,
        )


def _as_public(document: Document) -> Document:
    """Return the paper as the public reads it; never to be saved."""
    public = copy.copy(document)
    public.context = {**(document.public_context or {}), "edition": True}
    public.subject = public.context["subject"]
    return public


def _sealed(document: Document, pdf: bytes, at: dt.datetime) -> Signed:
    """Return the edition under the body's seal; unsealed where no key is kept here: the log proves it."""
    holder = Holder.of(document.organization)
    try:
        with signing_keys().opened() as keys:
            seal = seal_pdf(document, image=image_of(holder), at=at)
            reason = f"Bản công bố của văn bản số {document.number_text}"
            part = Part(ORGANIZATION, keys.signer_for(holder), seal, holder.name, reason)
            return sign_pdf(pdf, [part], at=at)
    except SignedElsewhere:
        return Signed(pdf, ())
