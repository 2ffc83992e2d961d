"""What law leaves open is honoured where it is used: the unit, the start, the limits, the day suggested."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from supervision.cases import reply_clocks, selectors
from supervision.cases.models import Recommendation
from supervision.cases.services.ladder import next_rung
from supervision.cases.services.recommendation_document import answering
from supervision.deadlines.explain import explain
from supervision.deadlines.models import Deadline
from supervision.demo import world
from supervision.demo.driver import Driver
from supervision.documents.models import Document
from supervision.documents.services import article_html
from supervision.errors import InvalidInput
from supervision.law.basis import Norm
from supervision.law.counting import Unit
from supervision.law.registry import spec_of
from supervision.law.rules import RULES
from supervision.law.terms import FROM_SENDING, WORKING_DAYS
from supervision.organizations.models import Setting
from supervision.organizations.services import set_term
from supervision.web.starts import typed_before
from tests.stages import PROVINCE, go
from tests.told import tell
from tests.web.test_limits import client_of
from workflows.sweeps import reminders

Start = Callable[[str], Driver]


def own(driver: Driver, **terms: int) -> None:
    for key, value in terms.items():
        set_term(organization=driver.case.lead, key=key, value=value, by=None, at=driver.at(20))


def fresh(driver: Driver, number: int) -> Recommendation:
    row = Recommendation.objects.select_related("case__lead", "addressee", "reply_deadline")
    return row.get(case=driver.case, number=number)


def test_days_are_counted_as_the_organization_counts_them_and_papers_say_so(stage: Start) -> None:
    driver = stage("reported")
    own(driver, reply_days=10, reply_unit=WORKING_DAYS)
    go(driver, 17, "examine")
    go(driver, 19, "draft_recommendations")
    paper = go(driver, 21, "sign_recommendations")
    assert "thời hạn đề nghị trả lời: 10 ngày làm việc kể từ ngày nhận văn bản này" in printed(paper)
    go(driver, 25, "receive_recommendation", driver.recommendation(1))
    clock = fresh(driver, 1).reply_deadline
    assert clock.working.unit is Unit.WORKING and clock.length == 10
    assert clock.due_on > driver.day(25) + dt.timedelta(days=12)
    own(driver, reply_days=5, reply_unit=0)
    go(driver, 25, "receive_recommendation", driver.recommendation(2))
    later = fresh(driver, 2).reply_deadline
    assert (later.length, later.working.unit, later.due_on) == (10, Unit.WORKING, clock.due_on), (
        "the signed paper promised ten working days; a setting changed since takes none of them away"
    )


def printed(paper: Document | None) -> str:
    assert paper is not None
    return re.sub(r"\s+", " ", unescape(strip_tags(article_html(paper))))


def test_the_panel_and_the_signed_paper_say_the_same(stage: Start) -> None:
    driver = stage("recommended")
    paper = selectors.outcome_paper(driver.case)
    go(driver, 25, "receive_recommendation", driver.recommendation(2))
    clock = fresh(driver, 2).reply_deadline
    assert paper and (clock.paper_number, clock.paper_on) == (paper.number_text, paper.issued_on)
    note = explain(clock)[0].note
    assert note is not None
    source = f"theo văn bản số {paper.number_text} ngày {paper.issued_on:%d/%m/%Y} của "
    assert f"{source}{driver.case.lead.short_name}; luật không quy định số ngày" in note.vi
    assert "mặc định của phần mềm" not in note.vi and not clock.by_default
    assert f"{clock.length} ngày kể từ ngày nhận văn bản này" in printed(paper)
    assert "luật không quy định" not in printed(paper) and "đặt ra" not in printed(paper)


def test_counted_from_sending_what_nobody_acknowledges_falls_due_and_is_urged(stage: Start) -> None:
    driver = stage("reported")
    own(driver, answer_clock_start=FROM_SENDING)
    go(driver, 17, "examine")
    go(driver, 19, "draft_recommendations")
    assert "kể từ ngày gửi" in answering(driver.case)
    go(driver, 21, "sign_recommendations")
    row = fresh(driver, 2)
    clock = row.reply_deadline
    assert clock.start_on == driver.day(21) and "luật không quy định" in clock.start_label_vi
    late = clock.due_on + dt.timedelta(days=1)
    rung = next_rung(row, late)
    assert row.state == "sent" and rung and rung.passed == clock.due_on
    go(driver, 25, "receive_recommendation", row)
    assert fresh(driver, 2).reply_deadline == clock, "receipt starts no second clock"


def test_reconsideration_is_asked_for_as_often_and_as_soon_as_is_set(stage: Start) -> None:
    driver = stage("recommended")
    row = driver.recommendation(2)
    go(driver, 25, "receive_recommendation", row)
    asks = {"verdict": "reconsider", "text": "Xin xem lại", "reason": "Đã làm", "due_on": None}
    own(driver, reconsider_within_days=3)
    with pytest.raises(InvalidInput) as late:
        go(driver, 29, "draft_reply", row, **asks)
    assert "3 ngày" in str(late.value.errors["verdict"][0])
    own(driver, reconsider_within_days=0, reconsider_times=1)
    go(driver, 29, "draft_reply", row, **asks)
    go(driver, 29, "approve_reply", row)
    go(driver, 30, "hold_dialogue", row)
    clock = driver.item("decide_reconsideration", row).deadline
    assert (clock.rule, clock.start_on, clock.length) == ("S_RECONSIDER", driver.day(29), 15)
    go(driver, 31, "decide_reconsideration", row)
    clock.refresh_from_db()
    assert clock.met_on == driver.day(31)
    with pytest.raises(InvalidInput) as again:
        go(driver, 32, "draft_reply", row, **asks)
    assert "1 lần; luật không quy định" in str(again.value.errors["verdict"][0])


def test_as_many_reminders_are_sent_as_are_set(stage: Start) -> None:
    driver = stage("recommended")
    go(driver, 25, "receive_recommendation", driver.recommendation(2))
    clock = fresh(driver, 2).reply_deadline
    Deadline.objects.running().exclude(pk=clock.pk).update(dropped_at=clock.created_at)
    own(driver, reminder_offset_1=0, reminder_offset_2=0, reminder_offset_3=0, reminder_offset_5=1)
    for left in range(16, -1, -1):  # the due day itself as well
        reminders.remind(at=driver.at((clock.due_on - driver.first_day).days - left))
    assert list(clock.reminders.values_list("days_before", flat=True)) == [1]


@pytest.mark.django_db
def test_the_day_for_written_opinions_is_suggested_and_the_invitation_of_s4_runs_a_clock() -> None:
    driver = tell("s4", dt.date(2026, 5, 12), until=-26)
    item = driver.item("sign_appointment")
    clock = item.deadline
    record = selectors.latest_record(driver.case, "draft_appointment")
    assert record and clock.rule == "S4_NAME"
    assert clock.due_on.isoformat() == record.data["answer_by"] and clock.set_by
    item.step = "draft_request"
    began = typed_before(item, world.actor("mttq-24.can_bo_1"), "")
    assert began["due_on"] > dt.date(2026, 1, 1)


def test_no_law_sets_the_days_of_a_party_committee(stage: Start) -> None:
    driver = stage("recommended")
    row = fresh(driver, 2)
    row.addressee.kind = "party"
    own(driver, opinion_reply_days=20)
    clock = reply_clocks.at_receipt(None, "O_REPLY", driver.case, row.addressee, at=driver.at(25))
    assert (clock.rule, clock.length, clock.set_by) == ("O_REPLY_PARTY", 20, driver.case.lead.short_name)
    told = "\n".join(f"{one.value.vi} {one.note.vi if one.note else ''}" for one in explain(clock))
    assert "11-QĐi/TW" not in told and "nguyên văn" not in told
    assert "Theo thực tiễn" in told and "Quyết định 218-QĐ/TW của Bộ Chính trị chưa được kiểm tra" in told
    row.addressee.kind = "committee"
    other = reply_clocks.at_receipt(None, "O_REPLY", driver.case, row.addressee, at=driver.at(25))
    assert other.rule == "O_REPLY" and other.set_by
    assert row.addressee.code == PROVINCE


@pytest.mark.django_db
def test_a_promise_is_followed_on_no_article_of_the_law_on_supervision() -> None:
    driver = tell("dialogue", dt.date(2026, 7, 7), until=13)
    row = driver.recommendation(1)
    data = {"verdict": "rejected", "text": "Chưa rõ", "again_on": driver.day(30)}
    driver.do(15, "mttq-24-24m01.can_bo", "assess_reply", row, **data)
    clock = driver.item("draft_reply", row).deadline
    assert (clock.rule, clock.due_on) == ("D_REPLY_AGAIN", driver.day(30))
    followed = [RULES[step.rule] for step in spec_of("doi-thoai-nhan-dan").steps if step.rule[:2] == "D_"]
    assert len({rule.code for rule in followed}) == 5
    for rule in [clock.law_rule, *followed]:
        assert not any(isinstance(one, Norm) for one in rule.basis), "the law asks for a dialogue, no more"
        assert "kiến nghị" not in rule.title.vi and "recommendation" not in rule.title.en


@pytest.mark.django_db
def test_a_value_that_is_no_choice_any_more_breaks_no_page() -> None:
    world.build(at=timezone.now())
    front = world.actor("mttq-24.chu_tich").organization
    with pytest.raises(InvalidInput):
        set_term(organization=front, key="anonymous_opinions", value=30, by=None, at=timezone.now())
    Setting.objects.create(organization=front, key="anonymous_opinions", value=30)
    assert client_of("mttq-24.chu_tich").get("/thoi-han/").status_code == 200
