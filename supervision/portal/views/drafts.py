"""Drafts on which anyone may speak: the list, the text clause by clause, the form, the receipt."""

from __future__ import annotations

import secrets

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from supervision.client import address_of, limited, shed
from supervision.drafts import public
from supervision.errors import Busy, InvalidInput, WrongState
from supervision.page import here, known_in, typed
from supervision.portal import present
from supervision.portal.views.verify import plain_code
from supervision.publication import remarks

PER_PAGE = 20


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """List the drafts on which the public is or was asked."""
    page = public.listed(PER_PAGE).get_page(request.GET.get("trang", "1")[:6])
    on = present.today()
    rows = [{"call": call, "is_open": public.is_open(call, on)} for call in page]
    return render(request, "portal/drafts.html", {"page": page, "rows": rows})


def _find(public_id: str) -> public.Call:
    call = public.find(public_id)
    if call is None:
        raise Http404("no public call at this address")
    return call


@require_safe
def draft(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the text, each provision with its anchor and, while the call is open, its own link to the form."""
    call = _find(public_id)
    is_open = public.is_open(call, present.today())
    form = here(f"/du-thao/{public_id}/gop-y/")
    said = remarks.newest_of(public.a_remark_of(call))
    context = {
        "call": call,
        "criticism": said.publication if said else None,
        "is_open": is_open,
        "text": public.text_of(call, lambda place: _link(form, place) if is_open else ""),
        "counts": public.counts(call),
        "days": (call.closes_on - present.today()).days,
    }
    return render(request, "portal/draft.html", context)


def _link(form: str, place: public.Place) -> str:
    return format_html(
        '<ul class="gs-clause__do"><li><a href="{}?{}">{}</a></li></ul>',
        form, urlencode({"o": place.node.id}), _("Góp ý %(place)s") % {"place": place.in_list},
    )  # fmt: skip


# Exempt: nobody is signed in here and no session is read; what is posted is what anyone may send, so a
# forged post gains nothing, and readers are spared a cookie (design, public pages).
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited(large="contribution")
def contribute(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take in what someone says of one provision, or of the whole draft, and give a receipt."""
    call = public.find_to_send(public_id)
    node, seen = request.POST.get("o", request.GET.get("o", ""))[:80], request.POST.get("doc", "")
    if call is None:
        raise Http404("no public call at this address")
    if request.method != "POST":
        if node and public.provision(call, node) is None:
            raise Http404("no such provision")
        form = public.ContributionForm(anyone=True, initial={"author": "people"})
        return _form(request, public_id, (node, seen), form, secrets.token_urlsafe(24))
    key = request.POST.get("key") or secrets.token_urlsafe(24)
    form = public.ContributionForm(request.POST, request.FILES, anyone=True)
    address, at = address_of(request), timezone.now()
    try:
        if not form.is_valid():
            if request.FILES:
                public.take_share(address, at=at)
            return _form(request, public_id, (node, seen), form, key, status=422)
        sent = public.send(call, form, node=node, seen=seen, key=key, address=address, at=at)
    except InvalidInput as error:
        again = form.add_refusal(error, node, seen)
        return _form(request, public_id, again, form, key, status=422)
    except WrongState as error:
        form.add_error(None, error.message)
        return _form(request, public_id, (node, seen), form, key, status=409)
    except Busy as error:  # what was typed stays in the form, with the same key
        form.add_error(None, error.message)
        return shed(_form(request, public_id, (node, seen), form, key), error)
    return redirect(here(f"/du-thao/bien-nhan/{sent.receipt}/"))


def _form(
    request: HttpRequest,
    public_id: str,
    about: tuple[str, str],
    form: public.ContributionForm,
    key: str,
    status: int = 200,
) -> HttpResponse:
    """Draw the form, empty or with what was typed and what is wrong with it.

    `about` is the provision and the mark of its words as they were read, "" for as they are.
    """
    call, (node, seen) = _find(public_id), about
    context = {
        "call": call,
        "node": node,
        "seen": seen,
        "provision": public.provision(call, node) if node else None,
        "form": form,
        "typed": typed(request, known_in(form)),
        "is_open": public.is_open(call, present.today()),
        "key": key,
    }
    return render(request, "portal/contribute.html", context, status=status)


@never_cache
@require_safe
@limited(get="code")
def find_receipt(request: HttpRequest) -> HttpResponse:
    """Lead from a receipt's number, as people type it, to its page; say so where there is none."""
    typed_number = request.GET.get("so", "").strip()[:40]
    found = public.find_receipt(plain_code(typed_number)[:26])
    if found is not None:
        return redirect(here(f"/du-thao/bien-nhan/{found.receipt}/"))
    return render(request, "portal/find_receipt.html", {"typed_number": typed_number}, status=404)


@never_cache
@require_safe
@limited(get="code")
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """Show what became of a contribution to whoever holds its receipt; it names nobody."""
    found = public.find_receipt(plain_code(receipt)[:26])
    if found is None:
        raise Http404("no such receipt")
    said = remarks.newest_of(found.remark.public_id) if found.remark else None
    context = {
        "row": found,
        "call": found.call,
        "answer": present.remark(said) if said else None,
        "address": f"{here(said.publication.address)}y-kien/?ma={said.code}" if said else "",
    }
    return render(request, "portal/receipt.html", context)
