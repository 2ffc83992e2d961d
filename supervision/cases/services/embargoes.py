"""Outcomes that are to become public on a later day."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from supervision.audit import services as audit
from supervision.audit.contents import is_held
from supervision.cases import selectors
from supervision.cases.models import Embargo
from supervision.cases.services.public import put_on_portal
from supervision.language.dates import vietnam_day
from supervision.organizations.actors import Actor


def end_embargoes(*, at: dt.datetime) -> int:
    """Publish what was to become public by today; return how many."""
    due = Embargo.objects.filter(public_on__lte=vietnam_day(at)).values_list("pk", flat=True)
    return sum(_end(pk, at) for pk in list(due))


@transaction.atomic
def _end(pk: int, at: dt.datetime) -> bool:
    rows = Embargo.objects.select_for_update(of=("self",)).filter(pk=pk)
    row = rows.select_related("case__lead__territory", "by__user", "by__organization").first()
    if row is None or not is_held(row):  # nobody's decision publishes nothing; `audit_verify` names it
        return False
    document = selectors.outcome_paper(row.case)
    assert document is not None
    put_on_portal(row.case, document, row.lead, Actor.of(row.by), at)
    audit.let_go(row, actor=Actor.of(row.by), at=at)
    row.delete()
    return True
