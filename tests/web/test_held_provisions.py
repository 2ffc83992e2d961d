"""Remarks and contributions hold their provision: a text read anew takes them along with its words."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from supervision.cases.models import Criticism
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.drafts.models import Contribution, DraftText, Remark
from supervision.drafts.services import newest_version, record_remarks
from supervision.drafts.taking import intake, intake_files
from supervision.drafts.texts import provisions_of
from supervision.errors import WrongState
from supervision.web.views.contributions import find_call
from tests.drafts.texts import FEES
from tests.markup import html_of
from tests.told import Story
from tests.web.test_contributions import C1, OFFICER, WOMEN, ask, send
from tests.web.test_limits import client_of
from workflows.acts import drafts

pytestmark = pytest.mark.django_db
POOR = "2. Hộ nghèo được giảm một nửa."
SHIFTED = FEES.replace(POOR, "2. Khoản bị sót khi đọc.\n3. Hộ nghèo được giảm một nửa.")
ARTICLE = FEES.replace(
    "Điều 2. Mức chi trả", "Điều 2. Giải thích\nHộ nghèo là hộ có sổ.\n\nĐiều 3. Mức chi trả"
)
ARTICLE = ARTICLE.replace("Điều 3. Hiệu lực", "Điều 4. Hiệu lực")
STORY = Story("c1", C1, until=-13, seen_on=0)


@pytest.fixture
def row(driver: Driver) -> Criticism:
    criticism = Criticism.objects.get(case=driver.case)
    assert read(criticism, FEES) == 302
    return criticism


def read(row: Criticism, text: str) -> int:
    address = f"/phan-bien/{row.public_id}/du-thao/doc/"
    return client_of(OFFICER).post(address, {"source": "dan", "pasted": text}).status_code


def told(row: Criticism, text: str) -> str:
    address = f"/phan-bien/{row.public_id}/du-thao/doc/"
    answer = client_of(OFFICER).post(address, {"source": "dan", "pasted": text})
    assert answer.status_code == 422
    assert DraftText.objects.get().edition == 1
    return html_of(answer)


def remark(row: Criticism, provision: str) -> Remark:
    version = newest_version(row.draft)
    said = {"provision": provision, "text": "Ý", "wording": "", "author": "people", "author_name": ""}
    return record_remarks(row.draft, [said], by=version.by, at=version.at)[0]


def words_under(row: Criticism, node: str) -> str:
    return provisions_of(newest_version(row.draft))[node].own


@pytest.mark.parametrize("text", [SHIFTED, ARTICLE], ids=["a clause", "an article"])
def test_a_provision_that_was_missed_takes_nobody_s_remark(row: Criticism, text: str) -> None:
    """What stood on khoản 2 still stands on the words of khoản 2, under the number that they have now."""
    one = remark(row, "khoản 2 Điều 2")
    point = remark(row, "điểm b khoản 1 Điều 2")
    call = ask(row)
    send(call)
    kept = [send(call, "Một ý khác", "dieu-1-khoan-1"), send(call, "Toàn văn", "")]
    assert read(row, text) == 302
    one.refresh_from_db()
    point.refresh_from_db()
    sent = Contribution.objects.get(node=one.node)
    assert words_under(row, one.node) == "Hộ nghèo được giảm một nửa."
    assert words_under(row, point.node) == "Từ 30 kg một tháng: 35.000 đồng."
    assert one.provision == sent.provision in {"khoản 3 Điều 2", "khoản 2 Điều 3"}
    assert one.place > point.place and fold_has(one, one.provision)
    assert list(
        Contribution.objects.filter(receipt__in=kept).order_by("pk").values_list("node", flat=True)
    ) == [
        "dieu-1-khoan-1",
        "",
    ]


def fold_has(remark: Remark, words: str) -> bool:
    return remark.folded == remark.search_text and words.split()[1] in remark.search_text


def test_words_that_are_all_others_do_not_come_under_a_remark(row: Criticism) -> None:
    remark(row, "khoản 2 Điều 2")
    said = told(row, FEES.replace(POOR, "2. Người nộp chậm bị phạt theo quy định chung."))
    assert "Đang có ý kiến về khoản 2 Điều 2, mà lời ở đó nay khác hẳn" in said
    assert "Người nộp chậm bị phạt" in said  # what was pasted stays


@pytest.mark.parametrize(
    "words",
    [
        "2. Hộ ngheo đuợc giảm một nửa.",
        "2. Hộ nghèo được giảm 1/2.",
        "2. Ho ngheo duoc giam mot nua.",
        "2. Hộ nghèo giảm 1/2.",
        "2. Hộ nghèo được giảm\nmột nửa.",
    ],
)
def test_small_repairs_leave_a_remark_where_it_is(row: Criticism, words: str) -> None:
    one = remark(row, "khoản 2 Điều 2")
    assert read(row, FEES.replace(POOR, words)) == 302
    one.refresh_from_db()
    assert (one.node, one.provision) == ("dieu-2-khoan-2", "khoản 2 Điều 2")


def test_a_heading_put_right_leaves_the_remarks_below_it(row: Criticism) -> None:
    clause, article = remark(row, "khoản 2 Điều 2"), remark(row, "Điều 2")
    assert read(row, FEES.replace("Điều 2. Mức chi trả", "Điều 2. Mức chi tra")) == 302
    for one in (clause, article):
        node = one.node
        one.refresh_from_db()
        assert one.node == node


def test_a_contribution_that_waits_holds_its_provision_and_a_refused_one_does_not(row: Criticism) -> None:
    call = ask(row)
    send(call)
    without = FEES.replace(f"{POOR}\n", "")
    assert "Đang có ý kiến về khoản 2 Điều 2 nên không bỏ được" in told(row, without)
    take = {"chon": [Contribution.objects.get().pk], "lam": "bo", "refusal": "off_topic"}
    client_of(OFFICER).post(f"/phan-bien/{row.public_id}/gop-y/", take)
    assert Contribution.objects.get().state == "refused"
    assert read(row, without) == 302


def test_rows_of_a_file_are_not_taken_in_for_a_provision_that_is_gone_since(row: Criticism) -> None:
    ask(row, until=C1 + dt.timedelta(days=9))
    call = find_call(row)
    data = SimpleUploadedFile("g.csv", "Điều khoản,Ý kiến\nkhoản 2 Điều 2,Nên giảm\n".encode("utf-8-sig"))
    arrived = intake_files.read([data])
    judged = intake.judge(call, arrived)
    provisions_of(call.version)
    assert read(row, FEES.replace(f"{POOR}\n", "")) == 302
    with pytest.raises(WrongState):
        drafts.import_contributions(
            actor=actor(OFFICER), criticism=row, call=call, at=timezone.now(), arrived=arrived,
            judged=judged, in_table=True, is_apart=False, files={}, left_out=[],
        )  # fmt: skip
    assert not Contribution.objects.exists()


def test_a_form_that_was_open_while_the_text_changed_shows_the_new_words_first(row: Criticism) -> None:
    """Under the id that the form was opened for another clause may stand by now."""
    call = ask(row)
    forms = {
        f"/du-thao/{call.public_id}/gop-y/": Client(),
        f"/phan-bien/{row.public_id}/du-thao/gop-y/": client_of(WOMEN),
    }
    marks = {one: mark_in(client.get(f"{one}?o=dieu-2-khoan-2")) for one, client in forms.items()}
    assert read(row, SHIFTED) == 302
    for count, (address, client) in enumerate(forms.items()):
        said = {"o": "dieu-2-khoan-2", "doc": marks[address], "text": f"Giảm cả {count}", "author": "people"}
        again = client.post(address, said)
        page = html_of(again)
        assert again.status_code == 422 and "vừa được sửa trong lúc bạn viết" in page
        assert said["text"] in page and words_under(row, "dieu-2-khoan-2") in page
        assert Contribution.objects.count() == count
        assert client.post(address, said | {"doc": mark_in(again)}).status_code == 302
    assert Contribution.objects.count() == len(forms)


def mark_in(page: Any) -> str:
    found = re.search(r'name="doc" value="([0-9a-f]{12})"', html_of(page))
    assert found
    return found[1]
