"""A call for contributions ends before its table is an annex, its text makes way, or its case ends."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from supervision.cases.models import Criticism
from supervision.demo import script, world
from supervision.demo.driver import Driver
from supervision.documents.models import Document
from supervision.drafts.models import Call, Contribution, Remark
from supervision.drafts.table import matrix
from supervision.drafts.taking.contributions import Said
from supervision.errors import InvalidInput, WrongState
from supervision.organizations.models import Organization
from tests.drafts.texts import FEES
from tests.files import samples
from tests.markup import html_of
from tests.told import Story
from tests.web.test_contributions import C1, FARMERS, OFFICER, WOMEN, ask, moderate, send
from tests.web.test_limits import client_of
from workflows.acts import drafts, steering

pytestmark = pytest.mark.django_db
COMPILED, DRAFTED = 3, 6  # days of the story on which the table is made and the document is drafted
STORY = Story("c1", C1, until=COMPILED, seen_on=COMPILED)


@pytest.fixture
def row(driver: Driver) -> Criticism:
    criticism = Criticism.objects.get(case=driver.case)
    Remark.objects.filter(draft=criticism.draft).update(provision="khoản 2 Điều 2", node="")
    read = {"source": "dan", "pasted": FEES}
    assert client_of(OFFICER).post(f"{inside(criticism)}/du-thao/doc/", read).status_code == 302
    return criticism


def inside(row: Criticism) -> str:
    return f"/phan-bien/{row.public_id}"


def close(row: Criticism) -> None:
    assert client_of(OFFICER).post(f"{inside(row)}/lay-y-kien/thoi/").status_code == 302


def receive(row: Criticism, text: str = "") -> int:
    """Record a revised draft; return the status."""
    sent = client_of(OFFICER).post(
        f"{inside(row)}/du-thao/ban-moi/",
        {
            "issued": "no", "received_on_ngay": "21", "received_on_thang": "5", "received_on_nam": "2026",
            "number_text": "", "files": SimpleUploadedFile("ban-2.docx", samples.docx()),
        },
    )  # fmt: skip
    if text:
        client_of(OFFICER).post(f"{inside(row)}/du-thao/doc/", {"source": "dan", "pasted": text})
    return sent.status_code


def told_on(driver: Driver, act: str) -> None:
    (one,) = [one for one in script.read("c1") if one.act == act]
    script.perform(driver, one)


def test_the_document_is_drafted_once_nothing_comes_in_and_nothing_waits(
    row: Criticism, driver: Driver
) -> None:
    call = ask(row)
    send(call)
    with time_machine.travel(driver.at(DRAFTED), tick=True):
        with pytest.raises(InvalidInput, match="Đợt lấy ý kiến còn mở đến hết ngày 28/05/2026"):
            told_on(driver, "draft_criticism")
        close(row)
        with pytest.raises(InvalidInput, match="Còn 1 góp ý chờ xem"):
            told_on(driver, "draft_criticism")
        moderate(row, [Contribution.objects.get().pk], lam="nhan")
        told_on(driver, "draft_criticism")


def test_the_table_of_a_drafted_document_does_not_grow(row: Criticism, driver: Driver) -> None:
    with time_machine.travel(driver.at(DRAFTED), tick=True):
        told_on(driver, "draft_criticism")
        answer = client_of(OFFICER).post(
            f"{inside(row)}/lay-y-kien/",
            {"is_public": "yes", "closes_on_ngay": "28", "closes_on_thang": "5", "closes_on_nam": "2026"},
        )
        assert answer.status_code == 409
        assert "đang trình ký" in html_of(answer)
    assert not Call.objects.exists()


def test_the_table_grows_again_while_a_document_that_could_not_be_printed_is_mended(
    row: Criticism, driver: Driver
) -> None:
    typed = {"is_public": "yes", "closes_on_ngay": "28", "closes_on_thang": "5", "closes_on_nam": "2026"}
    with time_machine.travel(driver.at(DRAFTED), tick=True):
        told_on(driver, "draft_criticism")
        paper = Document.objects.get(kind="criticism_document")
        Document.objects.filter(pk=paper.pk).update(state=Document.State.RETURNED)
        assert client_of(OFFICER).post(f"{inside(row)}/lay-y-kien/", typed).status_code == 302
    assert Call.objects.get().version.draft == row.draft


def test_a_revised_draft_waits_for_what_was_said_of_the_one_before(row: Criticism) -> None:
    call = ask(row)
    send(call)
    assert receive(row) == 422 and row.draft.versions.count() == 1
    close(row)
    assert receive(row) == 422
    moderate(row, [Contribution.objects.get().pk], lam="bo", refusal="off_topic")
    assert receive(row) == 302 and row.draft.versions.count() == 2


def test_another_call_waits_until_what_came_in_the_last_one_is_settled(row: Criticism) -> None:
    send(ask(row))
    close(row)
    typed = {"is_public": "no", "closes_on_ngay": "28", "closes_on_thang": "5", "closes_on_nam": "2026"}
    answer = client_of(OFFICER).post(f"{inside(row)}/lay-y-kien/", typed)
    assert answer.status_code == 422 and "Còn 1 góp ý chờ xem" in html_of(answer)


def test_what_waits_when_the_case_is_called_off_is_told_why(row: Criticism, driver: Driver) -> None:
    call = ask(row)
    receipt = send(call)
    steering.cancel_case(
        actor=world.actor("mttq-24.chu_tich"), case=driver.case, reason="Rút dự thảo.", at=driver.at(3)
    )
    page = html_of(Client().get(f"/du-thao/bien-nhan/{receipt}/"))
    assert "cuộc phản biện đã dừng" in page
    late = Client().post(f"/du-thao/{call.public_id}/gop-y/", {"text": "Muộn", "author": "people"})
    assert late.status_code == 409


def test_an_invitation_ends_with_its_version_and_its_call(row: Criticism) -> None:
    women = Organization.objects.get(code="phn-24")
    call = ask(row, is_public=False)
    assert client_of(WOMEN).get(f"{inside(row)}/du-thao/").status_code == 200
    close(row)
    ask(row, is_public=False, of="hnd-24")
    assert women in call.invited.all()
    said = {"text": "Không được mời đợt này", "author": "union"}
    assert client_of(WOMEN).get(f"{inside(row)}/du-thao/").status_code == 200  # they were asked about it
    assert client_of(WOMEN).post(f"{inside(row)}/du-thao/gop-y/", said).status_code in (403, 404)
    assert client_of(FARMERS).post(f"{inside(row)}/du-thao/gop-y/", said).status_code == 302
    close(row)
    assert receive(row, FEES.replace("một nửa", "hai phần ba")) == 302
    assert client_of(WOMEN).get(f"{inside(row)}/du-thao/").status_code in (403, 404)


def test_what_is_sent_to_a_call_that_was_just_ended_is_not_taken_in(row: Criticism) -> None:
    call = ask(row)
    close(row)
    said = Said(node="", text="Vừa kịp", author=Remark.Author.UNION)
    assert call.closed_at is None  # as the page had it before the other official ended it
    with pytest.raises(WrongState):
        drafts.contribute(
            actor=world.actor(WOMEN),
            criticism=row,
            call=call,
            said=said,
            key="1",
            at=call.opened_at + dt.timedelta(hours=1),
        )


def test_whoever_works_on_it_and_whoever_is_invited_is_led_to_the_open_call(row: Criticism) -> None:
    send(ask(row))
    link = f'href="{inside(row)}/du-thao/"'
    for who in (WOMEN, FARMERS):
        assert (link in html_of(client_of(who).get("/viec-cua-toi/"))) == (who == WOMEN)
    page = html_of(client_of(OFFICER).get(f"{inside(row)}/"))
    assert "Phải xong trước khi trình ký văn bản phản biện" in page
    assert "đợt kết thúc rồi mới làm tiếp được" in page
    assert "1 góp ý chờ xem" in page and "đang nhận góp ý đến hết ngày" in page
    close(row)
    assert link not in html_of(client_of(WOMEN).get("/viec-cua-toi/"))


def test_a_receipt_is_found_by_its_number_as_people_type_it(row: Criticism) -> None:
    receipt = send(ask(row))
    typed = f" {receipt[:4].lower()}-{receipt[4:8]} {receipt[8:]}"
    found = Client().get("/du-thao/bien-nhan/", {"so": typed})
    assert found["Location"] == f"/du-thao/bien-nhan/{receipt}/"
    none = Client().get("/du-thao/bien-nhan/", {"so": "KHÔNG CÓ"})
    assert none.status_code == 404 and 'value="KHÔNG CÓ"' in html_of(none)
    assert "số biên nhận" in html_of(Client().get("/du-thao/"))


def test_a_remark_typed_by_mistake_is_mended_or_taken_out_until_the_document_is_drafted(
    row: Criticism, driver: Driver
) -> None:
    first, second = row.draft.remarks.order_by("number")[:2]
    table = html_of(client_of(OFFICER).get(f"{inside(row)}/bang/"))
    address = f"{inside(row)}/bang/{first.number}/sua/"
    assert address in table and first.text in html_of(client_of(OFFICER).get(address))
    typed = {"decision": "mend", "provision": "Điều 1", "text": "Sửa lại lời này", "author": "expert"}
    assert client_of(OFFICER).post(address, {**typed, "text": ""}).status_code == 422
    assert client_of(OFFICER).post(address, typed).status_code == 302
    first.refresh_from_db()
    assert (first.text, first.node, first.author) == ("Sửa lại lời này", "dieu-1", "expert")
    gone = f"{inside(row)}/bang/{second.number}/sua/"
    assert client_of(OFFICER).post(gone, {**typed, "decision": "drop"}).status_code == 302
    assert not Remark.objects.filter(pk=second.pk).exists()
    assert client_of(WOMEN).get(address).status_code == 404
    with time_machine.travel(driver.at(DRAFTED), tick=True):
        told_on(driver, "draft_criticism")
        assert client_of(OFFICER).post(address, typed).status_code == 409


def test_a_remark_made_of_contributions_keeps_the_words_of_who_sent_it(row: Criticism) -> None:
    send(ask(row))
    moderate(row, [Contribution.objects.get().pk], lam="nhan")
    remark = Remark.objects.latest("pk")
    address = f"{inside(row)}/bang/{remark.number}/sua/"
    assert address not in html_of(client_of(OFFICER).get(f"{inside(row)}/bang/"))
    typed = {"decision": "mend", "provision": "", "text": "Lời khác", "author": "people"}
    assert client_of(OFFICER).post(address, typed).status_code == 409


def test_a_version_recorded_by_mistake_is_taken_out_until_it_is_read(row: Criticism) -> None:
    assert receive(row) == 302
    page = html_of(client_of(OFFICER).get(f"{inside(row)}/du-thao/"))
    address = f"{inside(row)}/du-thao/ban/2/bo/"
    assert f'action="{address}"' in page
    assert client_of(OFFICER).post(address).status_code == 302
    assert row.draft.versions.count() == 1
    assert client_of(OFFICER).post(f"{inside(row)}/du-thao/ban/1/bo/").status_code == 409
    assert receive(row, FEES) == 302
    assert client_of(OFFICER).post(address).status_code == 409
    assert client_of(WOMEN).post(address).status_code == 404


def test_a_mended_remark_stays_with_its_clause_unless_another_is_named(row: Criticism) -> None:
    """The clause went from Article 2 to Article 3 in the newest version; who mends cites what stands now."""
    remark = row.draft.remarks.order_by("number")[0]
    renumbered = FEES.replace("Điều 3. Hiệu lực", "Điều 4. Hiệu lực").replace(
        "Điều 2. Mức chi trả", "Điều 2. Giải thích\nHộ nghèo là hộ có sổ.\n\nĐiều 3. Mức chi trả"
    )
    assert receive(row, renumbered) == 302
    before, place = matrix.edition(row.draft), remark.places.get()
    assert place.node == "dieu-3-khoan-2"
    address = f"{inside(row)}/bang/{remark.number}/sua/"
    typed = {"decision": "mend", "provision": "khoản 2 Điều 2", "text": "Sửa một chữ", "author": "union"}
    assert client_of(OFFICER).post(address, typed).status_code == 302
    assert remark.places.get().node == "dieu-3-khoan-2"
    assert matrix.edition(row.draft) != before  # a file of the table made before is known as old
    assert client_of(OFFICER).post(address, {**typed, "provision": "Điều 2"}).status_code == 302
    remark.refresh_from_db()
    assert (remark.version.number, remark.node) == (2, "dieu-2") and not remark.places.exists()


def test_what_was_settled_for_a_later_version_stays_settled(row: Criticism) -> None:
    send(ask(row))
    first = Contribution.objects.get().pk
    moderate(row, [first], lam="nhan")
    close(row)
    assert receive(row) == 302
    back = client_of(OFFICER).post(f"{inside(row)}/gop-y/?nhom=taken", {"chon": [first], "lam": "tra"})
    assert back.status_code == 409 and "bản dự thảo mới hơn" in html_of(back)
