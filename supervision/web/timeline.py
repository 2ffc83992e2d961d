"""Events as sentences: who did what, in both languages, with the text in full."""

from __future__ import annotations

import datetime as dt
from typing import Any

from supervision.audit.models import Event
from supervision.cases.services.criticism_progress import ASSESSED
from supervision.cases.services.voices import ASSESSMENT_WORDS, OUTCOME_WORDS, REPLY_WORDS
from supervision.documents.kinds import KINDS
from supervision.language import dates
from supervision.language.folding import upper_first
from supervision.law.specs import RECOMMENDATION
from supervision.law.text import T
from supervision.web.sentences import SENTENCES

ERASED_TITLE = T("Một việc đã xóa phần lời", "An act whose words were erased")
CHANGES = {"correct": T("đính chính", "correct"), "withdraw": T("thu hồi", "withdraw")}
LATE = T(", trễ hạn", ", late")
#: Where the words in full are, in order.
TEXT_KEYS = ("summary", "text", "reason", "notes", "note", "conclusion", "grounds")
GROUPS = {
    "van-ban": (
        "paper.",
        "letter.",
        "plan.",
        "annual_plan.",
        "exchange.",
        "notice.",
        "result.",
        "conclusion.",
        "recommendations.",
        "criticism.",
        "change.",
    ),
    "tra-loi": (
        "response.",
        "reply.",
        "settlement.",
        "consultation.",
        "answers.",
        "draft.explained",
        "agreement.",
        "supplement.",
        "carrying_out.",
        "verification.",
        "dialogue.",
        "point.",
    ),
    "y-kien": ("opinion.", "compilation."),
    "han": ("extension.", "clock.", "session.moved", "case.postponed", "case.resumed"),
    "giao-viec": ("work.", "grant."),
}


def lines(events: list[Event], steps: dict[str, T], followed: T = RECOMMENDATION) -> list[dict[str, Any]]:
    """Return what `components/event.html` draws for each event.

    `steps` names steps by code, `followed` what the case's form follows to its end.
    """
    return [_line(event, steps, followed) for event in events]


def _line(event: Event, steps: dict[str, T], followed: T) -> dict[str, Any]:
    sides = {"front": "front", "agency": "agency"}
    return {
        "n": event.pk,
        "side": sides.get(event.side, "clock"),
        "title": _title(event, steps, followed),
        "who": event.actor_label,
        "at": event.at,
        "text": _text(event.data),
    }


def _title(event: Event, steps: dict[str, T], followed: T) -> T:
    if event.is_erased:
        return ERASED_TITLE
    sentence = SENTENCES.get(event.action, T(event.action, event.action))
    return T(
        vi=upper_first(sentence.vi.format_map(_Values(event.data, "vi", steps, followed))),
        en=upper_first(sentence.en.format_map(_Values(event.data, "en", steps, followed))),
    )


class _Values(dict[str, Any]):
    """The event's data as words of one language."""

    def __init__(self, data: dict[str, Any], language: str, steps: dict[str, T], followed: T) -> None:
        super().__init__({**data, "followed": followed.in_(language)})
        self.language = language
        self.steps = steps

    def __getitem__(self, key: str) -> str:
        value = self.get(key, "")
        if key == "late":
            return LATE.in_(self.language) if value else ""
        if key.endswith("_on") and value:
            day = dt.date.fromisoformat(str(value))
            return dates.long_date_en(day) if self.language == "en" else dates.short_date(day)
        named: dict[str, dict[str, T]] = {
            "verdict": {**REPLY_WORDS, **ASSESSMENT_WORDS},
            "assessed": {str(state): words for state, words in ASSESSED.items()},
            "outcome": OUTCOME_WORDS,
            "change": CHANGES,
            "step": self.steps,
            "kind": {code: kind.title for code, kind in KINDS.items()},
        }
        found = named.get(key, {}).get(value)
        return found.in_(self.language) if found else str(value)

    def __missing__(self, key: str) -> str:
        return ""


def _text(data: dict[str, Any]) -> str:
    points = data.get("points")
    if points:
        return "\n".join(f"{number}. {point}" for number, point in enumerate(points, start=1))
    return next((str(data[key]) for key in TEXT_KEYS if data.get(key)), "")
