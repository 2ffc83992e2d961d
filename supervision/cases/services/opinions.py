"""Opinions of a collection, one by one: received, sorted, routed out, worded for the public.

Decision 218 and Front Law Art 24. Who wrote an opinion never enters an event, a notice or a paper.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases.models import Opinion, OpinionSource, Routing
from supervision.cases.services import opening
from supervision.cases.services.judging import judged_by
from supervision.cases.services.records import keep
from supervision.errors import Errors, InvalidInput, WrongState
from supervision.files.sending import Sending
from supervision.law.forms.o1 import COMPILED, ROUTED
from supervision.organizations.actors import Actor
from supervision.organizations.services import setting

Kind = Opinion.Kind


def counts(case: Case) -> dict[str, int]:
    """Return how many opinions came, and how many still wait or have left."""
    return case.opinions.aggregate(
        total=Count("pk"),
        unsorted=Count("pk", filter=Q(kind=Kind.UNSORTED)),
        routed=Count("pk", filter=Q(kind__in=ROUTED)),
        unworded=Count("pk", filter=Q(kind__in=COMPILED, cleared_at=None)),
    )


def is_collecting(case: Case) -> bool:
    """Whether opinions may still be received: receiving ends once, with a step of its own."""
    return case.state == Case.State.RUNNING and not case.records.filter(step="collect").exists()


def receive_opinion(
    *, actor: Actor, case: Case, data: dict[str, Any], sending: Sending, at: dt.datetime
) -> Opinion:
    """Keep one opinion with its number; the author stands apart. The same form keeps it once.

    Raises InvalidInput for an author's name where none is meant to be, or where the organization
    takes no opinion without one; AlreadySent for other content under its key, WrongState once receiving has
    ended.
    """
    case = Case.objects.select_for_update().select_related("lead").get(pk=case.pk)
    before = Opinion.objects.filter(key=sending.key).first()
    if before is not None:
        is_own = (before.case_id, before.received_by_id) == (case.pk, actor.mandate.pk)
        return sending.answer(before, is_own=is_own, at=before.received_at)
    opening.require_running(case)
    if not is_collecting(case):
        raise WrongState(_("Đợt góp ý đã kết thúc tiếp nhận; hãy ghi ý kiến này vào đợt sau."))
    if errors := _author_fits(case, data):
        raise InvalidInput(errors)
    opinion = Opinion.objects.create(
        case=case,
        number=case.opinions.count() + 1,
        key=sending.key,
        content=sending.content,
        channel=data["channel"],
        received_on=data["received_on"],
        sphere=data["sphere"],
        about=data["about"],
        author_kind=data["author_kind"],
        received_by=actor.mandate,
        received_at=at,
    )
    source = OpinionSource.objects.create(
        opinion=opinion, text=data["text"], name=data["name"], contact=data["contact"]
    )
    source.files.set(data["files"])
    _note(actor, opinion, "opinion.received", at)
    return opinion


def _author_fits(case: Case, data: dict[str, Any]) -> Errors:
    if data["author_kind"] != "anonymous":
        return {}
    if data["name"]:
        return {"name": [_("Ý kiến không ghi tên thì để trống họ tên người gửi.")]}
    if not setting(case.lead, "anonymous_opinions"):
        return {"author_kind": [_("Đơn vị đặt ra: không nhận ý kiến không ghi tên.")]}
    return {}


def sort_opinion(*, actor: Actor, opinion: Opinion, data: dict[str, Any], at: dt.datetime) -> None:
    """Say what the opinion is; a complaint or a denunciation leaves with a slip, for good."""
    opinion = _in_hand(opinion)
    opinion.kind, opinion.note = data["kind"], data["note"]
    opinion.sorted_by, opinion.sorted_at = actor.mandate, at
    opinion.field = data["field"] if data["kind"] in COMPILED else ""
    opinion.about = data["about"] if data["kind"] in COMPILED else opinion.about
    if data["kind"] not in COMPILED:
        opinion.public_text, opinion.cleared_by, opinion.cleared_at = "", None, None
    opinion.save()
    if data["kind"] in ROUTED:
        Routing.objects.create(
            opinion=opinion,
            number=Routing.objects.filter(opinion__case=opinion.case).count() + 1,
            to_label=data["to_label"],
            sent_on=data["sent_on"],
            by=actor.mandate,
            at=at,
        )
    _note(actor, opinion, "opinion.routed" if data["kind"] in ROUTED else "opinion.sorted", at)


def clear_opinion(*, actor: Actor, opinion: Opinion, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep the wording that others may read, checked for secrets and personal data."""
    opinion = _in_hand(opinion)
    if opinion.kind not in COMPILED:
        raise WrongState(_("Chỉ biên tập ý kiến góp ý, phản ánh đã phân loại."))
    opinion.public_text = data["public_text"]
    opinion.cleared_by, opinion.cleared_at = actor.mandate, at
    opinion.save(update_fields=["public_text", "cleared_by", "cleared_at"])
    _note(actor, opinion, "opinion.cleared", at)


def is_workable(opinion: Opinion) -> bool:
    """Whether the opinion may still be sorted or worded."""
    try:
        require_workable(opinion)
    except WrongState:
        return False
    return True


def require_workable(opinion: Opinion) -> None:
    """Raise WrongState, with the reason, for an opinion routed out or handed to compiling."""
    opening.require_running(opinion.case)
    if opinion.is_routed:
        raise WrongState(_("Nội dung này đã chuyển ra ngoài theo thủ tục riêng."))
    if opinion.case.records.filter(step="clear").exists():
        raise WrongState(_("Ý kiến đã biên tập xong để tổng hợp nên không sửa được nữa."))


def _in_hand(opinion: Opinion) -> Opinion:
    """Return the opinion locked, if it can still be worked on: neither routed out nor compiled."""
    Case.objects.select_for_update().get(pk=opinion.case_id)
    opinion = Opinion.objects.select_related("case", "received_by").get(pk=opinion.pk)
    require_workable(opinion)
    return opinion


def identify(*, actor: Actor, opinion: Opinion, at: dt.datetime) -> OpinionSource:
    """Return who wrote the opinion, and record that it was looked at; the record names nobody."""
    _note(actor, opinion, "opinion.identified", at)
    return opinion.source


def _note(actor: Actor, opinion: Opinion, action: str, at: dt.datetime) -> None:
    data = {"number": opinion.number}
    audit.record(action=action, actor=actor, obj=opinion, thread=opinion.case, at=at, data=data)


# -- steps that end a phase ----------------------------------------------------------------


def _left(case: Case, missing: Q, sentence: Any) -> Errors:
    numbers = list(case.opinions.filter(missing).order_by("number").values_list("number", flat=True)[:12])
    return {"note": [sentence % {"numbers": ", ".join(map(str, numbers))}]} if numbers else {}


def _something_came(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    return {} if case.opinions.exists() else {"note": [_("Chưa có ý kiến nào được ghi.")]}


def _all_sorted(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    return _left(case, Q(kind=Kind.UNSORTED), _("Còn ý kiến chưa phân loại: số %(numbers)s."))


def _all_worded(*, case: Case, subject: None, data: dict[str, Any], on: dt.date) -> Errors:
    missing = Q(kind__in=COMPILED, cleared_at=None)
    return _left(case, missing, _("Còn ý kiến chưa có bản công khai: số %(numbers)s."))


@judged_by(_something_came)
def end_collecting(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """End receiving; what comes later belongs to the next collection."""
    _end(actor, case, "collect", data, at, _something_came)


@judged_by(_all_sorted)
def end_sorting(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """End sorting once every opinion is sorted and what has its own procedure has left."""
    _end(actor, case, "sort", data, at, _all_sorted)


@judged_by(_all_worded)
def end_wording(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """End the wording once every opinion to be compiled has its public wording."""
    _end(actor, case, "clear", data, at, _all_worded)


def _end(actor: Actor, case: Case, step: str, data: dict[str, Any], at: dt.datetime, judge: Any) -> None:
    """Ask again with the case locked: an opinion may have come since the page was judged."""
    Case.objects.select_for_update().get(pk=case.pk)
    opening.require_running(case)
    if errors := judge(case=case, subject=None, data=data, on=at.date()):
        raise InvalidInput(errors)
    keep(case=case, step=step, data=data, actor=actor, at=at)


def has_any(case: Case, subject: None) -> bool:
    """The flow's question after the wording: is there anything to compile?"""
    return case.opinions.filter(kind__in=COMPILED).exists()
