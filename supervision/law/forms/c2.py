"""C2, criticism in writing (gửi dự thảo lấy ý kiến): Front Law Art 34; Joint Resolution 403 Art 16-17."""

from __future__ import annotations

from supervision.law.basis import joint, law
from supervision.law.forms.consulting import consulting
from supervision.law.forms.criticism import (
    ANSWERED,
    CRITICISM,
    OPENING,
    RECEIVED,
    answering,
    compiling,
    concluding,
    receiving,
)
from supervision.law.forms.following import PUBLISHED
from supervision.law.specs import FormSpec, Stage
from supervision.law.text import T

STAGES = (
    RECEIVED,
    Stage(T("Gửi dự thảo lấy ý kiến", "Sending the draft for opinions"), (joint(16),)),
    Stage(T("Tổng hợp, đề nghị giải trình", "Compilation, explanation"), (joint(17, 1), joint(17, 2))),
    Stage(T("Văn bản phản biện", "Criticism document"), (joint(17, 3), law(35, 4))),
    PUBLISHED,
    ANSWERED,
)

STEPS = (
    receiving(),
    *consulting(stage=2, basis=(joint(16),)),
    *compiling(stage=3, basis=(joint(17, 1),), asks=True),
    *concluding(stage=4, publishing=5, basis=(joint(17, 3),)),
    *answering(stage=6),
)

SPEC = FormSpec(
    slug="phan-bien-bang-van-ban",
    code="C2",
    prefix="PB",
    title=T("Phản biện bằng văn bản", "Criticism in writing"),
    summary=T(
        "Gửi dự thảo cho tổ chức, chuyên gia, người chịu tác động góp ý bằng văn bản; mỗi ý kiến được trả lời.",
        "Send the draft to bodies, experts and those affected for written opinions; each is answered.",
    ),
    basis=(law(34), joint(16), joint(17)),
    stages=STAGES,
    steps=STEPS,
    opening=OPENING,
    planned_as="C2",
    outcome="sign_criticism",
    followed=CRITICISM,
)
