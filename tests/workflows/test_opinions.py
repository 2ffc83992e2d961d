"""Opinions of a collection: who wrote one is nobody's business, what has its own procedure leaves."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import resolve

from supervision.access import policy
from supervision.access.policy import Hidden
from supervision.audit.models import Event, Words
from supervision.casefiles.models import Case, Record
from supervision.cases.models import Opinion, OpinionSource, Recommendation, Reply
from supervision.cases.services.points import suggested
from supervision.demo import script, world
from supervision.demo.driver import Driver
from supervision.documents.models import Document
from supervision.errors import AlreadyDone, InvalidInput, NotAllowed, WrongState
from supervision.files.models import Attachment
from supervision.files.services import store
from supervision.law.terms import FROM_SENDING, WORKING_DAYS
from supervision.notices.models import Notice
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate, Organization
from supervision.organizations.services import set_term
from supervision.publication.models import Publication, SearchRow
from tests.files.samples import pdf
from tests.markup import html_of
from tests.told import tell
from tests.web.test_limits import client_of, queries
from workflows.acts import opinions
from workflows.models import DoneAct, WorkingCopy

pytestmark = pytest.mark.django_db

D = dt.date(2026, 6, 30)
OFFICER, COLLEAGUE = "mttq-24.can_bo_1", "mttq-24.can_bo_2"
CHAIR, HEAD, CLERK = "mttq-24.chu_tich", "mttq-24.truong_doan", "mttq-24.van_thu"
TYPED: dict[str, Any] = {
    "text": "Đề nghị sửa cầu thôn.",
    "channel": "letter",
    "received_on": D - dt.timedelta(days=20),
    "sphere": "government",
    "author_kind": "citizen",
}


def collecting() -> Driver:
    """A collection that has received eleven opinions and still takes more."""
    return tell("o1", D, until=-7)


def receive(driver: Driver, *, by: str = OFFICER, key: str = "k", **other: Any) -> Opinion:
    at = driver.at(-6)
    return opinions.receive(actor=world.actor(by), case=driver.case, data={**TYPED, **other}, key=key, at=at)


def sort(driver: Driver, number: int, *, by: str, **data: Any) -> None:
    opinions.sort(actor=world.actor(by), opinion=driver.opinion(number), data=data, at=driver.at(-5))


# -- receiving -----------------------------------------------------------------------------


def test_an_opinion_sent_twice_is_kept_once_and_another_page_s_key_records_nothing() -> None:
    driver = collecting()
    first = receive(driver)
    assert receive(driver) == first and first.number == 12
    with pytest.raises(AlreadyDone):
        receive(driver, by=COLLEAGUE)
    assert str(first) == f"{driver.case.code}/YK-012"


def test_an_opinion_without_a_name_is_taken_where_the_organization_says_so() -> None:
    driver = collecting()
    assert receive(driver, author_kind="anonymous").source.name == ""
    with pytest.raises(InvalidInput) as refused:
        receive(driver, key="k2", author_kind="anonymous", name="Ông mẫu")
    assert set(refused.value.errors) == {"name"}
    lead = driver.case.lead
    set_term(organization=lead, key="anonymous_opinions", value=0, by=None, at=driver.at(-6))
    with pytest.raises(InvalidInput) as refused:
        receive(driver, key="k3", author_kind="anonymous")
    assert set(refused.value.errors) == {"author_kind"}


def test_nothing_is_received_once_receiving_has_ended_nor_by_another_organization() -> None:
    driver = collecting()
    with pytest.raises(Hidden):
        receive(driver, by="phn-24.can_bo")
    driver.do(-5, OFFICER, "collect")
    with pytest.raises(WrongState):
        receive(driver)


def test_every_mistake_of_a_phase_is_named_before_it_ends() -> None:
    driver = collecting()
    driver.do(-5, OFFICER, "collect")
    with pytest.raises(InvalidInput) as refused:
        driver.do(-5, OFFICER, "sort")
    assert "1, 2, 3" in str(refused.value.errors["note"][0])


def store_scan(by: str, at: dt.datetime) -> Attachment:
    return store(SimpleUploadedFile("thu-cua-ba-mau.pdf", pdf()), by=world.actor(by).mandate, at=at)


def test_the_scan_of_a_letter_is_open_to_its_receiver_and_the_heads_alone() -> None:
    """No colleague, though it was uploaded in their organization; once routed out the other heads neither."""
    driver = collecting()
    scan = store_scan(OFFICER, driver.at(-6))
    opinion = receive(driver, files=[scan])
    address, page = f"/tep/{scan.public_id}/", f"/y-kien/{opinion.public_id}/"

    def statuses() -> list[int]:
        return [client_of(who).get(address).status_code for who in (OFFICER, CHAIR, HEAD, COLLEAGUE, CLERK)]

    with time_machine.travel(driver.at(-5), tick=True):
        assert statuses() == [200, 200, 200, 404, 404]
        assert address in html_of(client_of(OFFICER).get(page))
        assert "thu-cua-ba-mau" not in html_of(client_of(COLLEAGUE).get(page))
        slip = {"to_label": "Cơ quan có thẩm quyền", "sent_on": driver.day(-5), "note": "Chuyển kín."}
        sort(driver, opinion.number, by=OFFICER, kind="denunciation", **slip)
        assert statuses() == [200, 200, 404, 404, 404]


def test_a_refused_file_is_named_with_the_other_mistakes_and_a_good_one_is_kept() -> None:
    driver = collecting()
    address = f"/ho-so/{driver.case.public_id}/y-kien/moi/"
    typed = {"text": "Sửa cầu", "channel": "letter", "sphere": "party", "author_kind": "citizen", "key": "a"}
    with time_machine.travel(driver.at(-6), tick=True):
        client = client_of(OFFICER)
        sent = [SimpleUploadedFile("thu.pdf", pdf()), SimpleUploadedFile("thu.exe", b"MZ")]
        wrong = client.post(address, typed | {"files": sent})
        page = html_of(wrong)
        assert wrong.status_code == 422 and "thu.exe" in page and "Ngày nhận" in page and "Sửa cầu" in page
        kept = Attachment.objects.get()
        opened = [client_of(who).get(f"/tep/{kept.public_id}/").status_code for who in (OFFICER, COLLEAGUE)]
        assert opened == [200, 404], "it is no colleague's while the form still has mistakes"
        done = client.post(address, typed | {"received_on": "20 06 2026", "files-giu": kept.public_id})
    assert done.status_code == 302
    assert list(Opinion.objects.get(number=12).source.files.all()) == [kept]


def test_the_receipt_promises_the_time_that_the_compilation_will_ask_for() -> None:
    driver = collecting()

    def receipt(number: int) -> str:
        address = f"/y-kien/{driver.opinion(number).public_id}/phieu/"
        return html_of(client_of(OFFICER).get(address))

    with time_machine.travel(driver.at(-6), tick=True):
        default = receipt(1)
        assert "30 ngày kể từ ngày nhận bản tổng hợp (số mặc định" in default
        terms = {"opinion_reply_days": 20, "opinion_reply_unit": WORKING_DAYS}
        for key, value in (terms | {"answer_clock_start": FROM_SENDING}).items():
            set_term(organization=driver.case.lead, key=key, value=value, by=None, at=driver.at(-6))
        assert "20 ngày làm việc kể từ ngày gửi bản tổng hợp (do" in receipt(1)
        party, other = (Organization.objects.filter(kind=kind)[0] for kind in ("party", "committee"))
        Opinion.objects.filter(pk=driver.opinion(1).pk).update(about=party)
        assert "11-QĐi/TW" not in receipt(1) and "20 ngày làm việc kể từ ngày gửi" in receipt(1)
        Opinion.objects.filter(pk=driver.opinion(1).pk).update(about=other)
        assert "cấp ủy" not in receipt(1)


# -- sorting -------------------------------------------------------------------------------


def test_a_denunciation_leaves_and_only_its_receiver_and_the_chair_can_read_it() -> None:
    driver = collecting()
    slip = {"to_label": "Cơ quan có thẩm quyền", "sent_on": driver.day(-5), "note": "Chuyển kín."}
    sort(driver, 6, by=COLLEAGUE, kind="denunciation", **slip)
    opinion = driver.opinion(6)
    assert opinion.routing.number == 1 and opinion.public_text == ""
    for who in (OFFICER, HEAD, CLERK):
        with pytest.raises((Hidden, NotAllowed)):
            opinions.identify(actor=world.actor(who), opinion=opinion, at=driver.at(-5))
    for who in (COLLEAGUE, CHAIR):
        opinions.identify(actor=world.actor(who), opinion=opinion, at=driver.at(-5))
    with pytest.raises(WrongState):
        sort(driver, 6, by=COLLEAGUE, kind="opinion", about=world.actor("ubnd-24.dau_moi").organization)
    assert opinion not in driver.case.opinions.filter(kind__in=["opinion", "reflection"])


@pytest.mark.parametrize("kind", ["complaint", "denunciation"])
def test_the_database_lets_no_complaint_be_worded_or_compiled(kind: str) -> None:
    driver = collecting()
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=driver.opinion(5).pk).update(
            kind=kind, public_text="x", cleared_at=driver.at(-5)
        )


def test_a_colleague_neither_reads_the_original_nor_sorts_it() -> None:
    driver = collecting()
    with pytest.raises((Hidden, NotAllowed)):
        sort(driver, 4, by=COLLEAGUE, kind="out_of_scope", note="Không")
    assert driver.opinion(4).kind == Opinion.Kind.UNSORTED


def test_a_look_at_the_author_is_recorded_and_the_record_names_nobody() -> None:
    driver = collecting()
    source = opinions.identify(actor=world.actor(HEAD), opinion=driver.opinion(4), at=driver.at(-5))
    assert source.name == "Công dân mẫu 31"
    event = Event.objects.filter(action="opinion.identified").get()
    assert event.data == {"number": 4} and "mẫu 31" not in str(Words.objects.filter(event=event).values())


def test_slips_are_listed_by_kind_and_collection_for_those_who_may_read_them() -> None:
    driver = tell("o1", D, until=-4)
    sixth = f"/y-kien/{driver.opinion(6).public_id}/phieu-chuyen/"
    with time_machine.travel(driver.at(-3), tick=True):
        chair, officer = client_of(CHAIR), client_of(OFFICER)
        every = html_of(chair.get("/phieu-chuyen/"))
        assert "Người có thẩm quyền giải quyết khiếu nại lần đầu" in every and sixth in every
        complaints = html_of(chair.get(f"/phieu-chuyen/?loai=complaint&dot={driver.case.public_id}"))
        assert "khiếu nại lần đầu" in complaints and sixth not in complaints
        own = html_of(officer.get("/phieu-chuyen/"))  # the sixth was received by a colleague
        assert "khiếu nại lần đầu" in own and sixth not in own
        assert officer.get(sixth).status_code == 404
        slip = html_of(chair.get(sixth))
        assert "Cơ quan có thẩm quyền giải quyết tố cáo" in slip and "CANARY" not in slip
        assert "Công dân mẫu" not in slip
        assert "phieu-chuyen" not in html_of(client_of(HEAD).get("/phieu-chuyen/")).split("<main")[1]
        queries(chair, "/phieu-chuyen/")


def test_opinions_are_compiled_by_field() -> None:
    """A suggested point is of one field, and the paper counts the fields; unsaid, they stand in no table."""
    driver = tell("o1", D, until=-6)
    fields = {4: "construction", 8: "culture", 9: "construction"}
    for told in script.read("o1"):
        if told.act == "sort_opinion":
            told.data["field"] = fields.get(told.data["number"])
        if -5 <= told.day < 0:
            script.perform(driver, told)
    province = world.actor("ubnd-24.dau_moi").organization
    of_province = [one for one in suggested(driver.case) if one["addressee"] == province.public_id]
    assert [len(one["opinions"]) for one in of_province] == [1, 2, 1]
    script.perform(driver, next(told for told in script.read("o1") if told.act == "draft_compilation"))
    context = driver.item("sign_compilation").document.context
    assert "Theo lĩnh vực: xây dựng, giao thông 02; văn hóa, thể thao 01." in context["body"]
    columns = {one["caption"][len("Ý kiến góp ý gửi ") :]: one["columns"] for one in context["tables"]}
    assert "Lĩnh vực" in columns.pop(province.name)
    assert not any("Lĩnh vực" in one for one in columns.values())


def test_every_opinion_is_in_exactly_one_point() -> None:
    driver = tell("o1", D, until=-1)
    body = world.actor("ubnd-24.dau_moi").organization
    one = {"addressee": body, "title": "T", "text": "X", "opinions": [driver.opinion(1), driver.opinion(2)]}
    with pytest.raises(InvalidInput) as refused:
        points = [one, one | {"opinions": [driver.opinion(2)]}]
        driver.do(0, OFFICER, "draft_compilation", summary="S", points=points)
    left, twice = map(str, refused.value.errors["points"])
    assert "số 3, 4, 7, 8, 9, 10, 11" in left and "số 2" in twice
    with pytest.raises(InvalidInput):  # a complaint is not offered
        points = [one | {"opinions": [driver.opinion(5)]}]
        driver.do(0, OFFICER, "draft_compilation", summary="S", points=points)


def test_whoever_comes_too_late_to_an_opinion_is_told_so_and_keeps_what_was_typed() -> None:
    """Routed out, or sorted otherwise, by another meanwhile: no page that looks as if it had been kept."""
    driver = collecting()
    routed, left = (f"/y-kien/{receive(driver, key=key).public_id}/" for key in ("a", "b"))
    slip = {"to_label": "Thanh tra tỉnh", "sent_on": driver.day(-5), "note": "Chuyển."}
    sort(driver, 12, by=CHAIR, kind="complaint", **slip)
    sort(driver, 13, by=CHAIR, kind="out_of_scope", note="Ngoài phạm vi.")
    sent = (
        {"viec": "phan-loai", "kind": "", "note": "LỜI ĐÃ GÕ"},
        {
            "viec": "bien-tap",
            "public_text": "LỜI ĐÃ GÕ",
        },
    )
    with time_machine.travel(driver.at(-5), tick=True):
        for address, typed in zip((routed, left), sent, strict=True):
            late = client_of(OFFICER).post(address, typed)
            assert late.status_code == 409 and "LỜI ĐÃ GÕ" in html_of(late), address


def test_the_slip_of_an_opinion_without_a_name_asks_nobody_to_answer_its_sender() -> None:
    driver = collecting()
    slip = {"to_label": "Thanh tra tỉnh", "sent_on": driver.day(-5), "note": "Chuyển."}
    told = {}
    for number, kind in enumerate(("citizen", "anonymous"), start=12):
        opinion = receive(driver, key=kind, author_kind=kind)
        sort(driver, number, by=OFFICER, kind="complaint", **slip)
        with time_machine.travel(driver.at(-5), tick=True):
            page = html_of(client_of(OFFICER).get(f"/y-kien/{opinion.public_id}/phieu-chuyen/"))
        told[kind] = ("Không ghi tên" in page, "cho người gửi" in page, "có trong bản gốc" in page)
        assert "theo quy định của pháp luật" not in page
    assert told == {"citizen": (False, True, True), "anonymous": (True, False, False)}


# -- nobody learns who wrote -----------------------------------------------------------------


def secrets() -> list[str]:
    """Names, contacts, and the words of what was routed out."""
    found = {value for row in OpinionSource.objects.all() for value in (row.name, row.contact) if value}
    return sorted(found | {"CANARY-KN", "CANARY-TC", "bệnh tim"})


LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
CHANGES = re.compile(r"dang-xuat|tu-cach|\.pdf$|/static/|doi-mat-khau|ngon-ngu|/en/|loai=|huong-dan|thu-mau")


def is_public(address: str) -> bool:
    """Whether the page is the same for every reader (tests/portal/test_pages.py): it is read once."""
    return resolve(address.partition("?")[0]).func.__module__.startswith("supervision.portal")


def pages(client: Client, starts: list[str], *, public: bool) -> Iterator[tuple[str, str]]:
    """Yield every page that the reader is led to from `starts`, and the text of every print."""
    seen, waiting = set(), list(starts)
    while waiting:
        address = waiting.pop()
        if address in seen or is_public(address) is not public:
            continue
        seen.add(address)
        response = client.get(address)
        if response.status_code != 200:
            continue
        if response["Content-Type"].startswith("application/pdf"):
            with pikepdf.open(io.BytesIO(b"".join(response))) as pdf:
                yield address, str(pdf.docinfo)
            continue
        html = html_of(response)
        yield address, html
        for link in LINK.findall(html):
            link = link.replace("&amp;", "&")
            if not CHANGES.search(link):
                waiting.append(link)


def readers(case: Any) -> list[str]:
    """One of each duty of every body in the collection, and strangers."""
    return [
        COLLEAGUE, CLERK, OFFICER, "mttq-24.quan_tri", "mttq-24.chuyen_gia_1",
        "ubnd-24.dau_moi", "so-nv-24.lanh_dao", "phn-24.can_bo", "mttq.tiep_nhan", "mttq-24-24m01.can_bo",
    ]  # fmt: skip


def starts_of(case: Case, who: Actor, on: dt.date) -> list[str]:
    """Where a reader's walk begins: the lists, and every object of the collection they may see."""

    def may_see(rows: Any) -> list[str]:
        return list(policy.visible(who, rows, on=on).values_list("public_id", flat=True))

    return [
        *("/viec-cua-toi/", "/ho-so/", "/van-ban/", "/phieu-chuyen/", f"/ho-so/{case.public_id}/"),
        f"/ho-so/{case.public_id}/y-kien/",
        *(
            f"/y-kien/{one}/{end}"
            for one in may_see(case.opinions.all())
            for end in ("", "phieu/", "phieu-chuyen/")
        ),
        *(f"/kien-nghi/{one}/" for one in may_see(case.recommendations.all())),
        *(f"/viec-cua-toi/{one}/" for one in may_see(case.work_items.filter(finished_at=None))),
    ]


def no_table_says(hidden: list[str]) -> None:
    """Events, notices, papers, receipts, working copies, the publication and the search row: none of it."""
    tables: list[Any] = [Event, Notice, Document, DoneAct, WorkingCopy, Publication, SearchRow, Opinion]
    for model in [*tables, Words, Case, Record, Recommendation, Reply]:
        rows = str(list(model.objects.values()))
        assert [word for word in hidden if word in rows] == [], model


def test_nobody_is_shown_who_wrote_on_any_page_paper_record_or_search() -> None:
    """Every page of the collection as each other person; the original is there for its receiver alone."""
    driver = tell("o1", D)
    case, hidden = driver.case, secrets()
    assert len(hidden) > 10
    no_table_says(hidden)
    # what is public or a colleague's original says these two itself, in its own words
    told = OpinionSource.objects.exclude(contact="").exclude(opinion__number__in=(4, 10))
    contacts = [one.contact for one in told]
    with time_machine.travel(driver.at(60), tick=True):
        for who in readers(case):
            reader = world.actor(who)
            received = case.opinions.filter(received_by=reader.mandate)
            own = {f"/y-kien/{one.public_id}/" for one in received}
            count = 0
            for address, text in pages(client_of(who), starts_of(case, reader, driver.day(60)), public=False):
                count += 1
                shown = [word for word in hidden if word in text]
                assert address in own or not shown, (who, address, shown)
                assert not [one for one in contacts if one in text], (who, address)
            assert count > 3, who
        walk = pages(Client(), ["/", "/ket-luan/", "/ket-luan/?q=mau+31"], public=True)
        walked = {address: [word for word in hidden if word in text] for address, text in walk}
        assert len(walked) > 10 and not any(walked.values()), walked


def test_the_author_is_shown_on_request_to_the_receiver_and_refused_to_a_colleague() -> None:
    driver = collecting()
    address = f"/y-kien/{driver.opinion(4).public_id}/nguoi-gui/"
    with time_machine.travel(driver.at(-5), tick=True):
        shown = client_of(OFFICER).post(address)
        assert "Công dân mẫu 31" in html_of(shown) and shown["Cache-Control"] == "no-store"
        assert client_of(COLLEAGUE).post(address).status_code == 404
        assert client_of(OFFICER).get(address).status_code == 405
    assert Mandate.objects.exists()


# -- pages ---------------------------------------------------------------------------------


def test_sixty_opinions_on_a_phone_each_page_ready_for_the_next() -> None:
    """What repeats is kept, text and author are not; a mistake loses nothing."""
    driver = collecting()
    address = f"/ho-so/{driver.case.public_id}/y-kien/moi/"
    with time_machine.travel(driver.at(-6), tick=True):
        client = client_of(OFFICER)
        typed = {
            "text": "Sửa cầu", "channel": "mailbox", "sphere": "party", "author_kind": "citizen",
            "received_on": "20 06 2026", "name": "Bà mẫu", "key": "a",
        }  # fmt: skip
        wrong = client.post(address, typed | {"channel": ""})
        assert wrong.status_code == 422 and "Sửa cầu" in html_of(wrong)
        done = client.post(address, typed)
        page = html_of(client.get(done["Location"]))
        assert "Đã nhận ý kiến số 12" in page and "Sửa cầu" not in page and "Bà mẫu" not in page
        assert re.search(r'value="mailbox"[^>]* checked', page)
        assert client.post(address, typed)["Location"] == done["Location"]
    assert driver.case.opinions.count() == 12


def test_another_opinion_typed_over_a_form_that_was_sent_is_not_lost_behind_its_receipt() -> None:
    driver = collecting()
    address = f"/ho-so/{driver.case.public_id}/y-kien/moi/"
    typed = {
        "text": "Sửa cầu", "channel": "mailbox", "sphere": "party", "author_kind": "citizen",
        "received_on": "20 06 2026", "name": "Bà mẫu", "key": "a",
    }  # fmt: skip
    other = typed | {"text": "Sửa đường nước", "name": "Ông mẫu"}
    with time_machine.travel(driver.at(-6), tick=True):
        client = client_of(OFFICER)
        assert client.post(address, typed).status_code == 302
        again = client.post(address, other)
        page = again.content.decode()
        assert again.status_code == 409 and driver.case.opinions.count() == 12
        assert "nội dung khác" in page and "Sửa đường nước" in page and "Ông mẫu" in page
        key = re.search(r'name="key" value="([^"]+)"', page)
        assert key and key[1] != "a"
        assert client.post(address, other | {"key": key[1]}).status_code == 302
    assert list(OpinionSource.objects.order_by("pk").values_list("text", flat=True))[-2:] == [
        "Sửa cầu",
        "Sửa đường nước",
    ]


def test_the_list_of_opinions_costs_the_same_for_ten_and_for_hundreds() -> None:
    driver = collecting()
    for number in range(30):
        receive(driver, key=f"n{number}")
    with time_machine.travel(driver.at(-5), tick=True):
        queries(client_of(OFFICER), f"/ho-so/{driver.case.public_id}/y-kien/")
        queries(client_of(OFFICER), f"/y-kien/{driver.opinion(4).public_id}/")
