"""Papers say what is known, go to whom they name, and are signed in the capacity of who signs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

from supervision.access import policy
from supervision.cases.models import CaseDocument
from supervision.cases.services import overdue, papers
from supervision.cases.services.plans import _as_in_the_last_article
from supervision.cases.services.recommendation_document import same_level_front
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents.models import Document
from supervision.documents.render import paper_html
from supervision.documents.typesetting import unjoin
from supervision.errors import InvalidInput, WrongState
from supervision.language.dates import long_date
from supervision.notices.models import Notice
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate
from tests.markup import html_of
from tests.stages import AGENCIES, CHAIR, DEPUTY, HEAD, OFFICER, PROVINCE, go, org
from tests.web.test_bad_input import Desk
from tests.workflows import agreement
from workflows.acts import steering, urging

FIRST, SECOND, THIRD = AGENCIES
Start = Callable[[str], Driver]


def paper_of(driver: Driver, kind: str) -> Document:
    link = CaseDocument.objects.filter(case=driver.case, document__kind=kind).latest("pk")
    return Document.objects.get(pk=link.document_id)


def addressees(document: Document) -> set[str]:
    return set(document.case_link.addressees.values_list("code", flat=True))


def mail(document: Document) -> set[tuple[str, str]]:
    """Return kind and organization of every notice that points at the paper."""
    rows = Notice.objects.filter(address=f"/van-ban/{document.public_id}/")
    return set(rows.values_list("kind", "organization__code"))


def put_off(driver: Driver, day: int, **days: dt.date) -> None:
    steering.reschedule_case(
        actor=actor(CHAIR),
        at=driver.at(day),
        case=driver.case,
        days={driver.inquiry(code).pk: on for code, on in days.items()},
        reason="Mưa lũ.",
    )


# -- the announcement of a change --------------------------------------------------------


def test_an_announcement_states_each_new_day_and_is_the_notice_of_those_alone(stage: Start) -> None:
    driver = stage("asked")
    put_off(driver, -18, **{FIRST: driver.day(20), THIRD: driver.day(23)})
    paper = paper_of(driver, "announcement")
    assert paper.subject == f"ngày làm việc mới của cuộc giám sát: {driver.case.title}"
    first, third = driver.inquiry(FIRST), driver.inquiry(THIRD)
    due, asked = first.asked_deadline.due_on, long_date(first.asked_deadline.due_on)
    assert paper.context["body"] == "Mưa lũ."
    assert paper.context["days"] == [
        {"agency": one.agency.name, "on": driver.day(day).isoformat(), "report_due_on": due.isoformat()}
        for one, day in ((first, 20), (third, 23))
    ]
    assert addressees(paper) == {FIRST, THIRD, "mttq"}
    printed = re.sub(r"<[^>]+>|\s+", " ", unjoin(paper_html(paper)))
    assert "Ngày làm việc mới với từng cơ quan:" in printed
    assert (
        f"{first.agency.name}: làm việc {long_date(driver.day(20))}; gửi báo cáo chậm nhất {asked};"
        in printed
    )
    assert f"chậm nhất {asked}./." in printed
    driver.sign(-18, DEPUTY, "sign_letter")
    for code in (FIRST, THIRD):
        assert driver.inquiry(code).notice_deadline.met_on == driver.day(-18)
    assert mail(paper) == {
        ("session.moved", FIRST),
        ("session.moved", THIRD),
        ("document.copy", "mttq"),
    }


def test_a_notice_is_not_met_by_a_paper_that_does_not_state_the_day(stage: Start) -> None:
    driver = stage("asked")
    put_off(driver, -18, **{FIRST: driver.day(20), SECOND: driver.day(22)})
    paper = paper_of(driver, "announcement")
    first = driver.inquiry(FIRST)
    days = [row for row in paper.context["days"] if row["agency"] != first.agency.name]
    Document.objects.filter(pk=paper.pk).update(context={**paper.context, "days": days})
    driver.sign(-18, DEPUTY, "sign_letter")
    assert driver.inquiry(FIRST).notice_deadline.met_on is None
    assert driver.inquiry(SECOND).notice_deadline.met_on == driver.day(-18)


def test_a_report_that_has_come_is_not_asked_for_again(stage: Start) -> None:
    driver = stage("answered")
    put_off(driver, -3, **{code: driver.day(40) for code in AGENCIES})
    paper = paper_of(driver, "announcement")
    assert [row["report_due_on"] for row in paper.context["days"]] == [""] * len(AGENCIES)
    assert "gửi báo cáo" not in paper_html(paper)


def test_a_cancelled_and_a_postponed_supervision_are_named_so(stage: Start) -> None:
    driver = stage("asked")
    steering.postpone_case(actor=actor(CHAIR), at=driver.at(-18), case=driver.case, reason=" Mưa lũ. ")
    paper = paper_of(driver, "announcement")
    assert paper.subject == f"hoãn cuộc giám sát: {driver.case.title}"
    assert paper.context["body"] == "Mưa lũ."
    driver.sign(-18, DEPUTY, "sign_letter")
    steering.cancel_case(actor=actor(CHAIR), at=driver.at(-17), case=driver.case, reason="Trùng.")
    paper = paper_of(driver, "announcement")
    assert paper.subject == f"hủy cuộc giám sát: {driver.case.title}"
    driver.sign(-17, DEPUTY, "sign_letter")
    assert mail(paper) == {*(("case.cancelled", code) for code in AGENCIES), ("document.copy", "mttq")}


def test_an_agency_withdrawn_before_is_told_of_no_later_change(stage: Start) -> None:
    driver = stage("asked")
    steering.withdraw_inquiry(
        actor=actor(CHAIR), at=driver.at(-18), inquiry=driver.inquiry(FIRST), reason="Trùng thanh tra"
    )
    steering.cancel_case(actor=actor(CHAIR), at=driver.at(-17), case=driver.case, reason="Trùng.")
    assert addressees(paper_of(driver, "announcement")) == {SECOND, THIRD, "mttq"}


# -- in which capacity -------------------------------------------------------------------


def lapse(username: str, on: dt.date) -> None:
    Mandate.objects.filter(pk=actor(username).mandate.pk).update(until_on=on)


@pytest.mark.parametrize(
    ("by", "lines"),
    [
        (CHAIR, ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"]),
        (DEPUTY, ["TM. BAN THƯỜNG TRỰC", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ],
)
def test_who_signs_in_the_place_of_a_head_who_left_is_not_called_the_head(
    stage: Start, by: str, lines: list[str]
) -> None:
    driver = stage("decided")
    lapse(HEAD, driver.day(-25))
    go(driver, -22, "draft_notice")
    paper = driver.sign(-20, by, "sign_notice")
    assert paper.context["signature"]["lines"] == lines
    assert paper.context["signature"]["other_post"] == []


def test_the_head_signs_as_head(stage: Start) -> None:
    driver = stage("asked")
    block = paper_of(driver, "notice").context["signature"]
    assert block["lines"] == ["TM. ĐOÀN GIÁM SÁT", "TRƯỞNG ĐOÀN"]


# -- whom a paper goes to ----------------------------------------------------------------


def test_plan_and_decision_go_to_the_superior_the_members_and_later_the_agencies(stage: Start) -> None:
    driver = stage("decided")
    above = org("mttq")
    copy = f"{above.short_name} (để báo cáo)"
    plan, decision = paper_of(driver, "plan"), paper_of(driver, "decision")
    assert plan.context["recipients"] == [copy, "Thành viên Đoàn giám sát", papers.ARCHIVE]
    assert decision.context["recipients"] == [
        "Như Điều 3",
        copy,
        "Thành viên Đoàn giám sát",
        papers.ARCHIVE,
    ]
    for paper in (plan, decision):
        assert (addressees(paper), paper.case_link.is_sent) == ({"mttq"}, True)
        assert mail(paper) == {("document.copy", "mttq")}
    go(driver, -22, "draft_notice")
    go(driver, -20, "sign_notice")
    for paper in (plan, decision):
        assert addressees(paper) == {*AGENCIES, "mttq"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Điều 1. Thành lập đoàn.\nĐiều 2. Thi hành.", ["Như Điều 2"]),
        ("Điều 1. A.\nĐiều 2. B.\n1. Việc một.\nĐiều 3. C.\nĐiều 4. D.", ["Như Điều 4"]),
        ("Thành lập đoàn giám sát.", []),
        ("Điều 2. A.\nĐiều 5. B.", []),
        ("Lời đầu.\nĐiều 1. A.", []),
    ],
)
def test_the_last_article_is_named_by_the_number_it_was_typed_with(text: str, line: list[str]) -> None:
    assert _as_in_the_last_article(text) == line


def test_a_body_named_twice_is_one_addressee(stage: Start) -> None:
    driver = stage("opened")
    above, other = org("mttq"), org(PROVINCE)
    goes_to = papers.receivers(driver.case, [other, other, above], copies=[above])
    assert goes_to.organizations == [other, above]
    assert goes_to.lines == [other.short_name, above.short_name, papers.ARCHIVE]


def test_the_recommendation_goes_to_every_agency_and_nobody_hears_of_publication(stage: Start) -> None:
    driver = stage("recommended")
    paper = paper_of(driver, "recommendation_document")
    names = {org(code).name for code in (*AGENCIES, PROVINCE)}
    assert set(paper.context["to"]) == names
    assert addressees(paper) == {*AGENCIES, PROVINCE, "mttq"}
    assert mail(paper) == {("document.copy", code) for code in (SECOND, THIRD, "mttq")}
    assert not Notice.objects.filter(kind="publication.published").exists()
    assert "kết luận và kiến nghị như sau:" in paper.context["lead_in"]


def test_a_conclusion_without_recommendations_is_not_addressed_to_its_issuer(stage: Start) -> None:
    driver = stage("reported")
    go(driver, 17, "examine")
    third = driver.inquiry(THIRD).agency
    go(driver, 19, "draft_recommendations", recommendations=[])
    context = paper_of(driver, "recommendation_document").context
    assert driver.case.lead.name not in context["to"] and third.name in context["to"]
    assert context["lead_in"].endswith("kết luận như sau:") and "kiến nghị như sau" not in context["lead_in"]


def test_an_organization_that_chairs_reports_to_the_front_of_its_level(stage: Start) -> None:
    driver = stage("opened")
    assert same_level_front(driver.case) == []
    driver.case.lead = org("phn-24")
    assert same_level_front(driver.case) == [org("mttq-24")]


def test_the_superior_reads_the_plan_it_is_named_on(stage: Start) -> None:
    driver = stage("decided")
    plan = paper_of(driver, "plan")
    reader = Mandate.objects.create(
        user=actor(HEAD).user,
        organization=org("mttq"),
        duty="officer",
        title="Chuyên viên",
        from_on=dt.date(2026, 1, 1),
        decision_number="1/QĐ",
        decision_on=dt.date(2026, 1, 1),
    )
    assert plan in policy.visible(Actor.of(reader), Document.objects.all(), on=driver.day(-20))


# -- urging ------------------------------------------------------------------------------


def urged(driver: Driver, day: int, row: Any) -> Document:
    text = overdue.urging_request(row, driver.day(day))
    urging.urge(actor=actor(OFFICER), at=driver.at(day), subject=row, text=text)
    return driver.sign(day, DEPUTY, "sign_letter", row)


def test_a_late_reply_is_urged_with_the_paper_the_day_and_the_delay(stage: Start) -> None:
    driver = stage("recommended")
    go(driver, 25, "receive_recommendation", driver.recommendation(2))
    row = driver.recommendation(2)
    assert overdue.urging_facts(row, driver.day(26)) == overdue.urging_request(row, driver.day(26)) == ""
    due, paper = row.reply_deadline.due_on, paper_of(driver, "recommendation_document")
    letter = urged(driver, (due - driver.first_day).days + 3, row)
    body = letter.context["body"]
    assert f"Văn bản số {paper.number_text} {long_date(paper.issued_on)}" in body
    assert f"Thời hạn trả lời là {long_date(due)}" in body and "đã quá hạn 03 ngày" in body
    assert "chưa nhận được văn bản trả lời" in body and "Đề nghị quý cơ quan trả lời" in body
    assert mail(letter) == {("recommendation.urged", PROVINCE)}


def test_the_page_of_an_urging_letter_shows_what_it_will_state(stage: Start) -> None:
    driver = stage("recommended")
    go(driver, 25, "receive_recommendation", driver.recommendation(2))
    row = driver.recommendation(2)
    for day, says in ((26, False), (80, True)):
        with Desk(driver, OFFICER, day) as desk:
            page = html_of(desk.get(f"/kien-nghi/{row.public_id}/don-doc/"))
        assert ("đã quá hạn" in page) is says
        assert ("Đề nghị quý cơ quan trả lời" in page) is says
        assert "chưa có kết quả" not in page


def test_a_late_carrying_out_is_not_urged_as_if_nobody_had_answered(stage: Start) -> None:
    driver = stage("recommended")
    row = driver.recommendation(1)
    go(driver, 25, "receive_recommendation", row)
    go(driver, 28, "draft_reply", row, due_on=driver.day(60))
    go(driver, 29, "approve_reply", row)
    go(driver, 30, "assess_reply", row)
    row = driver.recommendation(1)
    late = (row.action_deadline.due_on - driver.first_day).days + 12
    body = urged(driver, late, row).context["body"]
    assert f"Thời hạn thực hiện là {long_date(row.action_deadline.due_on)}" in body
    assert "đã quá hạn 12 ngày" in body and "chưa nhận được báo cáo đã thực hiện xong" in body
    assert "trả lời" not in body and "Đề nghị quý cơ quan thực hiện kiến nghị" in body


def test_a_reply_found_wanting_and_not_given_again_is_urged_as_such(stage: Start) -> None:
    driver = stage("recommended")
    row = driver.recommendation(1)
    go(driver, 25, "receive_recommendation", row)
    go(driver, 28, "draft_reply", row, due_on=driver.day(60))
    go(driver, 29, "approve_reply", row)
    go(driver, 30, "assess_reply", row, verdict="rejected", text="Chưa rõ việc", again_on=driver.day(40))
    facts = overdue.urging_facts(driver.recommendation(1), driver.day(41))
    assert "Thời hạn trả lời lại là" in facts and facts.endswith("chưa nhận được văn bản trả lời lại.")


def test_an_escalation_is_told_as_one(stage: Start) -> None:
    driver = stage("recommended")
    go(driver, 25, "receive_recommendation", driver.recommendation(2))
    row, to = driver.recommendation(2), org("so-nv-24")
    for day in (80, 90):
        urged(driver, day, row)
    urging.escalate(actor=actor(OFFICER), at=driver.at(100), subject=row, to=to, text="Đề nghị xem xét.")
    paper = driver.sign(100, DEPUTY, "sign_letter", row)
    assert mail(paper) == {("recommendation.escalated", "so-nv-24")}


# -- returned to be mended -----------------------------------------------------------------


def back(driver: Driver, day: int, row: Any, reason: str) -> None:
    driver.do(day, DEPUTY, "sign_letter", row, decision="return", reason=reason)
    agreement.check()


def test_a_letter_returned_twice_is_mended_with_every_reason_and_the_days_counted_anew(stage: Start) -> None:
    driver = stage("recommended")
    go(driver, 25, "receive_recommendation", driver.recommendation(2))
    row = driver.recommendation(2)
    late = (row.reply_deadline.due_on - driver.first_day).days
    urging.urge(actor=actor(OFFICER), at=driver.at(late + 3), subject=row, text="Trả lời ngay.")
    back(driver, late + 4, row, "Lời lẽ chưa đúng mực")
    driver.do(late + 5, OFFICER, "mend_letter", row, decision="again", text="Đề nghị trả lời.")
    back(driver, late + 6, row, "Thiếu đầu mối liên hệ")
    with pytest.raises(WrongState):
        urging.urge(actor=actor(OFFICER), at=driver.at(late + 6), subject=row, text="Nữa")
    item = driver.item("mend_letter", row)
    with Desk(driver, OFFICER, late + 6) as desk:
        page = html_of(desk.get(f"/viec-cua-toi/{item.public_id}/"))
    assert page.index("Thiếu đầu mối liên hệ") < page.index("Lời lẽ chưa đúng mực")
    assert re.search(r"<textarea[^>]*>\s*Đề nghị trả lời\.</textarea>", page), "without the facts"
    driver.do(late + 7, OFFICER, "mend_letter", row, decision="again", text="Đề nghị trả lời. Đầu mối: X.")
    letter = driver.sign(late + 9, DEPUTY, "sign_letter", row)
    assert "đã quá hạn 07 ngày" in letter.context["body"] and "03 ngày" not in letter.context["body"]
    assert letter.context["body"].endswith("Đầu mối: X.") and row.urgings.count() == 1
    assert mail(letter) == {("recommendation.urged", PROVINCE)}


def test_a_returned_announcement_keeps_its_days_and_may_be_dropped_with_a_reason(stage: Start) -> None:
    driver = stage("asked")
    put_off(driver, -18, **{FIRST: driver.day(20)})
    days = paper_of(driver, "announcement").context["days"]
    back(driver, -17, None, "Ghi rõ lý do")
    item = driver.item("mend_letter")
    with Desk(driver, OFFICER, -17) as desk:
        assert "khoản 7 Điều 28" not in html_of(desk.get(f"/viec-cua-toi/{item.public_id}/"))
    driver.do(-17, OFFICER, "mend_letter", decision="again", text="Mưa lũ kéo dài.")
    paper = paper_of(driver, "announcement")
    assert (paper.context["body"], paper.context["days"]) == ("Mưa lũ kéo dài.", days)
    assert addressees(paper) == {FIRST, "mttq"}
    back(driver, -16, None, "Đã báo bằng điện thoại")
    with pytest.raises(InvalidInput) as refused:
        driver.do(-16, OFFICER, "mend_letter", decision="drop")
    assert set(refused.value.errors) == {"reason"}
    driver.do(-16, OFFICER, "mend_letter", decision="drop", reason="Không cần nữa")
    agreement.check()
    assert not driver.case.work_items.filter(form="cong-van", finished_at=None).exists()
    assert not CaseDocument.objects.filter(case=driver.case, document__state="prepared").exists()


def test_a_mended_announcement_asks_for_the_report_by_a_day_to_come(stage: Start) -> None:
    driver = stage("asked")
    put_off(driver, -18, **{FIRST: driver.day(20)})
    back(driver, -17, None, "Ghi rõ lý do")
    inquiry = driver.inquiry(FIRST)
    asked, report = inquiry.asked_deadline.due_on, inquiry.report_deadline.due_on
    stated = paper_of(driver, "announcement").context["days"][0]
    assert stated["report_due_on"] == asked.isoformat()
    late = (asked - driver.first_day).days + 1
    driver.do(late, OFFICER, "mend_letter", decision="again", text="Mưa lũ kéo dài.")
    mended = paper_of(driver, "announcement").context["days"]
    assert mended == [stated | {"report_due_on": report.isoformat()}]


def test_a_newer_announcement_takes_the_place_of_one_that_was_returned(stage: Start) -> None:
    driver = stage("asked")
    put_off(driver, -18, **{FIRST: driver.day(20)})
    with pytest.raises(WrongState):
        put_off(driver, -18, **{FIRST: driver.day(21)})
    back(driver, -17, None, "Ghi rõ lý do")
    put_off(driver, -16, **{FIRST: driver.day(22)})
    agreement.check()
    states = CaseDocument.objects.filter(case=driver.case, document__kind="announcement").order_by("pk")
    assert list(states.values_list("document__state", flat=True)) == ["abandoned", "prepared"]
    back(driver, -15, None, "Ghi rõ lý do")
    steering.cancel_case(actor=actor(CHAIR), case=driver.case, reason="Không làm nữa", at=driver.at(-14))
    agreement.check()
    assert driver.item("sign_letter") and paper_of(driver, "announcement").subject.startswith("hủy")
