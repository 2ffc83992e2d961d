"""The layout of templates is not sent, and no two words run together for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template import Context, Engine

from tests.markup import tight

LISTED = "{% for name in names %}\n    {{ name }}{% if not forloop.last %};{% endif %}\n  {% endfor %}"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    (tmp_path / "name.html").write_text("<li>{{ name }}</li>\n")
    return Engine(dirs=[str(tmp_path)], loaders=["supervision.template_loading.Loader"])


def said(engine: Engine, source: str) -> str:
    """Return what a template says, of two names, as its file would be sent."""
    (Path(engine.dirs[0]) / "page.html").write_text(source)
    return engine.get_template("page.html").render(Context({"names": ["An", "Bình"]}))


@pytest.mark.parametrize("element", ["p", "span", "td", "dd", "li"])
def test_what_a_loop_repeats_keeps_the_space_between(engine: Engine, element: str) -> None:
    """Last before the end of an element, where white space is dropped otherwise."""
    source = f"<{element}>\n  {LISTED}\n</{element}>\n"
    assert " ".join(said(engine, source).split()) == f"<{element}>An; Bình </{element}>"


def test_words_on_lines_of_their_own_stay_words(engine: Engine) -> None:
    source = (
        "<p>\n  {% for name in names %}\n    <b>{{ name }}</b>\n  {% endfor %}\n  và\n  <i>bà</i>\n</p>\n"
    )
    assert said(engine, source) == "<p><b>An</b>\n<b>Bình</b>\nvà\n<i>bà</i></p>\n"


def test_blocks_and_what_an_element_begins_with_are_sent_without_layout(engine: Engine) -> None:
    source = (
        "<ul>\n  {% for name in names %}\n    {% include 'name.html' %}\n  {% endfor %}\n</ul>\n"
        "<ol>\n  {% for name in names %}\n    <li>\n      {{ name }}\n    </li>\n  {% endfor %}\n</ol>\n"
    )
    html = said(engine, source)
    assert tight(html) == "<ul><li>An</li><li>Bình</li></ul><ol><li>An</li><li>Bình</li></ol>"
    assert "<ol><li>An</li><li>Bình</li></ol>" in html
