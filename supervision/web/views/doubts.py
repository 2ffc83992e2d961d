"""Doubts about how a draft was read: shown at their places, mended or found right there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from supervision.access import policy
from supervision.cases.models import Criticism
from supervision.drafts.doubts import BEGINNING, END, MOST, Doubt, doubts, sentence
from supervision.legaltext.outline import Outline
from supervision.legaltext.outline.lines import piece_of
from supervision.web.acting import WorkRequest, work_page
from supervision.web.views.requests import find_criticism
from workflows.acts import drafts

#: Where the page shows what is odd at paragraph `at` of a provision.
AtPlace = Callable[[str, int], str]


def found(outline: Outline) -> Sequence[Doubt]:
    """Return the first doubts about a text, one more than are shown at once where there are more."""
    return list(islice(doubts(outline), MOST + 1))


def in_piece(outline: Outline, number: int) -> list[Any]:
    """Return what is odd in one of the pieces that are mended at once."""
    piece = _pieces(outline)
    return [sentence(one) for one in found(outline)[:MOST] if piece(one.node) == number]


def _pieces(outline: Outline) -> Callable[[str], int]:
    pieces = piece_of(outline)
    outside = {BEGINNING: 0, END: pieces[""]}
    return lambda node: outside.get(node, pieces.get(node, 0))


def at_places(
    request: HttpRequest, row: Criticism, outline: Outline, edition: int, about: Sequence[Doubt]
) -> AtPlace:
    """Return how each doubt reads at its place, with the two things that can be done about it."""
    piece = _pieces(outline)
    here: dict[tuple[str, int], list[str]] = defaultdict(list)
    for number, one in enumerate(about[:MOST], 1):
        context = {
            "row": row,
            "edition": edition,
            "number": number,
            "words": sentence(one),
            "piece": piece(one.node),
            "key": one.key,
        }
        here[one.node, one.at].append(render_to_string("components/doubt.html", context, request))
    return lambda node, at: format_html_join("", "{}", ((one,) for one in here.get((node, at), ())))


@require_POST
@work_page
def draft_doubt(request: WorkRequest, public_id: str) -> HttpResponse:
    """Keep that a place of the draft was read right."""
    row = find_criticism(request, public_id)
    policy.require(request.actor, "prepare_draft", row)
    edition = request.POST.get("edition", "")
    drafts.accept_doubt(
        actor=request.actor,
        criticism=row,
        key=request.POST.get("doubt", "")[:64],
        edition=int(edition) if edition.isascii() and edition.isdigit() and len(edition) < 10 else 0,
        at=timezone.now(),
    )
    messages.success(request, _("Đã ghi nhận chỗ này đọc đúng."))
    return redirect(f"{reverse('draft_text', args=[row.public_id])}#nen-xem")
