"""What someone typed in a step and has not handed in, and the care that no window loses another's."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.access import policy
from supervision.errors import DomainError
from supervision.organizations.actors import Actor
from workflows.acts import inputs
from workflows.acts.act import still_open
from workflows.inbox.work_items import step_of
from workflows.models import WorkingCopy, WorkItem, edition_of


class OtherCopy(DomainError):
    """What was typed stands apart from `copy`, which was saved since the form was opened."""

    def __init__(self, copy: WorkingCopy) -> None:
        said = _(
            "Bạn đã lưu một bản nháp khác của việc này ở cửa sổ khác lúc %(time)s. Chưa có gì bị thay: "
            "bản đó ở dưới, những gì vừa nhập còn trong mẫu. Lần gửi hoặc lưu tới thay bản đó."
        )
        super().__init__(said % {"time": f"{timezone.localtime(copy.saved_at):%H:%M %d/%m/%Y}"})
        self.copy = copy


def save_working_copy(
    *, actor: Actor, item: WorkItem, data: dict[str, Any], at: dt.datetime, edition: str | None = None
) -> WorkingCopy:
    """Keep what was typed so far; passwords are dropped first.

    `edition` is that of the copy the form was filled with, "" for none; None asks for no such care.
    Raises AlreadyDone when the item is finished, OtherCopy when another copy would be lost.
    """
    if item.finished_at is not None:
        still_open(item)
    policy.require(actor, "act", item, on=timezone.localdate(at))
    kept = inputs.stored(step_of(item).fields, data)
    with transaction.atomic():
        WorkItem.objects.select_for_update().get(pk=item.pk)  # the first copies of two windows: one waits
        _refuse_to_replace(actor, item, kept, edition)
        copy, _created = WorkingCopy.objects.update_or_create(
            item=item, mandate=actor.mandate, defaults={"data": kept, "saved_at": at}
        )
    return copy


def keep_other_copy(*, actor: Actor, item: WorkItem, data: dict[str, Any], edition: str | None) -> None:
    """Raise OtherCopy if handing `data` in would drop a copy of the actor's that the form did not show."""
    _refuse_to_replace(actor, item, inputs.stored(step_of(item).fields, data), edition)


def _refuse_to_replace(actor: Actor, item: WorkItem, kept: dict[str, Any], edition: str | None) -> None:
    copy = WorkingCopy.objects.filter(item=item, mandate=actor.mandate).first()
    if copy is not None and edition is not None and copy.edition not in (edition, edition_of(kept)):
        raise OtherCopy(copy)
