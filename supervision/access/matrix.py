"""The table of rights, as data: the policy enforces it, the documentation prints it.

A row reads: on an object of `kind`, `action` is open to a mandate with one of `duties` whose
organization (or whose mandate) stands in `relation` to the object. Rows add up by OR for one
actor; two mandates of one person never do. Relations are registered by the app that owns the
kind (`policy.register`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from supervision.law.text import T

OFFICER = "officer"
CLERK = "clerk"
SIGNER = "signer"
CHAIR = "chair"
EXPERT = "expert"
RESPONDER = "agency_responder"
LEADER = "agency_leader"
ADMINISTRATOR = "administrator"

#: Every duty, as the documentation names it; the keys equal `organizations.Duty`.
DUTIES: dict[str, T] = {
    OFFICER: T("chuyên viên", "officer"),
    CLERK: T("văn thư", "clerk"),
    SIGNER: T("người ký", "signer"),
    CHAIR: T("người đứng đầu", "chair"),
    EXPERT: T("chuyên gia, thành viên được mời", "expert, invited member"),
    RESPONDER: T("người soạn trả lời", "agency responder"),
    LEADER: T("lãnh đạo cơ quan", "agency leader"),
    ADMINISTRATOR: T("quản trị viên", "administrator"),
}
FRONT = frozenset({OFFICER, CLERK, SIGNER, CHAIR})
AGENCY = frozenset({RESPONDER, LEADER})
ANYONE = frozenset(DUTIES)

VIEW = "view"


@dataclass(frozen=True)
class Row:
    """One right: who (`duties` in `relation`) may do `action` on `kind`, and why."""

    kind: str  # model label in lower case: "cases.case"
    action: str
    relation: str  # registered for that kind: "lead", "addressee", "own"...
    duties: frozenset[str]
    reason: T

    def __post_init__(self) -> None:
        unknown = self.duties - DUTIES.keys()
        if unknown or not self.duties:
            raise ValueError(f"{self.kind}.{self.action}: unknown or no duties {sorted(unknown)}")


ROWS: tuple[Row, ...] = (
    Row(
        kind="organizations.organization",
        action=VIEW,
        relation="any",
        duties=ANYONE,
        reason=T(
            "Danh sách tổ chức là thông tin công khai.",
            "Which organizations exist is public information.",
        ),
    ),
    Row(
        kind="organizations.organization",
        action="manage_mandates",
        relation="own",
        duties=frozenset({CHAIR, LEADER, ADMINISTRATOR}),
        reason=T(
            "Người đứng đầu giao nhiệm vụ trong tổ chức mình; quản trị viên ghi nhận quyết định đó.",
            "The head gives duties in the organization; its administrator records that decision.",
        ),
    ),
    Row(
        kind="organizations.organization",
        action="set_terms",
        relation="own",
        duties=frozenset({CHAIR}),
        reason=T(
            "Thời hạn luật không quy định do chính tổ chức đặt ra.",
            "Terms that law leaves open are set by the organization itself.",
        ),
    ),
    Row(
        kind="organizations.organization",
        action="record_succession",
        relation="subordinate",
        duties=frozenset({CHAIR, ADMINISTRATOR}),
        reason=T(
            "Việc đổi tên, sáp nhập, chia tách do cấp trên ghi nhận theo quyết định.",
            "A rename, merger or split is recorded by the superior body, by its decision.",
        ),
    ),
    Row(
        kind="organizations.organization",
        action="choose_heir",
        relation="subordinate",
        duties=frozenset({CHAIR}),
        reason=T(
            "Khi chia, tách, cấp trên chọn nơi tiếp tục từng việc còn dở.",
            "After a split the superior chooses who carries on each open duty.",
        ),
    ),
)


def select(rows: Iterable[Row], *, kind: str, action: str, duty: str) -> list[Row]:
    """Return the rows that speak about this kind, action and duty."""
    return [row for row in rows if row.kind == kind and row.action == action and duty in row.duties]
