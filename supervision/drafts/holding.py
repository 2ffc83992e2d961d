"""What holds the provisions of a version while its text is read anew or mended, and goes with their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision.drafts.models import Contribution, DraftText, DraftVersion, PairDecision
from supervision.errors import InvalidInput
from supervision.files.sandbox import Failed, Sandbox
from supervision.language.folding import fold
from supervision.legaltext.alignment import Unit, units
from supervision.legaltext.alignment.texts import key
from supervision.legaltext.outline import Outline
from supervision.legaltext.outline.citing import places

#: The case is locked meanwhile, so this may not take long.
follower = Sandbox("supervision.drafts.proposing", seconds=10)
_NEAR, _LONGEST, _CHUNK, _NAMED = 0.6, 2_000, 500, 10


def carried(before: DraftText, outline: Outline) -> Mapping[str, str]:
    """Return where provisions went that are held, by their ids of before, if their words now stand elsewhere.

    Remarks and contributions hold their provision, unless refused. Of one that persons decided pairs on and
    nobody knows where it stands by now, "" is returned. Raises InvalidInput ("text"), naming
    them, for those that are gone, and those whose words changed so that nobody can say where they are.
    """
    following = _Following(before, outline)
    named = _held(before.version)
    decided = before.version.pair_decisions.values_list("new", flat=True)
    goes = {node: following.to(node) for node in {*named, *decided} if following.has_changed(node)}
    lost = [node for node, new in goes.items() if not new and node in named]
    _refuse(
        [named[node] or node for node in lost if node not in following.now],
        _("Đang có ý kiến về %(provisions)s nên không bỏ được."),
    )
    _refuse(
        [named[node] or node for node in lost],
        _(
            "Đang có ý kiến về %(provisions)s, mà lời ở đó nay khác hẳn, "
            "không rõ đã chuyển đi đâu. Hãy giữ lời cũ hoặc sửa từng chỗ nhỏ."
        ),
    )
    return {node: new for node, new in goes.items() if new != node}


def _held(version: DraftVersion) -> dict[str, str]:
    """Return the provisions that are held, as they are cited, by id."""
    taken_or_waiting = Contribution.objects.filter(call__version=version).exclude(
        state=Contribution.State.REFUSED
    )
    rows = (taken_or_waiting, version.remarks)
    return {
        node: provision
        for held in rows
        for node, provision in held.exclude(node="").order_by().values_list("node", "provision").distinct()
    }


def _refuse(names: Iterable[str], said: Any) -> None:
    if found := sorted(set(names)):
        raise InvalidInput({"text": [said % {"provisions": ", ".join(found[:_NAMED])}]})


def move(version: DraftVersion, goes: Mapping[str, str], outline: Outline) -> None:
    """Take the contributions, and what persons decided on pairs, along to where their provisions went.

    What was decided on words that are gone is forgotten: other words under the same number ask again.
    """
    version.pair_decisions.filter(new__in=[node for node, new in goes.items() if not new]).delete()
    goes = {node: new for node, new in goes.items() if new}
    names = {place.node.id: place.on_paper for place in places(outline)}
    sent = Contribution.objects.filter(call__version=version, node__in=goes).values_list("pk", "node")
    keys: dict[str, list[int]] = {}
    for pk, node in sent:
        keys.setdefault(goes[node], []).append(pk)
    for node, found in keys.items():
        for start in range(0, len(found), _CHUNK):
            rows = Contribution.objects.filter(pk__in=found[start : start + _CHUNK])
            rows.update(node=node, provision=names[node])
    decided = list(version.pair_decisions.filter(new__in=goes))
    version.pair_decisions.filter(new__in=goes).delete()
    for one in decided:
        one.new = goes[one.new]
    PairDecision.objects.bulk_create(decided, ignore_conflicts=True)


class _Following:
    """Follows words from one reading of a text to another; the texts are aligned when that is needed."""

    def __init__(self, before: DraftText, outline: Outline) -> None:
        self.before, self.outline = before, outline
        self.was = {unit.id: unit for unit in units(before.outline)}
        self.now = {unit.id: unit for unit in units(outline)}
        self._said_before, self._said_now = _said(self.was), _said(self.now)

    def has_changed(self, node: str) -> bool:
        """Whether a provision, or what it stands in, now says something else."""
        return node in self.was and self._said_before[node] != self._said_now.get(node)

    def to(self, node: str) -> str:
        """Return the id under which the words of a provision now stand, "" where that is in doubt."""
        match = self._by_old.get(node)
        if match is None:
            return ""
        if not match["doubts"] and match["new"]:
            if node in match["new"]:
                return node
            return str(match["new"][0]) if len(match["old"]) == len(match["new"]) == 1 else ""
        return node if self._is_mended(node, match) else ""

    @cached_property
    def _matches(self) -> Sequence[Mapping[str, Any]]:
        try:
            found: Sequence[Mapping[str, Any]] = follower.run(
                "matches", self.before.body, self.outline.to_data()
            )
        except Failed:
            return ()
        return found

    @cached_property
    def _by_old(self) -> Mapping[str, Mapping[str, Any]]:
        return {old: match for match in self._matches for old in match["old"]}

    def _is_mended(self, node: str, match: Mapping[str, Any]) -> bool:
        """Whether the words under an id changed as they do when misread letters and words are put right."""
        is_free = any(one["new"] == [node] and not one["old"] for one in self._matches)
        if node not in match["new"] and not (is_free and not match["new"]):
            return False
        old, new = (fold(side[node].text)[:_LONGEST] for side in (self.was, self.now))
        return SequenceMatcher(None, old, new, autojunk=False).ratio() >= _NEAR


def _said(side: Mapping[str, Unit]) -> dict[str, Sequence[str]]:
    """Return what each unit says, after what it stands in; a heading without words says what is inside."""
    own = {unit.id: key(unit.text) for unit in side.values()}
    inside: dict[str, list[str]] = {}
    for unit in side.values():
        for wider in unit.path:
            if not own[wider]:
                inside.setdefault(wider, []).append(own[unit.id])
    return {
        unit.id: (*(own[wider] for wider in unit.path), own[unit.id] or " ".join(inside.get(unit.id, ())))
        for unit in side.values()
    }
