"""A paper signed on the signer's own machine, on its page: print, download, hand in, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile

from supervision.demo.driver import Driver
from supervision.documents.models import Document
from supervision.documents.tasks import sign_now
from tests.documents.test_elsewhere import both, registered, signed
from tests.stages import CHAIR, go
from tests.web.test_bad_input import Desk, address, demo_password, text_of
from tests.worker import get_stuck
from workflows.models import WorkItem

Start = Callable[[str], Driver]


def test_a_paper_is_signed_on_another_machine_and_the_flow_goes_on(stage: Start) -> None:
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    with Desk(driver, CHAIR, -29) as desk:
        item = driver.item("sign_plan")
        desk.post(address(item), decision="sign", password=demo_password(), key="k")
        paper = Document.objects.get()
        place = f"/van-ban/{paper.public_id}/"
        assert desk.post(f"{place}ky-o-may-khac/").status_code == 409, "it is not stuck"
        get_stuck(paper, at=driver.at(-29))
        assert "Ký trên máy của người ký" in text_of(desk.get(place))
        assert desk.get(f"{place}tep-de-ky.pdf").status_code == 404, "nothing was printed yet"
        assert desk.post(f"{place}ky-o-may-khac/").status_code == 302
        sign_now(paper.pk, at=driver.at(-29))
        assert "Tải tệp để ký" in text_of(desk.get(place))
        pdf = b"".join(desk.get(f"{place}tep-de-ky.pdf").streaming_content)
        assert pdf.startswith(b"%PDF-")
        for file, said in ((None, "Hãy chọn tệp đã ký"), (pdf, "Tệp chưa có chữ ký số"), (b"x", "bản in")):
            sent = {"tep": SimpleUploadedFile("ky.pdf", file)} if file else {}
            answer = desk.post(f"{place}nop-ban-ky/", **sent)
            assert said in text_of(desk.get(answer["Location"]))
        paper.refresh_from_db()
        registered(*both(paper))
        back = SimpleUploadedFile("ky.pdf", signed(pdf, *both(paper)))
        answer = desk.post(f"{place}nop-ban-ky/", tep=back)
        assert "Đã nhận bản ký" in text_of(desk.get(answer["Location"]))
    paper.refresh_from_db()
    assert (paper.state, paper.number) == (Document.State.SIGNED, 1)
    assert WorkItem.objects.filter(step="draft_decision", finished_at=None).exists()
