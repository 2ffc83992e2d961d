"""What a request to correct or withdraw says: judged, and worded, as the public would read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from supervision.casefiles.models import Case
from supervision.cases.models import ChangeRequest
from supervision.cases.services.redactions import hidden, without_masks
from supervision.errors import Errors
from supervision.publication import corrections, naming
from supervision.publication.composed import Found, Trouble, flat, spans
from supervision.publication.models import Publication

Kind = ChangeRequest.Kind
NO_OTHER = _(
    "Đơn vị không có văn bản nào khác như vậy đang công bố trên cổng. Ghi số, có thể thêm ngày; hoặc mã xác "
    "minh, địa chỉ trang công khai của văn bản."
)
SEVERAL = _("Nhiều văn bản mang số này: %(papers)s. Ghi thêm ngày, hoặc ghi mã của văn bản thay thế.")
#: So many papers of one number are listed in a refusal.
NAMED = 10
#: So many characters of a passage are quoted in a refusal.
SHOWN = 300


def wrong(publication: Publication, case: Case, kind: str, data: dict[str, Any]) -> Errors:
    """Return what is wrong in a request beside what is missing: a passage that is not in the published
    text, or stays as it is; a replacement that is no other paper in force of the same body, or several."""
    if kind == Kind.CORRECT:
        return _wrong_passages(publication, case, data["changes"])
    found = _replacing(publication, case, data["replaced_by"]) if data["replaced_by"] else []
    if data["replaced_by"] and not found:
        return {"replaced_by": [NO_OTHER]}
    if len(found) > 1:
        return {"replaced_by": [SEVERAL % {"papers": naming.told_apart(found[:NAMED])}]}
    return {}


def worded(
    *, publication: Publication, case: Case, kind: str, data: dict[str, Any]
) -> tuple[str, list[dict[str, str]], Publication | None]:
    """Return reason, changes and replacement as the public would read them, of a request with nothing wrong.

    `data` holds `reason` and, of a correction, `changes` (rows of place, was, now), of a withdrawal
    `replaced_by` (what names a paper that the same body has published).
    """
    correcting = kind == Kind.CORRECT
    rows = data["changes"] if correcting else []
    number = "" if correcting else data["replaced_by"]
    changes = [{name: row[name] for name in ("place", "was", "now")} for row in rows]
    reason, changes = hidden(case, (data["reason"], changes))
    return reason, changes, _replacing(publication, case, number)[0] if number else None


def _wrong_passages(publication: Publication, case: Case, rows: Sequence[Any]) -> Errors:
    """Judge each row, as the public would read it, by the words that stand once those above it are read."""
    text = corrections.composed(publication)
    letter, errors = text.next_letter, Errors()
    for row in rows:
        typed = [row[name] for name in ("place", "was", "now")]
        place, was, now = hidden(case, typed)
        if not was:
            continue
        found = text.find(letter, place, was)
        if not any(map(str.isalnum, without_masks(was))):
            errors[f"{row.key}-was"] = [HIDDEN if without_masks(was) != was else TOO_SHORT]
        elif found.trouble == Trouble.NOT_THERE and corrections.is_said_beside(publication, was):
            errors[f"{row.key}-was"] = [BESIDE]
        elif found.trouble:
            errors[f"{row.key}-was"] = [_words(found)]
        elif found.fit is None and " " not in flat(was) and len(spans(flat(was), text.text)) > 1:
            errors[f"{row.key}-was"] = [TOO_SHORT]
        elif now and flat(was) == flat(now):
            same = flat(typed[1]) == flat(typed[2])
            errors[f"{row.key}-now"] = [SAME if same else SAME_ONCE_HIDDEN]
        elif now:
            text.correct(letter, place, was, now)
    return errors


HIDDEN = _(
    "Chỗ này đang che trên trang công khai, nên đính chính không nêu được. Chép đoạn không che; sai đúng "
    "chỗ che thì báo nơi đã nhận bằng công văn riêng, hoặc thu hồi văn bản."
)
BESIDE = _(
    "Đoạn này là lời của cơ quan, của Mặt trận hoặc câu trả lời trong bảng ý kiến, hiện cạnh văn bản đã ký "
    "nên không đính chính ở đây. Nói lại ở bước tiếp theo của kiến nghị, ý kiến ấy; lời cũ còn đó, có ngày."
)
TOO_SHORT = _("Chữ này có ở nhiều chỗ, không rõ chỗ nào. Chép dài hơn: cả cụm từ hoặc cả câu có chỗ sai.")
SAME = _("Nội dung sửa giống hệt nội dung đang công bố.")
SAME_ONCE_HIDDEN = _(
    "Chỗ khác nhau đang che trên trang công khai, nên người đọc thấy trước và sau giống hệt nhau. Sai đúng "
    "chỗ che thì báo nơi đã nhận bằng công văn riêng, hoặc thu hồi văn bản."
)
TROUBLES = {
    Trouble.NOT_THERE: _(
        "Không có đoạn này trong văn bản đã công bố, cũng không có trong một chỗ đã sửa. Chép nguyên văn một "
        "chỗ, kể cả dấu câu."
    ),
    Trouble.CORRECTED: _(
        "Đoạn này đã đính chính thành “%(now)s”. Muốn sửa tiếp, chép đoạn đã đính chính. Là chỗ khác có cùng "
        "chữ thì ghi vị trí cho rõ."
    ),
    Trouble.SEVERAL: _(
        "Đoạn này có ở nhiều chỗ, có chỗ đã đính chính thành “%(now)s”. Chép dài hơn, ghi đúng vị trí."
    ),
    Trouble.TWICE: _(
        "Dòng khác của chính đề nghị này đã sửa chỗ này thành “%(now)s”. Gộp thành một dòng. Là chỗ khác có "
        "cùng chữ thì ghi vị trí cho rõ."
    ),
}


def _words(found: Found) -> Any:
    """Return why a passage cannot be corrected."""
    words = TROUBLES[found.trouble] if found.trouble else ""
    return words % {"now": Truncator(found.stretch.now).chars(SHOWN)} if found.stretch else words


def _replacing(publication: Publication, case: Case, typed: str) -> list[Publication]:
    """Return the other papers in force, of the body or its heir, that what was typed fits."""
    bodies = {publication.organization_code, case.lead.code}
    return [one for one in naming.in_force(typed, bodies=bodies) if one != publication]
