"""Why remarks were put together or kept apart, and what a proposed outcome rests on, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from supervision.drafts.models import Outcome, RemarkGroup
from supervision.drafts.versions.adoption import Why
from supervision.language.folding import fold
from supervision.language.numbers import decimal

_WANTS: dict[str, Any] = {
    "more": gettext_lazy("tăng, thêm"),
    "less": gettext_lazy("giảm, bớt"),
    "same": gettext_lazy("giữ, đồng ý"),
    "none": gettext_lazy("bỏ, không làm"),
    "later": gettext_lazy("muộn hơn"),
    "sooner": gettext_lazy("sớm hơn"),
    "allowed": gettext_lazy("cho phép"),
    "banned": gettext_lazy("cấm"),
    "required": gettext_lazy("bắt buộc"),
    "voluntary": gettext_lazy("tự nguyện"),
    "yes": gettext_lazy("muốn"),
    "no": gettext_lazy("không muốn"),
}
#: Levels come without their marks; people read them with.
_LEVELS = {fold(word): word for word in ("thôn", "xã", "phường", "huyện", "quận", "tỉnh", "bộ")} | {
    "trung": "trung ương"
}
#: Characters of words that differ; what is longer is another text.
_LONGEST = 120
_SENTENCES: dict[str, Any] = {
    "stance": gettext_lazy("trong nhóm: %(here)s; ở đây: %(there)s"),
    "ask": gettext_lazy("trong nhóm: %(here)s; ở đây: %(there)s"),
    "denied": gettext_lazy("khác điều bị bác: “%(here)s” trong nhóm, “%(there)s” ở đây"),
    "number": gettext_lazy("khác số: %(here)s trong nhóm, %(there)s ở đây"),
    "level": gettext_lazy("khác cấp: %(here)s trong nhóm, %(there)s ở đây"),
    "option": gettext_lazy("khác lựa chọn: %(here)s trong nhóm, %(there)s ở đây"),
    "word": gettext_lazy("khác nhau ở: “%(here)s” trong nhóm, “%(there)s” ở đây"),
}
_RESTS_ON: dict[str, Any] = {
    Why.NO_PLACE: gettext_lazy("ý kiến không gắn với điều, khoản nào để so"),
    Why.DROPPED: gettext_lazy("điều, khoản này không còn trong văn bản"),
    Why.UNSURE: gettext_lazy("điều, khoản này không còn, nhưng không chắc ý kiến đề nghị bỏ cả điều, khoản"),
    Why.KEPT: gettext_lazy("ý kiến đề nghị giữ và lời văn không đổi"),
    Why.MIXED: gettext_lazy("lời văn không đổi, nhưng không chắc ý kiến chỉ đề nghị giữ"),
    Why.UNCHANGED: gettext_lazy("lời văn của điều, khoản không đổi"),
    Why.WORDS: gettext_lazy("so từ ngữ của ý kiến với chỗ đã đổi"),
    Why.DIFFERS: gettext_lazy("phần lớn từ ngữ của ý kiến có trong văn bản, còn có chỗ khác"),
    Why.REVERSED: gettext_lazy("từ ngữ của ý kiến có trong văn bản, nhưng chữ khác có thể làm trái nghĩa"),
    Why.NUMBER: gettext_lazy("từ ngữ của ý kiến có trong văn bản nhưng con số khác"),
    Why.OTHER_WORDS: gettext_lazy("điều, khoản đã đổi nhưng không bằng lời của ý kiến"),
    Why.ELSEWHERE: gettext_lazy("lời đề nghị có ở chỗ khác của văn bản"),
}


def apart(group: RemarkGroup) -> list[tuple[list[int], str]]:
    """Return the remarks that were kept out of a proposal, by primary key, each with the reason."""
    return [([int(pk) for pk in one["members"]], _difference(one)) for one in group.apart]


def variants(group: RemarkGroup) -> dict[int, list[str]]:
    """Return in which words members of a proposal differ from the others, by their primary key."""
    return {int(pk): differences(one["words"]) for one in group.differing for pk in one["members"]}


def _difference(one: Mapping[str, Any]) -> str:
    sentence = _SENTENCES.get(one["kind"], _SENTENCES["stance"])
    return str(sentence % {"here": _values(one["here"]), "there": _values(one["there"])})


def _values(values: Sequence[str]) -> str:
    return f" {_('hoặc')} ".join(_value(value) for value in values)


def _value(value: str) -> str:
    if value.isdecimal():
        return decimal(int(value))
    return str(_WANTS.get(value) or _LEVELS.get(fold(value), value))


def differences(pairs: Iterable[Sequence[str]]) -> list[str]:
    """Return words that differ between a remark and another text, each pair as a phrase."""
    return [
        str(
            (_("“%(there)s” thay cho “%(here)s”") if here and there else _("thêm “%(there)s”") if there
             else _("không có “%(here)s”"))
            % {"here": _short(here), "there": _short(there)}
        )
        for here, there in pairs
    ]  # fmt: skip


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"


def rests_on(outcome: Outcome) -> str:
    """Return what a proposed outcome, or the lack of one, rests on; "" for one of before that was kept."""
    return str(_RESTS_ON.get(outcome.why, ""))
