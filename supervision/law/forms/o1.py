"""O1, opinions on Party and government building (góp ý xây dựng Đảng, chính quyền): Decision 218; Front Law Art 15, 24."""

from __future__ import annotations

from dataclasses import replace

from supervision.law.basis import DECISION_218, Norm, Practice, law
from supervision.law.fields import FIELDS
from supervision.law.forms.following import ANSWERING, CARRYING_OUT, CONCLUDING, PUBLISHING, worded
from supervision.law.forms.shared import FRONT_WORKERS, OPENING, OUR_OWN_ORDER, signing, text
from supervision.law.specs import Day, Field, FormSpec, Party, Stage, Step, Widget
from supervision.law.text import T

RULE_218 = Norm(DECISION_218)
POINT = T("điểm góp ý", "point")

APART = Practice(
    T(
        "khiếu nại, tố cáo có thủ tục riêng nên tách ra trước khi tổng hợp",
        "complaints and denunciations have procedures of their own and are taken out before compiling",
    )
)
COVERED = Practice(
    T(
        "che bí mật nhà nước, dữ liệu cá nhân trước khi chia sẻ ý kiến",
        "state secrets and personal data are covered before an opinion is shared",
    )
)

STAGES = (
    Stage(T("Tiếp nhận ý kiến", "Receiving opinions"), (RULE_218, law(24))),
    Stage(T("Phân loại, chuyển khiếu nại, tố cáo ra ngoài", "Sorting, routing out"), (APART,)),
    Stage(T("Biên tập bản công khai", "Public wording"), (COVERED,)),
    Stage(T("Tổng hợp, gửi đi", "Compilation and forwarding"), (law(15, 4), RULE_218)),
    Stage(T("Tiếp thu, giải trình, trả lời", "Acceptance, explanation, answers"), (law(24, 2), RULE_218)),
    Stage(T("Thông báo kết quả, công bố", "Notice of results, publication"), (PUBLISHING,)),
)

CHANNELS: tuple[tuple[str, T], ...] = (
    ("conference", T("Hội nghị góp ý", "Opinion conference")),
    ("letter", T("Thư, văn bản", "Letter")),
    ("mailbox", T("Hòm thư góp ý", "Opinion mailbox")),
    ("reception", T("Tiếp dân, gặp trực tiếp", "In person")),
    ("dialogue", T("Buổi đối thoại", "Dialogue")),
    ("media", T("Báo chí", "Press")),
    ("online", T("Trực tuyến", "Online")),
)
SPHERES: tuple[tuple[str, T], ...] = (
    ("party", T("Xây dựng Đảng", "Party building")),
    ("government", T("Xây dựng chính quyền", "Government building")),
)
AUTHORS: tuple[tuple[str, T], ...] = (
    ("citizen", T("Một người", "One person")),
    ("group", T("Nhóm người, cuộc họp", "A group or meeting")),
    ("organization", T("Tổ chức", "An organization")),
    ("anonymous", T("Không ghi tên", "Without a name")),
)
#: What an opinion turns out to be. The first two are compiled, the next two have procedures of their own.
SORTS: tuple[tuple[str, T], ...] = (
    ("opinion", T("Ý kiến góp ý", "Opinion")),
    ("reflection", T("Phản ánh", "Reflection")),
    ("complaint", T("Khiếu nại", "Complaint")),
    ("denunciation", T("Tố cáo", "Denunciation")),
    ("out_of_scope", T("Ngoài phạm vi góp ý", "Out of scope")),
)
ROUTED = ("complaint", "denunciation")
COMPILED = ("opinion", "reflection")

#: Receiving one opinion: an act beside the steps, done as often as opinions come.
RECEIVING = (
    text("text", "Nội dung ý kiến, đúng như nhận được", "The opinion, as it was received"),
    Field("channel", T("Nhận qua", "Received by"), Widget.CHOICE, choices=CHANNELS),
    Field("received_on", T("Ngày nhận", "Day received"), Widget.DATE, day=Day.HAPPENED),
    Field("sphere", T("Góp ý về", "About"), Widget.CHOICE, choices=SPHERES),
    Field(
        "about",
        T("Góp ý cho nơi nào", "About which body"),
        Widget.PICK,
        source="opinion_recipients",
        required=False,
        help=T("Chưa rõ thì để trống, phân loại sau.", "Leave empty if not clear; sorting adds it."),
    ),
    Field("author_kind", T("Người gửi là", "The author is"), Widget.CHOICE, choices=AUTHORS),
    Field(
        "name",
        T("Họ tên người gửi", "Author's name"),
        Widget.LINE,
        required=False,
        help=T(
            "Giữ riêng: chỉ bạn và lãnh đạo xem được, không in ra, không công khai.",
            "Kept apart: only you and your heads can see it; never printed, never public.",
        ),
    ),
    Field("contact", T("Nơi liên hệ để trả lời", "Where to answer"), Widget.LINE, required=False),
    Field(
        "files",
        T("Ảnh chụp, bản quét thư và tài liệu kèm theo", "Scan of the letter, pictures, papers"),
        Widget.FILES,
        required=False,
        help=T(
            "Chỉ ai được đọc bản gốc mới mở được; không công khai.",
            "Open to those who may read the original alone; never public.",
        ),
    ),
)
SORTING = (
    Field("kind", T("Đây là", "This is"), Widget.CHOICE, choices=SORTS),
    Field(
        "about",
        T("Nơi tiếp thu, trả lời", "Who is to answer"),
        Widget.PICK,
        source="opinion_recipients",
        required=False,
        required_when=("kind", COMPILED),
    ),
    Field(
        "field",
        T("Lĩnh vực", "Subject field"),
        Widget.CHOICE,
        choices=tuple(FIELDS.items()),
        required=False,
        help=T("Để tổng hợp theo lĩnh vực.", "For compiling by field."),
    ),
    Field(
        "to_label",
        T("Chuyển đến nơi có thẩm quyền", "Routed to the competent body"),
        Widget.LINE,
        required=False,
        required_when=("kind", ROUTED),
        help=T("Chỉ với khiếu nại, tố cáo.", "Complaints and denunciations only."),
    ),
    Field(
        "sent_on",
        T("Ngày chuyển", "Day of routing"),
        Widget.DATE,
        required=False,
        required_when=("kind", ROUTED),
        day=Day.HAPPENED,
    ),
    Field(
        "note",
        T("Lý do phân loại", "Why"),
        required=False,
        required_when=("kind", (*ROUTED, "out_of_scope")),
        help=T(
            "Không chép lại nội dung, không nêu tên ai.",
            "Do not repeat the content, name nobody.",
        ),
    ),
)
CLEARING = (
    text(
        "public_text",
        "Bản công khai",
        "Public wording",
        help=T(
            "Bỏ họ tên, địa chỉ, số điện thoại, sức khỏe và mọi chi tiết nhận ra người gửi, người khác.",
            "Leave out names, addresses, telephone numbers, health and whatever tells who wrote or is meant.",
        ),
    ),
    Field(
        "checked",
        T(
            "Tôi đã kiểm tra: không có bí mật nhà nước, dữ liệu cá nhân",
            "I checked: no state secrets, no personal data",
        ),
        Widget.YES_NO,
    ),
)


def _plain(
    name: str, title: T, button: T, hint: T, *, stage: int, basis: tuple[Norm | Practice, ...]
) -> Step:
    """Declare a step that ends a phase in which the work is done on the opinions one by one."""
    note = text("note", "Ghi chú", "Note", required=False)
    return Step(
        name, title, Party.LEAD, FRONT_WORKERS, basis, button, hint, (note,), stage=stage, rule="STEP"
    )


COLLECTING = (
    _plain(
        "collect",
        T("Tiếp nhận ý kiến", "Receive opinions"),
        T("Kết thúc tiếp nhận", "End receiving"),
        T(
            "Ghi từng ý kiến ở trang hồ sơ, mục Ý kiến. Làm bước này khi đợt góp ý kết thúc.",
            "Record each opinion from the case page, under Opinions. Do this step when the period ends.",
        ),
        stage=1,
        basis=(RULE_218, law(24)),
    ),
    _plain(
        "sort",
        T("Phân loại ý kiến", "Sort the opinions"),
        T("Đã phân loại xong", "Sorting is finished"),
        T(
            "Phân loại từng ý kiến; khiếu nại, tố cáo chuyển ra ngoài bằng phiếu chuyển, không tổng hợp.",
            "Sort each opinion; complaints and denunciations are routed out by a slip and never compiled.",
        ),
        stage=2,
        basis=(APART,),
    ),
    _plain(
        "clear",
        T("Biên tập bản công khai", "Write the public wording"),
        T("Đã biên tập xong", "The public wording is finished"),
        T(
            "Mỗi ý kiến có một bản công khai bên cạnh bản gốc, không còn bí mật, dữ liệu cá nhân.",
            "Each opinion gets a public wording beside the original, without secrets and personal data.",
        ),
        stage=3,
        basis=(COVERED,),
    ),
)

COMPILING = (
    Step(
        "draft_compilation",
        T("Soạn bản tổng hợp", "Draft the compilation"),
        Party.LEAD,
        FRONT_WORKERS,
        (law(15, 4), RULE_218),
        T("Trình ký bản tổng hợp", "Send the compilation for signature"),
        T(
            "Mỗi điểm một nơi tiếp thu, gộp các ý kiến cùng nội dung. Mọi ý kiến đều nằm trong một điểm.",
            "One body for each point; opinions that say the same share one. Every opinion is in one point.",
        ),
        (
            text("summary", "Đánh giá chung", "General assessment"),
            Field(
                "points",
                T("Các điểm góp ý", "Points"),
                Widget.ROWS,
                singular=T("Điểm", "Point"),
                columns=(
                    Field(
                        "addressee",
                        T("Nơi tiếp thu, trả lời", "Who is to answer"),
                        Widget.PICK,
                        source="opinion_recipients",
                    ),
                    Field("title", T("Tóm tắt", "Summary"), Widget.LINE),
                    Field("text", T("Nội dung", "Text")),
                    Field(
                        "opinions",
                        T("Gồm các ý kiến", "Opinions in it"),
                        Widget.PICKS,
                        source="compiled_opinions",
                    ),
                ),
            ),
            Field(
                "upward",
                T("Gửi để báo cáo cấp ủy, cấp trên", "Also sent upward to"),
                Widget.PICKS,
                source="opinion_recipients",
                required=False,
            ),
        ),
        stage=4,
        rule="STEP",
    ),
    signing(
        "sign_compilation",
        of=T("bản tổng hợp và công văn chuyển", "compilation and its forwarding letter"),
        document="opinion_compilation",
        stage=4,
        basis=(law(15, 4), RULE_218),
    ),
)

_BY_NAME = {step.name: worded(step, POINT) for step in (*CONCLUDING, *ANSWERING, *CARRYING_OUT)}
_ANSWER = (law(24, 2), RULE_218)
_VERDICTS = (
    ("accepted", T("Tiếp thu", "Accepted")),
    ("partly_accepted", T("Tiếp thu một phần", "Partly accepted")),
    ("not_accepted", T("Không tiếp thu, có giải trình", "Not accepted, with reasons")),
)
_EXPLAINED = ("verdict", ("partly_accepted", "not_accepted"))
_REPLY = (
    Field("verdict", T("Ý kiến của nơi nhận", "The recipient's position"), Widget.CHOICE, choices=_VERDICTS),
    text("text", "Nội dung trả lời", "Text of the answer"),
    Field("reason", T("Giải trình", "Explanation"), required=False, required_when=_EXPLAINED),
    Field(
        "owner",
        T("Người hoặc đơn vị thực hiện", "Who carries it out"),
        Widget.LINE,
        longest=200,
        required=False,
    ),
    Field("due_on", T("Hoàn thành trước ngày", "To be completed by"), Widget.DATE, required=False),
    Field(
        "number_text",
        T("Số, ký hiệu văn bản", "Number of the paper"),
        Widget.LINE,
        longest=80,
        required=False,
    ),
)
_FILES = Field("files", T("Tệp kèm theo", "Files"), Widget.FILES, required=False)

ANSWERED = (
    replace(_BY_NAME["receive_recommendation"], basis=_ANSWER, stage=5),
    replace(
        _BY_NAME["draft_reply"],
        basis=_ANSWER,
        hint=T(
            "Tiếp thu đến đâu, làm gì, ai làm, bao giờ; không tiếp thu thì giải trình.",
            "Say how far it is accepted, what is done, by whom and when; explain what is not accepted.",
        ),
        fields=(*_REPLY, _FILES),
        stage=5,
        goes_public=True,
        rule="O_REPLY",
    ),
    replace(_BY_NAME["approve_reply"], basis=_ANSWER, stage=5, rule="O_REPLY"),
    Step(
        "record_reply",
        T("Ghi trả lời nhận bằng giấy", "Record the answer that came on paper"),
        Party.LEAD,
        FRONT_WORKERS,
        _ANSWER,
        T("Ghi trả lời vào hồ sơ", "Record the answer"),
        T(
            "Cấp ủy trả lời bằng văn bản giấy; ghi đúng lời văn bản, kèm bản chụp.",
            "Party committees answer on paper; record it in their words, with a copy.",
        ),
        (
            *_REPLY,
            Field("answered_on", T("Ngày trả lời", "Day of the answer"), Widget.DATE, day=Day.HAPPENED),
            _FILES,
        ),
        stage=5,
        goes_public=True,
        rule="O_REPLY",
    ),
    replace(
        _BY_NAME["assess_reply"],
        basis=(law(24, 2), OUR_OWN_ORDER),
        hint=T("Đọc trả lời: đã rõ chưa, còn thiếu gì.", "Read the answer: is it clear, what is missing?"),
        fields=(
            Field(
                "verdict",
                T("Đánh giá của Mặt trận", "The Front's assessment"),
                Widget.CHOICE,
                choices=(
                    ("answered", T("Trả lời rõ ràng", "The answer is clear")),
                    ("rejected", T("Chưa rõ, đề nghị trả lời lại", "Not clear; answer again")),
                ),
            ),
            text("text", "Nhận xét", "Comment"),
            Field(
                "again_on",
                T("Trả lời lại trước ngày", "Answer again by"),
                Widget.DATE,
                required=False,
                day=Day.TO_COME,
                required_when=("verdict", ("rejected",)),
            ),
        ),
        stage=5,
        goes_public=False,
        rule="STEP",
    ),
    replace(
        _BY_NAME["close_recommendation"],
        basis=(PUBLISHING, OUR_OWN_ORDER),
        title=T("Quyết định công khai hoặc lưu", "Decide to publish or keep"),
        button=T("Ghi quyết định về điểm góp ý", "Record the decision on the point"),
        hint=T(
            "Mỗi điểm góp ý được công khai cùng trả lời, hoặc lưu trong hồ sơ, có lý do.",
            "Each point is published with its answer, or kept in the case, with a reason.",
        ),
        fields=(
            Field(
                "outcome",
                T("Điểm này được", "This point is"),
                Widget.CHOICE,
                choices=(
                    ("published", T("Công khai cùng trả lời", "Published with its answer")),
                    ("kept", T("Lưu trong hồ sơ, không công khai", "Kept in the case, not published")),
                ),
            ),
            text("reason", "Lý do", "Reason"),
        ),
        goes_public=False,
        stage=5,
    ),
)

ANNOUNCED = (
    Step(
        "draft_results",
        T("Soạn thông báo kết quả", "Draft the notice of results"),
        Party.LEAD,
        FRONT_WORKERS,
        (PUBLISHING,),
        T("Trình ký thông báo kết quả", "Send the notice of results for signature"),
        T(
            "Bảng điểm góp ý và trả lời được lập tự động; chỉ điểm được công khai có trong bảng.",
            "The table of points and answers is made by itself; only points to be published are in it.",
        ),
        (text("opening", "Lời dẫn", "Introduction", required=False),),
        stage=6,
        rule="STEP",
    ),
    signing(
        "sign_results",
        of=T("thông báo kết quả", "notice of results"),
        document="opinion_results",
        stage=6,
        basis=(PUBLISHING,),
    ),
    replace(
        _BY_NAME["publish"],
        title=T("Công bố thông báo kết quả", "Publish the notice of results"),
        stage=6,
    ),
    replace(
        _BY_NAME["close_case"],
        basis=(OUR_OWN_ORDER,),
        button=T("Kết thúc đợt góp ý", "Close the collection"),
        hint=T("Mọi điểm góp ý đã có quyết định.", "Every point is decided."),
        stage=6,
    ),
)

_NAMED = {
    "title": T("Tên đợt góp ý", "Title of the collection"),
    "grounds": T("Chủ đề, căn cứ của đợt góp ý", "Subject of and grounds for the collection"),
}

SPEC = FormSpec(
    slug="gop-y",
    code="O1",
    prefix="GY",
    title=T("Góp ý xây dựng Đảng, xây dựng chính quyền", "Opinions on Party and government building"),
    summary=T(
        "Tiếp nhận từng ý kiến, phân loại, tổng hợp gửi cấp ủy, chính quyền; theo dõi trả lời, công bố kết quả.",
        "Receive opinions one by one, sort and compile them, follow the answers, publish the results.",
    ),
    basis=(RULE_218, law(15, 4), law(24)),
    stages=STAGES,
    steps=(*COLLECTING, *COMPILING, *ANSWERED, *ANNOUNCED),
    opening=tuple(
        replace(one, label=_NAMED.get(one.name, one.label), help=None if one.name in _NAMED else one.help)
        for one in OPENING
    ),
    planned_as="O1",
    followed=POINT,
    followed_code="GY",
    urging=(*_ANSWER, Practice(T("đôn đốc trả lời ý kiến góp ý", "urging the answer to opinions"))),
    outcome="sign_results",
)
