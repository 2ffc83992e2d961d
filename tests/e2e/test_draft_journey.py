"""The draft of a criticism, from the pasted text to what the issued text made of each remark.

At 320 px without JavaScript, once by pointing with every page kept in both languages, once by keyboard
alone. Papers and signatures between are told by calls: their pages have journeys of their own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from supervision.cases.models import Criticism
from supervision.demo import drafting, papers, script, world
from supervision.demo.driver import Driver
from supervision.publication.models import Publication
from tests.drafts.texts import FEES
from tests.e2e.hands import Keyboard, Pointing
from tests.e2e.walk import VIETNAM, Clock, Walk, organization
from tests.pages import PageStore
from tests.worker import complete_unprinted

pytestmark = pytest.mark.tier("all")

C1 = dt.date(2026, 5, 19)
OFFICER, UNION, AGENCY, LEADER = "canbo1", "phunu", "daumoi1", "so-nnmt-24.lanh_dao"
#: As it was pasted: the number of a clause was lost.
PASTED = FEES.replace("2. Hộ nghèo được", "Hộ nghèo được")
#: A new Article 2, so that the others are renumbered; the clause on the poor is reworded.
SECOND = (
    FEES.replace("Điều 3. Hiệu lực", "Điều 4. Hiệu lực")
    .replace("Điều 2. Mức chi trả", "Điều 2. Giải thích\nHộ nghèo là hộ có sổ.\n\nĐiều 3. Mức chi trả")
    .replace("2. Hộ nghèo được giảm một nửa.", "2. Hộ nghèo, hộ cận nghèo được miễn hoàn toàn.")
)  # fmt: skip
ISSUED = SECOND.replace("20.000 đồng", "18.000 đồng")
FREE = "Đề nghị miễn toàn bộ tiền thu gom cho hộ nghèo và hộ cận nghèo, vì các hộ này không có thu nhập."
NEARLY = (
    "Đề nghị miễn toàn bộ tiền thu gom cho hộ nghèo, hộ cận nghèo vì các hộ này không có thu nhập ổn định."
)
WORDING = "2. Hộ nghèo, hộ cận nghèo được miễn hoàn toàn."


@pytest.fixture
def narrow(new_context: Callable[..., Any], live_site: Any) -> Any:
    """A phone 320 px wide without JavaScript."""
    size = {"width": 320, "height": 640}
    return new_context(java_script_enabled=False, base_url=live_site.url, viewport=size)


@dataclass
class Journey:
    """The walker, the case that is driven forward beside them, and what was kept on the way."""

    walk: Walk
    folder: Path
    driver: Driver = field(default_factory=lambda: Driver(C1, seed="draft", worker=complete_unprinted))
    receipts: list[str] = field(default_factory=list)

    @property
    def hands(self) -> Pointing:
        return self.walk.hands

    @property
    def page(self) -> Any:
        return self.walk.page

    @property
    def row(self) -> Criticism:
        return Criticism.objects.select_related("draft").get(case=self.driver.case)

    def tell(self, after: int, until: int) -> None:
        """Tell the story of C1 from the day `after` one to another, but for what is done here by hand."""
        for told in sorted(script.read("c1"), key=lambda one: one.day):
            if after < told.day <= until and told.act not in (*drafting.ACTS, "compile_remarks"):
                script.perform(self.driver, told)

    def on(self, day: int, username: str, *, hour: int = 8) -> None:
        """Sign in on a day of the story; whoever has no account is nobody."""
        self.walk.clock.set(self.driver.day(day), hour)
        if username:
            self.walk.sign_in(username)
        else:
            self.page.context.clear_cookies()

    def follow(self, name: str, *, exact: bool = True) -> None:
        self.hands.press(self.page.locator("main").get_by_role("link", name=name, exact=exact).first)

    def push(self, name: str) -> None:
        self.hands.press(self.page.locator("main").get_by_role("button", name=name).first)

    def see(self, *words: str, name: str = "") -> None:
        """See the words on the page, and keep it; one with a name answers a form and has no English twin."""
        said = re.sub(r"\s+", " ", self.page.inner_text("main"))
        for one in words:
            assert one in said, (one, said)
        self.walk.keep(name, twin=not name)

    def text_page(self) -> None:
        """Go from the page of the criticism to the text of its draft."""
        self.hands.go(f"/phan-bien/{self.row.public_id}/")
        self.follow("Toàn văn dự thảo theo điều, khoản")

    def read(self, text: str) -> None:
        """Paste a text and have it read."""
        self.hands.put_all({"source": "dan", "pasted": text})
        self.push("Đọc văn bản này")


def test_a_draft_is_worked_on_clause_by_clause_at_320_pixels(
    narrow: Any, live_site: Any, clock: Clock, pages: PageStore, tmp_path: Path
) -> None:
    hands, english = Pointing(narrow.new_page()), Pointing(narrow.new_page())
    walk = Walk(hands=hands, site=live_site, clock=clock, store=pages, english=english)
    work_through(Journey(walk, tmp_path))
    assert not walk.broken, "\n".join(walk.broken)
    assert pages.problems(widths=(320, 1280)) == []


@pytest.mark.tier("prove")
def test_a_draft_is_worked_on_by_keyboard_alone(
    narrow: Any, live_site: Any, clock: Clock, tmp_path: Path
) -> None:
    hands = Keyboard(narrow.new_page())
    work_through(Journey(Walk(hands=hands, site=live_site, clock=clock), tmp_path))
    assert hands.stops > 300  # it was walked, not jumped
    assert sorted(hands.faint) == []


def work_through(journey: Journey) -> None:
    journey.walk.clock.set(C1 - dt.timedelta(days=60))
    world.build(at=timezone.now().astimezone(VIETNAM))
    journey.tell(-99, -13)
    read_and_mend(journey)
    ask(journey)
    contribute(journey)
    moderate(journey)
    group(journey)
    answer(journey)
    compare(journey)
    decide_outcomes(journey)


def read_and_mend(journey: Journey) -> None:
    """The pasted text lost the number of a clause; the officer puts it back."""
    journey.on(-13, OFFICER)
    journey.text_page()
    journey.see("Dự thảo chưa được đọc thành điều, khoản")
    journey.follow("Đọc dự thảo thành điều, khoản")
    journey.walk.keep()
    journey.hands.put("source", "dan")
    journey.push("Đọc văn bản này")
    journey.see("Dán toàn văn dự thảo vào đây", name="nothing pasted")
    journey.read(PASTED)
    assert journey.page.locator("#dieu-2-khoan-2").count() == 0
    journey.see("Hộ nghèo được giảm một nửa")
    journey.hands.unfold(journey.page.get_by_text("Sửa chỗ đọc sai"))
    journey.follow("Điều 2. Mức chi trả")
    journey.walk.keep()
    lines = journey.page.locator("textarea")
    journey.hands.fill(lines, lines.input_value().replace("Hộ nghèo được", "2. Hộ nghèo được"))
    journey.push("Lưu phần này")
    assert journey.page.locator("#dieu-2-khoan-2").count() == 1


def ask(journey: Journey) -> None:
    """Everyone is asked, and one union by name."""
    journey.follow("Lấy ý kiến về dự thảo")
    journey.walk.keep()
    journey.push("Bắt đầu lấy ý kiến")
    journey.see(name="nothing said of the call")
    journey.hands.put_all(
        {
            "is_public": "yes",
            "invited": [organization("phn-24").public_id],
            "closes_on": journey.driver.day(9),
            "introduction": "Mong nhận được góp ý của bà con.",
        }
    )
    journey.push("Bắt đầu lấy ý kiến")
    journey.see("Nhận góp ý đến hết ngày", "Mong nhận được góp ý của bà con.")


def contribute(journey: Journey) -> None:
    """Two people find the draft from the front page and say the same; others send theirs beside them."""
    journey.on(-12, "")
    journey.receipts = [say(journey, FREE, is_first=True), say(journey, FREE.upper(), is_first=False)]
    journey.on(-12, UNION, hour=10)
    journey.hands.go(f"/phan-bien/{journey.row.public_id}/du-thao/")
    journey.follow("Góp ý Điều 2 khoản 2")
    journey.walk.keep()
    journey.hands.put_all({"text": "Hộ cận nghèo cũng khó khăn, nên được miễn.", "wording": WORDING})
    journey.push("Gửi góp ý")
    journey.see("Đã nhận góp ý, mã YK-01")
    for node, text in (("dieu-2-khoan-2", NEARLY), ("", "Bán xe máy giá rẻ")):
        address = f"/du-thao/{journey.row.draft.calls.get().public_id}/gop-y/"
        sent = Client().post(address, {"o": node, "text": text, "author": "people"})
        journey.receipts.append(sent["Location"])


def say(journey: Journey, text: str, *, is_first: bool) -> str:
    """Contribute to a clause without an account; return the address of the receipt."""
    hands, page = journey.hands, journey.page
    hands.go("/")
    hands.unfold(page.locator("details.gs-menu summary"))
    hands.press(page.locator("details.gs-menu").get_by_role("link", name="Dự thảo lấy ý kiến"))
    if is_first:
        journey.walk.keep()
    journey.follow(journey.row.draft.title)
    if is_first:
        journey.see("Còn 21 ngày")
    journey.follow("Góp ý Điều 2 khoản 2")
    if is_first:
        journey.see("2. Hộ nghèo được giảm một nửa.")
        journey.push("Gửi góp ý")
        journey.see("Hãy ghi ý kiến của bạn.", name="an empty contribution")
    hands.put_all({"text": text, "author": "people", "author_name": "Nguyễn Văn Mẫu"})
    journey.push("Gửi góp ý")
    if is_first:
        journey.see("Chờ nơi nhận xem", "Ghi lại số này")
    return journey.walk.at


def moderate(journey: Journey) -> None:
    """Equal ones go into the table as one; what is no opinion on the draft is kept out with a reason."""
    journey.on(-11, OFFICER)
    journey.text_page()
    journey.follow("Góp ý đã nhận", exact=False)
    journey.see("2 góp ý giống nhau", "Bán xe máy giá rẻ")
    journey.push("Đưa các góp ý đã chọn vào bảng ý kiến")
    journey.see("Chọn ít nhất một góp ý.", name="nothing ticked")
    boxes = journey.page.locator("input[name=chon]")
    journey.hands.tick(boxes.nth(0))
    journey.hands.tick(boxes.nth(1))
    journey.push("Đưa các góp ý đã chọn vào bảng ý kiến")
    journey.see("Đã xử lý 3 góp ý.", name="three are taken")
    journey.hands.tick(boxes.nth(0))
    refuse = journey.page.get_by_role("button", name="Không đưa các góp ý đã chọn vào bảng")
    journey.hands.unfold(journey.page.locator("summary").filter(has_text="Không đưa vào bảng"))
    journey.hands.select(journey.page.locator("[name=refusal]"), "advertising")
    journey.hands.fill(journey.page.locator("[name=note]"), "Chỉ nhận ý kiến về dự thảo")
    journey.hands.press(refuse)
    journey.see("Không có góp ý nào ở đây.", name="none waits")
    journey.hands.unfold(journey.page.get_by_text("Kết thúc lấy ý kiến sớm"))
    journey.push("Kết thúc lấy ý kiến ngay")
    journey.see("Đã kết thúc lấy ý kiến.", name="the call has ended")
    for tab in ("Đã đưa vào bảng", "Không đưa vào"):
        journey.follow(tab, exact=False)
        journey.walk.keep()
    journey.on(-11, "")
    for address, said in zip(
        journey.receipts, ("mã YK-02", "mã YK-02", "mã YK-03", "quảng cáo"), strict=True
    ):
        journey.hands.go(address)
        assert said in journey.page.inner_text("main")
        assert "Nguyễn Văn Mẫu" not in journey.page.content()
    journey.walk.keep()


def group(journey: Journey) -> None:
    """The words propose a group, the officer confirms it."""
    journey.on(-10, OFFICER)
    journey.text_page()
    journey.follow("Nhóm ý kiến")
    journey.push("Tìm các ý kiến giống nhau")
    journey.see("YK-02", "YK-03", "Từ chung")
    boxes = journey.page.locator("main form").filter(has_text="Đúng, là một nhóm").first
    for box in boxes.get_by_role("checkbox").all():
        assert not box.is_checked()
        journey.hands.tick(box)
    journey.push("Đúng, là một nhóm")
    journey.follow("Đã xác nhận", exact=False)
    journey.see("Tách nhóm này")
    assert journey.row.draft.remarks.exclude(group=None).count() >= 2


def answer(journey: Journey) -> None:
    """The conference is held, the document sent; the agency answers a group once."""
    journey.tell(-13, 2)
    journey.driver.do(3, "mttq-24.can_bo_1", "compile_remarks", remarks=[])
    journey.tell(3, 9)
    journey.on(20, AGENCY)
    step = journey.walk.open_work("draft_answers")
    texts = journey.page.locator("textarea[name$='-text']")
    served = journey.row.draft.remarks.count()
    assert texts.count() < served
    for n in range(texts.count()):
        prefix = texts.nth(n).get_attribute("name").removesuffix("-text")
        journey.hands.put_all({f"{prefix}-verdict": "accepted", f"{prefix}-text": "Tiếp thu"})
    journey.walk.send(step)
    journey.driver.do(21, LEADER, "approve_answers", journey.row, decision="send")
    assert journey.row.draft.rounds.get().answers.count() == served


def take_in(journey: Journey, text: str, *, day: int, issued: str) -> None:
    """Record the next version with its file and have its text read."""
    journey.on(day, OFFICER)
    journey.text_page()
    journey.follow("Ghi nhận bản mới của dự thảo")
    journey.walk.keep("the next version")
    file = journey.folder / f"ban-{day}.docx"
    file.write_bytes(papers.docx(text))
    journey.hands.put_all(
        {"issued": issued, "received_on": journey.driver.day(day), "number_text": f"M{day}", "files": file}
    )
    journey.push("Ghi nhận bản này")
    journey.see("Đã ghi nhận bản mới.", name=f"version of day {day}, not read")
    journey.follow("Đọc dự thảo thành điều, khoản")
    journey.read(text)


def compare(journey: Journey) -> None:
    """The remarks went with their clause; where the words leave a doubt the officer decides."""
    take_in(journey, SECOND, day=22, issued="no")
    journey.see("3 ý kiến về Điều 3 khoản 2")
    journey.follow("So sánh với bản trước")
    journey.see("Máy chưa chắc hai phần này là một.", "Điều 2 khoản 2 → Điều 3 khoản 2")
    journey.push("Đúng, là một")
    journey.see("Đã ghi.", "Bắt đầu phần thêm.", "Ý kiến đã có: YK-01")


def decide_outcomes(journey: Journey) -> None:
    """The text is issued; what became of a remark is decided and public."""
    take_in(journey, ISSUED, day=30, issued="yes")
    journey.follow("Kết quả của từng ý kiến")
    journey.see("YK-01", "Đề xuất")
    journey.follow("YK-01", exact=False)
    journey.see("Trong văn bản đã ban hành", "hộ cận nghèo")
    journey.push("Ghi kết quả")
    journey.walk.keep("no outcome chosen", twin=False)
    journey.hands.choose(journey.page.locator("input[value='adopted']"))
    journey.push("Ghi kết quả")
    journey.see("Đã ghi kết quả của YK-01.", name="an outcome is decided")
    journey.on(30, "")
    journey.hands.go(Publication.objects.get().address)
    journey.see("Được tiếp thu trong văn bản đã ban hành", "khoản 2 Điều 3")
