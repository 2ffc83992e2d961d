"""The words of the public pages: fields, levels, states of a recommendation, validity."""

from __future__ import annotations

from enum import StrEnum

from supervision.law.fields import FIELDS
from supervision.law.text import T

__all__ = ["FIELDS", "FINAL", "LEVELS", "OWED", "REPLY", "VALIDITY", "Reply", "State", "Validity"]

LEVELS: dict[str, T] = {
    "centre": T("Trung ương", "Centre"),
    "province": T("Tỉnh, thành phố", "Province"),
    "commune": T("Xã, phường, đặc khu", "Commune, ward, special zone"),
}


class State(StrEnum):
    """Where a recommendation stands, as the public sees it."""

    WAITING = "waiting"  # the agency has not answered; `due_on` is its deadline
    PAUSED = "paused"  # the clock of the reply stands still; no due date runs
    ANSWERED = "answered"  # answered, the Front assesses; `due_on` is the Front's deadline
    RETURNED = "returned"  # the Front sent the answer back; `due_on` is the agency's deadline
    DOING = "doing"  # being carried out; `due_on` is the action day, none while its clock stands still
    REPORTED = "reported"  # the agency reports on carrying it out; `due_on` is the Front's to verify
    EXPLAINED = "explained"  # the Front holds the agency's reasons well founded; to be closed
    VERIFIED = "verified"  # carried out, verified by the Front
    CLOSED = "closed"  # closed by a decision of the Front, with reasons


#: States in which the agency owes an answer: only these can be "quá hạn trả lời".
OWED = (State.WAITING, State.RETURNED)
FINAL = (State.VERIFIED, State.CLOSED)


class Validity(StrEnum):
    """Whether the document still counts."""

    IN_FORCE = "hieu-luc"
    CORRECTED = "dinh-chinh"
    WITHDRAWN = "thu-hoi"


VALIDITY: dict[str, T] = {
    Validity.IN_FORCE: T("Còn hiệu lực", "In force"),
    Validity.CORRECTED: T("Đã đính chính", "Corrected"),
    Validity.WITHDRAWN: T("Đã thu hồi", "Withdrawn"),
}


class Reply(StrEnum):
    """How far the recommendations of one publication have come, all taken together."""

    LATE = "qua-han"
    RUNNING = "dang-lam"
    VERIFIED = "xac-minh"
    CLOSED = "ket-thuc"


REPLY: dict[str, T] = {
    Reply.LATE: T("Có kiến nghị, phản biện quá hạn trả lời", "A reply is overdue"),
    Reply.RUNNING: T("Đang thực hiện", "In progress"),
    Reply.VERIFIED: T("Đã xác minh hết", "All verified"),
    Reply.CLOSED: T("Đã kết thúc", "Closed"),
}
