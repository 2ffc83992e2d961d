"""Publishing the conclusion, and keeping the public page true to what has become of it since."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.cases import selectors
from supervision.cases.models import Case, Recommendation
from supervision.deadlines.explain import explain
from supervision.deadlines.models import Deadline
from supervision.documents.kinds import KINDS
from supervision.documents.models import Document
from supervision.errors import InvalidInput, NotAllowed, WrongState
from supervision.language.dates import short_date, vietnam_day
from supervision.law.specs import FormSpec
from supervision.law.text import T
from supervision.organizations.actors import Actor
from supervision.organizations.models import Level
from supervision.publication import services as publication
from supervision.publication.models import Publication
from supervision.publication.text import Section
from supervision.publication.vocabulary import State

R = Recommendation.State

REPLY_WORDS = {
    "accepted": T("Tiếp thu", "Accepted"),
    "partly_accepted": T("Tiếp thu một phần", "Partly accepted"),
    "not_accepted": T("Không tiếp thu, có giải trình", "Not accepted, with reasons"),
    "reconsider": T("Đề nghị xem xét lại", "Asks for re-consideration"),
}
ASSESSMENT_WORDS = {
    "satisfied": T("Trả lời đạt, theo dõi thực hiện", "Reply satisfies; carrying out is followed"),
    "explanation_satisfied": T("Giải trình có cơ sở", "The reasons are well founded"),
    "rejected": T("Trả lời chưa đạt", "Reply does not satisfy"),
}
OUTCOME_WORDS = {
    "verified": T("Đã làm, có minh chứng", "Done, with evidence"),
    "not_yet": T("Chưa xong, tiếp tục theo dõi", "Not finished, followed up further"),
}
STANDS = {
    R.SENT: State.WAITING,
    R.RECEIVED: State.WAITING,
    R.RECONSIDER: State.PAUSED,
    R.REPLIED: State.ANSWERED,
    R.REPLY_REJECTED: State.RETURNED,
    R.IMPLEMENTING: State.DOING,
    R.IMPLEMENTED: State.ANSWERED,
    R.VERIFIED: State.VERIFIED,
    R.SATISFIED: State.ANSWERED,
    R.CLOSED: State.VERIFIED,
    R.WITHDRAWN: State.CLOSED,
}


def publish_conclusion(
    spec: FormSpec,
) -> Any:
    """Return the service that publishes the signed recommendation document of a case of `spec`.

    A second person publishes, never the signer; the checklist must be ticked.
    """

    def service(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
        if data["checked"] is not True:
            raise InvalidInput({"checked": [_("Phải kiểm tra nội dung phải che trước khi công bố.")]})
        document = selectors.signed_paper(case, "recommendation_document")
        if document is None:
            raise WrongState(_("Văn bản kiến nghị chưa ký xong nên chưa công bố được."))
        if document.signer.user_id == actor.user.pk:
            raise NotAllowed(_("Người ký không tự công bố; người khác phải công bố."))
        conclusion = selectors.conclusion_of(case)
        conclusion.publication = publication.publish(
            facts=facts_of(case, document, spec, data["lead"]),
            progress=[progress_of(row) for row in conclusion.recommendations.order_by("number")],
            at=at,
            by_label=audit.label_of(actor),
            actor=actor,
        )
        conclusion.save(update_fields=["publication"])
        audit.record(
            action="conclusion.published",
            actor=actor,
            obj=conclusion,
            thread=case,
            at=at,
            data={"number": document.number_text},
        )

    return service


def facts_of(case: Case, document: Document, spec: FormSpec, lead: str) -> publication.Facts:
    """Return the frozen facts of the public page: the signed document and what it says of itself."""
    rendition = document.renditions.select_related("blob").get(is_signed=True)
    organization = case.lead
    territory = organization.territory
    province = territory if organization.level == Level.PROVINCE else territory.parent
    if organization.level == Level.CENTRE:
        province = None
    kind = KINDS[document.kind]
    return publication.Facts(
        kind=document.kind,
        kind_name=kind.title,
        form=case.form,
        form_name=spec.title,
        organization_code=organization.code,
        organization_name=organization.name,
        level=organization.level,
        number_text=document.number_text,
        title=case.title,
        lead=lead,
        sections=sections_of(case),
        signer_label=_signer_label(document),
        issued_on=document.issued_on,
        code=document.code,
        pdf_sha256=rendition.blob.sha256,
        pdf_size=rendition.blob.size,
        pdf_pages=rendition.pages,
        province_code=province.code if province else "",
        province_name=province.name if province else "",
        field=case.field,
        basis=[basis.label for basis in spec.basis],
        case_code=case.code,
        issuer=document.context.get("issuer_full", ""),
    )


def _signer_label(document: Document) -> str:
    """Return name, capacity and post as a sentence prints them, not in the capitals of the paper."""
    signer = document.signer
    assert signer is not None  # a signed paper has its signer
    body = document.organization.deciding_body
    return ", ".join([signer.user.display_name, *([f"TM. {body}"] if body else []), signer.title])


def sections_of(case: Case) -> list[Section]:
    """Return the text of the public page: conclusion, what was found, what is recommended."""
    conclusion, report = selectors.conclusion_of(case), selectors.result_of(case)
    sections = [Section("Kết luận", conclusion.text)]
    if report:
        sections.append(Section("Kết quả đạt được", report.strengths))
        findings = "\n".join(
            f"- {finding.title}. {finding.text}" for finding in report.findings.order_by("number")
        )
        if findings:
            sections.append(Section("Nhận định", findings))
        sections.append(Section("Nguyên nhân", report.causes))
    return sections


def preview_of(case: Case) -> list[Section]:
    """Return what the clerk sees before publishing: the same sections that will be frozen."""
    return sections_of(case)


def follow_up(subject: Recommendation, *, at: dt.datetime) -> None:
    """Add the recommendation's new standing to its public page, if it has one."""
    subject = Recommendation.objects.select_related(
        "addressee", "conclusion__publication", "reply_deadline", "assess_deadline", "action_deadline"
    ).get(pk=subject.pk)
    page: Publication | None = subject.conclusion.publication
    if page is not None:
        publication.follow_up(publication=page, progress=progress_of(subject), at=at)


def progress_of(subject: Recommendation) -> publication.Progress:
    """Return where the recommendation stands, each side in its own words."""
    reply = selectors.sent_reply(subject)
    deadline = _running_clock(subject)
    return publication.Progress(
        number=subject.number,
        state=_public_state(subject),
        addressee_code=subject.addressee.code,
        addressee_name=subject.addressee.name,
        text=subject.text,
        due_on=deadline.due_on if deadline else None,
        first_due_on=deadline.first_due_on if deadline else None,
        start_on=subject.reply_deadline.start_on if subject.reply_deadline else None,
        reply_due_on=subject.reply_deadline.due_on if subject.reply_deadline else None,
        answered_on=vietnam_day(reply.submitted_at) if reply else None,
        agency=_agency_voice(subject),
        front=_front_voice(subject),
        rows=explain(deadline) if deadline else [],
    )


def _public_state(subject: Recommendation) -> State:
    if subject.state == R.CLOSED and subject.closed_as != "verified":
        return State.CLOSED
    return STANDS.get(R(subject.state), State.WAITING)


def _running_clock(subject: Recommendation) -> Deadline | None:
    """Return the clock that runs in the state reached; a paused one shows no date."""
    return {
        R.RECEIVED: subject.reply_deadline,
        R.REPLY_REJECTED: subject.reply_deadline,
        R.REPLIED: subject.assess_deadline,
        R.IMPLEMENTED: subject.assess_deadline,
        R.IMPLEMENTING: subject.action_deadline,
    }.get(R(subject.state))


def _files(rows: Any) -> list[dict[str, Any]]:
    return [
        {"name": file.name, "size": file.blob.size, "pages": file.pages, "sha256": file.blob.sha256}
        for file in rows.select_related("blob")
    ]


def _agency_voice(subject: Recommendation) -> publication.Voice:
    done = subject.carrying_outs.order_by("-pk").first()
    reply = selectors.sent_reply(subject)
    if done is not None:
        said = (
            T("Báo đã thực hiện", "Reports it as carried out")
            if done.is_full
            else T("Báo thực hiện một phần", "Reports it as partly carried out")
        )
        day = vietnam_day(done.at)
        return publication.Voice(said, done.text, [_dated(day)], _files(done.files))
    if reply is None:
        return publication.NOT_ANSWERED
    text = "\n\n".join(part for part in (reply.text, reply.reason) if part)
    meta = [_dated(vietnam_day(reply.submitted_at))]
    if reply.number_text:
        meta.insert(0, T(f"Văn bản {reply.number_text}", f"Paper {reply.number_text}"))
    return publication.Voice(REPLY_WORDS[reply.verdict], text, meta, _files(reply.files))


def _front_voice(subject: Recommendation) -> publication.Voice:
    check = subject.verifications.order_by("-pk").first()
    judged = subject.assessments.order_by("-pk").first()
    urged = subject.urgings.order_by("-pk").first()
    row: Any
    if check is not None:
        words, row = OUTCOME_WORDS[check.outcome], check
    elif urged is not None and (judged is None or urged.at > judged.at):
        words, row = _urged_words(urged), urged
    elif judged is not None:
        words, row = ASSESSMENT_WORDS[judged.verdict], judged
    else:
        return publication.NOT_ASSESSED
    return publication.Voice(words, row.text, [_dated(vietnam_day(row.at))])


def _urged_words(urged: Any) -> T:
    if urged.level == "escalate":
        return T(
            f"Đã kiến nghị {urged.addressee.short_name} xem xét", f"Referred to {urged.addressee.short_name}"
        )
    return T(f"Đã đôn đốc lần {urged.ordinal}", f"Urged, time {urged.ordinal}")


def _dated(day: dt.date) -> T:
    return T(short_date(day), short_date(day))
