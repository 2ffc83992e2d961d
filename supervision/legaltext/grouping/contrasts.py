"""Where two remarks in nearly the same words ask for different things: numbers, levels, options, yes and no.

When two remarks say the same but for one number, that number is what they are about. What stands in the same
place of both, between the same words, is compared; what only one of them says never parts them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from supervision.language.counting import UNITS
from supervision.language.folding import nfc
from supervision.legaltext.grouping.lexicon import STOP, STOP_PLAIN
from supervision.legaltext.grouping.reading import Reading, plain, toned
from supervision.legaltext.grouping.stance import asked_words, demands_something
from supervision.legaltext.grouping.turning import choices

#: What is compared: its kind, then the words around it; and what stands there.
Place = tuple[str, ...]
NUMBER, LEVEL, OPTION, ASK, CHOICE = "number", "level", "option", "ask", "word"
YES, NO = "yes", "no"

_UNITS = (*UNITS, "%", "phần", "km", "mét", "tuyến", "lớp", "thành", "bậc", "đại")
_LEVELS = ("thôn", "xã", "phường", "huyện", "quận", "tỉnh", "bộ", "trung")
_OPTIONS = ("phương án", "lựa chọn", "cách", "loại", "nhóm", "mức", "khoản", "điểm", "điều", "mục")
_COUNTS = ("một", "hai", "ba", "bốn", "năm", "sáu")
#: A number after these is a name.
_NAMES = (*_LEVELS, "số", "tổ", "xóm", "ấp", "bản", "khu", "nhà", "ngõ", "đường", "lớp", "khóa", "kỳ", "đội")
#: A wish follows these; several may stand together: "đề nghị không nên".
_MODALS = (
    "nên", "cần", "phải", "đề nghị", "kiến nghị", "hãy", "mong", "xin", "được phép", "cho phép", "cho",
    "bắt buộc", "buộc", "đồng ý", "đồng tình", "ủng hộ", "nhất trí", "tán thành", "không được",
)  # fmt: skip
_NOT = ("không", "chưa", "đừng", "chớ", "chẳng", "thôi", "ngừng", "khỏi", "bỏ", "dừng")
#: Those that are a wish by themselves; "không" right after them denies nothing more.
_NEVER, _NO = ("đừng", "chớ", "thôi", "ngừng"), ("không",)
#: "không" before these denies nothing that is asked for.
_STATEMENTS = ("chỉ", "những", "có", "đủ", "rõ", "biết", "phân", "gian", "khí", "còn", "ai", "gì", "thấy")
#: Says nothing of what is wanted: it may stand between the wish and its object.
_BETWEEN = ("việc", "quy", "định", "với", "là", "các", "những", "một", "thêm", "lại", "ngay", "sớm")
#: In a clause with one of these its first words name what it tells of.
_TELLS = ("là", "quá", "đã", "đang", "bị", "gây", "làm", "khiến")


def contrasts(reading: Reading) -> dict[Place, frozenset[str]]:
    """Return what a remark says where another may say something else; empty where nothing can be told."""
    clauses = [
        _Clause(asked_words(clause, reading.is_marked), reading.is_marked) for clause in reading.clauses
    ]
    wishes = [one for one in clauses if one.has_wish]
    found: dict[Place, set[str]] = {}
    for clause in clauses:
        # "Quy định biển hiệu một màu, đề nghị bỏ": what stands before the wish only names what it is about
        may_begin_bare = wishes in ([], [clause])
        for place, value in clause.contrasts(may_begin_bare=may_begin_bare):
            found.setdefault(place, set()).add(value)
    # "Xe sàn cao khó lên, nên mua xe sàn thấp": who names both sides is not told by one of them
    sides: dict[str, set[str]] = {}
    for place, values in found.items():
        if place[0] == CHOICE:
            sides.setdefault(place[1], set()).update(values)
    return {
        place: frozenset(values)
        for place, values in found.items()
        if place[0] != CHOICE or len(sides[place[1]]) == 1
    }


@lru_cache(maxsize=2)
def _spelled(is_marked: bool) -> dict[str, frozenset[str]]:
    lists = {
        "units": _UNITS, "levels": _LEVELS, "options": _OPTIONS, "modals": _MODALS, "not": _NOT,
        "statements": _STATEMENTS, "between": _BETWEEN, "tells": _TELLS,
        "names": _NAMES, "counts": _COUNTS, "never": _NEVER, "no": _NO,
    }  # fmt: skip
    return {
        name: frozenset(
            " ".join(toned(word) if is_marked else plain(word) for word in words.split()) for words in listed
        )
        for name, listed in lists.items()
    }


class _Clause:
    """What one clause asks for, its topic and reasons left out."""

    def __init__(self, words: Sequence[str], is_marked: bool) -> None:
        self.words, self.is_marked = words, is_marked
        self.known = _spelled(is_marked)
        self.stop = STOP if is_marked else STOP_PLAIN

    @property
    def has_wish(self) -> bool:
        """Whether the clause says that something is wished for."""
        return any(
            " ".join(self.words[at : at + length]) in self.known["modals"]
            for at in range(len(self.words))
            for length in (1, 2)
        )

    def contrasts(self, *, may_begin_bare: bool) -> Iterator[tuple[Place, str]]:
        """Yield each place where another remark may say something else, and what this one says."""
        for at, word in enumerate(self.words):
            before, after = self._word(at - 1), self._word(at + 1)
            if word.isdecimal() and (after in self.known["units"] or self._is_told(at)):
                yield (NUMBER, _any_number(before), _any_number(after)), str(int(word))
            elif word in self.known["levels"] and before:
                yield (LEVEL, before, after), word
            elif option := self._option(at):
                yield (OPTION, self._word(at - 1), option[0]), option[1]
        yield from self._choices()
        yield from self._asks(may_begin_bare)

    def _choices(self) -> Iterator[tuple[Place, str]]:
        """Yield each answer of a line of `turning.CHOICES`."""
        for line, at, phrase in choices(self.words) if self.is_marked else ():
            before, after = self._word(at - 1), self._word(at + len(phrase))
            if before or after:
                yield (CHOICE, str(line), before, after), nfc(" ".join(phrase))

    def _is_told(self, at: int) -> bool:
        """Whether a number says how much or when; "khoản 2", "thôn 3" and "số 41" only name something."""
        before = {" ".join(self.words[max(0, at - length) : at]) for length in (1, 2)}
        return self.known["options"].isdisjoint(before) and self.known["names"].isdisjoint(before)

    def _option(self, at: int) -> tuple[str, str] | None:
        """Return "phương án" and "2", where such a name begins at `at`."""
        for length in (2, 1):
            name = " ".join(self.words[at : at + length])
            value = self._word(at + length)
            is_value = value.isdecimal() or len(value) == 1 or value in self.known["counts"]
            if name in self.known["options"] and value and is_value:
                return name, value
        return None

    def _asks(self, may_begin_bare: bool) -> Iterator[tuple[Place, str]]:
        """Yield what is wanted or not wanted, by the first two telling words after the wish."""
        at = 0
        while at < len(self.words):
            end = self._end_of_wish(at, may_begin_bare)
            if end is None:
                at += 1
                continue
            negations = self._negations(self.words[max(0, at - 1) : end])
            if (wanted := self._object(end)) and not demands_something(list(self.words), end, self.is_marked):
                yield (ASK, wanted), NO if negations % 2 else YES
            at = max(end, at + 1)

    def _negations(self, words: Sequence[str]) -> int:
        """Return how often words deny what follows; "thôi không thu" does so once."""
        twice = sum(one in self.known["never"] and two in self.known["no"] for one, two in pairwise(words))
        return sum(word in self.known["not"] for word in words) - twice

    def _end_of_wish(self, at: int, may_begin_bare: bool) -> int | None:
        """Return where the words of wishing and denying that begin at `at` end, None where none do."""
        start, is_wish = at, at == 0 and may_begin_bare
        while at < len(self.words):
            two = " ".join(self.words[at : at + 2])
            if two in self.known["modals"]:
                at, is_wish = at + 2, True
            elif self.words[at] in self.known["modals"]:
                at, is_wish = at + 1, True
            elif self.words[at] in self.known["never"]:
                at, is_wish = at + 1, True
            elif self.words[at] in self.known["not"] and self._word(at + 1) not in self.known["statements"]:
                at += 1
            elif at > start and self.words[at] in self.known["between"]:
                at += 1
            else:
                break
        if start == 0 and not self.known["tells"].isdisjoint(self.words):
            is_wish = is_wish and at > 0  # "Phạt 500 nghìn là nặng" asks for no fine
        return at if is_wish and (at > start or start == 0) and at < len(self.words) else None

    def _object(self, at: int) -> str:
        telling = [word for word in self.words[at : at + 5] if word not in self.stop]
        return " ".join(telling[:2]) if len(telling) > 1 else ""

    def _word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""


def _any_number(word: str) -> str:
    """Return a neighbour as it is compared: beside a number any other is the same, as in a date."""
    return "#" if word.isdecimal() else word
