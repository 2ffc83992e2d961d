"""What every answer says beside its page: private ones are kept nowhere, refusals are as guarded as pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from supervision.demo.driver import Driver
from supervision.documents.models import Document
from tests.stages import OFFICER
from tests.web.test_bad_input import Desk

Start = Callable[[str], Driver]
GUARDS = ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy")


def work_pages(patterns: list[URLPattern | URLResolver], before: str = "/") -> list[str]:
    """Return the addresses of the workspace that take no argument."""
    found = []
    for one in patterns:
        place = before + str(one.pattern)
        if isinstance(one, URLResolver):
            found += work_pages(one.url_patterns, place)
        elif getattr(one.callback, "work_page", False) and "<" not in place:
            found.append(place)
    return found


def test_no_private_page_is_kept_by_a_browser_or_a_proxy(stage: Start) -> None:
    driver = stage("asked")
    item, case = driver.case.work_items.first(), driver.case
    inquiry, paper = case.inquiries.first(), Document.objects.first()
    places = work_pages(get_resolver().url_patterns)
    assert len(places) >= 10
    places += [
        f"/viec-cua-toi/{item.public_id}/",
        f"/ho-so/{case.public_id}/",
        f"/van-ban/{paper.public_id}/",
    ]
    places += [
        f"/yeu-cau/{inquiry.public_id}/",
        "/tu-cach/",
        "/doi-mat-khau/",
        "/khong-co/",
        "/viec-cua-toi/x/",
    ]
    with Desk(driver, OFFICER, -15) as desk:
        answers = {place: desk.get(place) for place in places}
        kept = [p for p, answer in answers.items() if "no-store" not in answer.get("Cache-Control", "")]
    # An address that leads nowhere, and one that only takes forms, asks nobody who they are.
    assert [place for place in kept if answers[place].status_code != 405] in ([], ["/khong-co/"])


@pytest.mark.django_db
def test_a_public_page_is_nobody_s_and_gives_no_cookie() -> None:
    for place in ("/", "/ket-luan/", "/xac-minh/", "/nhat-ky/"):
        answer = Client().get(place)
        assert answer.status_code == 200 and not answer.cookies
        assert "no-store" not in answer.get("Cache-Control", ""), place


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["/%00", "/?q=%00", "/ho-so/%00/", "/khong-co/", "/"])
def test_a_refusal_is_as_guarded_as_a_page(place: str) -> None:
    answer = Client().get(place)
    assert answer.status_code in (200, 400, 404)
    assert [name for name in GUARDS if not answer.has_header(name)] == []
