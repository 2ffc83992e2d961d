"""Many items at once: what would happen to each, then the same for real, one line of result per item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.access import policy
from supervision.audit import services as audit
from supervision.errors import DomainError, InvalidInput
from supervision.files.sending import Sending
from supervision.law.text import T
from supervision.notices.models import Notice
from supervision.notices.services import News, tell_all
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate
from supervision.organizations.substitutions import absence_of, substitutes_of
from workflows.inbox import work_items
from workflows.inbox.substitutes import does_instead
from workflows.inbox.work_items import step_of
from workflows.models import BulkAct, WorkItem

MOST = 100
Kind = BulkAct.Kind
ABOUT = (
    "case",
    "organization",
    "mandate__user",
    "mandate__organization",
    "inquiry__agency",
    "recommendation",
    "consultation__organization",
    "consultation__person__user",
)


@dataclass(frozen=True)
class Line:
    """One item of a preview: what it is, who holds it, and why nothing can be done ("" when it can)."""

    item: WorkItem
    title: T
    holder: str
    refusal: Any

    def result(self, refusal: Any) -> dict[str, str]:
        """Return the line as it is kept: done, or refused with its words."""
        return {
            "item": self.item.public_id,
            "vi": self.title.vi,
            "en": self.title.en,
            "code": self.item.case.code,
            "outcome": "refused" if refusal else "done",
            "words": str(refusal),
        }


def preview(
    *, actor: Actor, kind: str, chosen: Collection[str], to: Mandate | None, on: dt.date
) -> list[Line]:
    """Return a line for each chosen item (by public id) that the actor may see, most urgent first.

    A constant number of queries, however many are chosen. Raises InvalidInput for more than MOST.
    """
    if len(set(chosen)) > MOST:
        raise InvalidInput({"items": [_("Mỗi lần chọn nhiều nhất %(most)s việc.") % {"most": MOST}]})
    wanted = WorkItem.objects.filter(public_id__in=set(chosen))
    items = list(
        policy.visible(actor, wanted, on=on).select_related(*ABOUT).order_by("deadline__due_on", "pk")
    )
    may = set(policy.visible(actor, wanted, "assign", on=on).values_list("pk", flat=True))
    told = _told(items, on) if kind == Kind.REMIND else set()
    away = to is not None and absence_of(to, on) is not None
    return [_line(item, kind, actor, to, on, item.pk in may, told, away) for item in items]


def _line(
    item: WorkItem,
    kind: str,
    actor: Actor,
    to: Mandate | None,
    on: dt.date,
    may: bool,
    told: set[str],
    away: bool,
) -> Line:
    title, about = step_of(item).title, item.about
    named = T(f"{title.vi}: {about.vi}", f"{title.en}: {about.en}") if about else title
    holder = item.mandate.user.display_name if item.mandate else ""
    if not may:
        return Line(item, named, holder, _("Bạn không giao, nhắc được việc này."))
    if kind == Kind.REMIND:
        return Line(item, named, holder, _no_reminder(item, actor, told, on))
    if to is None:
        return Line(item, named, holder, _("Chưa chọn người để giao."))
    return Line(item, named, holder, _no_assignment(item, to, on, away))


def _no_assignment(item: WorkItem, to: Mandate, on: dt.date, away: bool) -> Any:
    if item.mandate_id == to.pk and not item.finished_at:
        return _("Người này đang giữ việc này.")
    if away:
        return work_items.AWAY
    error = work_items.why_not_assign(item, to, on)
    return error.message if error else ""


def _no_reminder(item: WorkItem, actor: Actor, told: set[str], on: dt.date) -> Any:
    if item.finished_at:
        return _("Việc này đã xong.")
    if item.mandate_id is None:
        return _("Chưa ai nhận việc này; hãy giao cho một người.")
    if item.mandate_id == actor.mandate.pk:
        return _("Bạn đang giữ việc này.")
    return _("Hôm nay đã nhắc việc này.") if _key(item, on) in told else ""


def _key(item: WorkItem, on: dt.date) -> str:
    """Name the reminding of one holder of one item on one day: the outbox takes each name once."""
    return f"task.reminded:{item.pk}:{item.mandate_id}:{on.isoformat()}"


def _told(items: Iterable[WorkItem], on: dt.date) -> set[str]:
    keys = [_key(item, on) for item in items]
    return set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))


def act(
    *,
    actor: Actor,
    kind: str,
    chosen: Collection[str],
    to: Mandate | None = None,
    reason: str = "",
    key: str,
    at: dt.datetime,
) -> BulkAct:
    """Assign or remind of each chosen item, or say why not; the same form gives the same results.

    Raises InvalidInput for nothing or too much chosen and for nobody to assign to, AlreadySent for
    another's key and for other content under one's own.
    """
    if kind == Kind.ASSIGN and to is None:
        raise InvalidInput({"to": [_("Chưa chọn người để giao.")]})
    typed = {"chosen": sorted(set(chosen)), "to": to, "reason": reason}
    sending = Sending.of(key, by=actor.mandate, act=f"bulk_{kind}", typed=typed)
    try:
        with transaction.atomic():
            return _act(actor, kind, chosen, to, reason, sending, at)
    except IntegrityError:
        done = BulkAct.objects.filter(key=key).first()  # sent twice at the same instant: the other was first
        if done is None:
            raise
        return sending.answer(done, is_own=done.mandate_id == actor.mandate.pk, at=done.at)


def _act(
    actor: Actor,
    kind: str,
    chosen: Collection[str],
    to: Mandate | None,
    reason: str,
    sending: Sending,
    at: dt.datetime,
) -> BulkAct:
    done = BulkAct.objects.filter(key=sending.key).first()
    if done is not None:
        return sending.answer(done, is_own=done.mandate_id == actor.mandate.pk, at=done.at)
    of_form = {"key": sending.key, "content": sending.content}
    done = BulkAct.objects.create(**of_form, kind=kind, mandate=actor.mandate, to=to, at=at)
    lines = preview(actor=actor, kind=kind, chosen=chosen, to=to, on=timezone.localdate(at))
    if not lines:
        raise InvalidInput({"items": [_("Chọn ít nhất một việc.")]})
    if kind == Kind.REMIND:
        _remind([line for line in lines if not line.refusal], actor, at)
        done.results = [line.result(line.refusal) for line in lines]
    else:
        done.results = [line.result(line.refusal or _assign(line, to, actor, reason, at)) for line in lines]
    done.save(update_fields=["results"])
    return done


def _assign(line: Line, to: Mandate | None, actor: Actor, reason: str, at: dt.datetime) -> Any:
    """Assign one item in a savepoint of its own; return why it was refused, "" when it was not."""
    assert to is not None
    try:
        work_items.assign(line.item, to=to, actor=actor, reason=reason, at=at)
    except DomainError as refused:
        return refused.message
    return ""


def _remind(lines: list[Line], actor: Actor, at: dt.datetime) -> None:
    """Tell whoever holds each item, and who stands in while the holder is away; one event each."""
    on = timezone.localdate(at)
    stands_in = substitutes_of((line.item.mandate_id for line in lines), on)
    news = []
    for line in lines:
        item = line.item
        words = f"{item.case.code}: {line.title.vi}"
        substitute = stands_in.get(item.mandate_id)
        instead = [substitute] if substitute and does_instead(substitute, item) else []
        for mandate in (item.mandate, *instead):
            address, code = f"/viec-cua-toi/{item.public_id}/", item.case.code
            news.append(
                News(_key(item, on), "task.reminded", item.organization, mandate, words, address, code)
            )
        audit.record(
            action="work.reminded",
            actor=actor,
            obj=item,
            thread=item.case,
            at=at,
            data={"step": item.step, "to": line.holder},
        )
    tell_all(news, at=at)
