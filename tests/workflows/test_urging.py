"""What is late is urged alike, answers to a criticism or a board's paper; another signs each letter."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from supervision.casefiles.models import Case
from supervision.cases.models import BoardSupervision, Criticism, Recommendation, Urging
from supervision.cases.services.ladder import Level, next_rung, target_of
from supervision.cases.services.urged import urged
from supervision.deadlines.models import Deadline
from supervision.demo import world
from supervision.demo.driver import Driver
from supervision.documents.models import Document
from supervision.errors import DomainError, WrongState
from supervision.law.terms import TO_COUNCIL
from supervision.notices.models import Notice
from supervision.organizations.services import set_term
from supervision.publication.models import FollowUp
from tests.markup import html_of
from tests.told import tell
from tests.web.test_limits import client_of
from tests.workflows import agreement
from tests.workflows.test_boards import CHAIR as COMMUNE_CHAIR
from tests.workflows.test_boards import OFFICER as COMMUNE_OFFICER
from tests.workflows.test_boards import S3A, S3B
from tests.workflows.test_criticisms import C1, CHAIR, DRAFTER, OFFICER
from workflows.acts import urging
from workflows.sweeps import escalation

pytestmark = pytest.mark.django_db


def fresh(row: Criticism) -> Criticism:
    return Criticism.objects.select_related("case__lead", "draft", "addressee").get(pk=row.pk)


@pytest.fixture
def unanswered() -> tuple[Driver, Criticism, int]:
    """A published criticism that was received and not answered, and the first late day."""
    driver = tell("c1", C1, until=8)
    row = fresh(driver.case.criticism)
    if row.reply_deadline is None:
        driver.do(9, DRAFTER, "receive_criticism", row)
        row = fresh(row)
    return driver, row, (row.reply_deadline.due_on - driver.first_day).days + 1


def test_answers_that_do_not_come_are_urged_and_then_brought_to_the_competent_body(
    unanswered: tuple[Driver, Criticism, int],
) -> None:
    driver, row, late = unanswered
    officer = world.actor(OFFICER)
    with pytest.raises(WrongState, match="chưa quá hạn"):
        urging.urge(actor=officer, subject=row, text="Đề nghị trả lời", at=driver.at(late - 1))
    assert next_rung(row, driver.day(late - 1)) is None
    assert escalation.tell_rungs(at=driver.at(late)) == 1 and escalation.tell_rungs(at=driver.at(late)) == 0
    assert Notice.objects.get(kind="answer.rung").address == f"/phan-bien/{row.public_id}/"
    address = f"/phan-bien/{row.public_id}/"
    with time_machine.travel(driver.at(late), tick=True):
        client = client_of(OFFICER)
        assert "Đôn đốc lần 1" in html_of(client.get(address))
        drafted = html_of(client.get(f"{address}don-doc/"))
        assert "ý kiến chưa được trả lời" in drafted and "Điều 35" in drafted
        assert client.post(f"{address}don-doc/", {"text": "Đề nghị trả lời từng ý kiến."}).status_code == 302
        item = driver.item("sign_letter")
        signing = html_of(client_of(CHAIR).get(f"/viec-cua-toi/{item.public_id}/"))
        assert "Điều 35" in signing and "khoản 7 Điều 28" not in signing
        assert "don-doc/" not in html_of(client_of(DRAFTER).get(address))
        assert client_of(DRAFTER).get(f"{address}don-doc/").status_code == 403
    driver.do(late, CHAIR, "sign_letter", decision="return", reason="Nêu rõ ý kiến nào")
    driver.do(late + 1, OFFICER, "mend_letter", decision="again", text="Đề nghị trả lời từng ý kiến.")
    letter = driver.sign(late + 1, CHAIR, "sign_letter")
    assert letter and "đã quá hạn 02 ngày" in letter.context["body"]
    assert letter.kind == "urging_letter" and "văn bản phản biện" in letter.subject
    assert list(row.urgings.values_list("level", "ordinal")) == [("urge", 1)]
    assert Notice.objects.filter(kind="recommendation.urged", organization=row.addressee).exists()
    if newest := FollowUp.objects.order_by("pk").last():
        assert "Đã đôn đốc lần 1" in str(newest.data["front"])
    with pytest.raises(DomainError, match="lần đôn đốc trước khi"):
        urging.escalate(actor=officer, subject=row, to=row.addressee, text="Đề nghị", at=driver.at(late))
    urging.urge(actor=officer, subject=row, text="Đề nghị trả lời", at=driver.at(late + 10))
    driver.sign(late + 10, CHAIR, "sign_letter")
    rung = next_rung(fresh(row), driver.day(late + 20))
    assert rung and rung.level is Level.ESCALATE
    to = target_of(row, driver.day(late + 20))
    assert to == row.addressee.superior
    set_term(organization=row.case.lead, key="ladder_target", value=TO_COUNCIL, by=None, at=driver.at(late))
    council = target_of(row, driver.day(late + 20))
    assert council and council.kind == "council" and council.territory_id == row.case.lead.territory_id
    urging.escalate(actor=officer, subject=row, to=council, text="Xem xét", at=driver.at(late + 20))
    driver.sign(late + 20, CHAIR, "sign_letter")
    assert row.urgings.filter(level=Urging.Level.ESCALATE).get().addressee == council
    agreement.check()


def test_an_investment_boards_paper_is_urged_by_the_article_on_its_own_boards() -> None:
    driver = tell("s3b", S3B, until=6)
    row = BoardSupervision.objects.select_related("case__lead", "board__organization", "settler").get()
    row.sent_at = driver.at(6)
    row.reply_deadline = Deadline(rule="S3_REPLY", due_on=driver.day(25))
    facts = urged(row).facts(driver.day(27), driver.day(25))
    assert "Thời hạn giải quyết là 15 ngày" in facts and "điểm c khoản 2 Điều 45" in facts
    assert "Điều 40" not in facts and urged(row).basis[0].label.vi in facts


def test_opinions_and_promises_are_not_urged_by_the_article_on_supervision() -> None:
    def said(form: str) -> str:
        row = Recommendation(case=Case(form=form))
        return "; ".join(one.label.vi for one in urged(row).basis)

    assert "khoản 7 Điều 28" in said("doan-giam-sat")
    assert "khoản 2 Điều 24" in said("gop-y") and "Điều 28" not in said("gop-y")
    assert said("doi-thoai-nhan-dan").startswith("Theo thực tiễn, luật không quy định:")


def test_a_letter_is_not_signed_once_nothing_is_late(unanswered: tuple[Driver, Criticism, int]) -> None:
    driver, row, late = unanswered
    urging.urge(actor=world.actor(OFFICER), subject=row, text="Đề nghị", at=driver.at(late))
    Criticism.objects.filter(pk=row.pk).update(state=Criticism.State.ANSWERED)
    with pytest.raises(WrongState, match="không còn quá hạn"):
        driver.do(late, CHAIR, "sign_letter", decision="sign")
    assert Document.objects.get(kind="urging_letter").state == Document.State.PREPARED


def test_the_front_urges_what_the_committee_has_not_settled_in_fifteen_days() -> None:
    driver = tell("s3a", S3A, until=13)  # sent on D+13, never acknowledged: the last day is D+28
    row = BoardSupervision.objects.select_related("case__lead", "board", "settler").get()
    officer, address = world.actor(COMMUNE_OFFICER), f"/ho-so/{driver.case.public_id}/"
    with pytest.raises(WrongState, match="chưa quá hạn"):
        urging.urge(actor=officer, subject=row, text="Đề nghị", at=driver.at(28))
    assert escalation.tell_rungs(at=driver.at(28)) == 0 and escalation.tell_rungs(at=driver.at(29)) == 1
    with time_machine.travel(driver.at(29), tick=True):
        client = client_of(COMMUNE_OFFICER)
        assert f"{address}don-doc/" in html_of(client.get(address))
        drafted = html_of(client.get(f"{address}don-doc/"))
        assert "chưa được tiếp nhận, chưa có kết quả" in drafted and "đã 16 ngày" in drafted
        assert "Thời hạn giải quyết" not in drafted, "the law counts from receipt"
        assert "điểm c khoản 1 Điều 40" in drafted and "điểm b khoản 1 Điều 11" in drafted
        assert client.post(f"{address}don-doc/", {"text": "Đề nghị giải quyết."}).status_code == 302
        item = driver.item("sign_letter")
        signing = html_of(client_of(COMMUNE_CHAIR).get(f"/viec-cua-toi/{item.public_id}/"))
        assert "điểm c khoản 1 Điều 40" in signing and "khoản 7 Điều 28" not in signing
    letter = driver.sign(29, COMMUNE_CHAIR, "sign_letter")
    assert letter and letter.case_link.addressees.get() == row.settler
    assert row.urgings.get().ordinal == 1
    with pytest.raises(WrongState, match="Ban đề nghị Mặt trận"):
        urging.escalate(actor=officer, subject=row, to=row.settler, text="Đề nghị", at=driver.at(40))
    urging.urge(actor=officer, subject=row, text="Đề nghị", at=driver.at(40))
    driver.sign(40, COMMUNE_CHAIR, "sign_letter")
    assert next_rung(row, dt.date(2026, 12, 1)) is None, "then the board asks the Front"
    agreement.check()
