"""On which norms a board stands, its stages, who of it writes and who signs."""

from __future__ import annotations

from dataclasses import dataclass

from supervision.law.basis import Basis
from supervision.law.forms.following import FOLLOWED, PUBLISHED
from supervision.law.forms.shared import signing
from supervision.law.specs import Party, Stage, Step
from supervision.law.text import T

#: A board is small: whoever holds a duty in it may write; its head or a deputy signs.
MEMBERS = ("officer", "signer", "chair")
HEADS = ("signer", "chair")


@dataclass(frozen=True)
class BoardNorms:
    """The norms on which each part of a board's supervision stands."""

    posting: tuple[Basis, ...]
    planning: tuple[Basis, ...]
    carrying: tuple[Basis, ...]
    confirming: tuple[Basis, ...]
    settling: tuple[Basis, ...]
    reporting: tuple[Basis, ...]
    asking: tuple[Basis, ...]


def stages(norms: BoardNorms) -> tuple[Stage, ...]:
    """Return the stages of a board's supervision."""
    return (
        Stage(T("Công khai chương trình của Ban", "The board's programme made public"), norms.posting),
        Stage(T("Kế hoạch giám sát, thông báo trước", "Plan and notice ahead"), norms.planning),
        Stage(T("Giám sát, lập biên bản", "Supervision and minutes"), norms.carrying),
        Stage(T("Kiến nghị của Ban, Mặt trận xác nhận", "The board's paper, confirmed"), norms.confirming),
        Stage(T("Ủy ban nhân dân giải quyết", "The People's Committee settles it"), norms.settling),
        Stage(T("Ban đánh giá, báo cáo Mặt trận", "The board judges and reports"), norms.reporting),
        Stage(T("Mặt trận kiến nghị, khi cần", "The Front recommends, if needed"), norms.asking),
        PUBLISHED,
        FOLLOWED,
    )


def signed_by_the_board(name: str, of: T, document: str, *, stage: int, basis: tuple[Basis, ...]) -> Step:
    """Declare the signing of a paper of the board, by its head or a deputy."""
    return signing(name, of=of, document=document, stage=stage, basis=basis, party=Party.BOARD, duties=HEADS)
