"""The papers of a commune's boards, in series of their own, and the Front's papers about them."""

from __future__ import annotations

from supervision.documents.kinds import ContextField, DocumentKind, register
from supervision.law.text import T

_SECTIONS = (
    ContextField("to", "lines", "Kính gửi, if any"),
    ContextField("lead_in", "text", 'ends "… như sau:"'),
    ContextField("sections", "sections", "1., 2., …", required=True),
    ContextField("closing", "text", "last paragraph, if any"),
)
_LETTER = (
    ContextField("to", "lines", "Kính gửi", required=True),
    ContextField("body", "text", "everything between Kính gửi and the end", required=True),
    ContextField("closing", "text", "last paragraph, if any"),
)
_MINUTES = (
    ContextField("started_at", "moment", "start"),
    ContextField("ended_at", "moment", "end"),
    ContextField("place", "line", "place"),
    ContextField("present", "lines", "who attended"),
    ContextField("chair", "line", "who chaired"),
    ContextField("secretary", "line", "who wrote"),
    ContextField("sections", "sections", "what was seen, said and voted", required=True),
)


def _titled(code: str, title: T, letters: str, template_name: str = "") -> DocumentKind:
    return DocumentKind(
        code,
        title,
        letters,
        shape="titled",
        signed_by="body",
        fields=_SECTIONS,
        sealed=False,  # a board has no seal of its own
        template_name=template_name,
    )


def _letter(code: str, title: T) -> DocumentKind:
    return DocumentKind(
        code, title, "", shape="letter", signed_by="body", fields=_LETTER, template_name="letter"
    )


for _kind in (
    _titled("board_plan", T("Kế hoạch giám sát của Ban", "Board's plan"), "KH"),
    _titled("board_recommendation", T("Kiến nghị của Ban", "Board's paper"), "KN"),
    _titled("board_report", T("Báo cáo của Ban", "Board's report"), "BC", "report"),
    DocumentKind(
        "board_minutes",
        T("Biên bản giám sát của Ban", "Board's minutes"),
        "BB",
        shape="titled",
        signed_by="body",
        fields=_MINUTES,
        sealed=False,
    ),
    _letter("owner_notice", T("Thông báo gửi chủ đầu tư", "Notice to the project owner")),
    _letter("board_confirmation", T("Xác nhận kiến nghị của Ban", "Confirmation of the board's paper")),
):
    register(_kind)
