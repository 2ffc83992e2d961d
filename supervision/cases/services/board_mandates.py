"""Mandates of a board's members: given and ended by the head of its Front, as the decision names them.

A board acts in the product through its members' own mandates (403 Art 10-11). Officials of the commune
are refused, whoever asks (Law 10/2022 Art 37(2)).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.cases import board_selectors
from supervision.cases.models import Board, BoardMember
from supervision.errors import InvalidInput
from supervision.language.folding import fold
from supervision.organizations import services as organizations
from supervision.organizations.actors import Actor
from supervision.organizations.models import Duty, Mandate, User

#: What a member may do in the product, by their post in the board: the head and deputies sign.
DUTIES = {
    BoardMember.Post.HEAD: Duty.CHAIR,
    BoardMember.Post.DEPUTY: Duty.SIGNER,
    BoardMember.Post.MEMBER: Duty.OFFICER,
}


@dataclass(frozen=True)
class Seat:
    """A member of the board and the mandate under which they act, if one is in force."""

    member: BoardMember
    mandate: Mandate | None


def seats(board: Board, on: dt.date) -> tuple[list[Seat], list[Mandate]]:
    """Return the members with their mandates, and mandates of people who are no members any more.

    A mandate that was given elsewhere, by the operator, is its member's by the name of the account.
    """
    members = list(board_selectors.members_of(board))
    held = Mandate.objects.in_force(on).filter(organization=board.organization)
    mandates = {mandate.pk: mandate for mandate in held.select_related("user").order_by("pk")}
    named = {fold(mandate.user.display_name): mandate for mandate in mandates.values()}
    found = [
        Seat(member, mandates.get(member.mandate_id or 0) or named.get(fold(member.name)))
        for member in members
    ]
    seated = {seat.mandate.pk for seat in found if seat.mandate}
    return found, [mandate for pk, mandate in mandates.items() if pk not in seated]


def give(*, actor: Actor, member: BoardMember, username: str, from_on: dt.date, at: dt.datetime) -> Mandate:
    """Give the member's account the duty of their post, on the decision that set up the board.

    A mandate that the person holds already goes on. Raises InvalidInput for an account that does not
    exist or is another person's, for an official of the commune, and for a day before the decision.
    """
    board = member.board
    user = User.objects.filter(username=username.strip(), is_active=True).first()
    if user is None:
        raise InvalidInput({"username": [_("Không có tài khoản với tên đăng nhập này.")]})
    if not fold(member.name).startswith(fold(user.display_name)):
        names = {"name": user.display_name, "member": member.name}
        raise InvalidInput(
            {"username": [_("Tài khoản này là của %(name)s, không phải của %(member)s.") % names]}
        )
    if from_on < board.decided_on:
        raise InvalidInput({"from_on": [_("Nhiệm vụ không thể bắt đầu trước ngày của quyết định.")]})
    with transaction.atomic():
        duty = DUTIES[BoardMember.Post(member.post)]
        held = Mandate.objects.in_force(from_on).filter(organization=board.organization, duty=duty, user=user)
        member.mandate = held.first() or _given(actor, member, user, duty, from_on, at)
        member.save(update_fields=["mandate"])
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
