"""A form carries a key: twice the same is one act; other content under its key is neither done nor lost.

The forms about opinions and drafts are asked the same in `tests/workflows/test_opinions.py` and
`tests/web/test_moderation.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet

from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import ChangeRequest
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents.models import SigningAuthorization
from supervision.organizations.models import Duty
from tests.databases import ROOT
from tests.files.samples import pdf
from tests.owner import guards_off
from tests.stages import AGENCIES, CHAIR, CLERK, OFFICER, OFFICER_2, drafter, go
from tests.web.test_bad_input import Desk, address, text_of
from tests.workflows.test_signing_for_the_head import deputy_of_the_grantee, grant
from workflows.models import BulkAct, DoneAct, Opening, WorkItem

Start = Callable[[str], Driver]
OTHER = "Nội dung khác hẳn, gõ sau khi quay lại trang"


@dataclass
class Form:
    """A form on its page: what is sent first, what is changed in it, and the rows that it makes."""

    desk: Desk
    page: str
    first: dict[str, Any]
    change: dict[str, Any]
    rows: QuerySet[Any]
    may_be_sent_anew: bool = True
    seen: str = OTHER  # of what was changed, on the page that comes back

    def key(self) -> str:
        return key_on(self.desk.get(self.page))

    def send(self, key: str, **change: Any) -> Any:
        return self.desk.post(self.page, **{**self.first, **change, "key": key})


def key_on(response: Any) -> str:
    found = re.search(r'name="key" value="([^"]+)"', text_of(response))
    assert found is not None, text_of(response)[:2000]
    return found[1]


def a_step(start: Start, here: ExitStack) -> Form:
    driver = start("asked")
    inquiry = driver.inquiry(AGENCIES[0])
    go(driver, -19, "receive_inquiry", inquiry)
    item = driver.item("draft_response", inquiry)
    desk = here.enter_context(Desk(driver, drafter(AGENCIES[0]), -15))
    first, rows = {"summary": "Đã rà soát"}, DoneAct.objects.filter(item=item)
    return Form(desk, address(item), first, {"summary": OTHER}, rows, may_be_sent_anew=False)


def an_opening(start: Start, here: ExitStack) -> Form:
    desk = here.enter_context(Desk(start("opened"), OFFICER, -29))
    first = {"title": "Giám sát việc A", "field": "land", "grounds": "Căn cứ A"}
    page = "/ho-so/mo/?hinh-thuc=doan-giam-sat"
    return Form(desk, page, first, {"title": "Giám sát việc B", "grounds": OTHER}, Case.objects.all())


def of_publication(start: Start, here: ExitStack, act: str) -> Form:
    driver = start("recommended")
    go(driver, 22, "publish")
    page = selectors.publication_of(driver.case)
    assert page is not None
    desk = here.enter_context(Desk(driver, CLERK, 23))
    row = {"changes-total": "1", "changes-0-place": "Bảng 1, KN-1", "changes-0-was": "Rà soát hồ sơ"}
    first = {"reason": "Ghi thiếu con số"}
    if act == "dinh-chinh":
        first |= row | {"changes-0-now": "Rà soát 71 hồ sơ"}
    return Form(
        desk, f"/cong-bo/{page.public_id}/{act}/", first, {"reason": OTHER}, ChangeRequest.objects.all()
    )


def a_correction(start: Start, here: ExitStack) -> Form:
    return of_publication(start, here, "dinh-chinh")


def a_withdrawal(start: Start, here: ExitStack) -> Form:
    return of_publication(start, here, "thu-hoi")


def a_grant(start: Start, here: ExitStack) -> Form:
    driver = start("opened")
    desk = here.enter_context(Desk(driver, CHAIR, -29))
    days = {f"{name}_{box}": part for name in ("from_on", "decision_on") for box, part in _boxes(driver, -29)}
    days |= {f"until_on_{box}": part for box, part in _boxes(driver, -21)}
    first = {"form": "TUQ", "grantee": actor(OFFICER_2).mandate.public_id, "kinds": ["plan"], **days}
    first["decision_number"] = "12/UQ"
    change = {"kinds": ["decision"], "decision_number": "13/UQ-KHAC"}
    page, rows = "/uy-quyen-ky/moi/", SigningAuthorization.objects.all()
    return Form(desk, page, first, change, rows, seen="13/UQ-KHAC")


def a_grant_passed_on(start: Start, here: ExitStack) -> Form:
    driver = start("opened")
    row, deputy = grant(driver, form="TL"), deputy_of_the_grantee()
    desk = here.enter_context(Desk(driver, OFFICER_2, -29))
    days = {f"from_on_{box}": part for box, part in _boxes(driver, -29)}
    first = {"grantee": deputy.mandate.public_id, **days}
    first |= {f"until_on_{box}": part for box, part in _boxes(driver, -28)}
    change = {f"{name}_{box}": part for name in ("from_on", "until_on") for box, part in _boxes(driver, -24)}
    rows, day = SigningAuthorization.objects.filter(passed_from=row), driver.day(-24).day
    page = f"/uy-quyen-ky/{row.public_id}/giao-lai/"
    return Form(desk, page, first, change, rows, seen=f'value="{day:02}"')


def _boxes(driver: Driver, offset: int) -> list[tuple[str, str]]:
    day = driver.day(offset)
    return [("ngay", f"{day.day:02}"), ("thang", f"{day.month:02}"), ("nam", str(day.year))]


def many_at_once(start: Start, here: ExitStack) -> Form:
    driver = start("opened")
    item = driver.item("draft_plan")
    WorkItem.objects.filter(pk=item.pk).update(duties=f"|{Duty.OFFICER}|", mandate=None)
    desk = here.enter_context(Desk(driver, CHAIR, -30))
    first = {"viec": [item.public_id], "lam": "giao", "nguoi": actor(OFFICER_2).mandate.public_id}
    page = f"/viec-cua-toi/nhieu-viec/?viec={item.public_id}&lam=giao"
    change = {"nguoi": actor(OFFICER).mandate.public_id, "reason": OTHER}
    return Form(desk, page, first, change, BulkAct.objects.all())


FORMS = {
    one.__name__: one
    for one in (
        a_step,
        an_opening,
        a_correction,
        a_withdrawal,
        a_grant,
        a_grant_passed_on,
        many_at_once,
    )
}
#: Which test asks it of which template; `check.html` types nothing of its own.
TEMPLATES = {
    "web/work/_form.html": "a_step",
    "web/check.html": "a_step",
    "web/case_open.html": "an_opening",
    "web/change.html": "a_correction",
    "web/authorization_new.html": "a_grant",
    "web/authorization_act.html": "a_grant_passed_on",
    "web/bulk.html": "many_at_once",
    "web/opinion_new.html": "tests/workflows/test_opinions.py",
    "web/draft_contribute.html": "tests/web/test_moderation.py",
    "portal/contribute.html": "tests/web/test_moderation.py",
}


def test_every_form_that_carries_a_key_is_asked() -> None:
    found = {
        str(path.relative_to(ROOT / "templates"))
        for path in (ROOT / "templates").rglob("*.html")
        if 'name="key"' in path.read_text(encoding="utf-8")
    }
    assert found == set(TEMPLATES)
    assert {where for where in TEMPLATES.values() if "/" not in where} <= set(FORMS)


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest, stage: Start) -> Iterator[Form]:
    with ExitStack() as here:
        yield FORMS[request.param](stage, here)


def test_twice_the_same_is_one_act_with_one_answer(form: Form) -> None:
    key, before = form.key(), form.rows.count()
    first, second = form.send(key), form.send(key)
    assert first.status_code == 302, text_of(first)
    assert second.status_code == 302, text_of(second)
    assert first["Location"] == second["Location"] and form.rows.count() == before + 1


def test_other_content_under_the_key_is_said_to_be_unrecorded_and_can_be_sent_anew(form: Form) -> None:
    key, before = form.key(), form.rows.count()
    assert form.send(key).status_code == 302
    if form.rows.model is ChangeRequest:  # two about one paper do not wait at once: see below
        _take_back(form)
    again = form.send(key, **form.change)
    page = text_of(again)
    assert again.status_code == 409 and form.rows.count() == before + 1
    assert "chưa được ghi" in page and form.seen in page
    if not form.may_be_sent_anew:
        return
    assert key_on(again) != key
    done = form.send(key_on(again), **form.change)
    assert done.status_code == 302, text_of(done)
    assert form.rows.count() == before + 2


def _take_back(form: Form) -> None:
    taken = form.desk.post(re.sub(r"[^/]+/$", "rut/", form.page))
    assert taken.status_code == 302


def test_a_request_that_waits_is_not_said_to_hold_other_words(stage: Start) -> None:
    with ExitStack() as here:
        form = a_correction(stage, here)
        key = form.key()
        assert form.send(key).status_code == 302
        again = form.send(key, **form.change)
        assert again.status_code == 409 and form.rows.count() == 1
        assert "chờ người ký" in text_of(again) and OTHER in text_of(again)


def test_a_request_that_was_taken_back_is_asked_again_in_the_same_words(stage: Start) -> None:
    with ExitStack() as here:
        form = a_correction(stage, here)
        key = form.key()
        assert form.send(key).status_code == 302
        _take_back(form)
        again = form.send(key)
        assert again.status_code == 409 and "đã rút" in text_of(again) and form.rows.count() == 1
        assert form.send(key_on(again)).status_code == 302 and form.rows.count() == 2


def test_one_key_asks_either_for_a_correction_or_for_a_withdrawal(stage: Start) -> None:
    with ExitStack() as here:
        form = a_correction(stage, here)
        key = form.key()
        assert form.send(key).status_code == 302
        _take_back(form)
        other = form.desk.post(form.page.replace("dinh-chinh", "thu-hoi"), key=key, reason=OTHER)
        assert other.status_code == 409 and OTHER in text_of(other) and form.rows.count() == 1


def test_what_was_granted_and_revoked_is_not_said_to_be_granted(stage: Start) -> None:
    with ExitStack() as here:
        form = a_grant(stage, here)
        key = form.key()
        assert form.send(key).status_code == 302
        row = form.rows.get()
        form.desk.post(f"/uy-quyen-ky/{row.public_id}/thu-hoi/", reason="Đổi việc")
        again = form.send(key)
        assert again.status_code == 409 and "đã thu hồi" in text_of(again)
        assert form.send(key_on(again)).status_code == 302 and form.rows.count() == 2


def test_a_file_sent_twice_is_the_same_and_another_file_is_not(stage: Start) -> None:
    """Each upload is a row of its own: what counts is the name and the bytes."""

    def scan(pages: int = 1) -> SimpleUploadedFile:
        return SimpleUploadedFile("can-cu.pdf", pdf(pages))

    with ExitStack() as here:
        form = a_correction(stage, here)
        key = form.key()
        answers = [form.send(key, files=[scan()]) for _twice in range(2)]
        assert [one.status_code for one in answers] == [302, 302] and form.rows.count() == 1
        _take_back(form)
        other = form.send(key, files=[scan(2)])
        assert other.status_code == 409 and "nội dung khác" in text_of(other)


def test_a_row_from_before_answers_whatever_is_sent(stage: Start) -> None:
    with ExitStack() as here:
        form = an_opening(stage, here)
        key = form.key()
        first = form.send(key)
        with guards_off():
            Opening.objects.filter(key=key).update(content="")
        assert form.send(key, **form.change)["Location"] == first["Location"]


def test_a_key_of_another_capacity_opens_nothing_and_is_no_fault(stage: Start) -> None:
    with ExitStack() as here:
        form = an_opening(stage, here)
        key = form.key()
        assert form.send(key).status_code == 302
        with Desk(form.desk.driver, OFFICER_2, -29) as colleague:
            other = colleague.post(form.page, **form.first, **{"key": key})
            assert other.status_code == 409 and "Căn cứ A" in text_of(other)
            assert colleague.post(form.page, **form.first, key=key_on(other)).status_code == 302
