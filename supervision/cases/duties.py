"""What an organization still has to carry on when it is renamed, merged or split (organizations.successions).

A case goes with its work, an inquiry or recommendation with its clocks and with the papers that
were sent. What was written stays with the name of whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from supervision.casefiles.models import Case
from supervision.cases.models import (
    BoardSupervision,
    CaseDocument,
    Consultation,
    Criticism,
    Inquiry,
    Recommendation,
)
from supervision.cases.signals import handed_over
from supervision.organizations.models import Organization
from supervision.organizations.successions import OpenDuty

_ENDED = (Case.State.CLOSED, Case.State.CANCELLED)
_ANSWERED = (Inquiry.State.DONE, Inquiry.State.WITHDRAWN)
_SETTLED = (Recommendation.State.CLOSED, Recommendation.State.WITHDRAWN)


def open_duties(organization: Organization) -> Iterator[OpenDuty]:
    """Yield the cases an organization leads and what it has to answer or was asked to say in others."""
    for case in Case.objects.filter(lead=organization).exclude(state__in=_ENDED).order_by("pk"):
        label = f"Chủ trì hồ sơ {case.code}, {case.title}"
        yield OpenDuty(case, "lead", label, organization, _hand_over(case, "lead"), case)
    inquiries = Inquiry.objects.filter(agency=organization).exclude(state__in=_ANSWERED)
    for inquiry in inquiries.exclude(case__state__in=_ENDED).select_related("case").order_by("pk"):
        label = f"Báo cáo theo yêu cầu {inquiry}, {inquiry.case.title}"
        yield OpenDuty(inquiry, "agency", label, organization, _hand_over(inquiry, "agency"), inquiry.case)
    rows = Recommendation.objects.filter(addressee=organization).exclude(state__in=_SETTLED)
    for row in rows.exclude(case__state__in=_ENDED).select_related("case").order_by("pk"):
        label = f"Trả lời, thực hiện kiến nghị {row}, {row.title}"
        yield OpenDuty(row, "addressee", label, organization, _hand_over(row, "addressee"), row.case)
    drafts = Criticism.objects.filter(addressee=organization).exclude(state=Criticism.State.ACCEPTED)
    for criticism in drafts.exclude(case__state__in=_ENDED).select_related("case", "draft").order_by("pk"):
        label = f"Trả lời phản biện {criticism}, {criticism.draft.title}"
        move = _hand_over(criticism, "addressee")
        yield OpenDuty(criticism, "addressee", label, organization, move, criticism.case)
    asked = Consultation.objects.filter(organization=organization, state=Consultation.State.ASKED)
    for one in asked.exclude(case__state__in=_ENDED).select_related("case").order_by("pk"):
        label = f"Góp ý kiến trong hồ sơ {one.case.code}, {one.case.title}"
        yield OpenDuty(one, "organization", label, organization, _hand_over(one, "organization"), one.case)

    boards = BoardSupervision.objects.filter(settler=organization).exclude(case__state__in=_ENDED)
    for supervision in boards.select_related("case").order_by("pk"):
        label = f"Giải quyết kiến nghị của Ban, {supervision.case.title}"
        yield OpenDuty(
            supervision, "settler", label, organization, _settle_instead(supervision), supervision.case
        )


def _settle_instead(supervision: BoardSupervision) -> Callable[[Organization], None]:
    """The heir settles; the piece of work that stands open is listed, and moved, as a duty of its own."""

    def move(heir: Organization) -> None:
        before, supervision.settler = supervision.settler, heir
        supervision.save(update_fields=["settler"])
        _let_read(supervision, before, heir)

    return move


def _hand_over(subject: Any, field: str) -> Callable[[Organization], None]:
    def move(heir: Organization) -> None:
        before = getattr(subject, field)
        setattr(subject, field, heir)
        changed = [field]
        if isinstance(subject, Inquiry) and subject.inherited_from is None:
            subject.inherited_from = before
            changed.append("inherited_from")
        subject.save(update_fields=changed)
        _let_read(subject, before, heir)
        handed_over.send(sender=type(subject), subject=subject, before=before, heir=heir)

    return move


def _let_read(subject: Any, before: Organization, heir: Organization) -> None:
    """The heir reads what its predecessor was sent in the case."""
    case = subject if isinstance(subject, Case) else subject.case
    for link in CaseDocument.objects.filter(case=case, addressees=before):
        link.addressees.add(heir)
