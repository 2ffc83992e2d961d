"""What Enter in a field does: the browser presses the first button of the form, whatever it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

#: Buttons that bind nobody, by name: save a draft, look, add a row, save and go to another page of rows.
HARMLESS = {"luu", "xem", "them", "hang"}
_BUTTONS = {"submit", "image"}
#: What is typed or ticked nowhere, so that nobody presses Enter in it.
_UNSEEN = {"hidden", "button", "reset", *_BUTTONS}


@dataclass
class Form:
    """A form of a page: what it does, whether it has a field, its buttons by (name, value, is it hidden)."""

    address: str
    is_read_only: bool
    has_field: bool = False
    buttons: list[tuple[str, str, bool]] = field(default_factory=list)

    @property
    def binds_by_enter(self) -> bool:
        """Whether Enter in a field does one of several acts, which nobody chose."""
        if self.is_read_only or not self.has_field or len(self.buttons) < 2:
            return False
        name, _value, is_hidden = self.buttons[0]
        return name not in HARMLESS and not (is_hidden and not name)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.inside: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = Form(given.get("action", ""), given.get("method", "get").lower() != "post")
            self.forms.append(self.inside)
        if self.inside is None:
            return
        kind = given.get("type", "submit" if tag == "button" else "text").lower()
        if tag in ("select", "textarea") or (tag == "input" and kind not in _UNSEEN):
            self.inside.has_field = True
        if tag in ("button", "input") and kind in _BUTTONS:
            hidden = given.get("aria-hidden") == "true"
            self.inside.buttons.append((given.get("name", ""), given.get("value", ""), hidden))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None


def forms_in(html: str) -> list[Form]:
    """Return the forms of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def binding_defaults(html: str) -> list[str]:
    """Return the address and buttons of each form in which Enter does one of several acts that bind."""
    return [f"{one.address}: {one.buttons}" for one in forms_in(html) if one.binds_by_enter]
