"""Every public page in a real browser: axe, the HTML checker, three widths, the keyboard, the wire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from tests.conftest import LiveSite, private_copy, served
from tests.e2e.hands import Pointing
from tests.portal.addresses import seed

pytestmark = pytest.mark.tier("all")

SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } "
    "p { margin-bottom: 2em !important }"
)

TIGHT = """[...document.querySelectorAll('h1,h2,h3,h4,p,li,a,dd,dt,button')].filter(e => e.offsetParent)
    .filter(e => parseFloat(getComputedStyle(e).lineHeight) / parseFloat(getComputedStyle(e).fontSize) < 1.3)
    .length"""
SMALL = """[...document.querySelectorAll(
    'button, input:not([type=hidden]), select, textarea, .gs-pills a')]
    .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""


@pytest.fixture(scope="module")
def seeded(
    django_db_setup: None, prepared: Any, django_db_blocker: Any
) -> Iterator[tuple[LiveSite, dict[str, str]]]:
    """One site with its publications for all of these tests, which only read."""
    settings.LOG_ROOT = settings.VAR_DIR / "logs" / "browser"  # nothing that another test signed
    with private_copy(prepared, django_db_blocker), served() as site:
        yield site, seed()


@pytest.fixture
def live_site(seeded: tuple[LiveSite, dict[str, str]]) -> LiveSite:
    return seeded[0]


@pytest.fixture
def addresses(seeded: tuple[LiveSite, dict[str, str]]) -> dict[str, str]:
    return seeded[1]


def test_no_page_has_a_finding_in_either_language(
    no_script_page: Any, addresses: dict[str, str], pages: Any
) -> None:
    for name, url in addresses.items():
        for prefix in ("", "/en"):
            no_script_page.goto(f"{prefix}{url}")
            pages.keep(no_script_page, f"{prefix} {name}")
    assert pages.problems() == []


def test_text_is_large_lines_do_not_touch_and_nothing_is_cut(
    new_context: Any, live_site: Any, addresses: dict[str, str]
) -> None:
    page = new_context(
        base_url=live_site.url, viewport={"width": 320, "height": 800}, bypass_csp=True
    ).new_page()
    for name in (
        "home",
        "list",
        "publication",
        "corrected",
        "withdrawn",
        "recommendations",
        "verify",
        "sign in",
    ):
        page.goto(addresses[name])
        body = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        assert body >= 18, name
        tight = page.evaluate(TIGHT)
        assert tight == 0, name
        page.add_style_tag(content=SPACING)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_the_first_tab_stop_leads_to_the_content_and_focus_is_seen(
    new_context: Any, live_site: Any, addresses: dict[str, str]
) -> None:
    page = new_context(base_url=live_site.url, java_script_enabled=True).new_page()
    page.goto(addresses["list"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Chuyển đến nội dung chính"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#noi-dung"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    seen = page.evaluate(
        "(() => { const s = getComputedStyle(document.activeElement);"
        " return s.boxShadow !== 'none' || parseFloat(s.outlineWidth) >= 3 })()"
    )
    assert seen


def test_controls_are_large_enough_to_touch(
    new_context: Any, live_site: Any, addresses: dict[str, str]
) -> None:
    page = new_context(base_url=live_site.url, viewport={"width": 390, "height": 800}).new_page()
    for name in ("home", "list", "recommendations", "verify", "sign in"):
        page.goto(addresses[name])
        small = page.evaluate(SMALL)
        assert small == [], name


def test_a_page_needs_few_requests_and_none_elsewhere(
    new_context: Any, live_site: Any, addresses: dict[str, str]
) -> None:
    page = new_context(base_url=live_site.url).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in ("home", "publication", "list"):
        asked.clear()
        page.goto(addresses[name], wait_until="networkidle")
        assert all(url.startswith(live_site.url) for url in asked), asked
        assert len(asked) <= 8, asked
    assert page.context.cookies() == []


def test_a_mistake_is_named_at_the_top_and_at_the_field_without_a_script(
    no_script_page: Any, addresses: dict[str, str]
) -> None:
    press = Pointing(no_script_page).press
    no_script_page.goto("/xac-minh/")
    press(no_script_page.get_by_role("button", name="Xác minh tệp"))
    assert no_script_page.title().startswith("Lỗi: ")
    assert no_script_page.url.endswith("#loi")
    press(no_script_page.get_by_role("link", name="Chọn: Tệp cần xác minh"))
    assert no_script_page.url.endswith("#id_tep")
    no_script_page.get_by_label("Mã xác minh").fill("!!!")
    press(no_script_page.get_by_role("button", name="Tra mã hoặc số"))
    assert no_script_page.get_by_label("Mã xác minh").input_value() == "!!!"


def test_a_reader_finds_filters_and_reads_without_a_script(
    no_script_page: Any, addresses: dict[str, str]
) -> None:
    page, press = no_script_page, Pointing(no_script_page).press
    page.goto("/")
    page.get_by_label("Tìm theo việc, nơi, cơ quan hoặc số văn bản").fill("giay chung nhan")
    press(page.get_by_role("button", name="Tìm kết quả"))
    press(page.get_by_role("link", name="Có kiến nghị, phản biện quá hạn trả lời").first)
    press(page.get_by_role("link", name="cấp xã, tỉnh Bắc Ninh").first)
    assert page.locator("h1").count() == 1
    press(page.get_by_role("link", name="Kiến nghị và câu trả lời"))
    assert page.url.endswith("#kien-nghi")
    press(page.get_by_role("link", name="English").first)
    assert page.locator("html").get_attribute("lang") == "en"
