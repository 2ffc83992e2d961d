"""A case's flow as a picture: its stages and steps from top to bottom, each with how it stands.

Only presentation attributes are used: the picture keeps its looks as a file, under any policy
for styles. The same facts stand in its description, and as a list on the page that shows it.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from supervision.casefiles.models import Case
from supervision.law.specs import FormSpec, Stage, Step
from supervision.page import in_language
from workflows.models import WorkItem

DONE, OPEN, TO_COME, LEFT_OUT = "done", "open", "to_come", "left_out"
WORDS = {
    DONE: gettext_lazy("Đã xong"),
    OPEN: gettext_lazy("Đang làm"),
    TO_COME: gettext_lazy("Chưa tới"),
    LEFT_OUT: gettext_lazy("Không cần"),
}
#: Border, fill and ink of a step's mark; the colours of the house, readable without colour too.
_LOOKS = {
    DONE: ("#0d5436", "#0d5436", "#e5f3eb"),
    OPEN: ("#9e1b1e", "#9e1b1e", "#fbf2f1"),
    TO_COME: ("#6f6863", "#ffffff", "#ffffff"),
    LEFT_OUT: ("#c4bcb4", "#ffffff", "#f7f4f0"),
}
WIDTH, LEFT, LINE, GAP, LETTERS = 360, 40, 20, 12, 36
_INK, _QUIET = "#1f1b1a", "#4d4744"


@dataclass(frozen=True)
class Marked:
    """A stage with its steps, each with its mark."""

    number: int
    stage: Stage
    steps: list[tuple[Step, str]]

    @property
    def said(self) -> list[dict[str, Any]]:
        """The steps in words, for the page."""
        return [{"title": step.title, "words": WORDS[mark], "mark": mark} for step, mark in self.steps]


def marked(case: Case, spec: FormSpec) -> list[Marked]:
    """Return the stages of a case's form with the mark of each step."""
    rows = WorkItem.objects.filter(case=case, form=case.form).order_by()
    found = set(rows.values_list("step", "outcome").distinct())
    open_ = {step for step, outcome in found if not outcome}
    done = {step for step, outcome in found if outcome == WorkItem.Outcome.DONE}
    reached = max((spec.step(name).stage for name in open_), default=case.stage)

    def mark(step: Step) -> str:
        if step.name in open_:
            return OPEN
        if step.name in done:
            return DONE
        return LEFT_OUT if case.ended_at or step.stage < reached else TO_COME

    return [
        Marked(number, stage, [(step, mark(step)) for step in spec.steps if step.stage == number])
        for number, stage in enumerate(spec.stages, start=1)
    ]


def svg(title: str, stages: list[Marked]) -> str:
    """Return the picture; `title` and the words of every step are its text for those who do not see it."""
    ET.register_namespace("", "http://www.w3.org/2000/svg")
    root = ET.Element(
        "{http://www.w3.org/2000/svg}svg",
        {"role": "img", "aria-labelledby": "t d", "font-family": "sans-serif"},
    )
    _add(root, "title", title, id="t")
    _add(root, "desc", description(stages), id="d")
    top = GAP
    for one in stages:
        top = _stage(root, one, top)
    root.set("viewBox", f"0 0 {WIDTH} {top}")
    root.set("width", str(WIDTH))
    root.set("height", str(top))
    return ET.tostring(root, encoding="unicode")


def description(stages: list[Marked]) -> str:
    """Return in words what the picture shows."""
    said = []
    for one in stages:
        steps = "; ".join(
            f"{in_language(step.title)}: {str(WORDS[mark]).lower()}" for step, mark in one.steps
        )
        said.append(f"{one.number}. {in_language(one.stage.title)}. {steps}.")
    return " ".join(said)


def _stage(root: ET.Element, one: Marked, top: int) -> int:
    title = _("Bước %(n)s. %(title)s") % {"n": one.number, "title": in_language(one.stage.title)}
    top = _text(root, title, 8, top + LINE, weight="bold") + GAP // 2
    for step, mark in one.steps:
        top = _step(root, in_language(step.title), mark, top)
    return top + GAP


def _step(root: ET.Element, title: str, mark: str, top: int) -> int:
    border, dot, fill = _LOOKS[mark]
    height = LINE * (len(textwrap.wrap(title, LETTERS)) + 1) + GAP
    dashes = {"stroke-dasharray": "4 3"} if mark == LEFT_OUT else {}
    box = {"x": str(LEFT), "y": str(top), "width": str(WIDTH - LEFT - 8), "height": str(height), "rx": "4"}
    _add(root, "line", x1="20", y1=str(top), x2="20", y2=str(top + height + GAP // 2), stroke=border)
    _add(root, "rect", **box, fill=fill, stroke=border, **dashes)
    middle = top + height // 2
    _add(root, "circle", cx="20", cy=str(middle), r="10", fill=dot, stroke=border, **{"stroke-width": "2"})
    if mark == DONE:
        tick = f"M 15 {middle} l 4 4 l 7 -8"
        _add(root, "path", d=tick, fill="none", stroke="#ffffff", **{"stroke-width": "2"})
    elif mark == OPEN:
        _add(root, "circle", cx="20", cy=str(middle), r="4", fill="#ffffff")
    below = _text(root, title, LEFT + 10, top + LINE)
    _text(root, str(WORDS[mark]), LEFT + 10, below, ink=_QUIET, size=13)
    return top + height + GAP // 2


def _text(
    root: ET.Element, words: str, x: int, y: int, *, ink: str = _INK, size: int = 15, weight: str = "normal"
) -> int:
    """Write words, wrapped, and return where the next line stands."""
    for line in textwrap.wrap(words, LETTERS):
        at = {"x": str(x), "y": str(y), "font-size": str(size), "font-weight": weight}
        _add(root, "text", line, fill=ink, **at)
        y += LINE
    return y


def _add(parent: ET.Element, tag: str, words: str = "", **attributes: str) -> None:
    ET.SubElement(parent, f"{{http://www.w3.org/2000/svg}}{tag}", attributes).text = words or None
