"""Mandates of a board's members: given and ended by the head of its Front, as the decision names them.

A board acts in the product through its members' own mandates (403 Art 10-11). Officials of the commune
are refused, whoever asks (Law 10/2022 Art 37(2)).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.cases import board_selectors
from supervision.cases.models import Board, BoardMember
from supervision.errors import InvalidInput, WrongState
from supervision.language.folding import name_key
from supervision.organizations import services as organizations
from supervision.organizations.actors import Actor
from supervision.organizations.models import Duty, Mandate, User

#: What a member may do in the product, by their post in the board: the head and deputies sign.
DUTIES = {
    BoardMember.Post.HEAD: Duty.CHAIR,
    BoardMember.Post.DEPUTY: Duty.SIGNER,
    BoardMember.Post.MEMBER: Duty.OFFICER,
}


#: How far ahead a mandate may begin; a practice of the product, against a mistyped year.
FURTHEST = dt.timedelta(days=366)


@dataclass(frozen=True)
class Seat:
    """A member of the board and the mandates of their post, running or to come, the earliest first."""

    member: BoardMember
    mandates: list[Mandate]


def seats(board: Board, on: dt.date) -> tuple[list[Seat], list[Mandate]]:
    """Return the members with their mandates, and every other mandate in the board, to be ended.

    A mandate that was given elsewhere, by the operator, is its member's by the name of the account. A
    duty that is not the one of the member's post is nobody's: whoever was the head is head no longer.
    """
    members = list(board_selectors.members_of(board).select_related("mandate"))
    rows = Mandate.objects.running_or_to_come(on).filter(organization=board.organization)
    left = list(rows.select_related("user").order_by("from_on", "pk"))
    found: dict[int, list[Mandate]] = {}
    for is_theirs in (_was_given_to, _bears_the_name_of):
        for member in members:
            fitting = (one for one in left if _is_of_post(one, member) and is_theirs(one, member))
            if member.pk in found or (first := next(fitting, None)) is None:
                continue
            found[member.pk] = [one for one in left if (one.user, one.duty) == (first.user, first.duty)]
            left = [one for one in left if one not in found[member.pk]]
    return [Seat(member, found.get(member.pk, [])) for member in members], left


def _is_of_post(mandate: Mandate, member: BoardMember) -> bool:
    return mandate.duty == DUTIES[BoardMember.Post(member.post)]


def _was_given_to(mandate: Mandate, member: BoardMember) -> bool:
    return member.mandate is not None and member.mandate.user_id == mandate.user_id


def _bears_the_name_of(mandate: Mandate, member: BoardMember) -> bool:
    return _is_named(member, mandate.user)


def _is_named(member: BoardMember, user: User) -> bool:
    """Whether the account bears the member's whole name; a year or a hamlet may stand after it."""
    bare = re.split(r"[,(]", member.name, maxsplit=1)[0]
    return name_key(user.display_name) in {name_key(member.name), name_key(bare)}


def give(*, actor: Actor, member: BoardMember, username: str, from_on: dt.date, at: dt.datetime) -> Mandate:
    """Give the member's account the duty of their post, on the decision that set up the board.

    A mandate that the person holds already goes on. Raises InvalidInput for an account that does not
    exist or is another person's, in the same words: nobody learns here whose account a name is; for an
    official of the commune; and for a day before the decision or too far ahead.
    """
    board = member.board
    user = User.objects.filter(username=username.strip(), is_active=True).first()
    if user is None or not _is_named(member, user):
        sentence = _("Không có tài khoản với tên đăng nhập này mang đúng họ tên %(member)s.")
        raise InvalidInput({"username": [sentence % {"member": member.name}]})
    if from_on < board.decided_on:
        raise InvalidInput({"from_on": [_("Nhiệm vụ không thể bắt đầu trước ngày của quyết định.")]})
    if from_on > timezone.localdate(at) + FURTHEST:
        raise InvalidInput({"from_on": [_("Ngày này quá xa; nhiệm vụ bắt đầu trong vòng một năm tới.")]})
    with transaction.atomic():
        duty = DUTIES[BoardMember.Post(member.post)]
        held = Mandate.objects.in_force(from_on).filter(organization=board.organization, duty=duty, user=user)
        member.mandate = held.first() or _given(actor, member, user, duty, from_on, at)
        member.save(update_fields=["mandate"])
        audit.fix([member], actor=actor, at=at)
    return member.mandate


def _given(
    actor: Actor, member: BoardMember, user: User, duty: Duty, from_on: dt.date, at: dt.datetime
) -> Mandate:
    board = member.board
    try:
        return organizations.give_mandate(
            user=user,
            organization=board.organization,
            duty=duty,
            title=member.get_post_display(),
            from_on=from_on,
            decision_number=board.decision_number,
            decision_on=board.decided_on,
            by=actor,
            at=at,
        )
    except InvalidInput as error:  # the page asks for the account, not for a person or a duty
        days = {key: said for key, said in error.errors.items() if key == "from_on"}
        others = [one for key, said in error.errors.items() if key not in days for one in said]
        raise InvalidInput(days | ({"username": others} if others else {})) from None


def end(*, actor: Actor, board: Board, mandate: Mandate, on: dt.date, reason: str, at: dt.datetime) -> None:
    """Make `on` the last day of a member's mandate; work in their hands is offered again afterwards."""
    if mandate.organization_id != board.organization_id:
        raise InvalidInput({"on": [_("Nhiệm vụ này không thuộc Ban.")]})
    if on < timezone.localdate(at):
        raise InvalidInput({"on": [_("Ngày này đã qua; chọn từ hôm nay trở đi.")]})
    organizations.end_mandate(mandate=mandate, on=on, reason=reason, by=actor, at=at)


def withdraw(*, actor: Actor, board: Board, mandate: Mandate, reason: str, at: dt.datetime) -> None:
    """Take back a mandate that was given by mistake and has not begun; the member's seat is free again."""
    if mandate.organization_id != board.organization_id:
        raise WrongState(_("Nhiệm vụ này không thuộc Ban."))
    with transaction.atomic():
        for member in BoardMember.objects.filter(board=board, mandate=mandate):
            member.mandate = None
            member.save(update_fields=["mandate"])
        organizations.withdraw_mandate(mandate=mandate, reason=reason, by=actor, at=at)
