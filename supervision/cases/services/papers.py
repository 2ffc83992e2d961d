"""Papers of a case: what each prints, who is sent it, how it is signed or returned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.board_selectors import board_body
from supervision.cases.models import CaseDocument, ChangeRequest, Inquiry, Recommendation
from supervision.cases.services.signing import capacity_of
from supervision.documents import services as documents
from supervision.documents.models import Document
from supervision.errors import InvalidInput, NotAllowed, WrongState
from supervision.law.registry import spec_of
from supervision.law.specs import Step
from supervision.notices.services import tell
from supervision.organizations.actors import Actor
from supervision.organizations.models import Organization

Subject = Inquiry | Recommendation | ChangeRequest | None
MOST_OF_A_SUBJECT = 400  # what the register holds
ARCHIVE = "Lưu: VT, hồ sơ giám sát"
BOARD_ARCHIVE = "Lưu: Ban, hồ sơ giám sát"


def prepare(
    *,
    case: Case,
    kind: str,
    subject_line: str,
    context: dict[str, Any],
    addressees: Iterable[Organization],
    actor: Actor,
    at: dt.datetime,
    subject: Subject = None,
    by_delegation: bool = False,
    issuer: Organization | None = None,
    continues: Document | None = None,
) -> Document:
    """Store the next version of a paper; an unsigned earlier one is given up, and hands on its number.

    `continues` is an earlier version that was about another subject.
    A delegation's papers count in their own series, scoped by the number of its decision. A board's
    are its own: `issuer` is then the board.
    """
    current = continues or selectors.paper_in_hand(case, kind, subject)
    held = current if current and current.number and current.state in selectors.IN_HAND else None
    if current and current.state == Document.State.PREPARED and held is None:
        documents.abandon(current, by=actor.mandate, at=at)
    scope = ""
    if by_delegation:
        decision = selectors.signed_paper(case, "decision")
        scope = decision.number_text if decision else ""
    document = documents.prepare(
        kind=kind,
        organization=issuer or case.lead,
        subject=Truncator(subject_line).chars(MOST_OF_A_SUBJECT),
        context=context,
        drafted_by=actor.mandate,
        drafted_for=actor.acting_for,
        at=at,
        series_scope=scope,
        continues=held,
    )
    link = CaseDocument.objects.create(case=case, document=document, **selectors.about(subject))
    link.addressees.set(addressees)
    audit.fix([link], actor=actor, at=at)
    return document


def prepare_again(document: Document, *, actor: Actor, at: dt.datetime) -> Document:
    """Give up a stuck paper and put the same text, for the same addressees, in its place to be signed."""
    link = document.case_link
    again = documents.prepare_again(document, by=actor.mandate, at=at)
    about = {"inquiry": link.inquiry, "recommendation": link.recommendation, "change": link.change}
    new = CaseDocument.objects.create(case=link.case, document=again, **about)
    new.addressees.set(link.addressees.all())
    audit.fix([new], actor=actor, at=at)
    return again


def give_up(papers: Iterable[CaseDocument], *, by: Actor, at: dt.datetime, reason: Any) -> None:
    """Give up papers that are not signed: what they were for has ended. A number they had says why."""
    for link in papers:
        if link.document.state in selectors.IN_HAND:
            documents.abandon(link.document, by=by.mandate, at=at, reason=reason)


def mark_sent(document: Document, *, at: dt.datetime) -> None:
    """Let the addressees see the paper; an event of its own holds that, whatever follows."""
    links = list(CaseDocument.objects.filter(document=document, is_sent=False))
    for link in links:
        link.is_sent = True
        link.save(update_fields=["is_sent"])
    audit.fix(links, actor=None, at=at)


def tell_of_copies(document: Document, case: Case, at: dt.datetime, *, besides: Any = ()) -> None:
    """Tell those who get the paper to know of it; `besides` them others are told what it asks of them."""
    for organization in document.case_link.addressees.exclude(pk__in=besides).order_by("pk"):
        tell(
            key=f"document.copy:{document.pk}:{organization.pk}",
            kind="document.copy",
            organization=organization,
            title=case.title,
            address=f"/van-ban/{document.public_id}/",
            case_code=case.code,
            at=at,
        )


def sign_or_return(step: Step, *, stays: bool = False, ready: Callable[..., None] | None = None) -> Any:
    """Return the service of a signing step: ask for the signature, or give the paper back with reasons.

    A paper that is returned is given up, since its step drafts another, unless it `stays` to be mended.
    `ready(case=, document=)` raises where the paper would be untrue by now.
    The password is checked before this, by whoever received it; it never comes here.
    """

    def service(*, actor: Actor, case: Case, subject: Subject, data: dict[str, Any], at: dt.datetime) -> None:
        document = selectors.paper_in_hand(case, step.document, subject)
        if document is None:
            raise WrongState(_("Không còn văn bản nào chờ ký ở bước này."))
        if document.drafted_by.user_id in actor.persons:
            raise NotAllowed(_("Bạn là người soạn nên không tự ký được; người khác phải ký văn bản này."))
        if data["decision"] == "return":
            return_paper(document=document, case=case, reason=data["reason"], actor=actor, at=at, stays=stays)
            return
        if case.state == Case.State.POSTPONED and step.document not in selectors.BESIDE:
            # what runs beside it still leaves, the letter about the delay first
            raise WrongState(_("Hồ sơ đang hoãn. Hẹn ngày làm việc mới trước, rồi ký."))
        if document.organization_id != case.lead_id and document.organization != board_body(case):
            raise WrongState(_("Tổ chức chủ trì đã thay đổi; hãy trả lại để soạn lại theo tên mới."))
        if ready is not None:
            ready(case=case, document=document)
        capacity, authorization = capacity_of(actor, step, case, document, timezone.localdate(at))
        documents.request_signature(
            document, signer=actor.mandate, capacity=capacity, authorization=authorization, at=at
        )
        audit.record(
            action="paper.signing",
            actor=actor,
            obj=document,
            thread=case,
            at=at,
            data={"kind": document.kind, "subject": document.subject},
        )

    return service


def return_paper(
    *, document: Document, case: Case, reason: str, actor: Actor, at: dt.datetime, stays: bool = False
) -> None:
    """Give an unsigned paper back to its drafter with every point to mend.

    It gets no number; one that it has from an earlier version waits for the next. A letter has a next
    version only if it `stays`.
    """
    if not reason.strip():
        raise InvalidInput({"reason": [_("Nêu lý do trả lại.")]})
    if not stays and document.number is not None and document.kind not in selectors.LETTER_KINDS:
        documents.give_back(document, by=actor.mandate, at=at, reason=reason)
    elif not stays:
        documents.abandon(document, by=actor.mandate, at=at, reason=reason)
    _note_return(document, case, reason, actor, at)


def return_unsigned(
    *, document: Document, case: Case, reason: str, actor: Actor, at: dt.datetime, stays: bool = False
) -> None:
    """Give a paper that could not be signed back to its drafter; its number waits for the next version."""
    documents.give_back(document, by=actor.mandate, at=at, reason=reason, stays=stays)
    _note_return(document, case, reason, actor, at)


def _note_return(document: Document, case: Case, reason: str, actor: Actor, at: dt.datetime) -> None:
    audit.record(
        action="paper.returned",
        actor=actor,
        obj=document,
        thread=case,
        at=at,
        data={"kind": document.kind, "subject": document.subject, "reason": reason},
    )


def _kind_at(case: Case, step: str) -> str:
    """Return the kind of paper that the case's form has signed at a step; beside it they are of any kind."""
    return step if step in selectors.BESIDE else spec_of(case.form).step(step).document


def is_being_signed(step: str) -> Any:
    """Return the flow's question whether the paper of the signing step went on to the worker."""

    def answer(case: Case, subject: Subject) -> bool:
        signing = selectors.papers(case, _kind_at(case, step), subject).filter(
            document__state=Document.State.SIGNING
        )
        return signing.exists()  # not "the newest": an earlier letter about the same was signed long ago

    return answer


def paper(step: str) -> Any:
    """Return the flow's lookup of the paper that the wait after a signing step is about."""
    return lambda case, subject: selectors.paper_in_hand(case, _kind_at(case, step), subject)


@dataclass(frozen=True)
class Receivers:
    """Whom a paper goes to: the lines of "Nơi nhận" and the bodies that will see it, from one list."""

    lines: list[str]
    direct: list[Organization]  # "Kính gửi"
    organizations: list[Organization]  # those and whoever gets it as a report


def receivers(
    case: Case,
    to: Iterable[Organization],
    *,
    copies: Iterable[Organization] = (),
    members: bool = False,
    archive: str = ARCHIVE,
) -> Receivers:
    """Return addressees, those who get it as a report, the delegation's members if so, and the archive.

    Members read every paper of their case by their place in the delegation, so they are a line only.
    """
    direct = list({body.pk: body for body in to}.values())
    above = list({body.pk: body for body in copies if body not in direct}.values())
    lines = [body.short_name for body in direct]
    lines += [f"{body.short_name} (để báo cáo)" for body in above]
    lines += ["Thành viên Đoàn giám sát"] if members else []
    return Receivers([*lines, archive], direct, [*direct, *above])


def superiors(case: Case) -> list[Organization]:
    """Return the body right above the one that chairs, if there is one."""
    return [case.lead.superior] if case.lead.superior else []
