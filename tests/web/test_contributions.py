"""What people say of a draft: asked for, sent with a receipt, folded, put into the table or kept out."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from supervision.cases.models import Criticism
from supervision.demo.driver import Driver
from supervision.drafts.models import Call, Contribution, Remark
from supervision.organizations.models import Organization
from supervision.publication import remarks as published
from tests.drafts.texts import FEES
from tests.files import samples
from tests.markup import html_of
from tests.publication import factory
from tests.told import Story
from tests.web.test_limits import client_of, queries

pytestmark = pytest.mark.django_db
C1 = dt.date(2026, 5, 19)
OFFICER, WOMEN, FARMERS = "mttq-24.can_bo_1", "phn-24.can_bo", "hnd-24.can_bo"
STORY = Story("c1", C1, until=-13, seen_on=0)


@pytest.fixture
def row(driver: Driver) -> Criticism:
    criticism = Criticism.objects.get(case=driver.case)
    answer = client_of(OFFICER).post(
        f"/phan-bien/{criticism.public_id}/du-thao/doc/", {"source": "dan", "pasted": FEES}
    )
    assert answer.status_code == 302
    return criticism


def ask(
    row: Criticism,
    *,
    is_public: bool = True,
    until: dt.date = C1 + dt.timedelta(days=9),
    of: str = "phn-24",
) -> Call:
    answer = client_of(OFFICER).post(
        f"/phan-bien/{row.public_id}/lay-y-kien/",
        {
            "is_public": "yes" if is_public else "no",
            "invited": [Organization.objects.get(code=of).public_id],
            "closes_on_ngay": f"{until.day:02}", "closes_on_thang": f"{until.month:02}",
            "closes_on_nam": str(until.year), "introduction": "Mong nhận được góp ý của bà con.",
        },
    )  # fmt: skip
    assert answer.status_code == 302, re.findall(r'govuk-error-message">(.*?)<', html_of(answer))
    return Call.objects.latest("pk")


def send(call: Call, text: str = "Nên giảm hết", node: str = "dieu-2-khoan-2", **more: object) -> str:
    """Send a contribution without an account; return its receipt."""
    typed = {"o": node, "text": text, "author": "people", "author_name": "Nguyễn Văn Mẫu", **more}
    answer = Client().post(f"/du-thao/{call.public_id}/gop-y/", typed)
    assert answer.status_code == 302, html_of(answer)
    return answer["Location"].strip("/").split("/")[-1]


def test_a_citizen_reads_contributes_and_follows_the_receipt(row: Criticism) -> None:
    call = ask(row)
    assert "Dự thảo lấy ý kiến" in html_of(Client().get("/du-thao/"))
    html = html_of(Client().get(f"/du-thao/{call.public_id}/"))
    link = re.search(r'href="(/du-thao/[^"]+o=dieu-2-khoan-2)">([^<]+)<', html)
    assert link and link[2].strip() == "Góp ý Điều 2 khoản 2"
    form = html_of(Client().get(link[1]))
    assert "2. Hộ nghèo được giảm một nửa." in form
    receipt = send(call, file=SimpleUploadedFile("don.pdf", samples.pdf()))
    page = Client().get(f"/du-thao/bien-nhan/{receipt}/")
    assert page.status_code == 200
    assert "Chờ nơi nhận xem" in html_of(page)
    assert "Nguyễn Văn Mẫu" not in html_of(page)
    assert Contribution.objects.get().files.count() == 1
    assert not Client().get("/du-thao/").cookies


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(row: Criticism) -> None:
    call = ask(row)
    address = f"/du-thao/{call.public_id}/gop-y/"
    empty = Client().post(address, {"o": "", "text": "", "wording": "Viết lại thế này", "author": "people"})
    assert empty.status_code == 422
    assert "Hãy ghi ý kiến của bạn." in html_of(empty)
    assert "Viết lại thế này</textarea>" in html_of(empty)
    bad = Client().post(
        address,
        {"text": "Ý kiến", "author": "people", "file": SimpleUploadedFile("don.pdf", b"not a PDF")},
    )
    assert bad.status_code == 422
    assert "Ý kiến</textarea>" in html_of(bad)
    large = SimpleUploadedFile("anh.pdf", samples.pdf() + b"%" * 5 * 1024**2)
    too_large = Client().post(address, {"text": "Ý kiến", "author": "people", "file": large})
    assert too_large.status_code == 422
    assert "Tệp lớn hơn 5 MB" in html_of(too_large)
    assert Client().get(f"{address}?o=dieu-99").status_code == 404
    assert not Contribution.objects.exists()


def test_nothing_turns_the_line_of_what_a_citizen_sends(row: Criticism) -> None:
    send(ask(row), text="Nên giảm \u202etêh\u202c hết\x00", reason="Vì\u2066 khó\u2069")
    kept = Contribution.objects.get()
    assert kept.text == "Nên giảm têh hết" and kept.reason == "Vì khó"


def test_the_same_form_sent_twice_is_one_contribution(row: Criticism) -> None:
    call = ask(row)
    assert send(call, key="mot-lan") == send(call, key="mot-lan")
    assert Contribution.objects.count() == 1


def test_after_the_last_day_nothing_is_taken_in_and_the_text_stays(row: Criticism, driver: Driver) -> None:
    call = ask(row)
    with time_machine.travel(driver.at(10), tick=True):
        html = html_of(Client().get(f"/du-thao/{call.public_id}/"))
        assert "Đã hết thời gian góp ý" in html and "Góp ý Điều" not in html
        late = Client().post(
            f"/du-thao/{call.public_id}/gop-y/", {"text": "Muộn mất rồi", "author": "people"}
        )
        assert late.status_code == 409
        copied = html_of(late).partition("để bạn chép lại")[2]
        said = re.findall(r"<p><strong>(.*?)</strong></p>\s*<p lang=\"vi\">(.*?)</p>", copied)
        assert said == [("Ý kiến", "Muộn mất rồi"), ("Gửi với tư cách", "Người dân, đối tượng chịu tác động")]


def test_a_flood_from_one_place_is_slowed_and_others_are_heard(row: Criticism, settings: object) -> None:
    settings.LIMITS = settings.LIMITS | {"contribution": "3/3600"}  # type: ignore[attr-defined]
    call = ask(row)
    for n in range(3):
        send(call, f"Ý kiến {n}")
    address, typed = f"/du-thao/{call.public_id}/gop-y/", {"text": "Ý kiến nữa", "author": "people"}
    flood = Client().post(address, typed)
    assert flood.status_code == 429 and 0 < int(flood["Retry-After"]) <= 2 * 3600
    assert "Ý kiến nữa</textarea>" in html_of(flood)
    assert Client(REMOTE_ADDR="10.9.8.7").post(address, typed).status_code == 302


REFUSED = {
    "nothing said": {"text": ""},
    "an unknown provision": {"text": "Ý kiến", "o": "khong-co"},
    "a file that is none": {"text": "Ý kiến", "file": b"not a PDF"},
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_form_that_is_refused_counts_where_a_file_came_with_it(
    row: Criticism, settings: object, what: str
) -> None:
    settings.LIMITS = settings.LIMITS | {"contribution": "2/3600"}  # type: ignore[attr-defined]
    address = f"/du-thao/{ask(row).public_id}/gop-y/"
    typed = {"author": "people", "file": samples.pdf(), **REFUSED[what]}

    def post() -> int:
        file = SimpleUploadedFile("don.pdf", typed["file"])
        return Client().post(address, {**typed, "file": file}).status_code

    assert [post() for _ in range(3)] == [422, 422, 429]
    slip = {"text": "", "wording": "Viết lại thế này", "author": "people"}
    again = Client().post(address, slip, REMOTE_ADDR="10.9.8.7")
    assert again.status_code == 422, "a slip without a file costs nothing"
    assert Client().post(address, slip | {"text": "a"}, REMOTE_ADDR="10.9.8.7").status_code == 302


def test_a_large_form_counts_before_it_is_read(row: Criticism, settings: object) -> None:
    settings.LIMITS = settings.LIMITS | {"contribution": "2/3600"}  # type: ignore[attr-defined]
    address = f"/du-thao/{ask(row).public_id}/gop-y/"
    body = io.BytesIO(b"x" * 3 * 1024**2)
    for status in (422, 422, 429):
        answer = Client().generic(
            "POST", address, b"", content_type="multipart/form-data; boundary=b",
            **{"wsgi.input": body, "CONTENT_LENGTH": str(3 * 1024**2)},
        )  # fmt: skip
        assert answer.status_code == status
    assert int(answer["Retry-After"]) > 60


def test_a_call_for_those_asked_alone_is_not_public(row: Criticism) -> None:
    call = ask(row, is_public=False)
    for address in (f"/du-thao/{call.public_id}/", f"/du-thao/{call.public_id}/gop-y/"):
        assert Client().get(address).status_code == 404
    assert row.draft.title not in html_of(Client().get("/du-thao/"))


def test_those_invited_contribute_by_their_accounts_and_others_see_nothing(row: Criticism) -> None:
    ask(row, is_public=False)
    address = f"/phan-bien/{row.public_id}/du-thao/"
    html = html_of(client_of(WOMEN).get(address))
    assert "Góp ý Điều 2 khoản 2" in html
    sent = client_of(WOMEN).post(
        f"{address}gop-y/",
        {"o": "dieu-2", "text": "Thêm hộ cận nghèo", "author": "union", "author_name": "Hội"},
    )
    assert sent.status_code == 302 and sent["Location"].endswith("#dieu-2")
    remark = Remark.objects.get()
    own = Organization.objects.get(code="phn-24").name
    assert (remark.node, remark.provision, remark.whose) == ("dieu-2", "Điều 2", own)
    assert client_of(FARMERS).get(address).status_code == 404
    assert client_of(WOMEN).get(f"/phan-bien/{row.public_id}/gop-y/").status_code == 404


def moderate(row: Criticism, first: list[int], **more: str) -> int:
    address = f"/phan-bien/{row.public_id}/gop-y/"
    return client_of(OFFICER).post(address, {"chon": [str(one) for one in first], **more}).status_code


def test_equal_texts_are_one_remark_and_every_receipt_is_kept(row: Criticism) -> None:
    """A campaign of one text, written a little differently, is one row with its number; all see its code."""
    call = ask(row)
    texts = ["Nên giảm hết", "nên  giảm hết.", "NÊN GIẢM HẾT!", "Nên giảm hết"]
    receipts = [send(call, text) for text in texts]
    other = send(call, "Nên giảm hết", node="dieu-2")
    html = html_of(client_of(OFFICER).get(f"/phan-bien/{row.public_id}/gop-y/"))
    assert "4 góp ý giống nhau" in html
    first = Contribution.objects.order_by("pk")[0]
    assert moderate(row, [first.pk], lam="nhan") == 302
    remark = Remark.objects.get()
    assert remark.contributions.count() == 4
    for receipt in receipts:
        assert remark.code in html_of(Client().get(f"/du-thao/bien-nhan/{receipt}/"))
    assert "Chờ nơi nhận xem" in html_of(Client().get(f"/du-thao/bien-nhan/{other}/"))
    later = send(call, "Nên giảm hết")
    assert moderate(row, [Contribution.objects.get(receipt=later).pk], lam="nhan") == 302
    assert Remark.objects.get().contributions.count() == 5  # it joins the remark that is there


def test_the_receipt_tells_the_answer_once_it_is_public(row: Criticism) -> None:
    receipt = send(ask(row), "Nên giảm hết")
    moderate(row, [Contribution.objects.get().pk], lam="nhan")
    address, remark = f"/du-thao/bien-nhan/{receipt}/", Remark.objects.get()
    assert "Cơ quan soạn thảo trả lời" not in html_of(Client().get(address))
    page, data = factory.criticism(0), {"answer": "Sẽ giảm toàn bộ", "text": remark.text}
    said = published.Row(remark.code, remark.public_id, remark.place, remark.number, "accepted", data)
    published.tell(page, [said], at=factory.moment(C1))
    html = html_of(Client().get(address))
    assert "Cơ quan soạn thảo trả lời" in html and "Sẽ giảm toàn bộ" in html
    assert f"{page.address}y-kien/?ma={remark.code}" in html
    draft = f"/du-thao/{Call.objects.get().public_id}/"
    assert f'href="{page.address}"' in html_of(Client().get(draft))
    assert f'href="{draft}"' in html_of(Client().get(page.address))


def test_what_is_kept_out_has_a_reason_that_its_receipt_tells(row: Criticism) -> None:
    call = ask(row)
    receipt = send(call, "Bán xe máy giá rẻ")
    pk = Contribution.objects.get().pk
    assert moderate(row, [pk], lam="bo") == 422  # no reason
    assert moderate(row, [], lam="nhan") == 422  # nothing chosen
    assert moderate(row, [pk], lam="bo", refusal="advertising", note="Chỉ nhận ý kiến về dự thảo") == 302
    page = html_of(Client().get(f"/du-thao/bien-nhan/{receipt}/"))
    assert "quảng cáo, nội dung rác" in page and "Chỉ nhận ý kiến về dự thảo" in page
    assert not Remark.objects.exists()


def test_the_table_may_be_compiled_of_contributions_alone(driver: Driver, row: Criticism) -> None:
    ask(row, is_public=False)
    client_of(OFFICER).post(
        f"/phan-bien/{row.public_id}/du-thao/gop-y/", {"text": "Ý kiến chung", "author": "front"}
    )
    assert Remark.objects.get().number == 1


def test_pages_ask_as_often_for_ten_as_for_a_thousand(row: Criticism) -> None:
    call = ask(row)
    officer, public = client_of(OFFICER), Client()
    inside, outside = f"/phan-bien/{row.public_id}", f"/du-thao/{call.public_id}/"
    addresses = {f"{inside}/gop-y/": officer, f"{inside}/du-thao/": officer, outside: public}
    for n in range(10):
        send(call, f"Ý kiến {n}")
    few = {address: queries(client, address) for address, client in addresses.items()}
    Contribution.objects.bulk_create(
        Contribution(
            key=f"k{n}", call=call, node="dieu-1", text=f"Ý kiến thứ {n}", author="people", channel="page",
            at=call.opened_at, fingerprint=f"{n:032}",
        )
        for n in range(1000)
    )  # fmt: skip
    assert {address: queries(client, address) for address, client in addresses.items()} == few
