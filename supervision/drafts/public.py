"""What anyone may read of drafts and send about them; the public pages know nothing else of this app."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.utils.safestring import SafeString

from supervision.drafts.forms import ContributionForm
from supervision.drafts.models import Call, Contribution, Remark
from supervision.drafts.shown import shown
from supervision.drafts.taking import calls, contributions
from supervision.drafts.taking.calls import counts, is_open
from supervision.drafts.texts import Provision, provisions_of
from supervision.files import services as files
from supervision.files.services import Upload
from supervision.legaltext.outline import Kind
from supervision.legaltext.outline.citing import Place, heading_of, places
from supervision.limits.services import take

__all__ = [
    "Call",
    "ContributionForm",
    "Place",
    "a_remark_of",
    "counts",
    "find",
    "find_receipt",
    "find_to_send",
    "is_open",
    "listed",
    "provision",
    "send",
    "take_share",
    "text_beside",
    "text_of",
]


@dataclass(frozen=True)
class PublicText:
    """The text of a call's version, ready to show: as HTML, and its articles or headings for the contents."""

    html: SafeString
    contents: list[tuple[str, str]]  # id, title


def listed(per_page: int) -> Paginator[Call]:
    """Return the public calls, those that end last first, in pages."""
    return Paginator(calls.public_calls().order_by("-closes_on", "-pk"), per_page)


def find(public_id: str) -> Call | None:
    """Return the public call with this id; none for one that only those asked may read."""
    return calls.public_calls().filter(public_id=public_id).first()


def find_to_send(public_id: str) -> Call | None:
    """Return the same call with as little of it as taking in a contribution needs: hundreds come at once."""
    rows = Call.objects.filter(is_public=True, public_id=public_id).select_related("version__text")
    return rows.only(
        "public_id",
        "closes_on",
        "closed_at",
        "version__id",
        "version__text__edition",
        "version__text__version",
    ).first()


def a_remark_of(call: Call) -> str:
    """Return the permanent id of a remark on the call's draft, "" while there is none."""
    found = Remark.objects.filter(draft=call.draft_id).order_by("pk").values_list("public_id", flat=True)
    return found.first() or ""


def text_beside(remark: str) -> str:
    """Return the id of the public call whose text a remark is about, by its permanent id; "" for none."""
    drafts = Remark.objects.filter(public_id=remark).values("draft")
    rows = Call.objects.filter(is_public=True, draft__in=drafts).order_by("-pk")
    return rows.values_list("public_id", flat=True).first() or ""


def text_of(call: Call, beside: Callable[[Place], str]) -> PublicText:
    """Return the text of the call's version; `beside` gives what stands below each provision."""
    outline = call.version.text.outline
    contents = [(place.node.id, heading_of(place.node)) for place in places(outline) if _is_listed(place)]
    return PublicText(shown(outline, beside), contents)


def _is_listed(place: Place) -> bool:
    """Whether a provision stands in the contents: an article, in a plan a heading."""
    if place.node.kind is Kind.HEADING:
        return all(node.kind is not Kind.ARTICLE for node in place.path)
    return place.node.kind is Kind.ARTICLE


def provision(call: Call, node: str) -> Provision | None:
    """Return the provision with this id in the call's text, none where there is no such."""
    return provisions_of(call.version).get(node)


def send(
    call: Call, form: ContributionForm, *, node: str, seen: str, key: str, address: str, at: dt.datetime
) -> Contribution:
    """Take in what was typed, from someone without an account at a network `address`.

    Raises TooMany, WrongState when the call is over, InvalidInput for a file that is refused ("files") or
    a provision that is gone ("node") or has other words than those marked `seen` ("changed").
    """
    take_share(address, at=at)
    contributions.require_open(call, at=at)
    contributions.provision_of(call, node, seen)  # before a file is kept
    upload: Upload | None = form.cleaned_data["file"]
    kept = files.store_all([upload], by=None, at=at, is_private=True) if upload else []
    return contributions.contribute(
        call,
        form.said(node, seen),
        key=key,
        channel=Contribution.Channel.PAGE,
        by=None,
        files=kept,
        at=at,
    )


def take_share(address: str, *, at: dt.datetime) -> None:
    """Count a contribution of an address, or a form with a file that becomes none; raises TooMany."""
    take("contribution", address, at=at)


def find_receipt(receipt: str) -> Contribution | None:
    """Return the contribution with this receipt: whoever holds the number may see what became of it."""
    rows = Contribution.objects.select_related("call__draft__owner", "call__chaired_by", "remark")
    return rows.filter(receipt=receipt).first()
