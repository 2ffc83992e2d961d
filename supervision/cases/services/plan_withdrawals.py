"""What the withdrawal of a version makes of its plan: the version before stands again, or none does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases.models import AnnualPlan, ChangeRequest, PlanItem, PlanVersion
from supervision.cases.models.annual_plan import WORDED
from supervision.cases.services import plan_progress, plan_wordings
from supervision.cases.services.redactions import hidden
from supervision.cases.signals import plan_version_withdrawn
from supervision.documents.models import Document
from supervision.errors import WrongState
from supervision.law.planning import PERIODS
from supervision.organizations.actors import Actor
from supervision.organizations.models import Organization
from supervision.publication import plans as public_plans
from supervision.publication.models import Publication

BEING_SIGNED = (Document.State.SIGNING, Document.State.STUCK)
#: Of an item that no version in force has.
WHY = "Bản điều chỉnh số {number} đã thu hồi"


@transaction.atomic
def go_back(case: Case, withdrawn: Publication, *, by: Actor, at: dt.datetime) -> None:
    """Let the items of a plan follow the newest version in force, once a later one was withdrawn.

    What was dropped by the withdrawn version stands again, what it brought is dropped, what it changed says
    what it said. A plan of which none is in force ends, and its year is free for another. Nothing for
    another publication or an older version.
    """
    version = PlanVersion.objects.filter(publication=withdrawn).select_related("plan__organization").first()
    if version is None:
        return
    plan, standing = version.plan, plan_progress.standing_versions(version.plan).last()
    if standing is None:
        _end(plan, at)
    elif standing.number > version.number:
        return
    else:
        why, on = WHY.format(number=withdrawn.number_text), timezone.localdate(at)
        reworded = plan_wordings.reword(standing, _restored(standing, why=why, on=on), at=at)
        audit.fix(reworded, actor=by, at=at)
    for line in hidden(case, plan_progress.lines_of(plan)):
        public_plans.tell(organization_code=plan.organization.code, year=plan.year, line=line, at=at)
    plan_version_withdrawn.send(sender=PlanVersion, plan=plan, by=by, at=at)


def require_none_being_signed(plan: AnnualPlan) -> None:
    """Raise WrongState while a decision is being signed that withdraws a version of the plan."""
    open_ = ChangeRequest.objects.filter(
        publication__in=plan.versions.values("publication"),
        kind=ChangeRequest.Kind.WITHDRAW,
        state=ChangeRequest.State.ASKED,
    )
    if open_.filter(papers__document__state__in=BEING_SIGNED).exists():
        raise WrongState(_("Quyết định thu hồi một bản của kế hoạch đang được ký. Thử lại khi ký xong."))


def require_no_version_being_signed(publication: Publication) -> None:
    """Raise WrongState while a further version is being signed of the plan that a publication is of."""
    version = PlanVersion.objects.filter(publication=publication).select_related("plan__case").first()
    if version is None:
        return
    links = version.plan.case.papers.filter(document__kind="annual_plan")
    if links.filter(document__state__in=BEING_SIGNED).exists():
        raise WrongState(_("Một bản điều chỉnh của kế hoạch đang được ký. Thử lại khi ký xong."))


def _end(plan: AnnualPlan, at: dt.datetime) -> None:
    """Let the plan stand no more; its items are held, so that no case is opened from one meanwhile."""
    list(plan.items.select_for_update(of=("self",)).order_by("pk"))
    plan.given_up_at = at
    plan.save(update_fields=["given_up_at"])


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
