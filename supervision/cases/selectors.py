"""Reading cases: what flows, pages and papers ask of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from supervision.casefiles.models import Case, Record
from supervision.cases.models import (
    AnnualPlan,
    CaseDocument,
    ChangeRequest,
    Conclusion,
    Consultation,
    Criticism,
    Delegation,
    Inquiry,
    Recommendation,
    Reply,
    Response,
    ResultReport,
    StudiedText,
)
from supervision.deadlines import services as deadlines
from supervision.deadlines.models import Deadline
from supervision.documents.models import Document
from supervision.drafts import services as drafts
from supervision.drafts.models import Draft, Remark
from supervision.law.counting import derive
from supervision.law.registry import spec_of
from supervision.law.rules import RULES
from supervision.law.specs import Party
from supervision.law.text import T
from supervision.organizations.models import Mandate
from supervision.organizations.services import setting, setting_owner
from supervision.publication.models import Publication

Subject = Inquiry | Recommendation | Consultation | Criticism | ChangeRequest | Document | None


def about(subject: Subject) -> dict[str, Any]:
    """Return the filter that ties a row to the inquiry, recommendation or change it is about, or to none."""
    return {
        "inquiry": subject if isinstance(subject, Inquiry) else None,
        "recommendation": subject if isinstance(subject, Recommendation) else None,
        "change": subject if isinstance(subject, ChangeRequest) else None,
    }


def _exactly(subject: Subject) -> dict[str, Any]:
    filters: dict[str, Any] = {}
    for name, value in about(subject).items():
        filters[name if value is not None else f"{name}__isnull"] = value if value is not None else True
    return filters


#: Papers of the small flow `cong-van`; a step names them together as ANY_LETTER.
LETTER_KINDS = ("urging_letter", "letter", "announcement")
ANY_LETTER = "any_letter"
#: Papers of the small flow `dinh-chinh`: they change what is published.
CHANGE_KINDS = ("correction_letter", "withdrawal_decision")
ANY_CHANGE = "any_change"
#: Papers of the flows beside a case's own course, by the name that a step gives them together.
BESIDE = {ANY_LETTER: LETTER_KINDS, ANY_CHANGE: CHANGE_KINDS}


def papers(case: Case, kind: str, subject: Subject = None) -> QuerySet[CaseDocument]:
    """Return the case's papers of one kind about exactly `subject`, newest first, given-up ones left out."""
    kinds = BESIDE.get(kind, (kind,))
    return (
        CaseDocument.objects.filter(case=case, document__kind__in=kinds, **_exactly(subject))
        .exclude(document__state=Document.State.ABANDONED)
        .select_related("document")
        .order_by("-pk")
    )


def paper_in_hand(case: Case, kind: str, subject: Subject = None) -> Document | None:
    """Return the newest paper of the kind that was not given up, or None."""
    link = papers(case, kind, subject).first()
    return link.document if link else None


def signed_paper(case: Case, kind: str, subject: Subject = None) -> Document | None:
    """Return the newest signed paper of the kind, or None."""
    link = papers(case, kind, subject).filter(document__state=Document.State.SIGNED).first()
    return link.document if link else None


def outcome_kind(case: Case) -> str:
    """Return the kind of paper in which the case's form tells its outcome."""
    spec = spec_of(case.form)
    return spec.step(spec.outcome).document


def outcome_paper(case: Case) -> Document | None:
    """Return the signed document of the outcome, which is published, or None."""
    return signed_paper(case, outcome_kind(case))


WAITING = (Document.State.PREPARED, Document.State.SIGNING, Document.State.STUCK)
IN_HAND = (Document.State.PREPARED, Document.State.STUCK, Document.State.RETURNED)


def letter_waits(case: Case, subject: Subject = None) -> bool:
    """Whether a letter about `subject` is still to be signed: one at a time."""
    return papers(case, ANY_LETTER, subject).filter(document__state__in=WAITING).exists()


def letters_in_hand(case: Case) -> QuerySet[CaseDocument]:
    """Return the letters of the case that are still to be signed, whatever they are about."""
    return case.papers.filter(document__kind__in=LETTER_KINDS, document__state__in=WAITING)


def papers_in_hand(case: Case, **about: Any) -> QuerySet[CaseDocument]:
    """Return the papers of the main path that wait for a signer, got stuck, or are mended with a number."""
    found = case.papers.filter(document__state__in=IN_HAND, **about)
    return found.exclude(document__kind__in=(*LETTER_KINDS, *CHANGE_KINDS)).select_related("document")


def delegation_of(case: Case) -> Delegation:
    return Delegation.objects.select_related(
        "head__user", "head__organization", "secretary__user", "secretary__organization"
    ).get(case=case)


def named_mandate(case: Case, party: Party) -> Mandate:
    """Return the mandate of who acts by name: the delegation's head or secretary, or whoever was sent."""
    if party is Party.REPRESENTATIVE:
        return representative_of(case)
    delegation = delegation_of(case)
    return delegation.head if party is Party.HEAD else delegation.secretary


def representative_of(case: Case) -> Mandate:
    """Return whom the body named for another body's supervision."""
    record = case.records.filter(step="draft_appointment").order_by("-pk")[0]
    people = Mandate.objects.select_related("user", "organization")
    return people.get(public_id=record.data["representative"])


def annual_plan_of(case: Case) -> AnnualPlan:
    """Return the annual plan that the case is the work on."""
    return AnnualPlan.objects.select_related("case", "organization", "deadline").get(case=case)


def result_of(case: Case) -> ResultReport | None:
    return case.result_reports.order_by("-version").first()


def conclusion_of(case: Case) -> Conclusion | None:
    return case.conclusions.order_by("-version").first()


def publication_of(case: Case) -> Publication | None:
    """Return the case's newest publication, None while nothing is published."""
    conclusion = conclusion_of(case)
    return conclusion.publication if conclusion else None


def working_response(inquiry: Inquiry) -> Response | None:
    """Return the response that is being prepared and was not sent yet."""
    return inquiry.responses.filter(submitted_at__isnull=True).order_by("-version").first()


def sent_responses(inquiry: Inquiry) -> QuerySet[Response]:
    """Return every report the agency sent, the first one before its supplements."""
    sent = inquiry.responses.filter(submitted_at__isnull=False).order_by("version")
    return sent.select_related("approved_by__organization", "inquiry")


def working_reply(recommendation: Recommendation) -> Reply | None:
    return recommendation.replies.filter(submitted_at__isnull=True).order_by("-version").first()


def sent_reply(recommendation: Recommendation) -> Reply | None:
    return recommendation.replies.filter(submitted_at__isnull=False).order_by("-version").first()


def latest_record(case: Case, step: str) -> Record | None:
    return case.records.filter(step=step).order_by("-pk").first()


def next_version(rows: QuerySet[Any]) -> int:
    """Return the version number after the highest of `rows`."""
    return int(rows.aggregate(top=Max("version"))["top"] or 0) + 1


def open_inquiries(case: Case) -> QuerySet[Inquiry]:
    return case.inquiries.exclude(state=Inquiry.State.WITHDRAWN).order_by("number")


def text_of(case: Case) -> StudiedText | Draft:
    """Return the text that the case is about, issued or still a draft; DoesNotExist before it is known."""
    criticism = Criticism.objects.filter(case=case).select_related("draft__owner").first()
    return criticism.draft if criticism else StudiedText.objects.select_related("owner").get(case=case)


def criticism_of(case: Case) -> Criticism:
    """Return the criticism that the case is; Criticism.DoesNotExist before its draft has come."""
    related = ("draft__owner", "draft__issuer", "addressee", "case__lead")
    return Criticism.objects.select_related(*related).get(case=case)


def open_remarks(case: Case) -> QuerySet[Remark]:
    """Return the remarks of the case that wait for an answer, or for another one; of each group the first."""
    return drafts.open_rows(criticism_of(case).draft)


def answered_remarks(case: Case) -> QuerySet[Remark]:
    """Return the remarks of the case whose answer stands."""
    answered = drafts.standing_answers(criticism_of(case).draft).filter(is_reopened=False)
    return Remark.objects.filter(pk__in=answered.values("remark")).order_by("number")


def asked_consultations(case: Case) -> QuerySet[Consultation]:
    """Return whoever is asked for an opinion and has not been silent or heard yet."""
    return case.consultations.filter(state=Consultation.State.ASKED).order_by("number")


def opinions_of(case: Case) -> QuerySet[Consultation]:
    """Return the opinions given on the text of the case, in the order in which they were asked for."""
    given = case.consultations.filter(state=Consultation.State.GIVEN).order_by("number")
    return given.select_related("organization", "person__user", "given_by__user")


def issued_recommendations(case: Case) -> QuerySet[Recommendation]:
    return case.recommendations.exclude(state=Recommendation.State.DRAFT).order_by("number")


def clock_of(step: str, case: Case, *, at: dt.datetime) -> Deadline | None:
    """Start the open term that a form names for one of its steps; None where it is an internal step."""
    rule = spec_of(case.form).step(step).rule
    return None if rule == "STEP" else start_open_term(rule, case, at=at)


def by_delegation(case: Case) -> str:
    """Return the name printed beside a day that the delegation has fixed."""
    return f"Đoàn giám sát, {case.lead.short_name}"


def day_of(code: str, start_on: dt.date) -> dt.date:
    """Return the due day of a rule counted from `start_on`, without storing anything."""
    return derive(RULES[code], start_on, deadlines.calendar()).due


def as_source(document: Document, by: str = "") -> deadlines.Paper | None:
    """Return the signed paper as the source of a time that it states; None while it has no number.

    `by` names whoever signs it for the body, as a delegation does.
    """
    if not document.number_text or document.issued_on is None:
        return None
    return deadlines.Paper(document.number_text, document.issued_on, by or document.organization.short_name)


def start_open_term(
    code: str,
    case: Case,
    *,
    at: dt.datetime,
    start_on: dt.date | None = None,
    start_label: T | None = None,
) -> Deadline:
    """Start a clock whose length no law sets: the chairing organization, a superior or the product does."""
    rule = RULES[code]
    owner = setting_owner(case.lead, rule.term)
    unit = rule.unit_by(setting(case.lead, rule.unit_term)) if rule.unit_term else None
    return deadlines.set_deadline(
        rule=code,
        start_on=start_on or timezone.localdate(at),
        start_label=start_label or rule.starts,
        at=at,
        length=setting(case.lead, rule.term),
        unit=unit,
        set_by=(owner or case.lead).short_name,
        by_default=owner is None,
    )
