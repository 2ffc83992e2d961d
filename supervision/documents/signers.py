"""Whether a person may sign a paper: asked with the signature, at the print, and once it is signed."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.documents.authorization_limits import ABOUT, BASIS, refusal
from supervision.documents.models import Document, SigningAuthorization
from supervision.errors import NotAllowed, WrongState
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate

#: What was confirmed in the evening is signed by the machine after midnight, or when it is up in the morning.
LATEST = dt.timedelta(days=1)


def must_be_allowed(document: Document, signer: Mandate, *, on: dt.date, asked_on: dt.date) -> None:
    """Raise NotAllowed, saying why, where `signer` may not sign the paper on the day `on`.

    Who drafted it never may; an authorization counts on the day on which the signer asked, unless it was
    revoked since. The caller holds the paper against change.
    """
    drafter = document.drafted_by
    if signer.pk == drafter.pk or signer.user_id == drafter.user_id:
        raise NotAllowed(_("Người soạn không được tự ký văn bản của mình."))
    if not Actor.of(signer).in_force(on):
        raise NotAllowed(_("Nhiệm vụ của người ký không còn hiệu lực vào ngày ký."))
    if document.authorization_id is not None:
        _must_be_authorized(document, document.authorization_id, signer, asked_on)


def must_still_be_allowed(document: Document, *, on: dt.date) -> None:
    """Raise NotAllowed, saying why, where who asked for the signature may not sign any more."""
    assert document.signer is not None and document.requested_at is not None
    asked_on = timezone.localdate(document.requested_at)
    must_be_allowed(document, document.signer, on=on, asked_on=asked_on)


def is_past_its_day(document: Document, on: dt.date) -> bool:
    """Whether the day that a stuck paper bears, on which its signer confirmed it, is over on `on`."""
    return document.issued_on is not None and document.issued_on < on


def is_dated_anew(document: Document, on: dt.date) -> bool:
    """Whether a stuck paper, signed on `on`, bears another day than the one that its signer confirmed.

    On a later day it does, so that what it prints is when it is signed; only where the signer's leave to
    sign has run out meanwhile it keeps the day on which the signer asked.
    """
    return is_past_its_day(document, on) and not _ran_out(document, on)


def must_be_signed_in_time(document: Document, *, on: dt.date) -> None:
    """Raise WrongState where the machine signs days after the signer confirmed the paper for its day.

    What that day alone makes right or wrong was judged then; its signer confirms it for another day.
    """
    bears = document.issued_on
    if bears is not None and on - bears > LATEST and is_dated_anew(document, on):
        raise WrongState(
            _("Máy ký ngừng từ ngày %(day)s, ngày người ký xác nhận. Người ký cần cho ký lại với ngày mới.")
            % {"day": f"{bears:%d/%m/%Y}"}
        )


def must_be_confirmed(document: Document, confirmed_by: Mandate | None, *, on: dt.date) -> None:
    """Raise unless a stuck paper may be signed on `on`: past its day its signer confirms it once more.

    NotAllowed where another did or nobody, WrongState where its number is one of an earlier year.
    """
    if not is_past_its_day(document, on):
        return
    if confirmed_by is None or confirmed_by.pk != document.signer_id:
        raise NotAllowed(
            _("Đã sang ngày khác ngày người ký xác nhận, nên chính người ký cho ký lại ở việc của mình.")
        )
    if document.year != on.year and is_dated_anew(document, on):
        raise WrongState(
            _("Số của văn bản là số của năm %(year)s. Đưa về soạn lại để lấy số của năm nay.")
            % {"year": document.year}
        )


def _ran_out(document: Document, on: dt.date) -> bool:
    granted = document.authorization
    return granted is not None and bool(refusal(granted, on=on))


def _must_be_authorized(document: Document, granted: int, signer: Mandate, on: dt.date) -> None:
    """Hold the row while asking its limits: a revocation at the same moment comes before or after."""
    rows = SigningAuthorization.objects.select_for_update(of=("self",)).select_related(*ABOUT)
    row = rows.get(pk=granted, grantee=signer, organization=document.organization)
    if words := refusal(row, on=on, kind=document.kind):
        raise NotAllowed(words, BASIS)
