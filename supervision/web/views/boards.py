"""Boards of a commune: their members, and the mandates that the head of its Front gives and ends."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.access import policy
from supervision.cases.models import Board
from supervision.cases.services import board_mandates
from supervision.law.specs import Day, Field, Widget
from supervision.law.text import T
from supervision.organizations.models import Mandate
from supervision.web.actform import REASON, act_form
from supervision.web.acting import WorkRequest, work_page
from supervision.web.templatetags.gs import here

GIVING = (
    Field(
        "username",
        T("Tên đăng nhập của thành viên", "The member's sign-in name"),
        Widget.LINE,
        longest=64,
        help=T("Tài khoản mang đúng họ tên thành viên.", "The account bears the member's own name."),
    ),
    Field("from_on", T("Từ ngày", "From"), Widget.DATE),
)
ENDING = (Field("on", T("Ngày cuối giữ nhiệm vụ", "Last day"), Widget.DATE, day=Day.NOT_PAST), REASON)


def _find(request: WorkRequest, public_id: str) -> Board:
    rows = policy.visible(request.actor, Board.objects.select_related("organization", "front"))
    found = rows.filter(organization__public_id=public_id).first()
    if found is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return found


def _address(board: Board) -> str:
    return here(f"/ban/{board.organization.public_id}/")


@work_page
def board_list(request: WorkRequest) -> HttpResponse:
    """List the boards of the actor's Front."""
    rows = policy.visible(request.actor, Board.objects.select_related("organization"))
    members = Count("members", filter=Q(members__until_on=None))
    context = {"boards": rows.annotate(count=members).order_by("kind", "organization__name")}
    return render(request, "web/board_list.html", context)


@work_page
def board(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show a board: its decision, its members, who of them acts here and who does no longer belong to it."""
    found, on = _find(request, public_id), timezone.localdate()
    seats, others = board_mandates.seats(found, on)
    context = {
        "board": found,
        "seats": seats,
        "others": others,
        "today": on,
        "may_appoint": policy.can(request.actor, "appoint", found),
        "address": _address(found),
    }
    return render(request, "web/board.html", context)


@work_page
def board_give(request: WorkRequest, public_id: str, member: int) -> HttpResponse:
    """Give a member the mandate of their post."""
    found = _find(request, public_id)
    policy.require(request.actor, "appoint", found)
    row = found.members.select_related("board__organization").filter(pk=member, until_on=None).first()
    if row is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))

    def give(values: dict[str, Any]) -> None:
        board_mandates.give(actor=request.actor, member=row, at=timezone.now(), **values)

    return act_form(
        request,
        fields=GIVING,
        heading=_("Giao nhiệm vụ cho %(name)s") % {"name": row.name},
        hint=_("Theo quyết định số %(number)s. Cán bộ, công chức xã không được giao.")
        % {"number": found.decision_number},
        button=_("Giao nhiệm vụ %(post)s") % {"post": row.get_post_display()},
        back=_address(found),
        do=give,
        done=_("Đã giao nhiệm vụ cho %(name)s.") % {"name": row.name},
        initial={"from_on": max(found.decided_on, timezone.localdate())},
    )


@work_page
def board_end(request: WorkRequest, public_id: str, mandate: str) -> HttpResponse:
    """End the mandate of somebody in the board; one that has not begun is taken back."""
    found = _find(request, public_id)
    policy.require(request.actor, "appoint", found)
    today = timezone.localdate()
    rows = Mandate.objects.running_or_to_come(today).filter(organization=found.organization)
    row = rows.select_related("user", "organization").filter(public_id=mandate).first()
    if row is None:
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    return _withdrawal(request, found, row) if row.from_on > today else _ending(request, found, row)


def _ending(request: WorkRequest, found: Board, row: Mandate) -> HttpResponse:
    def end(values: dict[str, Any]) -> None:
        board_mandates.end(actor=request.actor, board=found, mandate=row, at=timezone.now(), **values)

    return act_form(
        request,
        fields=ENDING,
        heading=_("Cho %(name)s thôi nhiệm vụ") % {"name": row.user.display_name},
        hint=_("Hết ngày này người ấy không làm việc cho Ban ở đây nữa; việc đang giữ được giao lại."),
        button=_("Cho thôi nhiệm vụ"),
        back=_address(found),
        do=end,
        done=_("Đã ghi ngày thôi nhiệm vụ của %(name)s.") % {"name": row.user.display_name},
        initial={"on": timezone.localdate()},
    )


def _withdrawal(request: WorkRequest, found: Board, row: Mandate) -> HttpResponse:
    def withdraw(values: dict[str, Any]) -> None:
        board_mandates.withdraw(actor=request.actor, board=found, mandate=row, at=timezone.now(), **values)

    return act_form(
        request,
        fields=(REASON,),
        heading=_("Hủy nhiệm vụ chưa bắt đầu của %(name)s") % {"name": row.user.display_name},
        hint=_("Nhiệm vụ chưa bắt đầu nên chưa có việc nào được làm. Hủy rồi có thể giao lại với ngày khác."),
        button=_("Hủy nhiệm vụ"),
        back=_address(found),
        do=withdraw,
        done=_("Đã hủy nhiệm vụ chưa bắt đầu của %(name)s.") % {"name": row.user.display_name},
    )
