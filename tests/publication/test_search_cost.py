"""A search costs what its answer costs: which indexes are read, how many rows, whatever the archive holds."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from supervision.publication import facets, index, search
from supervision.publication.models import Publication, SearchRow
from supervision.publication.search import KEYS, MOST, Search
from supervision.publication.vocabulary import Reply
from tests.publication import archive, factory

pytestmark = [pytest.mark.django_db, pytest.mark.tier("all")]
TABLES = ("publication_searchrow", "publication_publication", "publication_standing")
QUESTIONS: list[dict[str, str]] = [
    {},
    {"q": "mttq"},
    {"q": "giám sát kiến nghị"},
    {"q": "ma7"},
    {"q": '"bảo hiểm y tế"'},
    {"q": "7/TB-MTTQ-BTT"},
    {"q": "mttq", "tinh": "07"},
    {"q": "khongcogica"},
    {"nam": "2020"},
    {"tra-loi": Reply.LATE},
    {"tra-loi": Reply.RUNNING, "cap": "commune"},
    {"xep": "qua-han"},
    {"co-quan": "ubnd-3"},
]


@pytest.fixture(scope="module")
def large(stays: None) -> None:
    """An archive in which the commonest words are in more papers than are counted."""
    archive.fill(3 * MOST, made=300, apart=1_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def answered(**query: str) -> search.Answer:
    answer = search.answer(Search.of(query), on=factory.TODAY)
    answer.rows(0, 20)
    return answer


def scans() -> dict[str, int]:
    """How often each table was read from end to end in this transaction, inside functions too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, seq_scan FROM pg_stat_xact_user_tables WHERE relname = ANY(%s)", [list(TABLES)]
        )
        return dict(cursor.fetchall())


def scanned(work: Any) -> list[str]:
    """Return what `work` must read from end to end: tables on PostgreSQL, steps of the plans on SQLite.

    PostgreSQL rightly reads a table of this size whole where it may, so it is told that it may not.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        before = scans()
        work()
        return [name for name, count in scans().items() if count > before[name]]
    with CaptureQueriesContext(connection) as queries:
        work()
    steps = []
    for query in queries.captured_queries:
        if query["sql"].startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}".replace("%", "%%"), [])
                steps += [row[3] for row in cursor.fetchall()]
    return [step for step in steps if re.fullmatch(r"SCAN (?:r|s|publication_\w+)", step)]


@pytest.mark.parametrize("asked", QUESTIONS, ids=str)
def test_no_question_reads_a_table_from_end_to_end(large: None, asked: dict[str, str]) -> None:
    assert scanned(lambda: answered(**asked)) == []


@pytest.mark.parametrize(
    "address", ["/ket-luan/?q=mttq", "/kien-nghi/", "/kien-nghi/?tinh-trang=xac-minh", "/"]
)
def test_no_list_reads_a_table_from_end_to_end(large: None, client: Client, address: str) -> None:
    def page() -> None:
        assert client.get(address).status_code == 200

    page()
    assert scanned(page) == []


def test_what_is_common_is_counted_to_a_bound_and_the_list_says_so(large: None, client: Client) -> None:
    answer = answered(q="mttq")
    assert (answer.count, answer.more, len(answer.rows())) == (MOST, True, MOST)
    for address in ("/ket-luan/?q=mttq", "/ket-luan/?q=mttq&trang=4000", "/ket-luan/?trang=4000"):
        html = client.get(address).content.decode()
        assert "hơn 1.000 kết quả" in html.lower() and "Danh sách dừng ở 1.000 mục" in html
    assert "Trang 50</title>" in html or "Trang 50 " in html
    assert "hơn 1.000" in client.get("/kien-nghi/?trang=4000").content.decode()


def test_of_more_than_is_ranked_the_newest_stand_in_the_answer(large: None) -> None:
    newest = set(SearchRow.objects.order_by("-pk").values_list("pk", flat=True)[: MOST + 1])
    for order in ("khop", "moi"):
        ids = answered(q="mttq", xep=order).ids
        assert len(set(ids)) == MOST and set(ids) <= newest


def test_a_word_of_every_paper_reads_the_newest_blocks_alone(large: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("FTS5 hands out row numbers one by one")

    def fetched() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = %s", [TABLES[0]]
            )
            return int(cursor.fetchone()[0])

    before = fetched()
    answer = search.answer(Search.of({"q": "mttq"}), on=factory.TODAY)
    assert (
        answer.more and fetched() - before < 2.6 * MOST
    )  # found, then read by key: not three thousand and one


def test_the_oldest_paper_is_found_by_its_own_word_number_and_marks(large: None) -> None:
    first = Publication.objects.order_by("pk").first()
    assert first is not None
    assert [row.publication for row in answered(q=f"mttq ma{first.pk}").rows()] == [first]
    numbered = [row.publication.number_text for row in answered(q="1/TB-MTTQ-BTT").rows(0, 20)]
    assert set(numbered[:10]) == {"1/TB-MTTQ-BTT"}


def test_the_longest_overdue_is_first_however_old_its_paper_is(large: None) -> None:
    due = SearchRow.objects.exclude(earliest_due_on=None).order_by("earliest_due_on").first()
    assert due is not None
    for query in ("", "mttq"):
        found = answered(q=query, xep="qua-han").rows(0, 1)
        assert found[0].earliest_due_on == due.earliest_due_on


def test_a_value_without_a_known_number_has_none_and_every_value_stays_reachable(
    large: None, client: Client
) -> None:
    bodies = set(SearchRow.objects.values_list("organization_code", flat=True))
    assert len(bodies) > 100
    shown = answered(q="mttq").facets["don-vi"]
    assert shown and all(one.count is None for one in shown)
    assert {one.value for one in answered(q="mttq", mo="tinh").facets["tinh"]} == {
        f"{n:02d}" for n in range(1, 35)
    }
    assert len(answered(mo="don-vi").facets["don-vi"]) == min(len(bodies), search.ALL_VALUES)
    html = client.get("/ket-luan/?q=mttq").content.decode()
    link = re.search(r'href="([^"]*mo=tinh#[^"]*)"', html)
    assert link
    opened = client.get(f"/ket-luan/{link.group(1).replace('&amp;', '&')}").content.decode()
    assert all(f"Tỉnh Mẫu {n}<" in opened for n in range(1, 35))


def test_counts_of_the_whole_list_are_those_of_its_rows(large: None) -> None:
    found = answered()
    for key in KEYS:
        wanted = facets.tally(index.listed(), key, factory.TODAY)
        some = {one.value: one.count for one in wanted}
        assert all(some[one.value] == one.count for one in found.facets[key]), key
    assert [one.count for one in found.facets["tra-loi"]]


TYPED = {
    "500 words": " ".join(f"a{n}" for n in range(500)),
    "one letter": "a",
    "quotes alone": '"“”""',
    "an open quote": '"đất đai',
    "200 phrases": " ".join(f'"a{n} b{n} c{n}"' for n in range(200)),
    "10,000 letters": "giám sát " * 1_200,
    "wildcards": "% _ * ? mttq*",
    "language of FTS5": 'NEAR("giám" "sát", 2) OR tokens:mttq ^a -b {title_words}: (c NOT d',
    "language of tsquery": "giám & !sát | (đất <-> đai):A*",
    "other scripts": "監督 надзор 😀 ﷽",
    "backslashes": "\\' OR 1=1; --",
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED.keys())
@pytest.mark.parametrize("order", ["", "moi", "qua-han"])
def test_a_hostile_question_is_answered_from_the_index(
    large: None, client: Client, typed: str, order: str
) -> None:
    answer: Any = None

    def page() -> None:
        nonlocal answer
        answer = client.get("/ket-luan/", {"q": typed, "xep": order, "tinh": "07", "trang": "4000"})

    page()
    assert scanned(page) == [] and answer.status_code == 200
    if len(typed.split()) > 100:
        assert "Câu tìm dài quá" in answer.content.decode()
