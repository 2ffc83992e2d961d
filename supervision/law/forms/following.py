"""How every supervision ends: conclusion, recommendations, publication, replies, carrying out, closing.

A form declares where in its stages this stands and on what basis its paper goes out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from supervision.law.basis import Basis, Practice, law
from supervision.law.forms.shared import (
    APPROVE_FIELDS,
    FRONT_WORKERS,
    LEADERS,
    OUR_OWN_ORDER,
    RESPONDERS,
    SIGNERS,
    signing,
    text,
)
from supervision.law.specs import RECOMMENDATION, Day, Field, Party, Stage, Step, Widget
from supervision.law.text import T

PUBLISHING = Practice(
    T(
        "công khai kết quả theo nguyên tắc công khai, minh bạch; luật không đặt số ngày",
        "results are made public by the principle of openness; the law sets no day",
    )
)
PUBLISHED = Stage(T("Công bố", "Publication"), (PUBLISHING,))
FOLLOWED = Stage(
    T("Trả lời, thực hiện, xác minh", "Reply, carrying out, verification"), (law(28, 7), law(29, 6))
)


@dataclass(frozen=True)
class Ending:
    """Where in a form's stages (1-based) its end stands, on what basis its paper goes out, by which clock."""

    basis: tuple[Basis, ...]
    concluding: int
    publishing: int
    answering: int
    rule: str = "STEP"


#: The paper that a form may send out on a basis of its own.
SENT: tuple[Basis, ...] = (law(28, 6),)

CONCLUDING = (
    Step(
        "draft_recommendations",
        T("Soạn kết luận và kiến nghị", "Draft the conclusion and recommendations"),
        Party.LEAD,
        FRONT_WORKERS,
        SENT,
        T("Trình ký văn bản kiến nghị", "Send the recommendation document for signature"),
        T(
            "Mỗi kiến nghị một việc, một nơi nhận, một hạn thực hiện. Bản sao gửi cấp trên trực tiếp.",
            "One matter, one addressee, one date each. A copy goes to the immediate superior.",
        ),
        (
            text("conclusion", "Kết luận", "Conclusion"),
            Field(
                "recommendations",
                T("Kiến nghị", "Recommendations"),
                Widget.ROWS,
                required=False,
                singular=T("Kiến nghị", "Recommendation"),
                columns=(
                    Field("addressee", T("Gửi", "Addressee"), Widget.PICK, source="addressees"),
                    Field("title", T("Tóm tắt", "Summary"), Widget.LINE),
                    Field("text", T("Nội dung kiến nghị", "Text")),
                    Field(
                        "action_due_on",
                        T("Đề nghị thực hiện trước ngày", "To be carried out by"),
                        Widget.DATE,
                        required=False,
                        day=Day.TO_COME,
                    ),
                ),
            ),
            Field(
                "commended",
                T("Biểu dương cách làm hay", "Good practices commended"),
                Widget.ROWS,
                help=T(
                    "Được công khai để nơi khác học tập (Luật MTTQ, khoản 2 Điều 25, khoản 8 Điều 28).",
                    "Made public for others to learn from (Front Law Art 25(2), 28(8)).",
                ),
                required=False,
                singular=T("Cách làm hay", "Good practice"),
                columns=(
                    Field("about", T("Của cơ quan", "Of"), Widget.PICK, source="addressees"),
                    Field("title", T("Tóm tắt", "Summary"), Widget.LINE),
                    Field("text", T("Đã làm gì, kết quả ra sao", "What was done, with what result")),
                ),
            ),
            Field(
                "competent",
                T("Cơ quan có thẩm quyền nhận để biết, chỉ đạo", "Competent bodies that also receive it"),
                Widget.PICKS,
                source="addressees",
                required=False,
            ),
        ),
    ),
    signing(
        "sign_recommendations",
        of=T("văn bản kiến nghị", "recommendation document"),
        document="recommendation_document",
        stage=0,
        basis=SENT,
    ),
    Step(
        "publish",
        T("Công bố kết luận và kiến nghị", "Publish the conclusion and recommendations"),
        Party.LEAD,
        ("clerk",),
        (PUBLISHING,),
        T("Công bố trên cổng", "Publish on the portal"),
        T(
            "Xem trước bản công khai, kiểm tra phần phải che.",
            "Preview the public copy and check what must be hidden.",
        ),
        (
            text(
                "lead",
                "Tóm tắt cho người đọc, một hoặc hai câu",
                "Summary for readers, one or two sentences",
            ),
            Field(
                "checked",
                T(
                    "Tôi đã kiểm tra: không có bí mật nhà nước, dữ liệu cá nhân, nội dung khiếu nại, tố cáo",
                    "I checked: no state secrets, personal data, complaints or denunciations",
                ),
                Widget.YES_NO,
            ),
            Field(
                "public_on",
                T("Chỉ công khai từ ngày", "Public from"),
                Widget.DATE,
                T(
                    "Để trống thì công khai ngay. Trước ngày này không trang, tệp hay kết quả tìm kiếm nào của "
                    "cổng có văn bản.",
                    "Left empty, it is public at once. Before that day no page, file or search of the portal "
                    "has it.",
                ),
                required=False,
                day=Day.NOT_PAST,
            ),
        ),
        check_first=True,
        rule="STEP",
    ),
)

ANSWERING = (
    Step(
        "receive_recommendation",
        T("Tiếp nhận kiến nghị", "Acknowledge the recommendation"),
        Party.ADDRESSEE,
        RESPONDERS,
        (law(29, 6),),
        T("Xác nhận đã nhận kiến nghị", "Confirm receipt of the recommendation"),
        T(
            "Hạn trả lời tính từ ngày tiếp nhận, trừ khi nơi gửi tính từ ngày gửi.",
            "The time to reply runs from the day of receipt, unless the sender counts from sending.",
        ),
        (Field("unit", T("Phân công xử lý cho", "Assigned to"), Widget.LINE, longest=200, required=False),),
        rule="STEP",
    ),
    Step(
        "draft_reply",
        T("Soạn trả lời kiến nghị", "Draft the reply to the recommendation"),
        Party.ADDRESSEE,
        RESPONDERS,
        (law(29, 6), law(29, 4)),
        T("Trình lãnh đạo duyệt trả lời", "Send the reply for approval"),
        T(
            "Nói rõ tiếp thu đến đâu, làm gì, ai làm, bao giờ xong. Có thể đề nghị xem xét lại và đối thoại.",
            "Say how far it is accepted, what is done, by whom, by when. You may ask for re-consideration.",
        ),
        (
            Field(
                "verdict",
                T("Ý kiến của cơ quan", "The agency's position"),
                Widget.CHOICE,
                choices=(
                    ("accepted", T("Tiếp thu", "Accepted")),
                    ("partly_accepted", T("Tiếp thu một phần", "Partly accepted")),
                    ("not_accepted", T("Không tiếp thu, có giải trình", "Not accepted, with reasons")),
                    (
                        "reconsider",
                        T("Đề nghị xem xét lại, đối thoại", "Ask for re-consideration and dialogue"),
                    ),
                ),
            ),
            Field("text", T("Nội dung trả lời", "Text of the reply")),
            Field(
                "reason",
                T("Giải trình phần không tiếp thu", "Reasons for what is not accepted"),
                required=False,
                required_when=("verdict", ("partly_accepted", "not_accepted", "reconsider")),
            ),
            Field(
                "owner",
                T("Người hoặc đơn vị thực hiện", "Who carries it out"),
                Widget.LINE,
                longest=200,
                required=False,
            ),
            Field(
                "due_on",
                T("Hoàn thành trước ngày", "To be completed by"),
                Widget.DATE,
                required=False,
                day=Day.NOT_PAST,
                required_when=("verdict", ("accepted", "partly_accepted")),
            ),
            Field(
                "number_text",
                T("Số, ký hiệu văn bản", "Number of the document"),
                Widget.LINE,
                longest=80,
                required=False,
            ),
            Field("files", T("Tệp kèm theo", "Files"), Widget.FILES, required=False),
        ),
        goes_public=True,
        rule="S_REPLY",
    ),
    Step(
        "approve_reply",
        T("Duyệt và gửi trả lời kiến nghị", "Approve and send the reply"),
        Party.ADDRESSEE,
        LEADERS,
        (law(29, 6),),
        T("Quyết định về trả lời", "Decide on the reply"),
        T(
            "Đọc trả lời, duyệt và gửi hoặc trả lại.",
            "Read the reply, then approve and send or return it.",
        ),
        APPROVE_FIELDS,
        check_first=True,
        goes_public=True,
        rule="S_REPLY",
    ),
    Step(
        "assess_reply",
        T("Đánh giá trả lời kiến nghị", "Assess the reply"),
        Party.LEAD,
        FRONT_WORKERS,
        (law(28, 7),),
        T("Ghi đánh giá của Mặt trận", "Record the Front's assessment"),
        T(
            "Đọc trả lời, chọn đạt hay chưa đạt, ghi lý do.",
            "Read the reply, say whether it satisfies, and why.",
        ),
        (
            Field(
                "verdict",
                T("Đánh giá của Mặt trận", "The Front's assessment"),
                Widget.CHOICE,
                choices=(
                    (
                        "satisfied",
                        T(
                            "Đạt: rõ việc, rõ người, rõ thời hạn",
                            "Satisfies: what, who and when are clear",
                        ),
                    ),
                    (
                        "explanation_satisfied",
                        T(
                            "Giải trình có cơ sở, kết thúc kiến nghị",
                            "The reasons are well founded; close it",
                        ),
                    ),
                    ("rejected", T("Chưa đạt, đề nghị trả lời lại", "Does not satisfy; reply again")),
                ),
            ),
            Field("text", T("Lý do", "Reasons")),
            Field(
                "again_on",
                T("Trả lời lại trước ngày", "Reply again by"),
                Widget.DATE,
                required=False,
                day=Day.TO_COME,
                required_when=("verdict", ("rejected",)),
            ),
        ),
        goes_public=True,
        rule="S_ASSESS",
    ),
    Step(
        "hold_dialogue",
        T("Đối thoại về kiến nghị", "Dialogue on the recommendation"),
        Party.LEAD,
        FRONT_WORKERS,
        (law(28, 4), law(29, 4)),
        T("Ghi kết quả đối thoại", "Record the dialogue"),
        T(
            "Cơ quan đề nghị xem xét lại. Ghi ý kiến hai bên.",
            "The agency asks for re-consideration. Record both sides.",
        ),
        (
            Field("held_on", T("Ngày đối thoại", "Day of the dialogue"), Widget.DATE, day=Day.HAPPENED),
            text("attendance", "Thành phần", "Attendance"),
            text("notes", "Ý kiến hai bên", "What both sides said"),
            Field("files", T("Tệp kèm theo", "Files"), Widget.FILES, required=False),
        ),
        rule="STEP",
    ),
    Step(
        "decide_reconsideration",
        T("Quyết định sau khi xem xét lại", "Decide after re-consideration"),
        Party.LEAD,
        SIGNERS,
        (law(28, 4), law(29, 4)),
        T("Ghi quyết định sau xem xét lại", "Record the decision"),
        T(
            "Giữ nguyên, điều chỉnh hoặc rút kiến nghị, có lý do.",
            "Uphold, amend or withdraw it, with reasons.",
        ),
        (
            Field(
                "decision",
                T("Quyết định", "Decision"),
                Widget.CHOICE,
                choices=(
                    ("upheld", T("Giữ nguyên kiến nghị", "Upheld")),
                    ("amended", T("Điều chỉnh kiến nghị", "Amended")),
                    ("withdrawn", T("Rút kiến nghị", "Withdrawn")),
                ),
            ),
            text("reason", "Lý do", "Reasons"),
            Field(
                "new_text",
                T("Nội dung kiến nghị sau điều chỉnh", "Text as amended"),
                required=False,
                required_when=("decision", ("amended",)),
            ),
        ),
        check_first=True,
        goes_public=True,
        rule="S_RECONSIDER",
    ),
)


CARRYING_OUT = (
    Step(
        "report_carrying_out",
        T("Báo cáo việc thực hiện kiến nghị", "Report on carrying out the recommendation"),
        Party.ADDRESSEE,
        RESPONDERS,
        (law(29, 6),),
        T("Gửi báo cáo thực hiện", "Send the report on carrying out"),
        T("Nêu việc đã làm, kèm minh chứng.", "Say what was done, with evidence."),
        (
            Field(
                "extent",
                T("Đã thực hiện đến đâu?", "How far was it carried out?"),
                Widget.CHOICE,
                choices=(
                    ("full", T("Đã thực hiện xong", "Carried out")),
                    ("part", T("Mới thực hiện một phần", "Partly carried out")),
                ),
            ),
            text("text", "Việc đã làm", "What was done"),
            Field("files", T("Minh chứng", "Evidence"), Widget.FILES, required=False),
        ),
        goes_public=True,
        rule="S_ACTION",
    ),
    Step(
        "verify",
        T("Xác minh việc thực hiện", "Verify the carrying out"),
        Party.LEAD,
        FRONT_WORKERS,
        (law(28, 7),),
        T("Ghi kết quả xác minh", "Record the verification"),
        T("Kiểm tra minh chứng hoặc kiểm tra tại chỗ.", "Check the evidence or look on the spot."),
        (
            Field(
                "outcome",
                T("Kết quả xác minh", "Outcome"),
                Widget.CHOICE,
                choices=(
                    ("verified", T("Đã xác minh việc thực hiện", "Carrying out verified")),
                    ("not_yet", T("Chưa xong, tiếp tục theo dõi", "Not finished, follow up further")),
                ),
            ),
            text("text", "Đã kiểm tra gì, thấy gì", "What was checked and seen"),
            Field("files", T("Tệp kèm theo", "Files"), Widget.FILES, required=False),
        ),
        goes_public=True,
        rule="S_VERIFY",
    ),
    Step(
        "close_recommendation",
        T("Kết thúc kiến nghị", "Close the recommendation"),
        Party.LEAD,
        SIGNERS,
        (law(28, 7),),
        T("Quyết định kết thúc kiến nghị", "Decide to close the recommendation"),
        T(
            "Kiến nghị chỉ kết thúc khi đã xác minh hoặc có quyết định nêu lý do.",
            "It closes only when verified or by a decision with reasons.",
        ),
        (text("reason", "Lý do kết thúc", "Why it is closed"),),
        check_first=True,
        goes_public=True,
        rule="STEP",
    ),
    Step(
        "close_case",
        T("Kết thúc hồ sơ", "Close the case"),
        Party.LEAD,
        SIGNERS,
        (law(28, 7), OUR_OWN_ORDER),
        T("Kết thúc hồ sơ giám sát", "Close the supervision case"),
        T("Mọi kiến nghị đã kết thúc.", "Every recommendation is closed."),
        (text("summary", "Tóm tắt kết quả cuối cùng", "Summary of the final result"),),
        check_first=True,
        rule="STEP",
    ),
)


def worded(step: Step, what: T) -> Step:
    """Return the step with `what` wherever its own words, or those of its fields, say recommendation."""

    def put(text: str, before: str, after: str) -> str:
        return text.replace(before, after).replace(before.capitalize(), after.capitalize())

    def said(text: T) -> T:
        return T(put(text.vi, RECOMMENDATION.vi, what.vi), put(text.en, RECOMMENDATION.en, what.en))

    def field(one: Field) -> Field:
        return replace(
            one,
            label=said(one.label),
            help=said(one.help) if one.help else None,
            singular=said(one.singular) if one.singular else None,
            choices=tuple((value, said(label)) for value, label in one.choices),
            columns=tuple(field(column) for column in one.columns),
        )

    return replace(
        step,
        title=said(step.title),
        button=said(step.button),
        hint=said(step.hint),
        fields=tuple(field(one) for one in step.fields),
    )


def following(end: Ending, what: T = RECOMMENDATION) -> tuple[Step, ...]:
    """Return the steps from the drafting of the recommendation document to the closing of the case.

    `what` is what the form calls that which is answered and followed.
    """
    draft, sign, publish, *rest = (worded(step, what) for step in (*CONCLUDING, *ANSWERING, *CARRYING_OUT))
    return (
        replace(draft, basis=end.basis, stage=end.concluding, rule=end.rule),
        replace(sign, basis=(*end.basis, *sign.basis[len(SENT) :]), stage=end.concluding),
        replace(publish, stage=end.publishing),
        *(replace(step, stage=end.answering) for step in rest),
    )
