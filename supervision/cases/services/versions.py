"""A draft as a text: read, mended, its later versions, remarks grouped, what the issued text made of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.cases.models import Criticism
from supervision.cases.services import criticism_progress, opening
from supervision.drafts import doubts, groups, texts
from supervision.drafts import services as drafts
from supervision.drafts.models import DraftText, DraftVersion, Match, Outcome, RemarkGroup
from supervision.drafts.taking import calls
from supervision.drafts.versions import comparison, outcomes
from supervision.errors import InvalidInput, WrongState
from supervision.files.models import Attachment
from supervision.language.dates import vietnam_day
from supervision.legaltext.outline import Kind, Outline
from supervision.organizations.actors import Actor


def receive_next_version(
    *, actor: Actor, criticism: Criticism, data: dict[str, Any], at: dt.datetime
) -> None:
    """Keep another version of the draft: revised by its agency, or as it was issued ("issued" is "yes").

    The same form sent twice is one version. Raises WrongState once the text was issued: nothing comes
    after that; InvalidInput while contributions to the version before still come in or wait.
    """
    draft = criticism.draft
    if _is_here(drafts.newest_version(draft), data):
        return
    if left := calls.unsettled(draft, vietnam_day(at)):
        raise InvalidInput({"received_on": [left]})
    if drafts.newest_version(draft).is_issued:
        raise WrongState(_("Văn bản đã ban hành, không có bản dự thảo nào sau đó."))
    version = drafts.receive_version(
        draft,
        received_on=data["received_on"],
        number_text=data["number_text"],
        files=data["files"],
        is_issued=data["issued"] == "yes",
        by=actor.mandate,
        at=at,
    )
    action = "draft.issued" if version.is_issued else "draft.revised"
    _note(actor, criticism, action, at, version=version.number, number=version.number_text)


def _is_here(newest: DraftVersion, data: Mapping[str, Any]) -> bool:
    """Whether the newest version came on that day, under that number and with the files of these contents."""
    said = (data["received_on"], data["number_text"], data["issued"] == "yes")
    if said != (newest.received_on, newest.number_text, newest.is_issued):
        return False
    kept = newest.files.values_list("blob__sha256", flat=True)
    return sorted(kept) == sorted(file.blob.sha256 for file in data["files"])


def take_back_version(*, actor: Actor, criticism: Criticism, number: int, at: dt.datetime) -> None:
    """Take out the newest version, which was recorded by mistake; see `drafts.services`."""
    version = drafts.newest_version(criticism.draft)
    if version.number != number:
        raise WrongState(_("Dự thảo vừa có bản khác. Hãy mở lại trang."))
    audit.let_go(version, actor=actor, at=at)
    drafts.take_back_version(version)
    _note(actor, criticism, "draft.taken_back", at, version=number)


def read_draft(
    *, actor: Actor, criticism: Criticism, outline: Outline, source: Attachment | None, at: dt.datetime
) -> None:
    """Keep the provisions that were read in the newest version of the draft.

    Raises WrongState once the criticism has ended, InvalidInput as `drafts.texts.keep_text` does.
    """
    version = _workable_version(criticism)
    texts.keep_text(version, outline, source=source, by=actor.mandate, at=at)
    audit.record(
        action="draft.read",
        actor=actor,
        obj=criticism,
        thread=criticism.case,
        at=at,
        data={"version": version.number, "count": outline.count(Kind.ARTICLE) + outline.count(Kind.HEADING)},
    )


def _workable_version(criticism: Criticism) -> DraftVersion:
    """Return the newest version; WrongState for a draft once the case has ended, not for the issued text."""
    version = drafts.newest_version(criticism.draft)
    if not version.is_issued:
        opening.require_not_ended(criticism.case)
    return version


def mend_draft(
    *, actor: Actor, criticism: Criticism, piece: int, lines: list[str], edition: int, at: dt.datetime
) -> None:
    """Put right what was read of one piece of the newest version; raises as `drafts.texts.mend` does."""
    version = _workable_version(criticism)
    text = texts.mend(version, piece, lines, edition=edition, by=actor.mandate, at=at)
    audit.record(
        action="draft.mended",
        actor=actor,
        obj=criticism,
        thread=criticism.case,
        at=at,
        data={"version": version.number, "edition": text.edition},
    )


def accept_doubt(*, actor: Actor, criticism: Criticism, key: str, edition: int, at: dt.datetime) -> None:
    """Keep that a place of the newest version was read right; raises as `drafts.doubts.accept` does."""
    version = _workable_version(criticism)
    text = DraftText.objects.select_for_update().filter(version=version).first()
    if text is None:
        raise WrongState(_("Dự thảo chưa được đọc thành điều, khoản."))
    found = doubts.accept(text, key, edition=edition)
    _note(
        actor, criticism, "draft.doubt_accepted", at, version=version.number, node=found.node, why=found.why
    )


def decide_match(
    *, actor: Actor, criticism: Criticism, match: Match, belongs: bool, to: str, at: dt.datetime
) -> None:
    """Keep a person's word on where a provision went: the pair that was found, none, or another, `to`."""
    if to:
        comparison.join(match, to, by=actor.mandate, at=at)
    else:
        comparison.decide(match, belongs=belongs, by=actor.mandate, at=at)
    _note(actor, criticism, "draft.matched", at, old=match.old, new=match.new)


def propose_groups(*, criticism: Criticism, proposals: Sequence[Mapping[str, Any]]) -> int:
    """Keep proposals of groups among the remarks; WrongState once an answer refers to the table."""
    drafts.require_unanswered(criticism.draft)
    return groups.keep(criticism.draft, proposals)


def decide_group(
    *,
    actor: Actor,
    criticism: Criticism,
    group: RemarkGroup,
    members: Iterable[int],
    decision: str,
    at: dt.datetime,
) -> None:
    """Confirm a proposed group ("confirm") with its `members`, "refuse" it, or "dissolve" a confirmed one.

    Raises WrongState once an answer refers to the table: who was answered together stays together.
    """
    drafts.require_unanswered(criticism.draft)
    if decision == "confirm":
        remarks = groups.confirm(group, members, by=actor.mandate, at=at)
        _note(actor, criticism, "remarks.grouped", at, count=len(remarks))
    elif decision == "refuse":
        groups.refuse(group, by=actor.mandate, at=at)
    else:
        groups.dissolve(group, by=actor.mandate, at=at)


def decide_outcome(
    *, actor: Actor, criticism: Criticism, outcome: Outcome, verdict: str, note: str, at: dt.datetime
) -> None:
    """Keep a person's word on what became of a remark, and show it on the public page."""
    outcomes.decide(outcome, verdict=verdict, note=note, by=actor.mandate, at=at)
    _note(actor, criticism, "remark.outcome", at, number=outcome.remark.code, verdict=verdict)
    criticism_progress.tell_outcome(outcome, criticism=criticism, at=at)


def _note(actor: Actor, criticism: Criticism, action: str, at: dt.datetime, **data: Any) -> None:
    audit.record(
        action=action,
        actor=actor,
        obj=criticism,
        thread=criticism.case,
        at=at,
        data={"agency": criticism.addressee.short_name, **data},
    )
