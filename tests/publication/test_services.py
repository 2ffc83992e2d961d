"""Nothing published changes: what happens later is a new row, and the database refuses the rest."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from supervision.errors import AlreadyDone, InvalidInput, WrongState
from supervision.publication import services
from supervision.publication.models import Entry, Publication
from supervision.publication.progress import Progress
from supervision.publication.text import Section, signed_sections, to_html, to_plain
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


def test_a_signed_paper_keeps_its_own_markup_below_the_headings_of_the_page() -> None:
    article = (
        '<p class="kinh-gui-mot">Kính gửi: UBND xã Mẫu.</p><h2 class="muc">I. KẾT LUẬN &amp; Ý KIẾN</h2>'
        '<h3 class="muc">I. CON</h3><p>Có &lt;b&gt; và</p><table><colgroup><col class="c19"></colgroup>'
        '<tr><th scope="row">KN-1</th><td>Rà soát</td></tr></table>'
    )
    before, conclusion = sections = signed_sections(article)
    assert (before.title, before.text) == ("", "Kính gửi: UBND xã Mẫu.")
    assert conclusion.title == "I. KẾT LUẬN & Ý KIẾN"
    assert conclusion.text == "I. CON\nCó <b> và\nKN-1 Rà soát"
    assert to_html(sections) == (
        '<p>Kính gửi: UBND xã Mẫu.</p>\n<h3 id="muc-2">I. KẾT LUẬN &amp; Ý KIẾN</h3>\n<h4>I. CON</h4>'
        '<p>Có &lt;b&gt; và</p><table><tr><th scope="row">KN-1</th><td>Rà soát</td></tr></table>'
    )
    assert "KN-1 Rà soát" in to_plain(sections)
