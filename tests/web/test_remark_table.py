"""The table of remarks and answers as a page: order, filters, words, both sides, and what it costs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
import time_machine
from django.db import connection

from supervision.cases.models import Criticism
from supervision.demo.world import actor
from supervision.drafts.models import Answer, AnswerRound, Remark
from supervision.drafts.services import newest_version, reopen
from supervision.drafts.table import matrix
from supervision.drafts.texts import keep_text
from supervision.legaltext.outline import outline, read_text
from tests.markup import html_of
from tests.owner import guards_off
from tests.remarks import AGENCY, AT, OFFICER, STRANGER, a_criticism
from tests.web.test_limits import MANY, analyze, client_of, plan_of, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def sixty() -> Iterator[Criticism]:
    """A criticism with sixty remarks, so that the table has two pages."""
    row = a_criticism(60)
    with time_machine.travel(AT, tick=True):
        yield row


def address(row: Criticism, more: str = "") -> str:
    return f"/phan-bien/{row.public_id}/bang/{more}"


def page(row: Criticism, query: str = "", who: str = OFFICER) -> str:
    return html_of(client_of(who).get(address(row, query)))


def start_answering(row: Criticism, remarks: Iterable[Remark]) -> None:
    """Let the agency have answers in hand that it has not sent yet."""
    mandate = actor(AGENCY).mandate
    working = AnswerRound.objects.create(draft=row.draft, number=2, drafted_by=mandate, drafted_at=AT)
    Answer.objects.bulk_create(
        Answer(round=working, remark=remark, verdict="not_accepted", text="Trả lời còn soạn")
        for remark in remarks
    )


def codes(html: str) -> list[str]:
    return re.findall(r'<th scope="row">\s*(YK-\d+),', html)


def test_remarks_stand_in_the_order_of_the_draft_and_the_whole_draft_comes_first(sixty: Criticism) -> None:
    first = codes(page(sixty))
    assert len(first) == 50 and first[0] == "YK-60"  # on the whole draft
    assert first[1:] == [f"YK-{n:02d}" for n in range(59, 10, -1)]
    assert codes(page(sixty, "?trang=2")) == [f"YK-{n:02d}" for n in range(10, 0, -1)]
    assert [line.remark.code for line in matrix.lines(sixty.draft)] == [
        f"YK-{n:02d}" for n in range(60, 0, -1)
    ]


def test_a_text_that_is_read_anew_moves_the_remarks_with_their_provisions(sixty: Criticism) -> None:
    """Articles that change places take their remarks along; what names no provision of it comes last."""
    text = "\n".join(f"Điều {n}. Tên điều {n}\n1. Khoản một.\n2. Khoản hai." for n in range(1, 201))
    Remark.objects.filter(number=7).update(provision="Điều 999", node="")
    moved = outline(*read_text(text))
    moved.nodes.reverse()
    keep_text(newest_version(sixty.draft), moved, source=None, by=actor(OFFICER).mandate, at=AT)
    order = [line.remark.number for line in matrix.lines(sixty.draft)]
    assert order == [60, *(n for n in range(1, 60) if n != 7), 7]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tra-loi=tiep-thu", {n for n in range(1, 61) if n % 10 in (0, 2, 5, 9)}),
        ("tra-loi=chua-tra-loi", {n for n in range(1, 61) if n % 10 in (4, 8)}),
        ("ai=expert", {n for n in range(1, 61) if n % 6 == 3}),
        ("dieu=toan-van", {60}),
        ("dieu=dieu-200", {1}),
        ("dieu=dieu-200-khoan-2", {1}),
        ("dieu=dieu-200-khoan-1", set()),
        ("q=luat+gia&tra-loi=mot-phan", {n for n in range(1, 61) if n % 3 == 0 and n % 10 in (1, 6)}),
        ("q=Y+KIEN+THU+42", {42}),
        ("q=yk-07", {7}),
        ("ai=khac&tra-loi=khac&dieu=khac", set(range(1, 61))),
    ],
)  # fmt: skip
def test_the_table_is_narrowed(sixty: Criticism, query: str, expected: set[int]) -> None:
    html = page(sixty, f"?{query}") + page(sixty, f"?{query}&trang=2") * (len(expected) > 50)
    assert {int(code[3:]) for code in codes(html)} == expected
    assert f"60 ý kiến. Tiếp thu: {24}" in html  # the whole table, whatever is chosen


def test_each_verdict_tells_how_many_it_would_show(sixty: Criticism) -> None:
    html = page(sixty, "?ai=expert&trang=1")
    pills = re.search(r'<ul class="gs-pills">.*?</ul>', html, re.S)
    assert pills
    told = re.findall(r'href="([^"]+)"[^>]*>[^<]*<b>(\d+)</b>', pills[0])
    assert [int(count) for _address, count in told] == [10, 4, 2, 4, 0]
    for link, count in told:
        assert len(codes(page(sixty, link.replace("&amp;", "&")))) == int(count)


def test_the_agency_reads_its_working_answers_and_nobody_else_does(sixty: Criticism) -> None:
    start_answering(sixty, Remark.objects.filter(number__in=(4, 8)))
    assert "Trả lời còn soạn" in page(sixty, "?tra-loi=khong-tiep-thu", AGENCY)
    assert len(codes(page(sixty, "?tra-loi=chua-tra-loi", AGENCY))) == 10
    assert "Trả lời còn soạn" not in page(sixty, "?trang=2")
    assert len(codes(page(sixty, "?tra-loi=chua-tra-loi"))) == 12


def test_an_answer_that_is_asked_for_again_is_open(sixty: Criticism) -> None:
    reopen(sixty.draft, [Remark.objects.get(number=5)])
    assert "YK-05" in codes(page(sixty, "?tra-loi=chua-tra-loi"))
    assert "YK-05" not in codes(page(sixty, "?tra-loi=tiep-thu"))


def test_strangers_see_no_table_and_the_agency_only_what_it_was_sent(sixty: Criticism) -> None:
    for path in ("", "bang.csv", "tai/"):
        assert client_of(STRANGER).get(address(sixty, path)).status_code == 404
        assert client_of(AGENCY).get(address(sixty, path)).status_code == 200
    with guards_off():  # nothing that was sent is unsent otherwise
        Criticism.objects.update(sent_at=None)
    for path in ("", "bang.csv", "tai/"):
        assert client_of(AGENCY).get(address(sixty, path)).status_code == 404


def test_the_page_of_the_criticism_shows_a_short_table_and_leads_to_a_long_one(sixty: Criticism) -> None:
    place = f"/phan-bien/{sixty.public_id}/"
    html = html_of(client_of(OFFICER).get(place))
    assert "60 ý kiến. Tiếp thu: 24" in html and f'href="{place}bang/"' in html
    assert not codes(html)
    with guards_off():  # what was sent stays otherwise
        Answer.objects.filter(remark__number__gt=20).delete()
        Remark.objects.filter(number__gt=20).delete()
    assert len(codes(html_of(client_of(OFFICER).get(place)))) == 20


QUERIES = (
    "",
    "?trang=3",
    "?tra-loi=tiep-thu",
    "?dieu=dieu-200",
    "?ai=expert&q=thoi+han&tra-loi=chua-tra-loi",
)


@pytest.mark.tier("all")
def test_ten_thousand_remarks_cost_as_many_queries_as_ten() -> None:
    counted = []
    for count in (10, MANY):
        row = a_criticism(count)
        start_answering(row, Remark.objects.filter(draft=row.draft, verdict=""))
        analyze()
        with time_machine.travel(AT, tick=True):
            for who in (OFFICER, AGENCY):
                counted.append([queries(client_of(who), address(row, query)) for query in QUERIES])
                counted[-1].append(queries(client_of(who), address(row, "tai/")))
    assert counted[:2] == counted[2:]
    for narrowed in ({}, {"says": "accepted"}, {"author": "expert"}, {"place__range": (50, 53)}):
        plan = plan_of(matrix.remarks(row.draft).filter(**narrowed)[:50])
        table = Remark._meta.db_table
        assert f"SCAN {table}" not in plan and f"Seq Scan on {table}" not in plan, f"{narrowed}\n{plan}"
        if connection.vendor == "sqlite":
            assert "TEMP B-TREE" not in plan, plan
