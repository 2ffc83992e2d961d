"""C3, direct dialogue (đối thoại trực tiếp): Front Law Art 34; Joint Resolution 403 Art 18-19."""

from __future__ import annotations

from supervision.law.basis import joint, law
from supervision.law.forms.conference import conference
from supervision.law.forms.criticism import (
    ANSWERED,
    CRITICISM,
    OPENING,
    RECEIVED,
    answering,
    compiling,
    concluding,
    planning,
    receiving,
)
from supervision.law.forms.following import PUBLISHED
from supervision.law.forms.shared import text
from supervision.law.specs import FormSpec, Stage
from supervision.law.text import T

STAGES = (
    RECEIVED,
    Stage(T("Kế hoạch", "Plan"), (law(35, 1), joint(18))),
    Stage(T("Đối thoại trực tiếp", "Direct dialogue"), (joint(18), joint(19))),
    Stage(T("Bảng ý kiến, văn bản phản biện", "Remarks and criticism document"), (joint(19, 7), law(35, 4))),
    PUBLISHED,
    ANSWERED,
)

STEPS = (
    receiving(),
    *planning(stage=2, basis=(joint(18),)),
    *conference(
        stage=3,
        basis=(joint(18), joint(19)),
        order=(
            text(
                "opening",
                "Chủ trì nêu sự cần thiết, ý nghĩa, mục đích",
                "The chair states need, meaning and purpose",
            ),
            text(
                "presentation",
                "Cơ quan soạn thảo trình bày dự thảo",
                "The drafting agency presents the draft",
            ),
            text(
                "questions",
                "Đại biểu hỏi, nêu vấn đề; cơ quan soạn thảo giải trình",
                "The delegates ask; the drafting agency explains",
            ),
            text("conclusion", "Kết luận của chủ trì", "The chair's conclusion"),
            text(
                "issuer_speech",
                "Cơ quan có thẩm quyền ban hành phát biểu",
                "The issuing authority speaks",
                required=False,
            ),
        ),
    ),
    *compiling(stage=4, basis=(joint(19, 7),)),
    *concluding(stage=4, publishing=5, basis=(joint(19, 7),)),
    *answering(stage=6),
)

SPEC = FormSpec(
    slug="doi-thoai-phan-bien",
    code="C3",
    prefix="PB",
    title=T("Đối thoại trực tiếp về dự thảo", "Direct dialogue on a draft"),
    summary=T(
        "Đối thoại với cơ quan soạn thảo, có cơ quan ban hành khi cần; văn bản phản biện gửi cả hai nơi.",
        "Talk with the drafting agency, and the issuing authority if needed; both get the document.",
    ),
    basis=(law(34), joint(18), joint(19)),
    stages=STAGES,
    steps=STEPS,
    opening=OPENING,
    conference=T("Hội nghị đối thoại trực tiếp", "Direct dialogue"),
    outcome="sign_criticism",
    followed=CRITICISM,
    results_to_issuer=True,  # 403 Art 19(7)
)
