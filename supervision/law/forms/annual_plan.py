"""The annual plan of supervision and criticism (kế hoạch hằng năm): 403 Art 2-3; Front Law Art 25-26, 28."""

from __future__ import annotations

from supervision.law.basis import Basis, Practice, joint, law
from supervision.law.fields import FIELDS
from supervision.law.forms.conference import conference
from supervision.law.forms.shared import FRONT_WORKERS, OUR_OWN_ORDER, SIGNERS, signing, text
from supervision.law.planning import PERIODS, PLAN_FORMS, SOURCES_OF_PROPOSALS
from supervision.law.specs import Day, Field, FormSpec, Party, Stage, Step, Widget
from supervision.law.text import T

_CONSULTED: tuple[Basis, ...] = (joint(3, 1), joint(3, 2))
_AGREED: tuple[Basis, ...] = (joint(3, 3), law(26))
_ISSUED: tuple[Basis, ...] = (joint(3, 3), joint(3, 4))
_AMENDED = joint(3, 5)
_NO_OVERLAP: tuple[Basis, ...] = (law(25, 3), joint(3, 2))
_OPEN_PLAN = Practice(
    T(
        "công khai kế hoạch theo nguyên tắc công khai, minh bạch; luật không đặt số ngày",
        "the plan is made public by the principle of openness; the law sets no day",
    )
)
#: Whoever may speak for a body that has to agree: its leaders; for the Front, those who sign.
SPOKESPEOPLE = ("agency_leader", "signer", "chair")

STAGES = (
    Stage(T("Tập hợp đề xuất", "Gathering proposals"), (joint(2),)),
    Stage(T("Hiệp thương", "Consultation"), _CONSULTED),
    Stage(T("Chọn nội dung, xem xét chồng chéo", "Choice of items, overlaps"), _NO_OVERLAP),
    Stage(T("Trao đổi, thống nhất", "Exchange and agreement"), _AGREED),
    Stage(T("Ban hành trong quý IV", "Issue in Quarter IV"), _ISSUED),
    Stage(T("Công bố, theo dõi, điều chỉnh", "Publication, follow-up, amendment"), (_OPEN_PLAN, _AMENDED)),
)

_TITLE = Field("title", T("Nội dung", "What it is about"), Widget.LINE)
_FORM = Field("form", T("Hình thức", "Form"), Widget.CHOICE, choices=PLAN_FORMS)
_FIELD = Field("field", T("Lĩnh vực", "Subject field"), Widget.CHOICE, choices=tuple(FIELDS.items()))
_PERIODS = tuple((code, period.title) for code, period in PERIODS.items())


def _agency(required: bool) -> Field:
    label = T("Cơ quan, đối tượng", "Body concerned")
    return Field("agency", label, Widget.PICK, source="agencies", required=required)


def _period(required: bool) -> Field:
    return Field("period", T("Thời gian", "Period"), Widget.CHOICE, choices=_PERIODS, required=required)


#: What a proposal says; a member organization fills in these from its own account.
PROPOSAL = (
    _TITLE,
    _FORM,
    _FIELD,
    _agency(required=False),
    _period(required=False),
    text("grounds", "Căn cứ, lý do đề xuất", "Grounds of the proposal"),
)

#: What a body that has to agree says, or what its paper says.
AGREEMENT = (
    Field(
        "position",
        T("Ý kiến về dự thảo kế hoạch", "Position on the draft plan"),
        Widget.CHOICE,
        choices=(
            ("agreed", T("Thống nhất", "Agreed")),
            ("with_remarks", T("Thống nhất, có lưu ý", "Agreed, with remarks")),
            ("not_agreed", T("Chưa thống nhất, có lý do", "Not agreed, with reasons")),
        ),
    ),
    Field(
        "remarks",
        T("Lưu ý, lý do", "Remarks, reasons"),
        required=False,
        required_when=("position", ("with_remarks", "not_agreed")),
    ),
    Field(
        "number_text",
        T("Số, ký hiệu văn bản", "Number of the paper"),
        Widget.LINE,
        longest=80,
        required=False,
    ),
    Field("dated_on", T("Ngày văn bản", "Day of the paper"), Widget.DATE, required=False, day=Day.HAPPENED),
    Field("files", T("Tệp kèm theo", "Files"), Widget.FILES, required=False),
)

_ITEM = (
    Field(
        "number",
        T("Mã mục", "Item number"),
        Widget.LINE,
        longest=12,
        help=T("Để trống với mục mới; mã được cấp tự động.", "Leave empty for a new item; one is given."),
        required=False,
    ),
    _TITLE,
    _FORM,
    _FIELD,
    _agency(required=True),
    _period(required=True),
    Field("chair", T("Chủ trì", "Who chairs it"), Widget.PICK, source="plan_chairs"),
    Field(
        "proposals",
        T("Từ đề xuất số", "From proposals no."),
        Widget.LINE,
        longest=80,
        help=T("Ví dụ 1, 4.", "For example 1, 4."),
        required=False,
    ),
    Field(
        "fate",
        T("Đưa vào kế hoạch?", "In the plan?"),
        Widget.CHOICE,
        choices=(
            ("keep", T("Đưa vào kế hoạch", "In the plan")),
            ("leave", T("Không đưa vào, hoặc bỏ khỏi kế hoạch", "Left out, or dropped from the plan")),
        ),
        required=False,
    ),
    Field(
        "reason",
        T("Lý do không đưa vào, bỏ hoặc đổi", "Why it is left out, dropped or changed"),
        Widget.LINE,
        required=False,
        required_when=("fate", ("leave",)),
    ),
)

STEPS = (
    Step(
        "gather",
        T("Tập hợp đề xuất", "Gather the proposals"),
        Party.LEAD,
        FRONT_WORKERS,
        (joint(2),),
        T("Kết thúc tập hợp, mời hiệp thương", "End the gathering, invite to the consultation"),
        T(
            "Ghi đề xuất từ đơn thư, báo chí, người dân, cơ quan soạn thảo. Tổ chức thành viên tự gửi đề xuất.",
            "Enter what came by letters, the press, citizens, drafting bodies. Member organizations hand in their own.",
        ),
        (
            Field(
                "proposals",
                T("Đề xuất", "Proposals"),
                Widget.ROWS,
                required=False,
                singular=T("Đề xuất", "Proposal"),
                most=200,
                columns=(
                    Field("source", T("Nguồn", "Source"), Widget.CHOICE, choices=SOURCES_OF_PROPOSALS),
                    Field(
                        "who",
                        T("Của ai, ở đâu", "Whose, where"),
                        Widget.LINE,
                        help=T("Không ghi họ tên người dân.", "Do not name citizens."),
                        required=False,
                    ),
                    *PROPOSAL,
                ),
            ),
        ),
        stage=1,
        rule="PLAN_Q4",
    ),
    *conference(
        stage=2,
        basis=_CONSULTED,
        invited="plan_chairs",
        order=(
            text("opening", "Nội dung được đưa ra hiệp thương", "What was put to the consultation"),
            text("opinions", "Ý kiến của các tổ chức", "What the organizations said"),
            text("chosen", "Nội dung được chọn, hình thức, nơi chủ trì", "What was chosen, forms and chairs"),
            text("conclusion", "Kết luận của chủ trì", "The chair's conclusion"),
        ),
    ),
    Step(
        "choose_items",
        T("Chọn nội dung đưa vào kế hoạch", "Choose the items of the plan"),
        Party.LEAD,
        FRONT_WORKERS,
        (joint(3, 2), law(26), _AMENDED),
        T("Ghi các mục của kế hoạch", "Record the items"),
        T(
            "Mỗi mục một nội dung, một cơ quan, một thời gian, một nơi chủ trì. Đề xuất đã điền sẵn để chọn.",
            "One matter, one body, one period, one chair each. Proposals are filled in to choose from.",
        ),
        (
            Field(
                "items",
                T("Các mục", "Items"),
                Widget.ROWS,
                singular=T("Mục", "Item"),
                most=300,
                columns=_ITEM,
            ),
        ),
        stage=3,
        rule="STEP",
    ),
    Step(
        "settle_overlaps",
        T("Xem xét chồng chéo", "Consider the overlaps"),
        Party.LEAD,
        FRONT_WORKERS,
        _NO_OVERLAP,
        T("Ghi cách giải quyết chồng chéo", "Record how overlaps are settled"),
        T(
            "Cùng cơ quan, cùng lĩnh vực, cùng thời gian với nội dung khác. Giữ thì ghi vì sao.",
            "The same body, field and period as something else. If it stays, say why.",
        ),
        (
            Field(
                "overlaps",
                T("Chỗ chồng chéo", "Overlaps"),
                Widget.ROWS,
                required=False,
                singular=T("Chỗ chồng chéo", "Overlap"),
                once=("overlap",),
                most=2_000,
                columns=(
                    Field("overlap", T("Trùng với", "With what"), Widget.PICK, source="plan_overlaps"),
                    Field(
                        "decision",
                        T("Cách giải quyết", "How it is settled"),
                        Widget.CHOICE,
                        choices=(
                            ("joint", T("Làm chung một cuộc", "Done together")),
                            ("watch", T("Giữ, theo dõi và trao đổi khi lịch trùng", "Kept and watched")),
                            ("keep", T("Giữ cả hai, nội dung khác nhau", "Both kept, they differ")),
                        ),
                    ),
                    text("reason", "Vì sao giữ", "Why it stays"),
                ),
            ),
            Field(
                "then",
                T("Làm tiếp thế nào?", "How to go on?"),
                Widget.CHOICE,
                choices=(
                    ("go_on", T("Giữ các mục, trao đổi với cơ quan", "Keep the items, go to the bodies")),
                    ("revise", T("Sửa lại các mục", "Change the items")),
                ),
            ),
        ),
        stage=3,
        rule="STEP",
    ),
    Step(
        "draft_exchange",
        T("Soạn công văn trao đổi, thống nhất", "Draft the letter of exchange"),
        Party.LEAD,
        FRONT_WORKERS,
        _AGREED,
        T("Trình ký công văn trao đổi", "Send the letter for signature"),
        T(
            "Công văn kèm các mục dự kiến; nơi nhận do luật định theo cấp, không bỏ được nơi nào.",
            "The letter carries the planned items; the law names who gets it, and none may be left out.",
        ),
        (
            text("question", "Nội dung đề nghị cho ý kiến", "What is asked"),
            Field(
                "due_on",
                T("Đề nghị cho ý kiến trước ngày", "Position asked for by"),
                Widget.DATE,
                help=T(
                    "Do nơi lập kế hoạch đặt, luật không quy định số ngày.",
                    "Set by the planning body; the law sets no number of days.",
                ),
                day=Day.TO_COME,
            ),
        ),
        stage=4,
        rule="STEP",
    ),
    signing(
        "sign_exchange",
        of=T("công văn trao đổi", "letter of exchange"),
        document="exchange_letter",
        stage=4,
        basis=_AGREED,
    ),
    Step(
        "agree",
        T("Cho ý kiến thống nhất kế hoạch", "State the position on the plan"),
        Party.ADDRESSEE,
        SPOKESPEOPLE,
        _AGREED,
        T("Gửi ý kiến về kế hoạch", "Send the position"),
        T(
            "Đọc các mục dự kiến, cho ý kiến về nội dung, lĩnh vực, địa bàn, thời gian.",
            "Read the planned items; state a position on content, field, area and time.",
        ),
        AGREEMENT,
        stage=4,
        rule="PLAN_AGREE",
        check_first=True,
    ),
    Step(
        "draft_annual_plan",
        T("Soạn kế hoạch năm", "Draft the annual plan"),
        Party.LEAD,
        FRONT_WORKERS,
        _ISSUED,
        T("Trình ký kế hoạch năm", "Send the plan for signature"),
        T(
            "Bảng các mục lấy từ nội dung đã thống nhất; chỉ soạn được khi mọi cơ quan đã thống nhất.",
            "The table comes from what was agreed; it can be drafted once every body has agreed.",
        ),
        (
            text("purpose", "Mục đích", "Purpose"),
            text("requirements", "Yêu cầu", "Requirements"),
            text("assignment", "Tổ chức thực hiện", "How it is carried out"),
            text(
                "changes",
                "Lý do điều chỉnh, nếu là bản điều chỉnh",
                "Why it is amended, if so",
                required=False,
            ),
        ),
        stage=5,
        rule="PLAN_Q4",
    ),
    signing(
        "sign_annual_plan",
        of=T("kế hoạch năm", "annual plan"),
        document="annual_plan",
        stage=5,
        basis=_ISSUED,
    ),
    Step(
        "publish_plan",
        T("Công bố kế hoạch năm", "Publish the annual plan"),
        Party.LEAD,
        ("clerk",),
        (_OPEN_PLAN,),
        T("Công bố kế hoạch trên cổng", "Publish the plan on the portal"),
        T(
            "Đọc bản công khai; trang công khai còn cho biết mỗi mục đã làm đến đâu.",
            "Read the public copy; the public page also tells what became of each item.",
        ),
        (
            text(
                "lead", "Tóm tắt cho người đọc, một hoặc hai câu", "Summary for readers, one or two sentences"
            ),
            Field(
                "checked",
                T(
                    "Tôi đã kiểm tra: không có bí mật nhà nước, dữ liệu cá nhân, nội dung khiếu nại, tố cáo",
                    "I checked: no state secrets, personal data, complaints or denunciations",
                ),
                Widget.YES_NO,
            ),
        ),
        check_first=True,
        goes_public=True,
        stage=6,
        rule="STEP",
    ),
    Step(
        "follow_plan",
        T("Theo dõi, điều chỉnh kế hoạch năm", "Follow and amend the annual plan"),
        Party.LEAD,
        (*FRONT_WORKERS, *SIGNERS),
        (_AMENDED, OUR_OWN_ORDER),
        T("Quyết định về kế hoạch", "Decide on the plan"),
        T(
            "Mở suốt năm. Điều chỉnh khi có việc đột xuất, sau khi thống nhất lại; hoặc tổng kết cuối năm.",
            "Open all year. Amend it for urgent matters, once agreed anew; or sum it up at the end of the year.",
        ),
        (
            Field(
                "decision",
                T("Quyết định của bạn", "Your decision"),
                Widget.DECISION,
                choices=(
                    ("amend", T("Điều chỉnh, bổ sung kế hoạch", "Amend the plan")),
                    ("end", T("Kết thúc theo dõi, tổng kết", "End the follow-up and sum it up")),
                ),
            ),
            text("reason", "Lý do", "Reasons"),
        ),
        stage=6,
        rule="PLAN_YEAR",
    ),
    Step(
        "close_plan",
        T("Tổng kết kế hoạch năm", "Sum up the annual plan"),
        Party.LEAD,
        SIGNERS,
        (OUR_OWN_ORDER,),
        T("Kết thúc kế hoạch năm", "Close the annual plan"),
        T(
            "Kết quả từng mục đã ghi ở trang kế hoạch; mục chưa làm nêu lý do.",
            "What became of each item stands on the plan's page; say why for those not begun.",
        ),
        (text("summary", "Tổng kết", "Summary"),),
        check_first=True,
        stage=6,
        rule="STEP",
    ),
)

SPEC = FormSpec(
    slug="ke-hoach-nam",
    code="KH",
    prefix="KH",
    title=T("Kế hoạch giám sát, phản biện xã hội hằng năm", "Annual plan of supervision and criticism"),
    summary=T(
        "Tập hợp đề xuất, hiệp thương, thống nhất với các cơ quan, ban hành trong quý IV, công bố, theo dõi từng mục.",
        "Gather proposals, consult, agree with the State's bodies, issue in Quarter IV, publish, follow each item.",
    ),
    basis=(joint(2), joint(3), law(28, 1)),
    stages=STAGES,
    steps=STEPS,
    opening=(
        Field("title", T("Tên kế hoạch", "Title of the plan"), Widget.LINE),
        Field(
            "year",
            T("Kế hoạch của năm nào?", "For which year?"),
            Widget.CHOICE,
            choices=(
                ("next", T("Năm sau", "Next year")),
                ("this", T("Năm nay", "This year")),
            ),
        ),
        text("grounds", "Căn cứ, yêu cầu của năm", "Grounds and demands of the year"),
    ),
    conference=T("Hội nghị hiệp thương", "Consultation conference"),
)
