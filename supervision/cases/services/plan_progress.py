"""What becomes of each item of a plan: not begun, running, done, dropped; told on its public page too."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import AnnualPlan, PlanItem, PlannedCase, PlanVersion
from supervision.cases.services.redactions import hidden
from supervision.errors import DomainError, WrongState
from supervision.law.basis import law
from supervision.law.fields import FIELDS
from supervision.law.planning import PLAN_FORMS
from supervision.law.specs import FormSpec
from supervision.law.text import T
from supervision.organizations.models import Organization
from supervision.publication import plans as publication
from supervision.publication.models import Entry, PlanLine
from supervision.publication.plans import Line

State = PlanLine.State
FORM_TITLES = dict(PLAN_FORMS)
_GONE = Entry.objects.filter(what=Entry.What.WITHDRAW).values("publication")
#: Of versions of a plan: signed and not withdrawn.
_STANDING = Q(publication=None) | ~Q(publication__in=_GONE)


@dataclass(frozen=True)
class Standing:
    """Where an item stands: its state, and the case that carries it out, if one was opened."""

    item: PlanItem
    state: PlanLine.State
    case: Case | None

    def is_late(self, on: dt.date) -> bool:
        """Whether its planned period has passed and it is not done; computed when read."""
        return publication.is_late(self.state, self.item.ends_on, on)


def standing_of(item: PlanItem, cases: Iterable[Case]) -> Standing:
    """Return where `item` stands by the cases opened from it; one that was cancelled does not count."""
    alive = [case for case in cases if case.state != Case.State.CANCELLED]
    case = max(alive, key=lambda one: one.pk, default=None)
    if item.state == PlanItem.State.DROPPED:
        return Standing(item, State.DROPPED, case)
    if case is None:
        return Standing(item, State.NOT_BEGUN, None)
    return Standing(item, State.DONE if case.state == Case.State.CLOSED else State.RUNNING, case)


def item_of(case: Case) -> PlanItem | None:
    """Return the item of an annual plan that the case carries out; None for one outside any plan."""
    planned = getattr(case, "planned", None)
    return planned.item if planned else None


def items_of(plan: AnnualPlan) -> Any:
    """Return the plan's items, those of an amendment under way left out."""
    return plan.items.filter(amends=None).select_related("agency", "chair", "plan").order_by("number")


def progress_of(plan: AnnualPlan) -> list[Standing]:
    """Return where each item stands; two queries."""
    items = items_of(plan).prefetch_related(Prefetch("cases", Case.objects.select_related("lead")))
    return [standing_of(item, item.cases.all()) for item in items]


def totals(standings: Iterable[Standing], on: dt.date) -> dict[str, int]:
    """Return how many items stand where, and how many are late."""
    rows = list(standings)
    counted = Counter(str(row.state) for row in rows)
    return {
        **{str(state): counted[str(state)] for state in publication.STATE_WORDS},
        "late": sum(row.is_late(on) for row in rows),
        "all": len(rows),
    }


def ready(spec: FormSpec, lead: Organization, on: dt.date) -> QuerySet[PlanItem]:
    """Return the items from which a case of a form, chaired by `lead`, may be opened on a day.

    Planned in this form, issued, in force, chaired by `lead`, not carried out yet; of the year of `on` and
    the years beside it, because work begins early and ends late.
    """
    alive = PlannedCase.objects.filter(item=OuterRef("pk"), is_called_off=False)
    versions = PlanVersion.objects.filter(plan=OuterRef("plan"))
    items = PlanItem.objects.filter(
        ~Exists(alive),
        ~Exists(versions) | Exists(versions.filter(_STANDING)),
        form=spec.planned_as,
        chair=lead,
        amends=None,
        state=PlanItem.State.IN_FORCE,
        plan__issued_at__isnull=False,
        plan__given_up_at=None,
        plan__year__range=(on.year - 1, on.year + 1),
    )
    return items.select_related("plan__organization").order_by("-plan__year", "plan", "number")


def require_ready(item: PlanItem, *, spec: FormSpec, lead: Organization, on: dt.date) -> None:
    """Hold the item and raise unless a case of the form, chaired by `lead`, may be opened from it.

    DomainError when another chairs it or it is planned in another form, WrongState when it is not in force,
    of a year far off, or has its case already.
    """
    PlanItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if not ready(spec, lead, on).filter(pk=item.pk).exists():
        raise why_not_ready(item, spec=spec, lead=lead, on=on)


def why_not_ready(item: PlanItem, *, spec: FormSpec, lead: Organization, on: dt.date) -> DomainError:
    """Return what says why no such case is opened from the item (see `ready`)."""
    item = PlanItem.objects.select_related("chair", "plan").get(pk=item.pk)
    if item.chair_id != lead.pk:
        words = _("Mục này do %(chair)s chủ trì nên nơi đó mở hồ sơ.")
        return DomainError(words % {"chair": item.chair.name}, law(26))
    if item.form != spec.planned_as:
        words = _("Mục %(code)s của kế hoạch có hình thức “%(form)s”; hồ sơ mở theo đúng hình thức ấy.")
        return DomainError(words % {"code": item.code, "form": _in_language(FORM_TITLES[item.form])})
    if is_withdrawn(item.plan):
        return WrongState(_("Kế hoạch năm này đã thu hồi nên không mở hồ sơ từ mục của nó."))
    if item.state != PlanItem.State.IN_FORCE or item.amends_id:
        return WrongState(_("Mục này chưa ban hành hoặc đã bỏ khỏi kế hoạch."))
    if abs(item.plan.year - on.year) > 1:
        words = _(
            "Mục này của kế hoạch năm %(year)s; chỉ mở hồ sơ từ mục của năm nay, năm liền trước, liền sau."
        )
        return WrongState(words % {"year": item.plan.year})
    return WrongState(_("Đã có hồ sơ mở từ mục này."))


def _in_language(words: T) -> str:
    return words.in_(get_language() or "vi")


def standing_versions(plan: AnnualPlan) -> QuerySet[PlanVersion]:
    """Return the signed versions of a plan that are not withdrawn, the oldest first."""
    rows = plan.versions.filter(_STANDING)
    return rows.select_related("document__organization").order_by("number")


def is_withdrawn(plan: AnnualPlan) -> bool:
    """Whether every version of a plan that was signed has been withdrawn; asks the database nothing."""
    return plan.issued_at is not None and plan.given_up_at is not None


def require_standing(plan: AnnualPlan) -> None:
    """Raise WrongState for a plan that is withdrawn: nothing amends it, another is made for its year."""
    if is_withdrawn(plan):
        raise WrongState(
            _("Kế hoạch năm này đã thu hồi nên không điều chỉnh được. Hủy hồ sơ này, rồi lập kế hoạch khác.")
        )


def withdrawal_of(plan: AnnualPlan) -> Entry | None:
    """Return what withdrew the last version of a plan that is withdrawn: by whom, when and why; else None."""
    if not is_withdrawn(plan):
        return None
    gone = Entry.objects.filter(what=Entry.What.WITHDRAW, publication__in=plan.versions.values("publication"))
    return gone.select_related("publication", "replaced_by").order_by("-pk").first()


def line_of(row: Standing) -> Line:
    """Return what is said of an item in public; a case is named only once it is public itself."""
    item, page = row.item, selectors.publication_of(row.case) if row.case else None
    unknown = T(item.field, item.field)
    return Line(
        number=item.number,
        state=row.state,
        ends_on=item.ends_on,
        code=item.code,
        title=item.title,
        form=FORM_TITLES[item.form],
        field=FIELDS.get(item.field, unknown),
        period=item.period_title,
        agency=item.agency.name,
        chair=item.chair.name,
        reason=item.reason if row.state == State.DROPPED else "",
        case_code=row.case.code if row.case and page else "",
        case_address=page.address if page else "",
    )


def said_in_force(plan: AnnualPlan) -> set[str]:
    """Return the codes of the items that a version not withdrawn has, or drops."""
    rows = standing_versions(plan).values_list("rows", "changes")
    return {one["code"] for said in rows for part in said for one in part}


def lines_of(plan: AnnualPlan) -> list[Line]:
    """Return what is said of each item in public: nothing of one that only a withdrawn version has."""
    said = said_in_force(plan)
    rows = [(row, line_of(row)) for row in progress_of(plan)]
    return [line if row.item.code in said else line.gone() for row, line in rows]


def follow(case: Case, *, at: dt.datetime) -> None:
    """Say on the public page of the plan what has become of the item that the case carries out, if any."""
    item = item_of(case)
    if item is None:
        return
    plan = item.plan
    if is_withdrawn(plan):  # all was said when it was; the page of the year may be another plan's by now
        return
    if plan.versions.exclude(publication=None).exists():
        line = hidden(case, line_of(standing_of(item, item.cases.all())))
        line = line if item.code in said_in_force(plan) else line.gone()
        publication.tell(organization_code=plan.organization.code, year=plan.year, line=line, at=at)
