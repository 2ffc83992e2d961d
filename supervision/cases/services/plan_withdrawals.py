"""When an amendment of an annual plan is withdrawn, its items say again what the version in force says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from supervision.audit import services as audit
from supervision.cases.models import Case, PlanItem, PlanVersion
from supervision.cases.models.annual_plan import WORDED
from supervision.cases.services import plan_progress, plan_wordings
from supervision.cases.services.redactions import hidden
from supervision.law.planning import PERIODS
from supervision.organizations.models import Organization
from supervision.publication import plans as public_plans
from supervision.publication.models import Publication

#: Of an item that no version in force has.
WHY = "Bản điều chỉnh số {number} đã thu hồi"


@transaction.atomic
def go_back(case: Case, withdrawn: Publication, *, at: dt.datetime) -> None:
    """Let the items of a plan follow the newest version in force, once a later one was withdrawn.

    What was dropped by the withdrawn version stands again, what it brought is dropped, what it changed says
    what it said. Nothing for another publication, an older version, or a plan of which none is in force.
    """
    version = PlanVersion.objects.filter(publication=withdrawn).select_related("plan__organization").first()
    if version is None:
        return
    plan, standing = version.plan, plan_progress.standing_versions(version.plan).last()
    if standing is None or standing.number > version.number:
        return
    why, on = WHY.format(number=withdrawn.number_text), timezone.localdate(at)
    audit.fix(plan_wordings.reword(standing, _restored(standing, why=why, on=on), at=at), actor=None, at=at)
    for line in hidden(case, plan_progress.lines_of(plan)):
        public_plans.tell(organization_code=plan.organization.code, year=plan.year, line=line, at=at)


def _restored(standing: PlanVersion, *, why: str, on: dt.date) -> Iterator[PlanItem]:
    """Yield the items that say something else than the version in force, as it has them."""
    rows = {row["code"]: row for row in standing.rows}
    reasons = {one["code"]: one["reason"] for one in standing.changes}
    items = standing.plan.items.filter(amends=None).exclude(state=PlanItem.State.DRAFT).order_by("pk")
    for item in items.select_for_update(of=("self",)).select_related("agency", "chair"):
        before = _content(item)
        if row := rows.get(item.code):
            _say(item, row)
            item.state, item.dropped_on = PlanItem.State.IN_FORCE, None
            item.reason = reasons.get(item.code, "")
        elif item.state == PlanItem.State.IN_FORCE:
            item.state, item.dropped_on, item.reason = PlanItem.State.DROPPED, on, why
        if _content(item) != before:
            yield item


def _content(item: PlanItem) -> list[Any]:
    return [getattr(item, name) for name in WORDED]


def _say(item: PlanItem, row: Mapping[str, str]) -> None:
    for name in ("title", "form", "field", "period"):
        setattr(item, name, row[name])
    for name in ("agency", "chair"):
        setattr(item, name, _body(getattr(item, name), row.get(f"{name}_code", ""), row[name]))
    item.first_month, item.last_month = PERIODS[item.period].first, PERIODS[item.period].last


def _body(now: Organization, code: str, short_name: str) -> Organization:
    """Return the body that a row names; rows of versions signed earlier have its short name alone."""
    if now.code == code or (not code and now.short_name == short_name):
        return now
    found = (
        Organization.objects.filter(code=code) if code else Organization.objects.filter(short_name=short_name)
    )
    return found.order_by("pk").first() or now
