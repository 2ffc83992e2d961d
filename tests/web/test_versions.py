"""The next version and the issued text: clauses compared, remarks carried, pairs and outcomes decided."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from supervision.cases.models import Criticism
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.drafts import groups
from supervision.drafts.models import Match, Outcome, PairDecision, Remark, RemarkGroup, RemarkPlace
from supervision.drafts.services import mend_remark, open_remarks, open_rows
from supervision.publication.models import Publication, PublishedRemark
from tests.drafts.texts import FEES
from tests.files import samples
from tests.markup import html_of
from tests.told import Story
from tests.web.test_limits import client_of, queries
from tests.workflows.test_criticisms import DRAFTER, LEADER

pytestmark = pytest.mark.django_db
C1 = dt.date(2026, 5, 19)
OFFICER = "mttq-24.can_bo_1"
#: A new article 2, so that what followed is renumbered; clause 2 reworded, clause 1 point b dropped.
NEXT = (
    FEES.replace("Điều 3. Hiệu lực", "Điều 4. Hiệu lực")
    .replace("Điều 2. Mức chi trả", "Điều 2. Giải thích\nHộ nghèo là hộ có sổ.\n\nĐiều 3. Mức chi trả")
    .replace("2. Hộ nghèo được giảm một nửa.", "2. Hộ nghèo, hộ cận nghèo được giảm toàn bộ.")
)  # fmt: skip
STORY = Story("c1", C1, until=9, seen_on=10)


@pytest.fixture
def row(driver: Driver) -> Criticism:
    criticism = Criticism.objects.get(case=driver.case)
    Remark.objects.filter(draft=criticism.draft).update(provision="khoản 2 Điều 2", node="")
    read(criticism, FEES)
    return criticism


def read(row: Criticism, text: str) -> None:
    answer = client_of(OFFICER).post(
        f"/phan-bien/{row.public_id}/du-thao/doc/", {"source": "dan", "pasted": text}
    )
    assert answer.status_code == 302, html_of(answer)


#: Made once: a file that is made again in another second has other bytes, and is another version.
PAPER = samples.docx()


def receive(row: Criticism, text: str, *, issued: bool = False) -> None:
    today = C1 + dt.timedelta(days=10)
    sent = client_of(OFFICER).post(
        f"/phan-bien/{row.public_id}/du-thao/ban-moi/",
        {
            "issued": "yes" if issued else "no",
            "received_on_ngay": str(today.day), "received_on_thang": str(today.month),
            "received_on_nam": str(today.year), "number_text": "12/2026/NQ-HĐND" if issued else "",
            "files": SimpleUploadedFile("du-thao-2.docx", PAPER),
        },
    )  # fmt: skip
    assert sent.status_code == 302, html_of(sent)
    read(row, text)


def test_remarks_follow_their_clause_into_the_next_version(row: Criticism) -> None:
    receive(row, NEXT)
    count = row.draft.remarks.count()
    assert list(RemarkPlace.objects.values_list("node", flat=True).distinct()) == ["dieu-3-khoan-2"]
    html = html_of(client_of(OFFICER).get(f"/phan-bien/{row.public_id}/du-thao/"))
    assert f"{count} ý kiến" in html.split('id="dieu-3-khoan-2"')[1].split("</div>")[0]
    page = html_of(client_of(OFFICER).get(f"/phan-bien/{row.public_id}/du-thao/so-sanh/?nhom=khac"))
    assert "Điều 2 khoản 2 → Điều 3 khoản 2" in page
    assert "Bắt đầu phần thêm. " in page and "hộ cận nghèo" in page
    assert "Điều 2" in page and "mới" in page
    assert "YK-01" in page


def test_a_doubtful_pair_is_for_a_person_to_confirm_or_refuse(row: Criticism) -> None:
    receive(row, NEXT)
    match = Match.objects.filter(old=["dieu-2-khoan-2"]).get()
    match.doubts = ["few_words"]
    match.save()
    page = html_of(client_of(OFFICER).get(f"/phan-bien/{row.public_id}/du-thao/so-sanh/"))
    assert "Máy chưa chắc hai phần này là một." in page
    decide = f"/phan-bien/{row.public_id}/du-thao/so-sanh/{match.pk}/"
    assert client_of(OFFICER).post(decide, {"la": "khong"}).status_code == 302
    match.refresh_from_db()
    assert (match.change, match.new) == ("dropped", [])
    assert Match.objects.filter(change="new", new=["dieu-3-khoan-2"]).exists()
    assert not RemarkPlace.objects.exists()
    assert client_of(OFFICER).post(decide, {"la": "phai"}).status_code == 409
    wrong = client_of(OFFICER).post(decide, {"den": "khoản 9 Điều 9"}, follow=True)
    assert "Bản mới không có khoản 9 Điều 9" in html_of(wrong)
    client_of(OFFICER).post(decide, {"den": "khoản 2 Điều 3"})
    assert RemarkPlace.objects.count() == row.draft.remarks.count()


def test_what_a_person_decided_stays_when_the_text_is_mended(row: Criticism) -> None:
    receive(row, NEXT)
    match = Match.objects.filter(old=["dieu-2-khoan-2"]).get()
    match.doubts = ["few_words"]
    match.save()
    client_of(OFFICER).post(f"/phan-bien/{row.public_id}/du-thao/so-sanh/{match.pk}/", {"la": "phai"})
    read(row, NEXT.replace("ngày ban hành", "ngày ký"))
    again = Match.objects.filter(old=["dieu-2-khoan-2"]).get()
    assert again.decided_at is not None and not again.is_open


def test_what_a_person_decided_of_words_that_are_gone_is_asked_again(row: Criticism) -> None:
    """The number stays, what stands under it is another provision: nobody has seen that pair."""
    receive(row, NEXT)
    match = Match.objects.filter(old=["dieu-2-khoan-2"]).get()
    assert match.new == ["dieu-3-khoan-2"]
    match.doubts = ["few_words"]
    match.save()
    client_of(OFFICER).post(f"/phan-bien/{row.public_id}/du-thao/so-sanh/{match.pk}/", {"la": "phai"})
    assert PairDecision.objects.filter(version=match.version).exists()
    other = "2. Ủy ban nhân dân tỉnh công bố danh mục trên Cổng thông tin điện tử."
    read(row, NEXT.replace("2. Hộ nghèo, hộ cận nghèo được giảm toàn bộ.", other))
    assert not PairDecision.objects.filter(version=match.version).exists()
    assert not Match.objects.filter(version=match.version).exclude(decided_at=None).exists()


def test_a_remark_whose_words_are_mended_leaves_what_was_decided_of_its_groups(row: Criticism) -> None:
    first, second, third = row.draft.remarks.order_by("number")[:3]
    officer, at = actor(OFFICER).mandate, row.case.opened_at
    two, three = (
        RemarkGroup.objects.create(draft=row.draft, members=[one.pk for one in members], shared=["một nửa"])
        for members in ((first, second), (first, third))
    )
    groups.confirm(two, [first.pk, second.pk], by=officer, at=at)
    groups.refuse(three, by=officer, at=at)
    first.refresh_from_db()
    same = {
        name: getattr(first, name)
        for name in ("provision", "text", "wording", "reason", "author", "author_name")
    }
    mend_remark(first, same | {"reason": "Lý do ghi thêm"}, by=officer, at=at)
    first.refresh_from_db()
    assert first.group == two, "its words are as they were read"
    mend_remark(first, same | {"text": "Đề nghị giữ nguyên mức thu"}, by=officer, at=at)
    assert not row.draft.groups.exists(), "asked again of the words as they are"
    assert not row.draft.remarks.exclude(group=None).exists()


def test_one_answer_serves_a_group_and_each_remark_has_it(driver: Driver, row: Criticism) -> None:
    address = f"/phan-bien/{row.public_id}/nhom/"
    assert client_of(OFFICER).post(address).status_code == 302
    first, second, third = row.draft.remarks.order_by("number")[:3]
    group = RemarkGroup.objects.create(
        draft=row.draft, members=[first.pk, second.pk, third.pk], shared=["một nửa"]
    )
    html = html_of(client_of(OFFICER).get(address))
    assert "một nửa" in html
    alone = client_of(OFFICER).post(
        f"{address}{group.public_id}/", {"lam": "nhan", "chon": [first.pk]}, follow=True
    )
    assert "Một nhóm có ít nhất hai ý kiến." in html_of(alone)
    client_of(OFFICER).post(f"{address}{group.public_id}/", {"lam": "nhan", "chon": [first.pk, second.pk]})
    rows = list(open_rows(row.draft))
    assert len(rows) == open_remarks(row.draft).count() - 1
    assert [(one.number, one.beside) for one in rows if one.beside] == [(first.number, 1)]
    given: dict[str, Any] = {
        "answers": [{"row": one, "verdict": "accepted", "text": f"Trả lời {one.code}"} for one in rows]
    }
    driver.do(20, DRAFTER, "draft_answers", row, **given)
    driver.do(21, LEADER, "approve_answers", row, decision="send")
    assert not open_remarks(row.draft).exists()
    texts = {answer.remark_id: answer.text for answer in row.draft.rounds.get().answers.all()}
    assert texts[first.pk] == texts[second.pk] == f"Trả lời {first.code}"
    assert client_of(OFFICER).post(f"{address}{group.public_id}/", {"lam": "tach"}).status_code == 409


def test_a_group_that_was_refused_is_not_proposed_again(row: Criticism) -> None:
    address = f"/phan-bien/{row.public_id}/nhom/"
    Remark.objects.filter(draft=row.draft, number__lte=2).update(
        text="Đề nghị bỏ mức thu thêm đối với hộ nghèo"
    )
    client_of(OFFICER).post(address)
    proposed = RemarkGroup.objects.filter(state="proposed")
    assert proposed.exists()
    for group in list(proposed):
        client_of(OFFICER).post(f"{address}{group.public_id}/", {"lam": "bo"})
    client_of(OFFICER).post(address)
    assert not RemarkGroup.objects.filter(state="proposed").exists()


def test_what_was_kept_out_of_a_group_is_told_with_the_reason(row: Criticism) -> None:
    address = f"/phan-bien/{row.public_id}/nhom/"
    said = "{} giá dịch vụ trông giữ xe máy ở bệnh viện tỉnh"
    for number, want in enumerate(["Giảm", "Đề nghị giảm", "Tăng"], 1):
        Remark.objects.filter(draft=row.draft, number=number).update(text=said.format(want), wording="")
    client_of(OFFICER).post(address)
    html = html_of(client_of(OFFICER).get(address))
    first, second, third = row.draft.remarks.order_by("number")[:3]
    proposed = [sorted(one.members) for one in RemarkGroup.objects.filter(state="proposed")]
    assert [first.pk, second.pk] in proposed
    assert "trong nhóm: giảm, bớt; ở đây: tăng, thêm" in html and third.text in html
    assert " checked" not in html


def test_the_words_in_which_members_of_a_group_differ_stand_at_the_member(row: Criticism) -> None:
    address = f"/phan-bien/{row.public_id}/nhom/"
    said = "Thời hạn nộp hồ sơ là 15 ngày{} kể từ ngày nhận"
    for number, more in enumerate(["", " làm việc"], 1):
        Remark.objects.filter(draft=row.draft, number=number).update(text=said.format(more), wording="")
    client_of(OFFICER).post(address)
    html = html_of(client_of(OFFICER).get(address))
    assert "Chữ khác: " in html and "làm việc”" in html
    assert "không khác nhau về hướng" not in html.split("15 ngày")[0].rsplit("<li", 1)[1]


def test_each_remark_is_set_beside_the_issued_text_and_a_person_decides(
    row: Criticism, driver: Driver
) -> None:
    one, other = row.draft.remarks.order_by("number")[:2]
    Remark.objects.filter(pk=one.pk).update(wording="Hộ nghèo, hộ cận nghèo được giảm toàn bộ.")
    Remark.objects.filter(pk=other.pk).update(wording="Hộ có người khuyết tật nặng không phải trả tiền.")
    receive(row, NEXT, issued=True)
    outcomes = {outcome.remark_id: outcome for outcome in Outcome.objects.all()}
    assert outcomes[one.pk].proposal == "adopted"
    assert any("hộ cận nghèo" in phrase for phrase in outcomes[one.pk].evidence)
    assert outcomes[other.pk].proposal == "not_adopted"
    address = f"/phan-bien/{row.public_id}/ket-qua/"
    assert "YK-01" in html_of(client_of(OFFICER).get(address))
    page = html_of(client_of(OFFICER).get(f"{address}{outcomes[one.pk].pk}/"))
    assert "<mark>" in page and "khoản 2" in page
    assert 'value="adopted"' in page and " checked" not in page  # nothing is chosen before a person does
    assert "Cơ quan soạn thảo trả lời" not in page  # it has not answered yet
    name = f"o{outcomes[one.pk].pk}"
    decided = client_of(OFFICER).post(
        f"{address}{outcomes[one.pk].pk}/", {f"{name}-verdict": "adopted", f"{name}-note": "Đúng như đề nghị"}
    )
    assert decided.status_code == 302
    public = html_of(Client().get(Publication.objects.get().address))
    assert "Được tiếp thu trong văn bản đã ban hành" in public and "khoản 2 Điều 3" in public
    assert "Đúng như đề nghị" in public
    assert PublishedRemark.objects.filter(code="YK-01").count() == 2  # as published, and as decided now
    assert PublishedRemark.objects.filter(code="YK-02").count() == 1
    last = client_of(OFFICER).post(f"/phan-bien/{row.public_id}/du-thao/ban-moi/", {})
    assert last.status_code == 422


def test_nothing_comes_after_the_issued_text(row: Criticism) -> None:
    receive(row, NEXT, issued=True)
    with pytest.raises(AssertionError):
        receive(row, FEES)
    assert row.draft.versions.count() == 2


def test_pages_of_versions_ask_as_often_for_a_few_remarks_as_for_many(row: Criticism) -> None:
    receive(row, NEXT, issued=True)
    officer = client_of(OFFICER)
    addresses = [
        f"/phan-bien/{row.public_id}/{path}"
        for path in ("du-thao/so-sanh/?nhom=khac", "ket-qua/", "nhom/", "du-thao/")
    ]
    few = [queries(officer, address) for address in addresses]
    version = row.draft.versions.order_by("number")[0]
    Remark.objects.bulk_create(
        Remark(draft=row.draft, version=version, number=100 + n, text=f"Ý kiến {n}", author="people",
               node="dieu-2-khoan-2", provision="khoản 2 Điều 2", by=version.by, at=version.at)
        for n in range(500)
    )  # fmt: skip
    read(row, NEXT)
    assert [queries(officer, address) for address in addresses] == few


def test_an_older_version_is_read_beside_the_newest_and_not_worked_on(row: Criticism) -> None:
    receive(row, NEXT)
    receive(row, NEXT.replace("một nửa", "toàn bộ"))
    client, address = client_of(OFFICER), f"/phan-bien/{row.public_id}/du-thao/"
    newest = html_of(client.get(address))
    assert 'href="?ban=' not in newest and f'href="{address}?ban=1"' in newest and "Sửa chỗ đọc sai" in newest
    first = html_of(client.get(f"{address}?ban=1"))
    assert "Hộ nghèo được giảm một nửa" in first and "Giải thích" not in first
    assert "Sang bản mới nhất" in first and "Sửa chỗ đọc sai" not in first
    compared = html_of(client.get(f"{address}so-sanh/?ban=2&nhom=new"))
    assert "So sánh bản 1 và bản 2" in compared and "Điều 2" in compared
    assert "?ban=2&amp;nhom=" in compared and "so-sanh/" not in compared.partition("<main")[2]
    for wrong in ("9", "x", "²", "99999999999999999999"):
        assert client.get(f"{address}?ban={wrong}").status_code == 404, wrong
        assert client.get(f"{address}so-sanh/?ban={wrong}").status_code == 404, wrong
