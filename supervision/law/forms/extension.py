"""Deciding on an addressee's request for more time: a small form beside the case, opened by the request."""

from __future__ import annotations

from supervision.law.basis import Practice
from supervision.law.forms.shared import FRONT_WORKERS, SIGNERS, text
from supervision.law.specs import Day, Field, FormSpec, Party, Stage, Step, Widget
from supervision.law.text import T

_WHY = (
    Practice(
        T(
            "nơi đặt hạn quyết định việc gia hạn; luật không quy định cách xin và trả lời",
            "whoever set the time decides on more; the law does not say how it is asked for and answered",
        )
    ),
)

SPEC = FormSpec(
    slug="gia-han",
    code="GH",
    prefix="GS",
    title=T("Đề nghị gia hạn", "Request for more time"),
    summary=T(
        "Cơ quan xin thêm thời gian; nơi chủ trì đồng ý hoặc không đồng ý, có lý do.",
        "An agency asks for more time; the chairing body grants or refuses it, with reasons.",
    ),
    basis=_WHY,
    stages=(Stage(T("Quyết định", "Decision"), _WHY),),
    steps=(
        Step(
            "decide_extension",
            T("Quyết định về đề nghị gia hạn", "Decide on the request for more time"),
            Party.LEAD,
            (*FRONT_WORKERS, *SIGNERS),
            _WHY,
            T("Quyết định về đề nghị gia hạn", "Decide on the request"),
            T(
                "Đọc lý do cơ quan nêu; gia hạn đến một ngày, hoặc giữ nguyên hạn.",
                "Read the agency's reasons; set a later day, or keep the day as it is.",
            ),
            (
                Field(
                    "decision",
                    T("Quyết định của bạn", "Your decision"),
                    Widget.DECISION,
                    choices=(
                        ("grant", T("Gia hạn đến ngày này", "Extend to this day")),
                        ("refuse", T("Không gia hạn, giữ nguyên hạn", "Do not extend, keep the day")),
                    ),
                ),
                Field(
                    "to_on",
                    T("Hạn mới", "New due date"),
                    Widget.DATE,
                    required=False,
                    required_when=("decision", ("grant",)),
                    day=Day.TO_COME,
                ),
                text("reason", "Lý do, gửi đến cơ quan", "Reasons, sent to the agency"),
            ),
            stage=1,
            rule="STEP",
        ),
    ),
)
