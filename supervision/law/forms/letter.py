"""The small flow of a letter beside the main path: urging, escalation, announcement of a change."""

from __future__ import annotations

from supervision.law.basis import law
from supervision.law.forms.shared import OUR_OWN_ORDER, signing
from supervision.law.specs import FormSpec, Stage
from supervision.law.text import T

SPEC = FormSpec(
    slug="cong-van",
    code="CV",
    prefix="CV",
    title=T("Công văn, thông báo trong hồ sơ", "Letter or announcement in a case"),
    summary=T(
        "Đôn đốc, kiến nghị cấp có thẩm quyền, thông báo thay đổi.",
        "Urging, escalation, announcement of a change.",
    ),
    basis=(law(28, 7), OUR_OWN_ORDER),
    stages=(Stage(T("Ký và gửi công văn", "Sign and send the letter"), (law(28, 7),)),),
    steps=(
        signing(
            "sign_letter",
            of=T("công văn", "letter"),
            document="any_letter",
            stage=1,
            basis=(law(28, 7), OUR_OWN_ORDER),
        ),
    ),
)
