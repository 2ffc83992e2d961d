"""The papers of a case as its page lists them, and which of them are published."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.documents.kinds import KINDS
from supervision.documents.models import Document
from supervision.organizations.actors import Actor
from supervision.publication.models import SearchRow
from supervision.web.templatetags.gs import here


def papers_of(case: Case, actor: Actor) -> list[dict[str, Any]]:
    """Return the papers of a case that `actor` may read, the oldest first; one query.

    `page` is the public id of what is published of a paper, None where nothing is, `validity` whether
    that still holds (`vocabulary.Validity`).
    """
    public = SearchRow.objects.filter(publication__code=OuterRef("document__code"))
    links = (
        case.papers.exclude(document__state=Document.State.ABANDONED)
        .filter(document__in=policy.visible(actor, Document.objects.all()).values("pk"))
        .select_related("document", "inquiry__agency")
        .annotate(
            page=Subquery(public.values("publication__public_id")[:1]),
            validity=Subquery(public.values("validity")[:1]),
        )
        .order_by("pk")
    )
    return [
        {
            "document": link.document,
            "kind": KINDS[link.document.kind].title,
            "page": link.page,
            "validity": link.validity,
            "trouble": link.document.trouble if link.document.state == Document.State.STUCK else "",
            "is_held": link.document.kind == "board_recommendation" and not link.is_sent,
            "address": here(f"/van-ban/{link.document.public_id}/"),
        }
        for link in links
    ]
