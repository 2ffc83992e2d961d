"""A supervision that a board carries out: opened, planned and announced, written down (403 Art 11)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import board_selectors, selectors
from supervision.cases.models import Board, BoardSupervision
from supervision.cases.services import entries, opening, papers
from supervision.cases.services.boards import board_of
from supervision.cases.services.judging import judged_by
from supervision.cases.services.records import keep
from supervision.cases.services.sessions import moment
from supervision.deadlines import services as deadlines
from supervision.documents.models import Document
from supervision.errors import DomainError, Errors
from supervision.language.dates import long_date, short_date
from supervision.law.basis import joint
from supervision.law.forms.boards import FINDING_KINDS
from supervision.law.rules import RULES
from supervision.law.specs import FormSpec
from supervision.organizations.actors import Actor
from supervision.organizations.models import Kind, Organization


def open_supervision(*, actor: Actor, spec: FormSpec, at: dt.datetime, **facts: Any) -> Case:
    """Open a case that the actor's board carries out; the commune Front that set it up chairs it.

    Raises DomainError for whoever is of no board, or of one of the other kind.
    """
    board = board_of(actor)
    if board is None or spec.board not in ("", board.kind):
        raise DomainError(_("Hồ sơ này do thành viên của Ban mở."), joint(11))
    settler = Organization.objects.in_force(timezone.localdate(at)).filter(
        kind=Kind.COMMITTEE, territory=board.front.territory
    )
    with transaction.atomic():
        case = opening.open_case(actor=actor, spec=spec, at=at, lead=board.front, **facts)
        BoardSupervision.objects.create(case=case, board=board, settler=settler.get())
    return case


def _ends_after_it_starts(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    if data["starts_on"] and data["ends_on"] and data["ends_on"] < data["starts_on"]:
        return {"ends_on": [_("Ngày kết thúc phải từ ngày bắt đầu trở đi.")]}
    return {}


@judged_by(_ends_after_it_starts)
def draft_board_plan(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep the board's plan, start the clock of its notice from the first day, prepare its paper."""
    opening.require_running(case)
    keep(case=case, step="draft_board_plan", data=data, actor=actor, at=at)
    supervision = board_selectors.supervision_of(case)
    _count_notice(supervision, data["starts_on"], at)
    parts = (
        ("Đối tượng giám sát", data["object"]),
        ("Nội dung giám sát", data["content"]),
        ("Thời gian giám sát", _span(data["starts_on"], data["ends_on"])),
        ("Cách tiến hành", data["method"]),
        ("Phân công", data["assignment"]),
    )
    board = supervision.board
    bodies = [supervision.settler, *([data["object_body"]] if data["object_body"] else [])]
    if board.kind == Board.Kind.INVESTMENT:  # its owner is told by the Front, with the composition
        bodies = []
    goes_to = papers.receivers(case, bodies, copies=[case.lead], archive=papers.BOARD_ARCHIVE)
    papers.prepare(
        case=case,
        kind="board_plan",
        subject_line=case.title,
        context={
            "lead_in": f"Thực hiện chương trình hoạt động, {board} xây dựng kế hoạch giám sát như sau:",
            "sections": [{"title": title, "text": said} for title, said in parts if said],
            "recipients": goes_to.lines,
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
        issuer=board.organization,
    )


def _span(first: dt.date, last: dt.date) -> str:
    if first == last:
        return f"Ngày {short_date(first)}."
    return f"Từ ngày {short_date(first)} đến ngày {short_date(last)}."


def _count_notice(supervision: BoardSupervision, starts_on: dt.date, at: dt.datetime) -> None:
    """Count the days of the notice back from the first day of the supervision, anew when that day moves."""
    rule = board_selectors.NOTICE_RULES[Board.Kind(supervision.board.kind)]
    label, supervision.starts_on = RULES[rule].starts, starts_on
    running = supervision.notice_deadline
    if running is not None and running.is_running:
        deadlines.restart(running, start_on=starts_on, start_label=label, at=at)
    else:
        supervision.notice_deadline = deadlines.set_deadline(
            rule=rule, start_on=starts_on, start_label=label, at=at
        )
    supervision.save(update_fields=["starts_on", "notice_deadline"])


def send_board_plan(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Send the signed plan; for an inspection board that is the notice, in time or late but never refused."""
    _send(document, case, at)
    supervision = board_selectors.supervision_of(case)
    if supervision.board.kind == Board.Kind.INSPECTION:
        _meet_notice(supervision, case, document, at)


def draft_owner_notice(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Prepare the commune Front's letter that brings plan and composition to the project owner."""
    opening.require_running(case)
    keep(case=case, step="draft_owner_notice", data=data, actor=actor, at=at)
    supervision, plan = board_selectors.supervision_of(case), selectors.signed_paper(case, "board_plan")
    owner, board = looked_at(case), supervision.board
    people = [
        f"- {member.name}, {member.get_post_display()};" for member in board_selectors.members_of(board)
    ]
    lead = case.lead.deciding_body or case.lead.name
    goes_to = papers.receivers(case, [owner, supervision.settler])
    number = f" (Kế hoạch số {plan.number_text})" if plan else ""
    papers.prepare(
        case=case,
        kind="owner_notice",
        subject_line=f"thông báo kế hoạch và thành phần {board}",
        context={
            "to": [owner.name],
            "body": "\n".join(
                (
                    f"{lead} thông báo {board} giám sát từ ngày {short_date(supervision.starts_on)}{number}.",
                    f"Thành phần Ban theo {board.decision_number}, gồm:",
                    *people,
                    data["request"],
                )
            ),
            "recipients": goes_to.lines,
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )


def send_owner_notice(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Send the notice with the plan to the owner; in time or late, it is recorded and never refused."""
    plan = selectors.signed_paper(case, "board_plan")
    if plan is not None:
        plan.case_link.addressees.add(looked_at(case))
    _send(document, case, at)
    _meet_notice(board_selectors.supervision_of(case), case, document, at)


def looked_at(case: Case) -> Organization:
    """Return the body that the board's plan names as supervised, or as the owner of the works."""
    record = case.records.filter(step="draft_board_plan").order_by("-pk")[0]
    return Organization.objects.get(public_id=record.data["object_body"])


def _send(document: Document, case: Case, at: dt.datetime) -> None:
    papers.mark_sent(document, at=at)
    papers.tell_of_copies(document, case, at)


def _meet_notice(supervision: BoardSupervision, case: Case, document: Document, at: dt.datetime) -> None:
    on, clock = timezone.localdate(at), supervision.notice_deadline
    late = bool(clock and on > clock.due_on)
    if clock and clock.is_running:
        deadlines.meet(clock, on=on, at=at)
    audit.record(
        action="board.notified",
        actor=Actor.of(document.signer),
        obj=case,
        thread=case,
        at=at,
        data={"number": document.number_text, "late": late},
    )


def _minutes_hold_together(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    errors: Errors = {}
    if data["held_on"] and data["ended_on"] and data["ended_on"] < data["held_on"]:
        errors["ended_on"] = [_("Ngày kết thúc phải từ ngày bắt đầu trở đi.")]
    if data["votes_for"] and not data["votes_for"].isdecimal():
        errors["votes_for"] = [_("Chỉ ghi số.")]
    if not errors and data["votes_for"] and data["ended_on"]:
        errors |= _votes(int(data["votes_for"]), _members_at_the_vote(case, data), data["outcome"])
    return errors


def _members_at_the_vote(case: Case, data: dict[str, Any]) -> int:
    """Return how many members the board has on record for the day on which it ended its supervision."""
    board = board_selectors.supervision_of(case).board
    return board_selectors.members_of(board, on=data["ended_on"]).count()


def _votes(votes_for: int, members: int, outcome: str | None) -> Errors:
    if votes_for > members:
        words = _("Danh sách của Ban có %(members)s thành viên; số tán thành không được lớn hơn.")
        return {"votes_for": [words % {"members": members}]}
    if outcome == "recommend" and 2 * votes_for <= members:
        words = _("Kiến nghị phải được quá nửa trong số %(members)s thành viên Ban tán thành.")
        return {"votes_for": [words % {"members": members}]}
    return {}


@judged_by(_minutes_hold_together)
def draft_board_minutes(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep what the board saw and how it voted, and prepare its minutes."""
    opening.require_running(case)
    data = data | {"votes_all": str(_members_at_the_vote(case, data))}  # the paper after it says the same
    keep(case=case, step="draft_board_minutes", data=data, actor=actor, at=at)
    supervision, kinds = board_selectors.supervision_of(case), dict(FINDING_KINDS)
    found = "\n".join(f"- {kinds[row['kind']].vi}: {row['title']}. {row['text']}" for row in data["findings"])
    parts = (
        ("Nội dung, kết quả giám sát", data["result"]),
        ("Ý kiến của đối tượng giám sát", data["explanations"]),
        ("Nhận xét của Ban", found),
        ("Biểu quyết của Ban", votes_said(data)),
    )
    papers.prepare(
        case=case,
        kind="board_minutes",
        subject_line=case.title,
        context={
            "started_at": moment(data["held_on"], None),
            "ended_at": moment(data["ended_on"], None),
            "place": data["place"],
            "present": entries.people(data["attendance"]),
            "secretary": data["written_by"],
            "sections": [{"title": title, "text": said} for title, said in parts if said],
            "recipients": papers.receivers(case, [case.lead], archive=papers.BOARD_ARCHIVE).lines,
        },
        addressees=[case.lead],
        actor=actor,
        at=at,
        issuer=supervision.board.organization,
    )


def votes_said(data: dict[str, Any]) -> str:
    """Return the vote as papers say it: "05 trên 05 thành viên tán thành"."""
    return f"{int(data['votes_for']):02d} trên {int(data['votes_all']):02d} thành viên tán thành."


def hold_supervision(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Once the minutes are signed the Front has them, and the supervision stands on record."""
    papers.mark_sent(document, at=at)
    audit.record(
        action="board.supervised",
        actor=Actor.of(document.signer),
        obj=case,
        thread=case,
        at=at,
        data={"number": document.number_text},
    )


def asks_for_something(case: Case, subject: None) -> bool:
    """The flow's question after the minutes: does the board ask for anything?"""
    record = selectors.latest_record(case, "draft_board_minutes")
    return record is not None and record.data["outcome"] == "recommend"


def said_on(document: Document) -> str:
    """Return number and day of a signed paper, as another paper names it."""
    assert document.issued_on is not None
    return f"số {document.number_text} {long_date(document.issued_on)}"
