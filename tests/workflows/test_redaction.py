"""What was hidden before publication is on no surface of the portal, then or later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from supervision.audit import contents
from supervision.cases import selectors
from supervision.cases.models import Redaction
from supervision.cases.services import redactions
from supervision.demo import script
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents import editions
from supervision.documents.verification import verify
from supervision.errors import InvalidInput, WrongState
from supervision.files.services import open_blob
from supervision.publication import search
from supervision.publication.log import signing
from supervision.publication.log.checking import troubles
from supervision.publication.models import FollowUp, PlanLine, Publication, SearchRow
from supervision.publication.search import Search
from tests.markup import html_of
from tests.stages import CHAIR, CLERK, go
from tests.told import tell
from tests.web.test_bad_input import Desk, text_of
from tests.web.test_limits import client_of
from tests.workflows.test_changes import ask as ask_for_change
from workflows.acts import redactions as redaction_acts

HIDDEN = "Rà soát hồ sơ"


@pytest.fixture
def driver(stage: Callable[[str], Driver]) -> Driver:
    return stage("recommended")


def hide(driver: Driver, *phrases: str, reason: str = "personal") -> None:
    redaction_acts.redact(
        actor=actor(CLERK), case=driver.case, phrases=phrases, reason=reason, at=driver.at(23)
    )


def is_held() -> bool:
    """Whether events hold what was sent as it is, as `audit_verify` asks."""
    return list(contents.troubles()) == []


def print_edition(driver: Driver) -> None:
    document = selectors.outcome_paper(driver.case)
    assert document is not None
    editions.print_now(document.pk, at=driver.at(23))


def test_what_is_hidden_is_on_no_surface(driver: Driver, tmp_path: Path) -> None:
    hide(driver, HIDDEN.upper(), "cơ quan hẹn")
    assert is_held()
    print_edition(driver)
    assert is_held()
    row = driver.recommendation(1)
    go(driver, 24, "publish")
    go(driver, 25, "receive_recommendation", row)
    go(driver, 26, "draft_reply", row, verdict="not_accepted", reason="Cơ quan hẹn gặp hộ dân")
    go(driver, 26, "approve_reply", row)
    signing.sign_checkpoint(at=driver.at(27))
    made = Publication.objects.get()
    client = Client()
    pages = [made.address, f"/en{made.address}", "/ket-luan/", "/kien-nghi/", f"/v/{made.code}/"]
    for address in pages:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        assert HIDDEN.casefold() not in html_of(answer).casefold(), address
        assert "hẹn gặp hộ dân" not in html_of(answer) or "đã che" in html_of(answer)
    assert "[đã che: dữ liệu cá nhân]" in html_of(client.get(made.address))
    assert not search.answer(Search.of({"q": f'"{HIDDEN}"'}), on=driver.day(30)).count
    for model in (Publication, FollowUp, SearchRow):
        assert HIDDEN not in str(list(model.objects.values())), model
        assert "Cơ quan hẹn" not in str(list(model.objects.values())), model
    pdf = b"".join(client.get(made.pdf_address).streaming_content)  # type: ignore[attr-defined]
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf)
    assert verify(path, name="a.pdf", at=driver.at(27)).kind == "genuine"
    assert list(troubles()) == []
    original = selectors.outcome_paper(driver.case)
    assert original is not None
    path.write_bytes(open_blob(original.renditions.get(is_signed=True).blob.sha256).read())
    assert verify(path, name="a.pdf", at=driver.at(27)).kind == "not_ours", (
        "signed, and not what was published"
    )


def test_nothing_is_published_before_the_edition_is_printed(driver: Driver) -> None:
    hide(driver, HIDDEN)
    with pytest.raises(WrongState, match="đang được in"):
        go(driver, 24, "publish")
    print_edition(driver)
    go(driver, 24, "publish")
    with pytest.raises(WrongState, match="thu hồi"):
        hide(driver, "Bố trí biên chế")


def test_a_passage_is_shown_again_and_nothing_else_repeats_it(driver: Driver) -> None:
    hide(driver, HIDDEN)
    redaction_acts.show_again(
        actor=actor(CLERK), case=driver.case, redaction=Redaction.objects.get(), at=driver.at(23)
    )
    go(driver, 24, "publish")
    assert HIDDEN in html_of(Client().get(Publication.objects.get().address))


def test_too_short_a_passage_is_refused(driver: Driver) -> None:
    for phrases in ((), ("  ",), ("an",), ("x" * 301,)):
        with pytest.raises(InvalidInput):
            hide(driver, *phrases)


def test_an_edition_that_is_older_than_what_is_hidden_is_not_published(driver: Driver) -> None:
    hide(driver, HIDDEN)
    print_edition(driver)
    officer = actor(CLERK).mandate
    Redaction.objects.create(
        case=driver.case, phrase="Bố trí biên chế", reason="personal", by=officer, at=driver.at(23)
    )
    with pytest.raises(WrongState, match="đang được in"):
        go(driver, 24, "publish")


def test_an_annual_plan_is_hidden_in_too_its_paper_and_its_lines(db: None) -> None:
    driver = tell("plan", dt.date(2026, 12, 15), until=0)
    title = driver.case.annual_plan.items.order_by("number")[0].title
    redaction_acts.redact(
        actor=actor(CLERK), case=driver.case, phrases=[title], reason="business", at=driver.at(0)
    )
    paper = redactions.public_paper(driver.case)
    assert paper is not None
    publish = next(one for one in script.read("plan") if one.act == "publish_plan")
    with pytest.raises(WrongState, match="đang được in"):
        script.perform(driver, publish)
    editions.print_now(paper.pk, at=driver.at(0))
    script.perform(driver, publish)
    for model in (Publication, PlanLine, SearchRow):
        rows = str(list(model.objects.values()))
        assert title not in rows, model
    assert "[đã che: bí mật kinh doanh]" in str(list(PlanLine.objects.values()))
    with pytest.raises(WrongState, match="thu hồi"):
        redaction_acts.redact(
            actor=actor(CLERK), case=driver.case, phrases=["gì khác"], reason="business", at=driver.at(2)
        )


def test_whoever_publishes_reads_what_the_public_will_read(driver: Driver) -> None:
    place = f"/viec-cua-toi/{driver.item('publish').public_id}/"
    with time_machine.travel(driver.at(23), tick=True):
        before = html_of(client_of(CLERK).get(place))
        hide(driver, HIDDEN)
        after = html_of(client_of(CLERK).get(place))
    assert HIDDEN in before and "sẽ công bố toàn văn" in before
    assert HIDDEN not in after and "[đã che: dữ liệu cá nhân]" in after
    assert "sẽ công bố toàn văn" not in after and "Người dân sẽ đọc" in after


def test_what_is_hidden_is_not_corrected_into_the_same_mask(driver: Driver) -> None:
    """A letter "đã ghi “[đã che]”, nay sửa thành “[đã che]”" was signed and numbered once."""
    hide(driver, HIDDEN)
    print_edition(driver)
    go(driver, 24, "publish")
    page, mask = Publication.objects.get(), "[đã che: dữ liệu cá nhân]"
    beside_it = "Bố trí biên chế"
    assert mask in page.plain_text and beside_it in page.plain_text

    def wrong(was: str, now: str) -> dict[str, list[str]]:
        row = {"place": "Bảng 1, KN-1", "was": was, "now": now}
        with pytest.raises(InvalidInput) as refused:
            ask_for_change(driver, page, changes=[row])
        return {key: [str(one) for one in words] for key, words in refused.value.errors.items()}

    for was, now in ((mask, HIDDEN), (HIDDEN, "Rà soát 71 hồ sơ"), (f"{mask}.", "Bà B"), (HIDDEN, HIDDEN)):
        assert "Chỗ này đang che" in wrong(was, now)["changes-0-was"][0], (was, now)
    around = next(line for line in page.plain_text.splitlines() if mask in line and line.strip(" .") != mask)
    assert "giống hệt nhau" in wrong(around, around.replace(mask, HIDDEN))["changes-0-now"][0]
    assert "giống hệt nội dung" in wrong(beside_it, f" {beside_it}")["changes-0-now"][0]
    made = ask_for_change(
        driver, page, changes=[{"place": "I", "was": around.replace(mask, HIDDEN), "now": f"{around} (17)"}]
    )
    assert made.changes[0]["was"] == around, "quoted as its addressees read it, kept as the public does"


def test_once_published_what_is_said_of_hiding_leads_somewhere_or_is_true(driver: Driver) -> None:
    """It led to a withdrawal, and from there to "withdraw it" again, for a page that was gone."""
    go(driver, 22, "publish")
    page, place = Publication.objects.get(), f"/ho-so/{driver.case.public_id}/che/"
    with Desk(driver, CLERK, 23) as desk:
        read, form = text_of(desk.get(place)), f"/cong-bo/{page.public_id}/thu-hoi/"
        assert "đề nghị thu hồi" in read and "không công bố lại được" in read
        assert form in read and desk.get(form).status_code == 200
    ask_for_change(driver, page, "withdraw")
    driver.sign(24, CHAIR, "sign_change")
    with Desk(driver, CLERK, 25) as desk:
        read = text_of(desk.get(place))
        assert "Văn bản đã thu hồi" in read and form not in read
        with pytest.raises(WrongState, match="không còn gì để che"):
            hide(driver, HIDDEN)
        assert desk.get(f"/cong-bo/{page.public_id}/").status_code == 200
