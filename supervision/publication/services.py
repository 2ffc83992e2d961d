"""Publishing, correcting, withdrawing, following up: each adds rows, none changes one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit.services import ActorLike, record
from supervision.errors import AlreadyDone, InvalidInput, WrongState
from supervision.language.folding import nfc, number_key, slug
from supervision.law.text import T
from supervision.publication import index, words
from supervision.publication.log import keeping, tasks
from supervision.publication.models import Entry, FollowUp, GoodPractice, Publication
from supervision.publication.progress import NOT_ASSESSED, WAITING_FOR_FRONT, Progress, pair, rows_json
from supervision.publication.text import Section, to_html, to_plain


@dataclass(frozen=True)
class Commended:
    """A good practice that the document commends: whose it is, and what it is."""

    about_code: str
    about_name: str
    title: str
    text: str


@dataclass(frozen=True)
class Facts:
    """What a document says of itself when it is published; taken over as it is."""

    kind: str
    kind_name: T
    form: str
    form_name: T
    organization_code: str
    organization_name: str
    level: str
    number_text: str
    title: str
    lead: str
    sections: Sequence[Section]
    signer_label: str
    issued_on: dt.date
    code: str
    pdf_sha256: str
    pdf_size: int
    pdf_pages: int
    province_code: str = ""
    province_name: str = ""
    field: str = "other"
    basis: Sequence[T] = ()
    case_code: str = ""
    commended: Sequence[Commended] = ()
    issuer: str = ""  # in full: "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Bắc Ninh"
    certificates: Sequence[str] = ()  # SHA-256 of those it was signed with, in the order of the signatures
    consulted: Sequence[str] = ()  # whose opinion was asked: bodies by name, people by their office alone


def is_withdrawn(publication: Publication) -> bool:
    """Whether a publication was withdrawn."""
    return publication.entries.filter(what=Entry.What.WITHDRAW).exists()


@transaction.atomic
def publish(
    *,
    facts: Facts,
    progress: Sequence[Progress] = (),
    at: dt.datetime,
    by_label: str,
    actor: ActorLike | None = None,
) -> Publication:
    """Freeze a signed document as a public page, with its recommendations as they stand.

    `at` is the moment of publishing (aware). Raises AlreadyDone when the code or the address
    has been published, InvalidInput when the page would have no text or no title.
    """
    _check(facts, at)
    publication = Publication.objects.create(**_columns(facts, at, by_label))
    Entry.objects.create(publication=publication, what=Entry.What.PUBLISH, at=at, by_label=by_label)
    for one in progress:
        _write_follow_up(publication, one, at)
    practices = GoodPractice.objects.bulk_create(
        GoodPractice(
            publication=publication,
            number=number,
            about_code=one.about_code,
            about_name=one.about_name,
            title=nfc(one.title),
            text=nfc(one.text),
        )
        for number, one in enumerate(facts.commended, start=1)
    )
    index.rebuild(publication)
    keeping.append_publication(publication, certificates=facts.certificates, at=at)
    tasks.checkpoint.enqueue()
    said = _said(publication)
    record(action="publication.published", actor=actor, obj=publication, at=at, data=said, sent=practices)
    return publication


@transaction.atomic
def correct(
    *,
    publication: Publication,
    reason: str,
    changes: Sequence[Mapping[str, str]],
    number: str,
    at: dt.datetime,
    by_label: str,
    paper: Mapping[str, str] | None = None,
    actor: ActorLike | None = None,
) -> Entry:
    """Say on the page what was wrong in it: `changes` are {place, was, now}; the frozen text stays.

    `number` is the correcting paper's, `paper` its {issued_on, code}. Raises WrongState for a withdrawn
    publication, InvalidInput without a reason or a change.
    """
    _still_in_force(publication)
    if not reason.strip() or not changes:
        raise InvalidInput(errors={"reason": [_("Ghi lý do và ít nhất một chỗ đính chính.")]})
    data = {"number": number, "changes": [dict(change) for change in changes], **(paper or {})}
    entry = Entry.objects.create(
        publication=publication,
        what=Entry.What.CORRECT,
        at=at,
        by_label=by_label,
        reason=reason,
        data=data,
    )
    index.rebuild(publication)
    keeping.append_change(entry)
    tasks.checkpoint.enqueue()
    record(action="publication.corrected", actor=actor, obj=publication, at=at, data=_said(publication))
    return entry


@transaction.atomic
def withdraw(
    *,
    publication: Publication,
    reason: str,
    number: str,
    at: dt.datetime,
    by_label: str,
    replaced_by: Publication | None = None,
    paper: Mapping[str, str] | None = None,
    actor: ActorLike | None = None,
) -> Entry:
    """Withdraw a publication: its address stays and says why; the text is no longer shown.

    `number` is the decision's, `paper` its {issued_on, code}. Raises WrongState when it is withdrawn
    already, or its replacement is, InvalidInput without a reason.
    """
    _still_in_force(publication)
    if replaced_by is not None and is_withdrawn(replaced_by):
        raise WrongState(_("Văn bản thay thế đã thu hồi."))
    if not reason.strip():
        raise InvalidInput(errors={"reason": [_("Ghi lý do thu hồi.")]})
    entry = Entry.objects.create(
        publication=publication,
        what=Entry.What.WITHDRAW,
        at=at,
        by_label=by_label,
        reason=reason,
        replaced_by=replaced_by,
        data={"number": number, **(paper or {})},
    )
    index.rebuild(publication)
    keeping.append_change(entry)
    tasks.checkpoint.enqueue()
    record(action="publication.withdrawn", actor=actor, obj=publication, at=at, data=_said(publication))
    return entry


@transaction.atomic
def follow_up(
    *,
    publication: Publication,
    progress: Progress,
    at: dt.datetime,
    by_label: str = "",
    actor: ActorLike | None = None,
) -> FollowUp:
    """Add where one recommendation stands now: a reply, a verdict, an extension, a verification."""
    row = _write_follow_up(publication, progress, at)
    Entry.objects.create(
        publication=publication,
        what=Entry.What.UPDATE,
        at=at,
        by_label=by_label,
        data={"number": progress.number},
    )
    index.rebuild(publication)
    data = {**_said(publication), "recommendation": progress.number, "state": progress.state}
    record(action="publication.updated", actor=actor, obj=publication, at=at, data=data)
    return row


def _check(facts: Facts, at: dt.datetime) -> None:
    if timezone.is_naive(at):
        raise ValueError("publishing needs an aware time")
    if not facts.title.strip() or not any(section.text.strip() for section in facts.sections):
        raise InvalidInput(errors={"text": [_("Văn bản công bố phải có tiêu đề và toàn văn.")]})
    taken = Publication.objects.filter(code=facts.code) | Publication.objects.filter(
        year=facts.issued_on.year,
        organization_code=facts.organization_code,
        number_slug=slug(facts.number_text),
    )
    if taken.exists():
        raise AlreadyDone(_("Văn bản này đã được công bố."))


def _columns(facts: Facts, at: dt.datetime, by_label: str) -> dict[str, Any]:
    same = (
        "kind form organization_code organization_name level province_code province_name field signer_label "
        "issued_on code pdf_sha256 pdf_size pdf_pages"
    ).split()
    number_slug = slug(facts.number_text)
    return {
        **{name: getattr(facts, name) for name in same},
        "kind_name_vi": facts.kind_name.vi,
        "kind_name_en": facts.kind_name.en,
        "form_name_vi": facts.form_name.vi,
        "form_name_en": facts.form_name.en,
        "year": facts.issued_on.year,
        "number_text": nfc(facts.number_text),
        "number_slug": number_slug,
        "number_key": number_key(facts.number_text),
        "title": nfc(facts.title.strip()),
        "lead": nfc(facts.lead.strip()),
        "html": to_html(facts.sections),
        "plain_text": to_plain(facts.sections),
        "facts": {
            "basis": [pair(words) for words in facts.basis],
            "case_code": facts.case_code,
            "issuer": facts.issuer or facts.organization_name,
            "consulted": list(facts.consulted),
        },
        "published_at": at,
        "published_by_label": by_label,
        "pdf_name": f"{number_slug}-{facts.issued_on.year}.pdf",
    }


def _write_follow_up(publication: Publication, progress: Progress, at: dt.datetime) -> FollowUp:
    unsaid = progress.front is NOT_ASSESSED
    told = words.keys_of(publication, progress.number)
    front = WAITING_FOR_FRONT.get(progress.state, progress.front) if unsaid else progress.front
    data = {
        "agency": progress.agency.to_json(),
        "front": front.to_json(),
        "rows": rows_json(progress.rows),
        "clocks": [
            {"what": pair(one.what), "due_on": _iso(one.due_on), "rows": rows_json(one.rows)}
            for one in progress.clocks
        ],
        "is_paused": progress.is_paused,
        "decisions": [decision.to_json() for decision in progress.decisions],
        "is_criticism": progress.is_criticism,
        "words": [word.to_json() for word in progress.words if word.key not in told],
        **{name: _iso(getattr(progress, name)) for name in ("start_on", "reply_due_on", "answered_on")},
    }
    return FollowUp.objects.create(
        publication=publication,
        number=progress.number,
        at=at,
        state=progress.state,
        addressee_code=progress.addressee_code,
        addressee_name=progress.addressee_name,
        text=nfc(progress.text),
        due_on=progress.due_on,
        first_due_on=progress.first_due_on or progress.due_on,
        data=data,
    )


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _still_in_force(publication: Publication) -> None:
    if is_withdrawn(publication):
        raise WrongState(_("Văn bản này đã thu hồi từ trước."))


def _said(publication: Publication) -> dict[str, str]:
    return {"number": publication.number_text, "code": publication.code}
