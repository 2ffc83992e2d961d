"""The public page after each act: who said what about which word, where it stands, what was signed."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from supervision.cases import selectors
from supervision.cases.models import Recommendation
from supervision.demo.driver import Driver
from supervision.documents.models import Document
from supervision.documents.render import CannotPrint
from supervision.documents.services import article_html
from supervision.law.counting import date_words
from supervision.law.forms.s2 import SPEC
from supervision.portal import present
from supervision.publication import index, search, states
from supervision.publication.models import FollowUp, Publication, Standing
from supervision.publication.search import Search
from supervision.publication.vocabulary import State
from tests.markup import html_of
from tests.owner import guards_off
from tests.stages import CLERK, go
from tests.web.test_bad_input import Desk, text_of

Published = tuple[Driver, Recommendation]


@pytest.fixture
def published(stage: Callable[[str], Driver]) -> Published:
    driver = stage("recommended")
    row = driver.recommendation(1)
    go(driver, 24, "publish")
    go(driver, 25, "receive_recommendation", row)
    return driver, row


def test_a_text_that_makes_no_page_is_not_published_in_its_place(stage: Callable[[str], Driver]) -> None:
    driver = stage("recommended")
    paper = selectors.outcome_paper(driver.case)
    assert paper is not None
    rows = [{**row, "action_due_on": "chưa rõ ngày"} for row in paper.context["recommendations"]]
    with guards_off():  # what an older release has frozen, a newer one may not be able to lay out
        Document.objects.filter(pk=paper.pk).update(context={**paper.context, "recommendations": rows})
    with pytest.raises(CannotPrint):
        go(driver, 24, "publish")
    assert not Publication.objects.exists()
    with Desk(driver, CLERK, 24) as desk:
        page = f"/viec-cua-toi/{driver.item('publish').public_id}/"
        copy = desk.post(page, lead="Tóm tắt", checked="on")
        answer = desk.post(f"{page}kiem-tra/") if copy.status_code == 302 else copy
        assert (answer.status_code, "không in được" in text_of(answer)) == (422, True)
    assert driver.item("publish"), "it stays work for a person"


def newest(number: int = 1) -> FollowUp:
    return Standing.objects.get(number=number).follow_up


def said(side: str) -> str:
    words: str = newest().data[side]["said"]["vi"]
    return words


def foot(driver: Driver, day: int) -> str:
    return present.foot(newest(), driver.day(day))


def page() -> str:
    return html_of(Client().get(Publication.objects.get().address))


def reply(driver: Driver, day: int, row: Recommendation, verdict: str, **other: Any) -> None:
    if verdict != "not_accepted":
        other.setdefault("due_on", driver.day(60))
    go(driver, day, "draft_reply", row, verdict=verdict, reason="Lý do của cơ quan", **other)
    go(driver, day, "approve_reply", row)


# -- a word of the Front stands only beside the word it is about -----------------------------


def test_an_assessment_does_not_stand_beside_the_reply_that_came_after_it(published: Published) -> None:
    driver, row = published
    reply(driver, 28, row, "partly_accepted")
    assert said("front") == "Chưa đánh giá"
    go(driver, 30, "assess_reply", row, verdict="rejected", text="Chưa rõ việc", again_on=driver.day(40))
    assert said("front") == "Trả lời chưa đạt"
    reply(driver, 35, row, "accepted", text="Trả lời mới")
    assert newest().data["agency"]["text"].startswith("Trả lời mới")
    assert said("front") == "Chưa đánh giá" and newest().data["front"]["text"] == ""
    go(driver, 36, "assess_reply", row)
    assert said("front") == "Trả lời đạt, theo dõi thực hiện"


def test_an_assessment_does_not_stand_beside_a_later_request_to_reconsider(published: Published) -> None:
    driver, row = published
    reply(driver, 28, row, "partly_accepted")
    go(driver, 30, "assess_reply", row, verdict="rejected", text="Chưa rõ việc", again_on=driver.day(40))
    reply(driver, 35, row, "reconsider", due_on=None)
    assert said("front") == "Đang xem xét lại kiến nghị"
    go(driver, 36, "hold_dialogue", row)
    go(driver, 37, "decide_reconsideration", row)
    assert said("front") == "Giữ nguyên kiến nghị"


def test_a_verification_does_not_stand_beside_the_report_that_came_after_it(published: Published) -> None:
    driver, row = published
    reply(driver, 28, row, "accepted")
    go(driver, 30, "assess_reply", row)
    go(driver, 50, "report_carrying_out", row)
    assert said("front") == "Chưa xác minh"
    go(driver, 52, "verify", row, outcome="not_yet", text="Còn ba xã")
    assert said("front") == "Chưa xong, tiếp tục theo dõi"
    go(driver, 55, "report_carrying_out", row, text="Đã làm nốt")
    assert (said("agency"), said("front")) == ("Báo đã thực hiện", "Chưa xác minh")
    go(driver, 56, "verify", row)
    assert said("front") == "Đã xác minh việc thực hiện"


# -- re-consideration ------------------------------------------------------------------------


def test_an_amended_recommendation_keeps_the_signed_wording_beside_the_new_one(published: Published) -> None:
    driver, row = published
    reply(driver, 28, row, "reconsider", due_on=None)
    go(driver, 31, "hold_dialogue", row)
    go(
        driver,
        35,
        "decide_reconsideration",
        row,
        decision="amended",
        reason="Số liệu đã đổi",
        new_text="Rà soát khóm Sen",
    )
    follow = newest()
    assert follow.text == "Rà soát hồ sơ"
    assert follow.data["decisions"] == [
        {
            "what": {"vi": "Điều chỉnh kiến nghị", "en": "Recommendation amended"},
            "on": driver.day(35).isoformat(),
            "reason": "Số liệu đã đổi",
            "text": "Rà soát khóm Sen",
        }
    ]
    html = page()
    assert html.index("đã được điều chỉnh:") < html.index("Rà soát hồ sơ</p>") < html.index("Số liệu đã đổi")
    assert html.index("Số liệu đã đổi") < html.index("Rà soát khóm Sen")
    assert "đã điều chỉnh nội dung" in html_of(Client().get("/kien-nghi/"))
    for typed in ("ra soat ho so", "khom sen"):
        assert search.answer(Search.of({"q": typed}), on=driver.day(40)).count
    reply(driver, 38, row, "accepted")
    assert [one["text"] for one in newest().data["decisions"]] == ["Rà soát khóm Sen"]


def test_what_was_upheld_is_said_with_its_reason_and_changes_no_wording(published: Published) -> None:
    driver, row = published
    reply(driver, 28, row, "reconsider", due_on=None)
    go(driver, 31, "hold_dialogue", row)
    go(driver, 35, "decide_reconsideration", row, reason="Có căn cứ rõ", new_text="Không dùng đến")
    assert not present.is_amended(newest())
    html = page()
    assert "Giữ nguyên kiến nghị" in html and "Có căn cứ rõ" in html and "Không dùng đến" not in html


def test_a_withdrawn_recommendation_says_when_and_why(published: Published) -> None:
    driver, row = published
    reply(driver, 28, row, "reconsider", due_on=None)
    go(driver, 31, "hold_dialogue", row)
    go(driver, 35, "decide_reconsideration", row, decision="withdrawn", reason="Trùng kiến nghị khác")
    follow = newest()
    assert follow.state == State.CLOSED and said("front") == "Rút kiến nghị"
    assert [(one["on"], one["reason"]) for one in follow.data["decisions"]] == [
        (driver.day(35).isoformat(), "Trùng kiến nghị khác")
    ]
    assert "Trùng kiến nghị khác" in page()
    assert foot(driver, 40) == ""  # nothing was owed and nothing was answered


def test_asking_to_reconsider_is_no_answer_in_time_and_its_pause_no_extension(published: Published) -> None:
    driver, row = published
    reply(driver, 28, row, "reconsider", due_on=None)
    assert newest().state == State.PAUSED and newest().data["answered_on"] is None
    assert foot(driver, 29) == "Thời hạn trả lời đang tạm dừng."
    go(driver, 31, "hold_dialogue", row)
    go(driver, 35, "decide_reconsideration", row)
    row.refresh_from_db()
    assert row.reply_deadline and row.reply_deadline.due_on > row.reply_deadline.first_due_on
    words = states.said(newest(), driver.day(35)).words.vi
    assert words.startswith("Đúng hạn") and "Hạn đầu" not in foot(driver, 35)
    assert states.short_kind(newest(), driver.day(35)) == "owed"
    reply(driver, 38, row, "accepted")
    assert newest().data["answered_on"] == driver.day(38).isoformat()
    assert "trước hạn" in foot(driver, 39)


# -- where it stands -------------------------------------------------------------------------


def test_a_report_on_carrying_out_waits_for_verification_in_its_own_words(published: Published) -> None:
    driver, row = published
    reply(driver, 28, row, "accepted")
    go(driver, 30, "assess_reply", row)
    go(driver, 50, "report_carrying_out", row, extent="part")
    follow = newest()
    assert follow.state == State.REPORTED and follow.due_on
    day = follow.due_on
    assert states.said(follow, day).words.vi == "Cơ quan đã báo thực hiện, chờ xác minh"
    late = states.said(follow, day + (driver.day(1) - driver.day(0))).words.vi
    assert late == "Mặt trận quá hạn xác minh 1 ngày"
    assert states.short_kind(follow, day) == "reported"


def test_after_a_verification_that_found_it_undone_no_day_of_completion_is_told(published: Published) -> None:
    driver, row = published
    reply(driver, 28, row, "accepted")
    go(driver, 30, "assess_reply", row)
    go(driver, 50, "report_carrying_out", row)
    row.refresh_from_db()
    assert row.action_deadline and row.action_deadline.met_on is None  # met when verified, not when said
    go(driver, 52, "verify", row, outcome="not_yet")
    follow = newest()
    assert follow.state == State.DOING and follow.due_on == driver.day(60)
    labels = [line["label"]["vi"] for line in follow.data["rows"]]
    assert labels and "Hoàn thành" not in labels
    assert "Hoàn thành" not in page()


def test_well_founded_reasons_stand_in_their_own_words_until_it_is_closed(published: Published) -> None:
    driver, row = published
    reply(driver, 28, row, "not_accepted", due_on=None)
    go(driver, 30, "assess_reply", row, verdict="explanation_satisfied", text="Đúng quy định")
    follow, on = newest(), driver.day(31)
    assert follow.state == State.EXPLAINED and said("front") == "Giải trình có cơ sở"
    assert states.said(follow, on).words.vi == "Giải trình có cơ sở, chờ kết thúc"
    assert Publication.objects.get().search_row.open_count == 2
    listed = html_of(Client().get("/kien-nghi/?tinh-trang=dang-lam"))
    assert "Giải trình có cơ sở, chờ kết thúc" in listed
    go(driver, 34, "close_recommendation", row, reason="Giải trình phù hợp")
    assert newest().state == State.CLOSED and "Giải trình phù hợp" in page()
    assert Publication.objects.get().search_row.open_count == 1


def test_every_recommendation_stands_under_exactly_one_pill(published: Published) -> None:
    from supervision.portal.views.recommendations import GROUPS, condition

    row = newest().standing
    on = published[0].day(40)
    for state in State:
        for due in (None, published[0].day(39), published[0].day(41)):
            Standing.objects.filter(pk=row.pk).update(state=state, due_on=due, **index.place(state, due))
            mine = Standing.objects.filter(pk=row.pk)
            assert sum(mine.filter(condition(key, on)).exists() for key in GROUPS if key) == 1, (state, due)


# -- the text --------------------------------------------------------------------------------


def test_the_text_published_is_that_of_the_signed_paper_and_nothing_else(published: Published) -> None:
    driver, _row = published
    publication = Publication.objects.get()
    document = selectors.signed_paper(driver.case, "recommendation_document")
    assert document and document.number_text == publication.number_text
    report = selectors.result_of(driver.case)
    with guards_off():  # what was signed stays otherwise
        report.findings.update(title="Chỉ có trong báo cáo")
    assert "Nguyên nhân" not in publication.html and "Kết quả đạt được" not in publication.html
    assert words(publication.html) == words(article_html(document).replace("<li>- ", "<li>"))
    assert document.context["lead_in"].split(",")[0] in publication.html
    for row in driver.case.recommendations.all():
        assert row.text in publication.html and row.text in publication.plain_text
    assert '<h3 id="muc-2">I. KẾT LUẬN</h3>' in publication.html
    assert "<h2" not in publication.html and "class=" not in publication.html
    assert search.answer(Search.of({"q": '"bang 1"'}), on=driver.day(30)).count


def words(html: str) -> list[str]:
    from django.utils.html import strip_tags

    return strip_tags(html.replace("<", " <")).split()


def test_the_words_of_an_outcome_promise_no_evidence() -> None:
    choices = next(one for one in SPEC.step("verify").fields if one.name == "outcome").choices
    assert [value.vi for _key, value in choices] == [
        "Đã xác minh việc thực hiện",
        "Chưa xong, tiếp tục theo dõi",
    ]


# -- each date beside its own working ----------------------------------------------------------


def of_recommendation(number: int) -> list[tuple[str, str]]:
    start = page().index(f'id="kien-nghi-{number}"')
    end = page().index("</article>", start)
    feet = re.findall(r'<div class="gs-pair__foot">\s*<p>(.*?)</p>(.*?)</div>', page()[start:end], re.DOTALL)
    return [(unescape(said), re.sub(r"\s+", " ", unescape(strip_tags(told)))) for said, told in feet]


def test_the_panel_under_a_date_is_about_that_date(published: Published) -> None:
    driver, row = published
    reply(driver, 28, row, "accepted")
    fresh = Recommendation.objects.select_related("reply_deadline").get(pk=row.pk)
    due = f"{fresh.reply_deadline.due_on:%d/%m/%Y}"
    replied, assessed = of_recommendation(1)
    assert replied[0].startswith(f"Hạn trả lời {due}") and "Trả lời kiến nghị" in replied[1]
    assert f"hết ngày {date_words(fresh.reply_deadline.due_on).vi}" in replied[1]
    assert assessed[0].startswith("Mặt trận đánh giá trả lời: hạn ")

    go(driver, 30, "assess_reply", row)
    replied, action = of_recommendation(1)
    assert replied[0].startswith(f"Hạn trả lời {due}") and "Trả lời kiến nghị" in replied[1]
    day = f"{driver.day(60):%d/%m/%Y}"
    assert action[0] == f"Thực hiện kiến nghị: hạn {day}." and f"{day}: ngày được ấn định" in action[1]

    go(driver, 50, "report_carrying_out", row)
    replied, action, verified = of_recommendation(1)
    assert "Trả lời kiến nghị" in replied[1]
    assert action[0] == "Thực hiện kiến nghị: hạn tạm thời chưa xác định, đang tạm dừng."
    assert "ấn định" in action[1] and verified[0].startswith("Mặt trận xác minh việc thực hiện: hạn ")
    assert "Mặt trận xác minh việc thực hiện" in verified[1]
