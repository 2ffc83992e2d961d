"""One supervision, driven once to each of its stages; every test starts from a private copy of one.

Papers are really printed and signed on the way, once in a run; what the tests sign after it is not
printed, unless they call the worker themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connections
from django.utils import timezone

from supervision.casefiles.models import Case
from supervision.cases.models import Inquiry
from supervision.demo import world
from supervision.demo.driver import Driver
from supervision.documents.models import Document
from supervision.documents.signing.demo_authority import DemoAuthority
from supervision.organizations.actors import Actor
from supervision.organizations.models import Duty, Mandate, Organization, User
from tests import rewind
from tests.worker import complete_unprinted
from workflows.models import WorkItem

FIRST_DAY = dt.date(2026, 6, 9)
OFFICER, OFFICER_2 = "mttq-24.can_bo_1", "mttq-24.can_bo_2"
CHAIR, HEAD, DEPUTY = "mttq-24.chu_tich", "mttq-24.truong_doan", "mttq-24.pho_chu_tich_2"
CLERK, MEMBER = "mttq-24.van_thu", "phn-24.can_bo"
AGENCIES = ("so-nnmt-24", "ubnd-24-24m01", "ubnd-24-24m05")
PROVINCE = "ubnd-24"
SESSION_DAYS = dict(zip(AGENCIES, (0, 2, 3), strict=True))
PASSWORD = "mau"

Point = Callable[[str], str]


def org(code: str) -> Organization:
    return Organization.objects.get(code=code)


def drafter(code: str) -> str:
    return f"{code}.dau_moi"


def leader(code: str) -> str:
    return f"{code}.lanh_dao"


def a_second(code: str, duty: str) -> Actor:
    """Return a colleague with the same duty, whom the demonstration has not."""
    username = f"thu-hai-{code}-{duty}"
    user, _created = User.objects.get_or_create(
        username=username, defaults={"display_name": "Đồng nghiệp mẫu"}
    )
    mandate, created = Mandate.objects.get_or_create(
        user=user,
        organization=org(code),
        duty=duty,
        defaults={
            "title": "Chức danh mẫu",
            "from_on": world.SINCE,
            "decision_number": "02/QĐ-M",
            "decision_on": world.SINCE,
        },
    )
    mandate = Mandate.objects.select_related("user", "organization").get(pk=mandate.pk)
    if created and duty in world.SIGNING_DUTIES:
        DemoAuthority().issue([mandate])
    return Actor.of(mandate)


def who_does(item: WorkItem) -> str | Actor:
    """Return someone of the demonstration who may do a step."""
    code = item.organization.code
    if item.mandate_id:
        return Actor.of(Mandate.objects.select_related("user", "organization").get(pk=item.mandate_id))
    if code == "mttq-24":
        by_duty = {Duty.OFFICER: OFFICER, Duty.CLERK: CLERK, Duty.SIGNER: CHAIR, Duty.CHAIR: CHAIR}
        return by_duty[next(duty for duty in item.duties.split("|") if duty)]
    return drafter(code) if Duty.RESPONDER in item.duties else leader(code)


def colleague_of(item: WorkItem) -> str | Actor:
    """Return another person who may do the same step; the same one, in another tab, for named steps."""
    code = item.organization.code
    if item.mandate_id:
        return who_does(item)
    if code == "mttq-24":
        if Duty.CLERK in item.duties:
            return a_second(code, Duty.CLERK)
        return OFFICER_2 if Duty.OFFICER in item.duties else DEPUTY
    duties = (Duty.RESPONDER, Duty.LEADER, Duty.CLERK, Duty.OFFICER, Duty.SIGNER)
    return a_second(code, next(duty for duty in duties if f"|{duty}|" in item.duties))


PLAN_PARTS = "purpose requirements objects content scope composition time_place assignment conditions".split()


def entries(driver: Driver, step: str, on: dt.date, subject: Any = None, **other: Any) -> dict[str, Any]:
    """Return what someone enters at a step on a day, on the straight path, changed by `other`."""
    return {**_ENTRIES[step](driver, on, subject), **other}


def _later(on: dt.date, days: int) -> dt.date:
    return on + dt.timedelta(days=days)


def _signing(driver: Driver, on: dt.date, subject: Any) -> dict[str, Any]:
    return {"decision": "sign"}


def _sending(driver: Driver, on: dt.date, subject: Any) -> dict[str, Any]:
    return {"decision": "send"}


def _plan(driver: Driver, on: dt.date, subject: Any) -> dict[str, Any]:
    return {part: f"Nội dung {part}" for part in PLAN_PARTS}


def _decision(driver: Driver, on: dt.date, subject: Any) -> dict[str, Any]:
    return {
        "head": world.actor(HEAD).mandate,
        "secretary": world.actor(OFFICER).mandate,
        "members": [{"mandate": world.actor(MEMBER).mandate, "task": "Hướng dẫn người dân"}],
        "articles": "Điều 1. Thành lập đoàn.\nĐiều 2. Đoàn làm việc.\nĐiều 3. Thi hành.",
    }


def _notice(driver: Driver, on: dt.date, subject: Any) -> dict[str, Any]:
    first = max(driver.day(0), _later(on, 22))
    return {
        "agencies": [
            {"agency": org(code), "session_on": _later(first, days)} for code, days in SESSION_DAYS.items()
        ],
        "asked_on": _later(first, -11),
        "body": "Đề nghị chuẩn bị báo cáo.",
        "outline": "I. Tình hình\nII. Kết quả",
    }


def _minutes(driver: Driver, on: dt.date, subject: Any) -> dict[str, Any]:
    return {
        "held_on": on,
        "ended_on": on,
        "delegation_attendance": "Người của đoàn",
        "attendance": "Thành phần",
        "questions": "Câu hỏi",
        "explanations": "Giải trình",
        "conclusion": "Kết luận",
    }


def _result(driver: Driver, on: dt.date, subject: Any) -> dict[str, Any]:
    about = driver.case.inquiries.exclude(state=Inquiry.State.WITHDRAWN).order_by("number")[0].agency
    finding = {"about": about, "kind": "shortcoming", "title": "T", "text": "X", "evidence": "E"}
    return {"strengths": "S", "findings": [finding], "causes": "C", "proposals": "P"}


def _recommendations(driver: Driver, on: dt.date, subject: Any) -> dict[str, Any]:
    first = {"addressee": org(AGENCIES[0]), "title": "Kiến nghị một", "text": "Rà soát hồ sơ"}
    second = {"addressee": org(PROVINCE), "title": "Kiến nghị hai", "text": "Bố trí biên chế"}
    return {"conclusion": "Kết luận", "recommendations": [first | {"action_due_on": _later(on, 60)}, second]}


_ENTRIES: dict[str, Callable[[Driver, dt.date, Any], dict[str, Any]]] = {
    "draft_plan": _plan,
    "draft_decision": _decision,
    "draft_notice": _notice,
    "receive_inquiry": lambda driver, on, subject: {"contact": "Đầu mối"},
    "draft_response": lambda driver, on, subject: {"summary": "Kết quả"},
    "review_response": lambda driver, on, subject: {"decision": "accept"},
    "decide_extension": lambda driver, on, subject: {"decision": "refuse", "reason": "Đã đủ thời gian"},
    "draft_minutes": _minutes,
    "survey": lambda driver, on, subject: {"needed": "no"},
    "draft_result": _result,
    "examine": lambda driver, on, subject: {"conference": "no", "notes": "Thống nhất"},
    "draft_recommendations": _recommendations,
    "publish": lambda driver, on, subject: {"lead": "Tóm tắt", "checked": True},
    "receive_recommendation": lambda driver, on, subject: {},
    "draft_reply": lambda driver, on, subject: {
        "verdict": "accepted",
        "text": "Tiếp thu",
        "due_on": _later(on, 40),
    },
    "assess_reply": lambda driver, on, subject: {"verdict": "satisfied", "text": "Rõ việc, rõ người"},
    "hold_dialogue": lambda driver, on, subject: {
        "held_on": on,
        "attendance": "Hai bên",
        "notes": "Đã trao đổi",
    },
    "decide_reconsideration": lambda driver, on, subject: {"decision": "upheld", "reason": "Có cơ sở"},
    "report_carrying_out": lambda driver, on, subject: {"extent": "full", "text": "Đã làm"},
    "verify": lambda driver, on, subject: {"outcome": "verified", "text": "Đã xem"},
    "close_recommendation": lambda driver, on, subject: {"reason": "Đã xác minh"},
    "close_case": lambda driver, on, subject: {"summary": "Hoàn thành"},
    "mend_letter": lambda driver, on, subject: {"decision": "again", "text": "Đề nghị trả lời"},
    **{name: _sending for name in ("approve_response", "approve_reply")},
    **{
        f"sign_{name}": _signing
        for name in ("plan", "decision", "notice", "minutes", "result", "recommendations", "letter")
    },
}


def go(driver: Driver, offset: int, step: str, subject: Any = None, **other: Any) -> Document | None:
    """Do a step on a day as one who may; a signing step is also carried out by the worker."""
    who = who_does(driver.item(step, subject))
    if step.startswith("sign_") and not other:
        return driver.sign(offset, who, step, subject)  # type: ignore[arg-type]
    driver.do(offset, who, step, subject, **entries(driver, step, driver.day(offset), subject, **other))
    return None


def opened(driver: Driver) -> None:
    driver.open(
        -34,
        OFFICER,
        title="Giám sát việc giải quyết thủ tục cấp Giấy chứng nhận",
        field="land",
        grounds="47 phản ánh",
    )


def planned(driver: Driver) -> None:
    go(driver, -30, "draft_plan")
    go(driver, -28, "sign_plan")


def decided(driver: Driver) -> None:
    go(driver, -27, "draft_decision")
    go(driver, -26, "sign_decision")


def asked(driver: Driver) -> None:
    go(driver, -22, "draft_notice")
    go(driver, -20, "sign_notice")


def answered(driver: Driver) -> None:
    for code in AGENCIES:
        inquiry = driver.inquiry(code)
        go(driver, -19, "receive_inquiry", inquiry)
        go(driver, -12, "draft_response", inquiry)
        go(driver, -11, "approve_response", inquiry)


def met(driver: Driver) -> None:
    for code, day in SESSION_DAYS.items():
        inquiry = driver.inquiry(code)
        go(driver, -9, "review_response", inquiry)
        go(driver, day, "draft_minutes", inquiry)
        go(driver, day, "sign_minutes", inquiry)


def reported(driver: Driver) -> None:
    for code in AGENCIES:
        go(driver, 4, "survey", driver.inquiry(code))
    go(driver, 13, "draft_result")
    go(driver, 14, "sign_result")


def recommended(driver: Driver) -> None:
    go(driver, 17, "examine")
    go(driver, 19, "draft_recommendations")
    go(driver, 21, "sign_recommendations")


STAGES = (opened, planned, decided, asked, answered, met, reported, recommended)


class Stages:
    """Databases of the case at each stage, and private copies of them."""

    def __init__(self, maker: Any, point: Point) -> None:
        self.maker, self.point = maker, point
        self.kept: dict[str, str] = {}
        self.rows: dict[str, rewind.Rows] = {}
        self.copies = 0

    def build(self) -> None:
        """Drive the case through its stages, keeping a database of each."""
        name = self.maker.copy()
        before = self.point(name)
        try:
            world.build(at=timezone.now())
            driver = Driver(FIRST_DAY, seed="stages")
            for stage in STAGES:
                stage(driver)
                self.keep(stage.__name__)
        finally:
            self.point(before)
            self.maker.drop(name)

    def keep(self, name: str) -> None:
        """Keep what the test has now as one more stage, for the tests after it."""
        if rewind.possible():
            self.rows[name] = rewind.keep()
        connections["default"].close()
        self.kept[name] = self.maker.copy(str(connections["default"].settings_dict["NAME"]))

    def copies_of(self) -> Iterator[Callable[[str], Driver]]:
        """Yield a function that puts the test into a private copy of a stage; end it afterwards.

        It leads back to what was there when it was asked for: the private copy of a live site that began
        after it is gone by then.
        """
        before, current, at = str(connections["default"].settings_dict["NAME"]), "", ""

        def start(stage: str) -> Driver:
            nonlocal current, at
            if not self.kept:
                self.build()
            if stage == at and self.rows:
                rewind.back_to(self.rows[stage])
                return self._driver()
            name = self.maker.copy(self.kept[stage])
            self.point(name)
            if current:
                self.maker.drop(current)
            current, at = name, stage
            return self._driver()

        yield start
        if current:
            self.point(before)
            self.maker.drop(current)

    def _driver(self) -> Driver:
        self.copies += 1
        driver = Driver(FIRST_DAY, seed=f"copy-{self.copies}", worker=complete_unprinted)
        driver.case = Case.objects.select_related("lead").get()
        return driver

    def close(self) -> None:
        for name in self.kept.values():
            self.maker.drop(name)
