"""Whether a remark asks for one thing and nothing else: that its provision stay, or that it go.

What is read here is told to the public as adopted, so every word has to be understood: one that is neither
asking, nor naming the provision, nor a plain reason leaves it open, and so do a question and a condition.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from supervision.language.folding import nfc
from supervision.legaltext.grouping.stance import Outcomes, extent, without_other_drops

_Wanted = re.Pattern[str]
_WORD = re.compile(r"\w+")
_CLAUSE_END = re.compile(r"[.,;:!…()\n“”\"]")
_KEEPS = re.compile(
    r"(?:giữ (?:nguyên|như|lại)|để nguyên"
    r"|(?:không|đừng|chớ|chưa) (?:nên |cần |được |thể )?(?:sửa đổi|sửa|thay đổi|đổi|bãi bỏ|bỏ|xóa|xoá|hủy))\b"
)
_DROPS = re.compile(
    r"(?:bãi bỏ|hủy bỏ|xóa bỏ|xoá bỏ|bỏ|hủy|xóa|xoá|(?:không|chưa|đừng|chớ) (?:nên |cần )?quy định)\b"
)
#: Who asks and how; none of these says anything of what is asked for.
_ASKING = frozenset(
    "tôi chúng mình em xin kính rất mong được đề nghị kiến cơ quan ban soạn thảo cho nên cần phải hãy thống"
    " nhất trí đồng ý ủng hộ tán thành với việc hoàn toàn và vẫn cứ là ạ".split()
)
_ASKS = frozenset("nghị nên cần phải mong xin hãy".split())
#: Names the provision that the remark stands on.
_NAMING = frozenset(
    "này trên như dự thảo quy định khoản điều điểm mức nội dung toàn bộ cả hết đi luôn tại của ở".split()
)
_CITED = re.compile(r"\b(khoản|điều|điểm) (\d+[a-zđ]?|[a-zđ])\b")
_REASON = re.compile(r"\b(?:vì|do|bởi|để|nhằm)\b")
#: Ask, make depend, except or go on to something else: nothing is sure in a remark that has one of them.
_UNSURE = re.compile(
    r"\?|\b(?:sao|gì|nào|liệu|chăng|hả|phải không|hay không|có nên|nếu|thì|giả sử|trừ|ngoại trừ|trường hợp"
    r"|miễn là|chỉ|nhưng|song|tuy|riêng|mà|bổ sung|thêm|thành|thay bằng|làm rõ|quy định rõ|ngoài ra|một phần"
    r"|ngược lại|đáng lẽ|lẽ ra|tưởng|nghe nói|lo|sợ)\b"
)


@dataclass(frozen=True)
class Demand:
    """Whether a remark speaks of keeping or dropping its provision, and whether it surely asks for that."""

    is_spoken_of: bool
    is_sure: bool


def keeping(text: str, provision: str, named: str = "") -> Demand:
    """Return whether a remark asks that its provision stay as it is.

    `provision` is what the provision says, whose words may name it, `named` how it is cited ("khoản 2 Điều
    5", "" where that is not known): a remark that cites another place is not sure.
    """
    return _demand(text, _KEEPS, frozenset({"same"}), provision, named)


def dropping(text: str, named: str = "") -> Demand:
    """Return whether a remark asks that its provision be dropped as a whole."""
    return _demand(text, _DROPS, frozenset({"none"}), "", named)


def _demand(text: str, wanted: _Wanted, outcome: Outcomes, provision: str, named: str) -> Demand:
    said = " ".join(without_other_drops(text).lower().split())
    is_unsure = _UNSURE.search(said) is not None
    is_named = wanted.search(said) is not None and (is_unsure or wanted is _KEEPS)
    is_spoken_of = is_named or bool(extent(text) & outcome)
    if is_unsure or not is_spoken_of:
        return Demand(is_spoken_of, is_sure=False)
    clauses = [clause.strip() for clause in _CLAUSE_END.split(said) if clause.strip()]
    asking = [clause for clause in clauses if _asks(clause, wanted, _words(provision), named)]
    others = [clause for clause in clauses if clause not in asking and not _is_plain(clause)]
    is_asked = any(_ASKS & {*_words(clause)} for clause in asking)
    is_contrary = any((found := extent(clause)) and not found & outcome for clause in others)
    is_sure = bool(asking) and (is_asked or not others) and not is_contrary
    return Demand(is_spoken_of, is_sure)


def _asks(clause: str, wanted: _Wanted, provision: Sequence[str], named: str) -> bool:
    """Whether a clause asks for what is wanted of the provision and every word of it is understood."""
    found = wanted.search(clause)
    if found is None:
        return False
    reason = _REASON.search(clause, found.end())
    about = clause[found.end() : reason.start() if reason else len(clause)]
    if not {*_words(clause[: found.start()])} <= _ASKING or not _cites(about, named):
        return False
    left = [word for word in _words(_CITED.sub(" ", about)) if word not in _NAMING]
    is_there = f" {' '.join(left)} " in f" {' '.join(provision)} "
    return (not left or is_there) and (reason is None or _is_plain_reason(clause[reason.end() :], wanted))


def _is_plain_reason(reason: str, wanted: _Wanted) -> bool:
    """Whether a reason asks for nothing itself."""
    found = extent(reason)
    return not found or (wanted is _KEEPS and found == {"same"}) or (wanted is _DROPS and "same" not in found)


def _cites(about: str, named: str) -> bool:
    """Whether the places that are cited are the provision's own; without its name one place is believed."""
    cited = [" ".join(one) for one in _CITED.findall(about)]
    if not named:
        return len(cited) < 2
    own = [" ".join(one) for one in _CITED.findall(nfc(named).lower())]
    return cited == own[: len(cited)]


def _is_plain(clause: str) -> bool:
    """Whether a clause only asks or names: "kính đề nghị", "khoản này"."""
    return {*_words(_CITED.sub(" ", clause))} <= _ASKING | _NAMING


def _words(text: str) -> list[str]:
    return _WORD.findall(nfc(text).lower())
