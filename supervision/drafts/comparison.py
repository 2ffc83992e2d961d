"""From one version to the next: what became of each provision, and where the remarks on it stand now."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from supervision.drafts.alignment import Alignment, align, units
from supervision.drafts.models import DraftText, DraftVersion, Match, Remark, RemarkPlace
from supervision.drafts.texts import with_text
from supervision.errors import InvalidInput, WrongState
from supervision.organizations.models import Mandate

Change = Match.Change


def version_before(version: DraftVersion) -> DraftVersion | None:
    """Return the version that was received before this one, none for the first."""
    rows = with_text(version.draft.versions.filter(number__lt=version.number))
    return rows.order_by("-number").first()


def compare(version: DraftVersion) -> None:
    """Find what became of each provision since the version before; nothing where one was not read yet.

    What a person decided about the same provisions before stays decided.
    """
    before = version_before(version)
    texts = DraftText.objects.filter(version__in=[version, *([before] if before else [])])
    outlines = {text.version_id: text.outline for text in texts}
    if before is None or len(outlines) < 2:
        return
    found = align(outlines[before.pk], outlines[version.pk])
    with transaction.atomic():
        DraftVersion.objects.select_for_update().get(pk=version.pk)
        _keep(version, found)
        place_remarks(version)


def _keep(version: DraftVersion, found: Alignment) -> None:
    decided = {(tuple(one.old), tuple(one.new)): one for one in version.matches.exclude(decided_at=None)}
    version.matches.all().delete()
    rows = []
    for order, one in enumerate(found.matches):
        before = decided.get((one.old, one.new))
        rows.append(
            Match(
                version=version,
                order=order,
                change=before.change if before else one.change.value,
                old=list(one.old),
                new=list(one.new),
                doubts=[doubt.value for doubt in one.doubts],
                shared=list(one.shared),
                decided_by=before.decided_by if before else None,
                decided_at=before.decided_at if before else None,
            )
        )
    Match.objects.bulk_create(rows, batch_size=500)


def place_remarks(version: DraftVersion) -> None:
    """Say where each remark made on an earlier version stands in this one."""
    before = version_before(version)
    if before is None:
        return
    goes = ways(version)
    stood = list(before.remarks.exclude(node="").values_list("pk", "node"))
    stood += list(before.remark_places.values_list("remark", "node"))
    version.remark_places.all().delete()
    RemarkPlace.objects.bulk_create(
        (
            RemarkPlace(remark_id=remark, version=version, node=node)
            for remark, old in stood
            for node in goes.get(old, ())
        ),
        batch_size=1000,
        ignore_conflicts=True,
    )


def ways(version: DraftVersion) -> Mapping[str, Sequence[str]]:
    """Return where each provision of the version before went, by its id; none for what was dropped.

    A heading that is gone is followed to where what it held went.
    """
    matches = version.matches.all()
    goes: dict[str, list[str]] = {old: list(one.new) for one in matches for old in one.old}
    before = version_before(version)
    text = DraftText.objects.filter(version=before).first() if before else None
    if text is None:
        return goes
    for unit in reversed(units(text.outline)):
        if unit.parent and not goes.get(unit.parent):
            held = goes.setdefault(unit.parent, [])
            held[:0] = [one for one in goes.get(unit.id, []) if one not in held]
    return goes


def decide(match: Match, *, belongs: bool, by: Mandate, at: dt.datetime) -> None:
    """Keep a person's word on whether the provisions of a match belong together.

    Those that do not become dropped ones and new ones. Raises WrongState for a match that needs no word.
    """
    if not match.is_open:
        raise WrongState(_("Cặp này không còn chờ xác nhận."))
    match.decided_by, match.decided_at = by, at
    if belongs:
        match.save(update_fields=["decided_by", "decided_at"])
        return
    new, match.new, match.change = match.new, [], Change.DROPPED
    match.save(update_fields=["decided_by", "decided_at", "new", "change"])
    _add(match.version, Change.NEW, old=[], new=new, by=by, at=at)
    place_remarks(match.version)


def join(match: Match, node: str, *, by: Mandate, at: dt.datetime) -> None:
    """Say that a dropped provision went to `node` of the newer version, which was held to be new.

    Raises InvalidInput ("node") where that is not a new provision, WrongState where none was dropped.
    """
    if match.change != Change.DROPPED:
        raise WrongState(_("Điều, khoản này không bị bỏ."))
    added = next((one for one in match.version.matches.filter(change=Change.NEW) if node in one.new), None)
    if added is None:
        raise InvalidInput({"node": [_("Chọn một điều, khoản mới của bản này.")]})
    added.delete()
    match.new, match.change = [node], Change.MOVED_REWORDED
    match.decided_by, match.decided_at = by, at
    match.save(update_fields=["new", "change", "decided_by", "decided_at"])
    place_remarks(match.version)


def _add(
    version: DraftVersion, change: str, *, old: list[str], new: list[str], by: Mandate, at: dt.datetime
) -> None:
    last = version.matches.order_by("-order").values_list("order", flat=True).first()
    Match.objects.create(
        version=version, order=(last or 0) + 1, change=change, old=old, new=new, decided_by=by, decided_at=at
    )


#: Names of parts of the list of matches, as addresses have them, and the changes that each holds.
LISTS: Mapping[str, Sequence[str]] = {
    "reworded": (Change.REWORDED, Change.MOVED_REWORDED),
    "moved": (Change.MOVED, Change.MOVED_REWORDED),
    "split": (Change.SPLIT, Change.MERGED),
    "dropped": (Change.DROPPED,),
    "new": (Change.NEW,),
    "same": (Change.SAME,),
}


def listed(version: DraftVersion, name: str) -> QuerySet[Match]:
    """Return a part of the matches in the order of the text: of LISTS, "can-xem" or "khac" (all changes)."""
    rows = version.matches.order_by("order")
    if name == "can-xem":
        return rows.exclude(doubts=[]).filter(decided_at=None)
    return rows.exclude(change=Change.SAME) if name == "khac" else rows.filter(change__in=LISTS[name])


def counts(version: DraftVersion) -> dict[str, int]:
    """Return how many matches each part of the list has; one query."""
    waits = Count("pk", filter=Q(decided_at=None) & ~Q(doubts=[]))
    rows = version.matches.values_list("change").annotate(count=Count("pk"), waits=waits)
    by_change = {change: count for change, count, _waits in rows}
    found = {name: sum(by_change.get(one, 0) for one in held) for name, held in LISTS.items()}
    found["khac"] = sum(by_change.values()) - found["same"]
    found["can-xem"] = sum(open_count for _change, _count, open_count in rows)
    return found


def remarks_by_node(
    version: DraftVersion, before: DraftVersion, matches: Iterable[Match]
) -> Mapping[int, list[Remark]]:
    """Return the remarks that stand on the old provisions of each match, by its primary key; two queries."""
    held = {match.pk: set(match.old) for match in matches}
    nodes = {node for old in held.values() for node in old}
    stood: dict[str, list[Remark]] = defaultdict(list)
    for remark in before.remarks.filter(node__in=nodes).order_by("number"):
        stood[remark.node].append(remark)
    carried = RemarkPlace.objects.filter(version=before, node__in=nodes).select_related("remark")
    for place in carried.order_by("remark__number"):
        stood[place.node].append(place.remark)
    return {pk: [one for node in sorted(old) for one in stood[node]] for pk, old in held.items()}
