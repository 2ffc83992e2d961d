"""Two versions of a text side by side, provision by provision."""

from __future__ import annotations

from supervision.legaltext.alignment.anchors import pair_exact
from supervision.legaltext.alignment.matches import Alignment
from supervision.legaltext.alignment.pairing import Pairing
from supervision.legaltext.alignment.references import join_references
from supervision.legaltext.alignment.side import Side
from supervision.legaltext.alignment.splits_merges import Shares
from supervision.legaltext.alignment.units import units
from supervision.legaltext.alignment.verdicts import Verdicts
from supervision.legaltext.outline import Outline

#: Least scores of one round of pairs after another: each sees the surer pairs before it as context.
_SURE = (1.4, 1.2, 1.0)
_LESS_SURE = (0.85, 0.7, 0.55, 0.4)
_AGAIN = 2  # passes that choose all pairs anew in the light of all the others


def align(old: Outline, new: Outline) -> Alignment:
    """Return what became of every unit of two versions; each unit is in exactly one match.

    The same words first, then near words with context. Splits and merges are looked for between the sure and
    the less sure pairs: a part of a clause must not be taken for another clause that was dropped. Time grows
    as the texts do, not as their square.
    """
    one, two = Side(units(old)), Side(units(new))
    pair_exact(one, two)
    pairing = Pairing(one, two)
    splits, merges = Shares(pairing, one, two), Shares(pairing, two, one)
    candidates = pairing.candidates()
    for rounds in (_SURE, _LESS_SURE):
        for least in rounds:
            pairing.pair(candidates, least)
        splits.find()
        merges.find()
    for _ in range(_AGAIN):
        pairing.pair_again(candidates, _LESS_SURE[-1])
    splits.find()
    merges.find()
    by_reference = join_references(merges)
    found = Verdicts(pairing, splits.parts, merges.parts, by_reference).matches()
    return Alignment(one.units, two.units, found)
