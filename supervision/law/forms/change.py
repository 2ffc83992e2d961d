"""Correcting and withdrawing what is published: a small form beside the case, opened by the request.

No article on either was read in a source, so both rest on practice and on the order of our own.
"""

from __future__ import annotations

from supervision.law.basis import Practice
from supervision.law.forms.shared import OUR_OWN_ORDER, signing
from supervision.law.specs import FormSpec, Stage
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
    ),
)
