"""What is frozen of a signed recommendation document when it is published: its facts and its text."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import Consultation
from supervision.cases.services.redactions import hidden, shown
from supervision.documents.kinds import KINDS
from supervision.documents.models import Document
from supervision.documents.render import article_html
from supervision.errors import WrongState
from supervision.law.registry import spec_of
from supervision.organizations.models import Level, Organization, Territory
from supervision.publication import services as publication
from supervision.publication.text import signed_sections


def facts_of(case: Case, document: Document, lead: str) -> publication.Facts:
    """Return the frozen facts of the public page: the signed document and what it says of itself.

    What is hidden in the case is in none of it. Raises WrongState while the public edition is being printed,
    CannotPrint where something in the paper makes no page: nothing is frozen in its place.
    """
    public = shown(case, document)
    if public is None:
        raise _not_printed(document)
    rendition, document = public.rendition, public.document
    organization, province = case.lead, _province(case.lead)
    kind, spec = KINDS[document.kind], spec_of(case.form)
    facts = publication.Facts(
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
        sections=signed_sections(article_html(document)),
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
        commended=_commended(case),
        issuer=document.context.get("issuer_full", ""),
        certificates=public.certificates,
        consulted=_consulted(case),
    )
    return replace(hidden(case, facts), code=facts.code, number_text=facts.number_text)


def _not_printed(document: Document) -> WrongState:
    if not document.edition_trouble:
        return WrongState(_("Bản công bố có phần đã che đang được in. Thử lại sau ít giây."))
    words = _("Bản công bố có phần đã che chưa in được: %(why)s")
    return WrongState(words % {"why": document.edition_trouble})


def _province(organization: Organization) -> Territory | None:
    if organization.level == Level.CENTRE:
        return None
    territory = organization.territory
    return territory if organization.level == Level.PROVINCE else territory.parent


def _consulted(case: Case) -> list[str]:
    """Return whose opinion was asked, silent or not. Who agrees with a plan is told on the plan's page."""
    if not any(step.name == "give_opinion" for step in spec_of(case.form).steps):
        return []
    asked = case.consultations.exclude(state=Consultation.State.PREPARED).order_by("number")
    rows = asked.select_related("organization", "person")
    names = [row.person.title if row.person else row.organization.name for row in rows]
    return list(dict.fromkeys(names))  # two experts may hold one office


def _commended(case: Case) -> list[publication.Commended]:
    conclusion = selectors.conclusion_of(case)
    if conclusion is None:  # a plan is published too
        return []
    rows = conclusion.commendations.select_related("about").order_by("number")
    return [publication.Commended(row.about.code, row.about.name, row.title, row.text) for row in rows]


def _signer_label(document: Document) -> str:
    """Return name, capacity and post as a sentence prints them, not in the capitals of the paper."""
    signer = document.signer
    assert signer is not None  # a signed paper has its signer
    body = document.organization.deciding_body
    return ", ".join([signer.user.display_name, *([f"TM. {body}"] if body else []), signer.title])
