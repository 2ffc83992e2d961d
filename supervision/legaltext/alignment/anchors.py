"""Units that say exactly the same: those that are so once in both versions, and what stands beside them."""

from __future__ import annotations

from collections import Counter, deque

from supervision.legaltext.alignment.side import NONE, Side

#: Words that make it sure; a shorter text may be the same by chance.
_SURE = 8


def pair_exact(old: Side, new: Side) -> None:
    """Pair units whose words are the same and stand once in both versions, then their like neighbours.

    The neighbours of a pair (what it stands in, beside it and first in it) that say the same are a pair too
    even where the words come more often: so "Kiểm tra giấy tờ:" stays in its own article, wherever that goes.
    """
    here, there = Counter(old.keys), Counter(new.keys)
    places = {key: n for n, key in enumerate(new.keys) if key and there[key] == 1}
    for n, key in enumerate(old.keys):
        if here[key] == 1 and key in places and old.order[n] == new.order[places[key]]:
            _pair(old, n, new, places[key])
    _spread(old, new)


def _spread(old: Side, new: Side) -> None:
    """Pair like neighbours of pairs, and theirs."""
    waiting = deque(n for n, mate in enumerate(old.mate) if mate != NONE)
    while waiting:
        n = waiting.popleft()
        for one, two in _neighbours(old, n, new, old.mate[n]):
            is_like = old.keys[one] == new.keys[two] and old.order[one] == new.order[two]
            if is_like and old.mate[one] == NONE == new.mate[two]:
                _pair(old, one, new, two)
                waiting.append(one)


def _neighbours(old: Side, n: int, new: Side, m: int) -> list[tuple[int, int]]:
    found = [(old.parent[n], new.parent[m])]
    found += [(old.beside(n, step), new.beside(m, step)) for step in (1, -1)]
    found += [
        (old.children[n][end], new.children[m][end]) for end in (0, -1) if old.children[n] and new.children[m]
    ]
    return [(one, two) for one, two in found if one != NONE != two]


def _pair(old: Side, n: int, new: Side, m: int) -> None:
    old.pair(n, new, m)
    old.fixed[n] = new.fixed[m] = old.lengths[n] >= _SURE
