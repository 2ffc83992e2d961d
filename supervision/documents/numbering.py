"""Numbers of papers: one register for each organization, series and year (Decree 30 Art 15)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from supervision.documents.models import Document, NumberRegister
from supervision.organizations.models import Organization

MOST_OF_A_REASON = 300


def take_number(*, organization: Organization, series: str, year: int) -> int:
    """Return the next number of `series`, holding its register until the caller's transaction ends.

    A rollback takes the number back, so no committed series has a gap and no number is given twice.
    Must run inside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a number is taken inside a transaction only")
    NumberRegister.objects.get_or_create(organization=organization, series=series, year=year)
    register = NumberRegister.objects.select_for_update().get(
        organization=organization, series=series, year=year
    )
    register.last += 1
    register.save(update_fields=["last"])
    return register.last


def number_for(document: Document, *, year: int) -> int:
    """Return the number under which a paper is signed in `year`: the one it holds, or the next.

    A number of another year goes back to the version that got it, where the register says that it is
    not used. Must run inside a transaction that holds the document.
    """
    if document.number is not None and document.year == year:
        return document.number
    if document.number is not None and document.continues is not None:
        before, held = document.continues, (document.year, document.number, document.number_text)
        _let_go(document)
        before.year, before.number, before.number_text = held
        before.unused_reason = words(_("Văn bản được ký sang năm khác nên lấy số của năm đó."))
        before.save(update_fields=["year", "number", "number_text", "unused_reason"])
    return take_number(organization=document.organization, series=document.series, year=year)


def hand_on(before: Document, document: Document) -> None:
    """Let `document` continue `before`, which was not signed: its number goes over, and `before` is given up.

    In another series, or another organization's, the number is not used. Must run inside a transaction.
    """
    document.continues = before
    before.state = Document.State.ABANDONED
    if (before.organization_id, before.series) == (document.organization_id, document.series):
        document.year, document.number, document.number_text = before.year, before.number, before.number_text
        _let_go(before)
    else:
        before.unused_reason = words(_("Văn bản được soạn lại theo nơi ban hành khác."))
    before.save(update_fields=["state", "unused_reason"])
    document.save(update_fields=["continues", "year", "number", "number_text"])


def _let_go(document: Document) -> None:
    document.year = document.number = None
    document.number_text = ""
    document.save(update_fields=["year", "number", "number_text"])


def words(reason: Any) -> str:
    """Return a reason as the register keeps it: in Vietnamese, as long as its column."""
    with translation.override("vi"):
        return Truncator(str(reason)).chars(MOST_OF_A_REASON)
