"""How well remarks are grouped against the labelled set, by pairs and by B-cubed (Bagga and Baldwin)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from supervision.legaltext.grouping import Said, propose

LABELLED = Path(__file__).with_name("labelled_remarks.yaml")
PARTS = ("tune", "held-out", "fresh", "sides-tune", "sides", "sides-fresh")


@dataclass(frozen=True)
class Case:
    """The remarks of one draft and the group of each: its gold label, or its own id where it stands alone."""

    remarks: tuple[Said, ...]
    gold: dict[str, str]


@dataclass(frozen=True)
class Quality:
    """Precision and recall of pairs, and the same by B-cubed."""

    precision: float
    recall: float
    b_precision: float
    b_recall: float

    @property
    def f1(self) -> float:
        return _mean(self.precision, self.recall)

    @property
    def b_f1(self) -> float:
        return _mean(self.b_precision, self.b_recall)


def labelled(part: str) -> list[Case]:
    """Return the drafts of a part of the labelled set."""
    topics = yaml.safe_load(LABELLED.read_text(encoding="utf-8"))["topics"].values()
    return [case(topic["remarks"]) for topic in topics if topic["part"] == part]


def case(rows: Iterable[dict[str, Any]]) -> Case:
    """Return the case of rows with `id`, `at`, `text` and, in a group, `group`."""
    given = list(rows)
    remarks = tuple(Said(row["id"], row["at"] or "", row["text"]) for row in given)
    gold = {row["id"]: f"group {row['group']}" if row.get("group") else row["id"] for row in given}
    return Case(remarks, gold)


def quality(cases: Iterable[Case]) -> Quality:
    """Return how the proposals for some drafts agree with their labels, all drafts taken together."""
    pairs: Counter[str] = Counter()
    members: Counter[str] = Counter()
    for one in cases:
        proposed = {key: key for key in one.gold}
        for number, proposal in enumerate(propose(one.remarks)):
            proposed |= dict.fromkeys(proposal.members, f"proposal {number}")
        both = {key: f"{proposed[key]}, {one.gold[key]}" for key in one.gold}
        sizes = {
            name: _sizes(groups) for name, groups in (("both", both), ("made", proposed), ("gold", one.gold))
        }
        for name, by_remark in sizes.items():
            pairs[name] += sum(size - 1 for size in by_remark.values()) // 2
        members["all"] += len(one.gold)
        for key in one.gold:
            members["precision"] += sizes["both"][key] / sizes["made"][key]
            members["recall"] += sizes["both"][key] / sizes["gold"][key]
    return Quality(
        pairs["both"] / max(pairs["made"], 1),
        pairs["both"] / max(pairs["gold"], 1),
        members["precision"] / members["all"],
        members["recall"] / members["all"],
    )


def measure() -> list[tuple[str, float]]:
    """Return the published figures, by name."""
    figures = []
    for part in PARTS:
        found = quality(labelled(part))
        figures += [
            (f"grouping, {part}: pairs, precision", found.precision),
            (f"grouping, {part}: pairs, recall", found.recall),
            (f"grouping, {part}: pairs, F1", found.f1),
            (f"grouping, {part}: B-cubed, precision", found.b_precision),
            (f"grouping, {part}: B-cubed, recall", found.b_recall),
            (f"grouping, {part}: B-cubed, F1", found.b_f1),
        ]
    return [(name, round(figure, 3)) for name, figure in figures]


def _sizes(groups: dict[str, str]) -> dict[str, int]:
    members = defaultdict(list)
    for key, group in groups.items():
        members[group].append(key)
    return {key: len(members[group]) for key, group in groups.items()}


def _mean(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0
