"""Scripts: what happens in a case, day by day, as data; read from `stories/` or made by `plots`.

A whole value "D-11" is a day, "{D-11}" inside a text is replaced by that day, both counted
from the case's day D; "{YEAR}", "{YEAR+1}" and "{QUARTER}" are of day D. Organizations and
mandates are named by their codes and keys.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from supervision.cases import selectors
from supervision.cases.models import PlanItem, PlanOverlap
from supervision.demo import drafting, papers
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.files.models import Attachment
from supervision.files.services import store
from supervision.language.dates import short_date
from supervision.organizations.models import Organization
from workflows.acts import extensions, opinions, plans, steering, urging
from workflows.inbox import work_items

STORIES = Path(__file__).with_name("stories")
_DAY = re.compile(r"D([+-]\d+)?")
_DAY_IN_TEXT = re.compile(r"\{(D|YEAR|QUARTER)([+-]\d+)?\}")
_QUARTERS = ("I", "II", "III", "IV")
_ORGANIZATIONS = {
    "agency", "about", "addressee", "to", "text_of", "organizations", "inviting", "competent",
    "drafter", "issuer", "chair", "upward", "object_body", "invited",
}  # fmt: skip
_MANDATES = {"head", "secretary", "chairperson", "mandate", "people", "representative"}

KEPT = "Hồ sơ đang mở sẽ xong trước thời gian của mục; trao đổi với cơ quan nếu lịch trùng."


@dataclass(frozen=True)
class Told:
    """One act of a script: on which day, by whom, what, about which inquiry, recommendation or opinion.

    `by` is "" where somebody without an account acts.
    """

    day: int
    by: str
    act: str
    inquiry: str = ""
    recommendation: int = 0
    consultation: str = ""
    criticism: bool = False
    data: dict[str, Any] = field(default_factory=dict)


def read(name: str) -> list[Told]:
    """Return the script of `stories/<name>.yaml`."""
    with (STORIES / f"{name}.yaml").open(encoding="utf-8") as source:
        return [Told(**step) for step in yaml.safe_load(source)["steps"]]


def perform(driver: Driver, told: Told) -> None:
    """Do one act of a script, as the people of the case would."""
    data = values(driver, told)
    if told.act == "open":
        driver.open(told.day, told.by, **data)
        return
    driver.case.refresh_from_db()
    subject = _subject(driver, told)
    if told.act in OUTSIDE:
        OUTSIDE[told.act](driver, told, subject, data)
    elif told.act.startswith("sign_") and not data:
        driver.sign(told.day, told.by, told.act, subject)
    elif told.act.startswith("approve_") and not data:
        driver.do(told.day, told.by, told.act, subject, decision="send")
    else:
        driver.do(told.day, told.by, told.act, subject, **data)


def values(driver: Driver, told: Told) -> dict[str, Any]:
    """Return what is entered at an act: days, bodies, people and files as the steps take them."""
    data = {name: _value(driver, name, value) for name, value in told.data.items()}
    if told.act == "settle_overlaps":
        data["overlaps"] += _other_overlaps(driver, [row["overlap"] for row in data["overlaps"]])
    if "files" in data:
        data["files"] = [_stored(driver, told, file) for file in data["files"]]
    return data


def _other_overlaps(driver: Driver, told_of: list[PlanOverlap]) -> list[dict[str, Any]]:
    """Return rows for overlaps with other cases of the same world, of which the story cannot know."""
    others = driver.case.annual_plan.overlaps.filter(decision="").exclude(pk__in=[one.pk for one in told_of])
    return [{"overlap": one, "decision": "watch", "reason": KEPT} for one in others]


def _subject(driver: Driver, told: Told) -> selectors.Subject:
    if told.criticism:
        return selectors.criticism_of(driver.case)
    if told.consultation:
        return driver.consultation(told.consultation)
    if told.inquiry:
        return driver.inquiry(told.inquiry)
    return driver.recommendation(told.recommendation) if told.recommendation else None


def written(file: dict[str, str]) -> bytes:
    """Return a file of a story as a Word file: its text stands in the step, or in a file beside the story."""
    return papers.docx(papers.long_text(file["source"]) if "source" in file else file["text"])


def _stored(driver: Driver, told: Told, file: dict[str, str]) -> Attachment:
    upload = SimpleUploadedFile(file["name"], written(file))
    return store(upload, by=actor(told.by).mandate, at=driver.at(told.day))


def _value(driver: Driver, name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_value(driver, name, one) for one in value]
    if name == "row":
        return selectors.criticism_of(driver.case).draft.remarks.get(number=value)
    if isinstance(value, dict):
        return {key: _value(driver, key, one) for key, one in value.items()}
    if name == "opinions" and isinstance(value, int):
        return driver.opinion(value)
    if not isinstance(value, str):
        return value
    if name in _ORGANIZATIONS:
        return Organization.objects.get(code=value)
    if name in _FOUND:
        return _FOUND[name](driver, value)
    if name in _MANDATES:
        return actor(value).mandate
    if whole := _DAY.fullmatch(value):
        return driver.day(int(whole[1] or 0))
    return _DAY_IN_TEXT.sub(lambda found: _in_words(driver, found[1], int(found[2] or 0)), value)


def _annual_item(driver: Driver, code: str) -> PlanItem | None:
    """Return an item of the province's plan, where the year has one."""
    issued = PlanItem.objects.filter(state=PlanItem.State.IN_FORCE, amends=None)
    mine = issued.filter(plan__organization__code="mttq-24", plan__year=driver.first_day.year)
    return next((item for item in mine.select_related("plan") if item.code == code), None)


def _overlap(driver: Driver, words: str) -> PlanOverlap:
    """Return the newest overlap that a list names in these words."""
    rows = driver.case.annual_plan.overlaps.order_by("-pk")
    return next(one for one in rows if one.name == words)


_FOUND: dict[str, Callable[[Driver, str], Any]] = {"annual_item": _annual_item, "overlap": _overlap}


def _in_words(driver: Driver, what: str, more: int) -> str:
    if what == "D":
        return short_date(driver.day(more))
    day = driver.first_day
    return str(day.year + more) if what == "YEAR" else _QUARTERS[(day.month - 1) // 3]


Act = Callable[[Driver, Told, Any, dict[str, Any]], None]


def _about_subject(function: Callable[..., None], name: str) -> Act:
    def act(driver: Driver, told: Told, subject: Any, data: dict[str, Any]) -> None:
        function(actor=actor(told.by), at=driver.at(told.day), **{name: subject}, **data)

    return act


def _about_case(function: Callable[..., None]) -> Act:
    def act(driver: Driver, told: Told, subject: Any, data: dict[str, Any]) -> None:
        function(actor=actor(told.by), at=driver.at(told.day), case=driver.case, **data)

    return act


def _reschedule(driver: Driver, told: Told, subject: Any, data: dict[str, Any]) -> None:
    days: dict[int, dt.date] = {driver.inquiry(code).pk: day for code, day in data.pop("days").items()}
    steering.reschedule_case(
        actor=actor(told.by), at=driver.at(told.day), case=driver.case, days=days, **data
    )


def _receive_opinion(driver: Driver, told: Told, subject: Any, data: dict[str, Any]) -> None:
    key = f"{driver.seed}-yk-{driver.case.opinions.count() + 1}"
    opinions.receive(actor=actor(told.by), at=driver.at(told.day), case=driver.case, data=data, key=key)


def _about_opinion(function: Callable[..., None]) -> Act:
    def act(driver: Driver, told: Told, subject: Any, data: dict[str, Any]) -> None:
        opinion = driver.opinion(data.pop("number"))
        function(actor=actor(told.by), at=driver.at(told.day), opinion=opinion, data=data)

    return act


def _take(driver: Driver, told: Told, subject: Any, data: dict[str, Any]) -> None:
    work_items.take(driver.item(data["step"], subject), actor=actor(told.by), at=driver.at(told.day))


def _propose(driver: Driver, told: Told, subject: Any, data: dict[str, Any]) -> None:
    who, at = actor(told.by), driver.at(told.day)
    plans.propose(actor=who, plan=driver.case.annual_plan, data=data, at=at)


def _record_agreement(driver: Driver, told: Told, subject: Any, data: dict[str, Any]) -> None:
    who, at = actor(told.by), driver.at(told.day)
    plans.record_agreement(actor=who, consultation=subject, data=data, at=at)


#: Acts that are no step of the flow.
OUTSIDE: dict[str, Act] = {
    "ask_extension": _about_subject(extensions.request_extension, "subject"),
    "grant_extension": _about_subject(extensions.grant_extension, "subject"),
    "move_submission": _about_subject(steering.move_submission, "criticism"),
    "stop_waiting": _about_case(steering.stop_waiting),
    "withdraw": _about_subject(steering.withdraw_inquiry, "inquiry"),
    "urge": _about_subject(urging.urge, "subject"),
    "escalate": _about_subject(urging.escalate, "subject"),
    "cancel": _about_case(steering.cancel_case),
    "postpone": _about_case(steering.postpone_case),
    "reschedule": _reschedule,
    "take": _take,
    "propose_item": _propose,
    "record_agreement": _record_agreement,
    "receive_opinion": _receive_opinion,
    "sort_opinion": _about_opinion(opinions.sort),
    "clear_opinion": _about_opinion(opinions.clear),
    **drafting.ACTS,
}


def signatures(script: Iterable[Told]) -> int:
    """Return how many papers a script has signed."""
    return sum(told.act.startswith("sign_") and not told.data for told in script)
