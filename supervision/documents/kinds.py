"""The kinds of outgoing papers: symbol, number series, who signs, and what each one prints.

A paper prints from a frozen JSON context. Its keys:

Common to all kinds (COMMON below; `prepare` fills what can be known, the rest is up to the caller)
    issuer_full   str         "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Ninh"
    header        dict        parent: list[str] (one printed line each), issuer: str (bold), place: str
    subject       str         trích yếu, without a full stop; for a letter the text after "V/v"
    recipients    list[str]   lines of "Nơi nhận", without dash and punctuation; the last is "Lưu: VT, …"
    is_sample     bool        prints the DỮ LIỆU MẪU watermark; set by `prepare` from settings.DEMO
    urgency       str         "", "KHẨN", "THƯỢNG KHẨN" or "HỎA TỐC"; only where `may_be_urgent`
    signature     dict        lines: list[str] ("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"), other_post: list[str],
                              name: str; made by `request_signature` from capacity and mandate unless given
Written by `request_signature`, never by a caller
    number_text "45/KH-MTTQ-BTT", issued_on "2026-08-05", code, verify_address

Each kind adds its `fields`. Types:
    text      str; blank lines and line breaks make paragraphs; lines that start with "1.", "a)", "-" become
              lists (nested in that order); a line in capitals that starts with "I." becomes a heading
    line      str printed as it is           lines     list[str]
    day       ISO date "2026-09-08"          moment    ISO date-time with offset
    rows      list[dict] with the keys named in `keys`; missing values print empty
    sections  list[dict] title: str, text: text, tables and charts optional
    charts    list[dict] caption: str, bars: list of {label, value}, unit: str ("%"), places: int,
              mark: {label, value} or nothing (the line to compare with; bars under it are dark)
    tables    list[dict] caption: str, columns: list[str], rows: list[list[str]], numeric: list[int]
              (column indexes set right), total: bool (last row bold), source: str
The final paragraph of each paper gets "./." by itself; texts need not carry it.
"""

from __future__ import annotations

from supervision.documents.kind import COMMON, ContextField, DocumentKind, printed
from supervision.law.text import T

__all__ = ["COMMON", "KINDS", "ContextField", "DocumentKind", "register"]

PLAN = DocumentKind(
    code="plan",
    title=T("Kế hoạch", "Plan"),
    letters="KH",
    shape="titled",
    signed_by="body",
    fields=(
        printed("grounds", "lines", 'each "Căn cứ …" without final punctuation'),
        printed("lead_in", "text", "paragraph before part I"),
        printed("purpose", "text", "I.1 Mục đích"),
        printed("requirements", "text", "I.2 Yêu cầu"),
        printed("objects", "text", "II.1 Đối tượng giám sát"),
        printed("content", "text", "II.2 Nội dung giám sát"),
        printed("scope", "text", "II.3 Phạm vi giám sát"),
        printed("composition", "text", "III Thành phần Đoàn giám sát"),
        printed("time_place", "text", "IV Thời gian, địa điểm"),
        printed("schedule", "rows", "IV Bảng 1", "on", "agency", "place", "report_due_on"),
        printed("assignment", "text", "V Phân công trách nhiệm"),
        printed("conditions", "text", "VI Các điều kiện bảo đảm"),
        printed("closing", "text", "last paragraph"),
    ),
)
DECISION = DocumentKind(
    code="decision",
    title=T("Quyết định", "Decision"),
    letters="QĐ",
    shape="titled",
    signed_by="body",
    fields=(
        printed("authority", "lines", "the body that decides, in capitals; default from issuer_full"),
        printed("grounds", "lines", 'each "Căn cứ …", the last may be "Theo đề nghị của …"'),
        printed("articles", "lines", 'text of Điều 1, 2, …; further lines as in "text"', required=True),
        printed("members", "rows", "annex: list of members", "name", "post", "task"),
        printed("annex_title", "line", "default: DANH SÁCH THÀNH VIÊN ĐOÀN GIÁM SÁT"),
    ),
)
NOTICE = DocumentKind(
    code="notice",
    title=T("Thông báo", "Notice"),
    letters="TB",
    shape="titled",
    signed_by="delegation",
    fields=(
        printed("lead_in", "text", 'ends "… thông báo như sau:"'),
        printed("sections", "sections", "1., 2., …"),
        printed("sessions", "rows", "table of sessions", "agency", "on", "at", "place", "report_due_on"),
        printed("closing", "text", "last paragraph"),
        printed("outline", "text", "annex: ĐỀ CƯƠNG BÁO CÁO"),
        printed("tables", "tables", "annex: figures to fill in"),
    ),
)
MINUTES = DocumentKind(
    code="minutes",
    title=T("Biên bản", "Minutes"),
    letters="BB",
    shape="titled",
    signed_by="delegation",
    sealed=False,
    fields=(
        printed("agency", "line", "the supervised body", required=True),
        printed("started_at", "moment", "start"),
        printed("ended_at", "moment", "end"),
        printed("place", "line", "place"),
        printed("delegation_present", "text", "who of the delegation"),
        printed("agency_present", "lines", "name, post"),
        printed("guests", "lines", "name, post"),
        printed("chair", "line", "name, post"),
        printed("secretary", "line", "name, post"),
        printed("opening", "text", "Công bố kế hoạch, quyết định; no section without"),
        printed("report", "text", "Báo cáo của cơ quan; no section without"),
        printed("questions", "rows", "table", "question", "explanation"),
        printed("agency_proposals", "text", "Kiến nghị của cơ quan"),
        printed("conclusion", "text", "Kết luận của Trưởng đoàn"),
        printed("copies", "text", "Biên bản đã được đọc …"),
        printed("secretary_name", "line", "signs by hand, left"),
        printed("agency_signer", "dict", "signs by hand: lines: list[str], name: str"),
    ),
)
RESULT_REPORT = DocumentKind(
    code="result_report",
    title=T("Báo cáo kết quả giám sát", "Result report"),
    letters="BC",
    shape="titled",
    signed_by="delegation",
    fields=(
        printed("to", "lines", "Kính gửi"),
        printed("lead_in", "text", 'ends "… báo cáo kết quả như sau:"'),
        printed("process", "text", "I. Khái quát quá trình giám sát"),
        printed("results", "sections", "Kết quả giám sát; no part without"),
        printed("strengths", "text", "Ưu điểm"),
        printed("good_practices", "rows", "Ưu điểm, after the text", "about", "finding", "evidence"),
        printed("findings", "rows", "Hạn chế, table", "about", "finding", "evidence"),
        printed("causes", "text", "Nguyên nhân"),
        printed("proposals", "rows", "Kiến nghị", "addressee", "text"),
        printed("closing", "text", "last paragraph"),
    ),
)  # fmt: skip
RECOMMENDATION_DOCUMENT = DocumentKind(
    code="recommendation_document",
    title=T("Văn bản kiến nghị", "Recommendation document"),
    letters="",
    shape="letter",
    signed_by="body",
    may_be_urgent=True,
    fields=(
        printed("to", "lines", "Kính gửi", required=True),
        printed("lead_in", "text", 'grounds; ends "… kết luận và kiến nghị như sau:"'),
        printed("conclusion", "text", "I. Kết luận"),
        printed("commended", "rows", "Biểu dương, after the conclusion", "about", "finding"),
        printed(
            "recommendations", "rows", "II. Bảng 1",
            "code", "text", "addressee", "action_due_on",
        ),
        printed("answering", "text", "III. Trả lời và thực hiện kiến nghị"),
        printed("closing", "text", "last paragraph, if any"),
    ),
)  # fmt: skip
_LETTER_FIELDS = (
    printed("to", "lines", "Kính gửi", required=True),
    printed("body", "text", "everything between Kính gửi and the last paragraph", required=True),
    printed("closing", "text", "last paragraph, if any"),
)
URGING_LETTER = DocumentKind(
    code="urging_letter",
    title=T("Công văn đôn đốc", "Urging letter"),
    letters="",
    shape="letter",
    signed_by="body",
    may_be_urgent=True,
    fields=(
        *_LETTER_FIELDS,
        printed("requests", "text", "numbered requests after the body"),
    ),
)
LETTER = DocumentKind(
    code="letter",
    title=T("Công văn", "Letter"),
    letters="",
    shape="letter",
    signed_by="body",
    may_be_urgent=True,
    fields=_LETTER_FIELDS,
)
ANNOUNCEMENT = DocumentKind(
    code="announcement",
    title=T("Thông báo", "Announcement"),
    letters="TB",
    shape="titled",
    signed_by="body",
    may_be_urgent=True,
    fields=(
        printed("to", "lines", "Kính gửi, if any"),
        printed("body", "text", "the text", required=True),
        printed("days", "rows", "new session days, if any", "agency", "on", "report_due_on"),
        printed("closing", "text", "last paragraph, if any"),
    ),
)

STUDY_REPORT = DocumentKind(
    code="study_report",
    title=T("Báo cáo nghiên cứu", "Study report"),
    letters="BC",
    shape="titled",
    signed_by="body",
    template_name="report",
    fields=(
        printed("to", "lines", "Kính gửi, if any"),
        printed("lead_in", "text", 'ends "… như sau:"'),
        printed("sections", "sections", "1., 2., …", required=True),
        printed("closing", "text", "last paragraph, if any"),
    ),
)
OPINION_REQUEST = DocumentKind(
    code="opinion_request",
    title=T("Công văn xin ý kiến", "Request for opinions"),
    letters="",
    shape="letter",
    signed_by="body",
    may_be_urgent=True,
    template_name="letter",
    fields=_LETTER_FIELDS,
)
APPOINTMENT_LETTER = DocumentKind(
    code="appointment_letter",
    title=T("Công văn cử đại diện", "Letter of appointment"),
    letters="",
    shape="letter",
    signed_by="body",
    may_be_urgent=True,
    template_name="letter",
    fields=_LETTER_FIELDS,
)
INVITATION = DocumentKind(
    code="invitation",
    title=T("Giấy mời", "Invitation"),
    letters="GM",
    shape="titled",
    signed_by="body",
    fields=(
        printed("to", "lines", "Kính gửi", required=True),
        printed("body", "text", "who invites to what", required=True),
        printed("on", "day", "day", required=True),
        printed("at", "line", "time, if any"),
        printed("place", "line", "place", required=True),
        printed("agenda", "text", "agenda, if any"),
    ),
)
CONFERENCE_MINUTES = DocumentKind(
    code="conference_minutes",
    title=T("Biên bản hội nghị", "Minutes of the conference"),
    letters="BB",
    shape="titled",
    signed_by="body",
    sealed=False,
    fields=(
        printed("started_at", "moment", "start"),
        printed("ended_at", "moment", "end"),
        printed("place", "line", "place"),
        printed("present", "lines", "who attended"),
        printed("chair", "line", "who chaired"),
        printed("secretary", "line", "who wrote"),
        printed("sections", "sections", "what was said, in the law's order", required=True),
    ),
)

CRITICISM_PLAN = DocumentKind(
    code="criticism_plan",
    title=T("Kế hoạch phản biện", "Plan of the criticism"),
    letters="KH",
    shape="titled",
    signed_by="body",
    fields=(
        printed("grounds", "lines", 'each "Căn cứ …" without final punctuation'),
        printed("lead_in", "text", 'ends "… như sau:"'),
        printed("sections", "sections", "1., 2., …", required=True),
    ),
)
CRITICISM_DOCUMENT = DocumentKind(
    code="criticism_document",
    title=T("Văn bản phản biện xã hội", "Criticism document"),
    letters="",
    shape="letter",
    signed_by="body",
    may_be_urgent=True,
    fields=(
        printed("to", "lines", "Kính gửi", required=True),
        printed("lead_in", "text", "how the draft came; ends “… như sau:”"),
        printed("sections", "sections", "I. Ý kiến chung", required=True),
        printed("remarks", "rows", "annex", "code", "provision", "text", "wording", "whose", required=True),
        printed("request", "text", "III. Đề nghị"),
        printed("answering", "text", "the time to answer, whose number it is"),
    ),
)

EXCHANGE_LETTER = DocumentKind(
    code="exchange_letter",
    title=T("Công văn trao đổi, thống nhất", "Letter of exchange"),
    letters="",
    shape="letter",
    signed_by="body",
    may_be_urgent=True,
    template_name="letter",
    fields=_LETTER_FIELDS,
)
ANNUAL_PLAN = DocumentKind(
    code="annual_plan",
    title=T("Kế hoạch", "Annual plan"),
    letters="KH",
    shape="titled",
    signed_by="body",
    fields=(
        printed("grounds", "lines", 'each "Căn cứ …" without final punctuation'),
        printed("lead_in", "text", 'ends "… như sau:"'),
        printed("purpose", "text", "I.1 Mục đích", required=True),
        printed("requirements", "text", "I.2 Yêu cầu", required=True),
        printed("changes", "text", "II Nội dung điều chỉnh; no part in a first plan"),
        printed("tables", "tables", "the table of items", required=True),
        printed("agreements", "lines", "who agreed, by which paper"),
        printed("assignment", "text", "Tổ chức thực hiện", required=True),
    ),
)

KINDS: dict[str, DocumentKind] = {}


def register(kind: DocumentKind) -> DocumentKind:
    """Add a kind to the registry; ValueError when its code is taken by another."""
    if KINDS.setdefault(kind.code, kind) != kind:
        raise ValueError(f"document kind {kind.code!r} is registered twice")
    return kind


for _kind in (
    PLAN, DECISION, NOTICE, MINUTES, RESULT_REPORT,
    RECOMMENDATION_DOCUMENT, URGING_LETTER, LETTER, ANNOUNCEMENT,
    STUDY_REPORT, OPINION_REQUEST, APPOINTMENT_LETTER, INVITATION, CONFERENCE_MINUTES,
    CRITICISM_PLAN, CRITICISM_DOCUMENT,
    EXCHANGE_LETTER, ANNUAL_PLAN,
):  # fmt: skip
    register(_kind)
