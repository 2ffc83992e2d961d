"""Papers of the collections of opinions and of the dialogue with the people."""

from __future__ import annotations

from supervision.documents.shapes import LETTER_FIELDS, RECOMMENDED, DocumentKind
from supervision.documents.shapes import field_of as _f
from supervision.law.text import T

DIALOGUE_NOTICE = DocumentKind(
    code="dialogue_notice",
    title=T("Thông báo tổ chức đối thoại với người dân", "Notice of a dialogue with the people"),
    letters="TB",
    shape="titled",
    signed_by="body",
    fields=(
        _f("lead_in", "text", "who holds what dialogue", required=True),
        _f("sections", "sections", "day and place, topics, how to send questions", required=True),
        _f("closing", "text", "last paragraph, if any"),
    ),
)
PROMISES_DOCUMENT = DocumentKind(
    code="promises_document",
    title=T("Văn bản về việc đã hứa khi đối thoại", "Paper on what was promised in the dialogue"),
    letters="",
    shape="letter",
    signed_by="body",
    fields=RECOMMENDED,
)
OPINION_COMPILATION = DocumentKind(
    code="opinion_compilation",
    title=T("Bản tổng hợp ý kiến góp ý", "Compilation of opinions"),
    letters="",
    shape="letter",
    signed_by="body",
    fields=(
        *LETTER_FIELDS,
        _f("tables", "tables", "annex: the points, a table for each body", required=True),
    ),
)
OPINION_RESULTS = DocumentKind(
    code="opinion_results",
    title=T("Thông báo kết quả góp ý", "Notice of what became of opinions"),
    letters="TB",
    shape="titled",
    signed_by="body",
    fields=(
        _f("lead_in", "text", 'ends "… như sau:"', required=True),
        _f("tables", "tables", "points and answers", required=True),
        _f("closing", "text", "last paragraph, if any"),
    ),
)
