"""One walker through the site: signs in as anybody, does steps, keeps every page in both languages."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.conf import settings
from django.test import Client

from supervision.casefiles.models import Case
from supervision.law.forms.s2 import SPEC
from supervision.law.registry import specs
from supervision.law.specs import FormSpec, Step
from supervision.organizations.models import Mandate, Organization
from tests.e2e.hands import Pointing
from tests.e2e.rules import broken_rules, title_of
from tests.pages import PageStore
from tests.reading import VIETNAMESE
from tests.test_words import known_data, leaks_in_english

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
INBOX = "/viec-cua-toi/"
QUOTED = re.compile("“[^”]*”")


class Clock:
    """The clock of everybody in this process, moved from one phase of the work to the next."""

    def __init__(self) -> None:
        self._moved: Any = None

    def set(self, day: dt.date, hour: int = 8) -> None:
        """Make it `hour` o'clock of `day` in Vietnam; time runs on from there."""
        self.stop()
        self._moved = time_machine.travel(
            dt.datetime.combine(day, dt.time(hour), VIETNAM).astimezone(dt.UTC), tick=True
        )
        self._moved.start()

    def stop(self) -> None:
        if self._moved is not None:
            self._moved.stop()
            self._moved = None


@dataclass
class Walk:
    """Hands on a page, the clock, the worker, and where the pages are kept.

    Without a store nothing is kept and no detour to error pages is made.
    """

    hands: Pointing
    site: Any
    clock: Clock
    store: PageStore | None = None
    english: Pointing | None = None
    broken: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    inboxes: set[str] = field(default_factory=set)  # whose list of work has been kept
    person: str = ""
    signed_in: set[tuple[str, str]] = field(default_factory=set)  # by hand; from then on through a client
    spec: FormSpec = SPEC
    _names: tuple[bool, re.Pattern[str]] | None = None

    @property
    def page(self) -> Any:
        return self.hands.page

    @property
    def at(self) -> str:
        """The address shown, without its place on the page."""
        return self.page.url.removeprefix(str(self.site)).partition("#")[0]

    # -- keeping pages -------------------------------------------------------------------

    def keep(self, name: str = "", *, twin: bool = True) -> None:
        """Keep the page shown, and its English twin, and hold both against the rules of the house."""
        if self.store is None:
            return
        self.keep_as(self.hands, "vi", name)
        if twin and self.english is not None:
            # The same session asks for it; it is drawn once, when all pages are checked at the end.
            answer = self.english.page.context.request.get(f"{self.site}/en{self.at}")
            self._keep(answer.text(), answer.url, "en", name)

    def both(self) -> list[tuple[Pointing, str]]:
        """The hands on the Vietnamese page, and those on its English twin where it is walked too."""
        if self.english is None:
            return [(self.hands, "vi")]
        twin = f"{self.site}/en{self.at}"
        if self.english.page.url.partition("#")[0] != twin:
            self.english.go(twin)
        return [(self.hands, "vi"), (self.english, "en")]

    def keep_as(self, hands: Pointing, language: str, name: str) -> None:
        """Keep what `hands` have before them, read to its end."""
        if self.store is None:
            return
        hands.page.wait_for_load_state("domcontentloaded")
        self._keep(hands.page.content(), hands.page.url, language, name)

    def _keep(self, html: str, url: str, language: str, name: str) -> None:
        assert self.store is not None
        address = url.removeprefix(self.store.site)
        label = f"{language} {name or address}"
        self.store.keep_html(html, label)
        self.broken += [f"{label}: {rule}" for rule in broken_rules(html, language=language)]
        if language == "en":
            self.broken += [f"{label}: not marked as Vietnamese: {said}" for said in self._unmarked(html)]
        place = address.partition("#")[0]
        before = self.titles.setdefault(f"{language} {title_of(html)}", place)
        if before != place and not name:  # pages with a name are errors; they may look alike
            self.broken.append(f"{label}: same title as {before}: {title_of(html)}")

    def _unmarked(self, html: str) -> list[str]:
        """Vietnamese on an English page that neither is marked nor is a name or a quotation."""
        if self._names is None or not self._names[0]:
            self._names = (Case.objects.exists(), known_data())
        names = self._names[1]
        leaks = leaks_in_english(html, names)
        return [said for said in leaks if VIETNAMESE.search(names.sub("", QUOTED.sub("", said)))]

    # -- people --------------------------------------------------------------------------

    def sign_in(self, username: str, *, capacity: str = "") -> None:
        """Sign in anew as `username`, in `capacity` (a title) if the person holds several.

        By hand the first time; later through the same form without drawing its pages again.
        """
        self.person = username
        self.page.context.clear_cookies()
        if (username, capacity) in self.signed_in:
            self._let_in(username, capacity)
        else:
            self.signed_in.add((username, capacity))
            self._sign_in_by_hand(username, capacity)
        assert "/viec-cua-toi/" in self.page.url, self.page.url

    def _let_in(self, username: str, capacity: str) -> None:
        client = Client()
        client.post("/dang-nhap/", {"login": username, "password": settings.DEMO_PASSWORD})
        if capacity:
            held = Mandate.objects.get(user__username=username, title=capacity)
            client.post("/tu-cach/", {"mandate": held.public_id})
        cookies = [{"name": name, "value": one.value} for name, one in client.cookies.items()]
        self.page.context.add_cookies([cookie | {"url": str(self.site)} for cookie in cookies])
        self.hands.go(INBOX)

    def _sign_in_by_hand(self, username: str, capacity: str) -> None:
        self.hands.go("/dang-nhap/")
        self.hands.fill(self.page.get_by_label("Tên đăng nhập"), username)
        self.hands.fill(self.page.get_by_label("Mật khẩu", exact=True), settings.DEMO_PASSWORD)
        self.hands.press(self.page.locator("main").get_by_role("button", name="Đăng nhập", exact=True))
        if capacity:
            assert "/tu-cach/" in self.page.url
            self.keep()
            self.hands.press(
                self.page.get_by_role("button", name=f"Làm việc với tư cách {capacity}", exact=True)
            )

    # -- work ----------------------------------------------------------------------------

    def open_work(self, step: str, about: str = "") -> Step:
        """Find the step in the inbox and open it; `about` is in its row."""
        declared = self._declared(step)
        if self.at.partition("?")[0] != INBOX:
            self.hands.go(INBOX)
        row = self._row(declared.title.vi, about)
        if not row.count():
            for tab in ("Chưa ai nhận", "Của tôi"):
                self.hands.press(self.page.get_by_label("Nhóm việc").get_by_role("link", name=tab))
                row = self._row(declared.title.vi, about)
                if row.count():
                    break
        if self.person not in self.inboxes:
            self.inboxes.add(self.person)
            self.keep()
        self.hands.press(row.get_by_role("heading").get_by_role("link"))
        assert declared.title.vi in self.page.inner_text("h1"), self.page.inner_text("h1")
        self.keep()
        return declared

    def _declared(self, step: str) -> Step:
        """Return the step of the form that is walked, or of a small form beside it."""
        forms = [self.spec, *specs().values()]
        return next(form.by_name[step] for form in forms if step in form.by_name)

    def _row(self, title: str, about: str) -> Any:
        row = self.page.locator("ol.gs-work > li").filter(has_text=title)
        return row.filter(has_text=about) if about else row

    def send(self, step: Step) -> None:
        """Press the button of the step; through the check page where there is one, to the receipt."""
        label = "Kiểm tra lại trước khi gửi" if step.check_first else step.button.vi
        self.hands.press_decided(self.page.get_by_role("button", name=label, exact=True))
        assert not self.page.title().startswith("Lỗi"), self.page.inner_text("#loi")
        if step.check_first:
            assert self.at.endswith("/kiem-tra/"), self.at
            self.keep()
            self.hands.press(self.page.locator("form.gs-form button"))
        assert self.at.endswith("/bien-nhan/"), (self.at, self.page.inner_text("main"))
        self.keep()
        item = self.at.removesuffix("bien-nhan/")  # done: its address leads to the receipt from now on
        self.titles = {title: at for title, at in self.titles.items() if item not in at or "bien-nhan" in at}

    def do(self, step: str, about: str = "", **values: Any) -> None:
        """Open the step, make its mistakes first where pages are kept, fill it in, send it."""
        declared = self.open_work(step, about)
        self.hands.put_all(values)
        self.send(declared)

    def sign(self, step: str, about: str = "") -> None:
        """Read the print, sign with the password, and let the worker finish it."""
        declared = self.open_work(step, about)
        self.hands.put_all({"decision": "sign", "password": settings.DEMO_PASSWORD})
        self.send(declared)
        self.site.run_tasks()

    def mistake(self, step: Step, values: dict[str, Any], *said: str) -> None:
        """Send the open form with `values` and see every sentence of `said`, in summary and at the field."""
        if self.store is None:
            return
        for hands, language in self.both():
            page = hands.page
            hands.put_all(values)
            hands.press_decided(page.locator("form.gs-form button:not([name])").last)
            assert page.title().startswith("Lỗi: " if language == "vi" else "Error: "), page.title()
            assert page.url.endswith("#loi")
            self.keep_as(hands, language, f"{step.name} with mistakes {sorted(values)}")
            if language == "vi":
                summary = page.inner_text("#loi")
                for words in said:
                    assert words in summary, (words, summary)
            for link in page.locator("#loi a").all():
                target = page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']")
                assert target.count() == 1, (page.url, link.get_attribute("href"))

    def refused(self, address: str, status: int) -> None:
        """See that `address` is refused with `status` in plain words."""
        if self.store is None:
            return
        for hands, language in self.both():
            response = hands.go(address if language == "vi" else f"/en{address}")
            assert response.status == status, (address, response.status)
        self.hands.go(address)
        self.keep(f"{status}: {address}")

    def see(self, *addresses: str) -> None:
        """Open each address and keep it."""
        for address in addresses:
            response = self.hands.go(address)
            assert response.status < 400, (address, response.status)
            self.keep()


def organization(code: str) -> Organization:
    return Organization.objects.get(code=code)


def mandate(username: str, code: str) -> Mandate:
    return Mandate.objects.get(user__username=username, organization__code=code)
