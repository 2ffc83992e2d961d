"""What the issued text made of each remark: a proposal with its evidence, and a person's decision."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from supervision.drafts.grouping import asks_to_drop
from supervision.drafts.models import DraftText, DraftVersion, Outcome, Remark
from supervision.drafts.services import standing_answers
from supervision.drafts.texts import Provision, provisions_of, with_text
from supervision.drafts.versions.alignment.texts import key, pairs, tokens
from supervision.errors import WrongState
from supervision.organizations.models import Mandate

Verdict = Outcome.Verdict
#: Of what a remark asks, measured in pairs of words, this much must be in the issued text.
_ADOPTED, _PARTLY = 0.75, 0.3
_LONGEST_EVIDENCE = 12


@dataclass(frozen=True)
class Proposal:
    """What the words of both texts suggest ("" for nothing), with the phrases that speak for it."""

    verdict: str
    evidence: tuple[str, ...] = ()


def propose(asked: str, said: str, before: str, now: str) -> Proposal:
    """Compare what a remark asks with a provision before and as issued.

    `asked` is the wording it proposes ("" for none), `said` its text, `before` what the provision said when
    the remark was made, `now` what it says as issued, "" where it was dropped. Nothing is proposed for a
    remark that stands on no provision, nor where the provision changed in other words than the remark's.
    """
    if not before:
        return Proposal("")
    if not now:
        return Proposal(Verdict.ADOPTED if asks_to_drop(said) else Verdict.NOT_ADOPTED)
    if key(before) == key(now):
        return Proposal(Verdict.NOT_ADOPTED)
    had, has = set(pairs(tokens(before))), set(pairs(tokens(now)))
    wanted = pairs(tokens(asked or said))
    come = [pair for pair in wanted if pair in has and pair not in had]
    evidence = tuple(_phrases(wanted, set(come)))
    if not asked:  # words of a wish need not be those of the text that grants it
        return Proposal(Verdict.PARTLY if come else "", evidence)
    missing = [pair for pair in wanted if pair not in had]
    share = len(come) / len(missing) if missing else 0.0
    if share >= _ADOPTED:
        return Proposal(Verdict.ADOPTED, evidence)
    return Proposal(Verdict.PARTLY if share >= _PARTLY else Verdict.NOT_ADOPTED, evidence)


def _phrases(wanted: Sequence[str], come: set[str]) -> list[str]:
    """Return runs of neighbouring pairs as phrases, the longest first."""
    runs = [list(run) for is_come, run in groupby(wanted, lambda pair: pair in come) if is_come]
    phrases = [" ".join([run[0].split(" ")[0], *(pair.split(" ")[1] for pair in run)]) for run in runs]
    return sorted(set(phrases), key=len, reverse=True)[:_LONGEST_EVIDENCE]


def propose_all(version: DraftVersion) -> int:
    """Set each remark on the draft beside the issued text; returns how many proposals there are.

    What a person decided stays. None are written when the text or a place changed while they were made:
    whoever changed it has them made anew. Raises WrongState for a version that is not the issued text.
    """
    if not version.is_issued:
        raise WrongState(_("Chỉ đối chiếu được với văn bản đã ban hành."))
    seen = _standing(version)
    proposed = _proposed(version)
    with transaction.atomic():
        DraftVersion.objects.select_for_update().get(pk=version.pk)
        if _standing(version) != seen:
            return 0
        Outcome.objects.filter(remark__draft=version.draft_id, verdict="").delete()
        decided = set(Outcome.objects.filter(version=version).values_list("remark", flat=True))
        rows = [row for row in proposed if row.remark_id not in decided]
        Outcome.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def missing(*, before: dt.datetime) -> list[DraftVersion]:
    """Return the issued texts that were compared before `before` and for which nobody proposed outcomes."""
    compared = DraftVersion.objects.filter(
        Exists(Remark.objects.filter(draft=OuterRef("draft"))),
        is_issued=True,
        text__at__lt=before,
        text__compared=F("text__edition"),
    )
    return list(compared.exclude(pk__in=Outcome.objects.values("version")))


def _proposed(version: DraftVersion) -> list[Outcome]:
    was = {one.pk: provisions_of(one) for one in with_text(version.draft.versions.all())}
    answers = {answer.remark_id: answer for answer in standing_answers(version.draft)}
    places, now, is_compared = _places(version), was[version.pk], version.matches.exists()
    rows = []
    for remark in version.draft.remarks.all():
        nodes = places[remark.pk]
        answer = answers.get(remark.pk)
        asked = remark.wording or (answer.wording if answer else "")
        before = _text(was[remark.version_id], [remark.node]) if is_compared else ""
        found = propose(asked, remark.text, before, _text(now, nodes))
        rows.append(
            Outcome(
                remark=remark,
                version=version,
                nodes=nodes,
                places=", ".join(now[node].on_paper for node in nodes if node in now)[:300],
                proposal=found.verdict,
                evidence=list(found.evidence),
            )
        )
    return rows


def _standing(version: DraftVersion) -> tuple[Any, Any]:
    """Return what proposals rest on and others may change: the edition of the text, and the places."""
    return DraftText.objects.filter(version=version).values_list("edition").first(), _places(version)


def _places(version: DraftVersion) -> Mapping[int, list[str]]:
    places: dict[int, list[str]] = defaultdict(list)
    for remark, node in version.remark_places.order_by("pk").values_list("remark", "node"):
        places[remark].append(node)
    return places


def _text(provisions: Mapping[str, Provision], nodes: Iterable[str]) -> str:
    """Return what the provisions say."""
    return "\n".join(provisions[node].text for node in nodes if node in provisions)


def decide(outcome: Outcome, *, verdict: str, note: str, by: Mandate, at: dt.datetime) -> None:
    """Keep a person's word on what became of a remark.

    Raises WrongState when other proposals have come in the place of this one meanwhile.
    """
    outcome.verdict, outcome.note, outcome.decided_by, outcome.decided_at = verdict, note, by, at
    here = Outcome.objects.filter(pk=outcome.pk)
    if not here.update(verdict=verdict, note=note, decided_by=by, decided_at=at):
        raise WrongState(_("Nội dung này vừa thay đổi. Hãy mở lại trang."))


def decided(remarks: Iterable[Remark]) -> Mapping[int, Outcome]:
    """Return what was decided, by the remark's primary key."""
    rows = Outcome.objects.filter(remark__in=[remark.pk for remark in remarks]).exclude(verdict="")
    return {row.remark_id: row for row in rows}
