"""Drafts and what is said about them: received, remarked on, answered round by round."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from supervision.drafts import groups
from supervision.drafts.models import Answer, AnswerRound, Draft, DraftText, DraftVersion, Remark
from supervision.drafts.models.remark import NOT_FOUND, WHOLE
from supervision.drafts.texts import Provision, order_of, provisions_of, text_of, with_text
from supervision.errors import WrongState
from supervision.files.models import Attachment
from supervision.legaltext.outline.citing import Finder
from supervision.organizations.models import Mandate


def receive_version(
    draft: Draft,
    *,
    received_on: dt.date,
    number_text: str,
    files: Iterable[Attachment],
    is_issued: bool = False,
    by: Mandate,
    at: dt.datetime,
) -> DraftVersion:
    """Keep the text as it came, as the next version of the draft; `is_issued` where it is law now."""
    version = DraftVersion.objects.create(
        draft=draft,
        number=_next(draft.versions.all()),
        received_on=received_on,
        number_text=number_text,
        is_issued=is_issued,
        by=by,
        at=at,
    )
    version.files.set(files)
    return version


def take_back_version(version: DraftVersion) -> None:
    """Take out a later version that was recorded by mistake.

    Raises WrongState for the first, and once it was read or anything was said of it: then it stays.
    """
    if version.number == 1 or text_of(version) or version.remarks.exists() or version.calls.exists():
        raise WrongState(_("Bản này đã được đọc hoặc đã có ý kiến nên không bỏ được."))
    version.delete()


def record_remarks(
    draft: Draft, rows: Sequence[Mapping[str, Any]], *, by: Mandate, at: dt.datetime
) -> list[Remark]:
    """Add `rows` to the remarks on the newest version; numbers go on from those that are there.

    A row has `provision`, `text`, `wording`, `author` (Remark.Author), `author_name` and, where one was
    given, `reason`. Raises WrongState once an answer refers to a remark: then the table stands.
    """
    require_unanswered(draft)
    version = newest_version(draft)
    remarks = [
        Remark(draft=draft, version=version, number=number, by=by, at=at, **_said(row))
        for number, row in enumerate(rows, start=next_number(draft))
    ]
    put_in_place(remarks, text_of(version))
    return Remark.objects.bulk_create(remarks)


def _said(row: Mapping[str, Any]) -> dict[str, str]:
    fields = ("provision", "text", "wording", "reason", "author", "author_name")
    return {name: row.get(name) or "" for name in fields}


def mend_remark(remark: Remark, row: Mapping[str, Any], *, by: Mandate, at: dt.datetime) -> None:
    """Put right what was typed of a remark; `row` is one of `record_remarks`.

    Another provision is one of the newest version: that is the text whoever mends it has before them.
    It leaves the groups that were made of its old words. Raises WrongState once an answer refers to the
    table, or where the remark is made of contributions: those stay as they came.
    """
    _require_typed(remark)
    said = _said(row)
    if any(said[name] != getattr(remark, name) for name in ("provision", "text", "wording")):
        groups.let_go(remark)
    is_moved = said["provision"] != remark.provision
    for name, value in said.items():
        setattr(remark, name, value)
    remark.by, remark.at, remark.search_text = by, at, remark.folded
    if is_moved:
        remark.version, remark.node = newest_version(remark.draft), ""
        put_in_place([remark], text_of(remark.version))
        remark.places.all().delete()
    remark.save()


def drop_remark(remark: Remark) -> None:
    """Take out a remark that was typed by mistake; its number is not given again while others follow.

    Raises as `mend_remark` does.
    """
    _require_typed(remark)
    groups.let_go(remark)
    remark.delete()


def _require_typed(remark: Remark) -> None:
    require_unanswered(remark.draft)
    if remark.contributions.exists():
        raise WrongState(_("Ý kiến này gồm góp ý đã gửi nên giữ nguyên lời người gửi."))


def put_in_place(remarks: Iterable[Remark], text: DraftText | None) -> None:
    """Give new remarks their provision, their place in the table, and what a search looks through."""
    finder, order = (Finder(text.outline), order_of(text.outline)) if text else (None, {})
    for remark in remarks:
        remark.node = remark.node or (finder.find(remark.provision) if finder else "")
        remark.place = order.get(remark.node, NOT_FOUND if remark.provision else WHOLE)
        remark.search_text = remark.folded


def require_unanswered(draft: Draft) -> None:
    """Raise WrongState once an answer refers to a remark: then the table stands."""
    if Answer.objects.filter(remark__draft=draft).exists():
        raise WrongState(_("Ý kiến đã có trả lời nên bảng ý kiến không thay đổi được nữa."))


def next_number(draft: Draft) -> int:
    """Return the number of the next remark on a draft."""
    return _next(draft.remarks.all())


def draft_round(
    draft: Draft,
    answers: Iterable[tuple[Remark, Mapping[str, Any]]],
    *,
    number_text: str,
    summary: str,
    files: Iterable[Attachment],
    by: Mandate,
    at: dt.datetime,
) -> AnswerRound:
    """Keep answers as the agency's working round, in the place of one that was not sent.

    Each answer has `verdict`, `text` and `wording`. Reasons for a return of the earlier one are
    let go: what they asked for is done or was done anew.
    """
    draft.rounds.filter(submitted_at__isnull=True).delete()
    round_ = AnswerRound.objects.create(
        draft=draft,
        number=_next(draft.rounds.all()),
        number_text=number_text,
        summary=summary,
        drafted_by=by,
        drafted_at=at,
    )
    round_.files.set(files)
    Answer.objects.bulk_create(
        Answer(
            round=round_,
            remark=remark,
            verdict=said["verdict"],
            text=said["text"],
            wording=said["wording"],
        )
        for remark, said in answers
    )
    return round_


def send_round(round_: AnswerRound, *, by: Mandate, is_late: bool, at: dt.datetime) -> None:
    """Fix the round as the agency's word, with its time."""
    round_.approved_by, round_.submitted_at, round_.is_late = by, at, is_late
    round_.save(update_fields=["approved_by", "submitted_at", "is_late"])
    said = round_.answers.filter(remark=OuterRef("pk"))
    answered = Remark.objects.filter(pk__in=round_.answers.values("remark"))
    answered.update(verdict=Subquery(said.values("verdict")))


def reopen(draft: Draft, remarks: Iterable[Remark]) -> None:
    """Ask for another answer to each of `remarks`; the one given stays on record."""
    asked = set(remarks)
    newest = [answer for answer in standing_answers(draft) if answer.remark in asked]
    Answer.objects.filter(pk__in=[answer.pk for answer in newest]).update(is_reopened=True)
    draft.remarks.filter(pk__in=[answer.remark_id for answer in newest]).update(verdict="")


def newest_version(draft: Draft) -> DraftVersion:
    """Return the text as it was sent last."""
    return with_text(draft.versions.all()).order_by("-number")[0]


def working_round(draft: Draft) -> AnswerRound | None:
    """Return the round that is being prepared and was not sent yet."""
    return draft.rounds.filter(submitted_at__isnull=True).order_by("-number").first()


def sent_rounds(draft: Draft) -> QuerySet[AnswerRound]:
    """Return what the agency has sent, the first round first."""
    return draft.rounds.filter(submitted_at__isnull=False).order_by("number")


def standing_answers(draft: Draft) -> QuerySet[Answer]:
    """Return the answer that stands for each remark answered: the one sent last."""
    given = Answer.objects.filter(remark=OuterRef("remark"), round__submitted_at__isnull=False)
    newest = Subquery(given.order_by("-round__number").values("pk")[:1])
    return Answer.objects.filter(remark__draft=draft, pk=newest).select_related("remark")


def clauses(remarks: Iterable[Remark]) -> dict[int, Provision]:
    """Return the provision that each of some remarks is on, as its version reads, by the remark's key."""
    remarks = list(remarks)
    made_on = DraftVersion.objects.filter(pk__in={remark.version_id for remark in remarks})
    said = {version.pk: provisions_of(version) for version in with_text(made_on)}
    found = {remark.pk: said[remark.version_id].get(remark.node) for remark in remarks}
    return {key: provision for key, provision in found.items() if provision is not None}


def open_remarks(draft: Draft) -> QuerySet[Remark]:
    """Return the remarks that wait for an answer, or for another one."""
    return draft.remarks.filter(verdict="").order_by("number")


def open_rows(draft: Draft) -> QuerySet[Remark]:
    """Return what an agency has to answer: open remarks of no group, and the first of each group.

    `beside` counts the others of the group that are open: one answer serves them all.
    """
    rows = open_remarks(draft)
    mates = rows.filter(group=OuterRef("group")).order_by()
    first = Subquery(mates.order_by("number").values("pk")[:1])
    others = mates.values("group").annotate(count=Count("pk")).values("count")
    alone = rows.filter(Q(group=None) | Q(pk=first))
    return alone.annotate(beside=Coalesce(Subquery(others), 1) - 1)


def with_mates(draft: Draft, remarks: Iterable[Remark]) -> dict[int, list[Remark]]:
    """Return the remarks that an answer to each of `remarks` serves, itself first, by its primary key."""
    given = list(remarks)
    mates: dict[int | None, list[Remark]] = defaultdict(list)
    groups = {remark.group_id for remark in given if remark.group_id}
    for mate in open_remarks(draft).filter(group__in=groups):
        mates[mate.group_id].append(mate)
    return {
        remark.pk: [remark, *(mate for mate in mates.get(remark.group_id, []) if mate.pk != remark.pk)]
        for remark in given
    }


def _next(rows: QuerySet[Any]) -> int:
    return int(rows.aggregate(top=Max("number"))["top"] or 0) + 1
