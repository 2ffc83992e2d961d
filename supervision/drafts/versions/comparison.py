"""From one version to the next: what became of each provision, and where the remarks on it stand now."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from supervision.drafts.models import Draft, DraftText, DraftVersion, Match, PairDecision, Remark, RemarkPlace
from supervision.drafts.models.remark import DROPPED
from supervision.drafts.texts import order_of, with_text
from supervision.drafts.versions.pairs import Settling, Word
from supervision.errors import InvalidInput, WrongState
from supervision.files.sandbox import Failed, Sandbox
from supervision.legaltext.alignment import units
from supervision.organizations.models import Mandate

Change = Match.Change
proposer = Sandbox("supervision.drafts.proposing", seconds=60)
#: A comparison that failed as often is not tried again before the text changes.
MOST_TRIES = 3
_CHUNK = 500  # rows in one statement


def version_before(version: DraftVersion) -> DraftVersion | None:
    """Return the last version before this one that was read, none for the first; one never read is passed."""
    rows = with_text(version.draft.versions.filter(number__lt=version.number, text__isnull=False))
    return rows.order_by("-number").first()


def is_behind(version: DraftVersion) -> bool:
    """Whether a version with another before it was read anew or mended since it was last compared."""
    text = DraftText.objects.filter(version=version).exclude(compared=F("edition"))
    return text.exists() and version_before(version) is not None


def behind(*, before: dt.datetime) -> list[DraftVersion]:
    """Return the versions that nobody has compared since their text changed, a time before `before`.

    Whoever was to do it is gone. One that failed several times is left alone until its text changes.
    """
    earlier = DraftVersion.objects.filter(
        draft=OuterRef("draft"), number__lt=OuterRef("number"), text__isnull=False
    )
    rows = DraftVersion.objects.filter(Exists(earlier), text__at__lt=before, text__tries__lt=MOST_TRIES)
    return list(rows.exclude(text__compared=F("text__edition")).order_by("draft", "number"))


def compare(version: DraftVersion) -> None:
    """Find what became of each provision since the version before; nothing where none before was read.

    What a person decided stays decided. Texts that cannot be compared in time leave what was found earlier
    (`is_behind` tells); where a text changed meanwhile, whoever changed it compares.
    """
    before = version_before(version)
    texts = {text.version_id: text for text in DraftText.objects.filter(version__in=[version, before])}
    if before is None or version.pk not in texts:
        return
    old, new = texts[before.pk], texts[version.pk]
    if old.tries < MOST_TRIES and is_behind(before):
        compare(before)
    try:
        found = proposer.run("matches", old.body, new.body)
    except Failed:
        DraftText.objects.filter(pk=new.pk, edition=new.edition).update(tries=F("tries") + 1)
        return
    with transaction.atomic():
        if _held(old, new) != [old.edition, new.edition]:
            return
        _write(version, found, old, new)
        place_remarks(version)
        DraftText.objects.filter(pk=new.pk).update(compared=new.edition, tries=0)


def _held(*texts: DraftText) -> list[int]:
    """Return the editions of the texts as they stand, held against change."""
    rows = DraftText.objects.select_for_update().filter(pk__in=[text.pk for text in texts]).order_by("pk")
    editions = dict(rows.values_list("pk", "edition"))
    return [editions[text.pk] for text in texts]


def _write(version: DraftVersion, found: Sequence[Mapping[str, Any]], old: DraftText, new: DraftText) -> None:
    words = [
        Word(one.old, one.new, one.belongs, {"decided_by_id": one.by_id, "decided_at": one.at})
        for one in version.pair_decisions.order_by("at", "pk")
    ]
    was, now = ({unit.id: unit for unit in units(text.outline)} for text in (old, new))
    version.matches.all().delete()
    rows = Settling(found, was, now).settle(words)
    Match.objects.bulk_create(
        (Match(version=version, order=order, **one) for order, one in enumerate(rows)), batch_size=_CHUNK
    )


def place_remarks(version: DraftVersion) -> None:
    """Say where each remark made on an earlier version stands in this one: it gives the table its order."""
    before, text = version_before(version), DraftText.objects.filter(version=version).first()
    if before is None or text is None:
        return
    goes, order = ways(version), order_of(text.outline)
    stood = list(before.remarks.exclude(node="").values_list("pk", "node"))
    stood += list(before.remark_places.values_list("remark", "node"))
    places: dict[int, set[str]] = defaultdict(set)
    for remark, old in stood:
        places[remark].update(goes.get(old, ()))
    version.remark_places.all().delete()
    RemarkPlace.objects.bulk_create(
        (
            RemarkPlace(remark_id=remark, version=version, node=node, is_beside=n > 0)
            for remark, nodes in places.items()
            for n, node in enumerate(sorted(nodes, key=lambda node: order.get(node, 0)))
        ),
        batch_size=1000,
    )
    _reorder(
        version,
        {
            remark: min(order.get(node, DROPPED) for node in nodes)
            for remark, nodes in places.items()
            if nodes
        },
    )


def _reorder(version: DraftVersion, place: Mapping[int, int]) -> None:
    """Give the remarks on earlier versions their place in the table; on dropped provisions they come late."""
    moved: dict[int, list[int]] = defaultdict(list)
    earlier = version.draft.remarks.filter(version__number__lt=version.number).exclude(node="")
    for remark, stood in earlier.values_list("pk", "place"):
        if stood != (here := place.get(remark, DROPPED)):
            moved[here].append(remark)
    for here, remarks in moved.items():
        for start in range(0, len(remarks), _CHUNK):
            Remark.objects.filter(pk__in=remarks[start : start + _CHUNK]).update(place=here)


def standing(draft: Draft, text: DraftText | None) -> tuple[Counter[int], list[tuple[int, int, str]]]:
    """Return how many remarks have each place, and (remark, its place, node) for where else one stands.

    One query: the page of the table asks for it whatever was chosen.
    """
    counted = draft.remarks.order_by().values("place").annotate(count=Count("pk"), node=Value(""))
    split = RemarkPlace.objects.filter(version=text.version_id if text else None, is_beside=True)
    rows = counted.values_list("place", "count", "node")
    rows = rows.union(split.values_list("remark__place", "remark", "node"), all=True)
    counts: Counter[int] = Counter()
    beside = []
    for place, number, node in rows:
        if node:
            beside.append((number, place, node))
        else:
            counts[place] = number
    return counts, beside


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
    _hold(match)
    if not match.is_open:
        raise WrongState(_("Cặp này không còn chờ xác nhận."))
    _remember(match, match.new, belongs=belongs, by=by, at=at)
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
    _hold(match)
    if match.change != Change.DROPPED:
        raise WrongState(_("Điều, khoản này không bị bỏ."))
    added = next((one for one in match.version.matches.filter(change=Change.NEW) if node in one.new), None)
    if added is None:
        raise InvalidInput({"node": [_("Chọn một điều, khoản mới của bản này.")]})
    _remember(match, [node], belongs=True, by=by, at=at)
    added.new = [one for one in added.new if one != node]
    if added.new:
        added.save(update_fields=["new"])
    else:
        added.delete()
    match.new, match.change = [node], Change.MOVED_REWORDED
    match.decided_by, match.decided_at = by, at
    match.save(update_fields=["new", "change", "decided_by", "decided_at"])
    place_remarks(match.version)


def _hold(match: Match) -> None:
    """Read a match as it stands, held against a comparison; WrongState for one that is missing or was new."""
    text = DraftText.objects.select_for_update().defer("body").get(version=match.version_id)
    if text.compared != text.edition:
        raise WrongState(_("Bản này vừa được sửa và chưa so lại được với bản trước."))
    try:
        match.refresh_from_db()
    except Match.DoesNotExist:
        raise WrongState(_("Nội dung này vừa thay đổi. Hãy mở lại trang.")) from None


def _remember(match: Match, new: Iterable[str], *, belongs: bool, by: Mandate, at: dt.datetime) -> None:
    for one in new:
        for old in match.old:
            PairDecision.objects.update_or_create(
                version=match.version,
                old=old,
                new=one,
                defaults={"belongs": belongs, "by": by, "at": at},
            )


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
