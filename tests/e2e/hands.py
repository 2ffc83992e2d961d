"""Two ways to use a page: by pointing, and by keyboard alone. A path is told once for both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: What a control is, for whoever wants to fill it in.
KIND = "e => e.tagName === 'SELECT' ? 'select' : e.tagName === 'TEXTAREA' ? 'text' : e.type"
#: Whether the focused element is the one sought, and how thick its focus mark is.
FOCUSED = """target => {
    const at = document.activeElement;
    if (!at || at === document.body) return {here: false, place: '', mark: null};
    const boxed = ['radio', 'checkbox'].includes(at.type);  // the mark is drawn around the box that is seen
    const style = boxed ? getComputedStyle(at.labels[0], '::before') : getComputedStyle(at);
    const outline = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
    const clear = style.outlineColor.startsWith('rgba(') && style.outlineColor.endsWith(', 0)');
    const shadow = Math.max(0, ...[...style.boxShadow.matchAll(/(-?[\\d.]+)px/g)].map(m => Math.abs(m[1])));
    const box = (boxed ? at.labels[0] : at).getBoundingClientRect();
    const seen = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    return {here: at === target, place: at.outerHTML.slice(0, 160), seen,
            mark: at.tagName === 'MAIN' ? 99 : Math.max(clear ? 0 : outline, shadow)};
}"""
FEW_ENOUGH = 500
THICK_ENOUGH = 3


class Pointing:
    """Clicks and types, as with a mouse or a finger."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.decided: Any = None  # the button of the choice made last, not yet pressed

    def go(self, address: str) -> Any:
        """Type an address; returns the response."""
        return self.page.goto(address)

    def _in_front(self, control: Any) -> Any:
        """Return `control` with its page in front: one behind another is not drawn, and a click waits 2 s."""
        self.page.bring_to_front()
        return control

    def press(self, control: Any) -> None:
        """Press a button or follow a link, and wait until the next page is read to its end."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self._in_front(control).click()

    def fill(self, control: Any, text: str) -> None:
        control.fill(text)

    def choose(self, radio: Any) -> None:
        self._in_front(radio).check()

    def tick(self, box: Any) -> None:
        self._in_front(box).check()

    def select(self, control: Any, value: str) -> None:
        control.select_option(value)

    def put(self, name: str, value: Any) -> None:
        """Fill in the control called `name`: words, a day, a choice, a tick, or files."""
        if isinstance(value, dt.date):
            self._put_day(name, value)
            return
        if isinstance(value, list) and not isinstance(value[0], dict):
            self.page.locator(f"select[name='{name}']").select_option(value)
            return
        if isinstance(value, list):
            self._put_rows(name, value)
            return
        control = self.page.locator(f"[name='{name}']").first
        if isinstance(value, Path):
            control.set_input_files(value)
            return
        match control.evaluate(KIND):
            case "radio":
                self.choose(self.page.locator(f"input[name='{name}'][value='{value}']"))
            case "checkbox":
                self.tick(control)
            case "select":
                self.select(control, value)
            case "submit":
                self.decide(self.page.locator(f"button[name='{name}'][value='{value}']"))
            case _:
                self.fill(control, value)

    def _put_day(self, name: str, day: dt.date) -> None:
        for n, part in enumerate((f"{day.day:02}", f"{day.month:02}", str(day.year))):
            self.fill(self.page.locator(f"#id_{name}_{n}"), part)

    def _put_rows(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Fill in row after row; rows that the case gives say by `row` which one they are."""
        for n, row in enumerate(rows):
            cells = dict(row)
            place = cells.pop("row", n)
            if not self.page.locator(f"[name^='{name}-{place}-']").count():
                self.press(self.page.locator(f"button[name=them][value='{name}']"))
            self.put_all({f"{name}-{place}-{column}": cell for column, cell in cells.items()})

    def decide(self, button: Any) -> None:
        """Make a choice whose button is pressed once its fields are filled in; unfold it first."""
        folded = self.page.locator("details:not([open])").filter(has=button)
        if folded.count():
            self.unfold(folded.locator("summary"))
        self.decided = button

    def unfold(self, summary: Any) -> None:
        self._in_front(summary).click()

    def press_decided(self, otherwise: Any) -> None:
        """Press the button of the choice made, else `otherwise`."""
        button, self.decided = self.decided or otherwise, None
        self.press(button)

    def put_all(self, values: dict[str, Any]) -> None:
        for name, value in values.items():
            self.put(name, value)


class Keyboard(Pointing):
    """Tab, Enter, Space and arrows only; file choosers aside, which belong to the browser.

    Every stop on the way must show a focus mark of at least 3 px inside the window.
    """

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self.stops = 0
        self.faint: set[str] = set()  # stops that could not be seen

    def reach(self, control: Any, there: Callable[[dict[str, Any]], bool] | None = None) -> None:
        """Press Tab until `control` has the focus."""
        handle = control.element_handle()
        for _ in range(FEW_ENOUGH):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(FOCUSED, handle)
            self.stops += 1
            if found["mark"] is not None and (found["mark"] < THICK_ENOUGH or not found["seen"]):
                self.faint.add(f"{self.page.url}: {found['place']} ({found['mark']} px)")
            if there(found) if there else found["here"]:
                return
        raise AssertionError(f"Tab does not lead to {control} on {self.page.url}")

    def press(self, control: Any) -> None:
        self.reach(control)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def unfold(self, summary: Any) -> None:
        self.reach(summary)
        self.page.keyboard.press("Enter")

    def fill(self, control: Any, text: str) -> None:
        self.reach(control)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def choose(self, radio: Any) -> None:
        """A group of radio buttons is one stop; arrows move and choose inside it."""
        name, wanted = radio.get_attribute("name"), radio.get_attribute("value")
        self.reach(radio, lambda found: f'name="{name}"' in found["place"])
        self.page.keyboard.press("Space")
        group = self.page.locator(f"input[name='{name}']")
        for _ in range(group.count()):
            if self.page.evaluate("document.activeElement.value") == wanted:
                break
            self.page.keyboard.press("ArrowDown")
        assert radio.is_checked(), f"the keyboard does not choose {wanted} of {name}"

    def tick(self, box: Any) -> None:
        self.reach(box)
        self.page.keyboard.press("Space")
        assert box.is_checked()

    def select(self, control: Any, value: str) -> None:
        self.reach(control)
        index = control.evaluate("(e, v) => [...e.options].findIndex(o => o.value === v)", value)
        now = control.evaluate("e => e.selectedIndex")
        for _ in range(abs(index - now)):
            self.page.keyboard.press("ArrowDown" if index > now else "ArrowUp")
        assert control.input_value() == value
