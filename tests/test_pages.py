"""The page checkers themselves: a checker that finds nothing in a bad page proves nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.html_checker import html_problems, vnu_jar
from tests.pages import ALIKE, PageStore, dress, shape

GOOD = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Trang thử</title></head>
<body><main><h1>Trang thử</h1><p>Khiếu nại đất đai.</p></main></body></html>"""
BAD = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>x</title></head>
<body><main><h1>x</h1><p><ul></ul></p><img src="/a.png"><input name="q">
<div style="width: 1500px">rộng</div></main></body></html>"""


def stored(store: PageStore, html: str) -> PageStore:
    class Shown:
        url = f"{store.site}/trang-thu/"

        def wait_for_load_state(self, state: str) -> None:
            """It was never under way."""

        def content(self) -> str:
            return html

    store.keep(Shown())
    return store


def test_a_sound_page_has_no_findings(pages: PageStore) -> None:
    assert stored(pages, GOOD).problems() == []


def test_axe_and_the_width_check_find_what_is_wrong(pages: PageStore) -> None:
    found = "\n".join(stored(pages, BAD).problems(widths=(320,)))
    for rule in ("html-has-lang", "image-alt", "label", "scrolls sideways"):
        assert rule in found


def test_stored_pages_wear_the_style_sheets_of_the_site(pages: PageStore) -> None:
    red_on_red = '<p class="govuk-error-message" style="background: #ff7777">Chưa nhập ngày</p>'
    styled = GOOD.replace("</head>", '<link rel="stylesheet" href="/static/gs/govuk.css"></head>')
    found = stored(pages, styled.replace("</main>", f"{red_on_red}</main>")).problems(widths=(320, 1280))
    assert [one.split(":")[1].strip() for one in found] == ["color-contrast"] * 2


def test_the_html_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    if vnu_jar() is None:
        pytest.skip("no HTML checker on this machine")
    for name, html in (("good", GOOD), ("bad", BAD)):
        (tmp_path / f"{name}.html").write_text(html)
    assert html_problems(tmp_path / "good.html") == []
    assert html_problems(tmp_path / "bad.html")


def test_a_browser_without_scripts_shows_pages_and_runs_no_script(no_script_page: Any) -> None:
    no_script_page.set_content("<h1>Tĩnh</h1><script>document.body.append('động')</script>")
    assert no_script_page.inner_text("body").strip() == "Tĩnh"


def test_no_rule_of_the_style_sheets_begins_between_the_widths_that_axe_takes_for_one() -> None:
    sheets = "".join(sheet.read_text() for sheet in Path("supervision/static/gs").glob("*.css"))
    edges = re.findall(r"(?:min|max)-width: ?([\d.]+)r?em", "".join(re.findall(r"@media[^{]*", sheets)))
    assert edges and all(float(edge) * 16 > ALIKE[-1] for edge in edges)


def test_pages_that_differ_in_words_alone_are_one_page_to_axe() -> None:
    page = '<body><p class="gs-small">{}</p><a href="/{}">{}</a></body>'
    assert shape(page.format("Một", "a", "b")) == shape(page.format("Hai", "c", "d"))
    assert dress(page.format("Một", "a", "b")) == dress(page.format('<span lang="vi">Hai</span>', "c", "d"))
    assert dress(page.format("Một", "a", "b")) != dress(page.replace("gs-small", "gs-quiet").format(1, 2, 3))
    assert dress(page.format("Một", "a", "b")) != dress(page.replace("href", "title").format("Một", "a", "b"))
