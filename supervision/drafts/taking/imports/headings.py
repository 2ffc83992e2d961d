"""The columns of a sheet of remarks, known by their headings as people word them, with marks or without."""

from __future__ import annotations

import re
from collections.abc import Mapping

from supervision.language.folding import fold

#: What each column may be called; the first name is ours, an earlier one wins over a later one.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("STT", "TT", "Số TT", "Số thứ tự"),
    "provision": (
        "Điều khoản", "Điều, khoản, điểm", "Điều khoản điểm", "Điều khoản góp ý", "Điều khoản của dự thảo",
        "Vị trí", "Điều khoản cần góp ý", "Quy định góp ý",
    ),
    "article": ("Điều", "Số điều"),
    "clause": ("Khoản",),
    "point": ("Điểm",),
    "text": (
        "Ý kiến", "Ý kiến góp ý", "Nội dung ý kiến", "Nội dung góp ý", "Ý kiến tham gia", "Nội dung tham gia",
        "Ý kiến phản biện", "Nội dung ý kiến góp ý", "Góp ý", "Nội dung",
    ),
    "wording": (
        "Đề nghị viết lại", "Đề nghị sửa thành", "Đề xuất sửa đổi", "Đề nghị sửa đổi", "Phương án sửa đổi",
        "Nội dung đề nghị sửa", "Nội dung đề xuất", "Viết lại", "Đề nghị sửa", "Đề xuất", "Đề nghị",
    ),
    "reason": ("Lý do", "Lý do sửa đổi", "Lý do đề nghị", "Căn cứ, lý do", "Cơ sở, lý do"),
    "author": ("Của ai", "Đối tượng góp ý", "Đối tượng", "Thành phần", "Tư cách", "Loại đối tượng"),
    "author_name": (
        "Tên tổ chức", "Tên tổ chức, cá nhân", "Tổ chức, cá nhân", "Người góp ý", "Nơi góp ý", "Họ và tên",
        "Họ tên", "Tên", "Cơ quan, tổ chức, cá nhân góp ý", "Cơ quan, đơn vị", "Đơn vị",
    ),
    "slip": ("Số phiếu", "Số phiếu/ghi chú", "Số phiếu, ghi chú", "Mã phiếu", "Phiếu số", "Ghi chú"),
}  # fmt: skip
_ASIDE = re.compile(r"\([^)]{0,200}\)|\bneu co\b|\bbat buoc\b")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def _key(heading: str) -> str:
    return _NOT_WORD.sub(" ", _ASIDE.sub(" ", fold(heading))).strip()


_KNOWN = {_key(name): (column, rank) for column, names in COLUMNS.items() for rank, name in enumerate(names)}


def columns_of(cells: Mapping[int, str]) -> dict[str, int]:
    """Return where each known column stands in a row of headings; of two with one meaning the plainer."""
    found: dict[str, tuple[int, int]] = {}
    for place, heading in sorted(cells.items()):
        if len(heading) > 80 or (known := _KNOWN.get(_key(heading))) is None:
            continue
        column, rank = known
        if column not in found or rank < found[column][0]:
            found[column] = rank, place
    return {column: place for column, (_rank, place) in found.items()}
