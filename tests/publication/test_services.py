"""Nothing published changes: what happens later is a new row, and the database refuses the rest."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from supervision.errors import AlreadyDone, InvalidInput, WrongState
from supervision.publication import services
from supervision.publication.models import Entry, Publication
from supervision.publication.services import Progress
from supervision.publication.text import Section
from supervision.publication.vocabulary import State
from tests.publication import factory

pytestmark = pytest.mark.django_db
AT = factory.moment(factory.TODAY)


def test_a_publication_keeps_its_address_number_and_first_entry() -> None:
    published = factory.publication()
    assert published.address == "/ket-luan/2026/mttq-24/07-tb-mttq-btt/"
    assert published.number_key == "07tbmttqbtt"
    assert [entry.what for entry in published.entries.all()] == [Entry.What.PUBLISH]
    assert published.search_row.standings.count() == 4


def test_the_same_document_is_published_once() -> None:
    factory.publication()
    with pytest.raises(AlreadyDone):
        factory.publication()


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(InvalidInput):
        factory.publication(sections=(Section("Chỉ có đề mục", " "),))


@pytest.mark.parametrize("table", ["publication_publication", "publication_entry", "publication_followup"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_was_published(table: str, statement: str) -> None:
    factory.publication()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_a_correction_names_what_changed_and_leaves_the_text_alone() -> None:
    published = factory.publication()
    before = published.html
    services.correct(
        publication=published,
        reason="nhầm khi tổng hợp biểu số 3",
        changes=[{"place": "Mục 2, câu thứ nhất", "was": "43 hồ sơ", "now": "34 hồ sơ"}],
        number="05/ĐC-MTTQ-BTT",
        at=AT,
        by_label="Cán bộ mẫu 5",
    )
    published = Publication.objects.get()
    assert published.html == before
    assert published.search_row.validity == "dinh-chinh"


def test_a_withdrawn_publication_is_withdrawn_once_and_not_corrected_after() -> None:
    published = factory.publication()
    heir = factory.publication(number_text="08/TB-MTTQ-BTT")
    services.withdraw(
        publication=published,
        reason="ghi nhầm tên cơ quan",
        number="08/QĐ-MTTQ-BTT",
        replaced_by=heir,
        at=AT,
        by_label="Cán bộ mẫu 5",
    )
    assert published.search_row.validity == "thu-hoi" or Publication.objects.get(
        pk=published.pk
    ).search_row.validity == ("thu-hoi")
    with pytest.raises(WrongState):
        services.withdraw(publication=published, reason="lần hai", number="9", at=AT, by_label="x")
    with pytest.raises(WrongState):
        services.correct(
            publication=published,
            reason="r",
            changes=[{"place": "p", "was": "w", "now": "n"}],
            number="1",
            at=AT,
            by_label="x",
        )


def test_following_up_adds_a_row_and_the_newest_one_counts() -> None:
    published = factory.publication()
    verified = Progress(
        number=3,
        state=State.VERIFIED,
        addressee_code="ubnd-mau-trung",
        addressee_name="UBND phường Mẫu Trung",
        text="Công khai danh sách hồ sơ quá hẹn.",
    )
    services.follow_up(publication=published, progress=verified, at=AT)
    row = Publication.objects.get().search_row
    assert (row.verified_count, row.open_count, row.total_count) == (2, 2, 4)
    assert row.earliest_due_on == dt.date(2026, 11, 27)
    assert published.follow_ups.filter(number=3).count() == 2


def test_authored_text_comes_out_escaped() -> None:
    published = factory.publication(
        sections=(Section("<b>Đề mục</b>", "<script>alert(1)</script>\n- mục & một"),)
    )
    assert "<script>" not in published.html
    assert "<li>mục &amp; một</li>" in published.html
