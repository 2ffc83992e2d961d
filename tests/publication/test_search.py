"""Finding: without marks, in any spelling of a number, with any text typed; counts that keep their word."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supervision.law.forms.annual_plan import SPEC as PLAN
from supervision.publication import search, services
from supervision.publication.models import FacetCount, Publication, SearchRow
from supervision.publication.search import KEYS, Search
from supervision.publication.vocabulary import Reply
from tests.publication import factory

pytestmark = pytest.mark.django_db


def titles(**query: str) -> list[str]:
    found = search.answer(Search.of(query), on=factory.TODAY)
    return [row.publication.title for row in found.rows()]


def test_words_without_marks_find_words_with_marks() -> None:
    factory.publication()
    assert len(titles(q="khieu nai dat dai")) == 1
    assert len(titles(q="khiếu nại đất đai")) == 1
    assert titles(q="khieu nai dat rung") == []


def test_d_finds_the_barred_d_and_both_ways_of_placing_a_mark_are_one() -> None:
    factory.publication(number_text="01/TB", title="Nước sạch ở thôn Đào", progress=[])
    factory.publication(number_text="02/TB", title="Hoà giải ở cơ sở", progress=[])
    assert titles(q="dao") == ["Nước sạch ở thôn Đào"]
    assert titles(q="ĐÀO") == ["Nước sạch ở thôn Đào"]
    assert titles(q="hòa giải") == ["Hoà giải ở cơ sở"]


def test_what_is_spelled_exactly_as_typed_comes_first() -> None:
    factory.publication(number_text="01/TB", title="Kiểm tra chợ Bàn", progress=[])
    factory.publication(number_text="02/TB", title="Kiểm tra chợ Bán", progress=[])
    factory.publication(number_text="03/TB", title="Kiểm tra chợ Ban", progress=[])
    for typed in ("Bàn", "Bán", "Ban"):
        assert titles(q=f"chợ {typed}")[0] == f"Kiểm tra chợ {typed}"


@pytest.mark.parametrize("typed", ["12/TB-MTTQ-BTT", "12 tb mttq btt", "12/tb-mttq-btt", " 12TBMTTQBTT "])
def test_a_number_is_found_in_any_spelling(typed: str) -> None:
    factory.publication(number_text="12/TB-MTTQ-BTT")
    factory.publication(number_text="13/TB-MTTQ-BTT", progress=[])
    found = search.answer(Search.of({"q": typed}), on=factory.TODAY)
    assert [row.publication.number_text for row in found.rows()] == ["12/TB-MTTQ-BTT"]


def test_a_leading_zero_makes_no_other_number() -> None:
    factory.publication(number_text="07/TB-MTTQ-BTT")
    assert len(titles(q="7/TB-MTTQ-BTT")) == 1


def test_words_in_quotes_must_stand_together() -> None:
    factory.publication()
    assert len(titles(q='"khiếu nại đất đai"')) == 1
    assert titles(q='"đất đai khiếu nại"') == []


NASTY = [
    '"',
    "'",
    "AND",
    "NOT x",
    "NEAR(a b)",
    "a*",
    "col:x",
    "%",
    "_",
    "\\",
    "--",
    ";",
    "^",
    "\x00",
    "😀",
    "(",
    ")",
]


@pytest.mark.parametrize("typed", [*NASTY, " ".join(NASTY), "đ" * 3000])
def test_nothing_typed_breaks_the_search(typed: str) -> None:
    factory.publication()
    asked = Search.of({"q": typed, "nam": typed, "tinh": typed, "tra-loi": typed, "xep": typed})
    assert search.answer(asked, on=factory.TODAY).rows() == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60))
def test_any_text_at_all_is_answered(typed: str) -> None:
    asked = Search.of({"q": typed})
    search.answer(asked, on=factory.TODAY).rows(0, 1)


@pytest.fixture
def forty() -> None:
    factory.publication()
    factory.many(40)
    withdrawn = Publication.objects.order_by("id")[3]
    services.withdraw(
        publication=withdrawn,
        reason="ghi nhầm",
        number="1/QĐ",
        at=factory.moment(factory.TODAY),
        by_label="x",
    )


CHOICES: list[dict[str, str]] = [
    {},
    {"q": "khieu nai"},
    {"cap": "commune"},
    {"nam": "2026", "tinh": "24"},
    {"tra-loi": Reply.LATE},
    {"q": "đất", "linh-vuc": "land", "tra-loi": Reply.RUNNING},
    {"co-quan": "ubnd-2", "cap": "province"},
    {"tinh-trang": "thu-hoi"},
]


@pytest.mark.parametrize("chosen", CHOICES, ids=str)
def test_a_facet_count_is_the_number_of_results_after_the_click(forty: None, chosen: dict[str, str]) -> None:
    asked = Search.of(chosen)
    answer = search.answer(asked, on=factory.TODAY)
    assert answer.count == len(answer.rows())
    assert any(answer.facets.values())
    for key, values in answer.facets.items():
        for value in values:
            after = search.answer(Search.of({**chosen, key: value.value}), on=factory.TODAY)
            assert after.count == len(after.rows()) == value.count, (key, value)


def test_overdue_is_computed_on_the_day_of_reading() -> None:
    factory.publication()
    late = Search.of({"tra-loi": Reply.LATE})
    assert search.answer(late, on=factory.TODAY).count == 1
    assert search.answer(late, on=factory.TODAY.replace(day=13)).count == 0
    assert [one.number for one in search.overdue(on=factory.TODAY)] == [3]


def test_facets_are_one_query_and_results_are_one(forty: None, django_assert_num_queries: Any) -> None:
    asked = Search.of({"q": "khieu nai", "cap": "province"})
    with CaptureQueriesContext(connection) as queries:
        ids = search.answer(asked, on=factory.TODAY).ids
        list(SearchRow.objects.filter(pk__in=ids[:20]))
    assert len(queries) == 2


def test_an_annual_plan_is_no_finding() -> None:
    """It has a list of its own: neither found, nor counted by a facet, nor one of this year's results."""
    plan = factory.publication(number_text="01/KH-MTTQ-BTT", title="Kế hoạch", form=PLAN.slug, progress=[])
    assert titles(q="kế hoạch") == [] and search.answer(Search(), on=factory.TODAY).count == 0
    with time_machine.travel(factory.moment(factory.TODAY), tick=True):
        home = Client().get("/").content.decode()
        assert plan.address not in home and re.search(r"/ket-luan/\?nam=2026[^>]*>\s*<b>0</b>", home)
        assert Client().get(plan.address).status_code == 200


def test_unknown_filters_are_left_out() -> None:
    asked = Search.of({"q": " a  b ", "cap": "", "la": "x", "xep": "id; DROP"})
    assert asked == Search(query="a b", filters={}, order="")
    assert set(KEYS) >= set(asked.filters)


def test_counts_are_kept_by_whatever_changes_a_publication() -> None:
    made = factory.publication()
    factory.publication(number_text="08/TB-MTTQ-BTT", progress=[])
    services.follow_up(publication=made, progress=factory.four_recommendations()[0], at=factory.AT)
    services.correct(
        publication=made,
        reason="ghi nhầm",
        changes=[{"place": "x", "was": "a", "now": "b"}],
        number="1",
        at=factory.AT,
        by_label="x",
    )
    services.withdraw(publication=made, reason="ghi nhầm", number="2", at=factory.AT, by_label="x")
    kept = set(FacetCount.objects.exclude(count=0).values_list("key", "value", "count"))
    assert ("tinh-trang", "thu-hoi", 1) in kept and ("", "", 2) in kept
    call_command("search_rebuild", verbosity=0)
    assert set(FacetCount.objects.values_list("key", "value", "count")) == kept


def test_three_words_in_quotes_stand_together_not_two_and_two() -> None:
    factory.publication(number_text="01/TB", title="Trạm y tế xã, bảo hiểm y tá", progress=[])
    factory.publication(number_text="02/TB", title="Bảo hiểm y tế", progress=[])
    found = search.answer(Search.of({"q": '"hiểm y tế"'}), on=factory.TODAY)
    assert [row.publication.number_text for row in found.rows()] == ["02/TB"] and found.count == 1


def test_words_in_the_title_come_first_and_the_newest_of_equals() -> None:
    titles = ("Nước sạch", "Khiếu nại đất đai", "Nước sạch")
    for number, title in enumerate(titles, start=1):
        issued = factory.TODAY.replace(day=number)
        factory.publication(number_text=f"0{number}/TB", title=title, lead="x", issued_on=issued, progress=[])
    found = search.answer(Search.of({"q": "khiếu nại"}), on=factory.TODAY)
    assert [row.publication.number_text for row in found.rows()] == ["02/TB", "03/TB", "01/TB"]
