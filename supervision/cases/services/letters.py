"""Letters outside the main path: urging, escalation, extension.

Each is prepared by one person and signed by another in the small flow `cong-van`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import Criticism, Recommendation, Urging
from supervision.cases.services import announcements, criticism_progress, papers, public
from supervision.cases.services.overdue import passed_day, urging_facts
from supervision.cases.services.urged import Subject, Urged, subject_of, urged
from supervision.documents import services as documents
from supervision.documents.models import Document
from supervision.errors import DomainError, WrongState
from supervision.law.basis import Basis, Practice
from supervision.law.forms.letter import SPEC
from supervision.law.terms import OPEN_TERMS
from supervision.notices.services import tell
from supervision.organizations.actors import Actor
from supervision.organizations.models import Organization
from supervision.organizations.services import setting


def prepare_urging(*, actor: Actor, subject: Subject, text: str, at: dt.datetime) -> Document:
    """Prepare the urging letter to an addressee that is late.

    Raises WrongState when nothing is overdue.
    """
    on = timezone.localdate(at)
    if passed_day(subject, on) is None:
        raise WrongState(_("Nội dung này chưa quá hạn nên chưa đôn đốc bằng văn bản."))
    one, ordinal = urged(subject), subject.urgings.filter(level=Urging.Level.URGE).count() + 1
    return _prepare(
        actor=actor,
        one=one,
        level=Urging.Level.URGE,
        ordinal=ordinal,
        to=one.agency,
        text=_urging(subject, text, on),
        kind="urging_letter",
        subject_line=f"đôn đốc lần {ordinal} việc trả lời, thực hiện {one.what.vi}",
        at=at,
    )


def _urging(subject: Subject, text: str, on: dt.date) -> str:
    """Return the words of an urging letter: the facts as they are on the day, in one line, then `text`."""
    return f"{urging_facts(subject, on)}\n{text}"


def prepare_escalation(
    *, actor: Actor, subject: Subject, to: Organization, text: str, at: dt.datetime
) -> Document:
    """Prepare the request that a competent body consider the responsibility.

    Raises DomainError before the organization's own number of urgings has been sent.
    """
    one, needed = urged(subject), setting(subject.case.lead, "reminders_before_escalation")
    if subject.urgings.filter(level=Urging.Level.URGE).count() < needed:
        raise DomainError(
            _("Đơn vị đặt ra %(count)s lần đôn đốc trước khi kiến nghị cấp có thẩm quyền.")
            % {"count": needed},
            Practice(OPEN_TERMS["reminders_before_escalation"].title),
        )
    return _prepare(
        actor=actor,
        one=one,
        level=Urging.Level.ESCALATE,
        ordinal=subject.urgings.filter(level=Urging.Level.ESCALATE).count() + 1,
        to=to,
        text=text,
        kind="letter",
        subject_line=f"đề nghị xem xét việc giải quyết {one.what.vi}",
        at=at,
    )


def _prepare(
    *,
    actor: Actor,
    one: Urged,
    level: str,
    ordinal: int,
    to: Organization,
    text: str,
    kind: str,
    subject_line: str,
    at: dt.datetime,
) -> Document:
    case, about = one.case, one.row if isinstance(one.row, Recommendation) else None
    if selectors.letter_waits(case, about):
        raise WrongState(_("Đang có một công văn về nội dung này chờ ký hoặc đang sửa."))
    document = papers.prepare(
        case=case,
        kind=kind,
        subject_line=subject_line,
        context={
            "to": [to.name],
            "body": text,
            "recipients": papers.receivers(case, [to]).lines,
        },
        addressees=[to],
        actor=actor,
        at=at,
        subject=about,
    )
    data = {"ordinal": ordinal, "to": to.short_name, "agency": one.agency.short_name}
    audit.record(
        action=f"letter.{level}.prepared" if about else f"letter.{level}.to_agency",
        actor=actor,
        obj=one.row,
        thread=case,
        at=at,
        data=data | ({"number": about.number} if about else {}),
    )
    return document


def written_in(letter: Document) -> str:
    """Return what someone wrote in a letter: all of it but the facts that an urging letter opens with."""
    body: str = letter.context["body"]
    return body.partition("\n")[2] if letter.kind == "urging_letter" else body


def sign_letter(*, actor: Actor, case: Case, subject: Any, data: dict[str, Any], at: dt.datetime) -> None:
    """Ask for the signature, or return the letter to be mended.

    One that nothing is overdue for any more is not signed, and is given up once returned.
    """
    document = selectors.paper_in_hand(case, selectors.ANY_LETTER, subject)
    moot = document is not None and _is_moot(_about(case, subject, document), at)
    if moot and data["decision"] == "sign":
        raise WrongState(_("Nội dung này không còn quá hạn; hãy trả lại công văn cho người soạn."))
    service = papers.sign_or_return(SPEC.step("sign_letter"), stays=not moot)
    service(actor=actor, case=case, subject=subject, data=data, at=at)


def _about(case: Case, subject: Any, letter: Document) -> Subject | None:
    """Return what a letter urges or refers; None for the announcement of a change, which is the case's."""
    return None if letter.kind == "announcement" else subject_of(case, subject)


def _is_moot(about: Subject | None, at: dt.datetime) -> bool:
    return about is not None and passed_day(about, timezone.localdate(at)) is None


def basis_of(case: Case, subject: Any, letter: Document | None) -> tuple[Basis, ...]:
    """Return what a letter rests on besides our own order: that of what it urges, none for a change."""
    about = _about(case, subject, letter) if letter else None
    return urged(about).basis if about else ()


def is_in_hand(case: Case, subject: Any) -> bool:
    """The flow's question after a return, and after mending: is there a letter still?"""
    return selectors.letter_waits(case, subject)


def mend_letter(*, actor: Actor, case: Case, subject: Any, data: dict[str, Any], at: dt.datetime) -> None:
    """Write the next version of a letter that was returned, with facts as they are now; or give it up.

    Raises WrongState when what it urges is overdue no more: it can then only be given up.
    """
    document = selectors.paper_in_hand(case, selectors.ANY_LETTER, subject)
    if document is None or document.state != Document.State.PREPARED:
        raise WrongState(_("Không còn công văn nào chờ sửa."))
    if data["decision"] == "drop":
        drop(actor=actor, case=case, letter=document, reason=data["reason"], at=at)
        return
    text, about = data["text"], _about(case, subject, document)
    if _is_moot(about, at):
        raise WrongState(_("Nội dung này không còn quá hạn; hãy bỏ công văn."))
    if about is not None and document.kind == "urging_letter":
        text = _urging(about, text, timezone.localdate(at))
    stays = {key: document.context[key] for key in ("to", "recipients")}
    if document.kind == "announcement":
        stays["days"] = announcements.days_of(document, case, timezone.localdate(at))
    mended = papers.prepare(
        case=case,
        kind=document.kind,
        subject_line=document.subject,
        context={**stays, "body": text},
        addressees=document.case_link.addressees.all(),
        actor=actor,
        at=at,
        subject=subject,
    )
    _note(actor, case, mended, "letter.mended", at)


def drop(*, actor: Actor, case: Case, letter: Document, reason: str, at: dt.datetime) -> None:
    """Give up a letter that is not signed, and note why."""
    documents.abandon(letter, by=actor.mandate, at=at, reason=reason)
    _note(actor, case, letter, "letter.dropped", at, reason=reason)


def _note(actor: Actor, case: Case, document: Document, action: str, at: dt.datetime, **data: str) -> None:
    facts = {"kind": document.kind, "subject": document.subject, **data}
    audit.record(action=action, actor=actor, obj=document, thread=case, at=at, data=facts)


def send_letter(*, case: Case, subject: Any, document: Document, at: dt.datetime) -> None:
    """Send a signed letter to its addressees, count it, and let the public page say so."""
    papers.mark_sent(document, at=at)
    about = _about(case, subject, document)
    if about is not None:
        _count(about, document, at)
    else:
        announcements.meet_notice(case, document, at)
    for organization in document.case_link.addressees.order_by("pk"):
        tell(
            key=f"letter:{document.pk}:{organization.pk}",
            kind=_notice_kind(case, about, document, organization),
            organization=organization,
            title=document.subject,
            address=f"/van-ban/{document.public_id}/",
            case_code=case.code,
            at=at,
        )
    audit.record(
        action="letter.sent",
        actor=Actor.of(document.signer),
        obj=document,
        thread=case,
        at=at,
        data={"number": document.number_text, "subject": document.subject},
    )
    if isinstance(about, Recommendation):
        public.follow_up(about, at=at)
    elif isinstance(about, Criticism):
        criticism_progress.follow_up(about, at=at)


def _notice_kind(case: Case, about: Subject | None, document: Document, organization: Organization) -> str:
    if about is None:
        return announcements.notice_kind(case, organization)
    return "recommendation.urged" if document.kind == "urging_letter" else "recommendation.escalated"


def _count(subject: Subject, document: Document, at: dt.datetime) -> None:
    level = Urging.Level.URGE if document.kind == "urging_letter" else Urging.Level.ESCALATE
    Urging.objects.create(
        **{str(subject._meta.get_field("urgings").remote_field.name): subject},
        level=level,
        ordinal=subject.urgings.filter(level=level).count() + 1,
        addressee=document.case_link.addressees.get(),
        text=document.context["body"],
        by=document.drafted_by,
        at=at,
    )
