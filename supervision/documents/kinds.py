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

from supervision.documents.kinds_of_changes import CORRECTION_LETTER, WITHDRAWAL_DECISION
from supervision.documents.kinds_of_criticism import CRITICISM_DOCUMENT, CRITICISM_PLAN
from supervision.documents.kinds_of_opinions import (
    DIALOGUE_NOTICE,
    OPINION_COMPILATION,
    OPINION_RESULTS,
    PROMISES_DOCUMENT,
)
from supervision.documents.kinds_of_plans import ANNUAL_PLAN, EXCHANGE_LETTER
from supervision.documents.shapes import LETTER_FIELDS as _LETTER_FIELDS
from supervision.documents.shapes import RECOMMENDED as _RECOMMENDED
from supervision.documents.shapes import ContextField, DocumentKind
from supervision.documents.shapes import field_of as _f
from supervision.law.text import T

__all__ = ["KINDS", "ContextField", "DocumentKind", "register"]

PLAN = DocumentKind(
    code="plan",
    title=T("Kế hoạch", "Plan"),
    letters="KH",
    shape="titled",
    signed_by="body",
    fields=(
        _f("grounds", "lines", 'each "Căn cứ …" without final punctuation'),
        _f("lead_in", "text", "paragraph before part I"),
        _f("purpose", "text", "I.1 Mục đích"),
        _f("requirements", "text", "I.2 Yêu cầu"),
        _f("objects", "text", "II.1 Đối tượng giám sát"),
        _f("content", "text", "II.2 Nội dung giám sát"),
        _f("scope", "text", "II.3 Phạm vi giám sát"),
        _f("composition", "text", "III Thành phần Đoàn giám sát"),
        _f("time_place", "text", "IV Thời gian, địa điểm"),
        _f("schedule", "rows", "IV Bảng 1", "on", "agency", "place", "report_due_on"),
        _f("assignment", "text", "V Phân công trách nhiệm"),
        _f("conditions", "text", "VI Các điều kiện bảo đảm"),
        _f("closing", "text", "last paragraph"),
    ),
)
DECISION = DocumentKind(
    code="decision",
    title=T("Quyết định", "Decision"),
    letters="QĐ",
    shape="titled",
    signed_by="body",
    fields=(
        _f("authority", "lines", "the body that decides, in capitals; default from issuer_full"),
        _f("grounds", "lines", 'each "Căn cứ …", the last may be "Theo đề nghị của …"'),
        _f("articles", "lines", 'text of Điều 1, 2, …; further lines as in "text"', required=True),
        _f("members", "rows", "annex: list of members", "name", "post", "task"),
        _f("annex_title", "line", "default: DANH SÁCH THÀNH VIÊN ĐOÀN GIÁM SÁT"),
    ),
)
NOTICE = DocumentKind(
    code="notice",
    title=T("Thông báo", "Notice"),
    letters="TB",
    shape="titled",
    signed_by="delegation",
    fields=(
        _f("lead_in", "text", 'ends "… thông báo như sau:"'),
        _f("sections", "sections", "1., 2., …"),
        _f("sessions", "rows", "table of sessions", "agency", "on", "at", "place", "report_due_on"),
        _f("closing", "text", "last paragraph"),
        _f("outline", "text", "annex: ĐỀ CƯƠNG BÁO CÁO"),
        _f("tables", "tables", "annex: figures to fill in"),
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
        _f("agency", "line", "the supervised body", required=True),
        _f("started_at", "moment", "start"),
        _f("ended_at", "moment", "end"),
        _f("place", "line", "place"),
        _f("delegation_present", "text", "who of the delegation"),
        _f("agency_present", "lines", "name, post"),
        _f("guests", "lines", "name, post"),
        _f("chair", "line", "name, post"),
        _f("secretary", "line", "name, post"),
        _f("opening", "text", "Công bố kế hoạch, quyết định; no section without"),
        _f("report", "text", "Báo cáo của cơ quan; no section without"),
        _f("questions", "rows", "table", "question", "explanation"),
        _f("agency_proposals", "text", "Kiến nghị của cơ quan"),
        _f("conclusion", "text", "Kết luận của Trưởng đoàn"),
        _f("copies", "text", "Biên bản đã được đọc …"),
        _f("secretary_name", "line", "signs by hand, left"),
        _f("agency_signer", "dict", "signs by hand: lines: list[str], name: str"),
    ),
)
RESULT_REPORT = DocumentKind(
    code="result_report",
    title=T("Báo cáo kết quả giám sát", "Result report"),
    letters="BC",
    shape="titled",
    signed_by="delegation",
    fields=(
        _f("to", "lines", "Kính gửi"),
        _f("lead_in", "text", 'ends "… báo cáo kết quả như sau:"'),
        _f("process", "text", "I. Khái quát quá trình giám sát"),
        _f("results", "sections", "Kết quả giám sát; no part without"),
        _f("strengths", "text", "Ưu điểm"),
        _f("good_practices", "rows", "Ưu điểm, after the text", "about", "finding", "evidence"),
        _f("findings", "rows", "Hạn chế, table", "about", "finding", "evidence"),
        _f("causes", "text", "Nguyên nhân"),
        _f("proposals", "rows", "Kiến nghị", "addressee", "text"),
        _f("closing", "text", "last paragraph"),
    ),
)  # fmt: skip
RECOMMENDATION_DOCUMENT = DocumentKind(
    code="recommendation_document",
    title=T("Văn bản kiến nghị", "Recommendation document"),
    letters="",
    shape="letter",
    signed_by="body",
    may_be_urgent=True,
    fields=_RECOMMENDED,
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
        _f("requests", "text", "numbered requests after the body"),
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
        _f("to", "lines", "Kính gửi, if any"),
        _f("body", "text", "the text", required=True),
        _f("days", "rows", "new session days, if any", "agency", "on", "report_due_on", "report_was_due_on"),
        _f("closing", "text", "last paragraph, if any"),
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
        _f("to", "lines", "Kính gửi, if any"),
        _f("lead_in", "text", 'ends "… như sau:"'),
        _f("sections", "sections", "1., 2., …", required=True),
        _f("closing", "text", "last paragraph, if any"),
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
        _f("to", "lines", "Kính gửi", required=True),
        _f("body", "text", "who invites to what", required=True),
        _f("on", "day", "day", required=True),
        _f("at", "line", "time, if any"),
        _f("place", "line", "place", required=True),
        _f("agenda", "text", "agenda, if any"),
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
        _f("started_at", "moment", "start"),
        _f("ended_at", "moment", "end"),
        _f("place", "line", "place"),
        _f("present", "lines", "who attended"),
        _f("chair", "line", "who chaired"),
        _f("secretary", "line", "who wrote"),
        _f("sections", "sections", "what was said, in the law's order", required=True),
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
    RECOMMENDATION_DOCUMENT, URGING_LETTER, LETTER, ANNOUNCEMENT, CORRECTION_LETTER, WITHDRAWAL_DECISION,
    OPINION_COMPILATION, OPINION_RESULTS, DIALOGUE_NOTICE, PROMISES_DOCUMENT,
    STUDY_REPORT, OPINION_REQUEST, APPOINTMENT_LETTER, INVITATION, CONFERENCE_MINUTES,
    CRITICISM_PLAN, CRITICISM_DOCUMENT, EXCHANGE_LETTER, ANNUAL_PLAN,
):  # fmt: skip
    register(_kind)
