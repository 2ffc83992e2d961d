"""Annual plans in public: which version stands where, and what became of each item since."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Max

from supervision.audit.services import fix
from supervision.law.text import T
from supervision.publication.models import PlanLine, Publication, PublishedPlan
from supervision.publication.progress import pair
from supervision.publication.vocabulary import Validity

#: Where an item stands, in words.
STATE_WORDS: dict[str, T] = {
    PlanLine.State.NOT_BEGUN: T("Chưa thực hiện", "Not begun"),
    PlanLine.State.RUNNING: T("Đang thực hiện", "Under way"),
    PlanLine.State.DONE: T("Đã thực hiện", "Done"),
    PlanLine.State.DROPPED: T("Đã bỏ khỏi kế hoạch", "Dropped from the plan"),
}
#: Colour class and icon of its chip.
STATE_CHIPS: dict[str, tuple[str, str]] = {
    PlanLine.State.NOT_BEGUN: ("", "ring"),
    PlanLine.State.RUNNING: ("info", "ring"),
    PlanLine.State.DONE: ("ok", "tick"),
    PlanLine.State.DROPPED: ("bad", "cross"),
}
#: What lists of plans do not read.
TEXTS = ("publication__html", "publication__plain_text")
LATE_WORDS = T("Quá thời gian dự kiến", "Past its planned period")
UNDER_WAY = (PlanLine.State.NOT_BEGUN, PlanLine.State.RUNNING)


def is_late(state: str, ends_on: dt.date, on: dt.date) -> bool:
    """Whether an item's planned period has passed while it is not done; computed when read."""
    return state in UNDER_WAY and ends_on < on


def chip(state: str, ends_on: dt.date, on: dt.date) -> dict[str, Any]:
    """Return the chip of an item on a day: late where its period has passed, else where it stands."""
    words = STATE_WORDS[state]
    if is_late(state, ends_on, on):
        late = T(f"{words.vi}, {LATE_WORDS.vi.lower()}", f"{words.en}, {LATE_WORDS.en.lower()}")
        return {"kind": "late", "icon": "warning", "words": late}
    kind, icon = STATE_CHIPS[state]
    return {"kind": kind, "icon": icon, "words": words}


@dataclass(frozen=True)
class Line:
    """What is said in public of one item: its words, where it stands, when its period ends."""

    number: int
    state: PlanLine.State
    ends_on: dt.date
    code: str
    title: str
    form: T
    field: T
    period: T
    agency: str
    chair: str
    reason: str = ""  # of dropping it
    case_code: str = ""  # only where the case is public
    case_address: str = ""

    def gone(self) -> Line:
        """Return what is left of an item that only a withdrawn version has: its number."""
        nothing = T("", "")
        return replace(
            self,
            state=PlanLine.State.GONE,
            title="",
            form=nothing,
            field=nothing,
            period=nothing,
            agency="",
            chair="",
            reason="",
            case_code="",
            case_address="",
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "title": self.title,
            "form": pair(self.form),
            "field": pair(self.field),
            "period": pair(self.period),
            "agency": self.agency,
            "chair": self.chair,
            "reason": self.reason,
            "case_code": self.case_code,
            "case_address": self.case_address,
        }


def publish_plan(
    *, publication: Publication, year: int, lines: Iterable[Line], at: dt.datetime
) -> PublishedPlan:
    """Put a published version of a plan on the public page of its year, with its items as they stand.

    Versions of a year are counted on, also where the plan before was withdrawn and this is another.
    """
    same = PublishedPlan.objects.filter(organization_code=publication.organization_code, year=year)
    plan = PublishedPlan.objects.create(
        publication=publication,
        organization_code=publication.organization_code,
        year=year,
        version=1 + (same.aggregate(last=Max("version"))["last"] or 0),
    )
    for line in lines:
        tell(organization_code=plan.organization_code, year=year, line=line, at=at)
    fix([plan], actor=None, at=at)
    return plan


def tell(*, organization_code: str, year: int, line: Line, at: dt.datetime) -> PlanLine:
    """Add where one item stands now."""
    row = PlanLine.objects.create(
        organization_code=organization_code,
        year=year,
        number=line.number,
        at=at,
        state=line.state,
        ends_on=line.ends_on,
        data=line.to_json(),
    )
    fix([row], actor=None, at=at)
    return row


def in_force(plans: Iterable[PublishedPlan]) -> dict[tuple[int, str], PublishedPlan]:
    """Return {(year, organization code): its newest version that is not withdrawn}; one query."""
    plans = list(plans)
    rows = PublishedPlan.objects.filter(
        year__in={plan.year for plan in plans},
        organization_code__in={plan.organization_code for plan in plans},
    )
    standing = rows.exclude(publication__search_row__validity=Validity.WITHDRAWN).order_by("version")
    found = standing.select_related("publication__search_row").defer(*TEXTS)
    return {(one.year, one.organization_code): one for one in found}


def amendments(versions: Iterable[PublishedPlan]) -> dict[int, int]:
    """Return which amendment of its own plan each version of a year is, by primary key; 0 for the first.

    A plan is told by its case: once all of its versions were withdrawn, the next is another plan's.
    """
    counted: Counter[str] = Counter()
    found: dict[int, int] = {}
    for one in sorted(versions, key=lambda one: one.version):
        case = one.publication.facts.get("case_code", "")
        found[one.pk] = counted[case]
        counted[case] += 1
    return found


def newest_lines(plans: Iterable[PublishedPlan]) -> Mapping[tuple[int, str], list[PlanLine]]:
    """Return each plan's newest line of each item, `{(year, organization code): lines}`; two queries.

    What only a withdrawn version said is left out.
    """
    plans = list(plans)
    rows = PlanLine.objects.filter(
        year__in={plan.year for plan in plans},
        organization_code__in={plan.organization_code for plan in plans},
    )
    newest = rows.values("year", "organization_code", "number").annotate(newest=Max("pk"))
    ids = [row["newest"] for row in newest]
    found: dict[tuple[int, str], list[PlanLine]] = {}
    for line in PlanLine.objects.filter(pk__in=ids).exclude(state=PlanLine.State.GONE).order_by("number"):
        found.setdefault((line.year, line.organization_code), []).append(line)
    return found
