"""S4, joining a competent body's supervision (tham gia giám sát): Front Law Art 27; 403 Art 12-13."""

from __future__ import annotations

from dataclasses import replace

from supervision.law.basis import joint, law
from supervision.law.forms.following import FOLLOWED, PUBLISHED, Ending, following
from supervision.law.forms.shared import FRONT_WORKERS, OPENING, SIGNERS, signing, text
from supervision.law.specs import Day, Field, FormSpec, Party, Stage, Step, Widget
from supervision.law.text import T

STAGES = (
    Stage(T("Nhận lời mời, cử đại diện", "Invitation and representative"), (joint(12, 1),)),
    Stage(T("Tham gia giám sát, nêu ý kiến", "Taking part and stating opinions"), (joint(12, 2),)),
    Stage(T("Đề nghị đoàn giám sát kiến nghị", "Asking the delegation to recommend"), (joint(13, 1),)),
    Stage(T("Báo cáo lãnh đạo tổ chức mình", "Report to one's own leaders"), (joint(13, 2),)),
    Stage(T("Xem xét, kiến nghị", "Consideration and recommendation"), (joint(13, 2), law(28, 6))),
    PUBLISHED,
    FOLLOWED,
)

_ANY: tuple[str, ...] = ()  # the representative is a named person

STEPS = (
    Step(
        "draft_appointment",
        T("Ghi lời mời, soạn công văn cử đại diện", "Record the invitation and name a representative"),
        Party.LEAD,
        FRONT_WORKERS,
        (joint(12, 1),),
        T("Trình ký công văn cử đại diện", "Send the letter of appointment for signature"),
        T(
            "Nơi mời, nội dung giám sát, hạn cử người, ai được cử.",
            "Who invites, to what, by when a person is to be named, and who is named.",
        ),
        (
            Field("inviting", T("Cơ quan mời", "Inviting body"), Widget.PICK, source="inviting_bodies"),
            Field(
                "number_text",
                T("Số, ký hiệu thư mời", "Number of the invitation"),
                Widget.LINE,
                longest=80,
                required=False,
            ),
            Field("received_on", T("Ngày nhận", "Day received"), Widget.DATE, day=Day.HAPPENED),
            Field(
                "answer_by",
                T("Cử người trước ngày", "To be named by"),
                Widget.DATE,
                help=T(
                    "Hạn do cơ quan mời đặt; việc ký công văn cử người chạy theo hạn này.",
                    "Set by the inviting body; the signing of the appointment runs by it.",
                ),
                required=False,
            ),
            text("matter", "Nội dung cuộc giám sát", "What the supervision is about"),
            Field("representative", T("Người được cử", "Who is named"), Widget.PICK, source="lead_people"),
            Field("files", T("Thư mời, tài liệu", "Invitation and papers"), Widget.FILES, required=False),
        ),
        stage=1,
        rule="STEP",
    ),
    replace(
        signing(
            "sign_appointment",
            of=T("công văn cử đại diện", "letter of appointment"),
            document="appointment_letter",
            stage=1,
            basis=(joint(12, 1),),
        ),
        rule="S4_NAME",
    ),
    Step(
        "take_part",
        T("Tham gia giám sát, nêu ý kiến", "Take part and state opinions"),
        Party.REPRESENTATIVE,
        _ANY,
        (joint(12, 2),),
        T("Ghi việc đã tham gia", "Record the part taken"),
        T(
            "Góp ý kế hoạch, nghiên cứu báo cáo, dự buổi làm việc, góp ý dự thảo báo cáo kết quả.",
            "Comment on the plan, study the reports, attend sessions, help finish the result report.",
        ),
        (
            Field(
                "events",
                T("Việc đã tham gia", "What was taken part in"),
                Widget.ROWS,
                singular=T("Việc", "Event"),
                columns=(
                    Field("held_on", T("Ngày", "Day"), Widget.DATE, day=Day.HAPPENED),
                    Field("text", T("Việc và ý kiến đã nêu", "What it was and what was said")),
                ),
            ),
            Field("files", T("Tệp kèm theo", "Files"), Widget.FILES, required=False),
        ),
        stage=2,
        rule="STEP",
    ),
    Step(
        "propose",
        T("Đề nghị đoàn giám sát kiến nghị", "Ask the delegation to recommend"),
        Party.REPRESENTATIVE,
        _ANY,
        (joint(13, 1),),
        T("Ghi đề nghị với đoàn giám sát", "Record what the delegation was asked"),
        T(
            "Khi phát hiện vi phạm hoặc dấu hiệu vi phạm, đề nghị đoàn kiến nghị xử lý kịp thời.",
            "On a violation or signs of one, ask the delegation to recommend timely handling.",
        ),
        (
            Field(
                "found",
                T("Có vấn đề cần đoàn kiến nghị không?", "Is there a matter to recommend on?"),
                Widget.CHOICE,
                choices=(("yes", T("Có", "Yes")), ("no", T("Không", "No"))),
            ),
            Field(
                "proposals",
                T("Nội dung đã đề nghị", "What was asked"),
                required=False,
                required_when=("found", ("yes",)),
            ),
        ),
        stage=3,
        rule="STEP",
    ),
    Step(
        "report_to_leaders",
        T("Báo cáo lãnh đạo tổ chức mình", "Report to one's own leaders"),
        Party.REPRESENTATIVE,
        _ANY,
        (joint(13, 2),),
        T("Gửi báo cáo", "Send the report"),
        T(
            "Kết quả giám sát; nội dung cơ quan chủ trì không kiến nghị, nếu có.",
            "The result, and what the lead body did not recommend on, if anything.",
        ),
        (
            Field(
                "left_out",
                T("Cơ quan chủ trì có bỏ nội dung nào không?", "Did the lead body leave anything out?"),
                Widget.CHOICE,
                choices=(
                    ("no", T("Không, đã kiến nghị đủ hoặc không có gì", "No, or there was nothing")),
                    ("yes", T("Có, nêu ở dưới", "Yes, said below")),
                ),
            ),
            text("result", "Kết quả của đoàn giám sát", "The delegation's result"),
            Field(
                "matter",
                T("Nội dung chưa được kiến nghị, căn cứ", "What was not recommended on, with grounds"),
                required=False,
                required_when=("left_out", ("yes",)),
            ),
            Field("files", T("Báo cáo của đoàn, tệp kèm theo", "Files"), Widget.FILES, required=False),
        ),
        stage=4,
        rule="STEP",
    ),
    Step(
        "consider",
        T("Xem xét báo cáo của người được cử", "Consider the representative's report"),
        Party.LEAD,
        SIGNERS,
        (joint(13, 2),),
        T("Ghi quyết định", "Record the decision"),
        T(
            "Kiến nghị riêng theo quy định của pháp luật, hoặc kết thúc với lý do.",
            "Recommend on one's own as the law provides, or end the case with reasons.",
        ),
        (
            Field(
                "decision",
                T("Có kiến nghị riêng không?", "Recommend on one's own?"),
                Widget.CHOICE,
                choices=(
                    ("recommend", T("Có, soạn văn bản kiến nghị", "Yes, draft a recommendation document")),
                    ("end", T("Không, kết thúc hồ sơ", "No, end the case")),
                ),
            ),
            text("reason", "Lý do", "Reasons"),
        ),
        stage=5,
        rule="STEP",
    ),
    *following(Ending(basis=(joint(13, 2), law(28, 6)), concluding=5, publishing=6, answering=7)),
)

SPEC = FormSpec(
    slug="tham-gia-giam-sat",
    code="S4",
    prefix="GS",
    title=T("Tham gia giám sát với cơ quan có thẩm quyền", "Joining a competent body's supervision"),
    summary=T(
        "Cử đại diện tham gia đoàn của cơ quan khác; kiến nghị riêng khi cơ quan chủ trì không kiến nghị.",
        "Name a representative for another body's delegation; recommend when the lead body does not.",
    ),
    basis=(law(27), joint(12), joint(13)),
    stages=STAGES,
    steps=STEPS,
    opening=OPENING,
    planned_as="S4",
)
