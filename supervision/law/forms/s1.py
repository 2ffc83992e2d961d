"""S1, the study of a document (nghiên cứu, xem xét văn bản): Front Law Art 27(1); Joint Resolution 403 Art 4-5."""

from __future__ import annotations

from supervision.law.basis import joint, law
from supervision.law.forms.conference import conference
from supervision.law.forms.consulting import compiling_opinions, consulting
from supervision.law.forms.following import FOLLOWED, PUBLISHED, Ending, following
from supervision.law.forms.shared import FRONT_WORKERS, OPENING, signing, text
from supervision.law.specs import Day, Field, FormSpec, Party, Stage, Step, Widget
from supervision.law.text import T

STAGES = (
    Stage(T("Chọn văn bản", "Choice of the document"), (law(27, 1), joint(4))),
    Stage(T("Nghiên cứu, viết ý kiến", "Study and written opinion"), (joint(5, 1),)),
    Stage(T("Lấy ý kiến chuyên gia, khi cần", "Opinions of experts, if needed"), (joint(5, 3),)),
    Stage(T("Hội nghị, khi cần", "Conference, if needed"), (joint(5, 2),)),
    Stage(T("Văn bản kiến nghị", "Recommendation document"), (law(28, 6), joint(5, 3))),
    PUBLISHED,
    FOLLOWED,
)

WAYS = (
    ("experts", T("Xin ý kiến chuyên gia, nhà khoa học", "Ask experts and scientists")),
    ("conference", T("Tổ chức hội nghị", "Hold a conference")),
    ("both", T("Xin ý kiến, rồi tổ chức hội nghị", "Ask for opinions, then hold a conference")),
    ("neither", T("Kiến nghị ngay", "Recommend at once")),
)

STEPS = (
    Step(
        "choose_text",
        T("Chọn văn bản cần nghiên cứu", "Choose the document to study"),
        Party.LEAD,
        FRONT_WORKERS,
        (law(27, 1), joint(4)),
        T("Ghi văn bản cần nghiên cứu", "Record the document"),
        T(
            "Văn bản thực hiện chính sách, pháp luật; nơi ban hành và các quy định cần xem xét.",
            "A document that carries out policy or law, whose it is, and the provisions to look at.",
        ),
        (
            Field("title", T("Tên văn bản", "Title of the document"), Widget.LINE),
            Field("number_text", T("Số, ký hiệu", "Number"), Widget.LINE, longest=80, required=False),
            Field("text_of", T("Cơ quan ban hành", "Issuing body"), Widget.PICK, source="agencies"),
            Field(
                "issued_on",
                T("Ngày ban hành", "Day of issue"),
                Widget.DATE,
                required=False,
                day=Day.HAPPENED,
            ),
            text(
                "provisions",
                "Quy định được xem xét",
                "Provisions to look at",
                required=False,
                help=T("Mỗi quy định một dòng.", "One per line."),
            ),
            Field("files", T("Toàn văn", "Full text"), Widget.FILES, required=False),
        ),
        stage=1,
        rule="STEP",
    ),
    Step(
        "draft_study",
        T("Nghiên cứu, viết ý kiến", "Study and write the opinion"),
        Party.LEAD,
        FRONT_WORKERS,
        (joint(5, 1),),
        T("Trình ký báo cáo nghiên cứu", "Send the study report for signature"),
        T(
            "Nêu vấn đề phát hiện, đề xuất cách làm tiếp.",
            "Say what was found and how to go on.",
        ),
        (
            text("necessity", "Sự cần thiết của văn bản", "Necessity", required=False),
            text("lawfulness", "Sự phù hợp với pháp luật", "Conformity with law", required=False),
            text("issues", "Những vấn đề phát hiện", "What was found"),
            text("proposal", "Đề xuất", "Proposal"),
            Field("way", T("Làm tiếp thế nào?", "How to go on?"), Widget.CHOICE, choices=WAYS),
            Field("files", T("Tệp kèm theo", "Files"), Widget.FILES, required=False),
        ),
        stage=2,
        rule="STEP",
    ),
    signing(
        "sign_study",
        of=T("báo cáo nghiên cứu", "study report"),
        document="study_report",
        stage=2,
        basis=(joint(5, 1),),
    ),
    *consulting(stage=3, basis=(joint(5, 3),)),
    *compiling_opinions(stage=3, basis=(joint(5, 3),)),
    *conference(
        stage=4,
        basis=(joint(5, 2),),
        order=(
            text(
                "opening", "Nơi chủ trì trình bày ý kiến nghiên cứu", "The chairing side presents its opinion"
            ),
            text("owner_opinion", "Ý kiến của cơ quan có văn bản", "What the body that owns the text said"),
            text("invited_opinions", "Ý kiến của khách mời", "What those invited said", required=False),
            text("conclusion", "Kết luận của chủ trì", "The chair's conclusion"),
        ),
    ),
    *following(Ending(basis=(law(28, 6), joint(5, 3)), concluding=5, publishing=6, answering=7)),
)

SPEC = FormSpec(
    slug="nghien-cuu-van-ban",
    code="S1",
    prefix="GS",
    title=T("Nghiên cứu, xem xét văn bản", "Study of a document"),
    summary=T(
        "Nghiên cứu văn bản đã ban hành, lấy ý kiến chuyên gia hoặc tổ chức hội nghị, rồi kiến nghị.",
        "Study a document that was issued, ask experts or hold a conference, then recommend.",
    ),
    basis=(law(27, 1), joint(4), joint(5)),
    stages=STAGES,
    steps=STEPS,
    opening=OPENING,
    planned_as="S1",
    conference=T("Hội nghị nghiên cứu, xem xét văn bản", "Conference on the document"),
)
