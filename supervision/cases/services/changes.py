"""Correcting and withdrawing what is published: asked for, signed or refused, carried out, told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases.models import ChangeRequest
from supervision.cases.services import change_papers, change_words, papers, plan_withdrawals
from supervision.documents import services as documents
from supervision.documents.models import Document
from supervision.errors import NotAllowed, WrongState
from supervision.files.models import Attachment
from supervision.files.sending import Sending
from supervision.law.forms.change import SPEC
from supervision.notices.services import News, tell, tell_all
from supervision.organizations.actors import Actor
from supervision.publication import services as publishing
from supervision.publication.models import Publication

Kind, State = ChangeRequest.Kind, ChangeRequest.State
WITHDRAWN = _("Văn bản này đã thu hồi từ trước.")


def open_change(publication: Publication) -> ChangeRequest | None:
    """Return the request about a publication that waits for its signer, or None."""
    rows = publication.change_requests.filter(state=State.ASKED)
    return rows.select_related("publication", "case", "by__user", "replaced_by").first()


def require_free(publication: Publication) -> None:
    """Raise WrongState for a withdrawn publication, or while another request about it is open."""
    if publishing.is_withdrawn(publication):
        raise WrongState(WITHDRAWN)
    if open_change(publication):
        raise WrongState(_("Đang có một đề nghị về văn bản này chờ người ký."))


def ask(
    *,
    actor: Actor,
    case: Case,
    publication: Publication,
    kind: str,
    data: dict[str, Any],
    sending: Sending,
    at: dt.datetime,
) -> ChangeRequest:
    """Keep the request and prepare the paper that carries it out, for another person to sign.

    The caller holds the case and has asked `change_words.wrong`. Raises WrongState for a withdrawn
    publication, or while another request about it is open.
    """
    require_free(publication)
    reason, changes, replaced_by = change_words.worded(
        publication=publication, case=case, kind=kind, data=data
    )
    change = ChangeRequest.objects.create(
        key=sending.key,
        content=sending.content,
        case=case,
        publication=publication,
        kind=kind,
        reason=reason,
        changes=changes,
        replaced_by=replaced_by,
        by=actor.mandate,
        at=at,
    )
    files: Iterable[Attachment] = data.get("files") or []
    change.files.set(files)
    change_papers.prepare(change=change, actor=actor, at=at)
    tell(
        key=f"change.asked:{change.pk}",
        kind="change.asked",
        organization=case.lead,
        title=_title(change),
        address="/viec-cua-toi/",
        case_code=case.code,
        at=at,
    )
    _note(actor, change, "change.asked", at, reason=reason)
    return change


def sign_change(
    *, actor: Actor, case: Case, subject: ChangeRequest, data: dict[str, Any], at: dt.datetime
) -> None:
    """Have the paper signed, which carries the change out; or refuse the request, with the reason."""
    if subject.by.user_id in actor.persons:
        raise NotAllowed(_("Bạn là người đề nghị nên không tự ký được; người khác phải ký."))
    if data["decision"] == "sign":
        _may_be_signed(subject)
    service = papers.sign_or_return(SPEC.step("sign_change"))
    service(actor=actor, case=case, subject=subject, data=data, at=at)
    if data["decision"] == "sign":
        return
    _decide(subject, State.REFUSED, actor, at, reason=data["reason"])
    _tell_who_asked(subject, "change.refused", at)
    _note(actor, subject, "change.refused", at, reason=data["reason"])


def _may_be_signed(change: ChangeRequest) -> None:
    """Raise WrongState where the paper would be untrue: what it is about, or what replaces it, is gone.

    Of two withdrawals that name each other's paper the second waits until the first is signed.
    """
    if publishing.is_withdrawn(change.publication):
        raise WrongState(WITHDRAWN)
    if change.replaced_by and publishing.is_withdrawn(change.replaced_by):
        words = _("Văn bản thay thế %(number)s đã thu hồi. Trả lại để đề nghị lại.")
        raise WrongState(words % {"number": change.replaced_by.number_text})
    if change.kind == Kind.WITHDRAW:
        plan_withdrawals.require_no_version_being_signed(change.publication)
    if change.kind == Kind.WITHDRAW and _is_named_in_what_is_being_signed(change):
        raise WrongState(_("Một quyết định thu hồi có liên quan đang được ký. Thử lại khi ký xong."))


def _is_named_in_what_is_being_signed(change: ChangeRequest) -> bool:
    """Whether the paper itself replaces another, or its replacement is withdrawn, by a paper being signed."""
    named = Q(replaced_by=change.publication)
    if change.replaced_by_id:
        named |= Q(publication=change.replaced_by_id, kind=Kind.WITHDRAW)
    under_way = [Document.State.SIGNING, Document.State.STUCK]
    open_ = ChangeRequest.objects.filter(named, state=State.ASKED)
    return open_.filter(papers__document__state__in=under_way).exists()


def take_back(*, actor: Actor, change: ChangeRequest, at: dt.datetime) -> None:
    """Give the request and its unsigned paper up, as whoever asked; WrongState once it is being signed."""
    if change.state != State.ASKED:
        raise WrongState(_("Đề nghị này đã được quyết định."))
    if change.by_id != actor.mandate.pk:
        raise NotAllowed(_("Chỉ người đề nghị rút được đề nghị của mình."))
    for link in change.papers.exclude(document__state=Document.State.ABANDONED).select_related("document"):
        if link.document.state != Document.State.PREPARED:
            raise WrongState(_("Một văn bản đang được ký; hãy thử lại khi ký xong."))
        documents.abandon(link.document, by=actor.mandate, at=at)
    _decide(change, State.TAKEN_BACK, actor, at)
    _note(actor, change, "change.taken_back", at)


def come_back(*, actor: Actor, case: Case, subject: ChangeRequest, reason: str, at: dt.datetime) -> None:
    """End a request whose paper could not be signed and was taken back: whoever asked mends it."""
    _decide(subject, State.RETURNED, actor, at, reason=reason)
    if actor.mandate != subject.by:
        _tell_who_asked(subject, "change.returned", at)
    _note(actor, subject, "change.returned", at, reason=reason)


def give_up(
    *, actor: Actor, case: Case, subject: ChangeRequest, data: dict[str, Any], at: dt.datetime
) -> None:
    """Ask no more for what came back; the number that its paper has says why it is not used."""
    left = change_papers.left_unsigned(subject.publication)
    papers.give_up(left, by=actor, at=at, reason=data["reason"])
    _note(actor, subject, "change.given_up", at, reason=data["reason"])


def _tell_who_asked(change: ChangeRequest, kind: str, at: dt.datetime) -> None:
    tell(
        key=f"{kind}:{change.pk}",
        kind=kind,
        organization=change.by.organization,
        mandate=change.by,
        title=_title(change),
        address=page_of(change.publication),
        case_code=change.case.code,
        at=at,
    )


def _decide(change: ChangeRequest, state: str, actor: Actor, at: dt.datetime, *, reason: str = "") -> None:
    change.state, change.decision_reason = state, reason
    change.decided_by, change.decided_at = actor.mandate, at
    change.save()


def carry_out(*, case: Case, subject: ChangeRequest, document: Document, at: dt.datetime) -> None:
    """Change what is published as the signed paper says, and tell everybody who got the published one."""
    papers.mark_sent(document, at=at)
    signer = Actor.of(document.signer)
    facts: dict[str, Any] = {
        "number": document.number_text,
        "paper": {"issued_on": document.issued_on.isoformat(), "code": document.code},
        "by_label": audit.label_of(signer),
        "reason": subject.reason,
        "at": at,
        "actor": signer,
    }
    if subject.kind == Kind.CORRECT:
        entry = publishing.correct(publication=subject.publication, changes=subject.changes, **facts)
    else:
        entry = publishing.withdraw(publication=subject.publication, replaced_by=subject.replaced_by, **facts)
        plan_withdrawals.go_back(case, subject.publication, by=signer, at=at)
    subject.entry = entry
    _decide(subject, State.CONFIRMED, signer, at)
    action = "publication.corrected" if subject.kind == Kind.CORRECT else "publication.withdrawn"
    key, title, page = f"change:{subject.pk}", _title(subject), page_of(subject.publication)
    told = document.case_link.addressees.order_by("pk")
    news = [News(key, action, one, None, title, f"/van-ban/{document.public_id}/", case.code) for one in told]
    own = News(key, action, subject.by.organization, subject.by, title, page, case.code)
    tell_all([*news, own], at=at)
    _note(signer, subject, "change.carried_out", at, number=document.number_text, reason=subject.reason)


def page_of(publication: Publication) -> str:
    """Return the path of the page on which the body mends what it has published."""
    return f"/cong-bo/{publication.public_id}/"


def _title(change: ChangeRequest) -> str:
    return f"{change.called.vi}: {change.publication.title}"


def _note(actor: Actor, change: ChangeRequest, action: str, at: dt.datetime, **data: str) -> None:
    facts = {"change": change.kind, "paper": change.publication.number_text, **data}
    audit.record(action=action, actor=actor, obj=change, thread=change.case, at=at, data=facts)
