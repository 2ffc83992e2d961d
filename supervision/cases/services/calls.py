"""Asking what people say of a draft under criticism: opened, ended, and what came put into the table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.cases import selectors
from supervision.cases.models import Criticism
from supervision.cases.services import opening
from supervision.documents.models import Document
from supervision.drafts.models import Call, Contribution, Intake
from supervision.drafts.services import newest_version
from supervision.drafts.taking import calls, contributions, intake, moderation
from supervision.drafts.taking.authors import own_author
from supervision.drafts.taking.intake_files import Arrived
from supervision.errors import WrongState
from supervision.notices.services import tell
from supervision.organizations.actors import Actor


def require_unsent(criticism: Criticism) -> None:
    """Raise WrongState once the criticism document was drafted or is out: the table is its annex.

    One that was given back to be mended is drafted anew, with the table as it is then.
    """
    opening.require_running(criticism.case)
    if criticism.state != Criticism.State.PREPARED:
        raise WrongState(_("Văn bản phản biện đã gửi nên bảng ý kiến không thêm được nữa."))
    paper = selectors.paper_in_hand(criticism.case, "criticism_document")
    if paper is not None and paper.state != Document.State.RETURNED:
        raise WrongState(_("Văn bản phản biện đang trình ký nên bảng ý kiến không thêm được nữa."))


def open_call(*, actor: Actor, criticism: Criticism, data: dict[str, Any], at: dt.datetime) -> Call:
    """Ask those invited, and everyone where the call is public, what they say of the newest version.

    Raises as `drafts.calls.open_call` does, and WrongState once the document is out.
    """
    require_unsent(criticism)
    call = calls.open_call(
        newest_version(criticism.draft),
        chaired_by=criticism.case.lead,
        is_public=data["is_public"] == "yes",
        invited=data["invited"],
        introduction=data["introduction"],
        closes_on=data["closes_on"],
        by=actor.mandate,
        at=at,
    )
    for organization in data["invited"]:
        tell(
            key=f"draft.asked:{call.pk}",
            kind="draft.asked",
            organization=organization,
            title=criticism.draft.title,
            address=f"/phan-bien/{criticism.public_id}/du-thao/",
            case_code=criticism.case.code,
            at=at,
        )
    audit.record(
        action="call.opened",
        actor=actor,
        obj=criticism,
        thread=criticism.case,
        at=at,
        data={"to_on": call.closes_on.isoformat(), "public": call.is_public, "count": len(data["invited"])},
    )
    return call


def close_call(*, actor: Actor, criticism: Criticism, call: Call, at: dt.datetime) -> None:
    """End a call before its last day is over."""
    calls.close_call(call, at=at)
    audit.record(action="call.closed", actor=actor, obj=criticism, thread=criticism.case, at=at)


def contribute(
    *, actor: Actor, criticism: Criticism, call: Call, said: contributions.Said, at: dt.datetime, **kept: Any
) -> Contribution:
    """Keep what someone with an account says, and put it into the table at once: they were asked.

    They speak for their own body; people of the chairing body type in what others said.
    """
    require_unsent(criticism)
    if not may_speak_for_others(actor, criticism):
        author, name = own_author(actor.organization)
        said = replace(said, author=author, author_name=name)
    row = contributions.contribute(
        call, said, channel=Contribution.Channel.ACCOUNT, by=actor.mandate, at=at, **kept
    )
    if row.state == Contribution.State.WAITING:
        own = call.contributions.filter(pk=row.pk)
        taken = moderation.take(call, own, named=[row.pk], by=actor.mandate, at=at)
        row.refresh_from_db()
        audit.record(
            action="contribution.made",
            actor=actor,
            obj=criticism,
            thread=criticism.case,
            at=at,
            data={"code": row.remark.code if row.remark else ""},
            sent=taken,
        )
    return row


def may_speak_for_others(actor: Actor, criticism: Criticism) -> bool:
    """Whether what the actor contributes may be said in another's name."""
    return actor.organization.pk == criticism.case.lead_id


def import_contributions(
    *,
    actor: Actor,
    criticism: Criticism,
    call: Call,
    arrived: Arrived,
    judged: intake.Judged,
    in_table: bool,
    at: dt.datetime,
    **kept: Any,
) -> Intake:
    """Keep what was collected on paper or by mail; `in_table` puts it into the table at once.

    See `drafts.intake.take_in`. Raises WrongState once the criticism document is out.
    """
    require_unsent(criticism)
    done, taken = intake.take_in(call, arrived, judged, by=actor.mandate, at=at, **kept), []
    if in_table:
        new = Contribution.objects.filter(intake=done)
        taken = moderation.take(call, new, named=intake.surely_bodies(new), by=actor.mandate, at=at)
        done.in_table = True
        done.save(update_fields=["in_table"])
    audit.record(
        action="contributions.imported",
        actor=actor,
        obj=criticism,
        thread=criticism.case,
        at=at,
        data={
            "count": done.taken,
            "known": len(done.known),
            "failed": done.failed_count,
            "by_channel": done.kind,
            "in_table": in_table,
            "sha256": done.digest,
        },
        sent=taken,
    )
    return done


def put_back(
    *, actor: Actor, criticism: Criticism, call: Call, first: Sequence[int], state: str, at: dt.datetime
) -> int:
    """Let contributions in that state, and their equals, wait again; returns how many.

    Raises WrongState once the criticism document was drafted or a later version came: that waited for them.
    """
    require_unsent(criticism)
    if call.version_id != newest_version(criticism.draft).pk:
        raise WrongState(_("Đã có bản dự thảo mới hơn nên góp ý cho bản trước giữ như đã xử lý."))
    equals = list(moderation.equals_of(call, first, state))
    moderation.put_back(call, equals, by=actor.mandate, at=at)
    audit.record(
        action="contributions.put_back",
        actor=actor,
        obj=criticism,
        thread=criticism.case,
        at=at,
        data={"count": len(equals)},
        sent=equals,
    )
    return len(equals)


def moderate(
    *,
    actor: Actor,
    criticism: Criticism,
    call: Call,
    first: Sequence[int],
    named: Collection[int] = (),
    refusal: str,
    note: str,
    at: dt.datetime,
) -> int:
    """Put contributions and their equals into the table, or keep them out for a `refusal`; returns how many.

    Those in `named` (primary keys) have the name of a body, which the table may print. Raises
    WrongState once the criticism document is out.
    """
    require_unsent(criticism)
    equals = moderation.equals_of(call, first)
    if refusal:
        decided = moderation.refuse(equals, refusal=refusal, note=note, by=actor.mandate, at=at)
    else:
        decided = moderation.take(call, equals, named=named, by=actor.mandate, at=at)
    audit.record(
        action="contributions.refused" if refusal else "contributions.taken",
        actor=actor,
        obj=criticism,
        thread=criticism.case,
        at=at,
        data={"count": len(decided), "reason": refusal},
        sent=decided,
    )
    return len(decided)
