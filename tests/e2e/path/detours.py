"""Mistakes on the way: a wrong sign-in, an empty form, two windows; and acts outside a task."""

from __future__ import annotations

from typing import Any

from tests.e2e.hands import Pointing
from tests.e2e.walk import Walk


def step_of(name: str) -> Any:
    from supervision.law.forms.s2 import SPEC

    return SPEC.step(name)


def wrong_sign_in(walk: Walk) -> None:
    if walk.store is None:
        return
    for hands, language in walk.both():
        hands.go("/dang-nhap/" if language == "vi" else "/en/dang-nhap/")
        hands.put_all({"login": "canbo1", "password": "sai"})
        hands.press(hands.page.locator("main form button").first)
        walk.keep_as(hands, language, "wrong sign-in")
        assert hands.page.title().startswith(("Lỗi: ", "Error: "))


def empty_opening(walk: Walk) -> None:
    if walk.store is None:
        return
    for hands, language in walk.both():
        hands.put_all({"title": "Giám sát"})
        hands.press(hands.page.locator("form.gs-form button"))
        assert hands.page.title().startswith(("Lỗi: ", "Error: "))
        assert hands.page.locator("#id_title").input_value() == "Giám sát"
        walk.keep_as(hands, language, "opening with mistakes")


def second_window(walk: Walk) -> Any:
    """The same work open in another window of the same person."""
    if walk.store is None:
        return None
    window = walk.page.context.new_page()
    window.goto(walk.page.url)
    return window


def too_late(walk: Walk, window: Any) -> None:
    """What was sent from one window is refused from the other, in words and without harm."""
    if window is None:
        return
    with window.expect_response(lambda response: response.request.method == "POST") as sent:
        Pointing(window).press(window.get_by_role("button", name="Trình ký kế hoạch"))
    assert sent.value.status == 409
    assert "Việc này đã thay đổi" in window.inner_text("h1")
    own, walk.hands.page = walk.hands.page, window
    walk.keep("409: a step already done", twin=False)
    walk.hands.page = own
    window.close()


def act_outside(walk: Walk, page: str, link: str, button: str, values: dict[str, Any], said: str) -> None:
    """Do an act outside a task from the page of its subject."""
    walk.hands.go(page)
    walk.keep()
    walk.hands.press(walk.page.get_by_role("link", name=link, exact=True))
    walk.keep()
    if walk.store is not None:
        for hands, language in walk.both():
            hands.press(hands.page.locator("form.gs-form button"))
            walk.keep_as(hands, language, f"{link} with mistakes")
        assert said in walk.page.inner_text("#loi")
    walk.hands.put_all(values)
    walk.hands.press(walk.page.get_by_role("button", name=button, exact=True))
    assert not walk.page.title().startswith("Lỗi"), walk.page.inner_text("main")
    walk.keep()
