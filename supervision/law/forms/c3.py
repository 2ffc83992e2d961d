"""C3, direct dialogue (đối thoại trực tiếp): Front Law Art 34; Joint Resolution 403 Art 18-19."""

from __future__ import annotations

from supervision.law.basis import joint, law
from supervision.law.forms.criticism import CRITICISM, OPENING
from supervision.law.forms.criticism_meeting import Meeting
from supervision.law.forms.shared import text
from supervision.law.specs import FormSpec
from supervision.law.text import T

MEETING = Meeting(
    title=T("Đối thoại trực tiếp", "Direct dialogue"),
    prepared=joint(18),
    held=joint(19),
    summed_up=joint(19, 7),
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
    stages=MEETING.stages,
    steps=MEETING.steps,
    opening=OPENING,
    planned_as="C3",
    conference=T("Hội nghị đối thoại trực tiếp", "Direct dialogue"),
    outcome="sign_criticism",
    followed=CRITICISM,
    results_to_issuer=True,  # 403 Art 19(7)
)
