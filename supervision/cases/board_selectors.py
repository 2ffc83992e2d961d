"""Reading what a board carries out: who the board is, who settles, which clock runs."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from supervision.casefiles.models import Case
from supervision.cases.models import Board, BoardMember, BoardSupervision, Settlement
from supervision.deadlines.models import Deadline
from supervision.deadlines.services import calendar
from supervision.law.basis import Basis
from supervision.law.calendar import Calendar
from supervision.law.counting import derive
from supervision.law.rules import RULES
from supervision.organizations.models import Organization

#: Which clock counts the days before the supervision, by kind of board.
NOTICE_RULES = {Board.Kind.INSPECTION: "S3_NOTICE_TTND", Board.Kind.INVESTMENT: "S3_NOTICE_GSDT"}
REPLY_RULE = "S3_REPLY"
_INSPECTED, _INVESTED = RULES[REPLY_RULE].basis
#: What makes the committee settle a board's paper, by kind of board.
SETTLING_NORMS = {Board.Kind.INSPECTION: _INSPECTED, Board.Kind.INVESTMENT: _INVESTED}
CLOCKS = (*NOTICE_RULES.values(), REPLY_RULE)


def supervision_of(case: Case) -> BoardSupervision:
    """Return what the case of a board has of its own; DoesNotExist for another form."""
    return BoardSupervision.objects.select_related(
        "board__organization", "board__front", "settler", "notice_deadline", "reply_deadline"
    ).get(case=case)


def settling_norm(board: Board) -> Basis:
    """Return the norm by which the commune's committee settles a paper of this kind of board."""
    return SETTLING_NORMS[Board.Kind(board.kind)]


def board_body(case: Case) -> Organization | None:
    """Return the board that carries the case out, None where no board does."""
    return Organization.objects.filter(board__supervisions__case=case).first()


def clock(rule: str, case: Case) -> Deadline | None:
    """Return the running clock of the notice, or of the settlement, of a board's case."""
    supervision = supervision_of(case)
    found = supervision.reply_deadline if rule == REPLY_RULE else supervision.notice_deadline
    return found if found is not None and found.met_on is None else None


def last_day_of(case: Case) -> dt.date:
    """Return the day on which the supervision ends by its plan."""
    record = case.records.filter(step="draft_board_plan").order_by("-pk")[0]
    return dt.date.fromisoformat(record.data["ends_on"])


def members_of(board: Board, on: dt.date | None = None) -> QuerySet[BoardMember]:
    """Return the members in office now, or those of the day `on`, the head first.

    On the day on which a board is chosen anew its new members are in office.
    """
    if on is None:
        return board.members.filter(until_on__isnull=True).order_by("pk")
    in_office = Q(until_on__isnull=True) | Q(until_on__gt=on)
    return board.members.filter(in_office, from_on__lte=on).order_by("pk")


def working_settlement(supervision: BoardSupervision) -> Settlement | None:
    return supervision.settlements.filter(submitted_at__isnull=True).order_by("-version").first()


def sent_settlement(supervision: BoardSupervision) -> Settlement | None:
    return supervision.settlements.filter(submitted_at__isnull=False).order_by("-version").first()


def has_run_out(supervision: BoardSupervision, on: dt.date, days: Calendar) -> bool:
    """Whether the last day to settle has passed; what was never acknowledged counts from its sending."""
    if supervision.silent_at is not None or supervision.sent_at is None:
        return False
    if supervision.reply_deadline is not None:
        return supervision.reply_deadline.due_on < on
    return derive(RULES[REPLY_RULE], timezone.localdate(supervision.sent_at), days).due < on


def is_left_unsettled(supervision: BoardSupervision, on: dt.date) -> bool:
    """Whether the time to settle has passed without any answer: the board may go to the Front."""
    return has_run_out(supervision, on, calendar()) and sent_settlement(supervision) is None
