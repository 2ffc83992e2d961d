"""The told story of each form, walked by its people in a browser without JavaScript.

What all forms share is kept and checked in the delegation's journey; here the pages of a form's
own steps are.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from supervision.cases.models import Case
from supervision.law.registry import spec_of
from supervision.web.demo import script, world
from supervision.web.demo.driver import Driver
from supervision.web.demo.script import Told
from tests.e2e.walk import VIETNAM, Walk

STORIES = {
    "s1": ("nghien-cuu-van-ban", dt.date(2026, 3, 24)),
    "s4": ("tham-gia-giam-sat", dt.date(2026, 3, 24)),
    "s3a": ("thanh-tra-nhan-dan", dt.date(2026, 5, 12)),
    "s3b": ("giam-sat-dau-tu-cong-dong", dt.date(2026, 8, 4)),
}
#: Steps that forms have from `law.forms.following`.
SHARED = {step.name for step in spec_of("doan-giam-sat").steps}


def username_of(key: str) -> tuple[str, str]:
    """Return who holds the mandate `key`, and its title where the person holds several."""
    mandate = world.actor(key).mandate
    several = mandate.user.mandates.count() > 1
    return mandate.user.username, mandate.title if several else ""


class Teller:
    """Performs a script with hands on pages instead of calls."""

    def __init__(self, walk: Walk, form: str, first_day: dt.date) -> None:
        self.walk, self.form = walk, form
        # the pages are the same on either database; minutes are saved
        self.store = walk.store if connection.vendor == "sqlite" else None
        self.driver = Driver(first_day, seed="journey")
        walk.spec = spec_of(form)
        self.by = ""

    def tell(self, told: Told) -> None:
        self.walk.store = None if told.act in SHARED else self.store
        self.walk.clock.set(self.driver.day(told.day))
        self._sign_in(told.by)
        values = {name: self._typed(name, value) for name, value in told.data.items() if name != "form"}
        if told.act == "open":
            self._open(values)
        elif told.act.startswith("sign_"):
            self.walk.sign(told.act)
        elif told.act.startswith("approve_"):
            self.walk.do(told.act, self._about(told), decision="send")
        else:
            self.walk.do(told.act, self._about(told), **values)

    def _sign_in(self, key: str) -> None:
        """Anew for everyone, and for the same person on another day: a session ends at night."""
        self.walk.sign_in(username_of(key)[0], capacity=username_of(key)[1])

    def _about(self, told: Told) -> str:
        return f"kiến nghị {told.recommendation}" if told.recommendation else ""

    def _typed(self, name: str, value: Any) -> Any:
        found = script._value(self.driver, name, value)
        if isinstance(found, list) and found and isinstance(found[0], dict):
            return [{key: self._plain(cell) for key, cell in row.items()} for row in found]
        return [self._plain(one) for one in found] if isinstance(found, list) else self._plain(found)

    @staticmethod
    def _plain(value: Any) -> Any:
        return getattr(value, "public_id", value)

    def _open(self, values: dict[str, Any]) -> None:
        hands, page = self.walk.hands, self.walk.page
        hands.go("/ho-so/")
        hands.press(page.get_by_role("link", name="Mở hồ sơ", exact=True))
        self.walk.keep()
        hands.press(page.get_by_role("link", name=spec_of(self.form).title.vi, exact=True))
        self.walk.keep()
        hands.put_all(values)
        hands.press(page.get_by_role("button", name="Mở hồ sơ này"))
        self.driver.case = Case.objects.get()
        self.walk.keep()


@pytest.mark.parametrize("name", STORIES)
def test_the_story_of_a_form_in_a_browser(walk: Walk, name: str) -> None:
    form, first_day = STORIES[name]
    walk.clock.set(first_day - dt.timedelta(days=60))
    world.build(at=timezone.now().astimezone(VIETNAM))
    teller = Teller(walk, form, first_day)
    for told in sorted(script.read(name), key=lambda one: one.day):
        teller.tell(told)
    case = Case.objects.get()
    assert case.state == Case.State.CLOSED
    walk.store = teller.store
    walk.see(f"/ho-so/{case.public_id}/")
    assert not walk.broken, "\n".join(walk.broken)
    if teller.store:
        assert teller.store.problems() == []
