"""The guided tour: every link opens now, for the account it names, and asks strangers to sign in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from supervision.demo import accounts, tour
from supervision.publication.models import Publication
from tests.markup import html_of
from tests.reading import read
from tests.stages import go


@pytest.fixture
def followed(stage: Callable[..., Any]) -> Any:
    """The supervision with its conclusion published and one recommendation received."""
    driver = stage("recommended")
    go(driver, 22, "publish")
    go(driver, 23, "receive_recommendation", driver.recommendation(1))
    return driver


def test_every_link_opens_for_the_account_it_names(followed: Any) -> None:
    stops = tour.shown()
    assert {one.account.username for one in stops if one.account} == {one.username for one in accounts()}
    for shown in stops:
        assert shown.links, shown.stop.title.vi
        for link in shown.links:
            for address in (link.address, f"/en{link.address}"):
                client = Client()
                if shown.account:
                    asked = client.get(address)
                    assert asked.status_code == 302 and asked.headers["Location"].endswith(f"?next={address}")
                    sent = {"username": shown.account.username, "next": address}
                    answer = client.post("/dang-nhap/mau/", sent)
                    assert answer.headers["Location"] == address
                assert client.get(address).status_code == 200, address


def test_the_page_shows_the_published_document_and_its_code(followed: Any) -> None:
    published = Publication.objects.get()
    links = read(html_of(Client().get("/huong-dan/"))).links
    assert published.address in links and f"/v/{published.code}/" in links
    assert published.address not in read(html_of(Client().get("/en/huong-dan/"))).links


@pytest.mark.django_db
def test_an_empty_world_has_a_tour_too() -> None:
    assert Client().get("/huong-dan/").status_code == 200


@pytest.mark.django_db
def test_outside_the_demonstration_it_is_plain_help(settings: Any) -> None:
    settings.DEMO = False
    page = html_of(Client().get("/huong-dan/"))
    assert "/xac-minh/" in page and "canbo1" not in page and "<form" not in page


def test_a_sample_sign_in_never_leads_off_the_site(stage: Callable[..., Any]) -> None:
    stage("opened")
    for wanted in ("https://example.org/", "//example.org/", "javascript:alert(1)", ""):
        answer = Client().post("/dang-nhap/mau/", {"username": "canbo1", "next": wanted})
        assert answer.headers["Location"] == "/viec-cua-toi/", wanted
