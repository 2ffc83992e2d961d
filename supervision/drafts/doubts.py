"""Doubts about how a draft was read, in words; a person mends the place or says that it was read right."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision.drafts.models import DraftText
from supervision.errors import WrongState
from supervision.legaltext.outline.doubts import BEGINNING, END, Doubt, Why, doubts

#: More than this and the file was misread as a whole: mending it place by place helps nobody.
MOST = 200
_LONGEST_LINE = 80
_SENTENCES: dict[Why, Any] = {
    Why.SAME_NUMBER: _(
        "“%(line)s” trùng số hoặc lùi số so với phần trước nó, nên đang là lời văn của %(place)s."
    ),
    Why.JUMP: _("“%(line)s” nhảy số so với phần trước nó, nên đang là lời văn của %(place)s."),
    Why.UNLIKE: _(
        "“%(line)s” trông như một điều, khoản, điểm nhưng số không nối tiếp phần nào, "
        "nên đang là lời văn của %(place)s."
    ),
    Why.NO_STOP: _(
        "“%(line)s” trông như phần tiếp theo nhưng viết số khác lệ (ví dụ thiếu dấu chấm sau số), "
        "nên đang là lời văn của %(place)s."
    ),
    Why.AS_CLAUSE: _("“%(line)s” có thể là mục kế tiếp viết bằng số thường; đang là %(place)s."),
    Why.APPENDED: _("“%(line)s” nối tiếp số điều của văn bản nhưng đang nằm trong %(place)s."),
    Why.OPEN_MARK: _("Dấu ngoặc kép mở trong “%(line)s” mà không đóng; lời trích có thể bị đọc sai."),
    Why.CLOSE_MARK: _("Dấu ngoặc kép đóng trong “%(line)s” mà không mở; lời trích có thể bị đọc sai."),
    Why.LONG_QUOTATION: _(
        "Lời trích từ “%(line)s” gồm nhiều hơn một điều, khoản, điểm; "
        "xem dấu ngoặc kép đóng có đúng chỗ không."
    ),
    Why.TWICE: _("%(place)s có hai lần."),
    Why.MISSING_BEFORE: _("Trước %(place)s thiếu số."),
    Why.MISSING_CLAUSE: _("%(place)s thiếu khoản %(number)s."),
    Why.MISSING_POINT: _("%(place)s thiếu điểm %(number)s."),
    Why.FIRST_POINT: _("%(place)s bắt đầu bằng điểm %(number)s."),
    Why.EMPTY: _("%(place)s không có nội dung."),
    Why.GLUED: _(
        "“%(line)s” có %(number)s ở giữa: có thể phần tiếp theo bị dính vào, hoặc hai cột bị đọc lẫn."
    ),
    Why.OUTSIDE: _("“%(line)s” trông như một phần của văn bản nhưng đang nằm ngoài các điều, khoản."),
}


def sentence(doubt: Doubt) -> Any:
    """Return what is odd, as the officer reads it."""
    line = doubt.line if len(doubt.line) <= _LONGEST_LINE else f"{doubt.line[: _LONGEST_LINE - 1].rstrip()}…"
    return _SENTENCES[doubt.why] % {"line": line, "place": doubt.place, "number": doubt.number}


def accept(text: DraftText, key: str, *, edition: int) -> Doubt:
    """Keep that a person found a place read right; its doubt is not shown again.

    Raises WrongState where the text was changed after `edition` was shown, or the doubt is gone.
    """
    outline = text.outline
    found = next((one for one in doubts(outline) if one.key == key), None)
    if text.edition != edition or found is None:
        raise WrongState(_("Người khác vừa sửa văn bản này. Hãy mở lại trang."))
    text.accepted = [*text.accepted, key]
    text.save(update_fields=["accepted"])
    return found


__all__ = ["BEGINNING", "END", "MOST", "Doubt", "accept", "doubts", "sentence"]
