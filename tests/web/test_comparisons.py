"""Versions compared while people work on them: what was decided stays, nothing is lost, all is said."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone

from supervision.cases.models import Criticism
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.drafts.models import DraftText, DraftVersion, Match, Outcome, Remark, RemarkPlace
from supervision.drafts.services import newest_version, record_remarks
from supervision.drafts.texts import keep_text
from supervision.drafts.versions import comparison, outcomes
from supervision.errors import WrongState
from supervision.files.sandbox import Failed, Sandbox
from supervision.legaltext.outline.lines import from_lines
from tests.drafts.texts import FEES
from tests.markup import html_of
from tests.told import Story
from tests.web.test_contributions import WOMEN, ask
from tests.web.test_limits import client_of
from tests.web.test_versions import C1, NEXT, OFFICER, read, receive
from workflows.acts import drafts

pytestmark = pytest.mark.django_db
POOR = "2. Hộ nghèo được giảm một nửa."
STORY = Story("c1", C1, until=-13, seen_on=10)


@pytest.fixture
def row(driver: Driver) -> Criticism:
    criticism = Criticism.objects.get(case=driver.case)
    read(criticism, FEES)
    return criticism


def remark(row: Criticism, provision: str = "khoản 2 Điều 2", text: str = "Ý một", **more: str) -> Remark:
    version = newest_version(row.draft)
    said = {
        "provision": provision,
        "text": text,
        "wording": "",
        "author": "people",
        "author_name": "",
        **more,
    }
    return record_remarks(row.draft, [said], by=version.by, at=version.at)[0]


def places(row: Criticism) -> list[str]:
    return list(newest_version(row.draft).remark_places.order_by("pk").values_list("node", flat=True))


def page(row: Criticism, path: str = "", who: str = OFFICER) -> str:
    return html_of(client_of(who).get(f"/phan-bien/{row.public_id}/{path}"))


def decide(row: Criticism, old: str, **said: str) -> Any:
    match = Match.objects.get(version=newest_version(row.draft), old=[old])
    return client_of(OFFICER).post(f"/phan-bien/{row.public_id}/du-thao/so-sanh/{match.pk}/", said)


def doubt(row: Criticism, old: str) -> None:
    Match.objects.filter(version=newest_version(row.draft), old=[old]).update(doubts=["few_words"])


def fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no texts be compared in time."""
    real = Sandbox.run

    def run(self: Sandbox, function: str, *args: Any) -> Any:
        if function == "matches":
            raise Failed("timeout")
        return real(self, function, *args)

    monkeypatch.setattr(Sandbox, "run", run)


def matched(row: Criticism, old: str) -> tuple[str, list[str], bool]:
    match = Match.objects.get(version=newest_version(row.draft), old=[old])
    return match.change, match.new, match.decided_at is not None


def test_a_refusal_and_a_join_by_hand_outlive_every_mending(row: Criticism) -> None:
    remark(row)
    receive(row, NEXT)
    doubt(row, "dieu-2-khoan-2")
    decide(row, "dieu-2-khoan-2", la="khong")
    decide(row, "dieu-2-khoan-2", den="Điều 3 khoản 2")
    doubt(row, "dieu-3")
    decide(row, "dieu-3", la="khong")
    decided = matched(row, "dieu-2-khoan-2"), matched(row, "dieu-3")
    assert decided == (("moved_reworded", ["dieu-3-khoan-2"], True), ("dropped", [], True))
    read(row, NEXT.replace("ngày ban hành", "ngày ký"))
    assert (matched(row, "dieu-2-khoan-2"), matched(row, "dieu-3")) == decided
    assert Match.objects.get(new=["dieu-4"]).change == "new"
    assert places(row) == ["dieu-3-khoan-2"]


def test_what_was_joined_stays_joined_where_the_machine_finds_nothing(row: Criticism) -> None:
    remark(row)
    other = NEXT.replace("2. Hộ nghèo, hộ cận nghèo được giảm toàn bộ.", "2. Miễn cho người có công.")
    receive(row, other)
    assert matched(row, "dieu-2-khoan-2") == ("dropped", [], False)
    decide(row, "dieu-2-khoan-2", den="khoản 2 Điều 3")
    read(row, other.replace("ngày ban hành", "ngày ký"))
    assert matched(row, "dieu-2-khoan-2") == ("moved_reworded", ["dieu-3-khoan-2"], True)
    assert places(row) == ["dieu-3-khoan-2"]


def test_a_decision_goes_with_the_words_that_it_was_about(row: Criticism) -> None:
    """A clause that was missed when the version was read moves the one that a person confirmed."""
    receive(row, NEXT)
    doubt(row, "dieu-2-khoan-2")
    decide(row, "dieu-2-khoan-2", la="phai")
    clause = "Hộ nghèo, hộ cận nghèo được giảm toàn bộ."
    read(row, NEXT.replace(f"2. {clause}", f"2. Khoản bị sót khi đọc.\n3. {clause}"))
    assert matched(row, "dieu-2-khoan-2") == ("moved_reworded", ["dieu-3-khoan-3"], True)


def test_a_join_takes_one_clause_and_leaves_the_others_new(row: Criticism) -> None:
    receive(row, NEXT)
    version = newest_version(row.draft)
    doubt(row, "dieu-2-khoan-2")
    decide(row, "dieu-2-khoan-2", la="khong")
    Match.objects.filter(version=version, change="new", new=["dieu-2"]).delete()
    Match.objects.filter(version=version, new=["dieu-3-khoan-2"]).update(new=["dieu-3-khoan-2", "dieu-2"])
    decide(row, "dieu-2-khoan-2", den="khoản 2 Điều 3")
    assert Match.objects.get(version=version, change="new").new == ["dieu-2"]


def test_a_comparison_that_fails_leaves_what_was_found_and_says_so(
    row: Criticism, monkeypatch: pytest.MonkeyPatch
) -> None:
    remark(row)
    receive(row, NEXT)
    found = Match.objects.count()
    behind = "chưa so lại được với bản trước"
    assert behind not in page(row, "du-thao/") + page(row, "du-thao/so-sanh/")
    with monkeypatch.context() as broken:
        fail(broken)
        read(row, NEXT.replace("ngày ban hành", "ngày ký"))
        assert (Match.objects.count(), places(row)) == (found, ["dieu-3-khoan-2"])
        assert behind in page(row, "du-thao/") and behind in page(row, "du-thao/so-sanh/")
        doubt(row, "dieu-3")
        assert decide(row, "dieu-3", la="phai").status_code == 409
        later = timezone.now() + dt.timedelta(hours=1)
        assert [drafts.take_up_comparisons(at=later) for _ in range(4)] == [1, 1, 0, 0]
    read(row, NEXT.replace("ngày ban hành", "ngày ký ban hành"))
    assert behind not in page(row, "du-thao/")


def test_a_comparison_that_nobody_came_to_make_is_made_by_the_clock(
    row: Criticism, monkeypatch: pytest.MonkeyPatch
) -> None:
    remark(row)
    with monkeypatch.context() as killed:
        killed.setattr(comparison, "compare", lambda version: None)
        receive(row, NEXT)
    assert not Match.objects.exists() and "Chưa so được" in page(row, "du-thao/")
    assert drafts.take_up_comparisons(at=timezone.now()) == 0  # whoever read it may be at it
    assert drafts.take_up_comparisons(at=timezone.now() + dt.timedelta(minutes=4)) == 1
    assert places(row) == ["dieu-3-khoan-2"]
    assert drafts.take_up_comparisons(at=timezone.now() + dt.timedelta(minutes=4)) == 0


def test_proposals_that_nobody_came_to_make_are_made_by_the_clock(
    row: Criticism, monkeypatch: pytest.MonkeyPatch
) -> None:
    remark(row)
    with monkeypatch.context() as killed:
        killed.setattr(outcomes, "propose_all", lambda version: 0)
        receive(row, NEXT, issued=True)
    drafts.take_up_comparisons(at=timezone.now())
    assert not Outcome.objects.exists()
    drafts.take_up_comparisons(at=timezone.now() + dt.timedelta(minutes=4))
    assert Outcome.objects.count() == 1


def test_a_slow_comparison_never_overwrites_a_newer_one(
    row: Criticism, monkeypatch: pytest.MonkeyPatch
) -> None:
    remark(row)
    real, done = Sandbox.run, []

    def slow(self: Sandbox, function: str, *args: Any) -> Any:
        found = real(self, function, *args)
        if function == "matches" and not done:
            done.append(function)
            read(row, FEES.replace("một nửa", "một phần hai"))  # another official, meanwhile
        return found

    monkeypatch.setattr(Sandbox, "run", slow)
    receive(row, NEXT)
    assert places(row) == ["dieu-2-khoan-2"]
    assert not Match.objects.filter(new=["dieu-4"]).exists()
    assert not comparison.is_behind(newest_version(row.draft))


def test_the_form_of_a_version_sent_twice_is_one_version(row: Criticism) -> None:
    receive(row, FEES)
    receive(row, NEXT)
    assert list(row.draft.versions.values_list("number", flat=True)) == [1, 2]


def test_a_version_that_was_never_read_does_not_cut_the_chain(row: Criticism, driver: Driver) -> None:
    remark(row)
    first = newest_version(row.draft)
    DraftVersion.objects.create(
        draft=row.draft, number=2, received_on=first.received_on, by=first.by, at=first.at
    )
    receive(row, NEXT)
    assert newest_version(row.draft).number == 3
    assert places(row) == ["dieu-3-khoan-2"]
    assert "So sánh bản 1 và bản 3" in page(row, "du-thao/so-sanh/")


def test_two_officials_at_once_leave_one_proposal_for_each_remark(
    row: Criticism, monkeypatch: pytest.MonkeyPatch
) -> None:
    remark(row)
    decided = remark(row, "Điều 3", "Ý hai")
    receive(row, NEXT, issued=True)
    version, real, done = newest_version(row.draft), outcomes.propose, []

    def slow(*args: str) -> outcomes.Proposal:
        if not done:
            done.append(args)
            outcomes.propose_all(version)
            last = Outcome.objects.get(remark=decided)
            outcomes.decide(last, verdict="adopted", note="", by=version.by, at=version.at)
        return real(*args)

    monkeypatch.setattr(outcomes, "propose", slow)
    assert outcomes.propose_all(version) == 1
    assert Outcome.objects.count() == 2
    assert Outcome.objects.get(remark=decided).verdict == "adopted"


def test_a_proposal_that_was_made_anew_is_not_decided_unseen(row: Criticism) -> None:
    remark(row)
    receive(row, NEXT, issued=True)
    old, version = Outcome.objects.get(), newest_version(row.draft)
    outcomes.propose_all(version)
    with pytest.raises(WrongState):
        outcomes.decide(old, verdict="adopted", note="", by=version.by, at=version.at)


def test_proposals_from_places_that_changed_meanwhile_are_not_written(
    row: Criticism, monkeypatch: pytest.MonkeyPatch
) -> None:
    remark(row)
    receive(row, NEXT, issued=True)
    real = outcomes.propose

    def slow(*args: str) -> outcomes.Proposal:
        RemarkPlace.objects.update(node="dieu-4")
        return real(*args)

    monkeypatch.setattr(outcomes, "propose", slow)
    assert outcomes.propose_all(newest_version(row.draft)) == 0
    assert Outcome.objects.get().nodes == ["dieu-3-khoan-2"]


def test_nothing_is_proposed_for_a_remark_that_stands_on_no_provision(row: Criticism) -> None:
    whole = remark(row, "", "Đề nghị bỏ các quy định trùng lặp trong toàn bộ dự thảo")
    receive(row, NEXT, issued=True)
    outcome = Outcome.objects.get(remark=whole)
    assert outcome.proposal == ""
    assert "Máy không đề xuất." in page(row, "ket-qua/")
    one = page(row, f"ket-qua/{outcome.pk}/")
    assert "Máy không đề xuất: ý kiến không gắn với điều, khoản nào để so." in one
    assert "Điều, khoản này không còn" not in one and "checked" not in one


@pytest.mark.parametrize(
    ("said", "proposal"),
    [
        ("Đề nghị bỏ khoản này", "adopted"),
        ("Đề nghị xóa khoản 2", "adopted"),
        ("Không nên quy định mức này", "adopted"),
        ("Đề nghị không bỏ khoản này", "not_adopted"),
        ("Không nên bỏ quy định này", "not_adopted"),
        ("Rà soát để không bỏ sót đối tượng", "not_adopted"),
    ],
)
def test_a_dropped_provision_is_adopted_only_where_the_remark_asks_to_drop_it(
    said: str, proposal: str
) -> None:
    assert outcomes.propose("", said, "Hộ nghèo được giảm một nửa.", "").verdict == proposal


def test_a_wording_that_went_to_another_provision_is_shown_there(row: Criticism) -> None:
    wording = "Hộ có người khuyết tật nặng không phải trả tiền thu gom."
    remark(row, wording=wording)
    receive(
        row, NEXT.replace("Điều 4. Hiệu lực", f"Điều 4. Miễn\n{wording}\n\nĐiều 5. Hiệu lực"), issued=True
    )
    outcome = Outcome.objects.get()
    assert (outcome.proposal, outcome.why, outcome.elsewhere) == ("adopted", "elsewhere", "Điều 4")
    one = page(row, f"ket-qua/{outcome.pk}/")
    assert "lời đề nghị có ở chỗ khác của văn bản" in one and "Điều 4</strong>" in one


TABLE = (
    "Điều 1. Mức thu\n1. Mức thu theo bảng.\n| STT | Tên | Mức |\n| 1 | Đất | 100 đồng |\n| 2 | Nhà | {} |"
)


def test_a_changed_provision_proves_nothing_where_a_wish_has_other_words() -> None:
    before, now = "Hộ nghèo được giảm mười phần trăm.", "Hộ nghèo được giảm hai mươi phần trăm."
    assert outcomes.propose("", "Mức giảm quá thấp, không đủ khuyến khích", before, now).verdict == ""
    assert outcomes.propose("", "Đề nghị giảm hai mươi phần trăm", before, now).verdict == "partly"


def test_an_empty_place_is_asked_for_where_it_is_missing(row: Criticism) -> None:
    receive(row, FEES.replace("2. Hộ nghèo được giảm một nửa.", ""))
    match = Match.objects.get(change="dropped")
    address = f"/phan-bien/{row.public_id}/du-thao/so-sanh/{match.pk}/"
    answer = client_of(OFFICER).post(address, {"den": " "}, follow=True)
    assert answer.redirect_chain[0][0].endswith("?nhom=dropped")
    assert "Ghi nay là điều, khoản nào của bản mới." in html_of(answer)


def test_a_row_of_a_table_is_named_and_its_words_are_shown(row: Criticism) -> None:
    for number, price in enumerate(("200 đồng", "300 đồng một hồ sơ"), start=1):
        if number > 1:
            first = newest_version(row.draft)
            DraftVersion.objects.create(
                draft=row.draft, number=2, received_on=first.received_on, by=first.by, at=first.at
            )
        text = from_lines(TABLE.format(price).splitlines(), "")
        keep_text(newest_version(row.draft), text, source=None, by=actor(OFFICER).mandate, at=timezone.now())
    comparison.compare(newest_version(row.draft))
    html = page(row, "du-thao/so-sanh/?nhom=khac").split('class="gs-diff"')[1]
    assert "Dòng 2 khoản 1 Điều 1" in html and "300" in html and "một hồ sơ" in html


def test_the_codes_of_remarks_are_for_those_who_may_read_them(row: Criticism) -> None:
    code = remark(row).code
    receive(row, NEXT)
    ask(row, is_public=False, until=C1 + dt.timedelta(days=20))
    path = "du-thao/so-sanh/?nhom=khac"
    assert code in page(row, path)
    invited = page(row, path, WOMEN)
    assert "hộ cận nghèo" in invited and code not in invited


def codes(html: str) -> list[str]:
    return re.findall(r'<th scope="row">\s*(YK-\d+),', html)


def test_the_table_stands_in_the_order_of_the_newest_version(row: Criticism) -> None:
    fees, start = remark(row), remark(row, "Điều 3", "Ý về hiệu lực")
    dropped = remark(row, "điểm b khoản 1 Điều 2", "Ý về điểm b")
    receive(row, NEXT.replace("b) Từ 30 kg một tháng: 35.000 đồng.\n", ""))
    later = remark(row, "Điều 2", "Ý về giải thích")
    order = [later.code, fees.code, start.code, dropped.code]
    assert codes(page(row, "bang/")) == order
    assert codes(page(row, "bang/?dieu=dieu-3")) == [fees.code]
    assert codes(page(row, "bang/?dieu=dieu-4")) == [start.code]
    assert codes(page(row, "bang/?dieu=dieu-2")) == [later.code]
    assert codes(page(row, "bang/?dieu=da-bo")) == [dropped.code]
    assert "Điều, khoản đã bỏ" in page(row, "bang/")


def test_a_remark_on_a_clause_that_was_split_is_found_at_both(row: Criticism) -> None:
    split = remark(row)
    receive(row, NEXT)
    version = newest_version(row.draft)
    Match.objects.filter(new=["dieu-2"]).update(new=[])
    Match.objects.filter(old=["dieu-2-khoan-2"]).update(new=["dieu-3-khoan-2", "dieu-2"])
    comparison.place_remarks(version)
    assert Remark.objects.get(pk=split.pk).place < RemarkPlace.objects.count() + 10
    for article in ("dieu-2", "dieu-3", "dieu-3-khoan-2"):
        assert codes(page(row, f"bang/?dieu={article}")) == [split.code]
    assert codes(page(row, "bang/?dieu=dieu-4")) == []
    assert codes(page(row, "bang/")) == [split.code]


def test_a_text_read_anew_is_compared_from_its_first_edition(row: Criticism) -> None:
    """What holds no comparison is not behind: a first version, whatever its edition."""
    read(row, FEES.replace("ngày ban hành", "ngày ký"))
    assert not comparison.is_behind(newest_version(row.draft))
    later = timezone.now() + dt.timedelta(hours=1)
    assert not comparison.behind(before=later) and DraftText.objects.get().edition == 2


def test_those_who_were_only_asked_about_the_newest_version_read_no_older_one(row: Criticism) -> None:
    receive(row, NEXT)
    ask(row, is_public=False, until=C1 + dt.timedelta(days=20))
    women, address = client_of(WOMEN), f"/phan-bien/{row.public_id}/du-thao/"
    newest = women.get(address)
    assert newest.status_code == 200 and "?ban=" not in html_of(newest)
    for path in ("?ban=1", "so-sanh/?ban=1"):
        assert women.get(f"{address}{path}").status_code == 404, path
