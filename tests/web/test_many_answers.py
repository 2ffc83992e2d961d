"""An agency answers hundreds of remarks page by page: nothing typed on one page is lost by another."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine

from supervision.cases.models import Criticism
from supervision.demo.driver import Driver
from supervision.drafts.models import Remark
from supervision.drafts.services import open_remarks
from tests.markup import html_of
from tests.told import tell
from tests.web.test_limits import client_of
from workflows.models import WorkingCopy, WorkItem

pytestmark = pytest.mark.django_db
C1 = dt.date(2026, 5, 19)
DRAFTER = "so-nnmt-24.dau_moi"


@pytest.fixture
def address() -> Iterator[str]:
    """The drafter's work with 112 open remarks."""
    driver: Driver = tell("c1", C1, until=9)
    row = Criticism.objects.get(case=driver.case)
    version = row.draft.versions.get()
    Remark.objects.bulk_create(
        Remark(draft=row.draft, version=version, number=n, text=f"Ý kiến {n}", author="people", by=version.by,
               at=version.at)
        for n in range(13, 113)
    )  # fmt: skip
    item = WorkItem.objects.get(case=driver.case, step="draft_answers", finished_at=None)
    with time_machine.travel(driver.at(10), tick=True):
        yield f"/viec-cua-toi/{item.public_id}/"


def typed(html: str, text: str) -> dict[str, str]:
    """Return an answer to each remark on the page."""
    prefixes = re.findall(r'name="(answers-[a-z2-7]{26})-text"', html)
    page = re.search(r'name="o-hang" value="(\d+)"', html)
    assert page is not None
    answers = {f"{prefix}-text": text for prefix in prefixes}
    return answers | {f"{prefix}-verdict": "accepted" for prefix in prefixes} | {"o-hang": page[1]}


def test_hundreds_of_remarks_are_answered_page_by_page(address: str) -> None:
    clerk = client_of(DRAFTER)
    html = html_of(clerk.get(address))
    assert "Ý kiến 1 đến 50 trong 112." in html
    first = clerk.post(address, typed(html, "Tiếp thu, trang một") | {"hang": "2"})
    assert first["Location"].endswith("?hang=2")
    second = html_of(clerk.get(first["Location"]))
    assert "Ý kiến 51 đến 100 trong 112." in second
    clerk.post(address, typed(second, "Tiếp thu, trang hai") | {"luu": "1"})
    assert len([row for row in WorkingCopy.objects.get().data["answers"] if row["text"]]) == 100
    again = html_of(clerk.get(address))
    assert again.count("Tiếp thu, trang một</textarea>") == 50
    early = clerk.post(address, typed(again, "Tiếp thu, trang một"))
    assert early.status_code == 422
    assert "Chưa trả lời: YK-101" in html_of(early)
    third = html_of(clerk.get(f"{address}?hang=3"))
    checked = clerk.post(address, typed(third, "Tiếp thu, trang ba"))
    draft = Criticism.objects.get().draft
    if checked["Location"].endswith("kiem-tra/"):
        clerk.post(checked["Location"])
    answers = draft.rounds.get().answers
    assert answers.count() == open_remarks(draft).count() == 112
    assert answers.filter(text="Tiếp thu, trang hai").count() == 50


def test_a_mistake_on_another_page_is_named_by_its_remark(address: str) -> None:
    clerk = client_of(DRAFTER)
    html = html_of(clerk.get(address))
    wrong = typed(html, "Tiếp thu")
    wrong[next(name for name in wrong if name.endswith("-text"))] = ""
    clerk.post(address, wrong | {"hang": "2"})
    second = html_of(clerk.get(f"{address}?hang=2"))
    said = clerk.post(address, typed(second, "Tiếp thu") | {"in_part": "on"})
    assert said.status_code == 422
    assert re.search(r"YK-01: [^<]*Nội dung trả lời", html_of(said))
