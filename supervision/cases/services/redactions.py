"""What is hidden from the public in everything that is published of a case, and by whom it is."""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, TypeVar

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import Redaction
from supervision.documents import editions
from supervision.documents.models import Document
from supervision.errors import InvalidInput, WrongState
from supervision.language.folding import nfc
from supervision.language.hiding import Passage, hide
from supervision.law.registry import spec_of
from supervision.organizations.actors import Actor
from supervision.publication import services as publishing
from supervision.publication.models import Publication

SHORTEST = 3  # characters of a passage: shorter ones stand in half the words
#: What a passage is never looked for in: the paper's own name and where it is found.
_KEPT = ("number_text", "issued_on", "code", "verify_address", "is_sample")
PUBLISHED = _(
    "Văn bản đã công bố nên không che thêm được. Còn thông tin phải che thì đề nghị thu hồi: ký xong, toàn "
    "văn và tệp không hiện nữa, chỉ còn số, tên văn bản và lý do. Văn bản đã thu hồi không công bố lại được, "
    "kể cả bản đã che."
)
GONE = _(
    "Văn bản đã thu hồi: toàn văn và tệp không hiện trên cổng nữa, chỉ còn số, tên văn bản và lý do, nên "
    "không còn gì để che. Văn bản này không công bố lại được, kể cả bản đã che."
)
_OPENS = "[đã che: "
_MASK = re.compile(rf"{re.escape(_OPENS)}[^\]]*\]")
Value = TypeVar("Value")


def add(*, actor: Actor, case: Case, phrases: Sequence[str], reason: str, at: dt.datetime) -> None:
    """Hide passages; what is published from now on does not have them.

    Raises InvalidInput for one that is too short, WrongState once the outcome is published: its text is
    frozen, and leaves the portal by being withdrawn.
    """
    _not_published(case)
    cleaned = list(dict.fromkeys(" ".join(nfc(phrase).split()) for phrase in phrases if phrase.strip()))
    if not cleaned or any(len(phrase) < SHORTEST or len(phrase) > 300 for phrase in cleaned):
        raise InvalidInput({"phrases": [_("Mỗi dòng một cụm từ, từ 3 đến 300 ký tự.")]})
    for phrase in cleaned:
        Redaction.objects.get_or_create(
            case=case, phrase=phrase, defaults={"reason": reason, "by": actor.mandate, "at": at}
        )
    data = {"count": len(cleaned), "reason": reason}
    audit.record(action="case.redacted", actor=actor, obj=case, thread=case, at=at, data=data)
    refresh(case, at=at)


def remove(*, actor: Actor, case: Case, redaction: Redaction, at: dt.datetime) -> None:
    """Show a passage again. Raises WrongState once the outcome is published."""
    _not_published(case)
    redaction.delete()
    audit.record(action="case.shown_again", actor=actor, obj=case, thread=case, at=at)
    refresh(case, at=at)


def passages(case: Case) -> list[Passage]:
    """Return what is hidden in a case, each with what stands in its place, in Vietnamese."""
    with translation.override("vi"):
        return [
            Passage(row.phrase, f"{_OPENS}{row.get_reason_display()}]")
            for row in case.redactions.order_by("pk")
        ]


def hidden(case: Case, value: Value) -> Value:
    """Return anything that is about to be published of a case, without what is hidden."""
    return hide(value, passages(case))


def without_masks(text: str) -> str:
    """Return a text that was published without what stands in the place of hidden passages."""
    return _MASK.sub("", text)


def public_paper(case: Case) -> Document | None:
    """Return the signed paper that is published of a case: its outcome, or the annual plan; None before."""
    spec = spec_of(case.form)
    if spec.outcome in spec.by_name:
        return selectors.outcome_paper(case)
    return selectors.signed_paper(case, "annual_plan")


def publication_of(case: Case) -> Publication | None:
    """Return where the paper that is published of a case has been, in force or withdrawn; None before."""
    paper = public_paper(case)
    return Publication.objects.filter(code=paper.code).first() if paper is not None else None


def why_not(publication: Publication) -> str:
    """Say why nothing more is hidden in what is published, and how it leaves the portal."""
    return str(GONE if publishing.is_withdrawn(publication) else PUBLISHED)


def refresh(case: Case, *, at: dt.datetime) -> None:
    """Have the public edition of the outcome printed where something in it is hidden."""
    document = public_paper(case)
    if document is not None:
        editions.ask(document, _public_context(case, document), at=at)


def shown(case: Case, document: Document) -> editions.Shown | None:
    """Return what may be published of a paper; None unless it was printed with all that is hidden now."""
    found = editions.shown(document)
    if found is None or _public_context(case, document) != (document.public_context or document.context):
        return None
    return found


def read_by_the_public(case: Case) -> Document | None:
    """Return the paper that is published of a case as the public will read it; never to be saved."""
    document = public_paper(case)
    if document is None or not case.redactions.exists():
        return document
    public = copy.copy(document)
    public.context = {**_public_context(case, document), "edition": True}
    return public


def _public_context(case: Case, document: Document) -> dict[str, Any]:
    kept = {key: document.context[key] for key in _KEPT if key in document.context}
    return {**hidden(case, document.context), **kept}


def _not_published(case: Case) -> None:
    if (page := publication_of(case)) is not None:
        raise WrongState(why_not(page))
