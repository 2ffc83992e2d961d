"""The demonstration world: invented people, cases told as stories, driven through `workflows.acts.act`.

Loaded in demo and test settings only; no real commune is ever shown with a failing.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from supervision.law.text import T


@dataclass(frozen=True)
class DemoAccount:
    """A sample person: whom the login page's button signs in, what they are, what to try with them."""

    username: str
    person: str
    role: T
    does: T


def accounts() -> list[DemoAccount]:
    """Return the accounts to show on the login page; none outside the demonstration."""
    if not settings.DEMO:
        return []
    from supervision.demo.world import declared

    names = {person["username"]: person["name"] for person in declared()["people"]}
    return [
        DemoAccount(one["username"], names[one["username"]], T(**one["role"]), T(**one["does"]))
        for one in declared()["accounts"]
    ]
