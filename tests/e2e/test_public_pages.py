"""Readers' pages beyond the portal's own tests: scripts, glyphs, order of focus, facets, the QR square."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import zxingcpp
from django.test import Client
from PIL import Image

from supervision.documents.models import Document
from supervision.files.services import open_blob
from tests.portal.addresses import seed

pytestmark = pytest.mark.tier("all")

WIDE_GLYPHS = """() => {
    const canvas = document.createElement('canvas').getContext('2d');
    return [...document.querySelectorAll('h1,h2,h3,h4')].filter(e => e.offsetParent).map(e => {
        const style = getComputedStyle(e);
        canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        const above = canvas.measureText('ẪỄỖ').actualBoundingBoxAscent;
        const below = canvas.measureText('ẬỆỰ').actualBoundingBoxDescent;
        return [e.tagName, above + below, parseFloat(style.lineHeight)];
    });
}"""
JUMPS = "[...document.querySelectorAll('[tabindex]')].filter(e => e.tabIndex > 0).map(e => e.outerHTML)"
SMALL_TARGETS = """() => [...document.querySelectorAll('a[href], button, summary, select')]
    .filter(e => e.offsetParent && !e.closest('p, li p, dd, td, .gs-vh') && !e.matches('.govuk-skip-link'))
    .map(e => [e, e.getBoundingClientRect()])
    .filter(([e, box]) => box.height < 24 && getComputedStyle(e).display !== 'inline')
    .map(([e, box]) => e.outerHTML.slice(0, 120) + ' ' + box.height)"""
NAMES = (
    "home",
    "list",
    "publication",
    "corrected",
    "withdrawn",
    "recommendations",
    "verify",
    "code",
    "accessibility",
)


@pytest.fixture
def addresses(live_site: Any) -> dict[str, str]:
    return seed()


def test_a_page_says_the_same_with_and_without_scripts(
    new_context: Callable[..., Any], live_site: Any, addresses: dict[str, str]
) -> None:
    off = new_context(java_script_enabled=False, base_url=live_site.url).new_page()
    on = new_context(base_url=live_site.url).new_page()
    for name, url in addresses.items():
        off.goto(url)
        on.goto(url)
        assert off.text_content("body") == on.text_content("body"), name
        assert off.locator("main").inner_text().strip(), name


def test_the_text_stands_first_and_the_pdf_says_what_it_is(
    no_script_page: Any, addresses: dict[str, str]
) -> None:
    no_script_page.goto(addresses["publication"])
    html = no_script_page.inner_html("main")
    assert "Nhiều hộ có khiếu nại" in html
    link = no_script_page.locator("#tep-ky").get_by_role("link").first
    words = link.inner_text()
    for part in ("Tải bản PDF có ký số", "07/TB-MTTQ-BTT", "trang", "KB"):
        assert part in words, words
    assert html.index("Nhiều hộ có khiếu nại") < html.index('id="tep-ky"')


def test_the_page_behind_the_qr_square_says_what_to_compare(
    no_script_page: Any, addresses: dict[str, str]
) -> None:
    for name, state in (("code", "Còn hiệu lực"), ("code of a withdrawn paper", "Đã thu hồi")):
        no_script_page.goto(addresses[name])
        said = no_script_page.inner_text("main")
        assert state.lower() in said.lower(), said
        for part in ("Số, ký hiệu", "Ngày ban hành", "Nơi ban hành", "SHA-256"):
            assert part in said


def test_the_highest_and_the_deepest_letters_of_two_lines_never_touch(
    new_context: Callable[..., Any], live_site: Any, addresses: dict[str, str]
) -> None:
    levels = set()
    for width in (320, 1280):
        page = new_context(base_url=live_site.url, viewport={"width": width, "height": 900}).new_page()
        for name in NAMES:
            page.goto(addresses[name])
            for level, letters, line in page.evaluate(WIDE_GLYPHS):
                assert letters <= line, (name, level, width)
                levels.add(level)
    assert levels == {"H1", "H2", "H3", "H4"}


def test_nothing_is_cut_or_scrolls_sideways_at_320_pixels_and_at_four_times_the_size(
    new_context: Callable[..., Any], live_site: Any, addresses: dict[str, str]
) -> None:
    # 1280 px at 400 % are 320 CSS pixels of four device pixels each.
    zoomed = new_context(
        base_url=live_site.url, viewport={"width": 320, "height": 256}, device_scale_factor=4
    )
    page = zoomed.new_page()
    for name, url in addresses.items():
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_focus_goes_in_reading_order_and_targets_are_large(
    new_context: Callable[..., Any], live_site: Any, addresses: dict[str, str]
) -> None:
    page = new_context(base_url=live_site.url, viewport={"width": 390, "height": 800}).new_page()
    for name in NAMES:
        page.goto(addresses[name])
        assert page.evaluate(JUMPS) == [], name
        assert page.evaluate(SMALL_TARGETS) == [], name


def test_a_facet_shows_as_many_results_as_it_says(no_script_page: Any, addresses: dict[str, str]) -> None:
    no_script_page.goto("/ket-luan/")
    links = no_script_page.locator(".gs-facets li a")
    told = [
        (one.get_attribute("href"), one.locator(":scope > span").last.inner_text()) for one in links.all()
    ]
    assert len(told) >= 8
    assert any("qua-han" in (href or "") for href, _count in told)
    for href, count in told:
        no_script_page.goto(f"/ket-luan/{href}")
        number = count.split()[0]
        assert no_script_page.inner_text("#kq") == f"{number} kết quả", href
        assert urlsplit(no_script_page.url).query


def test_the_qr_square_on_the_paper_is_the_address_of_its_page(
    stage: Callable[[str], Any], live_site: Any, tmp_path: Path
) -> None:
    """Read from the printed page as a phone would."""
    stage("planned")
    document = Document.objects.get(kind="plan")
    rendition = document.renditions.get(is_signed=True)
    with open_blob(rendition.blob.sha256) as stream:
        (tmp_path / "a.pdf").write_bytes(stream.read())
    subprocess.run(
        ["pdftoppm", "-r", "200", "-png", str(tmp_path / "a.pdf"), str(tmp_path / "a")], check=True
    )
    read = [
        found.text
        for page in sorted(tmp_path.glob("a-*.png"))
        for found in zxingcpp.read_barcodes(Image.open(page))
    ]
    assert set(read) == {document.verify_address}
    assert urlsplit(document.verify_address).path == f"/v/{document.code}/"
    assert Client().get(f"/v/{document.code}/").status_code == 200
