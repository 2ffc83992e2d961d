"""Papers that correct or withdraw what is published; `kinds` says what the keys and types mean."""

from __future__ import annotations

from supervision.documents.shapes import LETTER_FIELDS, DocumentKind, field_of
from supervision.law.text import T

CORRECTION_LETTER = DocumentKind(
    code="correction_letter",
    title=T("Công văn đính chính", "Letter of correction"),
    letters="",
    shape="letter",
    signed_by="body",
    template_name="letter",
    fields=LETTER_FIELDS,
)
WITHDRAWAL_DECISION = DocumentKind(
    code="withdrawal_decision",
    title=T("Quyết định thu hồi", "Decision of withdrawal"),
    letters="QĐ",
    shape="titled",
    signed_by="body",
    fields=(
        field_of("authority", "lines", "the body that decides, in capitals; default from issuer_full"),
        field_of("grounds", "lines", 'each "Căn cứ …"; none where no paper was the ground'),
        field_of("articles", "lines", 'text of Điều 1, 2, …; further lines as in "text"', required=True),
    ),
)
