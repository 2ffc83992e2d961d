"""Correcting and withdrawing what is published: a small form beside the case, opened by the request.

No article on either was read in a source, so both rest on practice and on the order of our own.
"""

from __future__ import annotations

from supervision.law.basis import Practice
from supervision.law.forms.shared import OUR_OWN_ORDER, signing
from supervision.law.specs import Field, FormSpec, Party, Stage, Step
from supervision.law.text import T

_WHY = (
    Practice(
        T(
            "nơi công bố nói rõ chỗ sai bằng một văn bản có ký; bản đã công bố giữ nguyên địa chỉ",
            "whoever published says in a signed paper what was wrong; the published one keeps its address",
        )
    ),
    OUR_OWN_ORDER,
)

MENDING = Step(
    "mend_change",
    T("Sửa đề nghị bị trả lại", "Mend the request that came back"),
    Party.ASKER,
    ("officer", "clerk"),
    (OUR_OWN_ORDER,),
    T("Bỏ đề nghị này", "Drop the request"),
    T(
        "Đọc lý do, rồi mở mẫu đã điền sẵn để sửa và trình ký lại; số đã cấp được giữ cho lần ấy. "
        "Không đề nghị nữa thì bỏ, có lý do.",
        "Read why, then open the form, filled in already, to mend it and send it for signature again; a "
        "number that was given waits for that. Drop the request, with a reason, if it is needed no more.",
    ),
    (
        Field(
            "reason",
            T("Lý do bỏ đề nghị", "Why the request is dropped"),
            help=T(
                "Chỉ ghi khi không trình ký lại. Sổ văn bản ghi lý do này nếu đã cấp số.",
                "Only where it is not sent again. The register says so where a number was given.",
            ),
        ),
    ),
    stage=1,
    rule="STEP",
)

SPEC = FormSpec(
    slug="dinh-chinh",
    code="DC",
    prefix="DC",
    title=T("Đính chính, thu hồi văn bản đã công bố", "Correction or withdrawal of what is published"),
    summary=T(
        "Một người đề nghị, nêu lý do công khai; người khác ký, rồi cổng mới đổi.",
        "One person asks, with a public reason; another signs, and only then does the portal change.",
    ),
    basis=_WHY,
    stages=(Stage(T("Ký đính chính, thu hồi", "Sign the correction or withdrawal"), _WHY),),
    steps=(
        signing(
            "sign_change",
            of=T("văn bản đính chính, thu hồi", "correction or withdrawal"),
            document="any_change",
            stage=1,
            basis=_WHY,
        ),
        MENDING,
    ),
)
