"""What a remark wants to happen: more or less, keeping or dropping, sooner or later, leave or a ban.

Two remarks in nearly the same words may ask for opposite things, and then one answer never does for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from supervision.language.folding import nfc
from supervision.legaltext.grouping.reading import Reading, Word, plain, read, toned

Outcomes = frozenset[str]
#: By the question that a remark answers: the outcomes that its writer can live with.
Stance = dict[Outcomes, Outcomes]

_EXTENT = frozenset({"more", "less", "same", "none"})
_TIME = frozenset({"later", "sooner"})
_LEAVE = frozenset({"allowed", "banned"})
_FREEDOM = frozenset({"required", "voluntary"})
_QUESTION = {outcome: question for question in (_EXTENT, _TIME, _LEAVE, _FREEDOM) for outcome in question}

_DEMANDS = {
    "tăng": "more", "nâng": "more", "thêm": "more", "kéo dài": "more", "mở rộng": "more",
    "giảm": "less", "hạ": "less", "bớt": "less", "rút": "less", "thu hẹp": "less",
    "miễn": "less none", "giữ": "same", "duy trì": "same",
    "bỏ": "none", "bãi bỏ": "none", "hủy": "none", "xóa": "none",
    "loại bỏ": "none", "phản đối": "none", "dẹp": "none",
    "lùi": "later", "hoãn": "later", "sớm hơn": "sooner", "muộn hơn": "later",
    "cấm": "banned", "cho phép": "allowed",
    "bắt buộc": "required", "tự nguyện": "voluntary",
    "tiếp tục": "same more less", "thôi": "none", "ngừng": "none",
}  # fmt: skip
#: Words in which those above demand nothing: "trông giữ xe" keeps nothing as it is.
_NO_DEMANDS = (
    "trông giữ", "gìn giữ", "giữ gìn", "lưu giữ", "cất giữ", "nắm giữ", "bắt giữ", "tạm giữ", "giam giữ",
    "chiếm giữ", "thu giữ", "nuôi giữ", "canh giữ", "cầm giữ", "giữ xe", "giữ trẻ", "giữ chức", "giữ tiền",
    "giữ vệ", "giữ an", "giữ trật", "giữ bí", "giữ kín", "giữ rừng", "giữ chỗ", "giữ hộ", "giữ lời",
    "bỏ phiếu", "bỏ qua", "bỏ sót", "bỏ trống", "bỏ lọt", "bỏ rác", "bỏ vốn", "bỏ tiền", "bỏ hoang",
    "bỏ ra", "bỏ công", "bỏ nhà", "bỏ học", "vứt bỏ", "bỏ phế", "bỏ mặc", "bỏ ngỏ",
    "tăng gia", "hạ tầng", "giảm nghèo", "giảm nhẹ", "học thêm", "dạy thêm", "làm thêm", "rút tiền",
    "rút kinh", "rút lui", "miễn là", "miễn sao", "miễn dịch", "miễn cưỡng", "thôi việc", "thôi học",
    "thôi thì", "mà thôi", "nâng cao", "nâng cấp", "lùi xe", "thêm nữa",
)  # fmt: skip
#: What is wanted by someone who complains that a thing is so.
_COMPLAINTS = {
    **dict.fromkeys("cao nhiều lớn to dài xa đắt lâu dày rộng nặng đông".split(), "less"),
    **dict.fromkeys("thấp ít nhỏ bé ngắn gần rẻ thưa mỏng hẹp chật nhẹ".split(), "more"),
    **dict.fromkeys("muộn chậm trễ".split(), "sooner"),
    **dict.fromkeys("sớm nhanh gấp vội".split(), "later"),
}
#: What is wanted by someone who asks that a thing be so.
_WISHES = {"sớm": "sooner", "nhanh": "sooner", "muộn": "later", "chậm": "later"}
_APPROVALS = (
    "đồng ý", "ủng hộ", "nhất trí", "tán thành", "thông qua", "cần thiết", "là đúng", "hợp lý",
    "đồng tình", "tán đồng", "hoan nghênh", "phù hợp",
)  # fmt: skip
_REFUSALS = ("không nên", "không được", "không thể", "không bắt", "chưa nên")
_NOT = ("không", "chưa", "đừng", "chớ", "chẳng", "bất")
_DROP = ("bỏ", "phản đối")
_ASKING = ("đề nghị", "kiến nghị", "nên", "cần", "phải", "mong", "xin")
_REASONS, _LEAVING = ("vì", "bởi", "để"), ("để",)
_DEGREES_BEFORE = ("quá", "hơi", "là", "còn", "rất")
_DEGREES_AFTER = ("quá", "lắm", "hơn")
#: What ends the topic of a clause; "thì ... mới" does not: what stands before it is wanted.
_TOPIC_END, _ONLY_THEN = ("thì",), "mới"
#: Without its diacritics "để" is like "đề" in "đề nghị", "đừng" like "dùng" and "đúng".
_UNCLEAR_PLAIN = frozenset({"de", "dung"})
#: How many words a "không" reaches over: "không nên quy định tăng".
_REACH = 4
#: Says of a provision what "bỏ" says; and "bỏ" in words that say something else.
_LIKE_DROPPING = re.compile(r"\b(?:(?:xóa|xoá)(?: bỏ)?|không quy định)\b", re.I)
_NO_DROPPING = re.compile(r"\bbỏ (?:sót|qua|phiếu|trống|lọt)\b", re.I)


@dataclass(frozen=True)
class _Tables:
    """The lists above as a remark's own spelling needs them: with tones, or plain."""

    demands: dict[str, Outcomes]
    no_demands: frozenset[str]
    complaints: dict[str, Outcomes]
    wishes: dict[str, Outcomes]
    approvals: frozenset[str]
    refusals: frozenset[str]
    negations: frozenset[str]
    drops: frozenset[str]
    asking: frozenset[str]
    reasons: frozenset[str]
    leaving: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    topic_end: frozenset[str]
    only_then: str


def _tables(is_marked: bool) -> _Tables:
    def spelled(words: str) -> str:
        return " ".join(toned(word) if is_marked else plain(word) for word in words.split())

    def wanted(table: dict[str, str]) -> dict[str, Outcomes]:
        return {spelled(words): frozenset(outcomes.split()) for words, outcomes in table.items()}

    def listed(words: Iterable[str]) -> frozenset[str]:
        found = frozenset(map(spelled, words))
        return found if is_marked else found - _UNCLEAR_PLAIN

    return _Tables(
        wanted(_DEMANDS), listed(_NO_DEMANDS), wanted(_COMPLAINTS), wanted(_WISHES), listed(_APPROVALS),
        listed(_REFUSALS), listed(_NOT), listed(_DROP), listed(_ASKING), listed(_REASONS),
        listed(_LEAVING),
        listed(_DEGREES_BEFORE), listed(_DEGREES_AFTER), listed(_TOPIC_END), spelled(_ONLY_THEN),
    )  # fmt: skip


_SPELLED = {is_marked: _tables(is_marked) for is_marked in (True, False)}


def stance(reading: Reading) -> Stance:
    """Return what the remark wants, by question; nothing where its words do not tell."""
    tables = _SPELLED[reading.is_marked]
    found: Stance = {}
    for clause in reading.clauses:
        for outcomes in _Clause(_spelling(clause, reading.is_marked), tables).wants():
            question = _QUESTION[next(iter(outcomes))]
            found[question] = found.get(question, frozenset()) | outcomes
    return found


def extent(text: str) -> Outcomes:
    """Return what a remark wants of its provision: more, less, same, none; "không nên bỏ" is not none."""
    said = _LIKE_DROPPING.sub("bỏ", without_other_drops(text))
    return stance(read(said)).get(_EXTENT, frozenset())


def without_other_drops(text: str) -> str:
    """Return a text (NFC) without "bỏ" in words that drop no provision: "bỏ sót", "bỏ phiếu"."""
    return _NO_DROPPING.sub("", nfc(text))


def are_opposed(one: Stance, other: Stance) -> bool:
    """Whether there is a question on which no outcome would please both."""
    return any(not one[question] & other[question] for question in one.keys() & other.keys())


def asked_words(clause: tuple[Word, ...], is_marked: bool) -> list[str]:
    """Return the words of a clause that say what is asked: without its topic and its reasons."""
    return _Clause(_spelling(clause, is_marked), _SPELLED[is_marked]).words


def demands_something(words: list[str], at: int, is_marked: bool) -> bool:
    """Whether the word at a place is one whose direction `stance` reads: "tăng", "bãi bỏ"."""
    tables = _SPELLED[is_marked]
    return any(one in tables.demands for one in _at(words, at))


def negations(reading: Reading) -> int:
    """Return how often the remark says no ("không", "chưa"), in whatever spelling."""
    return sum(word.plain in {"khong", "chua"} for word in reading.words)


def _spelling(clause: tuple[Word, ...], is_marked: bool) -> list[str]:
    written = " ".join(word.written for word in clause).split()
    return [toned(word) if is_marked else plain(word) for word in written]


class _Clause:
    """One clause, where "không" turns what follows round, and reasons do not count."""

    def __init__(self, words: list[str], tables: _Tables) -> None:
        self.tables = tables
        self.words = self._without_reason(self._without_topic(words))

    def wants(self) -> list[Outcomes]:
        """Return the outcomes wanted; mere approval counts where nothing else is asked for."""
        asked = [found for at in range(len(self.words)) if (found := self._asked(at))]
        return asked or [found for at in range(len(self.words)) if (found := self._approved(at))]

    def _without_topic(self, words: list[str]) -> list[str]:
        """Leave out what stands before "thì", unless the asking is done there."""
        end = next((at for at, word in enumerate(words) if word in self.tables.topic_end), None)
        if end is None or self.tables.only_then in words[end + 1 : end + 4]:
            return words
        if any(not self.tables.asking.isdisjoint(_at(words, at)) for at in range(end)):
            return words
        return words[end + 1 :]

    def _without_reason(self, words: list[str]) -> list[str]:
        start = next((at for at in range(len(words)) if self._gives_reason(words, at)), len(words))
        return words[:start]

    def _gives_reason(self, words: list[str], at: int) -> bool:
        """Whether a reason begins; "nên để xã làm" and "để xã làm" at the beginning ask for something."""
        if words[at] in self.tables.leaving and (not at or words[at - 1] in self.tables.asking):
            return False
        return words[at] in self.tables.reasons

    def _asked(self, at: int) -> Outcomes | None:
        here = _at(self.words, at)
        if not self.tables.no_demands.isdisjoint((here[0], _at(self.words, at - 1)[0] if at else "")):
            return None
        if demanded := next(
            (self.tables.demands[words] for words in here if words in self.tables.demands), None
        ):
            return self._unless_denied(demanded, at)
        if not self.tables.refusals.isdisjoint(here) and not any(
            self._turns(after) for after in range(at + 2, at + 5)
        ):
            return frozenset({"none"})
        return self._complained(at)

    def _turns(self, at: int) -> bool:
        return any(words in self.tables.demands for words in _at(self.words, at))

    def _unless_denied(self, outcomes: Outcomes, at: int) -> Outcomes:
        before = self.words[max(0, at - _REACH) : at]
        deniers = self.tables.negations | (
            frozenset() if self.words[at] in self.tables.drops else self.tables.drops
        )
        if deniers.isdisjoint(before):
            return outcomes
        return _QUESTION[next(iter(outcomes))] - outcomes

    def _complained(self, at: int) -> Outcomes | None:
        word = self.words[at]
        before, after = self.words[max(0, at - 2) : at], self.words[at + 1 : at + 2]
        if word in self.tables.wishes and not self.tables.asking.isdisjoint(before):
            return self.tables.wishes[word]
        if not self.tables.before.isdisjoint(before[-1:]) or not self.tables.after.isdisjoint(after):
            return self.tables.complaints.get(word)
        return None

    def _approved(self, at: int) -> Outcomes | None:
        if self.tables.approvals.isdisjoint(_at(self.words, at)):
            return None
        is_denied = not self.tables.negations.isdisjoint(self.words[max(0, at - 2) : at])
        return _EXTENT - {"same"} if is_denied else frozenset({"same"})


def _at(words: list[str], at: int) -> tuple[str, str]:
    """Return the two-word phrase and the word that begin there."""
    return " ".join(words[at : at + 2]), " ".join(words[at : at + 1])
