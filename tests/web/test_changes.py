"""Correcting and withdrawing from the browser: asked for, previewed, signed with a password, read by all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from supervision.cases import selectors
from supervision.cases.models import ChangeRequest
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents.models import Document
from supervision.publication.log.checking import troubles
from supervision.publication.log.signing import sign_checkpoint
from supervision.publication.models import Publication
from tests.stages import AGENCIES, CHAIR, CLERK, MEMBER, OFFICER, drafter, go
from tests.web.test_bad_input import Desk, text_of
from tests.worker import get_stuck
from workflows.acts import unsigned

Start = Callable[[str], Driver]
WRONG, RIGHT = "Rà soát hồ sơ", "Rà soát 71 hồ sơ"
WHY = "Khi chép từ biên bản đã bỏ sót con số."
ROWS = {
    "changes-total": "1",
    "changes-0-place": "Bảng 1, KN-1",
    "changes-0-was": WRONG,
    "changes-0-now": RIGHT,
    "reason": WHY,
}


@pytest.fixture
def driver(stage: Start) -> Driver:
    driver = stage("recommended")
    go(driver, 22, "publish")
    return driver


def published(driver: Driver) -> Publication:
    page = selectors.publication_of(driver.case)
    assert page is not None
    return page


def sent(desk: Desk, address: str, **data: Any) -> Any:
    form = text_of(desk.get(address))
    key = re.search(r'name="key" value="([^"]+)"', form)
    assert key
    return desk.post(address, key=key[1], **data)


def test_a_clerk_asks_a_signer_signs_and_the_public_reads_what_was_wrong(driver: Driver) -> None:
    page, case = published(driver), driver.case
    with Desk(driver, CLERK, 23) as clerk:
        assert f"/cong-bo/{page.public_id}/" in text_of(clerk.get(f"/ho-so/{case.public_id}/"))
        paper = Document.objects.get(code=page.code)
        assert f"/cong-bo/{page.public_id}/" in text_of(clerk.get(f"/van-ban/{paper.public_id}/"))
        place = f"/cong-bo/{page.public_id}/"
        assert f"{place}dinh-chinh/" in text_of(clerk.get(place))
        read = text_of(sent(clerk, f"{place}dinh-chinh/", **ROWS, xem="1"))
        assert "Người đọc sẽ thấy" in read and "Đã đính chính" in read and WHY in read
        assert not ChangeRequest.objects.exists()
        assert sent(clerk, f"{place}dinh-chinh/", **ROWS).status_code == 302
        waiting = text_of(clerk.get(place))
        assert "chờ người ký" in waiting and "Rút đề nghị của tôi" in waiting
        assert f"{place}dinh-chinh/" not in waiting
        assert clerk.get(f"{place}thu-hoi/").status_code == 409
        assert "Đã đính chính" not in text_of(Client().get(page.address))
    item = driver.item("sign_change")
    with Desk(driver, CHAIR, 24) as signer:
        work = f"/viec-cua-toi/{item.public_id}/"
        form = text_of(signer.get(work))
        assert "Người đọc sẽ thấy" in form and WHY in form and "nay sửa thành" in form
        assert "Đính chính" in text_of(signer.get("/viec-cua-toi/")) or "đính chính" in form
        assert signer.post(work, decision="sign", password="không phải").status_code == 422
        assert signer.post(work, decision="sign", password=settings.DEMO_PASSWORD).status_code == 302
        assert item.document is not None
        driver.worker(item.document.pk, at=driver.at(24))
        read = text_of(Client().get(page.address))
        assert "Đã đính chính" in read and WHY in read and RIGHT in read
        assert read.count(WRONG) >= 2  # the text as signed stays, and what was wrong is named
        sign_checkpoint(at=driver.at(24))
        assert "Đã đính chính" in text_of(Client().get(f"/v/{page.code}/"))
        assert "Đã đính chính" in text_of(signer.get(f"/cong-bo/{page.public_id}/"))


def test_what_is_wrong_in_the_form_is_named_and_nothing_typed_is_lost(driver: Driver) -> None:
    place = f"/cong-bo/{published(driver).public_id}/dinh-chinh/"
    with Desk(driver, OFFICER, 23) as desk:
        wrong = sent(desk, place, **{**ROWS, "changes-0-was": "không có trong văn bản", "reason": ""})
        assert wrong.status_code == 422
        assert "Không có đoạn này trong văn bản đã công bố" in text_of(wrong)
        assert "Điền: Lý do" in text_of(wrong) and RIGHT in text_of(wrong)
        more = text_of(sent(desk, place, **ROWS, them="changes"))
        assert 'name="changes-1-was"' in more and RIGHT in more
        assert sent(desk, place).status_code == 422


def test_a_refused_request_is_mended_not_typed_again(driver: Driver) -> None:
    page = published(driver)
    place = f"/cong-bo/{page.public_id}/"
    with Desk(driver, CLERK, 23) as desk:
        sent(desk, f"{place}dinh-chinh/", **ROWS)
        work = f"/viec-cua-toi/{driver.item('sign_change').public_id}/"
    with Desk(driver, CHAIR, 24) as desk:
        assert desk.post(work, decision="return", reason="Con số không sai").status_code == 302
    with Desk(driver, CLERK, 25) as desk:
        assert "Con số không sai" in text_of(desk.get(place))
        assert RIGHT in text_of(desk.get(f"{place}dinh-chinh/"))
        sent(desk, f"{place}dinh-chinh/", **ROWS)
        assert desk.post(f"{place}rut/").status_code == 302
        assert "người đề nghị đã rút" in text_of(desk.get(place))


def test_the_eleventh_publication_of_a_body_is_found_as_what_replaces(driver: Driver) -> None:
    page = published(driver)
    later = [
        Publication.objects.create(
            **{
                field.name: getattr(page, field.name)
                for field in Publication._meta.concrete_fields
                if field.name not in ("id", "public_id", "code", "number_text", "number_slug", "number_key")
            },
            code=f"{number:026d}",
            number_text=f"{number}/KL-MTTQ-BTT",
            number_slug=f"{number}-kl-mttq-btt",
            number_key=f"{number}klmttqbtt",
        )
        for number in range(101, 113)
    ]
    with Desk(driver, CLERK, 23) as desk:
        place = f"/cong-bo/{page.public_id}/thu-hoi/"
        read = sent(desk, place, reason=WHY, replaced_by="111/KL-MTTQ-BTT", xem="1")
        assert later[10].address in text_of(read)
        assert sent(desk, place, reason=WHY, replaced_by="999/KL-MTTQ-BTT").status_code == 422
        assert sent(desk, place, reason=WHY, replaced_by="111/KL-MTTQ-BTT").status_code == 302
    paper = driver.sign(24, CHAIR, "sign_change")
    assert "111/KL-MTTQ-BTT" in paper.context["articles"][1]
    gone = Client().get(page.address)
    assert gone.status_code == 410 and later[10].address in text_of(gone)


def test_whoever_has_no_part_in_it_is_refused(driver: Driver) -> None:
    place = f"/cong-bo/{published(driver).public_id}/"
    for who, page, form in (
        (drafter(AGENCIES[0]), 404, 404),
        (MEMBER, 200, 403),
        (CHAIR, 200, 403),
    ):
        with Desk(driver, who, 23) as desk:
            assert desk.get(place).status_code == page, who
            for tail in ("dinh-chinh/", "thu-hoi/"):
                assert desk.get(f"{place}{tail}").status_code == form, who
                assert desk.post(f"{place}{tail}", **ROWS).status_code == form, who
            assert desk.post(f"{place}rut/").status_code == form, who
    assert Client().get(place).status_code == 302
    assert not ChangeRequest.objects.exists()


def test_the_page_of_a_publication_names_a_stuck_correction_and_offers_what_works(driver: Driver) -> None:
    page = published(driver)
    place = f"/cong-bo/{page.public_id}/"
    with Desk(driver, CLERK, 23) as desk:
        sent(desk, f"{place}dinh-chinh/", **ROWS)
    driver.do(24, CHAIR, "sign_change", decision="sign")
    paper = Document.objects.get(state=Document.State.SIGNING)
    with Desk(driver, CLERK, 24) as desk:
        read = text_of(desk.get(place))
        assert "đang ký" in read and "Rút đề nghị của tôi" not in read
    get_stuck(paper, at=driver.at(24))
    for who, has_work in ((CLERK, True), (CHAIR, True), (OFFICER, False)):
        with Desk(driver, who, 24) as desk:
            read = text_of(desk.get(place))
            assert "chưa ký được" in read and "Không dựng được bản in" in read, who
            assert "Rút đề nghị của tôi" not in read
            work = re.search(r'href="(/viec-cua-toi/[a-z0-9]{26}/)">Ký lại', read)
            assert (work is not None) is has_work, who
            for link in [*([work[1]] if work else []), *re.findall(r'href="(/van-ban/[^"]+/)"', read)]:
                assert desk.get(link).status_code == 200, (who, link)
    with Desk(driver, CLERK, 25) as desk:
        assert desk.post(work_of(paper, CLERK), decision="mend", reason="Sai.").status_code == 302
        read = text_of(desk.get(place))
        assert "bị trả lại, cần sửa" in read and driver.item("mend_change").public_id in read
    with Desk(driver, OFFICER, 25) as desk:
        assert driver.item("mend_change").public_id not in text_of(desk.get(place))


def work_of(paper: Document, who: str) -> str:
    me = actor(who).mandate
    item = next(one for one in unsigned.open_work(paper) if one.mandate_id == me.pk)
    return f"/viec-cua-toi/{item.public_id}/"


def test_the_state_is_judged_before_what_is_typed(driver: Driver) -> None:
    """A form about a paper that was withdrawn said "copy the corrected passage" first."""
    place = f"/cong-bo/{published(driver).public_id}/"
    wrong = {**ROWS, "changes-0-was": "không có trong văn bản"}
    with Desk(driver, OFFICER, 23) as desk:
        key = re.search(r'name="key" value="([^"]+)"', text_of(desk.get(f"{place}dinh-chinh/")))
        assert key
        assert desk.post(f"{place}dinh-chinh/", key="mot-lan", **ROWS).status_code == 302
        assert desk.post(f"{place}dinh-chinh/", key="mot-lan", **ROWS).status_code == 302, "sent twice"
        for rows in (ROWS, wrong):
            for more in ({}, {"xem": "1"}):
                answer = desk.post(f"{place}dinh-chinh/", key=key[1], **rows, **more)
                assert answer.status_code == 409 and "chờ người ký" in text_of(answer), (rows, more)
    driver.do(24, CHAIR, "sign_change", decision="return", reason="Phải thu hồi")
    with Desk(driver, OFFICER, 25) as desk:
        sent(desk, f"{place}thu-hoi/", reason=WHY)
    driver.sign(26, CHAIR, "sign_change")
    with Desk(driver, OFFICER, 27) as desk:
        answer = desk.post(f"{place}dinh-chinh/", key=key[1], **wrong, xem="1")
        assert answer.status_code == 409 and "đã thu hồi" in text_of(answer)


def test_a_word_that_stands_at_several_places_is_copied_longer(driver: Driver) -> None:
    page = published(driver)
    place = f"/cong-bo/{page.public_id}/dinh-chinh/"
    word = Counter(re.findall(r"\w{2,}", page.plain_text)).most_common(1)[0][0]
    with Desk(driver, OFFICER, 23) as desk:
        for was in (".", word):
            answer = sent(desk, place, **{**ROWS, "changes-0-place": "1", "changes-0-was": was}, xem="1")
            assert answer.status_code == 422 and "Chép dài hơn" in text_of(answer), was


def test_whoever_holds_the_correcting_letter_is_led_to_what_it_corrects(driver: Driver) -> None:
    page, client = published(driver), Client()
    with Desk(driver, CLERK, 23) as desk:
        sent(desk, f"/cong-bo/{page.public_id}/dinh-chinh/", **ROWS)
    letter = driver.sign(24, CHAIR, "sign_change")
    found = client.get("/xac-minh/", {"ma": letter.number_text}, follow=True)
    assert page.address in text_of(found), "found by the number that the corrected page prints"
    read = text_of(client.get(f"/v/{letter.code}/"))
    assert "Văn bản này đính chính:" in read and page.address in read
    with Desk(driver, CLERK, 25) as desk:
        sent(desk, f"/cong-bo/{page.public_id}/thu-hoi/", reason=WHY)
    decision = driver.sign(26, CHAIR, "sign_change")
    assert "Văn bản này thu hồi:" in text_of(client.get(f"/v/{decision.code}/"))
    listed = text_of(client.get("/ket-luan/"))
    assert "Đã thu hồi" in listed and "kiến nghị:" not in listed and "Đang thực hiện" not in listed
    assert list(troubles()) == []
