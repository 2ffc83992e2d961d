"""Where a recommendation stands, as it is handed over for publishing: both sides' words, none merged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from supervision.language.folding import nfc
from supervision.law.text import T
from supervision.publication.vocabulary import State


def pair(text: T) -> dict[str, str]:
    """Return a T as JSON."""
    return {"vi": str(text.vi), "en": str(text.en)}


@dataclass(frozen=True)
class Voice:
    """What one side says about a recommendation: a short word, the text in full, where it stands."""

    said: T
    text: str = ""
    meta: Sequence[T] = ()
    files: Sequence[Mapping[str, Any]] = ()  # name, size, pages, sha256

    def to_json(self) -> dict[str, Any]:
        return {
            "said": pair(self.said),
            "text": self.text,
            "meta": [pair(words) for words in self.meta],
            "files": [dict(file) for file in self.files],
        }


Side = Literal["agency", "front"]


@dataclass(frozen=True)
class Word:
    """What one side said at a moment; it stays when that side says something else later.

    `key` names it among the words on its recommendation ("reply-2"): the same word is told once.
    """

    key: str
    side: Side
    at: dt.datetime
    voice: Voice

    def to_json(self) -> dict[str, Any]:
        return {"key": self.key, "side": self.side, "at": self.at.isoformat(), **self.voice.to_json()}


NOT_ANSWERED = Voice(T("Chưa trả lời", "No reply yet"))
NOT_ASSESSED = Voice(T("Chưa đến lúc đánh giá", "Not yet due for assessment"))
TO_BE_ASSESSED = Voice(T("Chưa đánh giá", "Not assessed yet"))
TO_BE_VERIFIED = Voice(T("Chưa xác minh", "Not verified yet"))
TO_BE_RECONSIDERED = Voice(T("Đang xem xét lại kiến nghị", "The recommendation is being re-considered"))
#: What the Front says where its word on the agency's newest one is still to come.
WAITING_FOR_FRONT: dict[State, Voice] = {
    State.ANSWERED: TO_BE_ASSESSED,
    State.REPORTED: TO_BE_VERIFIED,
}


@dataclass(frozen=True)
class Decision:
    """A decision of the Front on the recommendation itself, with its day and reason.

    `text` is the wording that holds from then on, where the decision changed it.
    """

    what: T
    on: dt.date
    reason: str
    text: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "what": pair(self.what),
            "on": self.on.isoformat(),
            "reason": nfc(self.reason),
            "text": nfc(self.text),
        }


@dataclass(frozen=True)
class Row:
    """One line of a due date's derivation, as `deadlines.explain` gives it."""

    label: T
    value: T
    note: T | None = None


@dataclass(frozen=True)
class Clock:
    """A date beside the reply's: what it is for, the day (none while it stands still), its derivation."""

    what: T
    due_on: dt.date | None
    rows: Sequence[Row | Any]


def rows_json(rows: Sequence[Row | Any]) -> list[dict[str, Any]]:
    """Return the lines of a derivation as JSON."""
    return [
        {"label": pair(row.label), "value": pair(row.value), "note": pair(row.note) if row.note else None}
        for row in rows
    ]


@dataclass(frozen=True)
class Progress:
    """Where one recommendation stands at a moment, with both voices.

    `text` is the wording that was signed; what was decided on it later is in `decisions`.
    `due_on` is the clock that runs now (see `vocabulary.State`), `first_due_on` the same before
    extensions, `is_paused` whether it stands still; `reply_due_on` the reply's deadline once it is
    answered, `answered_on` the day the answer came, none while only re-consideration was asked for;
    `start_on` the day the reply's clock started; `rows` tell how the reply's date came about, `clocks`
    the other dates of the page, each with its own derivation; `is_criticism` whether remarks stand
    under it (`remarks`).
    `agency` and `front` are what each side says now, `words` all that both have said, the oldest first.
    """

    number: int
    state: State
    addressee_code: str
    addressee_name: str
    text: str
    due_on: dt.date | None = None
    first_due_on: dt.date | None = None
    start_on: dt.date | None = None
    reply_due_on: dt.date | None = None
    answered_on: dt.date | None = None
    is_paused: bool = False
    agency: Voice = NOT_ANSWERED
    front: Voice = NOT_ASSESSED
    rows: Sequence[Row | Any] = field(default_factory=tuple)
    clocks: Sequence[Clock] = ()
    decisions: Sequence[Decision] = ()
    is_criticism: bool = False
    words: Sequence[Word] = ()
