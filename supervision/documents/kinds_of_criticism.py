"""Papers of social criticism."""

from __future__ import annotations

from supervision.documents.shapes import DocumentKind
from supervision.documents.shapes import field_of as _f
from supervision.law.text import T

CRITICISM_PLAN = DocumentKind(
    code="criticism_plan",
    title=T("Kế hoạch phản biện", "Plan of the criticism"),
    letters="KH",
    shape="titled",
    signed_by="body",
    fields=(
        _f("grounds", "lines", 'each "Căn cứ …" without final punctuation'),
        _f("lead_in", "text", 'ends "… như sau:"'),
        _f("sections", "sections", "1., 2., …", required=True),
    ),
)
#: What the annex says of each remark.
ANNEX = ("code", "provision", "text", "wording", "reason", "whose")
CRITICISM_DOCUMENT = DocumentKind(
    code="criticism_document",
    title=T("Văn bản phản biện xã hội", "Criticism document"),
    letters="",
    shape="letter",
    signed_by="body",
    may_be_urgent=True,
    fields=(
        _f("to", "lines", "Kính gửi", required=True),
        _f("lead_in", "text", "how the draft came; ends “… như sau:”"),
        _f("sections", "sections", "I. Ý kiến chung", required=True),
        _f("remarks", "rows", "annex", *ANNEX, required=True),
        _f("request", "text", "III. Đề nghị"),
        _f("answering", "text", "the time to answer, whose number it is"),
    ),
)
