"""The page of every step of every form, as whoever does it finds it before doing it, in both languages.

A browser looks at them too where whole journeys are walked (`tests/e2e/test_form_journeys.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.html import escape

from supervision.demo import script, world
from supervision.demo.clock import Clock
from supervision.demo.driver import Driver
from supervision.law.registry import spec_of, specs
from tests.buttons import binding_defaults
from tests.e2e.rules import broken_rules
from tests.e2e.walk import QUOTED
from tests.html_checker import html_problems
from tests.markup import html_of
from tests.reading import VIETNAMESE
from tests.test_words import known_data, leaks_in_english
from tests.told import FORMS, seen_before
from tests.web.test_limits import client_of
from tests.worker import complete_unprinted

pytestmark = pytest.mark.django_db


def own_steps(name: str) -> set[str]:
    """Return the steps that a story is the first to have."""
    declared = {step.name for step in spec_of(FORMS[name][0]).steps}
    return {told.act for told in script.read(name) if told.act in declared} - seen_before(name)


@pytest.mark.parametrize("name", [one for one in FORMS if own_steps(one)])
def test_the_pages_of_the_steps_of_a_form(name: str, tmp_path: Path) -> None:
    world.build(at=timezone.now())
    driver = Driver(FORMS[name][1], seed=name, clock=Clock(), worker=complete_unprinted)
    coming, pages = own_steps(name), {}
    for told in sorted(script.read(name), key=lambda one: one.day):
        if told.act in coming:
            coming.remove(told.act)
            item = driver.item(told.act, script._subject(driver, told))
            for language, before in (("vi", ""), ("en", "/en")):
                answer = client_of(told.by).get(f"{before}/viec-cua-toi/{item.public_id}/")
                assert answer.status_code == 200, (told.act, answer.status_code)
                pages[language, told.act] = html_of(answer)
        script.perform(driver, told)
    assert coming == set()
    names = known_data()
    assert [
        one for (language, act), html in pages.items() for one in faults(language, act, html, names)
    ] == []
    assert html_problems(*(written(tmp_path, *page) for page in pages.items())) == []


def faults(language: str, act: str, html: str, names: re.Pattern[str]) -> Iterator[str]:
    """Yield what is wrong with the page of a step, beside what a checker of HTML finds."""
    title = next(spec.by_name[act].title for spec in specs().values() if act in spec.by_name)
    if escape(getattr(title, language)) not in html:
        yield f"{language} {act}: does not say what is done"
    found = broken_rules(html, language=language)
    found += [f"Enter does an act nobody chose: {one}" for one in binding_defaults(html)]
    if language == "en":
        leaks = leaks_in_english(html, names)
        unmarked = [said for said in leaks if VIETNAMESE.search(names.sub("", QUOTED.sub("", said)))]
        found += [f"not marked as Vietnamese: {one}" for one in unmarked]
    yield from (f"{language} {act}: {one}" for one in found)


def written(folder: Path, page: tuple[str, str], html: str) -> Path:
    file = folder / f"{'-'.join(page)}.html"
    file.write_text(html, encoding="utf-8")
    return file
