"""Every duty, in every body that a case touches, over every kind of object: what mere belonging gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.apps import apps
from django.db.models import Model
from django.test import Client

from supervision.access import policy, rights
from supervision.access.matrix import ROWS
from supervision.access.rights import ADMINISTRATOR, AGENCY, EXPERT, FRONT, VIEW
from supervision.casefiles.models import Case
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents.models import Document
from supervision.files.models import Attachment
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate, Organization, User
from tests.access.test_cases import client_of
from tests.told import tell
from workflows.models import WorkItem

C1, O1 = dt.date(2026, 9, 15), dt.date(2026, 9, 1)
KINDS: list[type[Model]] = [apps.get_model(kind) for kind in sorted({row.kind for row in ROWS})]
#: What whoever holds any duty anywhere may know: it is public.
PUBLIC = {"organizations.organization", "cases.annualplan"}


@pytest.fixture(scope="module")
def told(stays: None) -> list[Driver]:
    """A criticism with a draft, calls, contributions and answers, and opinions with their originals."""
    return [tell("c1", C1, until=9), tell("s2a", dt.date(2026, 6, 9), until=20)]


@pytest.fixture
def cases(told: list[Driver]) -> Iterator[list[Case]]:
    with time_machine.travel(told[0].at(10), tick=True):
        yield [driver.case for driver in told]


def newcomer(body: Organization, duty: str) -> Actor:
    """Return somebody who has that duty in the body since yesterday, and nothing else there."""
    user, _made = User.objects.get_or_create(username=f"moi-{body.pk}-{duty}")
    facts = {"title": "T", "from_on": "2026-01-01", "decision_number": "1", "decision_on": "2026-01-01"}
    mandate, _made = Mandate.objects.get_or_create(user=user, organization=body, duty=duty, defaults=facts)
    return Actor.of(Mandate.objects.select_related("user", "organization").get(pk=mandate.pk))


def bodies() -> list[Organization]:
    """Return every body in which somebody acts, and everybody's superiors."""
    return list(Organization.objects.filter(mandates__isnull=False).distinct().order_by("pk"))


def duties_of(body: Organization) -> frozenset[str]:
    own = AGENCY if body.side == "agency" else FRONT | {EXPERT}
    return own | {ADMINISTRATOR}


def seen(who: Actor) -> dict[str, int]:
    """Return how many objects of each kind somebody sees, the public ones left out."""
    found = {}
    for model in KINDS:
        kind = model._meta.label_lower
        if kind not in PUBLIC and (count := policy.visible(who, model._default_manager.all()).count()):
            found[kind] = count
    return found


def test_who_does_no_work_of_a_body_sees_nothing_by_belonging_to_it(cases: list[Case]) -> None:
    wrong, asked = {}, 0
    for body in bodies():
        for duty in duties_of(body) & {ADMINISTRATOR, EXPERT}:
            asked += len(KINDS)
            if found := seen(newcomer(body, duty)):
                wrong[body.code, duty] = found
    assert asked > 200
    assert not wrong


def test_nor_may_they_do_anything_there(cases: list[Case]) -> None:
    wrong = set()
    for body in bodies():
        for duty in duties_of(body) & {ADMINISTRATOR, EXPERT}:
            who = newcomer(body, duty)
            for row in {(row.kind, row.action) for row in ROWS if row.action != VIEW}:
                model = apps.get_model(row[0])
                if (
                    row[0] not in PUBLIC
                    and policy.visible(who, model._default_manager.all(), row[1]).exists()
                ):
                    wrong.add((body.code, duty, *row))
    assert not wrong


def test_those_who_do_the_work_see_it(cases: list[Case]) -> None:
    """The walk is worth nothing if the world is empty: each kind is seen by somebody."""
    found: dict[str, set[str]] = {}
    for body in bodies():
        for duty in duties_of(body) - {ADMINISTRATOR, EXPERT}:
            for kind in seen(newcomer(body, duty)):
                found.setdefault(kind, set()).add(duty)
    assert set(found) >= {
        "casefiles.case", "cases.criticism", "cases.inquiry", "cases.recommendation", "deadlines.deadline",
        "documents.document", "files.attachment", "supervision_workflows.workitem",
    }  # fmt: skip
    for duty in rights.FRONT - {rights.CLERK}:
        assert duty in found["supervision_workflows.workitem"] and duty in found["deadlines.deadline"]


def test_an_administrator_meets_404_where_a_colleague_reads(cases: list[Case]) -> None:
    """By address: work with an unsigned paper on its page, its paper, its files, its days."""
    admin, officer = client_of(actor("mttq-24.quan_tri")), client_of(actor("mttq-24.can_bo_1"))
    lead = Organization.objects.get(code="mttq-24")
    places: list[str] = [
        *(f"/viec-cua-toi/{one.public_id}/" for one in WorkItem.objects.filter(organization=lead)[:30]),
        *(f"/van-ban/{one.public_id}/" for one in Document.objects.filter(organization=lead)[:10]),
        *(f"/tep/{one.public_id}/" for one in Attachment.objects.all()[:10]),
        *(f"/ho-so/{case.public_id}/" for case in cases),
    ]
    assert [admin.get(place).status_code for place in places] == [404] * len(places)
    assert _read(officer, places) > 20


def _read(client: Client, places: list[str]) -> int:
    return sum(client.get(place).status_code in (200, 302) for place in places)


def test_an_expert_reads_what_he_is_asked_about_in_person(cases: list[Case]) -> None:
    asked = {
        item.mandate_id for item in WorkItem.objects.filter(step="give_opinion", mandate__duty=EXPERT)
    } or set(cases[0].consultations.filter(person__duty=EXPERT).values_list("person", flat=True))
    for mandate in Mandate.objects.filter(pk__in=asked).select_related("user", "organization"):
        assert seen(Actor.of(mandate)), mandate.title
