"""A paper that cannot be signed is work for two people, and comes back with its reason and its number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from supervision.audit.models import Event
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents.models import Document
from supervision.documents.tasks import sign_now
from supervision.errors import AlreadyDone
from supervision.notices.models import Notice
from supervision.organizations.models import Mandate
from tests.owner import guards_off
from tests.stages import CHAIR, CLERK, DEPUTY, OFFICER, OFFICER_2, go
from tests.web.test_bad_input import Desk, find_the_key, lose_the_key, text_of
from tests.workflows import agreement
from tests.workflows.test_changes import ask as ask_for_change
from workflows.acts import act, confirming, steering, unsigned
from workflows.inbox import work_items
from workflows.models import WorkItem

Start = Callable[[str], Driver]
State = Document.State
NO_PAGE = "Nội dung văn bản có chỗ không in được. Hãy trả người soạn xem lại."


def not_printed(driver: Driver, step: str = "sign_plan", day: int = -29) -> Document:
    """Ask for a signature of a paper in whose text stands a day that is none; the worker cannot print it."""
    paper = driver.item(step).document
    paper.context = {**paper.context, "schedule": [{"on": "chưa rõ ngày", "agency": "Sở"}]}
    paper.save(update_fields=["context"])
    driver.do(day, CHAIR, step, decision="sign")
    sign_now(paper.pk, at=driver.at(day))
    paper.refresh_from_db()
    return paper


@pytest.fixture
def stuck(stage: Start) -> tuple[Driver, Document]:
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    return driver, not_printed(driver)


def settle(driver: Driver, paper: Document, who: str, day: int = -28, **data: Any) -> Any:
    """Do the work on a paper that holds `who`."""
    me, at = actor(who), driver.at(day)
    item = next(one for one in unsigned.open_work(paper) if one.mandate_id == me.mandate.pk)
    confirmation = None
    if data["decision"] != "mend":
        confirmation = confirming.for_sample_data(actor=me, acts=[(item, data)], at=at)
    key = f"{item.pk}-{data['decision']}"
    return act.act(actor=me, item=item, data=data, key=key, at=at, confirmation=confirmation)


def test_a_paper_that_fails_to_print_is_work_for_who_signs_and_who_drafted_it(
    stuck: tuple[Driver, Document],
) -> None:
    _driver, paper = stuck
    assert (paper.state, paper.trouble, paper.number) == (State.STUCK, NO_PAGE, 1)
    people = {actor(CHAIR).mandate.pk, actor(OFFICER).mandate.pk}
    assert {item.mandate_id for item in unsigned.open_work(paper)} == people
    told = Notice.objects.filter(kind="document.stuck")
    assert {notice.mandate_id for notice in told} == people
    assert all(NO_PAGE in notice.title for notice in told)
    agreement.check()


def test_what_was_the_matter_is_mended_and_the_paper_signed_again_under_its_number(stage: Start) -> None:
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    driver.do(-29, CHAIR, "sign_plan", decision="sign")
    paper = Document.objects.get(state=State.SIGNING)
    lose_the_key(paper)
    sign_now(paper.pk, at=driver.at(-29))
    settle(driver, paper, OFFICER, -29, decision="again")
    agreement.check()
    sign_now(paper.pk, at=driver.at(-29))
    agreement.check()
    find_the_key(paper)
    assert len(unsigned.open_work(paper)) == 2, "it failed once more, and is work once more"
    settle(driver, paper, CHAIR, -27, decision="again")
    sign_now(paper.pk, at=driver.at(-27))
    paper.refresh_from_db()
    assert (paper.state, paper.number, unsigned.open_work(paper)) == (State.SIGNED, 1, [])
    assert driver.item("draft_decision")
    agreement.check()


def test_it_comes_back_with_the_reason_and_keeps_its_number_when_it_is_signed(
    stuck: tuple[Driver, Document],
) -> None:
    driver, paper = stuck
    settle(driver, paper, CHAIR, decision="mend", reason="Lịch làm việc ghi sai ngày.")
    agreement.check()
    paper.refresh_from_db()
    assert paper.state == State.RETURNED and unsigned.open_work(paper) == []
    said = Event.objects.filter(action="paper.returned").latest("pk")
    assert said.data["reason"] == "Lịch làm việc ghi sai ngày."
    go(driver, -27, "draft_plan")
    assert driver.item("sign_plan").document.number == 1
    driver.do(-26, CHAIR, "sign_plan", decision="return", reason="Còn thiếu nơi nhận.")
    agreement.check()
    go(driver, -25, "draft_plan")
    mended = driver.sign(-24, CHAIR, "sign_plan")
    agreement.check()
    paper.refresh_from_db()
    assert (mended.number_text, mended.state) == ("01/KH-MTTQ-BTT", State.SIGNED)
    assert (paper.state, paper.number, paper.unused_reason) == (State.ABANDONED, None, "")
    assert mended.continues.continues == paper
    again = go(driver, -23, "draft_decision") or go(driver, -22, "sign_decision")
    assert again is not None and again.state == State.SIGNED


def test_a_number_that_is_not_used_says_why(stuck: tuple[Driver, Document]) -> None:
    driver, paper = stuck
    settle(driver, paper, OFFICER, decision="mend", reason="Sai ngày.")
    steering.cancel_case(actor=actor(CHAIR), case=driver.case, reason="Trùng nội dung", at=driver.at(-27))
    paper.refresh_from_db()
    assert (paper.state, paper.number, paper.unused_reason) == (State.ABANDONED, 1, "Trùng nội dung")
    agreement.check()


def test_a_number_is_not_taken_into_another_year(stuck: tuple[Driver, Document]) -> None:
    driver, paper = stuck
    with guards_off():
        Document.objects.filter(pk=paper.pk).update(year=2025)
    settle(driver, paper, CHAIR, decision="mend", reason="Sai ngày.")
    go(driver, -27, "draft_plan")
    mended = driver.sign(-26, CHAIR, "sign_plan")
    paper.refresh_from_db()
    assert (mended.year, mended.number) == (2026, 2) and (paper.year, paper.number) == (2025, 1)
    assert paper.unused_reason == "Văn bản được ký sang năm khác nên lấy số của năm đó."


def test_who_comes_second_is_told_that_it_is_settled(stuck: tuple[Driver, Document]) -> None:
    driver, paper = stuck
    other = next(one for one in unsigned.open_work(paper) if one.mandate_id == actor(OFFICER).mandate.pk)
    settle(driver, paper, CHAIR, decision="mend", reason="Sai ngày.")
    with pytest.raises(AlreadyDone):
        act.act(actor=actor(OFFICER), item=other, data={"decision": "again"}, key="late", at=driver.at(-27))
    agreement.check()


def test_a_letter_goes_to_be_mended_and_keeps_its_number(stage: Start) -> None:
    driver = stage("asked")
    steering.postpone_case(actor=actor(CHAIR), case=driver.case, reason="Mưa lũ", at=driver.at(-18))
    driver.do(-18, DEPUTY, "sign_letter", decision="sign")
    letter = Document.objects.get(state=State.SIGNING)
    lose_the_key(letter)
    sign_now(letter.pk, at=driver.at(-18))
    agreement.check()
    find_the_key(letter)
    settle(driver, letter, DEPUTY, -17, decision="mend", reason="Sai tên cuộc giám sát.")
    agreement.check()
    driver.do(-16, OFFICER_2, "mend_letter", decision="again", text="Hoãn vì mưa lũ.")
    agreement.check()
    mended = driver.sign(-15, DEPUTY, "sign_letter")
    assert (mended.number, mended.state) == (letter.number, State.SIGNED)
    letter.refresh_from_db()
    assert (letter.state, letter.number) == (State.ABANDONED, None)
    agreement.check()


@pytest.mark.parametrize("who", [CLERK, CHAIR])
@pytest.mark.parametrize("kind", ["correct", "withdraw"])
def test_a_change_of_what_is_published_is_asked_for_anew_under_its_number(
    stage: Start, kind: str, who: str
) -> None:
    driver = stage("recommended")
    go(driver, 22, "publish")
    page = selectors.publication_of(driver.case)
    assert page is not None
    first = ask_for_change(driver, page, kind)
    driver.do(24, CHAIR, "sign_change", decision="sign")
    paper = Document.objects.get(state=State.SIGNING)
    lose_the_key(paper)
    sign_now(paper.pk, at=driver.at(24))
    find_the_key(paper)
    settle(driver, paper, who, 24, decision="mend", reason="Nội dung cần sửa lại.")
    agreement.check()
    for one in (first, paper):
        one.refresh_from_db()
    assert (first.state, first.decision_reason) == ("returned", "Nội dung cần sửa lại.")
    assert (paper.state, paper.number is not None) == (State.RETURNED, True)
    told = Notice.objects.filter(kind="change.returned").values_list("mandate", flat=True)
    assert list(told) == ([] if who == CLERK else [actor(CLERK).mandate.pk])
    ask_for_change(driver, page, kind, reason="Ghi thiếu con số, như biên bản.")
    mended = driver.sign(25, CHAIR, "sign_change")
    agreement.check()
    assert (mended.number, mended.continues) == (paper.number, paper)
    paper.refresh_from_db()
    assert (paper.state, paper.number) == (State.ABANDONED, None)
    assert page.entries.filter(what=kind).count() == 1


def test_a_number_kept_for_a_correction_says_why_it_is_not_used_when_the_paper_is_withdrawn(
    stage: Start,
) -> None:
    driver = stage("recommended")
    go(driver, 22, "publish")
    page = selectors.publication_of(driver.case)
    assert page is not None
    ask_for_change(driver, page, "correct")
    driver.do(24, CHAIR, "sign_change", decision="sign")
    paper = Document.objects.get(state=State.SIGNING)
    lose_the_key(paper)
    sign_now(paper.pk, at=driver.at(24))
    find_the_key(paper)
    settle(driver, paper, CLERK, 24, decision="mend", reason="Sai nhiều chỗ, phải thu hồi.")
    ask_for_change(driver, page, "withdraw")
    paper.refresh_from_db()
    assert (paper.state, paper.number is not None) == (State.ABANDONED, True)
    assert paper.unused_reason == "Đề nghị đính chính, thu hồi sau đó là văn bản loại khác."
    driver.sign(25, CHAIR, "sign_change")
    agreement.check()


@pytest.fixture
def came_back(stage: Start) -> tuple[Driver, Document]:
    """A correction that a clerk asked for, got its number and could not be signed."""
    driver = stage("recommended")
    go(driver, 22, "publish")
    page = selectors.publication_of(driver.case)
    assert page is not None
    ask_for_change(driver, page)
    driver.do(24, CHAIR, "sign_change", decision="sign")
    paper = Document.objects.get(state=State.SIGNING)
    lose_the_key(paper)
    sign_now(paper.pk, at=driver.at(24))
    find_the_key(paper)
    settle(driver, paper, CHAIR, 24, decision="mend", reason="Con số phải là 17.")
    paper.refresh_from_db()
    return driver, paper


def test_a_change_that_came_back_is_work_of_who_asked_until_it_is_asked_for_again(
    came_back: tuple[Driver, Document],
) -> None:
    driver, paper = came_back
    page = selectors.publication_of(driver.case)
    assert page is not None
    item = driver.item("mend_change")
    assert (item.mandate, item.deadline is not None) == (actor(CLERK).mandate, True)
    with Desk(driver, CLERK, 25) as desk:
        work = f"/viec-cua-toi/{item.public_id}/"
        assert work in text_of(desk.get("/viec-cua-toi/"))
        read, form = text_of(desk.get(work)), f"/cong-bo/{page.public_id}/dinh-chinh/"
        assert "Con số phải là 17." in read and form in read
        assert "Rà soát 71 hồ sơ" in text_of(desk.get(form)), "what was asked is not typed again"
    ask_for_change(driver, page, by=OFFICER)  # a colleague's request ends it as well
    item.refresh_from_db()
    assert (item.outcome, item.finished_by) == (WorkItem.Outcome.DONE, actor(OFFICER).mandate)
    agreement.check()
    driver.do(25, CHAIR, "sign_change", decision="return", reason="Còn thiếu căn cứ.")
    agreement.check()
    again = driver.item("mend_change")
    assert again.mandate == actor(OFFICER).mandate
    assert Document.objects.get(state=State.RETURNED).number == paper.number
    ask_for_change(driver, page)
    assert driver.sign(26, CHAIR, "sign_change").number == paper.number
    assert not WorkItem.objects.filter(step="mend_change", finished_at=None).exists()
    agreement.check()


def test_a_change_that_came_back_is_given_up_and_its_number_says_why(
    came_back: tuple[Driver, Document],
) -> None:
    driver, paper = came_back
    page = selectors.publication_of(driver.case)
    assert page is not None
    driver.do(26, CLERK, "mend_change", reason="Con số trong văn bản là đúng")
    paper.refresh_from_db()
    assert (paper.state, paper.number is not None) == (State.ABANDONED, True)
    assert paper.unused_reason == "Con số trong văn bản là đúng"
    with Desk(driver, CLERK, 26) as desk:
        assert "Con số trong văn bản là đúng" in text_of(desk.get(f"/cong-bo/{page.public_id}/"))
        assert "Rà soát 71 hồ sơ" not in text_of(desk.get(f"/cong-bo/{page.public_id}/dinh-chinh/"))
    agreement.check()


@pytest.mark.parametrize("is_dropped", [False, True])
def test_a_change_that_came_back_outlives_its_case(
    came_back: tuple[Driver, Document], is_dropped: bool
) -> None:
    driver, paper = came_back
    page = selectors.publication_of(driver.case)
    assert page is not None
    Case.objects.filter(pk=driver.case.pk).update(state=Case.State.CLOSED, ended_at=driver.at(25))
    driver.case.refresh_from_db()
    if is_dropped:
        driver.do(26, CLERK, "mend_change", reason="Không cần nữa")
    else:
        ask_for_change(driver, page)
        assert driver.sign(26, CHAIR, "sign_change").number == paper.number
    assert not WorkItem.objects.filter(form="dinh-chinh", finished_at=None).exists()


def test_work_on_a_change_is_offered_to_the_others_when_who_asked_has_left(
    came_back: tuple[Driver, Document],
) -> None:
    driver, _paper = came_back
    Mandate.objects.filter(pk=actor(CLERK).mandate.pk).update(until_on=driver.day(24))
    work_items.release_lapsed(on=driver.day(25), at=driver.at(25))
    item = driver.item("mend_change")
    assert (item.mandate, item.named, item.duties) == (None, False, "|officer|clerk|")
    driver.do(26, OFFICER, "mend_change", reason="Không cần nữa")


def test_papers_that_were_stuck_before_are_offered_by_the_clock(stuck: tuple[Driver, Document]) -> None:
    driver, paper = stuck
    unsigned.take_off(None, paper, driver.at(-28))
    assert unsigned.open_work(paper) == []
    assert (unsigned.offer_missing(driver.at(-27)), unsigned.offer_missing(driver.at(-27))) == (1, 0)
    agreement.check()


def test_both_read_the_reason_in_red_at_the_top_of_their_work_and_on_its_page(
    stuck: tuple[Driver, Document],
) -> None:
    driver, paper = stuck
    for who in (CHAIR, OFFICER):
        with Desk(driver, who, -28) as desk:
            inbox = text_of(desk.get("/viec-cua-toi/"))
            assert "Chưa ký được" in inbox and NO_PAGE in inbox
            item = next(one for one in unsigned.open_work(paper) if one.mandate_id == actor(who).mandate.pk)
            assert NO_PAGE in text_of(desk.get(f"/viec-cua-toi/{item.public_id}/"))
            assert NO_PAGE in text_of(desk.get(f"/ho-so/{driver.case.public_id}/"))
            page = text_of(desk.get(f"/van-ban/{paper.public_id}/"))
            assert NO_PAGE in page and f"/viec-cua-toi/{item.public_id}/" in page


def test_a_preview_that_cannot_be_printed_answers_with_the_reason(stuck: tuple[Driver, Document]) -> None:
    driver, paper = stuck
    with Desk(driver, CHAIR, -28) as desk:
        answer = desk.get(f"/van-ban/{paper.public_id}/tep.pdf")
        assert answer.status_code == 422 and NO_PAGE in text_of(answer)


def test_the_register_says_why_a_number_is_not_used(stuck: tuple[Driver, Document]) -> None:
    driver, paper = stuck
    steering.cancel_case(actor=actor(CHAIR), case=driver.case, reason="Trùng nội dung", at=driver.at(-27))
    with Desk(driver, CHAIR, -26) as desk:
        for page in ("/van-ban/", f"/van-ban/{paper.public_id}/"):
            shown = text_of(desk.get(page))
            assert "Số không dùng" in shown and "Trùng nội dung" in shown
