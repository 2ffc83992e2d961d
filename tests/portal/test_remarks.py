"""The remarks of a published criticism: read page by page, by verdict and by code; what was said stays."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from supervision.publication import remarks, services
from supervision.publication.models import PublishedRemark
from tests.publication import factory

pytestmark = pytest.mark.django_db
AT, criticism, row = factory.AT, factory.criticism, factory.remark


def read(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_short_table_stands_on_the_page_itself() -> None:
    html = read(criticism(12).address)
    assert html.count('<tr id="yk-') == 12 and "Xem cả" not in html
    assert html.index('id="yk-01"') < html.index('id="yk-12"')


def test_a_long_table_is_read_page_by_page() -> None:
    page = criticism(120)
    html = read(page.address)
    assert html.count('<tr id="yk-') == 50
    assert re.search(rf'href="{page.address}y-kien/">\s*Xem cả 120 ý kiến', html)
    pages = [read(f"{page.address}y-kien/?trang={n}") for n in (1, 2, 3)]
    assert [one.count('<tr id="yk-') for one in pages] == [50, 50, 20]
    assert "Trả lời thứ 118" in pages[2]
    assert "All" in read(f"/en{page.address}y-kien/")


@pytest.mark.parametrize("more", ["", "?ket-qua=khong", "?trang=2", "?ma=YK-999"])
@pytest.mark.parametrize(("language", "mark"), [("", "Đã đính chính"), ("/en", "Corrected")])
def test_a_correction_is_read_with_the_table(language: str, mark: str, more: str) -> None:
    """The table, to which long criticisms send everybody, once showed the wrong words without a word."""
    page = criticism(60)
    address = f"{language}{page.address}y-kien/{more}"
    assert mark not in read(address)
    services.correct(
        publication=page,
        reason="Chép nhầm ý kiến",
        changes=[{"place": "Phụ lục, YK-08", "was": "Trả lời thứ 8", "now": "Trả lời thứ tám"}],
        number="20/MTTQ-BTT",
        at=AT,
        by_label="Văn thư",
    )
    html = read(address)
    assert mark in html and "Chép nhầm ý kiến" in html and "Trả lời thứ tám" in html


def test_it_is_narrowed_to_a_verdict() -> None:
    html = read(f"{criticism(12).address}y-kien/?ket-qua=khong")
    assert html.count('<tr id="yk-') == 3 and 'id="yk-02"' in html
    assert "Không tiếp thu <b>3</b>" in html and "Tất cả <b>12</b>" in html


@pytest.mark.parametrize("typed", ["YK-105", "yk 105", " 105 "])
def test_a_code_leads_to_its_place(typed: str) -> None:
    page = criticism(120)
    response = Client().get(f"{page.address}y-kien/", {"ma": typed})
    assert response["Location"] == f"{page.address}y-kien/?trang=3#yk-105"


@pytest.mark.parametrize("typed", ["YK-999", "không có", "٣", "9" * 40])
def test_a_code_that_is_not_there_is_said_so_and_stays_typed(typed: str) -> None:
    html = Client().get(f"{criticism(3).address}y-kien/", {"ma": typed}).content.decode()
    assert f"Không có ý kiến nào mang mã “{typed}”" in html and f'value="{typed}"' in html


def test_only_what_changed_is_added_and_what_was_said_stays_for_ever() -> None:
    page = criticism(12)
    assert remarks.tell(page, [row(number) for number in range(1, 13)], at=AT) == 0
    assert remarks.tell(page, [row(1), row(2, verdict="accepted")], at=AT) == 1
    assert remarks.tally(page) == {"accepted": 4, "partly": 3, "not_accepted": 2, "": 3}
    assert page.remarks.filter(code="YK-02").count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        PublishedRemark.objects.update(verdict="accepted")


def test_a_remark_keeps_the_place_at_which_it_was_published() -> None:
    """A later version gives the table another order; the page stays as it was read and signed."""
    page = criticism(12)
    assert remarks.tell(page, [replace(row(2), place=99)], at=AT) == 0
    remarks.tell(page, [replace(row(2, verdict="accepted"), place=99)], at=AT)
    assert [one.code for one in remarks.current(page)][:3] == ["YK-01", "YK-02", "YK-03"]


def test_updates_of_a_day_are_one_line_of_the_record() -> None:
    page = criticism(1)
    remarks.note_update(page, at=AT)
    remarks.note_update(page, at=AT)
    assert list(page.entries.order_by("pk").values_list("what", flat=True)) == ["publish", "update"]


def test_a_withdrawn_page_shows_no_remark_and_one_without_remarks_has_no_table() -> None:
    plain = factory.publication(number_text="08/TB-MTTQ-BTT")
    assert Client().get(f"{plain.address}y-kien/").status_code == 404
    page = criticism(3)
    services.withdraw(publication=page, reason="nhầm", number="1", at=AT, by_label="Cán bộ mẫu")
    response = Client().get(f"{page.address}y-kien/")
    assert response.status_code == 410 and "Ý kiến thứ" not in response.content.decode()


def test_a_page_costs_the_same_for_sixty_and_for_three_thousand() -> None:
    page = criticism(60)
    addresses = (page.address, f"{page.address}y-kien/", f"{page.address}y-kien/?ket-qua=khong&trang=2")
    for address in addresses:
        read(address)
    with CaptureQueriesContext(connection) as few:
        for address in addresses:
            read(address)
    for start in range(61, 3000, 500):
        remarks.tell(page, [row(number) for number in range(start, start + 500)], at=AT)
    with CaptureQueriesContext(connection) as many:
        for address in addresses:
            read(address)
    assert len(many) == len(few)
