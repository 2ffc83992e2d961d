"""Whom a limit by address counts: the sender, never the proxy, never what the sender says of itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from supervision.client import UNKNOWN, address_of

NGINX = "127.0.0.1"


def _asked(forwarded: str | None = None, heard: str = NGINX) -> Any:
    extra = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=heard, **extra)


def test_without_a_proxy_nobody_can_say_who_they_are(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 0
    assert address_of(_asked("203.0.113.9", heard="198.51.100.7")) == "198.51.100.7"


def test_behind_one_proxy_the_sender_is_who_the_proxy_heard(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    assert address_of(_asked("203.0.113.9")) == "203.0.113.9"
    assert address_of(_asked("10.0.0.1, 192.0.2.1, 203.0.113.9")) == "203.0.113.9"  # the rest is invented


def test_behind_two_proxies_the_outermost_of_ours_is_believed(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 2
    assert address_of(_asked("192.0.2.1, 203.0.113.9, 10.0.0.1")) == "203.0.113.9"


@pytest.mark.parametrize("said", ["", "nobody", "1.2.3", "203.0.113.9; drop", "\x00", "203.0.113.9,"])
def test_what_is_no_address_shares_one_budget(settings: Any, said: str) -> None:
    settings.TRUSTED_PROXIES = 1
    assert address_of(_asked(said)) == UNKNOWN


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("203.0.113.9:51234", "203.0.113.9"),
        ('"203.0.113.9"', "203.0.113.9"),
        ("203.000.113.009", "203.0.113.9"),
        ("[2001:db8:7:1::5]:443", "2001:db8:7:1::/64"),
        ('"[2001:db8:7:1::5]"', "2001:db8:7:1::/64"),
        ("2001:db8:7:1::5%eth0", "2001:db8:7:1::/64"),
    ],
)
def test_an_address_is_read_as_proxies_write_it(settings: Any, said: str, meant: str) -> None:
    settings.TRUSTED_PROXIES = 1
    assert address_of(_asked(f"192.0.2.1, {said}")) == meant


def test_a_request_that_went_round_the_proxy_shares_one_budget(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    assert address_of(_asked(None)) == UNKNOWN


def test_one_household_is_one_address_in_ipv6(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    one, other = address_of(_asked("2001:db8:7:1::5")), address_of(_asked("2001:db8:7:1:ffff::9"))
    assert one == other == "2001:db8:7:1::/64"
    assert address_of(_asked("2001:db8:7:2::5")) != one
    assert address_of(_asked("::ffff:203.0.113.9")) == "203.0.113.9"


@pytest.mark.parametrize(
    "said",
    [
        "1" * 5000 + ".0.0.1",
        "1.2.3." + "0" * 5000,
        "[" + "1" * 5000 + ".0.0.1]",
        "::ffff:" + "1" * 5000 + ".0.0.1",
        "1." * 5000,
        ":" * 5000,
        "203.0.113.9:" + "1" * 5000,
        "٢٠٣.٠.١١٣.٩",
        "2001:db8::1%" + "a" * 5000 + "]",
        "256.0.0.1",
        "[203.0.113.9",
    ],
    ids=lambda said: said[:12],
)
def test_what_a_proxy_passes_on_is_never_an_error(settings: Any, said: str) -> None:
    """5,000 digits are more than Python makes a number of."""
    settings.TRUSTED_PROXIES = 1
    assert address_of(_asked(said)) == UNKNOWN


@pytest.mark.parametrize(
    "prefix", ["::", "::ffff:", "64:ff9b::", "64:ff9b:1::", "64:ff9b:1:fffe::", "64:FF9B:0:0::"]
)
def test_behind_a_translator_each_sender_is_counted_alone(settings: Any, prefix: str) -> None:
    settings.TRUSTED_PROXIES = 1
    for four in ("203.0.113.7", "198.51.100.9"):
        assert address_of(_asked(f"{prefix}{four}")) == four
        assert address_of(_asked(f"[{prefix}{four}]:443")) == four


def test_whoever_comes_through_a_tunnel_has_the_share_of_the_address_it_begins_at(settings: Any) -> None:
    """6to4 gives one IPv4 address 65,536 networks; one Teredo server is one network for all who use it."""
    settings.TRUSTED_PROXIES = 1
    assert address_of(_asked("2002:cb00:7107:1::1")) == address_of(_asked("2002:cb00:7107:ffff::9"))
    assert address_of(_asked("2002:cb00:7107::1")) == "203.0.113.7"
    assert address_of(_asked("2001:0:4136:e378:8000:63bf:34ff:8ef8")) == "203.0.113.7"
    assert address_of(_asked("2001:0:4136:e378:8000:63bf:39cc:9bf6")) == "198.51.100.9"
    assert address_of(_asked("::1")) == "::/64", "this machine"
