"""Overlap of plans and cases (403 Art 3(2), Front Law Art 25(3)): found by data, decided by a person.

Two things overlap when they are about the same body, in the same field, in months that meet. Words
that their titles share are shown as a reason, never asked for: wording differs where matters do not.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as column
from functools import cached_property
from itertools import combinations
from typing import Any

from django.db.models import Q
from django.utils import timezone

from supervision.audit import services as audit
from supervision.audit.canonical import canonical
from supervision.casefiles.models import Case
from supervision.cases.models import (
    AnnualPlan,
    Criticism,
    Inquiry,
    PlanItem,
    PlanOverlap,
    Recommendation,
    StudiedText,
)
from supervision.cases.services import plan_progress
from supervision.cases.services.shared_words import shared_words
from supervision.law.planning import PLAN_FORMS
from supervision.law.registry import spec_of
from supervision.law.terms import EVERY_LEVEL, SAME_LINE
from supervision.law.text import T
from supervision.organizations.actors import Actor
from supervision.organizations.models import Organization
from supervision.organizations.services import settings_of

_OPEN = (Case.State.RUNNING, Case.State.POSTPONED)


@dataclass(frozen=True)
class Entry:
    """What is compared: an item of a plan, or an open case; `label` says which, `how` done and by whom."""

    key: str
    label: str
    title: str
    agency_id: int
    agency: str
    field: str
    first: int
    last: int
    how: str = ""
    more: dict[str, Any] = column(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Found:
    """An overlap of one item of the plan with something else, and the words that they share."""

    item_number: int
    item: Entry
    other: Entry

    @property
    def things(self) -> str:
        """What was compared, by number: the whole key of rows that were made before words were in it."""
        return f"{self.item.key}~{self.other.key}"[:120]

    @property
    def key(self) -> str:
        """Changes with what was compared and with every word shown of it: another question each time."""
        seen = canonical({"things": self.things, **self.facts})
        return f"{self.things[:87]}~{hashlib.sha256(seen.encode()).hexdigest()[:32]}"

    @cached_property
    def facts(self) -> dict[str, Any]:
        return {
            "item": self.item.title,
            "other": self.other.label,
            "title": self.other.title,
            "agency": self.item.agency,
            "field": self.item.field,
            "months": [max(self.item.first, self.other.first), min(self.item.last, self.other.last)],
            "words": shared_words(self.item.title, self.other.title),
            "how": [self.item.how, self.other.how],
            **self.other.more,
        }


def overlaps(one: Entry, other: Entry, words: int = 0) -> bool:
    """Whether two things are about the same body, in the same field, in months that meet.

    Their titles share at least `words` runs of words, where the organization asks for any.
    """
    same = one.agency_id == other.agency_id and one.field == other.field
    meet = same and one.first <= other.last and other.first <= one.last
    return meet and (not words or len(shared_words(one.title, other.title)) >= words)


def current_items(plan: AnnualPlan) -> list[PlanItem]:
    """Return the items as they would stand once what is drafted were issued."""
    items = plan.items.filter(
        Q(state=PlanItem.State.DRAFT) | Q(state=PlanItem.State.IN_FORCE, amendment=None)
    )
    return list(items.select_related("agency", "chair").order_by("number"))


@dataclass(frozen=True)
class Sought:
    """Where the organization has overlaps looked for, and how many runs of words must be shared."""

    levels: int = EVERY_LEVEL
    words: int = 0


def sought_by(plan: AnnualPlan) -> Sought:
    """Return what the plan's organization has set; the law does not say how overlaps are found."""
    own = settings_of([plan.organization], ("overlap_levels", "overlap_words"))[plan.organization_id]
    return Sought(own["overlap_levels"], own["overlap_words"])


def find(plan: AnnualPlan, sought: Sought = Sought()) -> list[Found]:
    """Return every overlap of the plan's items: with each other, with other plans, with open cases.

    Four queries, however many items, plans and cases there are.
    """
    items = [(item.number, _of_item(item, plan)) for item in current_items(plan)]
    found = [
        Found(number, one, other)
        for (number, one), (_other_number, other) in combinations(items, 2)
        if overlaps(one, other, sought.words)
    ]
    others = [
        entry
        for body, entry in (*_of_other_plans(plan, items), *_of_cases(plan, items))
        if _is_near(body, plan.organization, sought.levels)
    ]
    found += [
        Found(number, one, other)
        for number, one in items
        for other in others
        if _may_meet(number, one, other, sought.words)
    ]
    return found


def _may_meet(number: int, one: Entry, other: Entry, words: int) -> bool:
    return other.more.get("own_number") != number and overlaps(one, other, words)


def _is_near(body: Organization, own: Organization, levels: int) -> bool:
    """Whether plans and cases of `body` are looked at for a plan of `own`."""
    if levels == EVERY_LEVEL:
        return True
    same_place = body.territory_id == own.territory_id
    return same_place or (
        levels == SAME_LINE and (own.path.startswith(body.path) or body.path.startswith(own.path))
    )


def _of_item(item: PlanItem, plan: AnnualPlan) -> Entry:
    where = (
        "cùng kế hoạch"
        if item.plan_id == plan.pk
        else f"kế hoạch {plan.year} của {plan.organization.short_name}"
    )
    return Entry(
        key=f"{item.plan_id}:{item.number}:{item.agency_id}:{item.field}:{item.first_month}-{item.last_month}",
        label=f"{item.code}, {where}",
        title=item.title,
        agency_id=item.agency_id,
        agency=item.agency.short_name,
        field=item.field,
        first=item.first_month,
        last=item.last_month,
        how=_how(dict(PLAN_FORMS)[item.form], item.chair),
    )


def _how(form: T, chair: Organization) -> str:
    return f"{form.vi}, {chair.short_name} chủ trì"


def _of_other_plans(plan: AnnualPlan, items: list[tuple[int, Entry]]) -> Iterator[tuple[Organization, Entry]]:
    rows = PlanItem.objects.filter(
        plan__year=plan.year,
        plan__given_up_at=None,
        amends=None,
        **_about([entry for _number, entry in items], "agency"),
    )
    rows = rows.exclude(plan=plan).exclude(state=PlanItem.State.DROPPED)
    for item in rows.select_related("plan__organization", "agency", "chair").order_by("pk"):
        entry = _of_item(item, item.plan)
        label = f"{item.code}, kế hoạch {item.plan.year} của {item.plan.organization.short_name}"
        yield item.plan.organization, Entry(**{**vars(entry), "label": label})


def _about(entries: list[Entry], agency: str, case: str = "") -> dict[str, Any]:
    return {
        f"{agency}__in": {entry.agency_id for entry in entries},
        f"{case}field__in": {entry.field for entry in entries},
    }


def _of_cases(plan: AnnualPlan, items: list[tuple[int, Entry]]) -> Iterator[tuple[Organization, Entry]]:
    """Cases that are open, by whoever they ask, study or recommend to; no one knows when they end."""
    entries = [entry for _number, entry in items]
    pairs: list[Any] = [
        model._default_manager.filter(
            case__state__in=_OPEN,
            **_about(entries, path, "case__"),
        )
        .order_by()
        .values_list("case", path)
        for model, path in (
            (Inquiry, "agency"),
            (StudiedText, "owner"),
            (Recommendation, "addressee"),
            (Criticism, "addressee"),
        )
    ]
    asked = sorted(pairs[0].union(*pairs[1:]))
    cases = Case.objects.select_related("planned__item", "lead").in_bulk([case for case, _agency in asked])
    names = {entry.agency_id: entry.agency for entry in entries}
    for case, agency in asked:
        yield cases[case].lead, _of_case(cases[case], agency, names[agency], plan)


def _of_case(case: Case, agency_id: int, agency: str, plan: AnnualPlan) -> Entry:
    opened = timezone.localdate(case.opened_at)
    own = plan_progress.item_of(case)
    own = own if own and own.plan_id == plan.pk else None
    return Entry(
        key=f"case:{case.pk}",
        label=f"hồ sơ {case.code} của {case.lead.short_name}, đang mở từ {opened:%d/%m/%Y}",
        title=case.title,
        agency_id=agency_id,
        agency=agency,
        field=case.field,
        first=opened.month if opened.year == plan.year else 1,
        last=12 if opened.year <= plan.year else 0,
        how=_how(spec_of(case.form).title, case.lead),
        more={"own_number": own.number} if own else {},
    )


def record(plan: AnnualPlan) -> None:
    """Put what is found now before a person; what was decided on the very same words stays decided."""
    found = {one.key: one for one in find(plan, sought_by(plan))}
    plan.overlaps.exclude(key__in=found).filter(decision="").delete()
    known = set(plan.overlaps.filter(decision="").values_list("key", flat=True))
    PlanOverlap.objects.bulk_create(
        PlanOverlap(plan=plan, key=one.key, item_number=one.item_number, facts=one.facts)
        for one in _not_settled(plan, found.values())
        if one.key not in known
    )


def unsettled(plan: AnnualPlan) -> list[Found]:
    """Return overlaps as they are now on which nobody has decided: others' plans and cases move on."""
    return list(_not_settled(plan, find(plan, sought_by(plan))))


def _not_settled(plan: AnnualPlan, found: Iterable[Found]) -> Iterator[Found]:
    """Yield what nobody has decided, or what reads otherwise by now than when somebody did."""
    settled = dict(plan.overlaps.exclude(decision="").values_list("key", "facts"))
    for one in found:
        before = settled.get(one.things)
        if one.key not in settled and (before is None or not before.items() <= one.facts.items()):
            yield one


def undecided(plan: AnnualPlan) -> Any:
    """Return the overlaps that wait for a person."""
    return plan.overlaps.filter(decision="").order_by("item_number", "pk")


def decide(
    *, plan: AnnualPlan, overlap: PlanOverlap, decision: str, reason: str, actor: Actor, at: dt.datetime
) -> None:
    """Keep who let an overlap stay, how, and why."""
    overlap.decision, overlap.reason, overlap.by, overlap.at = decision, reason, actor.mandate, at
    overlap.save(update_fields=["decision", "reason", "by", "at"])
    audit.record(
        action="overlap.settled",
        actor=actor,
        obj=overlap,
        thread=plan.case,
        at=at,
        data={"name": overlap.name, "how": decision, "reason": reason},
    )
