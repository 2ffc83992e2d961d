"""WorkItem, written when tasks come and go; read by the inbox and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.context import context

from supervision.access.rights import ANYONE, WORKERS
from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import board_selectors, clocks, selectors
from supervision.cases.models import ChangeRequest, Consultation, Criticism, Inquiry, Recommendation
from supervision.deadlines import services as deadlines
from supervision.documents.models import Document
from supervision.errors import AlreadyDone, DomainError, NotAllowed
from supervision.language.folding import one_line
from supervision.law.registry import specs
from supervision.law.specs import Party, Step
from supervision.notices.services import tell_all
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate, Organization
from supervision.organizations.substitutions import absence_of, require_present
from workflows.inbox import offers
from workflows.models import UNSIGNED, WorkItem

AWAY = _("Người này đang vắng; giao cho người khác hoặc người làm thay.")

#: Duties whose holders do the work of no body: theirs is what they are asked in person.
NOT_OFFERED = ANYONE - WORKERS


def step_of(item: WorkItem) -> Step:
    """Return the declaration of the step an item is about."""
    return specs()[item.form].step(item.step)


def offered_q(actor: Actor, on: dt.date) -> Q:
    """Items that `actor` may take: offered to the duty, in the organization, taken by nobody."""
    return Q(
        organization=actor.organization,
        mandate__isnull=True,
        named=False,
        duties__contains=f"|{actor.duty}|",
    )


def assigned_q(actor: Actor, on: dt.date) -> Q:
    """Items that are this mandate's own."""
    return Q(mandate=actor.mandate)


def led_q(actor: Actor, on: dt.date) -> Q:
    """Items of the organization, for those who do its work; nobody else has any by belonging to it."""
    if actor.duty not in WORKERS:
        return Q(pk__in=())
    return Q(organization=actor.organization)


def open_item(task: Any, step: Step, form: str) -> WorkItem:
    """Offer the human `task` to whom `step` names; called by the node in the task's own transaction."""
    case: Case = task.process.coerced.artifact
    subject = selectors.criticism_of(case) if step.party is Party.DRAFTER else task.seed
    now = getattr(context, "at", None) or timezone.now()
    organization, mandate = _offered_to(step, case, subject, timezone.localdate(now))
    return WorkItem.objects.create(
        task=task,
        process_id=task.process_id,
        form=form,
        step=step.name,
        case=case,
        inquiry=subject if isinstance(subject, Inquiry) else None,
        recommendation=subject if isinstance(subject, Recommendation) else None,
        consultation=subject if isinstance(subject, Consultation) else None,
        criticism=subject if isinstance(subject, Criticism) else None,
        change=subject if isinstance(subject, ChangeRequest) else None,
        document=_paper(step, case, subject),
        deadline=clocks.deadline_for(step, case, subject, at=now),
        organization=organization,
        duties=_duties(step, organization, mandate),
        named=mandate is not None,
        mandate=mandate,
        created_at=now,
    )


def _paper(step: Step, case: Case, subject: Any) -> Document | None:
    if isinstance(subject, Document):
        return subject
    return selectors.paper_in_hand(case, step.document, subject) if step.document else None


def _duties(step: Step, body: Organization, mandate: Mandate | None) -> str:
    if step.duties:
        return offers.written(step.duties)
    return "" if mandate else offers.heads_of(body)


def _offered_to(step: Step, case: Case, subject: Any, on: dt.date) -> tuple[Organization, Mandate | None]:
    if step.party is Party.LEAD:
        return case.lead, None
    if step.party is Party.BOARD:
        return board_selectors.supervision_of(case).board.organization, None
    if step.party is Party.SETTLER:
        return board_selectors.supervision_of(case).settler, None
    if step.party in (Party.ADDRESSEE, Party.DRAFTER):
        if isinstance(subject, Inquiry):
            return subject.agency, None
        if isinstance(subject, Consultation):
            return _consulted(subject, on)
        return subject.addressee, None
    if step.party is Party.OF_PAPER:
        named = next_of_paper(subject)
    elif step.party is Party.ASKER:
        named = subject.by
    else:
        named = selectors.named_mandate(case, step.party)
    if named is None or not Actor.of(named).in_force(on):
        return case.lead, None
    return named.organization, named


def next_of_paper(document: Document) -> Mandate | None:
    """Return who signs a paper, then who drafted it, whoever was not told yet that it is not signed."""
    people = (document.signer, document.drafted_by)
    told = set(
        WorkItem.objects.filter(form=UNSIGNED, document=document, finished_at=None).values_list(
            "mandate", flat=True
        )
    )
    return next((one for one in people if one is not None and one.pk not in told), None)


def _consulted(consultation: Consultation, on: dt.date) -> tuple[Organization, Mandate | None]:
    person = consultation.person
    if person is not None and Actor.of(person).in_force(on):
        return person.organization, person
    return consultation.organization, None


def rename(item: WorkItem, step: Step, *, on: dt.date) -> None:
    """Let an item be of `step` from now on; who holds it keeps it if it is still theirs to do."""
    item.step = step.name
    if item.finished_at is None:
        organization, mandate = _offered_to(step, item.case, item.subject, on)
        duties = _duties(step, organization, mandate)
        kept = organization == item.organization and (item.named or duties == item.duties)
        if not kept:
            item.mandate, item.taken_at, item.assigned_by = mandate, None, None
        item.organization, item.duties, item.named = organization, duties, mandate is not None
    item.save()


def close_item(
    item: WorkItem,
    *,
    outcome: str,
    by: Mandate | None,
    acted_for: Mandate | None = None,
    at: dt.datetime,
) -> None:
    """Take the item out of every inbox; the row stays as the record of who did it, and for whom."""
    item.finished_at = at
    item.outcome = outcome
    item.finished_by, item.acted_for = by, acted_for
    item.save(update_fields=["finished_at", "outcome", "finished_by", "acted_for"])


@transaction.atomic
def take(item: WorkItem, *, actor: Actor, at: dt.datetime) -> None:
    """Put a free item into the actor's own hands; AlreadyDone when another was first.

    Raises NotAllowed for what is open to the actor only for a time or for one act: who stands in
    for a colleague, or signs by authorization, does the work and does not keep it.
    """
    if f"|{actor.duty}|" not in item.duties:
        raise NotAllowed(_("Việc này bạn làm thay hoặc ký theo ủy quyền: làm ngay được, không nhận giữ."))
    changed = WorkItem.objects.filter(pk=item.pk, mandate__isnull=True, finished_at__isnull=True).update(
        mandate=actor.mandate, taken_at=at
    )
    if not changed:
        raise AlreadyDone(_("Việc này vừa có người nhận."))
    audit.record(
        action="work.taken", actor=actor, obj=item, thread=item.case, at=at, data={"step": item.step}
    )


@transaction.atomic
def give_back(item: WorkItem, *, actor: Actor, reason: str, at: dt.datetime) -> None:
    """Return an own item to the offer, with a reason both sides can read."""
    if item.named or item.mandate_id != actor.mandate.pk or item.finished_at:
        raise NotAllowed(_("Bạn không giữ việc này nên không trả lại được."))
    require_present(actor, timezone.localdate(at))
    held = WorkItem.objects.filter(pk=item.pk, mandate=actor.mandate, finished_at__isnull=True)
    if not held.update(mandate=None, taken_at=None, assigned_by=None):
        raise AlreadyDone(_("Việc này vừa thay đổi nên không trả lại được."))
    audit.record(
        action="work.given_back",
        actor=actor,
        obj=item,
        thread=item.case,
        at=at,
        data={"step": item.step, "reason": one_line(reason)},
    )


def why_not_assign(item: WorkItem, to: Mandate, on: dt.date) -> DomainError | None:
    """Return what forbids giving the item to a colleague, as far as the two of them tell."""
    if item.finished_at:
        return AlreadyDone(_("Việc này đã xong."))
    if item.consultation and item.consultation.person_id:
        return DomainError(_("Người này được hỏi đích danh; không giao cho người khác góp ý thay."))
    duties = WORKERS if item.named else item.duties.split("|")
    if to.organization_id != item.organization_id or to.duty not in duties or not Actor.of(to).in_force(on):
        return DomainError(_("Người này không giữ nhiệm vụ phù hợp với việc."))
    return None


@transaction.atomic
def assign(item: WorkItem, *, to: Mandate, actor: Actor, reason: str, at: dt.datetime) -> None:
    """Give an item to a colleague of the same organization who holds a fitting duty.

    Raises DomainError when the mandate does not fit, is away, or the item is finished.
    """
    on = timezone.localdate(at)
    if error := why_not_assign(item, to, on):
        raise error
    if absence_of(to, on):
        raise DomainError(AWAY)
    still = WorkItem.objects.filter(pk=item.pk, mandate=item.mandate, finished_at__isnull=True)
    if not still.update(mandate=to, taken_at=at, assigned_by=actor.mandate):
        raise AlreadyDone(_("Việc này vừa có người nhận, được giao hoặc đã xong."))
    audit.record(
        action="work.assigned",
        actor=actor,
        obj=item,
        thread=item.case,
        at=at,
        data={"step": item.step, "to": str(to), "reason": one_line(reason)},
    )


@transaction.atomic
def release_lapsed(*, on: dt.date, at: dt.datetime) -> int:
    """Put items of lapsed mandates back on offer, to whom `offers` says; returns how many.

    Held by a duty to which a step's work is not offered is lapsed as well.
    """
    lapsed = WorkItem.objects.filter(finished_at__isnull=True, mandate__isnull=False).filter(
        Q(mandate__until_on__lt=on)
        | Q(mandate__user__is_active=False)
        | Q(mandate__organization__valid_until__lt=on)
        | Q(mandate__duty__in=NOT_OFFERED, named=False, consultation__person__isnull=True)
    )
    items = list(lapsed.select_related("mandate__user", "organization", "case", "consultation"))
    for item in items:
        _release(item, at)
    tell_all([offers.released(item, on.isoformat()) for item in items], at=at)
    offers.renew(on=on, at=at)
    return len(items)


def _release(item: WorkItem, at: dt.datetime) -> None:
    before, step = str(item.mandate), specs()[item.form].step(item.step)
    in_person = item.consultation is not None and item.consultation.person_id is not None
    item.mandate, item.taken_at, item.assigned_by, item.named = None, None, None, False
    item.duties = offers.own_duties(step, item.organization, is_in_person=in_person)
    item.save(update_fields=["mandate", "taken_at", "assigned_by", "named", "duties"])
    audit.record(
        action="work.released",
        actor=None,
        obj=item,
        thread=item.case,
        at=at,
        data={"step": item.step, "from": before},
    )


def own_clock_runs(item: WorkItem) -> bool:
    """Return whether the item, or the one opinion it is about, has a clock that no other step shares."""
    deadline = item.deadline
    own = (*clocks.OF_ONE_STEP, "OPINION")
    return deadline is not None and deadline.rule in own and deadline.is_running


def drop_own_clock(item: WorkItem, at: dt.datetime) -> None:
    """End the clock that belongs to the item alone, if it runs."""
    if own_clock_runs(item):
        deadlines.drop(item.deadline, at=at)
