"""What "lead", "member" and "addressed" mean for the rows of this app; the matrix names them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from supervision.access import policy
from supervision.access.grants import granted
from supervision.access.rights import WORKERS
from supervision.casefiles.models import Case, CaseGrant, Record
from supervision.cases.models import (
    AnnualPlan,
    Board,
    CarryingOut,
    CaseDocument,
    ChangeRequest,
    Consultation,
    Criticism,
    Dialogue,
    Inquiry,
    Opinion,
    OpinionSource,
    Recommendation,
    Reply,
    Response,
    ResultReport,
    Session,
    Settlement,
    StudiedText,
    Survey,
    Verification,
)
from supervision.documents.models import Document
from supervision.drafts.models import AnswerRound, Call, Contribution, DraftVersion, TableExport
from supervision.files.models import Attachment, at_hand_of
from supervision.organizations.actors import Actor

_MEMBER = granted(CaseGrant, "member")


def _granted(actor: Actor, on: dt.date) -> QuerySet[Any]:
    """Cases in which one takes part: by a grant of one's own, or in the board that carries them out."""
    return Case.objects.filter(_MEMBER(actor, on) | _board(actor, on)).values("pk")


def _board(actor: Actor, on: dt.date) -> Q:
    if actor.duty not in WORKERS:
        return Q(pk__in=())
    return Q(board_supervision__board__organization=actor.organization)


def _lead(prefix: str) -> Any:
    return lambda actor, on: Q(**{f"{prefix}lead": actor.organization})


def _member(prefix: str) -> Any:
    return lambda actor, on: Q(**{f"{prefix}in": _granted(actor, on)})


def _inquired(actor: Actor, on: dt.date) -> Q:
    return Q(agency=actor.organization) & ~Q(state=Inquiry.State.PREPARED)


def _recommended(actor: Actor, on: dt.date) -> Q:
    return Q(addressee=actor.organization) & ~Q(state=Recommendation.State.DRAFT)


def _beside(actor: Actor, on: dt.date) -> Q:
    """Plans of the Front and the organizations at the actor's own place; of no use to other bodies there."""
    here = actor.organization
    return Q(organization__territory=here.territory_id) if here.side == "front" else Q(pk__in=())


def _issued_plan(actor: Actor, on: dt.date) -> Q:
    return Q(issued_at__isnull=False)


def _receiver(actor: Actor, on: dt.date) -> Q:
    return Q(opinion__received_by=actor.mandate, opinion__case__lead=actor.organization)


def _ordinary(actor: Actor, on: dt.date) -> Q:
    """Opinions of one's body that have no procedure of their own, as far as is known."""
    routed = (Opinion.Kind.COMPLAINT, Opinion.Kind.DENUNCIATION)
    return Q(opinion__case__lead=actor.organization) & ~Q(opinion__kind__in=routed)


def _of_sources(which: Any) -> Any:
    """The files of the originals that `which` lets one read."""

    def found(actor: Actor, on: dt.date) -> Q:
        rows = OpinionSource.objects.filter(which(actor, on))
        through = OpinionSource.files.through._default_manager
        return Q(pk__in=through.filter(opinionsource__in=rows).values("attachment"))

    return found


def _issued(actor: Actor, on: dt.date) -> Q:
    """Papers of one's body, and of the body whose case it has taken over."""
    return Q(organization=actor.organization) | Q(case_link__case__lead=actor.organization)


def _received(actor: Actor, on: dt.date) -> Q:
    links = CaseDocument.objects.filter(is_sent=True, addressees=actor.organization)
    return Q(pk__in=links.values("document"))


def _in_cases(cases: QuerySet[Any]) -> Q:
    """Attachments of everything in `cases`, whatever table they hang on."""
    found = Q()
    model: Any  # each its own columns; the types cannot follow the pairs
    for model, path in (
        (Response, "inquiry__case__in"),
        (Session, "inquiry__case__in"),
        (Survey, "inquiry__case__in"),
        (ResultReport, "case__in"),
        (Record, "case__in"),
        (StudiedText, "case__in"),
        (ChangeRequest, "case__in"),
        (Consultation, "case__in"),
        (Reply, "recommendation__case__in"),
        (Settlement, "supervision__case__in"),
        (Dialogue, "recommendation__case__in"),
        (CarryingOut, "recommendation__case__in"),
        (Verification, "recommendation__case__in"),
        (DraftVersion, "draft__criticism__case__in"),
        (AnswerRound, "draft__criticism__case__in"),
    ):
        rows = model._default_manager.filter(**{path: cases})
        if model in (Response, Reply, AnswerRound, Settlement):
            rows = rows.filter(submitted_at__isnull=False)
        through = model.files.through._default_manager
        found |= Q(pk__in=through.filter(**{f"{model._meta.model_name}__in": rows}).values("attachment"))
    return found


def _file_of_lead(actor: Actor, on: dt.date) -> Q:
    return _in_cases(Case.objects.filter(lead=actor.organization).values("pk"))


def _file_of_member(actor: Actor, on: dt.date) -> Q:
    return _in_cases(_granted(actor, on))


def _asked(actor: Actor) -> QuerySet[Consultation]:
    """Return the requests for an opinion that were sent to oneself, or to the body one works for."""
    asked = Q(person=actor.mandate)
    if actor.duty in WORKERS:
        asked |= Q(person__isnull=True, organization=actor.organization)
    return Consultation.objects.exclude(state=Consultation.State.PREPARED).filter(asked)


def _called(actor: Actor) -> QuerySet[Call]:
    """Return the calls for contributions to which one's body is invited."""
    through = Call.invited.through._default_manager
    return Call.objects.filter(pk__in=through.filter(organization=actor.organization).values("call"))


def _called_to_newest(actor: Actor, on: dt.date) -> Q:
    """Criticisms on whose draft, as it stands now, one's body was asked what it says."""
    later = DraftVersion.objects.filter(draft=OuterRef("draft"), number__gt=OuterRef("version__number"))
    calls = _called(actor).exclude(Exists(later))
    return Q(draft__in=calls.values("draft"))


def _called_last(actor: Actor, on: dt.date) -> Q:
    """Criticisms whose last call was to one's body too; whether it is still open the call says."""
    later = Call.objects.filter(draft=OuterRef("draft"), pk__gt=OuterRef("pk"))
    calls = _called(actor).exclude(Exists(later))
    return Q(draft__in=calls.values("draft"))


def _called_versions(actor: Actor) -> QuerySet[DraftVersion]:
    return DraftVersion.objects.filter(calls__in=_called(actor))


def _contributed(actor: Actor, on: dt.date) -> Q:
    """Files that came with contributions to drafts of one's own cases; they may tell who sent them."""
    rows = Contribution.objects.filter(call__draft__criticism__case__lead=actor.organization)
    through = Contribution.files.through._default_manager
    return Q(pk__in=through.filter(contribution__in=rows).values("attachment"))


def _file_of_consulted(actor: Actor, on: dt.date) -> Q:
    """Files of the text on which one's body, or oneself, was asked for an opinion."""
    asked = _asked(actor)
    texts = StudiedText.objects.filter(case__in=asked.values("case"))
    through = StudiedText.files.through._default_manager
    return Q(pk__in=through.filter(studiedtext__in=texts).values("attachment")) | _of_drafts(
        DraftVersion.objects.filter(draft__criticism__case__in=asked.values("case"))
    )


def _of_drafts(versions: QuerySet[DraftVersion]) -> Q:
    through = DraftVersion.files.through._default_manager
    return Q(pk__in=through.filter(draftversion__in=versions).values("attachment"))


def _criticized(actor: Actor, on: dt.date) -> Q:
    """The drafting agency's once it is asked to explain or has been sent the document."""
    known = Q(sent_at__isnull=False) | Q(explain_deadline__isnull=False)
    return Q(addressee=actor.organization) & known


def _file_of_drafter(actor: Actor, on: dt.date) -> Q:
    criticized = Criticism.objects.filter(_criticized(actor, on))
    return _of_drafts(DraftVersion.objects.filter(draft__in=criticized.values("draft")))


def _table_of_drafter(actor: Actor, on: dt.date) -> Q:
    return Q(draft__in=Criticism.objects.filter(_criticized(actor, on)).values("draft"))


def _file_of_sender(actor: Actor, on: dt.date) -> Q:
    """Files that one's body uploaded, and those of the body whose answers it has taken over.

    What came with an opinion may tell who wrote it: it is no colleague's by having been uploaded here,
    neither once the opinion is kept nor while its form still has mistakes.
    """
    secret = OpinionSource.files.through._default_manager.values("attachment")
    found = at_hand_of(actor.mandate) & ~Q(pk__in=secret)
    for model, holder in (
        (Response, "inquiry__agency"),
        (Reply, "recommendation__addressee"),
        (Settlement, "supervision__settler"),
        (CarryingOut, "recommendation__addressee"),
        (AnswerRound, "draft__criticism__addressee"),
    ):
        name = model._meta.model_name
        through = model.files.through._default_manager  # type: ignore[attr-defined]
        rows = through.filter(**{f"{name}__{holder}": actor.organization})
        found |= Q(pk__in=rows.values("attachment"))
    return found


def _uploaded(actor: Actor, on: dt.date) -> Q:
    secret = OpinionSource.files.through._default_manager.values("attachment")
    return Q(uploaded_by=actor.mandate) & ~Q(pk__in=secret)


def register() -> None:
    """Give every relation its meaning; called once when the app is ready."""
    policy.register(Case, "lead", _lead(""))
    policy.register(Case, "member", _member("pk__"))
    policy.register(AnnualPlan, "beside", _beside)
    policy.register(AnnualPlan, "issued", _issued_plan)
    policy.register(Case, "board", _board)
    policy.register(Board, "front", lambda actor, on: Q(front=actor.organization))
    policy.register(Inquiry, "lead", _lead("case__"))
    policy.register(Inquiry, "member", _member("case__"))
    policy.register(Inquiry, "addressed", _inquired)
    policy.register(Recommendation, "lead", _lead("case__"))
    policy.register(Recommendation, "member", _member("case__"))
    policy.register(Recommendation, "addressed", _recommended)
    policy.register(Criticism, "lead", _lead("case__"))
    policy.register(Criticism, "addressed", _criticized)
    policy.register(Criticism, "member", _member("case__"))
    policy.register(Criticism, "consulted", lambda actor, on: Q(case__in=_asked(actor).values("case")))
    policy.register(Criticism, "invited", _called_to_newest)
    policy.register(Criticism, "invited_last", _called_last)
    policy.register(TableExport, "lead", _lead("draft__criticism__case__"))
    policy.register(TableExport, "addressed", _table_of_drafter)
    policy.register(Opinion, "lead", _lead("case__"))
    policy.register(OpinionSource, "received", _receiver)
    policy.register(OpinionSource, "lead", _lead("opinion__case__"))
    policy.register(OpinionSource, "ordinary", _ordinary)
    policy.register(Document, "issuer", _issued)
    policy.register(Document, "member", _member("case_link__case__"))
    policy.register(Document, "received", _received)
    policy.register(Attachment, "lead", _file_of_lead)
    policy.register(Attachment, "contributed", _contributed)
    policy.register(Attachment, "invited", lambda actor, on: _of_drafts(_called_versions(actor)))
    policy.register(Attachment, "member", _file_of_member)
    policy.register(Attachment, "consulted", _file_of_consulted)
    policy.register(Attachment, "drafter", _file_of_drafter)
    policy.register(Attachment, "sender", _file_of_sender)
    policy.register(Attachment, "uploader", _uploaded)
    policy.register(Attachment, "received_opinion", _of_sources(_receiver))
    policy.register(Attachment, "led_opinion", _of_sources(_lead("opinion__case__")))
    policy.register(Attachment, "ordinary_opinion", _of_sources(_ordinary))
