"""S2, the supervision delegation (đoàn giám sát): Front Law ch. V; Joint Resolution 403 Art 6-9."""

from __future__ import annotations

from supervision.law.basis import joint, law
from supervision.law.forms.following import FOLLOWED, PUBLISHED, Ending, following
from supervision.law.forms.shared import (
    APPROVE_FIELDS,
    FRONT_WORKERS,
    LEADERS,
    OPENING,
    PER_LINE,
    PLACE,
    RESPONDERS,
    SIGNERS,
    YES_NO,
    clock,
    signing,
    text,
)
from supervision.law.specs import Day, Field, FormSpec, Party, Stage, Step, Widget
from supervision.law.text import T

ANY_DUTY: tuple[str, ...] = ()  # the head and the secretary are named persons

STAGES = (
    Stage(T("Kế hoạch của đoàn", "Plan of the delegation"), (joint(6),)),
    Stage(T("Quyết định thành lập đoàn", "Decision to set up the delegation"), (joint(7, 1),)),
    Stage(
        T("Gửi kế hoạch, quyết định, đề cương", "Send plan, decision and outline"), (joint(7, 3), law(29, 1))
    ),
    Stage(T("Cơ quan gửi báo cáo", "The agencies report"), (joint(7, 3), law(29, 2))),
    Stage(T("Nghiên cứu báo cáo", "Study of the reports"), (joint(7, 2),)),
    Stage(T("Làm việc với từng cơ quan", "Working session with each agency"), (joint(8, 1),)),
    Stage(T("Khảo sát thực tế", "Field survey"), (joint(8, 2),)),
    Stage(T("Báo cáo kết quả giám sát", "Result report"), (joint(9, 1),)),
    Stage(T("Xem xét báo cáo", "Examination of the report"), (joint(9, 2),)),
    Stage(T("Kết luận và kiến nghị", "Conclusion and recommendations"), (joint(9, 3), law(28, 6))),
    PUBLISHED,
    FOLLOWED,
)


PLAN_FIELDS = (
    text("purpose", "Mục đích", "Purpose"),
    text("requirements", "Yêu cầu", "Requirements"),
    text("objects", "Đối tượng giám sát", "Subjects of supervision"),
    text("content", "Nội dung giám sát", "Content of supervision"),
    text("scope", "Phạm vi giám sát", "Scope"),
    text("composition", "Thành phần đoàn, khách mời", "Composition and invited persons"),
    text("time_place", "Thời gian, địa điểm", "Time and place"),
    text("assignment", "Phân công thành viên", "Assignment of members"),
    text("conditions", "Điều kiện bảo đảm", "Conditions"),
)

DECISION_FIELDS = (
    Field("head", T("Trưởng đoàn", "Head of the delegation"), Widget.PICK, source="lead_people"),
    Field("secretary", T("Thư ký đoàn", "Secretary"), Widget.PICK, source="lead_people"),
    Field(
        "members",
        T("Thành viên", "Members"),
        Widget.ROWS,
        help=T(
            "Người của tổ chức khác cũng có thể là thành viên; họ chỉ thấy hồ sơ này.",
            "People of other organizations may be members; they see this case only.",
        ),
        singular=T("Thành viên", "Member"),
        columns=(
            Field("mandate", T("Người", "Person"), Widget.PICK, source="possible_members"),
            Field("task", T("Nhiệm vụ", "Task"), Widget.LINE),
        ),
    ),
    text(
        "articles",
        "Các điều của quyết định",
        "Articles of the decision",
        help=T("Mỗi điều một đoạn, bắt đầu bằng “Điều 1.”", "One paragraph each, starting with “Điều 1.”"),
    ),
)

NOTICE_FIELDS = (
    Field(
        "agencies",
        T("Cơ quan chịu sự giám sát", "Supervised agencies"),
        Widget.ROWS,
        help=T(
            "Mỗi cơ quan có ngày làm việc và hạn riêng. Thông báo phải gửi trước ngày làm việc ít nhất 15 ngày.",
            "Each agency has its own session day and deadlines. The notice must be sent at least 15 days before it.",
        ),
        singular=T("Cơ quan", "Agency"),
        once=("agency",),
        columns=(
            Field("agency", T("Cơ quan", "Agency"), Widget.PICK, source="agencies"),
            Field("session_on", T("Ngày làm việc", "Session day"), Widget.DATE),
            clock("session_time", "Giờ làm việc", "Session time"),
            PLACE,
        ),
    ),
    Field(
        "asked_on",
        T("Đề nghị gửi báo cáo trước ngày", "Report asked for by"),
        Widget.DATE,
        help=T(
            "Hạn do đoàn đặt, có thể gia hạn; mốc luật định là 7 ngày trước ngày làm việc.",
            "Set by the delegation and extendable; the law's own limit is 7 days before the session.",
        ),
        required=False,
        day=Day.NOT_PAST,
    ),
    text("body", "Nội dung thông báo", "Text of the notice"),
    text(
        "outline",
        "Đề cương báo cáo",
        "Report outline",
        help=T("Mỗi câu hỏi một dòng.", "One question per line."),
    ),
)

RESPONSE_FIELDS = (
    Field(
        "number_text",
        T("Số, ký hiệu văn bản của cơ quan", "Number of the agency's document"),
        Widget.LINE,
        longest=80,
        required=False,
    ),
    text("summary", "Kết quả, số liệu theo đề cương", "Results and figures by the outline"),
    text("difficulties", "Khó khăn, nguyên nhân", "Difficulties and causes", required=False),
    text("requests", "Kiến nghị với đoàn", "Requests to the delegation", required=False),
    Field("files", T("Tệp kèm theo", "Files"), Widget.FILES, required=False),
)

STEPS = (
    Step(
        "draft_plan",
        T("Soạn kế hoạch của đoàn", "Draft the delegation's plan"),
        Party.LEAD,
        FRONT_WORKERS,
        (joint(6),),
        T("Trình ký kế hoạch", "Send the plan for signature"),
        T("Sáu phần của kế hoạch theo Điều 6.", "The six parts of the plan under Article 6."),
        PLAN_FIELDS,
        stage=1,
        rule="STEP",
    ),
    signing("sign_plan", of=T("kế hoạch", "plan"), document="plan", stage=1, basis=(joint(6),)),
    Step(
        "draft_decision",
        T("Soạn quyết định thành lập đoàn", "Draft the decision to set up the delegation"),
        Party.LEAD,
        FRONT_WORKERS,
        (joint(7, 1),),
        T("Trình ký quyết định", "Send the decision for signature"),
        T("Chọn trưởng đoàn, thư ký, thành viên.", "Choose head, secretary and members."),
        DECISION_FIELDS,
        stage=2,
        rule="STEP",
    ),
    signing(
        "sign_decision",
        of=T("quyết định thành lập đoàn", "decision to set up the delegation"),
        document="decision",
        stage=2,
        basis=(joint(7, 1),),
    ),
    Step(
        "draft_notice",
        T("Soạn thông báo và đề cương báo cáo", "Draft the notice and the report outline"),
        Party.SECRETARY,
        ANY_DUTY,
        (joint(7, 3),),
        T("Trình ký thông báo", "Send the notice for signature"),
        T(
            "Chọn cơ quan, ngày làm việc, nội dung yêu cầu báo cáo.",
            "Choose the agencies, session days and what is to be reported.",
        ),
        NOTICE_FIELDS,
        stage=3,
        rule="STEP",
    ),
    signing(
        "sign_notice",
        of=T("thông báo", "notice"),
        document="notice",
        stage=3,
        basis=(joint(7, 3),),
        party=Party.HEAD,
        duties=ANY_DUTY,
    ),
    Step(
        "receive_inquiry",
        T("Tiếp nhận yêu cầu báo cáo", "Acknowledge the request for a report"),
        Party.ADDRESSEE,
        RESPONDERS,
        (law(29, 1),),
        T("Xác nhận đã nhận yêu cầu", "Confirm receipt of the request"),
        T("Đọc yêu cầu và xác nhận đã nhận.", "Read the request and confirm receipt."),
        (
            Field(
                "contact",
                T("Đầu mối liên hệ", "Contact person"),
                Widget.LINE,
                longest=200,
                help=T("Chức danh và số điện thoại cơ quan.", "Title and office telephone."),
                required=False,
            ),
        ),
        stage=4,
        rule="S2_REPORT_IN",
    ),
    Step(
        "draft_response",
        T("Soạn báo cáo gửi đoàn giám sát", "Draft the report to the delegation"),
        Party.ADDRESSEE,
        RESPONDERS,
        (joint(7, 3), law(29, 2)),
        T("Trình lãnh đạo duyệt báo cáo", "Send the report for approval"),
        T(
            "Viết theo đề cương, đính kèm số liệu. Lãnh đạo duyệt rồi mới gửi.",
            "Write by the outline and attach figures. It is sent when your leader approves.",
        ),
        RESPONSE_FIELDS,
        stage=4,
        rule="S2_REPORT_IN",
    ),
    Step(
        "approve_response",
        T("Duyệt và gửi báo cáo", "Approve and send the report"),
        Party.ADDRESSEE,
        LEADERS,
        (joint(7, 3), law(29, 2)),
        T("Quyết định về báo cáo", "Decide on the report"),
        T("Đọc báo cáo, duyệt và gửi hoặc trả lại.", "Read the report, then approve and send or return it."),
        APPROVE_FIELDS,
        check_first=True,
        stage=4,
        rule="S2_REPORT_IN",
    ),
    Step(
        "review_response",
        T("Nghiên cứu báo cáo của cơ quan", "Study the agency's report"),
        Party.SECRETARY,
        ANY_DUTY,
        (joint(7, 2), law(29, 2)),
        T("Ghi kết quả nghiên cứu báo cáo", "Record the study of the report"),
        T(
            "Nhận báo cáo, hoặc yêu cầu báo cáo bổ sung với mọi điểm trong một lần.",
            "Accept it, or ask for a supplementary report with every point in one message.",
        ),
        (
            Field(
                "decision",
                T("Báo cáo đã đủ chưa?", "Is the report complete?"),
                Widget.CHOICE,
                choices=(
                    ("accept", T("Đủ, nhận báo cáo", "Complete, accept it")),
                    ("supplement", T("Chưa đủ, yêu cầu báo cáo bổ sung", "Incomplete, ask for a supplement")),
                ),
            ),
            Field(
                "points",
                T("Mọi điểm cần bổ sung, mỗi điểm một dòng", "Every point to add, one per line"),
                required=False,
                required_when=("decision", ("supplement",)),
            ),
            Field(
                "supplement_due_on",
                T("Gửi bổ sung trước ngày", "Supplement due by"),
                Widget.DATE,
                required=False,
                day=Day.TO_COME,
                required_when=("decision", ("supplement",)),
            ),
            text("note", "Ghi chú gửi thành viên đoàn", "Note to the members", required=False),
        ),
        stage=5,
        rule="STEP",
    ),
    Step(
        "draft_minutes",
        T("Lập biên bản buổi làm việc", "Write the minutes of the session"),
        Party.SECRETARY,
        ANY_DUTY,
        (joint(8, 1),),
        T("Trình trưởng đoàn ký biên bản", "Send the minutes to the head for signature"),
        T(
            "Trình tự theo Điều 8: công bố, cơ quan báo cáo, hỏi và giải trình, kết luận.",
            "In the order of Article 8: announcement, report, questions and explanations, conclusion.",
        ),
        (
            Field("held_on", T("Ngày làm việc", "Session day"), Widget.DATE, day=Day.HAPPENED),
            clock("started_time", "Giờ bắt đầu", "Time it began"),
            Field(
                "ended_on",
                T("Ngày kết thúc buổi làm việc", "Day the session ended"),
                Widget.DATE,
                day=Day.HAPPENED,
            ),
            clock("ended_time", "Giờ kết thúc", "Time it ended"),
            PLACE,
            text(
                "delegation_attendance",
                "Người dự của Đoàn giám sát",
                "Who attended for the delegation",
                help=PER_LINE,
            ),
            text("attendance", "Người dự của cơ quan", "Who attended for the agency", help=PER_LINE),
            text(
                "opening",
                "Công bố kế hoạch, quyết định",
                "Announcement of plan and decision",
                required=False,
                help=T(
                    "Trưởng đoàn đã công bố, nêu gì khi mở đầu. Để trống thì biên bản không có mục này.",
                    "What the head announced at the start. Left empty, the minutes have no such section.",
                ),
            ),
            text(
                "report",
                "Báo cáo của cơ quan tại buổi làm việc",
                "The agency's report in the session",
                required=False,
                help=T(
                    "Để trống thì biên bản nêu tên các báo cáo cơ quan đã gửi đến ngày làm việc.",
                    "Left empty, the minutes name the reports that the agency sent up to the session day.",
                ),
            ),
            text("questions", "Ý kiến, câu hỏi của thành viên", "Questions of the members"),
            text("explanations", "Giải trình của cơ quan", "The agency's explanations"),
            text(
                "requests",
                "Kiến nghị của cơ quan với Đoàn",
                "The agency's requests to the delegation",
                required=False,
                help=T("Để trống nếu không có.", "Leave empty if there were none."),
            ),
            text("conclusion", "Kết luận của trưởng đoàn", "The head's conclusion"),
            Field("files", T("Tệp kèm theo", "Files"), Widget.FILES, required=False),
        ),
        stage=6,
        rule="SESSION",
    ),
    signing(
        "sign_minutes",
        of=T("biên bản làm việc", "minutes"),
        document="minutes",
        stage=6,
        basis=(joint(8, 1),),
        party=Party.HEAD,
        duties=ANY_DUTY,
    ),
    Step(
        "survey",
        T("Khảo sát thực tế", "Field survey"),
        Party.SECRETARY,
        ANY_DUTY,
        (joint(8, 2),),
        T("Ghi kết quả khảo sát", "Record the survey"),
        T("Nếu không cần khảo sát, chọn “Không”.", "If no survey is needed, choose “No”."),
        (
            Field(
                "needed",
                T("Có khảo sát thực tế không?", "Was there a field survey?"),
                Widget.CHOICE,
                choices=YES_NO,
            ),
            Field(
                "held_on",
                T("Ngày khảo sát", "Survey day"),
                Widget.DATE,
                required=False,
                day=Day.HAPPENED,
                required_when=("needed", ("yes",)),
            ),
            Field(
                "notes",
                T("Ghi chép khảo sát", "Survey notes"),
                required=False,
                required_when=("needed", ("yes",)),
            ),
            Field("files", T("Ảnh, tệp kèm theo", "Photos and files"), Widget.FILES, required=False),
        ),
        stage=7,
        rule="STEP",
    ),
    Step(
        "draft_result",
        T("Soạn báo cáo kết quả giám sát", "Draft the result report"),
        Party.SECRETARY,
        ANY_DUTY,
        (joint(9, 1),),
        T("Trình trưởng đoàn ký báo cáo", "Send the report to the head for signature"),
        T(
            "Nhận định kèm chứng cứ; lời cơ quan được giữ riêng.",
            "Findings with evidence; the agency's words stay apart.",
        ),
        (
            text("strengths", "Kết quả đạt được", "What was achieved"),
            Field(
                "findings",
                T("Nhận định", "Findings"),
                Widget.ROWS,
                singular=T("Nhận định", "Finding"),
                columns=(
                    Field("about", T("Về cơ quan", "About"), Widget.PICK, source="inquired_agencies"),
                    Field(
                        "kind",
                        T("Loại", "Kind"),
                        Widget.CHOICE,
                        choices=(
                            ("shortcoming", T("Hạn chế", "Shortcoming")),
                            ("good_practice", T("Cách làm hay", "Good practice")),
                        ),
                    ),
                    Field("title", T("Tóm tắt", "Summary"), Widget.LINE),
                    Field("text", T("Nội dung", "Text")),
                    Field("evidence", T("Chứng cứ", "Evidence")),
                ),
            ),
            text("causes", "Nguyên nhân", "Causes"),
            text("proposals", "Đề xuất với Ban Thường trực", "Proposals to the Standing Board"),
            Field("files", T("Tệp kèm theo", "Files"), Widget.FILES, required=False),
        ),
        stage=8,
        rule="S2_RESULT",
    ),
    signing(
        "sign_result",
        of=T("báo cáo kết quả giám sát", "result report"),
        document="result_report",
        stage=8,
        basis=(joint(9, 1),),
        party=Party.HEAD,
        duties=ANY_DUTY,
    ),
    Step(
        "examine",
        T("Xem xét báo cáo kết quả giám sát", "Examine the result report"),
        Party.LEAD,
        SIGNERS,
        (joint(9, 2),),
        T("Ghi kết quả xem xét báo cáo", "Record the examination"),
        T("Hội nghị xem xét chỉ tổ chức khi cần.", "A conference is held only when needed."),
        (
            Field(
                "conference",
                T("Có tổ chức hội nghị xem xét không?", "Was a conference held?"),
                Widget.CHOICE,
                choices=YES_NO,
            ),
            Field(
                "held_on",
                T("Ngày hội nghị", "Conference day"),
                Widget.DATE,
                required=False,
                day=Day.HAPPENED,
                required_when=("conference", ("yes",)),
            ),
            text("notes", "Ý kiến xem xét, thống nhất", "What was considered and agreed"),
        ),
        stage=9,
        rule="STEP",
    ),
    *following(
        Ending(
            basis=(joint(9, 3), law(28, 6)),
            concluding=10,
            publishing=11,
            answering=12,
            rule="S_RECOMMEND",
        )
    ),
)

SPEC = FormSpec(
    slug="doan-giam-sat",
    code="S2",
    prefix="GS",
    title=T("Đoàn giám sát", "Supervision delegation"),
    summary=T(
        "Tổ chức đoàn giám sát làm việc trực tiếp với cơ quan, tổ chức, cá nhân.",
        "A delegation that works directly with agencies, organizations and persons.",
    ),
    basis=(law(27), joint(6), joint(7), joint(8), joint(9)),
    stages=STAGES,
    steps=STEPS,
    opening=OPENING,
    planned_as="S2",
)
