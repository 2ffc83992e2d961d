"""The told story of each form, walked by its people in a browser without JavaScript.

What all forms share is kept and checked in the delegation's journey; here the pages of a form's
own steps are. The stories themselves run on both databases (`tests/workflows/test_stories.py`) and
the pages are the same on either, so they are walked once.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django.utils.html import escape

from supervision.casefiles.models import Case
from supervision.demo import drafting, script, world
from supervision.demo.driver import Driver
from supervision.demo.script import Told
from supervision.law.registry import spec_of, specs
from tests.e2e.walk import INBOX, VIETNAM, Walk
from tests.markup import html_of
from tests.told import FORMS, seen_before
from tests.web.test_limits import client_of

pytestmark = pytest.mark.tier("all")

#: Which links lead from the page of a case to an act outside the steps.
LINKS = {
    "move_submission": ("Dự thảo", "Ghi ngày trình mới"),
    "stop_waiting": ("Không chờ thêm ý kiến",),
}
#: Acts of the stories that are no step: each has a page of its own.
BESIDE = ("receive_opinion", "sort_opinion", "clear_opinion", "urge")
#: Those of which continuous integration walks each: a criticism, a plan, opinions. Of the others it opens
#: every step (`tests/web/test_step_pages.py`).
EACH = ("c1", "plan", "o1")
#: Acts that start on the page of the annual plan.
FROM_PLAN = ("propose_item", "record_agreement")
#: How often a journey does the same act on the same page by hand; what repeats it is told by a call,
#: and so are acts on the text of a draft, whose pages have their own journey (`test_draft_journey`).
#: A step whose page another journey keeps is opened by a client, and done by a call.
BY_HAND = 2


def username_of(key: str) -> tuple[str, str]:
    """Return who holds the mandate `key`, and its title where the person holds several."""
    mandate = world.actor(key).mandate
    several = mandate.user.mandates.count() > 1
    return mandate.user.username, mandate.title if several else ""


class Teller:
    """Performs a script with hands on pages instead of calls."""

    def __init__(self, walk: Walk, name: str, folder: Path) -> None:
        self.walk, self.folder = walk, folder
        self.form, first_day = FORMS[name]
        self.store = walk.store
        self.driver = Driver(first_day, seed="journey")
        walk.spec = spec_of(self.form)
        self.signed_in: tuple[str, int] | None = None
        self.kept = seen_before(name)
        self.done: Counter[str] = Counter()

    def tell(self, told: Told) -> None:
        self.done[told.act] += 1
        if told.act in drafting.ACTS or self.done[told.act] > BY_HAND:
            script.perform(self.driver, told)
            return
        self.walk.clock.set(self.driver.day(told.day))
        if told.act in self.kept and told.act not in ("open", *BESIDE, *script.OUTSIDE, *FROM_PLAN):
            self._seen(told)
            script.perform(self.driver, told)
            return
        self.walk.store = None if told.act in self.kept else self.store
        self.kept.add(told.act)
        self._sign_in(told)
        values = {name: self._typed(name, value) for name, value in told.data.items()}
        if told.act == "open":
            values.pop("form")  # chosen on the page before
            self._open(values)
        elif told.act in BESIDE:
            getattr(self, f"_{told.act}")(told, values)
        elif told.act == "propose_item":
            self._from_plan("Đề xuất nội dung", "Gửi đề xuất này", values)
        elif told.act == "record_agreement":
            self._from_plan("Ghi ý kiến theo văn bản giấy", "Ghi ý kiến theo văn bản này", values)
        elif told.act in script.OUTSIDE:
            self._outside(told.act, values)
        elif told.act.startswith("sign_"):
            self.walk.sign(told.act)
        elif told.act.startswith("approve_"):
            self.walk.do(told.act, self._about(told), decision="send")
        else:
            self.walk.do(told.act, self._about(told), **values)

    def _seen(self, told: Told) -> None:
        """Open the page of a step as whoever does it, without a browser."""
        item = self.driver.item(told.act, script._subject(self.driver, told))
        answer = client_of(told.by).get(f"/viec-cua-toi/{item.public_id}/")
        assert answer.status_code == 200, (told.act, answer.status_code)
        assert escape(self.walk._declared(told.act).title.vi) in html_of(answer)

    def _from_plan(self, link: str, button: str, values: dict[str, Any]) -> None:
        """Do an act that starts on the page of the annual plan."""
        hands, page = self.walk.hands, self.walk.page
        hands.go(f"/ke-hoach-nam/{self.driver.case.annual_plan.public_id}/")
        self.walk.keep()
        hands.press(page.get_by_role("link", name=link))
        self.walk.keep()
        hands.put_all({name: value for name, value in values.items() if value})
        hands.press(page.get_by_role("button", name=button))
        assert not page.title().startswith("Lỗi"), page.inner_text("#loi")
        self.walk.keep()

    def _sign_in(self, told: Told) -> None:
        """Anew for everyone, and for the same person on another day: a session ends at night."""
        if (told.by, told.day) == self.signed_in:
            self.walk.hands.go(INBOX)  # as it is now: others acted since
            return
        self.signed_in = (told.by, told.day)
        self.walk.sign_in(username_of(told.by)[0], capacity=username_of(told.by)[1])

    def _about(self, told: Told) -> str:
        word = spec_of(self.form).followed.vi
        return f"{word} {told.recommendation}" if told.recommendation else ""

    def _receive_opinion(self, told: Told, values: dict[str, Any]) -> None:
        """Record an opinion from the case's own button, as on a phone; the receipt names nobody."""
        hands, page = self.walk.hands, self.walk.page
        case, first = self.driver.case, not self.driver.case.opinions.exists()
        hands.go(f"/ho-so/{case.public_id}/")
        hands.press(page.get_by_role("link", name="Ghi ý kiến", exact=True))
        if first:
            self.walk.keep()
        hands.put_all(values)
        hands.press(page.get_by_role("button", name="Ghi và cấp số tiếp nhận"))
        opinion = case.opinions.order_by("-number")[0]
        assert f"Đã nhận ý kiến số {opinion.number}" in page.inner_text("main")
        if first:
            self.walk.see(f"/y-kien/{opinion.public_id}/phieu/", f"/y-kien/{opinion.public_id}/")

    def _sort_opinion(self, told: Told, values: dict[str, Any]) -> None:
        self._work_on(values, "phan-loai", "Ghi phân loại, sang ý kiến sau")

    def _clear_opinion(self, told: Told, values: dict[str, Any]) -> None:
        self._work_on(values, "bien-tap", "Ghi bản công khai, sang ý kiến sau")

    def _work_on(self, values: dict[str, Any], act: str, button: str) -> None:
        opinion = self.driver.opinion(values.pop("number"))
        self.walk.hands.go(f"/y-kien/{opinion.public_id}/?viec={act}")
        if opinion.number in (1, 6):
            self.walk.keep(f"{act} {opinion.number}")
        self.walk.hands.put_all(values)
        self.walk.hands.press(self.walk.page.get_by_role("button", name=button))
        assert not self.walk.page.title().startswith("Lỗi"), self.walk.page.inner_text("#loi")

    def _urge(self, told: Told, values: dict[str, Any]) -> None:
        row = self.driver.recommendation(told.recommendation)
        self.walk.hands.go(f"/kien-nghi/{row.public_id}/don-doc/")
        self.walk.hands.put_all(values)
        self.walk.hands.press(self.walk.page.get_by_role("button", name="Trình ký văn bản đôn đốc"))

    def _typed(self, name: str, value: Any) -> Any:
        if name == "files":
            return self._written(value[0]) if value else []
        found = script._value(self.driver, name, value)
        if isinstance(found, list) and found and isinstance(found[0], dict):
            return [{key: self._plain(cell) for key, cell in row.items()} for row in found]
        return [self._plain(one) for one in found] if isinstance(found, list) else self._plain(found)

    def _written(self, file: dict[str, str]) -> Path:
        path = self.folder / file["name"]
        path.write_bytes(script.written(file))
        return path

    @staticmethod
    def _plain(value: Any) -> Any:
        if isinstance(value, list):
            return [getattr(one, "public_id", one) for one in value]
        return getattr(value, "public_id", value)

    def _outside(self, act: str, values: dict[str, Any]) -> None:
        """Do an act that is no step of the flow, from the page of the case on."""
        hands, page = self.walk.hands, self.walk.page
        hands.go(f"/ho-so/{self.driver.case.public_id}/")
        for link in LINKS[act]:
            hands.press(page.locator("main").get_by_role("link", name=link))
            self.walk.keep()
        hands.put_all(values)
        hands.press(page.locator("form.gs-form button"))
        self.walk.keep()

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


def pages_about(case: Case) -> list[str]:
    """Return the pages that a plan has besides its case: the list, its own, an item's, the public ones."""
    plan = getattr(case, "annual_plan", None)
    if plan is None:
        return []
    item = plan.items.order_by("number")[0]
    own = [f"/ke-hoach-nam/{plan.public_id}/", f"/ke-hoach-nam/muc/{item.public_id}/"]
    return ["/ke-hoach-nam/", *own, "/ke-hoach/", f"/ke-hoach/{plan.year}/{plan.organization.code}/"]


def test_every_form_that_can_be_opened_is_walked_in_a_browser() -> None:
    told = {form for form, _first_day in FORMS.values()} | {"doan-giam-sat"}  # its own journey
    assert told == {slug for slug, spec in specs().items() if spec.opening}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.tier("all" if name in EACH else "prove")) for name in FORMS]
)
def test_the_story_of_a_form_in_a_browser(walk: Walk, name: str, tmp_path: Path) -> None:
    walk.clock.set(FORMS[name][1] - dt.timedelta(days=60))
    world.build(at=timezone.now().astimezone(VIETNAM))
    teller = Teller(walk, name, tmp_path)
    for told in sorted(script.read(name), key=lambda one: one.day):
        teller.tell(told)
    case = Case.objects.get()
    assert case.state == Case.State.CLOSED
    walk.store = teller.store
    walk.see(f"/ho-so/{case.public_id}/", *pages_about(case))
    assert not walk.broken, "\n".join(walk.broken)
    assert teller.store and teller.store.problems() == []
