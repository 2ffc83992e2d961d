"""C1, the criticism conference (hội nghị phản biện xã hội): Front Law Art 34; Joint Resolution 403 Art 14-15."""

from __future__ import annotations

from supervision.law.basis import joint, law
from supervision.law.forms.criticism import CRITICISM, OPENING
from supervision.law.forms.criticism_meeting import Meeting
from supervision.law.forms.shared import text
from supervision.law.specs import FormSpec
from supervision.law.text import T

MEETING = Meeting(
    title=T("Hội nghị phản biện", "Criticism conference"),
    prepared=joint(14),
    held=joint(15),
    summed_up=joint(15, 7),
    order=(
        text(
            "presentation",
            "Cơ quan soạn thảo trình bày dự thảo",
            "The drafting agency presents the draft",
        ),
        text("focus", "Nội dung cần tập trung phản biện", "What the criticism is to focus on"),
        text("discussion", "Đại biểu thảo luận, phản biện", "The delegates' discussion"),
        text(
            "explanation",
            "Cơ quan soạn thảo bổ sung thông tin, giải trình",
            "The drafting agency adds and explains",
            required=False,
        ),
        text("conclusion", "Kết luận của chủ trì", "The chair's conclusion"),
    ),
)

SPEC = FormSpec(
    slug="hoi-nghi-phan-bien",
    code="C1",
    prefix="PB",
    title=T("Hội nghị phản biện xã hội", "Criticism conference"),
    summary=T(
        "Họp với cơ quan soạn thảo, chuyên gia, người dân về một dự thảo; mỗi ý kiến đều được trả lời.",
        "Meet the drafting agency, experts and people on a draft; every remark is answered.",
    ),
    basis=(law(34), joint(14), joint(15)),
    stages=MEETING.stages,
    steps=MEETING.steps,
    opening=OPENING,
    planned_as="C1",
    conference=T("Hội nghị phản biện xã hội", "Criticism conference"),
    outcome="sign_criticism",
    followed=CRITICISM,
)
