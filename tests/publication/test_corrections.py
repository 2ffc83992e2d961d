"""What was corrected is read with its correction wherever the paper is named; the newest one stands."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from supervision.law.forms.annual_plan import SPEC as PLAN
from supervision.law.text import T
from supervision.publication import corrections, plans, search, services
from supervision.publication.composed import spans
from supervision.publication.models import PlanLine, Publication
from supervision.publication.search import Search
from supervision.publication.services import Commended
from tests.publication.factory import AT, TODAY, facts, four_recommendations, publication

pytestmark = pytest.mark.django_db
WRONG, RIGHT, BETTER = "214 hồ sơ", "241 hồ sơ", "240 hồ sơ"


def correct(
    page: Publication,
    was: str,
    now: str,
    *,
    place: str = "Đoạn 1",
    days: int = 0,
    reason: str = "Ghi nhầm số",
) -> None:
    services.correct(
        publication=page,
        reason=reason,
        changes=[{"place": place, "was": was, "now": now}],
        number=f"{20 + days}/MTTQ-BTT",
        at=AT + dt.timedelta(days=days),
        by_label="Văn thư",
    )


def withdraw(page: Publication, **other: Any) -> None:
    services.withdraw(publication=page, reason="Sai thẩm quyền", number="9/QĐ", at=AT, by_label="V", **other)


def found(query: str) -> list[Publication]:
    return [row.publication for row in search.answer(Search.of({"q": query}), on=TODAY).rows(0, 20)]


def text(address: str) -> str:
    return Client().get(address).content.decode()


def commending(**other: Any) -> Publication:
    practice = Commended("ubnd-24", "UBND tỉnh", "Trả kết quả tại nhà", "Xã trả kết quả tại nhà.")
    return services.publish(
        facts=facts(commended=[practice], **other), progress=four_recommendations(), at=AT, by_label="Văn thư"
    )


def test_search_finds_the_corrected_words_and_those_that_were_signed() -> None:
    page = publication([])
    assert found(f'"{RIGHT}"') == []
    correct(page, WRONG, RIGHT)
    assert found(f'"{RIGHT}"') == found(f'"{WRONG}"') == [page]
    correct(page, RIGHT, BETTER, days=2)
    assert found(f'"{RIGHT}"') == [] and found(f'"{BETTER}"') == [page]


def test_a_correction_of_a_correction_stands_and_the_older_one_says_so() -> None:
    page = publication([])
    correct(page, WRONG, RIGHT)
    correct(page, RIGHT, BETTER, place="đoạn  1, câu đầu", days=2)
    first, second = corrections.told(page)
    assert (first.is_over, second.is_over) == (True, False)
    assert [one.now for one in corrections.standing(page)] == [BETTER]
    shown = text(page.address)
    assert shown.count("Chỗ này đã đính chính lại ngày 21/11/2026; đọc theo lần đính chính sau.") == 2
    assert shown.count("Phần còn lại của văn bản giữ nguyên hiệu lực") == 1


def test_a_correction_of_a_part_leaves_the_rest_and_every_page_reads_the_same() -> None:
    """The rest of a corrected passage was once told to be read in a later letter that says nothing of it."""
    page = publication([])
    correct(page, WRONG, "241 hồ sơ và 7 đơn")
    correct(page, "241 hồ sơ", "240 hồ sơ", days=2)
    assert [one.now for one in corrections.standing(page)] == ["240 hồ sơ và 7 đơn"]
    shown = text(page.address)
    assert "Chỗ này đã đính chính lại" not in shown, "the rest of it stands by this correction alone"
    assert shown.count("Cả đoạn nay đọc:") == 4 and shown.count("240 hồ sơ và 7 đơn") == 4
    assert found('"240 hồ sơ và 7 đơn"') == found('"7 đơn"') == [page] and found('"241 hồ sơ"') == []
    correct(page, "7 đơn", "8 đơn", days=3)
    assert not any(one.is_over for one in corrections.told(page))
    assert [one.reads for row in corrections.told(page) for one in row.passages] == ["240 hồ sơ và 8 đơn"] * 3
    assert found('"7 đơn"') == [] and found('"240 hồ sơ và 8 đơn"') == [page]
    correct(page, "240 hồ sơ và 8 đơn", "248 việc", days=4)
    assert [one.is_over for one in corrections.told(page)] == [True, True, True, False]


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_code_on_the_paper_names_every_correction_in_force(language: str) -> None:
    """Whoever compared a paper by its code once learned of one mistake of two."""
    page = publication([])
    correct(page, WRONG, RIGHT, reason="Sai con số")
    correct(page, RIGHT, BETTER, days=1, reason="Vẫn sai con số")
    correct(page, "Phần", "Mục", place="Đầu bài", days=2, reason="Sai chữ")
    shown = text(f"{language}/v/{page.code}/")
    assert "Vẫn sai con số" in shown and "Sai chữ" in shown and ": Sai con số" not in shown
    assert "21/MTTQ-BTT" in shown and "22/MTTQ-BTT" in shown and "20/MTTQ-BTT" not in shown
    for days in range(3, 14):
        correct(page, f"chỗ {days}", "x", place=f"Chỗ {days}", days=days, reason=f"Lý do {days}.")
    shown = text(f"{language}/v/{page.code}/")
    assert "Lý do 13." in shown and "Lý do 4." in shown and "Lý do 3." not in shown, "the ten newest"
    assert language or "13 lần đính chính còn hiệu lực" in shown


def test_the_published_words_are_corrected_again_at_the_same_place_alone() -> None:
    page = publication([])
    correct(page, WRONG, RIGHT)
    correct(page, WRONG, BETTER, place="Mục 1", days=1)
    assert [one.now for one in corrections.standing(page)] == [RIGHT, BETTER]
    correct(page, WRONG, "hồ sơ", days=2)
    assert [one.now for one in corrections.standing(page)] == [BETTER, "hồ sơ"]


@pytest.mark.parametrize(
    ("passage", "times"), [("hồ sơ", 2), ("ồ sơ", 0), ("a", 0), ("(hai)", 1), ("71%", 1), ("7", 0)]
)
def test_a_passage_is_whole_words(passage: str, times: int) -> None:
    assert len(spans(passage, "Xem 214 hồ sơ (hai) của xã; 71% hồ sơ")) == times


LISTS = ("/", "/ket-luan/", "/kien-nghi/", "/cach-lam-hay/", "/ket-luan/?q=đất")


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(("language", "mark"), [("", "Đã đính chính"), ("/en", "Corrected")])
def test_every_list_marks_what_was_corrected(address: str, language: str, mark: str) -> None:
    page = commending(issued_on=TODAY)
    before, address = text(f"{language}{address}"), f"{language}{address}"
    assert page.address in before
    chips = before.count("#i-pencil")
    correct(page, WRONG, RIGHT)
    after = text(address)
    assert mark in after and after.count(mark) > before.count(mark), chips


@pytest.mark.parametrize("address", [*LISTS, "/ket-luan/?q=07", "/ket-luan/?tinh-trang=thu-hoi"])
def test_no_list_says_what_a_withdrawn_paper_said(address: str) -> None:
    page = commending(lead="Tóm tắt chỉ có ở đây", issued_on=TODAY)
    withdraw(page)
    shown = text(address)
    assert "Tóm tắt chỉ có ở đây" not in shown and "Xã trả kết quả tại nhà" not in shown
    assert page.address not in shown or "Đã thu hồi" in shown


def test_the_home_page_says_how_many_of_what_was_published_are_withdrawn() -> None:
    page = commending(issued_on=TODAY)
    assert "đã thu hồi" not in text("/")
    withdraw(page)
    shown = text("/")
    assert re.search(r"<b>1</b>\s*<span>kết quả đã công bố", shown) and "trong đó 1 đã thu hồi" in shown
    assert "Chưa có kết quả nào" not in shown and "Không có kết quả nào đang có hiệu lực" in shown


def test_a_plan_that_was_corrected_says_so_where_its_items_are_read() -> None:
    page = publication([], form=PLAN.slug)
    nothing = T("", "")
    line = plans.Line(
        number=1, state=PlanLine.State.NOT_BEGUN, ends_on=TODAY, code="KH-01", title="Giám sát đất đai",
        form=nothing, field=nothing, period=nothing, agency="UBND", chair="MTTQ",
    )  # fmt: skip
    gone = dataclasses.replace(line, number=2, code="KH-02", title="Chỉ ở bản hai").gone()
    plan = plans.publish_plan(publication=page, year=2026, lines=[line, gone], at=AT)
    correct(page, WRONG, RIGHT)
    shown = text(plan.address)
    assert "Đã đính chính" in shown and RIGHT in shown
    assert "Đã đính chính" in text("/ke-hoach/")
    assert "KH-01" in shown and "KH-02" not in shown and "Chỉ ở bản hai" not in shown
