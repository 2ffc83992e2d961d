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
    """Return the sender's address as limits count it: IPv4 whole, also within IPv6, else the /64 network.

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
    r'"?(?:\[(?P<bracketed>[0-9A-Fa-f:.]+)(?:%\w+)?\]|(?P<four>[0-9]{1,3}(?:\.[0-9]{1,3}){3})'
    r'|(?P<bare>[0-9A-Fa-f:.]+)(?:%\w+)?)(?::[0-9]{1,5})?"?',
    re.ASCII,
)
#: IPv6 networks in whose addresses the last 32 bits are an IPv4 address: IPv4-compatible (RFC 4291 2.5.5.1),
#: translated for everybody and within one network (RFC 6052, 8215).
_FOUR_WITHIN = [ipaddress.IPv6Network(one) for one in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48")]


def _counted(said: str) -> str:
    written = _WRITTEN.fullmatch(said.strip())
    if written is None:
        return UNKNOWN
    bare = written["bracketed"] or written["bare"] or _decimal(written["four"])
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return UNKNOWN
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if (four := _four_within(address)) is not None:
        return str(four)
    # A household or an office gets a /64 at least: whoever counts single addresses counts nobody.
    return str(ipaddress.ip_network((address.packed[:8] + bytes(8), 64)))


def _decimal(four: str) -> str:
    """Return four numbers as decimal ones, whatever zeros stand before them: none is octal."""
    return ".".join(str(int(part)) for part in four.split("."))


def _four_within(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address of a sender who came through a translator or a tunnel, else None.

    All of IPv4 would be one sender by /64 behind a translator, and everybody who uses one Teredo server.
    """
    if found := address.ipv4_mapped or address.sixtofour:
        return found
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in _FOUR_WITHIN) and not address.is_loopback:
        return ipaddress.IPv4Address(address.packed[-4:])
    return None


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
