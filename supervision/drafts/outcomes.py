"""What the issued text made of each remark: a proposal with its evidence, and a person's decision."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from supervision.drafts.alignment.texts import key, pairs, tokens
from supervision.drafts.models import DraftVersion, Outcome, Remark
from supervision.drafts.services import standing_answers
from supervision.drafts.texts import Provision, provisions_of, with_text
from supervision.errors import WrongState
from supervision.organizations.models import Mandate

Verdict = Outcome.Verdict
#: Of what a remark asks, measured in pairs of words, this much must be in the issued text.
_ADOPTED, _PARTLY = 0.75, 0.3
_ASKS_TO_DROP = re.compile(r"\b(bỏ|bãi bỏ|lược bỏ|không quy định|xóa)\b", re.I)
_LONGEST_EVIDENCE = 12


@dataclass(frozen=True)
class Proposal:
    """What the words of both texts suggest, with the phrases that speak for it."""

    verdict: str
    evidence: tuple[str, ...] = ()


def propose(asked: str, said: str, before: str, now: str) -> Proposal:
    """Compare what a remark asks with a provision before and as issued.

    `asked` is the wording it proposes ("" for none), `said` its text, `before` what the provision said when
    the remark was made, `now` what it says as issued, "" where it was dropped.
    """
    if not now:
        return Proposal(Verdict.ADOPTED if _ASKS_TO_DROP.search(said) else Verdict.NOT_ADOPTED)
    if key(before) == key(now):
        return Proposal(Verdict.NOT_ADOPTED)
    had, has = set(pairs(tokens(before))), set(pairs(tokens(now)))
    wanted = pairs(tokens(asked or said))
    come = [pair for pair in wanted if pair in has and pair not in had]
    evidence = tuple(_phrases(wanted, set(come)))
    if not asked:
        return Proposal(Verdict.PARTLY if come else Verdict.NOT_ADOPTED, evidence)
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

    What a person decided stays. Raises WrongState for a version that is not the issued text.
    """
    if not version.is_issued:
        raise WrongState(_("Chỉ đối chiếu được với văn bản đã ban hành."))
    remarks = list(version.draft.remarks.all())
    was = {one.pk: provisions_of(one) for one in with_text(version.draft.versions.all())}
    answers = {answer.remark_id: answer for answer in standing_answers(version.draft)}
    places = _places(version)
    now = was[version.pk]
    decided = set(
        Outcome.objects.filter(version=version).exclude(verdict="").values_list("remark", flat=True)
    )
    Outcome.objects.filter(remark__draft=version.draft, verdict="").delete()
    rows = []
    for remark in remarks:
        if remark.pk in decided:
            continue
        nodes = places[remark.pk]
        answer = answers.get(remark.pk)
        asked = remark.wording or (answer.wording if answer else "")
        found = propose(asked, remark.text, _text(was[remark.version_id], [remark.node]), _text(now, nodes))
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
    Outcome.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _places(version: DraftVersion) -> Mapping[int, list[str]]:
    places: dict[int, list[str]] = defaultdict(list)
    for remark, node in version.remark_places.order_by("pk").values_list("remark", "node"):
        places[remark].append(node)
    return places


def _text(provisions: Mapping[str, Provision], nodes: Iterable[str]) -> str:
    """Return what the provisions say; for a remark on the whole draft what all of it says."""
    wanted = [node for node in nodes if node]
    found = [provisions[node].text for node in wanted if node in provisions]
    return "\n".join(found)


def decide(outcome: Outcome, *, verdict: str, note: str, by: Mandate, at: dt.datetime) -> None:
    """Keep a person's word on what became of a remark."""
    outcome.verdict, outcome.note, outcome.decided_by, outcome.decided_at = verdict, note, by, at
    outcome.save(update_fields=["verdict", "note", "decided_by", "decided_at"])


def decided(remarks: Iterable[Remark]) -> Mapping[int, Outcome]:
    """Return what was decided, by the remark's primary key."""
    rows = Outcome.objects.filter(remark__in=[remark.pk for remark in remarks]).exclude(verdict="")
    return {row.remark_id: row for row in rows}
