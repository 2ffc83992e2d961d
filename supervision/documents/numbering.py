"""Numbers of papers: one register for each organization, series and year (Decree 30 Art 15)."""

from __future__ import annotations

from django.db import transaction

from supervision.documents.models import NumberRegister
from supervision.organizations.models import Organization


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
