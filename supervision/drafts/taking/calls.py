"""Calls for contributions: when one is open, and what of it anyone may read. One predicate for every page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from supervision.drafts.models import Call, Contribution, Draft, DraftVersion
from supervision.drafts.taking.moderation import refuse
from supervision.drafts.texts import text_of
from supervision.errors import InvalidInput, WrongState
from supervision.language.dates import short_date, vietnam_day
from supervision.organizations.models import Mandate, Organization


def open_call(
    version: DraftVersion,
    *,
    chaired_by: Organization,
    is_public: bool,
    invited: Iterable[Organization],
    introduction: str,
    closes_on: dt.date,
    by: Mandate,
    at: dt.datetime,
) -> Call:
    """Begin to take in contributions to a version, until the end of `closes_on`.

    Raises WrongState while another call on the draft is open, InvalidInput for a last day that is over,
    while contributions to an earlier call wait, and for a version that has not been read into provisions:
    nobody could say which one they mean.
    """
    if text_of(version) is None:
        raise InvalidInput({"closes_on": [_("Hãy đọc dự thảo thành điều, khoản trước khi lấy ý kiến.")]})
    if closes_on < vietnam_day(at):
        raise InvalidInput({"closes_on": [_("Ngày cuối phải là hôm nay hoặc sau đó.")]})
    running = version.draft.calls.select_for_update().filter(closed_at=None).first()
    if running is not None and running.closes_on >= vietnam_day(at):
        raise WrongState(_("Dự thảo này đang có một đợt lấy ý kiến."))
    if left := _left_waiting(version.draft):
        raise InvalidInput({"closes_on": [left]})
    if running is not None:
        close_call(running, at=at)
    call = Call.objects.create(
        draft=version.draft,
        version=version,
        chaired_by=chaired_by,
        is_public=is_public,
        introduction=introduction,
        opened_at=at,
        opened_by=by,
        closes_on=closes_on,
    )
    call.invited.set(invited)
    return call


def close_call(call: Call, *, at: dt.datetime) -> None:
    """End a call; WrongState when it has ended already."""
    if call.closed_at is not None:
        raise WrongState(_("Đợt lấy ý kiến này đã kết thúc."))
    call.closed_at = at
    call.save(update_fields=["closed_at"])


def unsettled(draft: Draft, on: dt.date) -> str:
    """Say what still comes in or waits to be looked at on a draft, "" when nothing does.

    The table becomes an annex and the text makes way for its next version only once all of it is settled.
    """
    for call in draft.calls.filter(closed_at=None):
        if is_open(call, on):
            words = _("Đợt lấy ý kiến còn mở đến hết ngày %(day)s; đợt kết thúc rồi mới làm tiếp được.")
            return words % {"day": short_date(call.closes_on)}
    return _left_waiting(draft)


def _left_waiting(draft: Draft) -> str:
    waiting = _waiting(draft).count()
    words = _("Còn %(count)s góp ý chờ xem. Hãy đưa vào bảng hoặc nêu lý do không đưa vào.")
    return words % {"count": waiting} if waiting else ""


def _waiting(draft: Draft) -> QuerySet[Contribution]:
    return Contribution.objects.filter(call__draft=draft, state=Contribution.State.WAITING)


def call_off(draft: Draft, *, by: Mandate, at: dt.datetime) -> list[Contribution]:
    """End what runs on a draft whose criticism is called off; who still waits reads that as the reason.

    Returns what the caller's event holds.
    """
    for call in draft.calls.filter(closed_at=None):
        close_call(call, at=at)
    return refuse(_waiting(draft), refusal=Contribution.Refusal.CALLED_OFF, by=by, at=at)


def is_open(call: Call, on: dt.date) -> bool:
    """Whether the call takes in contributions on that day in Vietnam."""
    return call.closed_at is None and on <= call.closes_on


def public_calls() -> QuerySet[Call]:
    """Return the calls whose draft anyone may read, those that end last first."""
    return _with_text(Call.objects.filter(is_public=True)).select_related("draft__owner", "chaired_by")


def newest_call(draft: Draft) -> Call | None:
    """Return the call on a draft that was opened last, whichever version it is about."""
    return _with_text(draft.calls.all()).order_by("-opened_at").first()


def _with_text(rows: QuerySet[Call]) -> QuerySet[Call]:
    return rows.select_related("version__text").defer("version__text__body")


def asked_now(organization: Organization, on: dt.date) -> QuerySet[Call]:
    """Return the open calls to which a body is invited, those that end first first."""
    rows = Call.objects.filter(invited=organization, closed_at=None, closes_on__gte=on)
    return rows.select_related("draft__criticism", "chaired_by").order_by("closes_on", "pk")


def counts(call: Call) -> dict[str, int]:
    """Return how many contributions to the call stand in each state."""
    rows = call.contributions.values_list("state").annotate(count=Count("pk"))
    return {**dict.fromkeys(Contribution.State.values, 0), **dict(rows)}
