"""The draft under criticism as a text: its provisions and what was said of each, reading and mending it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from supervision.access import policy
from supervision.access.rights import VIEW
from supervision.cases.models import Criticism
from supervision.drafts import texts
from supervision.drafts.doubts import MOST, sentence
from supervision.drafts.importing import read_draft
from supervision.drafts.models import Draft, DraftVersion
from supervision.drafts.services import newest_version
from supervision.drafts.shown import shown
from supervision.drafts.taking import calls
from supervision.errors import InvalidInput, WrongState
from supervision.files.models import Attachment
from supervision.files.services import open_blob
from supervision.legaltext.outline import Kind, Outline
from supervision.legaltext.outline.citing import Place
from supervision.page import known_in
from supervision.web.acting import WorkRequest, work_page
from supervision.web.blocks import file_rows
from supervision.web.draftforms import OWN, PASTED, MendForm, ReadForm
from supervision.web.templatetags.gs import here
from supervision.web.views import doubts
from supervision.web.views.requests import find_criticism
from workflows.acts import drafts

#: What the page counts, by the words that head each number.
_COUNTED = (
    (Kind.ARTICLE, gettext_lazy("Điều")),
    (Kind.HEADING, gettext_lazy("Mục")),
    (Kind.CLAUSE, gettext_lazy("Khoản")),
    (Kind.POINT, gettext_lazy("Điểm")),
    (Kind.APPENDIX, gettext_lazy("Phụ lục")),
)


def _address(row: Criticism, more: str = "") -> str:
    return here(f"/phan-bien/{row.public_id}/du-thao/{more}")


def version_asked(
    request: WorkRequest, draft: Draft, *, may_view: bool
) -> tuple[DraftVersion, list[DraftVersion]]:
    """Return the version whose number the address gives (`?ban=1`), else the newest; and all, in order.

    Raises policy.Hidden where there is no such version, or one before the newest for those who were only
    asked about that (`may_view` is False).
    """
    versions = list(texts.with_text(draft.versions.all()).order_by("number"))
    number = request.GET.get("ban") or str(versions[-1].number)
    found = next((one for one in versions if str(one.number) == number), None)
    if found is None or (found != versions[-1] and not may_view):
        raise policy.Hidden(_("Dự thảo không có bản này."))
    return found, versions


@work_page
def draft_text(request: WorkRequest, public_id: str) -> HttpResponse:
    """Show a version article by article, each provision with its number of remarks.

    The newest is worked on; those before it are only read.
    """
    row = find_criticism(request, public_id, "read_draft")
    prepares = policy.can(request.actor, "prepare_draft", row)
    may_view = prepares or policy.can(request.actor, VIEW, row)
    version, versions = version_asked(request, row.draft, may_view=may_view)
    is_newest = version == versions[-1]
    text = texts.text_of(version)
    is_compared = version.number > 1 and version.matches.exists()
    context: dict[str, Any] = {
        "row": row,
        "case": row.case,
        "version": version,
        "versions": versions if may_view else [],
        "is_newest": is_newest,
        "text": text,
        "files": file_rows(version.files),
        "is_later": version.number > 1,
        "compared": is_compared,
        "is_behind": is_compared and text is not None and text.compared != text.edition,
        "may_view": may_view,
        "may_prepare": False,
    }
    if is_newest:
        context |= _worked_on(request, row, version, prepares)
    if text is not None:
        context |= _told(request, context)
    return render(request, "web/draft_text.html", context)


def _worked_on(request: WorkRequest, row: Criticism, version: DraftVersion, prepares: bool) -> dict[str, Any]:
    """Return what may be done with the newest version, and the call for contributions."""
    call = calls.newest_call(row.draft)
    is_open = call is not None and calls.is_open(call, timezone.localdate()) and row.sent_at is None
    return {
        "may_prepare": prepares and (row.case.ended_at is None or version.is_issued),
        "call": call,
        "is_open": is_open,
        "may_contribute": is_open and policy.can(request.actor, "contribute", row),
        "waiting": calls.counts(call)["waiting"] if call else 0,
    }


def _told(request: WorkRequest, context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the text itself, what stands below its provisions, and for whoever prepares it what is odd."""
    text, row = context["text"], context["row"]
    outline = text.outline
    counts = _remarks(context["version"]) if context["may_view"] and context["is_newest"] else Counter()
    may_contribute, may_prepare = context.get("may_contribute", False), context["may_prepare"]
    odd = doubts.found(outline) if may_prepare else []
    return {
        "shown": shown(
            outline,
            lambda place: _beside(row, place, counts[place.node.id], may_contribute),
            doubts.at_places(request, row, outline, text.edition, odd),
        ),
        "counts": [(words, count) for kind, words in _COUNTED if (count := outline.count(kind))],
        "pieces": texts.pieces_of(outline) if may_prepare else [],
        "doubts": [sentence(one) for one in odd[:MOST]],
        "has_more_doubts": len(odd) > MOST,
    }


def _remarks(version: DraftVersion) -> Counter[str]:
    """Return how many remarks stand on each provision, made on this version or carried to it."""
    counts = Counter(version.remarks.exclude(node="").values_list("node", flat=True))
    if version.number > 1:
        counts.update(version.remark_places.values_list("node", flat=True))
    return counts


def _beside(row: Criticism, place: Place, count: int, may_contribute: bool) -> str:
    """Return what stands below a provision: the way to contribute, how many remarks there are."""
    said = []
    if may_contribute:
        form = f"{_address(row, 'gop-y/')}?{urlencode({'o': place.node.id})}"
        said.append((form, _("Góp ý %(place)s") % {"place": place.in_list}, ""))
    if count:
        words = ngettext("%(count)s ý kiến", "%(count)s ý kiến", count) % {"count": count}
        table = here(f"/phan-bien/{row.public_id}/bang/?dieu={place.node.id}")
        said.append((table, words, f" {_('về')} {place.in_list}"))
    if not said:
        return ""
    links = format_html_join("", '<li><a href="{}">{}<span class="gs-vh">{}</span></a></li>', said)
    return format_html('<ul class="gs-clause__do">{}</ul>', links)


@work_page
def draft_read(request: WorkRequest, public_id: str) -> HttpResponse:
    """Have one of the files, or what is pasted, read into provisions."""
    row = find_criticism(request, public_id)
    policy.require(request.actor, "prepare_draft", row)
    version = newest_version(row.draft)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ReadForm(*given, files=version.files.select_related("blob"))
    request.known = known_in(form)
    if given and form.is_valid():
        chosen = form.cleaned_data["source"]
        source = form.readable.get(chosen)
        try:
            outline = _read(form, source)
            drafts.read_draft(
                actor=request.actor, criticism=row, outline=outline, source=source, at=timezone.now()
            )
        except InvalidInput as error:
            form.add_error({PASTED: "pasted", OWN: "own"}.get(chosen, "source"), error.message)
        else:
            return redirect(_address(row))
    context = {"row": row, "case": row.case, "form": form, "before": texts.text_of(version), "pasted": PASTED}
    return render(request, "web/draft_read.html", context, status=422 if form.errors else 200)


def _read(form: ReadForm, source: Attachment | None) -> Outline:
    """Return what is read of a file of the draft, of one on the person's machine, or of what was pasted."""
    if source is not None:
        with open_blob(source.blob.sha256) as stored:
            return read_draft(stored.read(), _extension(source.name))
    if form.cleaned_data["source"] == PASTED:
        return read_draft(form.cleaned_data["pasted"].encode(), "txt")
    upload = form.cleaned_data["own"]
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise InvalidInput({"file": [_("Tệp lớn hơn 20 MB; chọn tệp nhỏ hơn.")]})
    return read_draft(upload.read(), _extension(upload.name))


def _extension(name: str) -> str:
    return name.rpartition(".")[2].lower()


@work_page
def draft_mend(request: WorkRequest, public_id: str, number: int) -> HttpResponse:
    """Edit one piece of the text, a line a provision; what a line begins is what it says."""
    row = find_criticism(request, public_id)
    policy.require(request.actor, "prepare_draft", row)
    text = texts.text_of(newest_version(row.draft))
    if text is None:
        raise WrongState(_("Dự thảo chưa được đọc thành điều, khoản."))
    cut = texts.pieces_of(text.outline)
    if number >= len(cut):
        raise policy.Hidden(_("Không tìm thấy nội dung này."))
    form = MendForm(
        request.POST or None, initial={"lines": "\n".join(cut[number].lines), "edition": text.edition}
    )
    request.known = known_in(form)
    if request.method == "POST" and form.is_valid():
        try:
            drafts.mend_draft(
                actor=request.actor,
                criticism=row,
                piece=number,
                lines=form.cleaned_data["lines"].splitlines(),
                edition=form.cleaned_data["edition"],
                at=timezone.now(),
            )
        except InvalidInput as error:
            form.add_error("lines", error.message)
        else:
            messages.success(request, _("Đã sửa."))
            return redirect(f"{_address(row)}#sua")
    context = {
        "row": row,
        "case": row.case,
        "form": form,
        "piece": cut[number],
        "doubts": doubts.in_piece(text.outline, number),
    }
    return render(request, "web/draft_mend.html", context, status=422 if form.errors else 200)
