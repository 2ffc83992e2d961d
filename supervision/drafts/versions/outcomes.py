"""What the issued text made of each remark: a proposal with its evidence, and a person's decision."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from supervision.drafts.models import DraftText, DraftVersion, Outcome, Remark
from supervision.drafts.services import standing_answers
from supervision.drafts.texts import Provision, provisions_of, with_text
from supervision.drafts.versions.adoption import Around, Elsewhere, Proposal, propose
from supervision.errors import WrongState
from supervision.legaltext.outline.lines import TEXT
from supervision.organizations.models import Mandate

__all__ = ["Proposal", "decide", "decided", "missing", "propose", "propose_all"]


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
    said_now = {node: one.own for node, one in now.items()}
    above = {node: _above(now, [node]) for node in now}
    elsewhere = {
        pk: Elsewhere((one.own for one in said.values()), said_now, above)
        for pk, said in was.items()
        if pk != version.pk
    }
    rows = []
    for remark in version.draft.remarks.all():
        nodes = places[remark.pk]
        answer = answers.get(remark.pk)
        asked = remark.wording or (answer.wording if answer else "")
        had = was[remark.version_id]
        before = _text(had, [remark.node]) if is_compared else ""
        named = had[remark.node].on_paper if remark.node in had else ""
        around = Around(named, _above(had, [remark.node]), _above(now, nodes))
        found = propose(asked, remark.text, before, _text(now, nodes), around)
        if asked and before:
            found = elsewhere[remark.version_id].find(asked, found, nodes)
        rows.append(
            Outcome(
                remark=remark,
                version=version,
                nodes=nodes,
                places=", ".join(now[node].on_paper for node in nodes if node in now)[:300],
                proposal=found.verdict,
                evidence=list(found.evidence),
                why=found.why,
                differing=list(found.differing),
                elsewhere=now[found.elsewhere].on_paper[:300] if found.elsewhere in now else "",
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
    """Return what the provisions say, without the sign that tells a line of text from a provision."""
    said = "\n".join(provisions[node].text for node in nodes if node in provisions)
    return "\n".join(line.removeprefix(TEXT) for line in said.split("\n"))


def _above(provisions: Mapping[str, Provision], nodes: Iterable[str]) -> str:
    """Return what the provisions say themselves in which those of `nodes` stand: titles and leads."""
    found = []
    for node in nodes:
        parts = node.split("-")
        wider = ("-".join(parts[:length]) for length in range(1, len(parts)))
        found += [provisions[one].own for one in wider if one in provisions]
    return "\n".join(found)


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
