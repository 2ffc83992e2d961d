"""What the rows of the table of rights are made of: duties and their names, and a row."""

from __future__ import annotations

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
#: Who does the work of a body. An administrator looks after accounts, an expert is asked in person: neither
#: sees anything of a case by belonging to the body alone.
WORKERS = FRONT | AGENCY
ANYONE = frozenset(DUTIES)
#: Who may be asked or given a piece of work in person.
ASKED = ANYONE - {ADMINISTRATOR}

VIEW = "view"


@dataclass(frozen=True)
class Row:
    """One right: who (`duties` in `relation`) may do `action` on `kind`, and why."""

    kind: str  # model label in lower case: "casefiles.case"
    action: str
    relation: str  # registered for that kind: "lead", "addressee", "own"...
    duties: frozenset[str]
    reason: T

    def __post_init__(self) -> None:
        unknown = self.duties - DUTIES.keys()
        if unknown or not self.duties:
            raise ValueError(f"{self.kind}.{self.action}: unknown or no duties {sorted(unknown)}")
