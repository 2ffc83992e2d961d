"""Papers of the annual plan."""

from __future__ import annotations

from supervision.documents.shapes import LETTER_FIELDS, DocumentKind
from supervision.documents.shapes import field_of as _f
from supervision.law.text import T

EXCHANGE_LETTER = DocumentKind(
    code="exchange_letter",
    title=T("Công văn trao đổi, thống nhất", "Letter of exchange"),
    letters="",
    shape="letter",
    signed_by="body",
    may_be_urgent=True,
    template_name="letter",
    fields=LETTER_FIELDS,
)
ANNUAL_PLAN = DocumentKind(
    code="annual_plan",
    title=T("Kế hoạch", "Annual plan"),
    letters="KH",
    shape="titled",
    signed_by="body",
    fields=(
        _f("grounds", "lines", 'each "Căn cứ …" without final punctuation'),
        _f("lead_in", "text", 'ends "… như sau:"'),
        _f("purpose", "text", "I.1 Mục đích", required=True),
        _f("requirements", "text", "I.2 Yêu cầu", required=True),
        _f("changes", "text", "II Nội dung điều chỉnh; no part in a first plan"),
        _f("tables", "tables", "the table of items", required=True),
        _f("agreements", "lines", "who agreed, by which paper"),
        _f("assignment", "text", "Tổ chức thực hiện", required=True),
    ),
)
