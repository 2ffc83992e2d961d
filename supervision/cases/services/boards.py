"""Setting up or recognizing a board of a commune (403 Art 10; Law 10/2022 Art 37; Decree 59/2023 Art 13)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import board_selectors, selectors
from supervision.cases.models import Board, BoardMember
from supervision.cases.services import opening, papers
from supervision.cases.services.judging import judged_by
from supervision.cases.services.plans import GROUNDS
from supervision.cases.services.records import keep
from supervision.documents.models import Document
from supervision.errors import Errors, WrongState
from supervision.language.folding import fold, lower_first
from supervision.law.forms.s3 import POSTS
from supervision.organizations.actors import Actor
from supervision.organizations.models import Kind, Level, Mandate, Organization
from supervision.organizations.seeding import code_of
from supervision.organizations.services import add_organization, officials_of

FEWEST, MOST_DEPUTIES = 5, 2
Kinds = Board.Kind
#: Prefix of the code, what follows the number of its papers, what it is called.
NAMES = {
    Kinds.INSPECTION: ("ttnd", "BTTND", "Ban Thanh tra nhân dân"),
    Kinds.INVESTMENT: ("gsdt", "BGSĐTCĐ", "Ban Giám sát đầu tư của cộng đồng"),
}
LAW = "Căn cứ Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15"
DECREE = "Căn cứ Nghị định số 59/2023/NĐ-CP"


def _is_a_lawful_board(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    """Refuse too few members, too many deputies, no head, and whoever is an official of the commune."""
    errors: Errors = {}
    rows = data["members"]
    posts = Counter(row["post"] for row in rows)
    if len(rows) < FEWEST:
        errors.setdefault("members", []).append(_("Ban phải có ít nhất 5 thành viên."))
    if posts["head"] != 1:
        errors.setdefault("members", []).append(_("Ban phải có đúng một Trưởng ban."))
    if posts["deputy"] > MOST_DEPUTIES:
        errors.setdefault("members", []).append(_("Ban có không quá 2 Phó Trưởng ban."))
    return errors | _officials(case, rows, on)


def _officials(case: Case, rows: list[Any], on: dt.date) -> Errors:
    """Refuse a name that someone in the commune's own bodies bears; whoever is another says who they are."""
    officials = officials_of(case.lead.territory).values("pk")
    held = Mandate.objects.in_force(on).filter(pk__in=officials).select_related("user", "organization")
    bodies = {fold(mandate.user.display_name): mandate.organization.short_name for mandate in held}
    sentence = _(
        "Người tên này đang giữ nhiệm vụ ở %(body)s, không được là thành viên Ban. "
        "Nếu là người khác trùng tên, ghi thêm năm sinh."
    )
    return {
        f"{row.key}-name": [sentence % {"body": bodies[fold(row["name"])]}]
        for row in rows
        if row["name"] and fold(row["name"]) in bodies
    }


@judged_by(_is_a_lawful_board)
def draft_board(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep who is to sit on the board and prepare the decision on it.

    The commune has one inspection board: choosing it anew ends the terms of those before.
    """
    opening.require_running(case)
    keep(case=case, step="draft_board", data=data, actor=actor, at=at)
    kind, name = Kinds(data["kind"]), name_of(case.lead, data["kind"], data["project"])
    verb = "công nhận" if kind == Kinds.INSPECTION else "thành lập"
    posts, body = dict(POSTS), case.lead.deciding_body or case.lead.name
    goes_to = papers.receivers(case, [], copies=papers.superiors(case))
    papers.prepare(
        case=case,
        kind="decision",
        subject_line=f"Về việc {verb} {name}",
        context={
            "grounds": [LAW, DECREE, GROUNDS[1]],
            "articles": [
                f"{'Công nhận' if kind == Kinds.INSPECTION else 'Thành lập'} {name} gồm "
                f"{len(data['members']):02d} thành viên (có danh sách kèm theo).",
                f"Ban hoạt động theo pháp luật về thực hiện dân chủ ở cơ sở, dưới sự hướng dẫn của {body}.",
                "Quyết định này có hiệu lực từ ngày ký; các thành viên có tên chịu trách nhiệm thi hành.",
            ],
            "annex_title": f"DANH SÁCH THÀNH VIÊN {name.upper()}",
            "members": [
                {"name": row["name"], "post": row["area"], "task": posts[row["post"]].vi}
                for row in data["members"]
            ],
            "recipients": ["Như Điều 3", *goes_to.lines],
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )


def name_of(front: Organization, kind: str, project: str) -> str:
    """Return what a board is called: after its commune, or after the works that it follows."""
    title = NAMES[Kinds(kind)][2]
    return f"{title} {project}" if project else f"{title} {lower_first(front.territory.name)}"


def set_up_board(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Once the decision is signed the board exists, and this piece of work has ended."""
    papers.mark_sent(document, at=at)
    record = selectors.latest_record(case, "draft_board")
    if record is None or document.issued_on is None:
        raise WrongState(_("Chưa có danh sách Ban."))
    board = record_board(
        front=case.lead,
        kind=record.data["kind"],
        project=record.data["project"],
        members=record.data["members"],
        decision_number=document.number_text,
        on=document.issued_on,
        at=at,
    )
    signer = Actor.of(document.signer)
    audit.record(
        action="board.set_up",
        actor=signer,
        obj=board,
        thread=case,
        at=at,
        data={"name": board.organization.name, "number": document.number_text},
    )
    case.state, case.ended_at = Case.State.CLOSED, at
    case.outcome = f"{board.organization.name}: {document.number_text}"
    case.save(update_fields=["state", "ended_at", "outcome"])
    audit.record(action="case.closed", actor=signer, obj=case, thread=case, at=at, data={})


def record_board(
    *,
    front: Organization,
    kind: str,
    project: str,
    members: list[dict[str, Any]],
    decision_number: str,
    on: dt.date,
    at: dt.datetime,
) -> Board:
    """Store the board that a decision names, as an organization under the Front, with its members.

    An inspection board that is there already goes on under its new decision. An event holds all of it.
    """
    board = Board.objects.filter(front=front, kind=Kinds.INSPECTION).first()
    if kind != Kinds.INSPECTION or board is None:
        board = Board(organization=_body(front, kind, project, on), front=front, kind=kind, project=project)
    board.decision_number, board.decided_on = decision_number, on
    board.save()
    before = list(board_selectors.members_of(board))
    board_selectors.members_of(board).update(until_on=on)
    chosen = BoardMember.objects.bulk_create(
        BoardMember(
            board=board,
            name=row["name"],
            post=row["post"],
            area=row.get("area") or "",
            is_no_official=row["is_no_official"],
            from_on=on,
        )
        for row in members
    )
    audit.fix([board, *before, *chosen], actor=None, at=at)
    return board


def _body(front: Organization, kind: str, project: str, on: dt.date) -> Organization:
    prefix, symbol, _title = NAMES[Kinds(kind)]
    code = code_of(prefix, front.territory)
    if kind == Kinds.INVESTMENT:
        code += f"-{Board.objects.filter(front=front, kind=kind).count() + 1}"
    name = name_of(front, kind, project)
    return add_organization(
        code=code,
        kind=Kind.BOARD,
        level=Level(front.level),
        territory=front.territory,
        name=name,
        short_name=name[:120],
        superior=front,
        front=front,
        symbol=symbol,
        valid_from=on,
        is_sample=front.is_sample,
    )


def board_of(actor: Actor) -> Board | None:
    """Return the board that the actor acts for, None for anyone else."""
    return Board.objects.filter(organization=actor.organization).select_related("front__territory").first()
