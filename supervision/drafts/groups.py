"""Groups of remarks that ask for the same: proposed offline by their words, decided by a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision.drafts.models import Draft, Remark, RemarkGroup
from supervision.drafts.versions.comparison import proposer
from supervision.errors import InvalidInput, WrongState
from supervision.files.sandbox import Failed
from supervision.organizations.models import Mandate

State = RemarkGroup.State


def proposals(draft: Draft) -> list[dict[str, Any]]:
    """Return the groups that the words of the remarks in no confirmed group propose; it takes seconds.

    Raises InvalidInput ("groups") where they are too many or too long to be compared in time.
    """
    rows = draft.remarks.filter(group=None).order_by("pk").values_list("pk", "node", "text", "wording")
    try:
        found: list[dict[str, Any]] = proposer.run("groups", [(str(pk), *said) for pk, *said in rows])
    except Failed:
        raise InvalidInput({"groups": [_("Quá nhiều ý kiến dài nên không gợi ý nhóm được.")]}) from None
    return found


def keep(draft: Draft, found: Iterable[Mapping[str, Any]]) -> int:
    """Keep proposals in the place of earlier ones, but for what a person refused; returns how many."""
    decided = draft.groups.exclude(state=State.PROPOSED).values_list("members", flat=True)
    known = {tuple(one) for one in decided}
    draft.groups.filter(state=State.PROPOSED).delete()
    rows = [
        RemarkGroup(draft=draft, **{**one, "members": members})
        for one in found
        if (members := sorted(int(member) for member in one["members"])) and tuple(members) not in known
    ]
    RemarkGroup.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def confirm(group: RemarkGroup, members: Iterable[int], *, by: Mandate, at: dt.datetime) -> list[Remark]:
    """Put `members` (primary keys, of those proposed) together; one answer may serve them all.

    Raises InvalidInput ("members") for fewer than two, WrongState for a proposal that was decided.
    """
    _require_proposed(group)
    wanted = set(members) & set(group.members)
    remarks = list(group.draft.remarks.filter(pk__in=wanted, group=None).order_by("number"))
    if len(remarks) < 2:
        raise InvalidInput({"members": [_("Một nhóm có ít nhất hai ý kiến.")]})
    group.state, group.decided_by, group.decided_at = State.CONFIRMED, by, at
    group.save(update_fields=["state", "decided_by", "decided_at"])
    Remark.objects.filter(pk__in=[one.pk for one in remarks]).update(group=group)
    return remarks


def refuse(group: RemarkGroup, *, by: Mandate, at: dt.datetime) -> None:
    """Keep that these remarks are no group; WrongState for a proposal that was decided."""
    _require_proposed(group)
    group.state, group.decided_by, group.decided_at = State.REFUSED, by, at
    group.save(update_fields=["state", "decided_by", "decided_at"])


def dissolve(group: RemarkGroup, *, by: Mandate, at: dt.datetime) -> None:
    """Let the remarks of a confirmed group stand alone again."""
    if group.state != State.CONFIRMED:
        raise WrongState(_("Nhóm này chưa được xác nhận."))
    group.remarks.update(group=None)
    group.state, group.decided_by, group.decided_at = State.REFUSED, by, at
    group.save(update_fields=["state", "decided_by", "decided_at"])


def let_go(remark: Remark) -> None:
    """Forget what was proposed and decided of groups with a remark whose words are about to change.

    They were read as one with its old words. A confirmed group of which one remark is left is none.
    """
    for group in remark.draft.groups.all():
        if group.state != State.CONFIRMED:
            if remark.pk in group.members:
                group.delete()
        elif group.pk == remark.group_id:
            group.remarks.filter(pk=remark.pk).update(group=None)
            if group.remarks.count() < 2:
                group.remarks.update(group=None)
                group.delete()
    remark.group = None


def _require_proposed(group: RemarkGroup) -> None:
    if group.state != State.PROPOSED:
        raise WrongState(_("Đề xuất này đã được quyết định."))
