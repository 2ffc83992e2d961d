"""Until its day nothing public exists of what was published for later: no page, file or search has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from supervision.cases import selectors
from supervision.cases.models import Embargo
from supervision.cases.services.embargoes import end_embargoes
from supervision.demo.driver import Driver
from supervision.errors import DomainError
from supervision.publication.log.models import Leaf
from supervision.publication.models import Publication, SearchRow
from tests.markup import html_of
from tests.stages import go
from tests.test_consistency import addresses


@pytest.fixture
def embargoed(stage: Callable[[str], Driver]) -> Driver:
    """A finding that is to be public seven days after it was published by the clerk."""
    driver = stage("recommended")
    go(driver, 24, "publish", public_on=driver.day(31))
    return driver


def public_pages(more: list[str]) -> Iterator[str]:
    """Every public page that takes no name of a thing, and those given."""
    yield from (f"/{address}" for address, _pattern in addresses() if "<" not in address)
    yield from more


def test_before_its_day_nothing_public_has_it(embargoed: Driver) -> None:
    driver = embargoed
    document = selectors.outcome_paper(driver.case)
    assert document is not None and document.code is not None
    sha256 = document.renditions.get(is_signed=True).blob.sha256
    secrets = (document.number_text, document.code, sha256, driver.case.title)
    client, seen = Client(raise_request_exception=False), 0
    with time_machine.travel(driver.at(30), tick=True):
        asked = (f"/ket-luan/?q={document.number_text}", f"/kien-nghi/?q={driver.case.title}")
        more = [f"/v/{document.code}/", *asked]
        for address in public_pages(more):
            answer = client.get(address, follow=True)
            seen += 1
            body = b"".join(answer) if answer.streaming else answer.content
            text = body.decode(errors="replace").replace(document.number_text, "", address.count("q="))
            if "q=" in address or address.startswith("/v/"):  # what was asked for may be said again
                assert answer.status_code in (200, 404) and sha256 not in text
                continue
            assert not [one for one in secrets if one in text], address
        assert end_embargoes(at=driver.at(30)) == 0
    assert seen > 30
    assert not Publication.objects.exists() and not SearchRow.objects.exists() and not Leaf.objects.exists()
    assert Client().get(f"/v/{document.code}/").status_code in (200, 404)


def test_on_its_day_it_is_public_once(embargoed: Driver) -> None:
    driver = embargoed
    at = driver.at(31)
    assert [end_embargoes(at=at) for _ in range(2)] == [1, 0]
    made = Publication.objects.get()
    assert driver.case.title in html_of(Client().get(made.address))
    assert made.published_at == at and not Embargo.objects.exists()
    conclusion = selectors.conclusion_of(driver.case)
    assert conclusion is not None and conclusion.publication == made


def test_the_recommendations_go_on_meanwhile_and_are_told_on_that_day(embargoed: Driver) -> None:
    driver = embargoed
    row = driver.recommendation(1)
    go(driver, 25, "receive_recommendation", row)
    go(driver, 26, "draft_reply", row, verdict="accepted", due_on=driver.day(60))
    go(driver, 26, "approve_reply", row)
    end_embargoes(at=driver.at(31))
    page = html_of(Client().get(Publication.objects.get().address))
    assert "Tiếp thu" in page


def test_a_day_that_has_come_is_no_embargo(stage: Callable[[str], Driver]) -> None:
    driver = stage("recommended")
    go(driver, 24, "publish", public_on=driver.day(24))
    assert Publication.objects.exists() and not Embargo.objects.exists()


def test_a_day_gone_by_is_refused(stage: Callable[[str], Driver]) -> None:
    driver = stage("recommended")
    with pytest.raises(DomainError):
        go(driver, 24, "publish", public_on=driver.day(20))
