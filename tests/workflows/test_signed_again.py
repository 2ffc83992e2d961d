"""A paper that got stuck is signed on another day or machine: by who may still, and confirmed it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents import services
from supervision.documents.models import Document
from supervision.documents.tasks import sign_now
from supervision.errors import NotAllowed, WrongState
from supervision.organizations.models import Mandate
from tests.documents.test_elsewhere import both, registered, signed
from tests.markup import html_of
from tests.owner import guards_off
from tests.stages import CHAIR, CLERK, DEPUTY, OFFICER, go
from tests.web.test_bad_input import Desk, find_the_key, lose_the_key, text_of
from tests.worker import complete_unprinted
from tests.workflows import agreement
from tests.workflows.test_unsigned import settle
from workflows.acts import act, confirming, unsigned

State = Document.State
ANOTHER_YEAR = 214  # days from the first session of the story to January of the next year


@pytest.fixture
def driver(stage: Callable[[str], Driver]) -> Driver:
    """The chair confirmed the plan on day -29; the key was lost then, and is found now."""
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    driver.do(-29, CHAIR, "sign_plan", decision="sign")
    paper = Document.objects.get(state=State.SIGNING)
    lose_the_key(paper)
    sign_now(paper.pk, at=driver.at(-29))
    find_the_key(paper)
    return driver


@pytest.fixture
def paper(driver: Driver) -> Document:
    return Document.objects.get(state=State.STUCK)


def ends(driver: Driver, paper: Document, day: int) -> None:
    """The signer's mandate ends."""
    with guards_off():
        Mandate.objects.filter(pk=paper.signer_id).update(until_on=driver.day(day))


def read(paper: Document, day: int, driver: Driver) -> Any:
    sign_now(paper.pk, at=driver.at(day))
    paper.refresh_from_db()
    return paper.state, paper.issued_on


def test_on_another_day_its_signer_alone_has_a_paper_signed_again_and_confirms_it(
    driver: Driver, paper: Document
) -> None:
    """The paper will bear that day, above the signer's name: nobody else gives it one, by any address."""
    with pytest.raises(NotAllowed, match="chính người ký cho ký lại"):
        settle(driver, paper, OFFICER, decision="again")
    item = next(one for one in unsigned.open_work(paper) if one.mandate_id == actor(CHAIR).mandate.pk)
    for decision in ("again", "elsewhere"):
        with pytest.raises(confirming.NotConfirmed):
            act.act(actor=actor(CHAIR), item=item, data={"decision": decision}, key="k", at=driver.at(-28))
    page = f"/van-ban/{paper.public_id}/"
    for who in (OFFICER, CLERK, DEPUTY, CHAIR):
        with Desk(driver, who, -28) as desk:
            shown = html_of(desk.get(page))
            for way in ("/ky-lai/", "/ky-o-may-khac/"):
                assert way not in shown and desk.post(f"{page}{way[1:]}").status_code == 403
    paper.refresh_from_db()
    assert (paper.state, paper.issued_on) == (State.STUCK, driver.day(-29))
    with Desk(driver, CHAIR, -28) as desk:
        work = f"/viec-cua-toi/{item.public_id}/"
        # Two fields of one name in a form: a browser sends both, and the empty one counts.
        assert html_of(desk.get(work)).count('name="password"') == 1
        assert desk.post(work, decision="again", password="sai", key="k1").status_code == 422
        answer = desk.post(work, decision="again", password=settings.DEMO_PASSWORD, key="k2")
        assert answer.status_code == 302 and answer["Location"].endswith("bien-nhan/")
    assert read(paper, -28, driver) == (State.SIGNED, driver.day(-28))
    agreement.check()


def test_on_the_day_of_the_confirmation_any_officer_has_the_paper_signed_again(
    driver: Driver, paper: Document
) -> None:
    with Desk(driver, CLERK, -29) as desk:
        assert "/ky-lai/" in html_of(desk.get(f"/van-ban/{paper.public_id}/"))
        assert desk.post(f"/van-ban/{paper.public_id}/ky-lai/").status_code == 302
    assert read(paper, -29, driver) == (State.SIGNED, driver.day(-29))


def test_a_print_that_is_signed_elsewhere_is_good_for_the_day_that_it_bears(
    driver: Driver, paper: Document
) -> None:
    page = f"/van-ban/{paper.public_id}/"
    registered(*both(paper))
    with Desk(driver, OFFICER, -29) as desk:
        assert desk.post(f"{page}ky-o-may-khac/").status_code == 302
        sign_now(paper.pk, at=driver.at(-29))
        pdf = b"".join(desk.get(f"{page}tep-de-ky.pdf").streaming_content)
    file = signed(pdf, *both(paper))
    with Desk(driver, OFFICER, 40) as desk:
        shown = text_of(desk.get(page))
        assert "nay đã sang ngày khác" in shown and "Nộp tệp đã ký" not in shown
        late = desk.post(f"{page}nop-ban-ky/", tep=SimpleUploadedFile("ky.pdf", file))
        assert late.status_code == 409 and "nay đã sang ngày khác" in text_of(late)
    assert read(paper, 40, driver) == (State.STUCK, driver.day(-29))
    settle(driver, paper, CHAIR, 40, decision="elsewhere")
    assert read(paper, 40, driver) == (State.STUCK, driver.day(40))
    with Desk(driver, OFFICER, 40) as desk:
        old = desk.post(f"{page}nop-ban-ky/", tep=SimpleUploadedFile("ky.pdf", file))
        assert old.status_code == 302
        assert Document.objects.get(pk=paper.pk).state == State.STUCK, "a print of day -29 is not this one"
        pdf = b"".join(desk.get(f"{page}tep-de-ky.pdf").streaming_content)
        desk.post(f"{page}nop-ban-ky/", tep=SimpleUploadedFile("ky.pdf", signed(pdf, *both(paper))))
    assert read(paper, 40, driver) == (State.SIGNED, driver.day(40))
    agreement.check()


@pytest.mark.parametrize("before", [True, False], ids=["handed out before", "handed out after"])
def test_nobody_issues_a_paper_in_the_name_of_who_left_office(
    driver: Driver, paper: Document, before: bool
) -> None:
    page = f"/van-ban/{paper.public_id}/"
    registered(*both(paper))
    pdf = b""
    with Desk(driver, OFFICER, -29) as desk:
        if before:
            desk.post(f"{page}ky-o-may-khac/")
            sign_now(paper.pk, at=driver.at(-29))
            pdf = b"".join(desk.get(f"{page}tep-de-ky.pdf").streaming_content)
    ends(driver, paper, -30)  # as it is entered later, of a day before
    with Desk(driver, OFFICER, -29) as desk:
        assert desk.post(f"{page}ky-o-may-khac/").status_code == 403
        if before:
            answer = desk.post(
                f"{page}nop-ban-ky/", tep=SimpleUploadedFile("a.pdf", signed(pdf, *both(paper)))
            )
            assert answer.status_code == 403 and "không còn hiệu lực" in text_of(answer)
    assert read(paper, -29, driver)[0] == State.STUCK


def test_the_worker_signs_nothing_once_the_signer_has_left_office(driver: Driver, paper: Document) -> None:
    services.retry_signature(paper, at=driver.at(-29), by=actor(CLERK).mandate)
    ends(driver, paper, -29)
    assert read(paper, -28, driver)[0] == State.STUCK
    assert paper.trouble == "Nhiệm vụ của người ký không còn hiệu lực vào ngày ký."
    assert not paper.signatures.exists()


def test_a_number_is_not_taken_into_another_year_by_signing_again(driver: Driver, paper: Document) -> None:
    with pytest.raises(WrongState, match="số của năm 2026"):
        settle(driver, paper, CHAIR, ANOTHER_YEAR, decision="again")
    settle(driver, paper, CHAIR, ANOTHER_YEAR, decision="mend", reason="Sang năm mới.")
    go(driver, ANOTHER_YEAR, "draft_plan")
    again = driver.sign(ANOTHER_YEAR + 1, CHAIR, "sign_plan")
    assert (again.issued_on.year, again.year, again.number) == (2027, 2027, 1)
    assert (paper.year, paper.issued_on.year) == (2026, 2026)
    agreement.check()


def test_a_number_is_not_given_up_while_its_signer_may_still_sign(driver: Driver, paper: Document) -> None:
    page = f"/van-ban/{paper.public_id}/"
    for who in (CHAIR, DEPUTY):
        with Desk(driver, who, -28) as desk:
            assert "trinh-ky-lai" not in text_of(desk.get(page))
            answer = desk.post(f"{page}trinh-ky-lai/")
            assert answer.status_code == 409 and "Người ký vẫn được ký văn bản này" in text_of(answer)
    paper.refresh_from_db()
    assert (paper.state, paper.unused_reason) == (State.STUCK, "")
    ends(driver, paper, -29)
    with Desk(driver, DEPUTY, -28) as desk:
        assert "trinh-ky-lai" in text_of(desk.get(page))
        assert desk.post(f"{page}trinh-ky-lai/").status_code == 302
    paper.refresh_from_db()
    assert paper.state == State.ABANDONED and paper.unused_reason.startswith("Người ký không còn được ký")
    agreement.check()


def test_a_signature_and_whoever_takes_the_paper_back_at_that_moment_do_not_wait_for_each_other(
    driver: Driver, paper: Document
) -> None:
    """The worker holds the process first and then the paper, as every step does."""
    services.retry_signature(paper, at=driver.at(-29), by=actor(CLERK).mandate)
    with CaptureQueriesContext(connection) as queries:
        complete_unprinted(paper.pk, at=driver.at(-29))
    if connection.vendor == "sqlite":
        pytest.skip("SQLite holds the whole database")
    held = [one["sql"] for one in queries if "FOR UPDATE" in one["sql"]]
    tables = re.findall(r'FROM "(\w+)"', "\n".join(held))
    assert tables.index("viewflow_process") < tables.index("documents_document"), tables
