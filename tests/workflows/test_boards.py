"""S3: a board is set up, plans, is confirmed by its Front, is answered within fifteen days, or goes to it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from supervision.access import policy
from supervision.audit.models import Event
from supervision.casefiles.models import Case
from supervision.cases import board_selectors
from supervision.cases.models import Board, BoardMember, Settlement
from supervision.cases.services import board_mandates
from supervision.deadlines.models import Deadline
from supervision.demo import script, world
from supervision.demo.clock import Clock
from supervision.demo.driver import Driver
from supervision.documents.models import Document
from supervision.errors import DomainError, InvalidInput, NotAllowed, WrongState
from supervision.law.rules import RULES
from supervision.organizations.actors import Actor
from supervision.organizations.models import Duty, Mandate, Organization, User
from supervision.organizations.services import give_mandate
from tests.markup import html_of
from tests.told import tell
from tests.web.test_limits import client_of, queries
from tests.workflows import agreement
from tests.workflows.test_stories import kinds
from workflows.acts import boards, steering
from workflows.acts.act import forms_of

pytestmark = pytest.mark.django_db

S3A, S3B = dt.date(2026, 5, 12), dt.date(2026, 8, 4)
MEMBER, HEAD = "ttnd-24-24m11.uy_vien", "ttnd-24-24m11.truong_ban"
OFFICER, CHAIR = "mttq-24-24m11.can_bo", "mttq-24-24m11.chu_tich"
RESPONDER, LEADER = "ubnd-24-24m11.dau_moi", "ubnd-24-24m11.lanh_dao"


def days(driver: Driver, clock: Deadline) -> tuple[int, int | None]:
    """Return the due day and the day done, counted from D."""
    done = (clock.met_on - driver.first_day).days if clock.met_on else None
    return (clock.due_on - driver.first_day).days, done


def papers_of(case: Case, kind: str) -> list[Document]:
    return list(Document.objects.filter(case_link__case=case, kind=kind).order_by("pk"))


def test_an_inspection_board_is_confirmed_answered_in_part_and_heard_by_the_front() -> None:
    driver = tell("s3a", S3A)
    case, supervision = driver.case, driver.case.board_supervision
    assert case.state == Case.State.CLOSED and case.lead.code == "mttq-24-24m11"
    assert kinds(case) == [
        "board_plan",
        "board_minutes",
        "board_recommendation",
        "board_recommendation",
        "board_confirmation",
        "recommendation_document",
        "board_report",
    ]
    assert days(driver, supervision.notice_deadline) == (-7, -8)  # five working days before a Tuesday
    assert days(driver, supervision.reply_deadline) == (29, 29)
    assert RULES[supervision.reply_deadline.rule].by_law and not supervision.reply_deadline.set_by
    returned, sent = papers_of(case, "board_recommendation")
    assert (returned.number_text, sent.number_text) == ("01/KN-BTTND", "02/KN-BTTND")
    assert (returned.case_link.is_sent, sent.case_link.is_sent) == (False, True)
    assert sent.context["header"]["issuer"] == "BAN THANH TRA NHÂN DÂN XÃ MẪU BẮC"
    assert sent.context["signature"]["lines"] == ["TM. BAN THANH TRA NHÂN DÂN XÃ MẪU BẮC", "TRƯỞNG BAN"]
    assert Settlement.objects.get().extent == "part"
    assert case.recommendations.get().closed_as == "verified"


def test_an_investment_board_tells_the_owner_ahead_and_is_answered_late() -> None:
    driver = tell("s3b", S3B)
    supervision = driver.case.board_supervision
    assert driver.case.state == Case.State.CLOSED
    assert days(driver, supervision.notice_deadline) == (-46, -48)  # 45 days before a Tuesday is a Saturday
    assert days(driver, supervision.reply_deadline) == (21, 24)
    assert Settlement.objects.get().is_late is True
    owner = Organization.objects.get(code="bqlda-mau-24-24m09")
    plan, notice = papers_of(driver.case, "board_plan")[0], papers_of(driver.case, "owner_notice")[0]
    assert owner in plan.case_link.addressees.all() and owner in notice.case_link.addressees.all()
    assert "- Trưởng ban mẫu 2, Trưởng ban;" in notice.context["body"]
    assert plan.number_text == "01/KH-BGSĐTCĐ"


def test_a_plan_sent_late_is_recorded_as_late_and_goes_out() -> None:
    driver = tell("s3a", S3A, until=-11)
    driver.sign(-3, HEAD, "sign_board_plan")
    clock = driver.case.board_supervision.notice_deadline
    clock.refresh_from_db()
    assert days(driver, clock) == (-7, -3)
    assert driver.item("draft_board_minutes")


def test_the_paper_stays_inside_until_the_front_has_confirmed_it() -> None:
    driver = tell("s3a", S3A, until=11)
    responder, paper = world.actor(RESPONDER), papers_of(driver.case, "board_recommendation")[1]
    assert paper.state == Document.State.SIGNED
    assert not policy.can(responder, "view", paper, on=driver.day(11))
    assert policy.can(world.actor(HEAD), "view", paper, on=driver.day(11))
    _no_author_confirms(driver)
    driver.do(12, OFFICER, "review_board_paper", decision="confirm", confirmation="Đúng biên bản.")
    driver.sign(13, CHAIR, "sign_confirmation")
    assert policy.can(responder, "view", paper, on=driver.day(13))
    _the_committee_reads_the_paper_and_nothing_else(driver)


def _no_author_confirms(driver: Driver) -> None:
    """Even in another capacity whoever wrote or signed for the board does not act for the Front."""
    for key in (MEMBER, HEAD):
        mandate = Mandate.objects.create(
            user=world.actor(key).user,
            organization=driver.case.lead,
            duty=Duty.OFFICER,
            title="Cán bộ",
            from_on=world.SINCE,
            decision_number="01",
            decision_on=world.SINCE,
        )
        with pytest.raises(NotAllowed, match="không xác nhận"):
            driver.do(12, Actor.of(mandate), "review_board_paper", decision="confirm", confirmation="Đúng.")


def _the_committee_reads_the_paper_and_nothing_else(driver: Driver) -> None:
    item = driver.item("receive_board_paper")
    with time_machine.travel(driver.at(14), tick=True):
        page = html_of(client_of(RESPONDER).get(f"/viec-cua-toi/{item.public_id}/"))
        assert client_of(RESPONDER).get(f"/ho-so/{driver.case.public_id}/").status_code == 404
    assert "Họp lại thôn về phần phát sinh" in page
    assert "Năm hộ dân" not in page, "what people reported is not for the committee"


def test_what_nobody_settles_in_time_the_board_brings_to_the_front() -> None:
    driver = tell("s3a", S3A, until=13)
    ask: dict[str, Any] = {"actor": world.actor(MEMBER), "case": driver.case}
    for day in (20, 28):  # sent on D+13, never acknowledged: the last day is D+28
        with pytest.raises(WrongState):
            boards.go_to_the_front(**ask, text="Đề nghị kiến nghị.", at=driver.at(day))
    with pytest.raises(InvalidInput):
        boards.go_to_the_front(**ask, text=" ", at=driver.at(29))
    with pytest.raises(NotAllowed):
        boards.go_to_the_front(
            actor=world.actor(OFFICER), case=driver.case, text="Đề nghị.", at=driver.at(29)
        )
    with time_machine.travel(driver.at(29), tick=True):
        address = f"/ho-so/{driver.case.public_id}/"
        board = client_of(MEMBER)
        assert "de-nghi-mat-tran" in html_of(board.get(address))
        assert board.post(f"{address}de-nghi-mat-tran/", {"text": "Đề nghị kiến nghị."}).status_code == 302
        assert "Không trả lời trong hạn" in html_of(board.get(address))
    agreement.check()
    assert not driver.case.work_items.filter(step="receive_board_paper", finished_at=None).exists()
    driver.do(30, MEMBER, "tell_reflectors", told="none")
    driver.do(31, CHAIR, "consider_request", decision="end", reason="Xã đã báo cáo trực tiếp.")
    agreement.check()


def test_a_board_that_asks_for_nothing_reports_and_is_done() -> None:
    driver = tell("s3a", S3A, until=0)
    entered = next(told.data for told in script.read("s3a") if told.act == "draft_board_minutes")
    data = {**entered, "held_on": driver.day(0), "ended_on": driver.day(3), "votes_for": "2"}
    for wrong, field in (
        ({"votes_for": "hai"}, "votes_for"),
        ({"votes_for": "6"}, "votes_for"),
        ({"outcome": "recommend"}, "votes_for"),  # two of five are no majority
        ({"outcome": "recommend", "votes_for": "1", "votes_all": "1"}, "votes_for"),  # nor is one of "one"
        ({"held_on": driver.day(3), "ended_on": driver.day(0)}, "ended_on"),
    ):
        with pytest.raises(InvalidInput) as refused:
            driver.do(3, MEMBER, "draft_board_minutes", **{**data, "outcome": "nothing", **wrong})
        assert list(refused.value.errors) == [field]
    driver.do(3, MEMBER, "draft_board_minutes", **{**data, "outcome": "nothing", "votes_all": "2"})
    minutes = papers_of(driver.case, "board_minutes")[0]
    assert minutes.context["sections"][-1]["text"] == "02 trên 05 thành viên tán thành."
    driver.sign(4, HEAD, "sign_board_minutes")
    driver.do(5, MEMBER, "draft_board_report", period="covered", covered_by="Báo cáo quý II")
    driver.do(6, CHAIR, "close_case", summary="Không có kiến nghị.")
    agreement.check()
    driver.case.refresh_from_db()
    assert driver.case.state == Case.State.CLOSED and not papers_of(driver.case, "board_report")


def test_a_cancelled_supervision_leaves_no_clock_and_one_that_has_spoken_is_not_cancelled() -> None:
    driver = tell("s3a", S3A, until=-11)
    chair = world.actor(CHAIR)
    steering.cancel_case(actor=chair, case=driver.case, reason="Trùng.", at=driver.at(-10))
    agreement.check()
    spoken = tell("s3b", S3B, until=6)
    head = world.actor("mttq-24-24m09.chu_tich")
    with pytest.raises(WrongState, match="đã gửi"):
        steering.cancel_case(actor=head, case=spoken.case, reason="Trùng.", at=spoken.at(7))


@pytest.mark.parametrize("until", [-11, 14, 31, 57])
def test_the_page_of_a_boards_case_costs_as_little(until: int) -> None:
    driver = tell("s3a", S3A, until=until)
    with time_machine.travel(driver.at(until), tick=True):
        for who in (OFFICER, HEAD):
            queries(client_of(who), f"/ho-so/{driver.case.public_id}/")


# -- setting a board up ------------------------------------------------------------------

CLERK_OF_LIST, SIGNER = "mttq-24-24m10.can_bo", "mttq-24-24m10.chu_tich"


def people(*posts: str, **first: Any) -> list[dict[str, Any]]:
    rows = [
        {"name": f"Thành viên mẫu {number}", "post": post, "area": f"Thôn {number}", "is_no_official": True}
        for number, post in enumerate(posts, start=1)
    ]
    return [rows[0] | first, *rows[1:]]


FIVE = ("head", "deputy", "member", "member", "member")


def set_up() -> Driver:
    world.build(at=timezone.now())
    driver = Driver(S3A, seed="board", clock=Clock())
    driver.open(
        0, CLERK_OF_LIST, form="lap-ban", title="Công nhận Ban", field="other", grounds="Kết quả bầu."
    )
    return driver


def test_a_decision_makes_a_board_and_a_later_one_renews_it() -> None:
    driver = set_up()
    entered: dict[str, Any] = {"kind": "inspection", "chosen": "Hội nghị đại biểu nhân dân bầu."}
    driver.do(1, CLERK_OF_LIST, "draft_board", **entered, members=people(*FIVE))
    driver.sign(2, SIGNER, "sign_board")
    agreement.check()
    driver.case.refresh_from_db()
    assert driver.case.state == Case.State.CLOSED
    board = Board.objects.get(front__code="mttq-24-24m10")
    body = board.organization
    assert (body.name, body.symbol) == ("Ban Thanh tra nhân dân xã Mẫu An", "BTTND")
    assert body.path.startswith(board.front.path) and board.members.count() == 5
    decision = papers_of(driver.case, "decision")[0]
    assert decision.context["annex_title"] == "DANH SÁCH THÀNH VIÊN BAN THANH TRA NHÂN DÂN XÃ MẪU AN"

    driver.open(3, CLERK_OF_LIST, form="lap-ban", title="Bầu lại", field="other", grounds="Hết nhiệm kỳ.")
    anew = people(*FIVE, name="Người mới")
    for row, name in zip(anew[2:], ("Lê Thị Hoa, sinh 1970", "Lê Thị Hòa", "Thành viên mẫu 1"), strict=True):
        row["name"] = name
    driver.do(4, CLERK_OF_LIST, "draft_board", **entered, members=anew)
    driver.sign(5, SIGNER, "sign_board")
    assert Board.objects.get(front__code="mttq-24-24m10").organization == body
    assert [one.name for one in board.members.filter(until_on=None, post="head")] == ["Người mới"]
    _each_has_the_seat_of_their_post(board, driver.day(6))
    counted = [board_selectors.members_of(board, on=driver.day(day)).count() for day in (1, 2, 4, 5, 6)]
    assert counted == [0, 5, 5, 5, 5], "a vote is counted against the members of its day"


def _each_has_the_seat_of_their_post(board: Board, on: dt.date) -> None:
    """A former head who is now a plain member is head no longer; names alike but for a mark are two."""
    for name, duty in (
        ("Thành viên mẫu 1", Duty.CHAIR), ("Lê Thị Hoà", Duty.OFFICER), ("Lê Thị Hoa", Duty.OFFICER),
    ):  # fmt: skip
        Mandate.objects.create(
            user=User.objects.create_user(f"{name} 24m10", display_name=name),
            organization=board.organization, duty=duty, title="X",
            from_on=world.SINCE, decision_number="1", decision_on=world.SINCE,
        )  # fmt: skip
    seats, others = board_mandates.seats(board, on)
    held = {one.member.name: [mandate.user.display_name for mandate in one.mandates] for one in seats}
    assert held == {
        "Người mới": [], "Thành viên mẫu 2": [],
        "Lê Thị Hoa, sinh 1970": ["Lê Thị Hoa"], "Lê Thị Hòa": ["Lê Thị Hoà"], "Thành viên mẫu 1": [],
    }  # fmt: skip
    assert [one.duty for one in others] == [Duty.CHAIR]


def _a_mistyped_first_day_can_be_mended(chair: Client, address: str, give: str, driver: Driver) -> None:
    """A year too far is refused; a mandate that has not begun is listed, and taken back with its event."""
    far = chair.post(give, {"username": "moi", "from_on": "03 06 2062"})
    assert far.status_code == 422 and "quá xa" in html_of(far)
    assert chair.post(give, {"username": "moi", "from_on": f"{driver.day(90):%d %m %Y}"}).status_code == 302
    page, mandate = html_of(chair.get(address)), Mandate.objects.get(user__username="moi")
    taking_back = f"{address}thoi/{mandate.public_id}/"
    assert give not in page and taking_back in page and "Hủy nhiệm vụ chưa bắt đầu" in page
    assert chair.post(taking_back, {"reason": "Gõ nhầm ngày"}).status_code == 302
    assert not Mandate.objects.filter(user__username="moi").exists()
    assert Event.objects.filter(action="mandate.withdrawn").count() == 1


def test_the_head_of_the_front_gives_and_ends_the_mandates_of_members() -> None:
    """By account and by the decision; an official, another's account and an officer's hand are refused."""
    driver = set_up()
    driver.do(
        1,
        CLERK_OF_LIST,
        "draft_board",
        kind="inspection",
        chosen="Bầu.",
        members=people(*FIVE, name="Thành viên mẫu 1, sinh 1980"),
    )
    driver.sign(2, SIGNER, "sign_board")
    board = Board.objects.get(front__code="mttq-24-24m10")
    first, member = board.members.order_by("pk")[:2]
    for username, name in (
        ("moi", first.name.partition(",")[0]), ("can-bo", member.name),
        ("nua-ten", "Thành viên mẫu"), ("khac-dau", "Thanh viên mẫu 1"),
    ):  # fmt: skip
        User.objects.create_user(username, display_name=name)
    officials = Organization.objects.get(code="ubnd-24-24m10")
    Mandate.objects.create(
        user=User.objects.get(username="can-bo"), organization=officials, duty=Duty.RESPONDER, title="X",
        from_on=world.SINCE, decision_number="1", decision_on=world.SINCE,
    )  # fmt: skip
    address = f"/ban/{board.organization.public_id}/"
    give = f"{address}giao/{first.pk}/"
    with time_machine.travel(driver.at(3), tick=True):
        chair, officer = client_of(SIGNER), client_of(CLERK_OF_LIST)
        assert give in html_of(chair.get(address)) and address in html_of(chair.get("/ban/"))
        work = [html_of(client_of(who).get("/viec-cua-toi/")) for who in (SIGNER, HEAD)]
        assert ['href="/ban/"' in page for page in work] == [True, False], "a board has no boards"
        assert give not in html_of(officer.get(address)) and officer.get(give).status_code == 403
        assert client_of(CHAIR).get(address).status_code == 404, "another commune's"
        for username, at, says in (
            ("khong-co", give, "Không có tài khoản"),
            ("can-bo", give, "Không có tài khoản"),  # the same words: whose account it is stays unsaid
            ("nua-ten", give, "Không có tài khoản"),
            ("khac-dau", give, "Không có tài khoản"),
            ("can-bo", f"{address}giao/{member.pk}/", "Cán bộ, công chức xã không được"),
        ):
            wrong = chair.post(at, {"username": username, "from_on": f"{driver.day(3):%d %m %Y}"})
            assert wrong.status_code == 422 and says in html_of(wrong), username
        _a_mistyped_first_day_can_be_mended(chair, address, give, driver)
        sent = {"username": "moi", "from_on": f"{driver.day(3):%d %m %Y}"}
        assert chair.post(give, sent).status_code == 302
        mandate = Mandate.objects.get(organization=board.organization)
        assert (mandate.duty, mandate.title, mandate.user.username) == (Duty.CHAIR, "Trưởng ban", "moi")
        assert mandate.decision_number == board.decision_number
        end = f"{address}thoi/{mandate.public_id}/"
        assert end in html_of(chair.get(address)) and officer.post(end).status_code == 403
        assert chair.post(end, {"on": f"{driver.day(2):%d %m %Y}", "reason": "X"}).status_code == 422
        for last in (11, 9):  # a last day ahead can be brought forward
            assert end in html_of(chair.get(address))
            ending = {"on": f"{driver.day(last):%d %m %Y}", "reason": "Chuyển nơi ở"}
            assert chair.post(end, ending).status_code == 302
        queries(chair, address)
        sample = Board.objects.get(front__code="mttq-24-24m11")  # its people were given mandates elsewhere
        seats, others = board_mandates.seats(sample, driver.day(3))
        assert [one.user.display_name for seat in seats for one in seat.mandates] == [
            "Trưởng ban mẫu 1", "Ủy viên mẫu 1"
        ] and others == []  # fmt: skip
    mandate.refresh_from_db()
    assert mandate.holds_on(driver.day(9)) and not mandate.holds_on(driver.day(10))


@pytest.mark.parametrize(
    ("members", "field"),
    [
        (people("head", "member", "member", "member"), "members"),
        (people("head", "deputy", "deputy", "deputy", "member"), "members"),
        (people("member", "member", "member", "member", "member"), "members"),
        (people(*FIVE, name="Thành viên mẫu 2"), "members-1-name"),
        (people(*FIVE, is_no_official=False), "members-0-is_no_official"),
        (people(*FIVE, name="chủ tịch MẪU 7"), "members-0-name"),  # heads the commune's Front
    ],
)
def test_a_board_that_the_law_does_not_allow_is_refused(members: list[Any], field: str) -> None:
    driver = set_up()
    with pytest.raises(InvalidInput) as refused:
        driver.do(1, CLERK_OF_LIST, "draft_board", kind="inspection", chosen="Bầu.", members=members)
    assert list(refused.value.errors) == [field]


def test_nobody_is_an_official_and_on_a_board_of_the_same_commune() -> None:
    world.build(at=timezone.now())
    official, member = world.actor(RESPONDER), world.actor(MEMBER)
    common: dict[str, Any] = {
        "title": "X",
        "from_on": dt.date(2026, 1, 1),
        "decision_number": "02",
        "decision_on": dt.date(2026, 1, 1),
        "by": None,
        "at": timezone.now(),
    }
    for user, body, duty in (
        (official.user, member.organization, Duty.OFFICER),
        (member.user, official.organization, Duty.RESPONDER),
    ):
        with pytest.raises(InvalidInput) as refused:
            give_mandate(user=user, organization=body, duty=duty, **common)
        assert list(refused.value.errors) == ["user"]
    elsewhere = Organization.objects.get(code="ubnd-24-24m01")
    give_mandate(user=member.user, organization=elsewhere, duty=Duty.RESPONDER, **common)
    with pytest.raises(IntegrityError, match="no_official"), transaction.atomic():
        BoardMember.objects.create(
            board=Board.objects.first(), name="X", post="member", is_no_official=False, from_on=world.SINCE
        )


def test_each_body_is_offered_the_forms_that_it_may_open() -> None:
    world.build(at=timezone.now())
    offered = {key: [spec.code for spec in forms_of(world.actor(key))] for key in (MEMBER, OFFICER)}
    assert offered[MEMBER] == ["S3a", "S3c"]
    assert "S3" in offered[OFFICER] and "S3a" not in offered[OFFICER]
    for key, form in (
        (OFFICER, "thanh-tra-nhan-dan"),
        (MEMBER, "giam-sat-dau-tu-cong-dong"),
        (MEMBER, "doan-giam-sat"),
        ("mttq-24.can_bo_1", "lap-ban"),
        ("phn-24-24m04.can_bo", "lap-ban"),
    ):
        with pytest.raises(DomainError, match="không do tổ chức"):
            Driver(S3A, seed="no").open(0, key, form=form, title="T", field="other", grounds="G")


def test_a_board_reports_on_a_quarter_without_any_supervision() -> None:
    world.build(at=timezone.now())
    driver = Driver(S3A, seed="report", clock=Clock())
    opening = {"title": "Báo cáo quý I", "field": "other", "grounds": "Quý I năm 2026."}
    driver.open(0, MEMBER, form="bao-cao-cua-ban", **opening)
    with pytest.raises(InvalidInput):  # there is nothing here that another report could cover
        driver.do(1, MEMBER, "draft_board_report", period="covered", covered_by="Báo cáo năm")
    entered = {"period": "quarter", "span": "Quý I năm 2026", "activity": "Không có cuộc giám sát."}
    driver.do(1, MEMBER, "draft_board_report", **entered)
    paper = driver.sign(2, HEAD, "sign_board_report")
    assert paper.number_text == "01/BC-BTTND"
    assert policy.can(world.actor(OFFICER), "view", paper, on=driver.day(2))
    driver.do(3, OFFICER, "close_case", summary="Đã đọc.")
    agreement.check()
    driver.case.refresh_from_db()
    assert driver.case.state == Case.State.CLOSED and driver.case.lead.code == "mttq-24-24m11"
