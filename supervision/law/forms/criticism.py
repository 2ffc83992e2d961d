"""What the three forms of social criticism share: the draft, the remarks, the document, the answers.

Front Law Art 32-36; Joint Resolution 403 Art 14-20. Where the parts stand each form says.
"""

from __future__ import annotations

from dataclasses import replace

from supervision.law.basis import LAW_64, Basis, Norm, Practice, joint, law
from supervision.law.forms.following import CARRYING_OUT, CONCLUDING
from supervision.law.forms.shared import (
    APPROVE_FIELDS,
    FRONT_WORKERS,
    LEADERS,
    RESPONDERS,
    YES_NO,
    opening,
    signing,
    text,
)
from supervision.law.specs import Day, Field, Party, Stage, Step, Widget
from supervision.law.text import T

RECEIVED = Stage(T("Nhận dự thảo", "Receipt of the draft"), (law(36, 1), law(35, 2)))
ANSWERED = Stage(T("Trả lời từng ý kiến", "An answer to every remark"), (law(36, 3), law(35, 5)))
OPENING = opening(T("Tên cuộc phản biện", "Title of the criticism"))
CRITICISM = T("phản biện", "criticism")  # what its drafting agency answers
EVERY_REMARK = Practice(T("mỗi ý kiến đều có câu trả lời", "every remark gets an answer"))

AUTHORS: tuple[tuple[str, T], ...] = (
    ("front", T("Mặt trận Tổ quốc", "The Fatherland Front")),
    ("union", T("Tổ chức chính trị - xã hội", "A socio-political organization")),
    ("member", T("Tổ chức thành viên khác", "Another member organization")),
    ("expert", T("Chuyên gia, nhà khoa học", "An expert or scientist")),
    ("people", T("Người dân, đối tượng chịu tác động", "People, those affected")),
    ("agency", T("Cơ quan, đơn vị", "An agency or unit")),
)
VERDICTS: tuple[tuple[str, T], ...] = (
    ("accepted", T("Tiếp thu", "Accepted")),
    ("partly", T("Tiếp thu một phần", "Partly accepted")),
    ("not_accepted", T("Không tiếp thu", "Not accepted")),
)

_RECEIVE = Step(
    "receive_draft",
    T("Ghi nhận dự thảo gửi đến", "Record the draft that came in"),
    Party.LEAD,
    FRONT_WORKERS,
    (law(36, 1), law(35, 2)),
    T("Ghi nhận dự thảo", "Record the draft"),
    T(
        "Dự thảo phải đến ít nhất 15 ngày trước ngày trình; đến muộn vẫn nhận và ghi rõ.",
        "It is due at least 15 days before submission; a late one is taken and the fact recorded.",
    ),
    (
        Field("title", T("Tên dự thảo", "Title of the draft"), Widget.LINE),
        Field("drafter", T("Cơ quan chủ trì soạn thảo", "Drafting agency"), Widget.PICK, source="same_level"),
        Field(
            "issuer",
            T("Cơ quan có thẩm quyền ban hành", "Issuing authority"),
            Widget.PICK,
            source="same_level",
        ),
        Field(
            "legal_document",
            T("Là văn bản quy phạm pháp luật?", "Is it a legal normative document?"),
            Widget.CHOICE,
            choices=YES_NO,
            help=T(
                "Nếu có, cơ quan soạn thảo còn phải công khai việc tiếp thu, giải trình.",
                "If so, the drafting agency must also publish what it took up and why.",
            ),
        ),
        Field("received_on", T("Ngày nhận", "Day received"), Widget.DATE, day=Day.HAPPENED),
        Field(
            "number_text",
            T("Số, ký hiệu công văn gửi", "Number of the letter"),
            Widget.LINE,
            longest=80,
            required=False,
        ),
        Field(
            "submission_on",
            T("Ngày dự kiến trình cơ quan ban hành", "Planned day of submission"),
            Widget.DATE,
            required=False,
        ),
        Field("files", T("Dự thảo và tài liệu kèm theo", "The draft and its papers"), Widget.FILES),
    ),
    stage=1,
    rule="STEP",
)


def planning(*, stage: int, basis: tuple[Basis, ...]) -> tuple[Step, ...]:
    """Return the steps that make the plan of a conference or dialogue."""
    return (
        Step(
            "draft_criticism_plan",
            T("Soạn kế hoạch phản biện", "Draft the plan of the criticism"),
            Party.LEAD,
            FRONT_WORKERS,
            (law(35, 1), *basis),
            T("Trình ký kế hoạch", "Send the plan for signature"),
            T("Mục đích, nội dung trọng tâm, thành phần.", "Purpose, focus, who takes part."),
            (
                text("purpose", "Mục đích, yêu cầu", "Purpose and requirements"),
                text("focus", "Nội dung trọng tâm", "Focus"),
                text("composition", "Thành phần", "Who takes part"),
                text("time_place", "Thời gian, địa điểm", "Time and place"),
                text("assignment", "Phân công", "Who does what", required=False),
            ),
            stage=stage,
            rule="STEP",
        ),
        signing(
            "sign_criticism_plan",
            of=T("kế hoạch phản biện", "plan of the criticism"),
            document="criticism_plan",
            stage=stage,
            basis=(law(35, 1), *basis),
        ),
    )


#: What is written of a remark, in its row and when it is mended alone.
REMARK = (
    Field(
        "provision",
        T("Điều, khoản", "Provision"),
        Widget.LINE,
        longest=120,
        help=T("Ví dụ khoản 2 Điều 5. Để trống là toàn văn.", "Empty means the whole draft."),
        required=False,
    ),
    text("text", "Ý kiến", "Remark"),
    text("wording", "Đề nghị viết lại", "Proposed wording", required=False),
    text("reason", "Lý do", "Reason", required=False),
    Field("author", T("Của ai", "Whose"), Widget.CHOICE, choices=AUTHORS),
    Field(
        "author_name",
        T("Tên tổ chức hoặc nhóm", "Name of the body or group"),
        Widget.LINE,
        longest=200,
        help=T("Không ghi họ tên người dân.", "Do not name citizens."),
        required=False,
    ),
)

_REMARKS = Field(
    "remarks",
    T("Bảng ý kiến", "Remarks"),
    Widget.ROWS,
    singular=T("Ý kiến", "Remark"),
    most=100,
    grows=5,
    required=False,
    help=T(
        "Góp ý đã nhận có sẵn trong bảng; ghi thêm ý kiến nêu ở hội nghị, trên giấy.",
        "What was contributed is in the table already; add what was said at the conference or on paper.",
    ),
    columns=REMARK,
)
_QUESTION = (
    Field(
        "question",
        T("Đề nghị cơ quan soạn thảo giải trình thêm, nếu cần", "Ask the drafting agency to explain"),
        required=False,
    ),
    Field(
        "explain_by",
        T("Giải trình trước ngày", "Explain by"),
        Widget.DATE,
        required=False,
        day=Day.TO_COME,
        help=T("Hạn do nơi chủ trì đặt, luật không quy định.", "Set by the chairing body, not by law."),
    ),
)
_COMPILE = Step(
    "compile_remarks",
    T("Lập bảng ý kiến", "Compile the remarks"),
    Party.LEAD,
    FRONT_WORKERS,
    (EVERY_REMARK,),
    T("Ghi bảng ý kiến", "Record the remarks"),
    T(
        "Mỗi dòng một ý kiến, gắn với điều, khoản; mỗi ý kiến sẽ có câu trả lời.",
        "One remark a row, tied to its provision; each will get an answer.",
    ),
    (_REMARKS,),
    rule="STEP",
)


def compiling(*, stage: int, basis: tuple[Basis, ...], asks: bool = False) -> tuple[Step, ...]:
    """Return the compiling of the remarks and, where the form `asks`, the drafter's explanation."""
    compiled = replace(_COMPILE, stage=stage, basis=(*basis, *_COMPILE.basis))
    if not asks:
        return (compiled,)
    explain = Step(
        "explain",
        T("Giải trình theo đề nghị", "Explain as asked"),
        Party.DRAFTER,
        RESPONDERS,
        (joint(17, 2),),
        T("Gửi giải trình", "Send the explanation"),
        T("Trả lời các câu hỏi về dự thảo.", "Answer the questions about the draft."),
        (
            text("explanation", "Nội dung giải trình", "Explanation"),
            Field("number_text", T("Số, ký hiệu văn bản", "Number"), Widget.LINE, longest=80, required=False),
            Field("files", T("Tệp kèm theo", "Files"), Widget.FILES, required=False),
        ),
        stage=stage,
        rule="C_EXPLAIN",
    )
    return (replace(compiled, fields=(*compiled.fields, *_QUESTION)), explain)


#: What a criticism says of a draft (Front Law Art 33(2)), in the order in which the paper prints it.
ASPECTS = (
    text("necessity", "Sự cần thiết", "Necessity"),
    text(
        "conformity",
        "Sự phù hợp với chủ trương của Đảng, pháp luật của Nhà nước",
        "Conformity with Party lines and law",
        required=False,
    ),
    text(
        "feasibility",
        "Tính đúng đắn, khoa học, khả thi",
        "Correctness, scientific basis, feasibility",
        required=False,
    ),
    text("impact", "Tác động", "Impact", required=False),
    text("balance", "Bảo đảm hài hòa lợi ích", "Balance of interests", required=False),
)


_DRAFT_CRITICISM = Step(
    "draft_criticism",
    T("Soạn văn bản phản biện", "Draft the criticism document"),
    Party.LEAD,
    FRONT_WORKERS,
    (law(35, 4), law(33, 2)),
    T("Trình ký văn bản phản biện", "Send the criticism document for signature"),
    T(
        "Nhận xét chung và đề nghị; bảng ý kiến được in thành phụ lục.",
        "General assessment and requests; the remarks are printed as its annex.",
    ),
    (
        *ASPECTS,
        text("request", "Đề nghị với cơ quan soạn thảo", "Requests to the drafting agency"),
        Field(
            "competent",
            T("Cơ quan nhận để biết, chỉ đạo", "Bodies that also receive it"),
            Widget.PICKS,
            source="same_level",
            required=False,
        ),
    ),
    rule="STEP",
)


def concluding(*, stage: int, publishing: int, basis: tuple[Basis, ...]) -> tuple[Step, ...]:
    """Return drafting, signing and publishing of the criticism document."""
    return (
        replace(_DRAFT_CRITICISM, basis=(*basis, *_DRAFT_CRITICISM.basis), stage=stage),
        signing(
            "sign_criticism",
            of=T("văn bản phản biện", "criticism document"),
            document="criticism_document",
            stage=stage,
            basis=(*basis, law(35, 4)),
        ),
        replace(
            CONCLUDING[2],
            title=T("Công bố văn bản phản biện", "Publish the criticism document"),
            stage=publishing,
        ),
    )


_RECEIVE_CRITICISM = Step(
    "receive_criticism",
    T("Tiếp nhận văn bản phản biện", "Acknowledge the criticism document"),
    Party.DRAFTER,
    RESPONDERS,
    (law(36, 3),),
    T("Xác nhận đã nhận văn bản phản biện", "Confirm receipt of the criticism document"),
    T(
        "Hạn trả lời tính từ ngày tiếp nhận, trừ khi nơi gửi tính từ ngày gửi.",
        "The time to answer runs from the day of receipt, unless the sender counts from sending.",
    ),
    (Field("unit", T("Phân công xử lý cho", "Assigned to"), Widget.LINE, longest=200, required=False),),
    rule="STEP",
)
_DRAFT_ANSWERS = Step(
    "draft_answers",
    T("Soạn trả lời từng ý kiến", "Draft the answers to the remarks"),
    Party.DRAFTER,
    RESPONDERS,
    (law(36, 3), Norm(LAW_64, 6)),
    T("Trình lãnh đạo duyệt trả lời", "Send the answers for approval"),
    T(
        "Mỗi ý kiến: tiếp thu đến đâu, vì sao, dự thảo sửa thế nào. Không tiếp thu thì phải giải trình.",
        "For each: how far it is taken up, why, how the draft changes. What is not accepted is explained.",
    ),
    (
        Field(
            "answers",
            T("Trả lời từng ý kiến", "Answers"),
            Widget.ROWS,
            source="open_remarks",
            singular=T("Ý kiến", "Remark"),
            columns=(
                Field("verdict", T("Kết quả", "Result"), Widget.CHOICE, choices=VERDICTS),
                text("text", "Nội dung trả lời, giải trình", "Answer and reasons"),
                text("wording", "Nội dung sau tiếp thu, chỉnh lý", "Wording after it", required=False),
            ),
        ),
        Field(
            "in_part",
            T(
                "Gửi trước phần đã trả lời; các ý kiến để trống sẽ trả lời sau",
                "Send what is answered; the remarks left empty follow later",
            ),
            Widget.YES_NO,
            required=False,
        ),
        text("summary", "Ý kiến chung của cơ quan", "The agency's general word", required=False),
        Field(
            "number_text",
            T("Số, ký hiệu văn bản", "Number of the document"),
            Widget.LINE,
            longest=80,
            required=False,
        ),
        Field(
            "files",
            T("Văn bản trả lời, dự thảo đã chỉnh lý", "The answer, the draft as revised"),
            Widget.FILES,
            required=False,
        ),
    ),
    goes_public=True,
    rule="C_REPLY",
)
_APPROVE_ANSWERS = Step(
    "approve_answers",
    T("Duyệt và gửi trả lời ý kiến phản biện", "Approve and send the answers"),
    Party.DRAFTER,
    LEADERS,
    (law(36, 3),),
    T("Quyết định về trả lời", "Decide on the answers"),
    T("Đọc bảng trả lời, duyệt và gửi hoặc trả lại.", "Read the table, then approve and send or return it."),
    APPROVE_FIELDS,
    check_first=True,
    goes_public=True,
    rule="C_REPLY",
)
_ASSESS_ANSWERS = Step(
    "assess_answers",
    T("Đánh giá trả lời của cơ quan soạn thảo", "Assess the answers"),
    Party.LEAD,
    FRONT_WORKERS,
    (law(35, 5), EVERY_REMARK),
    T("Ghi đánh giá", "Record the assessment"),
    T(
        "Còn một ý kiến chưa được trả lời thì chưa kết thúc được.",
        "While one remark has no answer the criticism cannot end.",
    ),
    (
        Field(
            "verdict",
            T("Đánh giá", "Assessment"),
            Widget.CHOICE,
            choices=(
                ("accepted", T("Đủ: mỗi ý kiến đều có câu trả lời", "Complete: every remark is answered")),
                ("returned", T("Chưa đủ, đề nghị trả lời tiếp", "Incomplete; answer the rest")),
            ),
        ),
        text("text", "Nhận xét, lý do", "Remarks and reasons"),
        Field(
            "again",
            T("Ý kiến cần trả lời lại", "Remarks to be answered again"),
            Widget.PICKS,
            source="answered_remarks",
            required=False,
            help=T("Ngoài các ý kiến chưa có câu trả lời.", "Besides those that have no answer yet."),
        ),
        Field(
            "again_on",
            T("Trả lời tiếp trước ngày", "Answer the rest by"),
            Widget.DATE,
            required=False,
            day=Day.TO_COME,
            required_when=("verdict", ("returned",)),
        ),
        text(
            "reservations",
            "Ý kiến bảo lưu",
            "What the chairing body maintains",
            required=False,
            help=T(
                "Nội dung vẫn giữ ý kiến dù cơ quan không tiếp thu.",
                "What it holds on to although the agency did not accept it.",
            ),
        ),
    ),
    goes_public=True,
    rule="C_ASSESS",
)
_CLOSE = replace(
    CARRYING_OUT[-1],
    basis=(law(35, 5), EVERY_REMARK),
    button=T("Kết thúc hồ sơ phản biện", "Close the criticism case"),
    hint=T("Mọi ý kiến đã có câu trả lời.", "Every remark has its answer."),
)


def receiving() -> Step:
    """Return the step that records the draft; the form's first."""
    return _RECEIVE


def answering(*, stage: int) -> tuple[Step, ...]:
    """Return the steps from the receipt of the criticism document to the closing of the case."""
    steps = (_RECEIVE_CRITICISM, _DRAFT_ANSWERS, _APPROVE_ANSWERS, _ASSESS_ANSWERS, _CLOSE)
    return tuple(replace(step, stage=stage) for step in steps)
