"""What is published is corrected and withdrawn by two people, and everything that shows it follows."""

from __future__ import annotations

import ast
import datetime as dt
import secrets
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from supervision.access.policy import Hidden
from supervision.audit.models import Event
from supervision.cases import selectors
from supervision.cases.models import ChangeRequest, PlanItem, PlannedCase
from supervision.cases.services import plan_progress, plans, remark_table
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents.models import Document
from supervision.errors import AlreadyDone, InvalidInput, NotAllowed, WrongState
from supervision.language.folding import number_key, slug
from supervision.law.registry import specs
from supervision.notices.models import Notice
from supervision.publication import corrections, index, remarks, search
from supervision.publication import services as publishing
from supervision.publication.log.checking import troubles
from supervision.publication.models import Entry, Publication, SearchRow, Standing
from supervision.publication.search import Search
from tests.markup import html_of
from tests.owner import guards_off
from tests.stages import AGENCIES, CHAIR, CLERK, DEPUTY, OFFICER, PROVINCE, drafter, go
from tests.told import tell
from tests.web.test_bad_input import Desk, text_of
from tests.workflows import agreement
from tests.workflows.delegation.acts import Start
from tests.workflows.test_criticisms import answers
from workflows.acts import changes
from workflows.models import WorkItem

ROOT = Path(publishing.__file__).parents[2]
WRONG, RIGHT = "Rà soát hồ sơ", "Rà soát 71 hồ sơ"


@pytest.fixture
def published(stage: Start) -> tuple[Driver, Publication]:
    driver = stage("recommended")
    go(driver, 22, "publish")
    page = selectors.publication_of(driver.case)
    assert page is not None
    return driver, page


def ask(
    driver: Driver, page: Publication, kind: str = "correct", by: str = CLERK, **data: Any
) -> ChangeRequest:
    rows = [{"place": "Bảng 1, KN-1", "was": WRONG, "now": RIGHT}]
    given = {"reason": "Ghi thiếu con số.", **({"changes": rows} if kind == "correct" else {}), **data}
    key = given.pop("key", "") or secrets.token_urlsafe(12)
    return changes.ask(
        actor=actor(by), case=driver.case, publication=page, kind=kind, data=given, key=key, at=driver.at(23)
    )


def test_every_act_on_a_publication_is_reached_by_people() -> None:
    """Each public service of publication has a caller outside its own package and the tests."""
    source = ast.parse(Path(publishing.__file__).read_text(encoding="utf-8"))
    services = {
        one.name for one in source.body if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")
    }
    called: set[str] = set()
    for folder in ("supervision", "workflows"):
        for path in (ROOT / folder).rglob("*.py"):
            if "publication" in path.parts or "migrations" in path.parts:
                continue
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if "supervision.publication" not in path.read_text(encoding="utf-8"):
                continue
            called |= {
                one.func.attr
                for one in ast.walk(tree)
                if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)
            }
    assert services - called == set()


def test_a_correction_is_asked_by_one_and_signed_by_another(published: tuple[Driver, Publication]) -> None:
    driver, page = published
    change = ask(driver, page)
    assert not page.entries.filter(what=Entry.What.CORRECT).exists()
    item = driver.item("sign_change")
    assert (item.change, item.organization, item.duties) == (change, driver.case.lead, "|signer|chair|")
    paper = driver.sign(24, CHAIR, "sign_change")
    assert paper.kind == "correction_letter" and WRONG in paper.context["body"]
    entry = page.entries.get(what=Entry.What.CORRECT)
    assert entry.reason == "Ghi thiếu con số."
    assert entry.data == {
        "number": paper.number_text,
        "changes": [{"place": "Bảng 1, KN-1", "was": WRONG, "now": RIGHT}],
        "issued_on": paper.issued_on.isoformat(),
        "code": paper.code,
    }
    change.refresh_from_db()
    assert (change.state, change.entry, change.decided_by) == ("confirmed", entry, actor(CHAIR).mandate)
    told = set(
        Notice.objects.filter(kind="publication.corrected").values_list("organization__code", flat=True)
    )
    assert {AGENCIES[0], PROVINCE, "mttq-24"} <= told
    assert set(paper.case_link.addressees.all()) == set(
        Document.objects.get(code=page.code).case_link.addressees.all()
    )
    actions = Event.objects.filter(thread_id=driver.case.pk, action__startswith="change.")
    assert list(actions.order_by("pk").values_list("action", flat=True)) == [
        "change.asked",
        "change.carried_out",
    ]
    assert list(troubles()) == []
    agreement.check()


def test_a_withdrawal_ends_what_is_shown_and_keeps_the_address(
    published: tuple[Driver, Publication], client: Client
) -> None:
    driver, page = published
    ask(driver, page, "withdraw", by=OFFICER, reason="Ghi nhầm tên cơ quan ở mục 1")
    assert client.get(page.address).status_code == 200
    paper = driver.sign(24, DEPUTY, "sign_change")
    assert paper.kind == "withdrawal_decision" and paper.number_text.endswith("/QĐ-MTTQ-BTT")
    answer = client.get(page.address)
    assert answer.status_code == 410
    assert "Ghi nhầm tên cơ quan ở mục 1" in html_of(answer)
    assert paper.number_text in html_of(answer)
    assert client.get(page.pdf_address).status_code == 410
    assert client.get(f"{page.address}goi.zip").status_code == 410
    assert "Đã thu hồi" in html_of(client.get(f"/v/{page.code}/"))
    row = SearchRow.objects.get(publication=page)
    assert row.validity == "thu-hoi"
    assert list(troubles()) == []
    with pytest.raises(WrongState):
        ask(driver, page, "withdraw")


def test_a_refusal_says_why_and_leaves_the_page_as_it_was(published: tuple[Driver, Publication]) -> None:
    driver, page = published
    change = ask(driver, page)
    driver.do(24, CHAIR, "sign_change", decision="return", reason="Con số trong văn bản là đúng")
    change.refresh_from_db()
    assert (change.state, change.decision_reason) == ("refused", "Con số trong văn bản là đúng")
    assert set(page.entries.values_list("what", flat=True)) == {Entry.What.PUBLISH}
    assert Notice.objects.get(kind="change.refused").mandate == actor(CLERK).mandate
    assert change.papers.get().document.state == Document.State.ABANDONED
    assert not WorkItem.objects.filter(step="sign_change", finished_at=None).exists()
    ask(driver, page)  # asked anew, with a better reason
    agreement.check()


def test_one_request_is_open_at_a_time_and_a_form_sent_twice_asks_once(
    published: tuple[Driver, Publication],
) -> None:
    driver, page = published
    first = ask(driver, page, key="mot-lan")
    assert ask(driver, page, key="mot-lan") == first
    with pytest.raises(AlreadyDone):
        ask(driver, page, by=OFFICER, key="mot-lan")
    with pytest.raises(WrongState):
        ask(driver, page, "withdraw", by=OFFICER)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeRequest.objects.create(
            key="x", case=driver.case, publication=page, kind="withdraw", reason="R",
            by=actor(OFFICER).mandate, at=driver.at(23),
        )  # fmt: skip
    assert ChangeRequest.objects.count() == 1


def test_whoever_asked_takes_it_back_until_it_is_being_signed(published: tuple[Driver, Publication]) -> None:
    driver, page = published
    change = ask(driver, page)
    with pytest.raises(NotAllowed):
        changes.take_back(actor=actor(OFFICER), change=change, at=driver.at(23))
    changes.take_back(actor=actor(CLERK), change=change, at=driver.at(23))
    change.refresh_from_db()
    assert change.state == "taken_back" and change.papers.get().document.state == Document.State.ABANDONED
    agreement.check()
    again = ask(driver, page)
    driver.do(24, CHAIR, "sign_change", decision="sign")
    with pytest.raises(WrongState):
        changes.take_back(actor=actor(CLERK), change=again, at=driver.at(24))


def test_nobody_asks_without_the_duty_and_nobody_signs_their_own_request(
    published: tuple[Driver, Publication],
) -> None:
    driver, page = published
    for who, refusal in ((CHAIR, NotAllowed), (drafter(AGENCIES[0]), Hidden)):
        with pytest.raises(refusal):
            ask(driver, page, by=who)
    change = ask(driver, page)
    by = actor(CHAIR)
    with guards_off():  # who asked stays otherwise
        ChangeRequest.objects.filter(pk=change.pk).update(by=by.mandate)
    with pytest.raises(NotAllowed, match="người đề nghị"):
        driver.do(24, CHAIR, "sign_change", decision="sign")
    with pytest.raises(IntegrityError), transaction.atomic():
        change.state, change.decided_by, change.decided_at = "refused", by.mandate, driver.at(24)
        change.by, change.decision_reason = by.mandate, "R"
        change.save()


def test_a_correction_quotes_what_is_published_and_changes_it(published: tuple[Driver, Publication]) -> None:
    driver, page = published
    rows = [
        {"place": "1", "was": "chỗ không có", "now": "khác"},
        {"place": "2", "was": WRONG, "now": f" {WRONG} "},
    ]
    with pytest.raises(InvalidInput) as refused:
        ask(driver, page, changes=rows)
    assert set(refused.value.errors) == {"changes-0-was", "changes-1-now"}
    with pytest.raises(InvalidInput) as refused:
        ask(driver, page, changes=[], reason=" ")
    assert set(refused.value.errors) == {"changes", "reason"}
    with pytest.raises(InvalidInput) as refused:
        ask(driver, page, "withdraw", replaced_by="999/MTTQ-BTT")
    assert set(refused.value.errors) == {"replaced_by"}


def test_what_a_side_said_beside_the_paper_is_not_corrected_and_the_form_says_where_it_is(
    published: tuple[Driver, Publication],
) -> None:
    driver, page = published
    row = driver.recommendation(1)
    for day, step in ((24, "receive_recommendation"), (25, "draft_reply"), (26, "approve_reply")):
        go(driver, day, step, row)
    said = row.replies.get().text
    assert said and said not in page.plain_text
    with pytest.raises(InvalidInput, match="lời của cơ quan"):
        ask(driver, page, changes=[{"place": "Trả lời", "was": said, "now": "Khác"}])
    with pytest.raises(InvalidInput, match="Không có đoạn này"):
        ask(driver, page, changes=[{"place": "Trả lời", "was": f"{said} khác", "now": "Khác"}])
    with Desk(driver, CLERK, 27) as desk:
        form = text_of(desk.get(f"/cong-bo/{page.public_id}/dinh-chinh/"))
    assert "không thuộc văn bản đã ký" in form


def test_a_letter_touches_the_same_words_once(published: tuple[Driver, Publication]) -> None:
    """Of two rows that said otherwise of the same words both were once published with equal rank."""
    driver, page = published
    for second, wrong in (
        ({"place": "Bảng 1, KN-1", "was": WRONG, "now": "Rà soát 17 hồ sơ"}, "Rà soát 71 hồ sơ"),
        ({"place": "Bảng 1, KN-1", "was": "71 hồ sơ", "now": "17 hồ sơ"}, "Rà soát 71 hồ sơ"),
    ):
        rows = [{"place": "Bảng 1, KN-1", "was": WRONG, "now": RIGHT}, second]
        with pytest.raises(InvalidInput) as refused:
            ask(driver, page, changes=rows)
        assert set(refused.value.errors) == {"changes-1-was"}
        assert wrong in str(refused.value.errors["changes-1-was"][0])


def test_a_part_of_a_correction_is_corrected_and_the_letter_says_who_said_it(
    published: tuple[Driver, Publication],
) -> None:
    driver, page = published
    letters = []
    for was, now in (
        ("Bố trí biên chế", "Bố trí 5 biên chế và 7 hợp đồng"),
        ("5 biên chế", "6 biên chế"),
        ("7 hợp đồng", "8 hợp đồng"),
        ("6 biên chế và 8 hợp đồng", "14 người"),
    ):
        ask(driver, page, changes=[{"place": "Phần I", "was": was, "now": now}])
        letters.append(driver.sign(24, CHAIR, "sign_change"))
    first, second, third, fourth = (one.number_text for one in letters)
    assert f"văn bản đính chính số {first} đã ghi “7 hợp đồng”" in letters[2].context["body"]
    both = f"các văn bản đính chính số {first}, {second}, {third} đã ghi “6 biên chế và 8 hợp đồng”"
    assert both in letters[3].context["body"] and fourth
    assert [one.now for one in corrections.standing(page)] == ["Bố trí 14 người"]
    with pytest.raises(InvalidInput, match="Bố trí 14 người"):
        ask(driver, page, changes=[{"place": "Phần I", "was": "Bố trí biên chế", "now": "Bố trí"}])


def test_a_wrong_correction_is_corrected_by_quoting_what_it_made(
    published: tuple[Driver, Publication],
) -> None:
    driver, page = published
    times = page.plain_text.count(WRONG)
    rows = [{"place": f"Chỗ {n}", "was": WRONG, "now": RIGHT} for n in range(times)]
    ask(driver, page, changes=rows)
    first = driver.sign(24, CHAIR, "sign_change")
    with pytest.raises(InvalidInput) as refused:
        ask(driver, page, changes=[{"place": "Chỗ 0", "was": WRONG, "now": "Rà soát 17 hồ sơ"}])
    assert RIGHT in str(refused.value.errors["changes-0-was"][0])
    with pytest.raises(InvalidInput):  # part of a word
        ask(driver, page, changes=[{"place": "Chỗ 0", "was": "oát 71", "now": "oát 17"}])
    ask(driver, page, changes=[{"place": "Chỗ 0", "was": RIGHT, "now": "Rà soát 17 hồ sơ"}])
    paper = driver.sign(25, CHAIR, "sign_change")
    assert f"văn bản đính chính số {first.number_text} đã ghi “{RIGHT}”" in paper.context["body"]
    assert "Rà soát 17 hồ sơ" in [one.now for one in corrections.standing(page)]


def test_whoever_answers_reads_the_correction_and_the_withdrawal_with_their_work(
    published: tuple[Driver, Publication],
) -> None:
    driver, page = published
    row = driver.recommendation(1)
    item = driver.item("receive_recommendation", row)
    places = (f"/viec-cua-toi/{item.public_id}/", f"/kien-nghi/{row.public_id}/")
    ask(driver, page)
    driver.sign(24, CHAIR, "sign_change")
    with Desk(driver, drafter(AGENCIES[0]), 24) as desk:
        for place in places:
            shown = text_of(desk.get(place))
            assert "Đã đính chính" in shown and RIGHT in shown, place
    withdraw(driver, page, 25)
    with Desk(driver, drafter(AGENCIES[0]), 25) as desk:
        for place in places:
            assert "Văn bản này đã thu hồi" in text_of(desk.get(place)), place


def test_what_replaces_a_withdrawn_paper_is_in_force_when_it_is_signed(
    published: tuple[Driver, Publication],
) -> None:
    driver, page = published
    other = like(page, "2" * 26, page.issued_on)
    ask(driver, page, "withdraw", replaced_by="99/KL-MTTQ-BTT")
    facts = {"reason": "R", "number": "1/QĐ", "at": driver.at(23), "by_label": "V"}
    publishing.withdraw(publication=other, **facts)
    with pytest.raises(WrongState, match="99/KL-MTTQ-BTT"):
        driver.do(24, CHAIR, "sign_change", decision="sign")
    with pytest.raises(WrongState):
        publishing.withdraw(publication=page, replaced_by=other, **facts)
    driver.do(24, CHAIR, "sign_change", decision="return", reason="Văn bản thay đã thu hồi")
    agreement.check()


def like(page: Publication, code: str, day: dt.date, number: str = "99/KL-MTTQ-BTT") -> Publication:
    """Return another paper of the same body, published as `page` is."""
    fields = {one.name: getattr(page, one.name) for one in Publication._meta.concrete_fields}
    own = {"code": code, "number_text": number, "issued_on": day, "year": day.year}
    kept = {name: value for name, value in fields.items() if name not in ("id", "public_id", *own)}
    made = Publication.objects.create(
        **{**kept, "number_slug": slug(number), "number_key": number_key(number), **own}
    )
    index.rebuild(made)
    return made


def test_a_number_that_fits_several_papers_is_never_taken_in_silence(
    published: tuple[Driver, Publication],
) -> None:
    """Numbers begin anew each year: of two papers the newest was taken, and the other could not be named."""
    driver, page = published
    older = like(page, "2" * 26, dt.date(2025, 3, 5))
    newer = like(page, "3" * 26, dt.date(2026, 4, 1))
    for typed in ("99/KL-MTTQ-BTT", " 99/kl-mttq-btt "):
        with pytest.raises(InvalidInput) as refused:
            ask(driver, page, "withdraw", replaced_by=typed)
        said = str(refused.value.errors["replaced_by"][0])
        assert "99/KL-MTTQ-BTT ngày 05/03/2025" in said and "99/KL-MTTQ-BTT ngày 01/04/2026" in said
    for typed, meant in (
        ("99/KL-MTTQ-BTT ngày 05/03/2025", older),
        ("99/KL-MTTQ-BTT, ngày 05 tháng 3 năm 2025", older),
        ("99/KL-MTTQ-BTT năm 2025", older),
        ("2222-2222-2222-2222-2222-2222-22", older),
        (f"https://giamsat.example.vn/v/{newer.code}/", newer),
        (f"https://giamsat.example.vn/en{newer.address}", newer),
        (older.address, older),
    ):
        change = ask(driver, page, "withdraw", replaced_by=typed)
        assert change.replaced_by == meant, typed
        changes.take_back(actor=actor(CLERK), change=change, at=driver.at(23))
    for typed in ("99/KL-MTTQ-BTT ngày 06/03/2025", "99/KL-MTTQ-BTT ngày 31/02/2025", "9" * 26, page.address):
        with pytest.raises(InvalidInput):
            ask(driver, page, "withdraw", replaced_by=typed)


def carried_out(item: PlanItem) -> dict[str, Any]:
    """Return what a case of the item would be: its form, its chair, a day of its year."""
    spec = next(one for one in specs().values() if one.planned_as == item.form)
    return {"spec": spec, "lead": item.chair, "on": dt.date(item.plan.year, 3, 2)}


@pytest.mark.django_db
def test_a_withdrawn_amendment_gives_the_items_back_to_the_plan_in_force(client: Client) -> None:
    driver = tell("plan", dt.date(2026, 12, 15), until=230)
    plan = driver.case.annual_plan
    _first, second = plan.versions.order_by("number")
    added = {one["code"] for one in second.changes if one["what"] == "added"}
    dropped = {one["code"] for one in second.changes if one["what"] == "dropped"}
    before = {row["code"]: row for row in _first.rows}
    assert added and dropped, second.changes
    withdraw(driver, second.publication, 231)
    items = {item.code: item for item in plan.items.filter(amends=None).select_related("agency", "chair")}
    assert {code for code, item in items.items() if item.state == "in_force"} == set(before)
    for code, row in before.items():
        item = items[code]
        assert (item.title, item.form, item.agency.short_name, item.period) == (
            row["title"], row["form"], row["agency"], row["period"],
        )  # fmt: skip
    for code in dropped:
        plan_progress.require_ready(items[code], **carried_out(items[code]))
    for code in added:
        assert second.publication.number_text in items[code].reason
        with pytest.raises(WrongState):
            plan_progress.require_ready(items[code], **carried_out(items[code]))
    shown = html_of(client.get(f"/ke-hoach/{plan.year}/{second.publication.organization_code}/"))
    assert all(row["title"] in shown for row in before.values())
    assert not any(items[code].title in shown for code in added)
    driver.case.planned = PlannedCase(case=driver.case, item=items[min(dropped)])
    assert _first.document.number_text in plans.of_the_year(driver.case)[0]
    assert list(troubles()) == []


def withdraw(driver: Driver, page: Publication, day: int, **data: Any) -> Document:
    """Have a publication withdrawn, asked for by the clerk and signed by the chair."""
    changes.ask(
        actor=actor(CLERK),
        case=driver.case,
        publication=page,
        kind="withdraw",
        data={"reason": "Ghi nhầm số liệu", **data},
        key=secrets.token_urlsafe(12),
        at=driver.at(day),
    )
    return driver.sign(day, CHAIR, "sign_change")


def test_what_is_withdrawn_is_found_by_its_name_and_no_more_by_what_it_says(
    published: tuple[Driver, Publication], client: Client
) -> None:
    driver, page = published
    on = driver.day(25)

    def found(query: str) -> list[str]:
        return [row.validity for row in search.answer(Search.of({"q": query}), on=on).rows(0, 20)]

    asked = {"words": "Bố trí biên chế", "number": page.number_text, "title": f'"{page.title}"'}
    assert {name: found(query) for name, query in asked.items()} == {name: ["hieu-luc"] for name in asked}
    withdraw(driver, page, 24)
    assert {name: found(query) for name, query in asked.items()} == {
        "words": [],
        "number": ["thu-hoi"],
        "title": ["thu-hoi"],
    }
    assert set(Standing.objects.values_list("stage", flat=True)) == {Standing.Stage.GONE}, "in no list"
    assert page.title not in html_of(client.get("/"))
    listed = html_of(client.get("/ket-luan/"))
    assert page.title in listed and "Đã thu hồi" in listed
    assert "Kiến nghị hai" not in html_of(client.get("/kien-nghi/"))


@pytest.mark.django_db
def test_a_plan_whose_versions_are_withdrawn_says_so_and_is_the_ground_of_nothing(client: Client) -> None:
    driver = tell("plan", dt.date(2026, 12, 15), until=230)
    plan = driver.case.annual_plan
    first, second = (version.publication for version in plan.versions.order_by("number"))
    address = f"/ke-hoach/{plan.year}/{first.organization_code}/"
    withdraw(driver, second, 231)
    answer = html_of(client.get(address))
    assert "Văn bản này đã thu hồi" in answer and second.number_text in answer
    assert client.get(first.address).status_code == 200 and client.get(second.address).status_code == 410
    assert "Đã thu hồi" not in html_of(client.get("/ke-hoach/"))
    withdraw(driver, first, 232)
    assert client.get(address).status_code == 410
    assert "Đã thu hồi" in html_of(client.get("/ke-hoach/"))
    item = plan.items.filter(state="in_force", chair=driver.case.lead).first()
    with pytest.raises(WrongState, match="thu hồi"):
        plan_progress.require_ready(item, **carried_out(item))
    assert list(troubles()) == []


@pytest.mark.django_db
def test_a_criticism_keeps_each_round_of_answers_and_goes_with_its_table(client: Client) -> None:
    driver = tell("c1", dt.date(2026, 5, 19), until=25)
    page, criticism = selectors.publication_of(driver.case), selectors.criticism_of(driver.case)
    assert page is not None
    remark = selectors.answered_remarks(driver.case)[0]
    before = remark.answers.get(round__submitted_at__isnull=False)
    asked = {"verdict": "returned", "text": "Chưa rõ căn cứ", "again_on": driver.day(40), "again": [remark]}
    driver.do(28, OFFICER, "assess_answers", **asked)
    driver.do(30, "so-nnmt-24.dau_moi", "draft_answers", criticism, **answers(driver))
    driver.do(31, "so-nnmt-24.lanh_dao", "approve_answers", criticism, decision="send")
    driver.do(34, OFFICER, "assess_answers", verdict="accepted", text="Đã rõ")
    html = html_of(client.get(page.address))
    words = ("Vòng 1 trên 2", "Trả lời chưa đủ", "Chưa rõ căn cứ", "Vòng 2 trên 2", "Mọi ý kiến đã có")
    places = [html.find(one) for one in words]
    assert -1 < places[0] and places == sorted(places)
    row = page.remarks.filter(remark=remark.public_id).latest("pk")
    assert [one["answer"] for one in row.data["earlier"]] == [before.text]
    assert row.data["answer"] == f"Tiếp thu {remark.code}"
    assert "Trả lời trước, ngày" in html_of(client.get(f"{page.address}y-kien/"))
    told = [{"place": "Phụ lục, YK-01", "was": remark.text, "now": "Lời khác"}]
    ask(driver, page, changes=told)
    letter = driver.sign(24, CHAIR, "sign_change")
    inside = f"/phan-bien/{criticism.public_id}/bang/"
    with Desk(driver, OFFICER, 36) as desk:
        for tail in ("", "tai/"):
            shown = text_of(desk.get(f"{inside}{tail}"))
            assert "Đã đính chính" in shown and "Lời khác" in shown, tail
        rows = b"".join(desk.get(f"{inside}bang.csv").streaming_content).decode()
        assert f"văn bản số {letter.number_text}" in rows and "nay đọc là “Lời khác”" in rows
    withdraw(driver, page, 200)
    assert client.get(f"{page.address}y-kien/").status_code == 410
    assert "đã thu hồi" in remark_table.said_since(criticism)[0]
    assert remarks.newest_of(remark.public_id) is None


@pytest.mark.django_db
def test_the_notice_of_results_prints_each_answer_to_a_point_and_can_be_withdrawn(client: Client) -> None:
    driver = tell("o1", dt.date(2026, 6, 30))
    page = selectors.publication_of(driver.case)
    assert page is not None
    asked_again = driver.case.recommendations.get(number=4)
    first, second = asked_again.replies.filter(submitted_at__isnull=False).order_by("version")
    text = " ".join(page.plain_text.split())
    assert (
        -1
        < text.find("Lần 1, ngày")
        < text.find(first.text)
        < text.find("Lần 2, ngày")
        < text.find(second.text)
    )
    withdraw(driver, page, 301)
    assert client.get(page.address).status_code == 410
