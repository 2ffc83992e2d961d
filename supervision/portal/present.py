"""From frozen rows to what the components print: chips, pairs, result lines. No decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from supervision.deadlines.services import calendar
from supervision.documents.verdicts import UNCONFIRMED, WHY_UNCONFIRMED
from supervision.language.dates import vietnam_day
from supervision.law.calendar import Calendar
from supervision.law.registry import specs
from supervision.law.specs import RECOMMENDATION
from supervision.law.text import T
from supervision.page import in_language, short_date
from supervision.publication import states
from supervision.publication.log.answers import Assurance
from supervision.publication.models import FollowUp, Publication, PublishedRemark, SearchRow
from supervision.publication.vocabulary import OWED, VALIDITY, State, Validity

#: Colour class and icon of a recommendation's chip, by `states.Kind`.
CHIPS: dict[str, tuple[str, str]] = {
    "late": ("late", "warning"),
    "soon": ("soon", "clock"),
    "ok": ("ok", "clock"),
    "extended": ("ext", "extended"),
    "paused": ("", "paused"),
    "info": ("info", "ring"),
    "done": ("ok", "tick"),
    "closed": ("", "cross"),
}
VALIDITY_CHIPS: dict[str, tuple[str, str]] = {
    Validity.IN_FORCE: ("ok", "tick"),
    Validity.CORRECTED: ("soon", "pencil"),
    Validity.WITHDRAWN: ("bad", "cross"),
}
COUNT_CHIPS: dict[str, tuple[str, str]] = {
    "late": ("late", "warning"),
    "doing_late": ("late", "warning"),
    "extended": ("ext", "extended"),
    "owed": ("open", "clock"),
    "answered": ("info", "ring"),
    "doing": ("info", "ring"),
    "reported": ("info", "ring"),
    "explained": ("info", "ring"),
    "paused": ("", "paused"),
    "verified": ("ok", "tick"),
    "closed": ("", "cross"),
}
VERDICTS: dict[str, T] = {
    "accepted": T("Tiếp thu", "Accepted"),
    "partly": T("Tiếp thu một phần", "Partly accepted"),
    "not_accepted": T("Không tiếp thu", "Not accepted"),
}
BECAME: dict[str, T] = {
    "adopted": T("Được tiếp thu trong văn bản đã ban hành", "Adopted in the issued text"),
    "partly": T("Được tiếp thu một phần trong văn bản đã ban hành", "Partly adopted in the issued text"),
    "not_adopted": T("Không có trong văn bản đã ban hành", "Not in the issued text"),
}
UNANSWERED = T("Chưa trả lời", "Not answered yet")


def today() -> dt.date:
    """The day in Vietnam at this moment: pages compute lateness when they are read."""
    return vietnam_day(timezone.now())


def words(value: Any) -> T | str:
    """A T from its JSON pair."""
    return T(vi=value["vi"], en=value["en"]) if isinstance(value, Mapping) else str(value or "")


def validity_chip(validity: str) -> dict[str, Any]:
    kind, icon = VALIDITY_CHIPS[validity]
    return {"kind": kind, "icon": icon, "words": VALIDITY[validity]}


def changed(validity: str) -> dict[str, Any] | None:
    """The chip of a paper that was corrected or withdrawn; None of one that stands as it was signed."""
    return None if validity == Validity.IN_FORCE else validity_chip(validity)


def by_the_log(said: Assurance) -> dict[str, Any]:
    """What the publication log lets a page say: may the paper be called authentic, and if not, why."""
    return {
        "is_proved": said == Assurance.PROVED,
        "waits": said == Assurance.SIGNED_ONLY,
        "unconfirmed": not said.may_be_authentic,
        "chip": {"kind": "", "icon": "question", "words": UNCONFIRMED},
        "words": WHY_UNCONFIRMED.get(said),
    }


def followed(publication: Publication) -> T:
    """What a page calls that which is answered: a recommendation, a criticism, or what a commune promised."""
    spec = specs().get(publication.form)
    return spec.followed if spec else RECOMMENDATION


def chip(follow: FollowUp, on: dt.date, days: Calendar) -> dict[str, Any]:
    ended = follow.data["is_criticism"] and follow.state == State.CLOSED
    said = states.ALL_ANSWERED if ended else states.said(follow, on, days)
    kind, icon = CHIPS[said.kind]
    return {"kind": kind, "icon": icon, "words": said.words}


def pairs(
    follow_ups: Iterable[FollowUp], on: dt.date, words: Mapping[int, list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    """Each recommendation with every round of both voices side by side, and the working of the date.

    `words` are `publication.words.words_of` the page.
    """
    days = calendar()
    return [_pair(follow, on, days, words.get(follow.number, [])) for follow in follow_ups]


def rounds(said: Iterable[Mapping[str, Any]], follow: FollowUp) -> list[dict[str, Any]]:
    """The words in order of time, a round for each time the agency spoke, with what the Front said to it.

    Where a side has not spoken in the last round, it says what it has still to do.
    """
    found: list[dict[str, list[dict[str, Any]]]] = []
    for word in said:
        if not found or word["side"] == "agency":
            found.append({"agency": [], "front": []})
        found[-1][word["side"]].append(voice(word))
    if not found:
        found.append({"agency": [], "front": []})
    for name in ("agency", "front"):
        if not found[-1][name]:
            found[-1][name] = [voice(follow.data.get(name, {}))]
    return [{**one, "number": number} for number, one in enumerate(found, start=1)]


def _pair(follow: FollowUp, on: dt.date, days: Calendar, said: list[dict[str, Any]]) -> dict[str, Any]:
    extended = follow.due_on is not None and follow.due_on != follow.first_due_on
    return {
        "number": follow.number,
        "chip": chip(follow, on, days),
        "text": follow.text,
        "decisions": decisions(follow),
        "amended": is_amended(follow),
        "to": follow.addressee_name,
        "to_code": follow.addressee_code,
        "rounds": rounds(said, follow),
        "foot": foot(follow, on),
        "rows": _rows(follow.data),
        "clocks": _clocks(follow),
        "open": extended and follow.state in OWED,
        "rail": _rail(follow, on),
        "what": _("(kiến nghị %(number)s)") % {"number": follow.number},
        "is_criticism": follow.data["is_criticism"],
    }


def _rows(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the lines of a derivation."""
    return [
        {name: words(row.get(name)) for name in ("label", "value", "note")} for row in data.get("rows", [])
    ]


def _clocks(follow: FollowUp) -> list[dict[str, Any]]:
    """Return the dates beside the reply's, each with its own derivation and, read aloud, what it is of."""
    about = _("(kiến nghị %(number)s)") % {"number": follow.number}
    return [
        {
            "said": _clock_words(one),
            "rows": _rows(one),
            "what": f"{in_language(words(one['what']))} {about}",
            "open": follow.due_on != follow.first_due_on and _day(one["due_on"]) == follow.due_on,
        }
        for one in follow.data.get("clocks", [])
    ]


def _clock_words(clock: Mapping[str, Any]) -> str:
    what, due = in_language(words(clock["what"])), _day(clock["due_on"])
    if due is None:
        return _("%(what)s: hạn tạm thời chưa xác định, đang tạm dừng.") % {"what": what}
    return _("%(what)s: hạn %(day)s.") % {"what": what, "day": short_date(due)}


def remark(row: PublishedRemark) -> dict[str, Any]:
    """A remark of a criticism with what the drafting agency says to it; `said` while open says so."""
    return {
        **row.data,
        "code": row.code,
        "said": VERDICTS.get(row.verdict, UNANSWERED),
        "became": BECAME.get(row.data.get("outcome", "")),
        "earlier": [{**one, "said": VERDICTS[one["verdict"]]} for one in row.data.get("earlier", [])],
    }


def _rail(follow: FollowUp, on: dt.date) -> dict[str, dt.date] | None:
    start, due = _day(follow.data.get("start_on")), follow.due_on
    if follow.state not in OWED or start is None or due is None or due <= start:
        return None
    return {"start": start, "first": follow.first_due_on or due, "due": due, "today": on}


def voice(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "said": words(data.get("said")),
        "text": data.get("text", ""),
        "meta": [words(one) for one in data.get("meta", [])],
        "files": data.get("files", []),
    }


def decisions(follow: FollowUp) -> list[dict[str, Any]]:
    """What the Front decided on the recommendation after it was signed, the oldest first."""
    return [
        {**one, "what": words(one["what"]), "on": _day(one["on"])} for one in follow.data.get("decisions", [])
    ]


def is_amended(follow: FollowUp) -> bool:
    """Whether a wording other than the signed one holds now."""
    return any(one["text"] for one in follow.data.get("decisions", []))


def foot(follow: FollowUp, on: dt.date) -> str:
    """Plain words on the reply's deadline (when it was, kept, extended or missed) and on a stopped clock."""
    if follow.state in OWED:
        return _owed_foot(follow, on)
    if follow.state == State.PAUSED:
        return _("Thời hạn trả lời đang tạm dừng.")
    stands = _("Thời hạn thực hiện đang tạm dừng.") if _is_carrying_out_paused(follow) else ""
    return " ".join(part for part in (_answered_foot(follow), stands) if part)


def _is_carrying_out_paused(follow: FollowUp) -> bool:
    return follow.state == State.DOING and bool(follow.data.get("is_paused"))


def _answered_foot(follow: FollowUp) -> str:
    due, answered = (_day(follow.data.get(name)) for name in ("reply_due_on", "answered_on"))
    if due is None or answered is None:
        return ""
    gap = (due - answered).days
    said = {"day": short_date(due), "days": in_language(states.days(abs(gap)))}
    if gap < 0:
        return _("Hạn trả lời %(day)s, trả lời muộn %(days)s.") % said
    if gap == 0:
        return _("Hạn trả lời %(day)s, trả lời đúng ngày hết hạn.") % said
    return _("Hạn trả lời %(day)s, trả lời trước hạn %(days)s.") % said


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _owed_foot(follow: FollowUp, on: dt.date) -> str:
    due, first = follow.due_on, follow.first_due_on
    if due is None:
        return ""
    said = {"day": short_date(due), "first": short_date(first)}
    if due < on:
        said["days"] = str(in_language(states.days((on - due).days)))
        if first and first != due:
            return _("Hạn trả lời %(day)s, quá hạn %(days)s. Hạn đầu là %(first)s.") % said
        return _("Hạn trả lời %(day)s, quá hạn %(days)s.") % said
    if first and first != due:
        return _("Hạn trả lời %(day)s. Hạn đầu là %(first)s.") % said
    return _("Hạn trả lời %(day)s.") % said


def result(row: SearchRow, on: dt.date) -> dict[str, Any]:
    """One line of a list: the publication, its validity, and where its recommendations stand."""
    publication, is_gone = row.publication, row.validity == Validity.WITHDRAWN
    counted = [] if is_gone else states.counts((one.follow_up for one in row.standings.all()), on)
    what = followed(publication)
    total = str(capfirst(in_language(what)))
    if what is RECOMMENDATION:
        total = ngettext("%(n)s kiến nghị", "%(n)s kiến nghị", row.total_count) % {"n": row.total_count}
    is_late = any(key == "late" for key, _number, _said in counted)
    parts = [f"{number} {in_language(said)}" for _key, number, said in counted]
    return {
        "publication": publication,
        "lead": "" if is_gone else publication.lead,
        "validity": validity_chip(row.validity),
        "changed": changed(row.validity),
        "late": _("Có %(what)s quá hạn trả lời") % {"what": in_language(what)} if is_late else "",
        "total": f"{total}: {', '.join(parts)}" if parts else "",
        "chips": [
            {"kind": kind, "icon": icon, "words": f"{number} {in_language(said)}"}
            for key, number, said in counted
            for kind, icon in [COUNT_CHIPS[key]]
        ],
    }
