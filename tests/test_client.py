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


@pytest.mark.parametrize("said", ["", "nobody", "1.2.3", "203.0.113.9; drop", "\x00"])
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
