"""Where two sayings differ, and whether what differs can turn the one into the contrary of the other.

Grouping and the comparison with an issued text ask the same of two wordings, so both ask it here. Words that
turn are listed; what no list has is still a difference, and is shown as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from supervision.language.words import is_sign
from supervision.legaltext.grouping.reading import toned

#: Words of the one that stand where the other has other words; either side may be empty.
Run = tuple[tuple[str, ...], tuple[str, ...]]

#: Deny, forbid, except, call off or put off even what stands in the sentence beside.
DENY = frozenset(
    "không chưa chẳng chả đừng chớ khỏi ngừng dừng hết cấm nghiêm trừ ngoại bỏ bãi hủy huỷ xóa xoá phản trái"
    " đình hoãn tạm chỉ nếu riêng ngưng chấm thay".split()
)
#: Those, and what turns, restricts or makes depend the words of its own sentence.
TURNS = DENY | frozenset(
    "thôi miễn vô bất phi thiếu khó tránh tùy tuỳ chối loại thì nhưng song tuy ngoài trước sau tối".split()
)
#: Answers to one question: who says the one does not say another of the same line.
_CHOICES = (
    ("tăng", "giảm"), ("nâng", "hạ"), ("thêm", "bớt"), ("mở rộng", "thu hẹp"), ("kéo dài", "rút ngắn"),
    ("tối đa", "tối thiểu"), ("nhiều nhất", "ít nhất"), ("cao", "thấp"), ("nhiều", "ít"), ("nặng", "nhẹ"),
    ("trước", "sau"), ("sớm", "muộn"), ("trên", "dưới"), ("trong", "ngoài"), ("bắt đầu", "kết thúc"),
    ("ban ngày", "ban đêm"), ("sáng", "trưa", "chiều", "tối"),
    ("thôn", "xã", "phường", "huyện", "quận", "tỉnh", "bộ", "trung ương"),
    ("đô thị", "nông thôn"), ("thành thị", "nông thôn"), ("miền núi", "đồng bằng"),
    ("hội đồng nhân dân", "ủy ban nhân dân"), ("nhà nước", "người dân"), ("ngân sách", "người dân"),
    ("cá nhân", "tổ chức"), ("công khai", "bí mật"), ("trực tiếp", "gián tiếp", "trực tuyến"),
    ("bắt buộc", "tự nguyện"), ("cho phép", "cấm"), ("giữ", "bỏ"), ("giữ", "xóa"), ("sáp nhập", "chia tách"),
    ("hợp lý", "vô lý"), ("hợp lý", "bất hợp lý"), ("khả thi", "bất khả thi"), ("miễn phí", "thu phí"),
    ("toàn bộ", "một phần"), ("và", "hoặc"), ("đồng ý", "phản đối"), ("ủng hộ", "phản đối"),
    (">", "<"), (">", "≤"), ("≥", "<"), ("≥", "≤"), ("%", "‰"), ("+", "−"),
    ("👍", "👎"), ("✅", "❌"), ("🙂", "🙁"),
    ("giữ", "thay"), ("giữ", "đổi"), ("giữ", "sửa"), ("lùi", "đẩy sớm"), ("lùi", "sớm"), ("hoãn", "đẩy sớm"),
    ("gấp đôi", "gấp ba"), ("làm việc", "liên tục"), ("nam", "nữ"),
)  # fmt: skip
#: In the one form of a word's spellings, each phrase as its words.
CHOICES = tuple(tuple(tuple(map(toned, words.split())) for words in line) for line in _CHOICES)
_LONGEST_CHOICE = max(len(words) for line in CHOICES for words in line)
_LINES: dict[tuple[str, ...], list[int]] = {}
for _number, _line in enumerate(CHOICES):
    for _words in _line:
        _LINES.setdefault(_words, []).append(_number)
#: More differing words than this on a side are not set beside each other one by one.
_COMPARED = 300


def spans(one: Sequence[str], other: Sequence[str]) -> list[tuple[slice, slice]]:
    """Return the stretches in which two sequences of words differ, in order; nothing where they are equal."""
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    here, there = one[start : len(one) - end], other[start : len(other) - end]
    if max(len(here), len(there)) > _COMPARED or not (here and there):
        whole = slice(start, len(one) - end), slice(start, len(other) - end)
        return [whole] if here or there else []
    found = SequenceMatcher(None, here, there, autojunk=False).get_opcodes()
    return [
        (slice(start + from_one, start + to_one), slice(start + from_other, start + to_other))
        for what, from_one, to_one, from_other, to_other in found
        if what != "equal"
    ]


def runs(one: Sequence[str], other: Sequence[str]) -> list[Run]:
    """Return the words of those stretches."""
    return [(tuple(one[here]), tuple(other[there])) for here, there in spans(one, other)]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return with how many equal words two sequences begin."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def turning(words: Iterable[str]) -> frozenset[str]:
    """Return those words that can turn a saying round; signs do."""
    return frozenset(word for word in words if word in TURNS or is_sign(word))


def choices(words: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield each phrase of `CHOICES` in a saying: the place of its line, its own, and the phrase."""
    spelled = tuple(map(toned, words))
    for at in range(len(spelled)):
        for length in range(1, _LONGEST_CHOICE + 1):
            phrase = spelled[at : at + length]
            for line in _LINES.get(phrase, ()) if len(phrase) == length else ():
                yield line, at, phrase


def choose_otherwise(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two sayings answer a question of `CHOICES` and no answer is common to both."""
    here, there = _by_line(one), _by_line(other)
    return any(not here[line] & there[line] for line in here.keys() & there.keys())


def _by_line(words: Sequence[str]) -> dict[int, set[tuple[str, ...]]]:
    found: dict[int, set[tuple[str, ...]]] = {}
    for line, _at, phrase in choices(words):
        found.setdefault(line, set()).add(phrase)
    return found
