"""The told stories of each form run to their end, and leave what they tell."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from supervision.cases.models import Case, Recommendation
from supervision.documents.models import Document
from supervision.publication.models import Publication
from supervision.web.demo import script, world
from supervision.web.demo.clock import Clock
from supervision.web.demo.driver import Driver
from tests.workflows import agreement

pytestmark = pytest.mark.django_db


def tell(name: str, first_day: dt.date, *, until: int = 999) -> Driver:
    """Tell a story up to a day of it; tables and tasks agree after every act."""
    world.build(at=timezone.now())
    driver = Driver(first_day, seed=name, clock=Clock())
    for told in sorted(script.read(name), key=lambda one: one.day):
        if told.day <= until:
            script.perform(driver, told)
            agreement.check()
    driver.case.refresh_from_db()
    return driver


def kinds(case: Case) -> list[str]:
    signed = Document.objects.filter(case_link__case=case, state=Document.State.SIGNED)
    return list(signed.order_by("pk").values_list("kind", flat=True))


def test_a_document_is_studied_with_opinions_and_a_conference() -> None:
    """S1: a late opinion counts, the paper goes to whoever issued the document, two of three are done."""
    case = tell("s1", dt.date(2026, 3, 24)).case
    assert case.state == Case.State.CLOSED
    assert kinds(case) == [
        "study_report",
        "opinion_request",
        "invitation",
        "conference_minutes",
        "recommendation_document",
    ]
    told = [(one.person.user.display_name, one.is_late) for one in case.consultations.order_by("number")]
    assert told == [("Chuyên gia mẫu 1", False), ("Luật gia mẫu", False), ("Chuyên gia mẫu 2", True)]
    closed = Recommendation.objects.filter(case=case).order_by("number").values_list("closed_as", flat=True)
    assert list(closed) == ["verified", "verified", "satisfied"]
    assert Publication.objects.get().form_name.vi == "Nghiên cứu, xem xét văn bản"
