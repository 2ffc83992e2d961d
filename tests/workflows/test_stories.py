"""The told stories of each form run to their end, and leave what they tell.

Their papers are printed and signed where that is seen: in the browser (`tests/e2e/test_form_journeys.py`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from supervision.audit import contents
from supervision.casefiles.models import Case
from supervision.cases.models import Recommendation
from supervision.deadlines.models import Deadline
from supervision.demo import script, world
from supervision.demo.clock import Clock
from supervision.demo.driver import Driver
from supervision.documents.models import Document
from supervision.drafts.models import Outcome
from supervision.errors import DomainError, WrongState
from supervision.publication.models import Publication
from tests.markup import html_of
from tests.web.test_limits import client_of, queries
from tests.worker import complete_unprinted
from tests.workflows import agreement
from workflows.acts import steering
from workflows.inbox import work_items
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db


def tell(name: str, first_day: dt.date, *, until: int = 999) -> Driver:
    """Tell a story up to a day; after each act tables and tasks agree, and events hold what was sent."""
    world.build(at=timezone.now())
    driver = Driver(first_day, seed=name, clock=Clock(), worker=complete_unprinted)
    for told in sorted(script.read(name), key=lambda one: one.day):
        if told.day <= until:
            script.perform(driver, told)
            agreement.check()
            assert list(contents.troubles()) == [], f"after {told.act} on day {told.day}"
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
    page = Publication.objects.get()
    assert page.form_name.vi == "Nghiên cứu, xem xét văn bản"
    offices = page.facts["consulted"]  # people are named by their office alone
    assert offices[1] == "Ủy viên Ban Chấp hành Hội Luật gia tỉnh" and len(offices) == 3
    shown = html_of(Client().get(page.address))
    assert all(office in shown for office in offices) and "Luật gia mẫu" not in shown


def test_a_representative_reports_what_the_lead_body_left_out_and_the_front_recommends() -> None:
    """S4: 403 Art 13(2); the representative acts by name, the signer of the letter is another."""
    case = tell("s4", dt.date(2026, 3, 24)).case
    assert case.state == Case.State.CLOSED
    assert kinds(case) == ["appointment_letter", "recommendation_document"]
    letter = Document.objects.get(kind="appointment_letter")
    assert letter.context["to"] == ["Hội đồng nhân dân tỉnh Bắc Ninh"]
    steps = WorkItem.objects.filter(case=case, step__in=["take_part", "propose", "report_to_leaders"])
    assert {item.mandate.title for item in steps} == {letter.drafted_by.title} and steps[0].named
    assert case.recommendations.get().closed_as == "verified"


def test_opinions_are_compiled_answered_and_published_or_kept() -> None:
    """O1: twelve come, two leave, one is out of scope; a vague answer comes again; one point is kept."""
    case = tell("o1", dt.date(2026, 6, 30)).case
    assert case.state == Case.State.CLOSED
    assert kinds(case) == ["opinion_compilation", "opinion_results"]
    points = Recommendation.objects.filter(case=case).order_by("number")
    outcomes = [(one.code, one.closed_as) for one in points]
    assert outcomes == [(f"GY-{n}", "kept" if n == 2 else "published") for n in range(1, 6)]
    assert [one.opinions.count() for one in points] == [1, 2, 2, 2, 2]
    late = points.get(number=4).replies.order_by("version").values_list("is_late", flat=True)
    assert list(late) == [True, False]
    assert set(case.opinions.filter(point=None).values_list("number", flat=True)) == {5, 6, 12}
    compilation = Document.objects.get(kind="opinion_compilation")
    clocks = Deadline.objects.filter(rule__in=["O_REPLY", "O_REPLY_PARTY"])
    assert len(clocks) == 5
    assert {(clock.length, clock.paper_number, clock.by_default) for clock in clocks} == {
        (30, compilation.number_text, False)
    }
    assert "luật không quy định" not in compilation.context["body"]
    assert "11-QĐi/TW" not in compilation.context["body"]
    assert "thời hạn đề nghị trả lời: 30 ngày kể từ ngày nhận văn bản này" in compilation.context["body"]
    page = Publication.objects.get()
    assert "GY-3" in page.plain_text and "GY-2" not in page.plain_text
    assert "01 điểm góp ý khác" in page.plain_text and not page.follow_ups.exists()


def test_what_a_commune_said_of_a_draft_is_set_beside_the_text_as_issued() -> None:
    """C2 in a commune: remarks follow their clause to another article, one asked to drop it, one is open."""
    case = tell("c2b", dt.date(2026, 5, 19)).case
    assert case.state == Case.State.CLOSED
    rows = Outcome.objects.filter(remark__draft__criticism__case=case).order_by("remark__number")
    assert [(one.places, one.proposal, one.verdict) for one in rows] == [
        ("khoản 1 Điều 3", "adopted", "adopted"),
        ("khoản 2 Điều 5", "adopted", "adopted"),
        ("khoản 3 Điều 5", "not_adopted", "not_adopted"),
        # "at least one woman", and each quarter, not each month: the words are shown, a person decides
        ("khoản 1 Điều 6", "", "adopted"),
        ("khoản 2 Điều 6", "", "partly"),
        ("", "adopted", "adopted"),
        ("Điều 7", "", ""),
    ]
    shown = html_of(Client().get(Publication.objects.get().address))
    told = re.findall(r"<strong>(Được tiếp thu|Không có)[^<]*văn bản đã ban hành</strong>", shown)
    assert Counter(told) == {"Được tiếp thu": 5, "Không có": 1}
    assert "Khoản 1 Điều 3 viết đúng như đề nghị." in shown


def test_a_commune_meets_its_people_and_what_it_promised_is_followed() -> None:
    """The dialogue: the year's clock is met on the day it was held; a late promise is urged."""
    case = tell("dialogue", dt.date(2026, 7, 7)).case
    assert case.state == Case.State.CLOSED
    assert kinds(case) == ["dialogue_notice", "conference_minutes", "promises_document", "urging_letter"]
    year = case.people_dialogue.deadline
    assert (year.due_on, year.met_on) == (dt.date(2026, 12, 31), dt.date(2026, 7, 7))
    assert year.law_rule.basis[0].label.vi == "Luật Thực hiện dân chủ ở cơ sở, khoản 1 Điều 32"
    promises = Recommendation.objects.filter(case=case).order_by("number")
    assert [(one.code, one.closed_as) for one in promises] == [(f"HU-{n}", "verified") for n in (1, 2, 3)]
    assert [one.action_deadline.met_late for one in promises] == [False, False, True]
    letter = Document.objects.get(kind="urging_letter")
    assert letter.subject == "đôn đốc lần 1 việc trả lời, thực hiện việc đã hứa HU-3"
    assert "kiến nghị" not in letter.context["body"]


def test_the_year_of_a_dialogue_ends_on_its_last_day_and_with_its_case() -> None:
    """31 December 2028 is a Sunday: the law says "each year", so the year ends it, no working day before."""
    driver = tell("dialogue", dt.date(2028, 7, 4), until=-20)
    assert driver.case.people_dialogue.deadline.due_on == dt.date(2028, 12, 31)
    chair = world.actor("mttq-24-24m01.chu_tich")
    steering.cancel_case(actor=chair, case=driver.case, reason="Lũ lụt.", at=driver.at(-10))
    agreement.check()


def test_nothing_is_recommended_when_nothing_was_left_out() -> None:
    driver = tell("s4", dt.date(2026, 3, 24), until=3)
    driver.do(20, "mttq-24.can_bo_2", "report_to_leaders", left_out="no", result="Đoàn đã kiến nghị đủ.")
    driver.do(24, "mttq-24.chu_tich", "consider", decision="end", reason="Không còn nội dung nào.")
    driver.do(25, "mttq-24.chu_tich", "close_case", summary="Đã tham gia.")
    agreement.check()
    driver.case.refresh_from_db()
    assert driver.case.state == Case.State.CLOSED and not driver.case.recommendations.exists()


def test_the_silent_are_waited_for_no_longer_and_their_clocks_end() -> None:
    driver = tell("s1", dt.date(2026, 3, 24), until=-18)
    steering.stop_waiting(actor=world.actor("mttq-24.can_bo_1"), case=driver.case, at=driver.at(-7))
    agreement.check()
    states = driver.case.consultations.order_by("number").values_list("state", flat=True)
    assert list(states) == ["given", "silent", "silent"]
    assert driver.item("compile_opinions")
    assert not Deadline.objects.filter(rule="OPINION", met_on=None, dropped_at=None).exists()
    with pytest.raises(WrongState):
        steering.stop_waiting(actor=world.actor("mttq-24.can_bo_1"), case=driver.case, at=driver.at(-7))


def test_a_study_cancelled_while_opinions_are_awaited_asks_nobody_any_more() -> None:
    driver = tell("s1", dt.date(2026, 3, 24), until=-18)
    steering.cancel_case(
        actor=world.actor("mttq-24.chu_tich"), case=driver.case, reason="Trùng.", at=driver.at(-7)
    )
    agreement.check()
    assert not WorkItem.objects.filter(consultation__isnull=False, finished_at=None).exists()


@pytest.mark.parametrize(
    ("name", "until"), [("s1", -18), ("s1", 60), ("s4", 60), ("o1", -6), ("o1", 42), ("dialogue", 40)]
)
def test_the_page_of_a_case_of_any_form_costs_as_little(name: str, until: int) -> None:
    driver = tell(name, dt.date(2026, 3, 24), until=until)
    body = driver.case.lead.code
    with time_machine.travel(driver.at(until), tick=True):
        for who in (f"{body}.can_bo_1" if body == "mttq-24" else f"{body}.can_bo", f"{body}.chu_tich"):
            queries(client_of(who), f"/ho-so/{driver.case.public_id}/")


def test_whoever_is_asked_in_person_answers_in_person() -> None:
    driver = tell("s1", dt.date(2026, 3, 24), until=-25)
    item = driver.item("give_opinion", driver.consultation("mttq-24.luat_gia"))
    chair, other = world.actor("mttq-24.chu_tich"), world.actor("mttq-24.can_bo_1").mandate
    with pytest.raises(DomainError):
        work_items.assign(item, to=other, actor=chair, reason="", at=driver.at(-24))


def test_papers_without_a_delegation_name_none() -> None:
    case = tell("s1", dt.date(2026, 3, 24), until=9).case
    for document in Document.objects.filter(case_link__case=case):
        assert "Thành viên Đoàn giám sát" not in document.context["recipients"], document.kind
