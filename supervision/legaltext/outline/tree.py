"""An outline that is being made, and the ids of its provisions."""

from __future__ import annotations

import re
from collections import Counter

from supervision.legaltext.outline import marks
from supervision.legaltext.outline.nodes import DEPTH, NUMBERED, Kind, Node, Outline

_LONGEST_NUMBER = 20  # characters of it in an id: a form's may be anything


class Tree:
    """An outline that is being made, and the way from its widest to its narrowest open provision."""

    def __init__(self) -> None:
        self.made = Outline()
        #: Holds what stands in no provision, so that whatever is open stands in something.
        self.root = Node(Kind.PART, text=self.made.preamble, children=self.made.nodes)
        self.path: list[Node] = []

    def open(self, node: Node) -> None:
        """Put the node under the nearest that is wider, and go on inside it."""
        depth = DEPTH[node.kind]
        while self.path and DEPTH[self.path[-1].kind] >= depth:
            self.path.pop()
        self.here.children.append(node)
        self.path.append(node)

    @property
    def here(self) -> Node:
        """The narrowest open provision, the root where none is."""
        return self.path[-1] if self.path else self.root

    def finished(self) -> Outline:
        """Return the outline, its provisions with their ids."""
        give_ids(self.made)
        return self.made


def give_ids(made: Outline) -> None:
    """Give every node the id that links use: `dieu-5-khoan-2-diem-dd`; two of one number get two ids."""
    taken: Counter[str] = Counter()
    for node in made.nodes:
        _id(node, "", taken)


def _id(node: Node, prefix: str, taken: Counter[str]) -> None:
    number = node.number.lower().replace("đ", "dd")
    if node.kind not in NUMBERED and marks.value(node.number):
        number = str(marks.value(node.number))
    if not number:
        number = str(taken[f"{prefix}{node.kind}"] + 1)
    own = f"{prefix}{node.kind}-{re.sub(r'[^a-z0-9]+', '-', number[:_LONGEST_NUMBER]).strip('-')}"
    taken[f"{prefix}{node.kind}"] += 1
    taken[own] += 1
    node.id = own if taken[own] == 1 else f"{own}-lan-{taken[own]}"
    for child in node.children:
        _id(child, _prefix_for(child, node, prefix), taken)


def _prefix_for(child: Node, parent: Node, prefix: str) -> str:
    """Articles are counted through the whole text, so that their ids name no chapter."""
    if child.kind is Kind.ARTICLE and parent.kind is not Kind.ATTACHMENT:
        return prefix if prefix.startswith(Kind.ATTACHMENT) else ""
    return f"{parent.id}-"
