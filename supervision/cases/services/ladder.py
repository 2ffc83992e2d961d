"""The ladder of urging on whatever an addressee is late with: which rung comes next, since when, and why.

Urge as often as the organization has set, then turn to the competent body (Front Law Art 28(7));
dialogue, supervising again and reporting are named and left to people. The rungs propose: a
person drafts the letter, another signs it. How many and how far apart is practice, set by each
organization.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from supervision.cases.models import Urging
from supervision.cases.services.overdue import urging_facts
from supervision.cases.services.urged import Subject, urged
from supervision.language.dates import long_date, long_date_en, vietnam_day
from supervision.law.calendar import ONE_DAY, Calendar
from supervision.law.terms import TO_PARTY, TO_SUPERIOR
from supervision.law.text import T
from supervision.organizations.models import Kind, Organization
from supervision.organizations.services import settings_of

SETTINGS = ("reminders_before_escalation", "urge_again_days")


class Level(StrEnum):
    """What a rung asks for: a letter to the late body, one to the competent body, or people's judgement."""

    URGE = "urge"
    ESCALATE = "escalate"
    BY_HAND = "by_hand"


@dataclass(frozen=True)
class Rung:
    """One rung, due from a day on because `passed` has; `reasons` say in words what makes it the next."""

    level: Level
    ordinal: int
    passed: dt.date
    due_on: dt.date
    reasons: tuple[T, ...]

    @property
    def title(self) -> T:
        if self.level is Level.URGE:
            return T(f"Đôn đốc lần {self.ordinal}", f"Urging letter {self.ordinal}")
        if self.level is Level.ESCALATE:
            return T("Kiến nghị cấp có thẩm quyền", "Recommend to the competent body")
        return T(
            "Đối thoại, giám sát lại hoặc báo cáo Hội đồng nhân dân",
            "Dialogue, supervising again or reporting to the People's Council",
        )


def next_rung(subject: Subject, on: dt.date) -> Rung | None:
    """Return the rung that comes next for an addressee late on day `on`, None when nothing is overdue.

    Its `due_on` may lie ahead: between two letters the addressee is given time.
    """
    lead = subject.case.lead
    return rung_of(subject, list(subject.urgings.order_by("pk")), settings_of([lead], SETTINGS)[lead.pk], on)


def rung_of(
    subject: Subject,
    urgings: Iterable[Urging],
    settings: Mapping[str, int],
    on: dt.date,
    days: Calendar | None = None,
) -> Rung | None:
    """Return `next_rung` of a subject whose letters and settings were read already."""
    one = urged(subject, days)
    passed = one.passed_on(on)
    if passed is None:
        return None
    sent = sorted(urgings, key=lambda letter: letter.at)
    urged_times = sum(letter.level == Urging.Level.URGE for letter in sent)
    escalated = len(sent) - urged_times
    needed, apart = settings["reminders_before_escalation"], settings["urge_again_days"]
    due_on = passed + ONE_DAY
    if sent:
        due_on = max(due_on, vietnam_day(sent[-1].at) + apart * ONE_DAY)
    if urged_times >= needed and not one.escalates:
        return None  # the board's own way is to ask the Front
    if escalated:
        level, ordinal = Level.BY_HAND, escalated
    elif urged_times >= needed:
        level, ordinal = Level.ESCALATE, 1
    else:
        level, ordinal = Level.URGE, urged_times + 1
    reasons = (_late(passed, on), _letters(sent), _own_number(needed, apart))
    return Rung(level, ordinal, passed, due_on, reasons)


def escalation_text(subject: Subject, on: dt.date) -> str:
    """Return the letter to the competent body as it is likely to read; empty when nothing is overdue."""
    facts = urging_facts(subject, on)
    if not facts:
        return ""
    one = urged(subject)
    letters = subject.urgings.filter(level=Urging.Level.URGE).order_by("pk")
    days = [long_date(vietnam_day(letter.at)) for letter in letters]
    lines = [facts]
    if days:
        lines.append(f"{one.body} đã đôn đốc bằng văn bản {len(days):02d} lần: {', '.join(days)}.")
    lines.append(
        f"Đề nghị quý cơ quan xem xét trách nhiệm của {one.agency.name} và yêu cầu trả lời, thực hiện "
        f"{one.what.vi}; kết quả xin gửi {one.body}."
    )
    return "\n".join(lines)


def target_of(subject: Subject, on: dt.date) -> Organization | None:
    """Return the body that the organization turns to when urging does not help, None where there is none."""
    case, agency = subject.case, urged(subject).agency
    chosen = settings_of([case.lead], ["ladder_target"])[case.lead.pk]["ladder_target"]
    if chosen == TO_SUPERIOR:
        return agency.superior
    kind = Kind.PARTY if chosen == TO_PARTY else Kind.COUNCIL
    found = Organization.objects.in_force(on).filter(kind=kind, territory=case.lead.territory_id)
    return found.order_by("pk").first()


def _late(due_on: dt.date, on: dt.date) -> T:
    days = (on - due_on).days
    return T(
        f"Hạn là {long_date(due_on)}, đã quá {days} ngày.",
        f"It was due on {long_date_en(due_on)}, {days} {'day' if days == 1 else 'days'} ago.",
    )


def _letters(sent: list[Urging]) -> T:
    if not sent:
        return T("Chưa đôn đốc bằng văn bản lần nào.", "No letter of urging has been sent yet.")
    last = vietnam_day(sent[-1].at)
    return T(
        f"Đã gửi {len(sent)} công văn, lần gần nhất {long_date(last)}, chưa có kết quả.",
        f"{len(sent)} sent so far, the last on {long_date_en(last)}, without result.",
    )


def _own_number(needed: int, apart: int) -> T:
    return T(
        f"Đôn đốc {needed} lần, cách nhau ít nhất {apart} ngày, rồi kiến nghị cấp có thẩm quyền: "
        f"số lần và số ngày do đơn vị đặt ra, chưa đặt thì theo số mặc định; luật không quy định.",
        f"Urge {needed} times, at least {apart} days apart, then turn to the competent body: "
        f"both numbers are the organization's own, or else the software's default; the law sets none.",
    )
