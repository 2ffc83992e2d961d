"""A conference on a text: the invitation, and minutes in the order that the law gives (403 Art 5, 15, 19)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import StudiedText
from supervision.cases.services import entries, opening, papers
from supervision.cases.services.judging import judged_by
from supervision.cases.services.records import keep
from supervision.cases.services.sessions import moment, session_ends_after_it_began
from supervision.documents import typesetting
from supervision.documents.models import Document
from supervision.errors import Errors
from supervision.language.folding import lower_first
from supervision.law.registry import spec_of
from supervision.law.specs import Widget
from supervision.notices.services import tell
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate

#: Fields of the minutes that are printed in their own places, not as numbered parts.
_FRAME = ("attendance",)


def _someone_is_invited(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    if not data["organizations"] and not entries.people(data["others"]):
        return {"organizations": [_("Chọn ít nhất một nơi được mời.")]}
    return {}


@judged_by(_someone_is_invited)
def draft_invitation(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep when and where the conference is held and who is invited; prepare the invitation."""
    opening.require_running(case)
    keep(case=case, step="draft_invitation", data=data, actor=actor, at=at)
    others = entries.people(data["others"])
    goes_to = papers.receivers(case, data["organizations"])
    papers.prepare(
        case=case,
        kind="invitation",
        subject_line=f"Dự {lower_first(spec_of(case.form).conference.vi)}",
        context={
            "to": [*(body.name for body in goes_to.direct), *others],
            "body": f"{case.lead.deciding_body or case.lead.name} trân trọng kính mời dự "
            f"{lower_first(_subject_of(case))}.",
            "on": data["held_on"].isoformat(),
            "at": typesetting.clock(data["start_time"]) if data["start_time"] else "",
            "place": data["place"],
            "agenda": data["agenda"],
            "recipients": [*goes_to.lines[:-1], *others, goes_to.lines[-1]],
        },
        addressees=goes_to.organizations,
        actor=actor,
        at=at,
    )


def _subject_of(case: Case) -> str:
    """Return the conference and what it is about: a text, or the case itself where there is none."""
    conference = spec_of(case.form).conference.vi
    if StudiedText.objects.filter(case=case).exists():
        return f"{conference} đối với {selectors.text_of(case)}"
    return f"{conference}: {case.title}"


def invite(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Send the signed invitation to the bodies that are invited."""
    papers.mark_sent(document, at=at)
    for organization in document.case_link.addressees.order_by("pk"):
        tell(
            key=f"invitation:{document.pk}:{organization.pk}",
            kind="conference.invited",
            organization=organization,
            title=document.subject,
            address=f"/van-ban/{document.public_id}/",
            case_code=case.code,
            at=at,
        )
    audit.record(
        action="conference.invited",
        actor=Actor.of(document.signer),
        obj=case,
        thread=case,
        at=at,
        data={"number": document.number_text},
    )


#: Who is chosen from the chairing body, or typed because they are of another: `(chosen, typed, words)`.
_PEOPLE = (
    ("chairperson", "chaired_by", _("Chọn người chủ trì, hoặc ghi người của nơi khác.")),
    ("secretary", "written_by", _("Chọn thư ký, hoặc ghi người của nơi khác.")),
)


def frame_of_minutes_holds(*, case: Case, subject: Any, data: dict[str, Any], on: dt.date) -> Errors:
    """Refuse an end before the beginning, and a chair or secretary named twice or not at all."""
    errors = session_ends_after_it_began(case=case, subject=subject, data=data, on=on)
    for chosen, typed, sentence in _PEOPLE:
        if not data[chosen] and not data[typed]:
            errors[chosen] = [sentence]
        elif data[chosen] and data[typed]:
            errors[typed] = [_("Đã chọn ở trên; để trống ô này.")]
    return errors


def named(data: dict[str, Any]) -> dict[str, str]:
    """Return chair and secretary as minutes print them: name and post, whether chosen or typed."""
    return {
        "chair": _printed(data["chairperson"], data["chaired_by"]),
        "secretary": _printed(data["secretary"], data["written_by"]),
    }


def _printed(chosen: Mandate | None, typed: str | None) -> str:
    return f"{chosen.user.display_name}, {chosen.title}" if chosen else typed or ""


@judged_by(frame_of_minutes_holds)
def record_conference(
    *, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep what was said in the conference, in the law's order, and prepare its minutes."""
    opening.require_running(case)
    keep(case=case, step="record_conference", data=data, actor=actor, at=at)
    step = spec_of(case.form).step("record_conference")
    papers.prepare(
        case=case,
        kind="conference_minutes",
        subject_line=_subject_of(case),
        context={
            "started_at": moment(data["held_on"], data["started_time"]),
            "ended_at": moment(data["ended_on"], data["ended_time"]),
            "place": data["place"],
            "present": entries.people(data["attendance"]),
            **named(data),
            "sections": [
                {"title": field.label.vi, "text": data[field.name]}
                for field in step.fields
                if field.widget is Widget.TEXT and field.name not in _FRAME and data[field.name]
            ],
            "recipients": papers.receivers(case, []).lines,
        },
        addressees=[],
        actor=actor,
        at=at,
    )


def hold_conference(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Once the minutes are signed the conference stands on record."""
    papers.mark_sent(document, at=at)
    audit.record(
        action="conference.held",
        actor=Actor.of(document.signer),
        obj=case,
        thread=case,
        at=at,
        data={"number": document.number_text},
    )


def call_off(*, case: Case, at: dt.datetime) -> None:
    """Tell the bodies invited to a conference that was not held that it will not be."""
    papers_of = case.papers.filter(is_sent=True).select_related("document").order_by("-pk")
    if papers_of.filter(document__kind="conference_minutes").exists():
        return
    invitation = papers_of.filter(document__kind="invitation").first()
    for organization in invitation.addressees.order_by("pk") if invitation else ():
        tell(
            key=f"conference.called_off:{invitation.document_id}:{organization.pk}",
            kind="conference.called_off",
            organization=organization,
            title=invitation.document.subject,
            address=f"/van-ban/{invitation.document.public_id}/",
            case_code=case.code,
            at=at,
        )
