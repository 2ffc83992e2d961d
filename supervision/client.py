"""Which network address a request comes from, behind the proxies of this installation (plain).

Every limit by address asks here and nowhere else: behind nginx `REMOTE_ADDR` is nginx for everybody.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from supervision.errors import Busy, TooMany

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

#: What requests without a readable address share: one budget for all of them.
UNKNOWN = "unknown"


def address_of(request: HttpRequest) -> str:
    """Return the sender's address as limits count it: IPv4 whole, IPv6 as its /64 network.

    `TRUSTED_PROXIES` proxies stand in front and each appends whom it heard to X-Forwarded-For; the sender
    is the entry that the outermost of them wrote. What stands before it was written by the sender and is
    never read. With no proxy configured the header is not read at all.
    """
    hops = settings.TRUSTED_PROXIES
    said = request.META.get("REMOTE_ADDR", "")
    if hops:
        chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        said = chain[-hops] if len(chain) >= hops else chain[0]
    return _counted(said)


#: An address as proxies write it: bare, quoted, in brackets, with the port that it came from.
_WRITTEN = re.compile(
    r'"?(?:\[([0-9A-Fa-f:.]+)(?:%\w+)?\]|([0-9.]+)|([0-9A-Fa-f:.]+)(?:%\w+)?)(?::\d{1,5})?"?'
)


def _counted(said: str) -> str:
    written = _WRITTEN.fullmatch(said.strip())
    bare = next(filter(None, written.groups())) if written else ""
    if "." in bare and ":" not in bare:
        bare = ".".join(str(int(part)) if part.isdigit() else part for part in bare.split("."))  # no octal
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return UNKNOWN
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        # A household or an office gets a /64 at least: whoever counts single addresses counts nobody.
        return str(ipaddress.ip_network((address.packed[:8] + bytes(8), 64)))
    return str(address)


@dataclass(frozen=True)
class Shares:
    """Of which shares a request to a view takes one: by what it sends, how much, and by what it asks for."""

    post: str = ""
    get: str = ""
    large: str = ""
    bare_is_free: bool = False

    def of(self, request: HttpRequest) -> str:
        """Return the kind of limit that a request falls under, "" for none."""
        if request.method == "POST":
            return self.post
        return "" if self.bare_is_free and not request.GET else self.get


def limited(
    *, post: str = "", get: str = "", large: str = "", bare_is_free: bool = False
) -> Callable[[View], View]:
    """Limit a view by the sender's address; the middleware `web.budget` counts before a body is read.

    `post`, `get` and `large` are kinds of settings.LIMITS; `large` is for a body that is more than words, of
    a view that counts the others itself, with what was typed in hand. With `bare_is_free` the address without
    a question is not counted.
    """

    def mark(view: View) -> View:
        view.shares = Shares(post, get, large, bare_is_free)  # type: ignore[attr-defined]
        return view

    return mark


def shed(response: HttpResponse, error: Busy) -> HttpResponse:
    """Give a page the status of a refusal for the time being, and say when to ask again."""
    response.status_code = 429 if isinstance(error, TooMany) else 503
    response["Retry-After"] = str(error.seconds)
    response["Cache-Control"] = "no-store"
    return response
