"""The small flow of a letter beside the main path: urging, escalation, announcement of a change.

What a letter of urging rests on depends on what it urges: `cases.services.urged` says it.
"""

from __future__ import annotations

from supervision.law.forms.shared import FRONT_WORKERS, OUR_OWN_ORDER, signing
from supervision.law.specs import Field, FormSpec, Party, Stage, Step, Widget
from supervision.law.text import T

MENDING = Step(
    "mend_letter",
    T("Sửa công văn bị trả lại", "Mend the letter that was returned"),
    Party.LEAD,
    FRONT_WORKERS,
    (OUR_OWN_ORDER,),
    T("Trình ký lại hoặc bỏ công văn", "Send it for signature again, or drop it"),
    T(
        "Đọc lý do trả lại, sửa rồi trình ký lại; không cần gửi nữa thì bỏ, có lý do.",
        "Read why it was returned, mend it and send it on; drop it, with a reason, if it need not be sent.",
    ),
    (
        Field(
            "decision",
            T("Quyết định của bạn", "Your decision"),
            Widget.DECISION,
            choices=(
                ("again", T("Trình ký lại", "Send it for signature again")),
                ("drop", T("Không gửi công văn này nữa", "Drop the letter")),
            ),
        ),
        Field(
            "text",
            T("Nội dung công văn", "Text of the letter"),
            help=T(
                "Công văn đôn đốc: thời hạn và số ngày quá hạn được ghi tự động ở đầu.",
                "In an urging letter the time set and the days overdue are stated by themselves.",
            ),
            required=False,
            required_when=("decision", ("again",)),
        ),
        Field(
            "reason",
            T("Lý do bỏ công văn", "Why it is dropped"),
            required=False,
            required_when=("decision", ("drop",)),
        ),
    ),
    stage=1,
    rule="STEP",
)

SPEC = FormSpec(
    slug="cong-van",
    code="CV",
    prefix="CV",
    title=T("Công văn, thông báo trong hồ sơ", "Letter or announcement in a case"),
    summary=T(
        "Đôn đốc, kiến nghị cấp có thẩm quyền, thông báo thay đổi.",
        "Urging, escalation, announcement of a change.",
    ),
    basis=(OUR_OWN_ORDER,),
    stages=(Stage(T("Ký và gửi công văn", "Sign and send the letter"), (OUR_OWN_ORDER,)),),
    steps=(
        signing(
            "sign_letter",
            of=T("công văn", "letter"),
            document="any_letter",
            stage=1,
            basis=(OUR_OWN_ORDER,),
        ),
        MENDING,
    ),
)
