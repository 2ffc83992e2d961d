"""The crowd: many cases at the steps before the first signature, over the year, in every place."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from supervision.deadlines.services import calendar
from supervision.demo.plots import MARK, Plot, load, plan_of
from supervision.demo.script import Told
from supervision.demo.world import declared
from supervision.organizations.models import Kind, Organization

#: Share of each fate in a crowd, and how many days before today its last act lies at most.
FATES = (
    ("drafting", 24, 40),  # the plan is to be drafted
    ("taken", 6, 12),  # an officer has taken the draft
    ("waiting", 24, 35),  # the plan waits for signature
    ("returned", 8, 25),  # returned with reasons, to be drafted again
    ("again", 6, 20),  # drafted again, waits for signature
    ("postponed", 6, 90),  # put off before anything was sent
    ("cancelled", 26, 330),  # cancelled before anything was sent
)
#: Most open work is this fresh (days); the rest has waited and is late.
FRESH, FRESH_SHARE = 6, 0.7
ENDED = ("postponed", "cancelled")
#: Work that an account of the login page finds in every world, small or large: fate and chairing body.
SURE = (
    ("drafting", "mttq-24-24m01"),
    ("drafting", "phn-24"),
    ("returned", "mttq-24-24m01"),
    ("postponed", "mttq-24"),
)
RETURNS = (
    "Phạm vi còn rộng so với thời gian của đoàn; nêu rõ hai đến ba nội dung trọng tâm.",
    "Chưa ghi nơi khảo sát; bổ sung cách chọn hộ được hỏi và số phiếu.",
    "Trùng thời gian với kỳ họp Hội đồng nhân dân; lùi lịch làm việc một tuần.",
    "Bổ sung người có chuyên môn tài chính vào thành phần đoàn.",
    "Yêu cầu báo cáo nên dùng số liệu đã có trên cổng dữ liệu, không yêu cầu báo cáo lại.",
)
CANCELS = (
    "Trùng nội dung và đối tượng với đoàn giám sát của Hội đồng nhân dân tỉnh trong cùng quý.",
    "Cơ quan thanh tra đang tiến hành thanh tra cùng nội dung; chờ kết luận để không chồng chéo.",
    "Chuyển sang hình thức nghiên cứu, xem xét văn bản, không lập đoàn.",
    "Vướng mắc đã được cơ quan khắc phục trước khi lập đoàn, người dân xác nhận.",
    "Ghép vào đoàn giám sát chung của Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh.",
    "Điều chỉnh kế hoạch năm sau khi thống nhất với Thường trực Hội đồng nhân dân.",
)
DELAYS = (
    "Địa phương tập trung phòng, chống bão lũ.",
    "Chờ hướng dẫn mới của cơ quan có thẩm quyền về nội dung giám sát.",
    "Tập trung phục vụ bầu cử, hẹn lại sau khi hoàn thành.",
)
SOURCES = (
    "Theo Chương trình phối hợp và thống nhất hành động của năm.",
    "Theo đề nghị của tổ chức thành viên và Ban công tác Mặt trận.",
    "Qua tiếp xúc cử tri và phản ánh tại khu dân cư.",
)


def crowd(count: int, *, seed: int, today: dt.date, since: dt.date) -> Iterator[Plot]:
    """Yield `count` cases with their acts, opened between `since` and yesterday."""
    rng = random.Random(f"{seed}:{today}")
    fates = _fates(count - len(SURE))
    rng.shuffle(fates)
    told = [*SURE, *((fate, "") for fate in fates)][:count]
    matters = _matters(rng)
    for number, (fate, code) in enumerate(told, start=1):
        lead, topic = matters.pop(next(i for i, (lead, _) in enumerate(matters) if code in ("", lead.code)))
        last = max(today - dt.timedelta(days=_age(rng, fate)), since + dt.timedelta(days=20))
        last = calendar().on_or_before(last)
        yield Plot(f"m{number:03d}", last, tuple(_on_working_days(_script(rng, fate, lead, topic), last)))


def _age(rng: random.Random, fate: str) -> int:
    """Return how many days ago the last act was."""
    oldest = {name: days for name, _share, days in FATES}[fate]
    if fate not in ENDED and rng.random() < FRESH_SHARE:
        oldest = FRESH
    return rng.randint(1, oldest)


def _on_working_days(script: Iterable[Told], last: dt.date) -> Iterator[Told]:
    """Move every act that fell on a day off to the working day before it."""
    for told in script:
        day = calendar().on_or_before(last + dt.timedelta(days=told.day))
        yield replace(told, day=(day - last).days)


def _fates(count: int) -> list[str]:
    """Return a list of `count` fates in their shares, each at least once where there is room."""
    total = sum(share for _name, share, _days in FATES)
    fates = [name for name, share, _days in FATES for _ in range(max(1, count * share // total))]
    fates += ["cancelled"] * (count - len(fates))
    return fates[: max(0, count)]


def _matters(rng: random.Random) -> list[tuple[Lead, dict[str, Any]]]:
    """Return every pair of a chairing organization and a topic in random order, the province's early."""
    topics, people = load("topics"), leads()
    pairs = [(lead, topic) for lead in people for topic in topics]
    weights = [6 if lead.code == "mttq-24" else 2 if lead.is_province else 1 for lead, _topic in pairs]
    order = sorted(range(len(pairs)), key=lambda index: rng.random() ** (1 / weights[index]), reverse=True)
    return [pairs[index] for index in order]


@dataclass(frozen=True)
class Lead:
    """An organization of the sample people that can chair: who drafts there and who signs."""

    code: str
    officers: list[str] = field(default_factory=list)
    signers: list[str] = field(default_factory=list)

    @property
    def is_province(self) -> bool:
        return self.code.count("-") == 1

    @property
    def place(self) -> str:
        """Return where it supervises, to be put after a title."""
        if self.is_province:
            return "trên địa bàn tỉnh Bắc Ninh"
        name = Organization.objects.select_related("territory").get(code=self.code).territory.name
        return f"tại {name[:1].lower()}{name[1:]}"


def leads() -> list[Lead]:
    """Return every Front-side organization of people.yaml with both an officer and a signer.

    A people's board has both, yet forms no delegation.
    """
    found: dict[str, Lead] = {}
    boards = set(Organization.objects.filter(kind=Kind.BOARD).values_list("code", flat=True))
    for person in declared()["people"]:
        for one in person["mandates"]:
            if one["org"] in boards:
                continue
            lead = found.setdefault(one["org"], Lead(one["org"]))
            if one["duty"] == "officer":
                lead.officers.append(f"{one['org']}.{one['key']}")
            elif one["duty"] in ("signer", "chair"):
                lead.signers.append(f"{one['org']}.{one['key']}")
    return sorted((lead for lead in found.values() if lead.officers and lead.signers), key=lambda x: x.code)


def _script(rng: random.Random, fate: str, lead: Lead, topic: dict[str, Any]) -> Iterator[Told]:
    """Yield the acts of one case; day 0 is the last of them."""
    officer, signer = rng.choice(lead.officers), rng.choice(lead.signers)
    opened = -rng.randint(5, 12) if fate not in ("drafting", "taken") else 0
    if fate == "postponed":
        opened = -rng.randint(2, 4)  # a clock that has run out is not excused by a pause
    grounds = f"{rng.choice(SOURCES)} {topic['grounds']}"
    title = f"{topic['title']} {lead.place} {MARK}"
    yield Told(opened, officer, "open", data={"title": title, "field": topic["field"], "grounds": grounds})
    if fate == "taken":
        yield Told(0, officer, "take", data={"step": "draft_plan"})
    early = fate in ENDED and rng.random() < 0.5
    if fate in ("drafting", "taken") or early:
        yield from _ended(rng, fate, signer)
        return
    plan = plan_of(topic, _objects(lead, topic))
    yield Told(-4 if fate == "again" else opened // 2, officer, "draft_plan", data=plan)
    if fate in ("returned", "again"):
        data = {"decision": "return", "reason": rng.choice(RETURNS)}
        yield Told(-2 if fate == "again" else 0, signer, "sign_plan", data=data)
    if fate == "again":
        yield Told(
            0, officer, "draft_plan", data={**plan, "scope": "Hai nội dung trọng tâm, 12 tháng gần nhất."}
        )
    yield from _ended(rng, fate, signer)


def _ended(rng: random.Random, fate: str, signer: str) -> Iterator[Told]:
    if fate == "postponed":
        yield Told(0, signer, "postpone", data={"reason": rng.choice(DELAYS)})
    elif fate == "cancelled":
        yield Told(0, signer, "cancel", data={"reason": rng.choice(CANCELS)})


def _objects(lead: Lead, topic: dict[str, Any]) -> str:
    code = topic["agency"] if lead.is_province else f"ubnd-{lead.code.split('-', 1)[1]}"
    return f"{Organization.objects.get(code=code).name}."
