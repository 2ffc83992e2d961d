"""A paper that could not be signed: sent to be signed again, or returned to be mended. Beside the case's course."""

from __future__ import annotations

from supervision.law.forms.shared import OUR_OWN_ORDER, password_to
from supervision.law.specs import Field, FormSpec, Party, Stage, Step, Widget
from supervision.law.text import T

SPEC = FormSpec(
    slug="ky-chua-xong",
    code="KX",
    prefix="KX",
    title=T("Văn bản chưa ký được", "A paper that could not be signed"),
    summary=T(
        "Người ký và người soạn biết lý do; một trong hai người cho ký lại hoặc đưa về soạn lại.",
        "Who signs and who drafted it learn why; either has it signed again, or takes it back to be mended.",
    ),
    basis=(OUR_OWN_ORDER,),
    stages=(Stage(T("Xử lý văn bản chưa ký được", "Settle the unsigned paper"), (OUR_OWN_ORDER,)),),
    steps=(
        Step(
            "settle_unsigned",
            T("Văn bản chưa ký được", "A paper could not be signed"),
            Party.OF_PAPER,
            (),
            (OUR_OWN_ORDER,),
            T("Ký lại hoặc đưa về soạn lại", "Sign it again, or take it back"),
            T(
                "Đọc lý do. Đã khắc phục thì cho ký lại; phải sửa nội dung thì đưa về soạn lại. Số được giữ nguyên. "
                "Sang ngày khác, văn bản ghi ngày ký lại nên chỉ người ký cho ký lại được.",
                "Read the reason. If it is gone, have it signed again; if the text must change, take it back. "
                "The number is kept. On another day the paper bears that day, so only its signer may do so.",
            ),
            (
                Field(
                    "decision",
                    T("Quyết định của bạn", "Your decision"),
                    Widget.DECISION,
                    choices=(
                        ("again", T("Ký lại", "Sign it again")),
                        (
                            "elsewhere",
                            T("In lại để ký trên máy của người ký", "Print it, to be signed elsewhere"),
                        ),
                        ("mend", T("Đưa về soạn lại", "Take it back to be mended")),
                    ),
                ),
                Field(
                    "reason",
                    T("Lý do, những điểm cần sửa", "Why, and what to mend"),
                    required=False,
                    required_when=("decision", ("mend",)),
                ),
                password_to("again", "elsewhere"),
            ),
            stage=1,
            rule="STEP",
        ),
    ),
)
