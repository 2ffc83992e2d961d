"""Plots: cases of one common course, each stopped where something waits to be done today.

The course takes its words from a topic; a plot adds who is asked, what was answered and what
became of each recommendation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml

from supervision.demo.fitting import TUESDAY, first_day
from supervision.demo.script import STORIES, Told, read, signatures

MARK = "(DỮ LIỆU MẪU)"
OFFICER, SIGNER, HEAD, CLERK = (
    "mttq-24.can_bo_1",
    "mttq-24.chu_tich",
    "mttq-24.truong_doan",
    "mttq-24.van_thu",
)
#: Where the told stories stand today, and how many weeks day D may move to miss days off.
STORIES_TODAY = (
    ("s1", -10, 2),  # opinions on a document are awaited
    ("s2d", 12, 1),
    ("s2a", 150, 4),
    ("s3", 62, 2),  # a board is recognized
    ("s3a", 30, 1),  # settled in part: what does the board say?
    ("s3b", -21, 2),  # the owner was told, the board goes there in three weeks
    ("s3c", 48, 2),
    ("s4", 31, 1),  # what the lead body left out waits for its publication
    ("c1", 29, 0),  # one part answered, the rest asked again
    ("c1b", 0, 0),  # a draft put to everyone, with two weeks to go
    ("c2", 13, 2),  # the criticism waits for its signature
    ("c2b", 58, 2),  # answered, public, closed; issued: one remark is still to be set beside its final clause
    ("c3", 0, 0),  # the minutes of the dialogue wait for theirs
    ("o1", 44, 1),  # four points answered, one asked again
    ("o1b", -7, 0),  # another body receives opinions
    ("dialogue", 41, 1),  # one promise kept, one awaited, one late
)
#: The plan of the year was issued on the third Tuesday of last December and published the day after.
PLAN_UNTIL = 1
#: Which told cases carry out an item of that plan.
FROM_PLAN = {"s2a": "KH-01", "c2": "KH-05"}


@dataclass(frozen=True)
class Plot:
    """One case to be told: its key, its day D and its acts so far, in order."""

    key: str
    first_day: dt.date
    script: tuple[Told, ...]


def load(name: str) -> list[dict[str, Any]]:
    """Return the rows of `stories/<name>.yaml`."""
    with (STORIES / f"{name}.yaml").open(encoding="utf-8") as source:
        rows: list[dict[str, Any]] = yaml.safe_load(source)
    return rows


def plots(today: dt.date) -> list[Plot]:
    """Return the told cases as they stand in the morning of `today`, the cheapest to tell first."""
    topics = {topic["key"]: topic for topic in load("topics")}
    courses = [
        _stopped(row["key"], _course(row, topics[row["topic"]]), row["today"], 1, today)
        for row in load("plots")
    ]
    stories = [_stopped(key, _story(key), offset, slack, today) for key, offset, slack in STORIES_TODAY]
    return sorted([_plan(today), *courses, *stories], key=lambda plot: signatures(plot.script))


def _stopped(key: str, script: list[Told], offset: int, slack: int, today: dt.date) -> Plot:
    so_far = _until(offset, script)
    first = first_day(so_far, offset=offset, slack=slack, today=today)
    return Plot(key, first, tuple(so_far))


def _until(day: int, script: list[Told]) -> list[Told]:
    return sorted((told for told in script if told.day <= day), key=lambda told: told.day)


def _story(key: str) -> list[Told]:
    opening, *rest = read(key)
    if key in FROM_PLAN:
        opening = replace(opening, data={**opening.data, "annual_item": FROM_PLAN[key]})
    return [opening, *rest]


def _plan(today: dt.date) -> Plot:
    december = dt.date(today.year - 1, 12, 15)
    tuesday = december + dt.timedelta(days=(TUESDAY - december.weekday()) % 7)
    return Plot("plan", tuesday, tuple(_until(PLAN_UNTIL, read("plan"))))


def _course(plot: dict[str, Any], topic: dict[str, Any]) -> list[Told]:
    course = [*_start(plot, topic)]
    if "report" in plot:
        course += [*_asked(plot), *_concluded(plot, topic)]
    return course + [_event(*event) for event in plot.get("events", [])]


def _event(day: int, by: str, act: str, about: str | int, data: dict[str, Any]) -> Told:
    inquiry, recommendation = (about, 0) if isinstance(about, str) else ("", about)
    return Told(day, by, act, inquiry, recommendation, data=data)


def plan_of(topic: dict[str, Any], objects: str) -> dict[str, str]:
    """Return the parts of a delegation's plan on the topic."""
    return {
        "purpose": topic["purpose"],
        "requirements": "Khách quan, công khai, đúng thẩm quyền; không làm cản trở hoạt động bình thường "
        "của cơ quan được giám sát; dùng chung số liệu đã có, không yêu cầu báo cáo lại.",
        "objects": objects,
        "content": topic["content"],
        "scope": "Việc thực hiện trong 12 tháng gần nhất; khảo sát thực tế ở nơi có nhiều phản ánh.",
        "composition": "Đại diện Ban Thường trực làm Trưởng đoàn; thành viên là đại diện các tổ chức "
        "chính trị - xã hội và chuyên gia được mời.",
        "time_place": "Làm việc một buổi tại trụ sở từng cơ quan; khảo sát ngay sau buổi làm việc nếu cần.",
        "assignment": "Mỗi thành viên phụ trách một nhóm nội dung; thư ký tổng hợp trong ba ngày làm việc.",
        "conditions": "Kinh phí giám sát, phản biện xã hội năm của cơ quan chủ trì.",
    }


def _start(plot: dict[str, Any], topic: dict[str, Any]) -> Iterator[Told]:
    title = f"{topic['title']} trên địa bàn tỉnh Bắc Ninh {MARK}"
    yield Told(
        -34, OFFICER, "open", data={"title": title, "field": topic["field"], "grounds": topic["grounds"]}
    )
    objects = "Các cơ quan có tên trong thông báo của Đoàn giám sát."
    yield Told(-30, OFFICER, "draft_plan", data=plan_of(topic, objects))
    yield Told(-28, SIGNER, "sign_plan")
    yield Told(-27, OFFICER, "draft_decision", data=_decision())
    yield Told(-26, SIGNER, "sign_decision")
    notice: dict[str, Any] = {
        "agencies": plot["agencies"],
        "body": "Đoàn giám sát đề nghị quý cơ quan chuẩn bị báo cáo theo đề cương gửi kèm. Chậm nhất bảy "
        "ngày trước ngày làm việc, quý cơ quan gửi báo cáo, tài liệu có liên quan.",
        "outline": f"{topic['content']}\n4. Khó khăn, nguyên nhân và kiến nghị với Đoàn giám sát.",
    }
    if "asked_on" in plot:
        notice["asked_on"] = plot["asked_on"]
    yield Told(-22, OFFICER, "draft_notice", data=notice)
    yield Told(-20, HEAD, "sign_notice")


def _decision() -> dict[str, Any]:
    return {
        "head": HEAD,
        "secretary": OFFICER,
        "members": [
            {"mandate": "phn-24.can_bo", "task": "Việc hướng dẫn, công khai; ý kiến của phụ nữ"},
            {"mandate": "hnd-24.can_bo", "task": "Quyền lợi của hội viên, người dân"},
            {"mandate": "mttq-24.chuyen_gia_1", "task": "Căn cứ pháp lý, số liệu"},
        ],
        "articles": "Điều 1. Thành lập Đoàn giám sát gồm các thành viên có tên trong danh sách kèm theo.\n"
        "Điều 2. Đoàn làm việc theo kế hoạch đã ban hành, kết thúc khi báo cáo kết quả được xem xét.\n"
        "Điều 3. Các thành viên có tên chịu trách nhiệm thi hành Quyết định này.",
    }


def _asked(plot: dict[str, Any]) -> Iterator[Told]:
    """The one agency reports and the session is held, all in time."""
    agency, report, talk = plot["agencies"][0]["agency"], plot["report"], plot["talk"]
    answer = {"number_text": report["number"], "summary": report["summary"]}
    minutes = {
        "held_on": "D",
        "started_time": "08:00",
        "ended_on": "D",
        "ended_time": "11:30",
        "delegation_attendance": "Trưởng đoàn\nThư ký và các thành viên đoàn",
        "attendance": "Lãnh đạo cơ quan\nCông chức phụ trách",
        "opening": "Trưởng đoàn công bố kế hoạch, quyết định thành lập Đoàn và nêu chương trình làm việc.",
        **talk,
    }
    yield Told(-19, f"{agency}.dau_moi", "receive_inquiry", agency)
    yield Told(-10, f"{agency}.dau_moi", "draft_response", agency, data=answer)
    yield Told(-9, f"{agency}.lanh_dao", "approve_response", agency)
    yield Told(-6, OFFICER, "review_response", agency, data={"decision": "accept"})
    yield Told(0, OFFICER, "draft_minutes", agency, data=minutes)
    yield Told(0, HEAD, "sign_minutes", agency)
    yield Told(1, OFFICER, "survey", agency, data={"needed": "no"})


def _concluded(plot: dict[str, Any], topic: dict[str, Any]) -> Iterator[Told]:
    """Result, conclusion, recommendations and publication; the first recommendation is the topic's."""
    agency, (title, text) = plot["agencies"][0]["agency"], topic["finding"]
    advice = {"title": topic["advice"][0], "text": topic["advice"][1]}
    rows = [{**(advice if index == 0 else {}), **row} for index, row in enumerate(plot["recommendations"])]
    rows = [{**row, "title": f"{row['title']} {MARK}"} for row in rows]
    finding = {
        "about": agency,
        "kind": "shortcoming",
        "title": title,
        "text": text,
        "evidence": f"Báo cáo {plot['report']['number']}; biên bản làm việc.",
    }
    result = {
        "strengths": plot["strengths"],
        "findings": [finding],
        "causes": plot["causes"],
        "proposals": f"Đề nghị Ban Thường trực xem xét, ban hành {len(rows):02d} kiến nghị.",
    }
    conclusion = f"{plot['strengths']} Tuy nhiên, {title[:1].lower()}{title[1:]}. {text}"
    yield Told(12, OFFICER, "draft_result", data=result)
    yield Told(14, HEAD, "sign_result")
    yield Told(17, SIGNER, "examine", data={"conference": "no", "notes": "Ban Thường trực thống nhất."})
    yield Told(19, OFFICER, "draft_recommendations", data={"conclusion": conclusion, "recommendations": rows})
    yield Told(21, SIGNER, "sign_recommendations")
    yield Told(23, CLERK, "publish", data={"lead": plot["lead"], "checked": True})
