"""What came is sorted out by people: whose words go into the table, and under whose name."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.utils import translation

from supervision.audit.models import Event
from supervision.cases.models import Criticism
from supervision.drafts.models import Contribution, Remark, RemarkGroup
from supervision.drafts.taking.contributions import Said, contribute
from supervision.files.models import Attachment
from supervision.organizations.models import Organization
from tests.drafts.texts import FEES
from tests.files import samples
from tests.markup import html_of
from tests.stages import drafter
from tests.web.test_contributions import OFFICER, STORY, WOMEN, ask, moderate, row, send
from tests.web.test_intakes import eml, report, take_in, xlsx
from tests.web.test_limits import client_of

__all__ = ["STORY", "row"]
pytestmark = pytest.mark.django_db
CLAUSE = "dieu-2-khoan-2"


# -- keys of forms -------------------------------------------------------------------------------


def test_other_words_under_a_key_that_is_taken_are_kept_under_a_receipt_of_their_own(row: Criticism) -> None:
    call = ask(row)
    first = send(call, "Lời của một người", key="1")
    others = [
        send(call, "Lời của người khác", key="1"),
        send(call, "Lời của một người", key="1", node="dieu-2"),
        send(call, "Lời của một người", key="1", reason="Lý do khác"),
        send(call, "Lời của một người", key="1", wording="Viết khác"),
    ]
    assert len({first, *others}) == Contribution.objects.count() == 5
    assert send(call, "Lời của một người", key="1") == first
    assert send(call, "Lời của người khác", key="1") == others[0], "what was sent twice is one, too"
    assert Contribution.objects.count() == 5


def test_another_file_under_a_key_that_is_taken_is_kept_and_the_same_file_is_not_kept_twice(
    row: Criticism,
) -> None:
    call = ask(row)

    def sent(pages: int) -> str:
        return send(call, key="1", file=SimpleUploadedFile("anh.pdf", samples.pdf(pages)))

    first, again, other = sent(1), sent(1), sent(2)
    assert first == again != other
    kept = Contribution.objects.get(receipt=other).files.get()
    assert kept.blob != Contribution.objects.get(receipt=first).files.get().blob


def test_other_words_of_an_account_under_its_key_are_a_contribution_of_their_own(row: Criticism) -> None:
    ask(row)
    address, client = f"/phan-bien/{row.public_id}/du-thao/gop-y/", client_of(WOMEN)
    for text in ("Lời thứ nhất", "Lời thứ nhất", "Lời khác hẳn", "Lời khác hẳn"):
        answer = client.post(address, {"o": CLAUSE, "text": text, "key": "k"})
        assert answer.status_code == 302, answer.content.decode()
    assert sorted(Contribution.objects.values_list("text", flat=True)) == ["Lời khác hẳn", "Lời thứ nhất"]


def test_another_fault_of_the_database_is_not_taken_for_a_second_sending(row: Criticism) -> None:
    call = ask(row)
    nothing = Said(node="", text=None)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError):
        contribute(call, nothing, key="k", channel="page", by=None, at=call.opened_at)


def test_nobody_can_take_the_place_of_a_row_of_a_file_that_is_still_to_come(row: Criticism) -> None:
    call = ask(row)
    parts = (CLAUSE, "Nên giảm hết", "", "", "people", "", "")
    content = hashlib.sha256((f"{call.pk}\0" + "\0".join(parts)).encode()).hexdigest()[:48]
    for key in (f"{content}:1", f"intake:{content}:1"):
        send(call, "Chiếm chỗ", key=key)
    rows = xlsx([None, "khoản 2 Điều 2", "Nên giảm hết"], [None, "Điều 1", "Rõ hơn"])
    assert take_in(row, ("phiếu.xlsx", rows)).taken == 2
    assert take_in(row, ("phiếu.xlsx", rows)).taken == 0


# -- what is posted ------------------------------------------------------------------------------


@pytest.mark.parametrize("digit", ["²", "٣", "1\x002", "-1", "9" * 30])
def test_a_number_that_is_none_is_no_choice(row: Criticism, digit: str) -> None:
    call = ask(row)
    send(call)
    address = f"/phan-bien/{row.public_id}"
    officer = client_of(OFFICER)
    assert officer.post(f"{address}/gop-y/", {"chon": digit, "lam": "nhan"}).status_code in (302, 422)
    group = RemarkGroup.objects.create(draft=row.draft, members=[1, 2])
    answer = officer.post(f"{address}/nhom/{group.public_id}/", {"chon": digit, "lam": "nhan"})
    assert answer.status_code == 302


def test_the_character_nul_is_left_out_of_what_anyone_posts(row: Criticism) -> None:
    call = ask(row)
    send(call, "Nên\x00 giảm", node=f"{CLAUSE}\x00", key="k\x00", author_name="Ai\x00")
    kept = Contribution.objects.get()
    assert (kept.node, kept.text, kept.key, kept.author_name) == (CLAUSE, "Nên giảm", "page:k", "Ai")


def test_a_form_for_a_clause_that_was_mended_away_is_shown_again_with_what_was_typed(row: Criticism) -> None:
    call = ask(row)
    client_of(OFFICER).post(
        f"/phan-bien/{row.public_id}/du-thao/doc/",
        {"source": "dan", "pasted": FEES.replace("2. Hộ nghèo được giảm một nửa.\n", "")},
    )
    typed = {"o": CLAUSE, "text": "Đoạn văn dài đã gõ", "author": "people"}
    inside = f"/phan-bien/{row.public_id}/du-thao/gop-y/"
    for client, address in ((Client(), f"/du-thao/{call.public_id}/gop-y/"), (client_of(WOMEN), inside)):
        answer = client.post(address, typed | {"file": SimpleUploadedFile("đơn.pdf", samples.pdf())})
        html = html_of(answer)
        assert answer.status_code == 422
        assert "Đoạn văn dài đã gõ</textarea>" in html and 'name="o" value=""' in html
        assert "<li>Dự thảo vừa được sửa, không còn điều, khoản này." in html  # of no field
        assert client.post(address, typed | {"o": ""}).status_code == 302
    assert not Attachment.objects.filter(is_private=True).exists()


# -- only what a person has seen goes into the table ---------------------------------------------


def by_account(row: Criticism, text: str = "Nên giảm hết", who: str = WOMEN, **more: object) -> Remark:
    typed = {"o": CLAUSE, "text": text, "author": "people", **more}
    answer = client_of(who).post(f"/phan-bien/{row.public_id}/du-thao/gop-y/", typed)
    assert answer.status_code == 302, html_of(answer)
    return Remark.objects.get(contributions=Contribution.objects.latest("pk"))


def test_what_nobody_has_looked_at_is_not_swept_into_the_table_by_an_equal_of_an_account(
    row: Criticism,
) -> None:
    call = ask(row)
    send(call, reason="Ông X, số 0912 345 678, nhận tiền")
    remark = by_account(row)
    assert (remark.text, remark.reason) == ("Nên giảm hết", "")
    waiting = Contribution.objects.get(channel="page")
    assert (waiting.state, waiting.moderated_by) == ("waiting", None)
    assert moderate(row, [waiting.pk], lam="nhan") == 302
    assert Remark.objects.get().contributions.count() == 2  # it joins once it was looked at


def test_a_file_put_into_the_table_at_once_takes_no_others_with_it(row: Criticism) -> None:
    call = ask(row)
    by_account(row, "Ý khác")
    send(call)
    same = [None, "khoản 2 Điều 2", "Nên giảm hết"]
    take_in(row, ("phiếu.xlsx", xlsx(same, same, [None, "khoản 2 Điều 2", "Ý khác"])), in_table="on")
    assert Contribution.objects.get(channel="page").state == "waiting"
    counts = [remark.contributions.count() for remark in Remark.objects.order_by("number")]
    assert counts == [2, 2]  # an equal of an account's is joined


# -- whose name is printed -----------------------------------------------------------------------


def test_a_name_typed_by_anyone_is_printed_only_when_an_official_says_that_it_is_a_bodys(
    row: Criticism,
) -> None:
    call = ask(row)
    send(call, "Một", author="member", author_name="Nguyễn Thị Mẫu")
    send(call, "Hai", author="member", author_name="Hội Luật gia tỉnh")
    send(call, "Ba", author="people", author_name="Nguyễn Văn Mẫu")
    first, second, third = Contribution.objects.order_by("pk")
    html = html_of(client_of(OFFICER).get(f"/phan-bien/{row.public_id}/gop-y/"))
    assert f'name="ten" value="{first.pk}"' in html and f'name="ten" value="{third.pk}"' not in html
    named = [str(second.pk), str(third.pk)]
    assert moderate(row, [first.pk, second.pk, third.pk], lam="nhan", ten=named) == 302  # type: ignore[arg-type]
    assert [remark.whose for remark in Remark.objects.order_by("number")] == [
        "tổ chức thành viên khác", "Hội Luật gia tỉnh", "người dân, đối tượng chịu tác động",
    ]  # fmt: skip


def test_a_file_put_into_the_table_at_once_prints_no_persons_name(row: Criticism) -> None:
    ask(row)
    names = ["Hội viên Nguyễn Thị B", "Liên Minh Tuấn", "Hội Nông dân xã Mẫu", "Hội LHPN xã Mẫu, bà B"]
    names += ["Thành viên tổ hòa giải Lê Văn D", Organization.objects.get(code="phn-24").name]
    rows = [[None, "Điều 1", f"Ý {n}", None, name] for n, name in enumerate(names)]
    take_in(row, ("phiếu.xlsx", xlsx(*rows)), in_table="on")
    assert [remark.author_name for remark in Remark.objects.order_by("number")] == [
        "", "", names[2], "", "", names[5],
    ]  # fmt: skip
    mail = eml("Nên giảm hết.", "Góp ý Điều 2").replace("Nguyễn Văn Mẫu".encode(), b"Lien Minh Tuan")
    take_in(row, ("một.eml", mail), in_table="on")
    assert "Tuan" not in Remark.objects.latest("number").whose


def test_an_account_speaks_for_its_own_body_and_the_chair_for_those_it_types_in_for(row: Criticism) -> None:
    ask(row)
    form = html_of(client_of(WOMEN).get(f"/phan-bien/{row.public_id}/du-thao/gop-y/"))
    own = Organization.objects.get(code="phn-24").name
    assert 'name="author' not in form and own in form
    said = Event.objects.exclude(action="signin.done")
    before = said.count()
    remark = by_account(row, author="front", author_name="Ban Thường trực UBMTTQ")
    assert (remark.author, remark.whose) == ("union", own)
    (event,) = said.order_by("pk")[before:]
    assert (event.action, event.data) == ("contribution.made", {"code": remark.code})
    typed = by_account(row, "Ý của hội", OFFICER, author="member", author_name="Hội Luật gia tỉnh")
    assert (typed.author, typed.whose) == ("member", "Hội Luật gia tỉnh")
    person = by_account(row, "Ý của dân", OFFICER, author="people", author_name="Nguyễn Văn Mẫu")
    assert person.whose == "người dân, đối tượng chịu tác động"


# -- equals --------------------------------------------------------------------------------------


def test_a_folded_row_shows_all_bodies_files_reasons_slips_and_ways(row: Criticism) -> None:
    call = ask(row)
    for name, more in (
        ("mot", {"author": "union", "author_name": "Liên đoàn Lao động tỉnh"}),
        ("hai", {"author": "member", "author_name": "Hội Luật gia tỉnh", "reason": "Lý do riêng"}),
        ("ba", {"author": "member", "author_name": "Hội Luật gia tỉnh", "reason": "Lý do nữa"}),
    ):
        send(call, file=SimpleUploadedFile(f"{name}.pdf", samples.pdf()), **more)
    slip = [None, "khoản 2 Điều 2", "Nên giảm hết", None, None, "P-07"]
    take_in(row, ("phiếu.xlsx", xlsx(slip)))
    address = f"/phan-bien/{row.public_id}/gop-y/"
    html = html_of(client_of(OFFICER).get(address))
    for said in ("mot.pdf", "hai.pdf", "ba.pdf", "Lý do riêng", "Lý do nữa", "P-07"):
        assert said in html
    assert "trang công khai (3), bảng tính (1)" in html
    for body in ("Liên đoàn Lao động tỉnh", "Hội Luật gia tỉnh"):
        assert len(re.findall(rf"{body}\s*</label>", html)) == 1
    first, second = Contribution.objects.order_by("pk")[:2]
    moderate(row, [first.pk], lam="nhan", ten=[str(first.pk), str(second.pk)])  # type: ignore[arg-type]
    remark = Remark.objects.get()
    assert remark.author_name == "Liên đoàn Lao động tỉnh; Hội Luật gia tỉnh"
    assert remark.whose == "Liên đoàn Lao động tỉnh; Hội Luật gia tỉnh và 1 góp ý giống vậy"
    assert remark.reason == "Lý do riêng"
    taken = html_of(client_of(OFFICER).get(f"{address}?nhom=taken"))
    assert "Liên đoàn Lao động tỉnh; Hội Luật gia tỉnh" in taken and "P-07" in taken


def test_what_is_listed_beside_a_folded_row_is_capped_with_a_count(row: Criticism) -> None:
    call = ask(row)
    Contribution.objects.bulk_create(
        Contribution(
            key=f"k{n}", call=call, node="dieu-1", text="Như nhau", author="member",
            author_name=f"Hội số {n:03}", reason=f"Vì {n:03}", channel="page", at=call.opened_at,
            fingerprint="như nhau",
        )
        for n in range(50)
    )  # fmt: skip
    html = html_of(client_of(OFFICER).get(f"/phan-bien/{row.public_id}/gop-y/"))
    assert "Hội số 019" in html and "Hội số 020" not in html
    assert "Còn 30 tên khác" in html and "Còn 30 lý do khác" in html


def test_a_body_that_joins_later_is_named_too_and_as_many_as_fit(row: Criticism) -> None:
    call = ask(row)
    send(call)
    moderate(row, [Contribution.objects.get().pk], lam="nhan")
    assert Remark.objects.get().whose == "người dân, đối tượng chịu tác động"
    remark = by_account(row)
    own = Organization.objects.get(code="phn-24").name
    assert (remark.author, remark.whose) == ("union", f"{own} và 1 góp ý giống vậy")
    table = html_of(client_of(OFFICER).get(f"/phan-bien/{row.public_id}/bang/?q=lien+hiep+phu+nu"))
    assert f"{own} và 1 góp ý giống vậy" in table
    long = "Hội " + "x" * 150
    for name in (long, long + "y", "Hội Luật gia tỉnh", own):
        by_account(row, "Nên giảm hết", OFFICER, author="member", author_name=name)
    remark.refresh_from_db()
    assert remark.author_name == f"{own}; {long}"
    assert remark.others == 3


def test_the_chairing_body_opens_every_file_from_the_remark_in_the_table_and_others_do_not(
    row: Criticism,
) -> None:
    call = ask(row)
    for name in ("mot", "hai"):
        send(call, file=SimpleUploadedFile(f"{name}.pdf", samples.pdf()))
    moderate(row, [Contribution.objects.order_by("pk")[0].pk], lam="nhan")
    officer, address = client_of(OFFICER), f"/phan-bien/{row.public_id}/bang/"
    links = re.findall(r'<a href="(/tep/[^"]+)">\s*(\w+\.pdf)</a>', html_of(officer.get(address)))
    assert [name for _address, name in links] == ["mot.pdf", "hai.pdf"]
    assert [officer.get(link).status_code for link, _name in links] == [200, 200]
    Criticism.objects.update(sent_at=row.draft.calls.get().opened_at)
    answer = client_of(drafter(row.addressee.code)).get(address)
    assert answer.status_code == 200 and "mot.pdf" not in html_of(answer)


def test_whose_a_remark_is_reads_the_same_for_an_official_with_english_pages(row: Criticism) -> None:
    call = ask(row)
    for _time in range(2):
        send(call)
    moderate(row, [Contribution.objects.order_by("pk")[0].pk], lam="nhan")
    with translation.override("en"):  # what is frozen into the paper and the public page meanwhile
        assert Remark.objects.get().whose == "người dân, đối tượng chịu tác động và 1 góp ý giống vậy"


# -- what is shown -------------------------------------------------------------------------------


def test_each_refusal_goes_on_the_sentence_in_which_it_stands() -> None:
    starts = ("không ", "là ", "chứa ", "xúc phạm ")
    assert all(str(label).startswith(starts) for label in Contribution.Refusal.labels)


def test_the_slip_of_a_row_that_failed_is_told(row: Criticism) -> None:
    ask(row)
    failed = take_in(row, ("phiếu.xlsx", xlsx([None, "Điều 99", "Bỏ", None, None, "P-08"])))
    assert "Số phiếu: P-08" in report(row, failed)


def test_what_was_sorted_by_mistake_waits_again_and_its_remark_goes(
    row: Criticism,
) -> None:
    call = ask(row)
    receipts = [send(call, "Nên giảm hết"), send(call, "nên giảm hết.")]
    first = Contribution.objects.get(receipt=receipts[0])
    moderate(row, [first.pk], lam="nhan")
    assert Remark.objects.count() == 1
    address = f"/phan-bien/{row.public_id}/gop-y/"
    back = {"chon": [first.pk], "lam": "tra"}
    assert client_of(OFFICER).post(f"{address}?nhom=taken", back).status_code == 302
    assert not Remark.objects.exists()
    assert set(Contribution.objects.values_list("state", flat=True)) == {"waiting"}
    moderate(row, [first.pk], lam="bo", refusal="off_topic")
    assert client_of(OFFICER).post(f"{address}?nhom=refused", back).status_code == 302
    assert "Chờ nơi nhận xem" in html_of(Client().get(f"/du-thao/bien-nhan/{receipts[1]}/"))
    assert client_of(OFFICER).post(f"{address}?nhom=taken", {"lam": "tra"}).status_code == 422
