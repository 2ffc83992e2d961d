"""What a PICK field offers in a case: agencies, people, addressees; by name of source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import Opinion, PlanItem
from supervision.cases.services import plan_progress
from supervision.cases.services.boards import board_of
from supervision.drafts.models import Remark
from supervision.law.forms.o1 import COMPILED
from supervision.law.specs import FormSpec, Party
from supervision.organizations.actors import Actor
from supervision.organizations.models import (
    Duty,
    Kind,
    Level,
    Mandate,
    Organization,
)
from supervision.organizations.models.organizations import FRONT_SIDE

AGENCY_KINDS = (
    Kind.COUNCIL,
    Kind.COMMITTEE,
    Kind.MINISTRY,
    Kind.DEPARTMENT,
    Kind.UNIT,
    Kind.ELECTED,
)


def agencies(case: Case, on: dt.date) -> QuerySet[Organization]:
    """Bodies that the chairing organization may supervise: of its own territory and below it."""
    lead = case.lead
    found = Organization.objects.filter(kind__in=AGENCY_KINDS, valid_from__lte=on).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    )
    if lead.level == Level.PROVINCE:
        found = found.filter(Q(territory=lead.territory) | Q(territory__parent=lead.territory))
    elif lead.level == Level.COMMUNE:
        found = found.filter(territory=lead.territory)
    else:
        found = found.exclude(level=Level.COMMUNE)
    return found.order_by("-level", "kind", "search_text")


def inquired_agencies(case: Case, on: dt.date) -> QuerySet[Organization]:
    """The agencies asked in this case."""
    return Organization.objects.filter(pk__in=selectors.open_inquiries(case).values("agency")).order_by(
        "search_text"
    )


def addressees(case: Case, on: dt.date) -> QuerySet[Organization]:
    """Whom a recommendation may go to: the agencies asked, then every agency and its superior."""
    return agencies(case, on)


def competent_bodies(case: Case, on: dt.date) -> QuerySet[Organization]:
    """Whom one may turn to about a body that is late: of the same place, the one above or those below."""
    place = case.lead.territory
    near = Q(territory=place) | Q(territory__parent=place)
    if place.parent_id:
        near |= Q(territory=place.parent_id)
    bodies = Organization.objects.in_force(on).filter(near).exclude(kind__in=(*FRONT_SIDE, Kind.BOARD))
    return bodies.order_by("-level", "kind", "search_text")


def _in_force(on: dt.date) -> QuerySet[Mandate]:
    return Mandate.objects.in_force(on).select_related("user", "organization")


def lead_people(case: Case, on: dt.date) -> QuerySet[Mandate]:
    """People of the chairing organization."""
    return _in_force(on).filter(organization=case.lead).exclude(duty=Duty.ADMINISTRATOR).order_by("pk")


def possible_members(case: Case, on: dt.date) -> QuerySet[Mandate]:
    """People of the Front side at the same place, and experts: a member may come from any of them."""
    agency_duties = (Duty.RESPONDER, Duty.LEADER, Duty.ADMINISTRATOR)
    return (
        _in_force(on)
        .filter(Q(organization__territory=case.lead.territory) | Q(organization=case.lead))
        .exclude(duty__in=agency_duties)
        .order_by("organization__search_text", "pk")
    )


def consultable(case: Case, on: dt.date) -> QuerySet[Organization]:
    """Bodies that may be asked or invited: agencies, and the Front side at the same place."""
    beside = Organization.objects.filter(territory=case.lead.territory, valid_from__lte=on).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    )
    found = agencies(case, on).order_by() | beside.exclude(pk=case.lead_id)
    return found.distinct().order_by("kind", "-level", "search_text")


def inviting_bodies(case: Case, on: dt.date) -> QuerySet[Organization]:
    """Bodies that may invite to their supervision: of the same place and of every place above it."""
    places, place = [], case.lead.territory
    while place is not None:
        places.append(place.pk)
        place = place.parent
    found = Organization.objects.filter(kind__in=AGENCY_KINDS, territory__in=places, valid_from__lte=on)
    return found.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on)).order_by(
        "kind", "-level", "search_text"
    )


def same_level(case: Case, on: dt.date) -> QuerySet[Organization]:
    """State bodies of the same level and place: whose drafts may be criticized (Front Law Art 33(1))."""
    beside = agencies(case, on).filter(level=case.lead.level)
    return beside.order_by("kind", "search_text")


def answered_remarks(case: Case, on: dt.date) -> QuerySet[Remark]:
    """Remarks that have an answer, which may be asked for again."""
    return selectors.answered_remarks(case)


def open_remarks(case: Case, on: dt.date) -> QuerySet[Remark]:
    """Remarks that wait for an answer: a row for each."""
    return selectors.open_remarks(case)


def experts(case: Case, on: dt.date) -> QuerySet[Mandate]:
    """Experts and invited members of advisory bodies at the same place."""
    return possible_members(case, on).filter(duty=Duty.EXPERT)


def plan_chairs(case: Case, on: dt.date) -> QuerySet[Organization]:
    """Who may chair an item of a plan (Front Law Art 26): Front and organizations of the same place."""
    found = Organization.objects.in_force(on).filter(territory=case.lead.territory, kind__in=FRONT_SIDE)
    return found.order_by("pk")


def plan_overlaps(case: Case, on: dt.date) -> QuerySet[Any]:
    """The overlaps of the plan that wait for a person."""
    return case.annual_plan.overlaps.filter(decision="").order_by("item_number", "pk")


def opinion_recipients(case: Case, on: dt.date) -> QuerySet[Organization]:
    """Whom opinions are about: Party committees and authorities of the place, those above it included."""
    places, place = [], case.lead.territory
    while place is not None:
        places.append(place.pk)
        place = place.parent
    found = Organization.objects.filter(
        territory__in=places, kind__in=(Kind.PARTY, *AGENCY_KINDS), valid_from__lte=on
    )
    found = found.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    return found.order_by("-level", "kind", "search_text")


def compiled_opinions(case: Case, on: dt.date) -> QuerySet[Opinion]:
    """Opinions and reflections with their public wording; what was routed out is not among them."""
    return case.opinions.filter(kind__in=COMPILED).order_by("number")


def annual_items(spec: FormSpec, actor: Actor, on: dt.date) -> QuerySet[PlanItem]:
    """Items of annual plans from which the actor may open a case of the form (`plan_progress.ready`)."""
    return plan_progress.ready(spec, _lead(spec, actor), on)


def _lead(spec: FormSpec, actor: Actor) -> Organization:
    """Return who chairs a case that the actor opens: of a board's, the commune Front that set it up."""
    board = board_of(actor) if spec.opened_by is Party.BOARD else None
    return board.front if board else actor.organization


def why_no_item(public_id: str, spec: FormSpec, actor: Actor, on: dt.date) -> Any:
    """Return in plain words why an issued item is not among `annual_items`; "" for what is no such item."""
    item = PlanItem.objects.filter(public_id=public_id, plan__issued_at__isnull=False, amends=None).first()
    if item is None:
        return ""
    return plan_progress.why_not_ready(item, spec=spec, lead=_lead(spec, actor), on=on).message


def offered(
    source: str, *, case: Case | None, actor: Actor, on: dt.date, spec: FormSpec | None = None
) -> QuerySet[Any] | None:
    """Return what a source offers in a case, or to whoever opens one of the form `spec`.

    None for a source that needs a case before there is one.
    """
    if case is None:
        return OPENING_SOURCES[source](spec, actor, on) if spec and source in OPENING_SOURCES else None
    return SOURCES[source](case, on)


def why_not_offered(
    source: str, public_id: str, *, actor: Actor, on: dt.date, spec: FormSpec | None = None
) -> Any:
    """Return in plain words why a source does not offer something; "" where there is no more to say."""
    explain = REASONS.get(source)
    return explain(public_id, spec, actor, on) if explain and spec else ""


#: What is offered on opening a case, before there is one: it depends on who opens it.
OPENING_SOURCES: dict[str, Callable[[FormSpec, Actor, dt.date], QuerySet[Any]]] = {
    "annual_items": annual_items
}
REASONS: dict[str, Callable[[str, FormSpec, Actor, dt.date], Any]] = {"annual_items": why_no_item}
SOURCES: dict[str, Callable[[Case, dt.date], QuerySet[Any]]] = {
    "agencies": agencies,
    "inquired_agencies": inquired_agencies,
    "addressees": addressees,
    "competent_bodies": competent_bodies,
    "lead_people": lead_people,
    "possible_members": possible_members,
    "consultable": consultable,
    "experts": experts,
    "inviting_bodies": inviting_bodies,
    "same_level": same_level,
    "answered_remarks": answered_remarks,
    "open_remarks": open_remarks,
    "plan_chairs": plan_chairs,
    "plan_overlaps": plan_overlaps,
    "opinion_recipients": opinion_recipients,
    "compiled_opinions": compiled_opinions,
}
