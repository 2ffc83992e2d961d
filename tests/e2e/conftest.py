"""A walker with pointing hands or with the keyboard, on the live site, scripts off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.e2e.hands import Keyboard, Pointing
from tests.e2e.walk import Clock, Walk
from tests.pages import PageStore


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Callable[[str, float], None]:
    """Keep a number with the results of the run (in the JUnit file): measured, not asserted."""
    return lambda name, value: request.node.user_properties.append((name, value))


@pytest.fixture
def clock() -> Iterator[Clock]:
    clock = Clock()
    yield clock
    clock.stop()


@pytest.fixture
def walk(new_context: Callable[..., Any], live_site: Any, clock: Clock, pages: PageStore) -> Walk:
    """Pointing, in both languages at once, every page kept."""
    context = new_context(java_script_enabled=False, base_url=live_site.url)
    hands, english = Pointing(context.new_page()), Pointing(context.new_page())
    return Walk(hands=hands, site=live_site, clock=clock, store=pages, english=english)


@pytest.fixture
def keyboard_walk(no_script_page: Any, live_site: Any, clock: Clock) -> Walk:
    return Walk(hands=Keyboard(no_script_page), site=live_site, clock=clock)
