"""Told once inside, mailed at least once outside, with a link and nothing of the case."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone

from supervision.notices.kinds import KINDS
from supervision.notices.models import Notice
from supervision.notices.services import (
    BACK_OFF,
    LEASE,
    dead_letters,
    deliver_due,
    notices_of,
    recipients,
    tell,
    try_again,
)
from tests.organizations.makers import DEPARTMENT, FRONT, a_mandate, a_user, an_organization

pytestmark = pytest.mark.django_db
AT = timezone.make_aware(dt.datetime(2026, 11, 24, 9))
TODAY = AT.date()
TITLE = "Yêu cầu báo cáo: giám sát cấp giấy chứng nhận quyền sử dụng đất"


class BrokenServer(BaseEmailBackend):
    def send_messages(self, messages: list) -> int:
        raise ConnectionRefusedError("no mail server")


BROKEN = f"{__name__}.BrokenServer"


def told(key: str = "inquiry.sent:41", **more) -> Notice:
    facts = {
        "key": key,
        "kind": "inquiry.sent",
        "organization": an_organization(DEPARTMENT),
        "title": TITLE,
        "address": "/viec-cua-toi/7/",
        "case_code": "",
        "at": AT,
    }
    return tell(**(facts | more))


def a_responder(email: str = "dau-moi@example.vn", **more):
    return a_mandate(DEPARTMENT, "agency_responder", email=email, **more)


def test_the_same_event_is_told_to_a_recipient_once() -> None:
    person = a_responder()
    assert told() == told(title="another try")
    assert told(mandate=person) == told(mandate=person)
    assert told(organization=an_organization("so-yt-24")) != told()
    assert Notice.objects.count() == 3


def test_telling_is_undone_with_the_event_that_caused_it() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        told()
        raise RuntimeError
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "no.such"}, {"address": "https://elsewhere.example/"}, {"address": "//elsewhere.example/"}],
)
def test_a_wrong_kind_or_an_address_elsewhere_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match=r"unknown kind|leads to a path"):
        told(**wrong)


def test_a_mandate_of_another_organization_is_refused() -> None:
    with pytest.raises(ValueError, match="another organization"):
        told(mandate=a_mandate(FRONT, "officer"))


def test_the_mail_has_a_link_and_nothing_of_the_case(settings) -> None:
    settings.PUBLIC_URL = "https://giamsat.example.vn"
    a_responder()
    notice = told()
    assert deliver_due(at=AT).sent == 1
    (message,) = mail.outbox
    text = f"{message.subject}\n{message.body}"
    assert "https://giamsat.example.vn/viec-cua-toi/7/" in message.body
    assert "Sở Nông nghiệp và Môi trường tỉnh Bắc Ninh" in message.body
    assert "giấy chứng nhận" not in text and TITLE not in text
    assert message.extra_headers["Message-ID"] == f"<notice-{notice.pk}@example.vn>"
    assert not message.attachments


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_makes_a_mail(kind: str) -> None:
    a_mandate(FRONT, "chair", email="a@example.vn")
    a_mandate(FRONT, "officer", email="b@example.vn")
    told(kind=kind, organization=an_organization(FRONT))
    deliver_due(at=AT)
    (message,) = mail.outbox
    assert KINDS[kind].subject.vi in message.subject


def test_a_mail_goes_to_fitting_mandates_in_force_only() -> None:
    day = dt.timedelta(days=1)
    a_responder("in-force@example.vn")
    a_mandate(DEPARTMENT, "administrator", email="wrong-duty@example.vn")
    a_responder("lapsed@example.vn", until_on=TODAY - day)
    a_responder("not-yet@example.vn", from_on=TODAY + day)
    a_responder("")
    a_mandate("so-yt-24", "agency_responder", email="other@example.vn")
    gone = a_responder("gone@example.vn")
    gone.user.is_active = False
    gone.user.save()
    assert recipients(told(), TODAY) == ["in-force@example.vn"]


def test_a_person_with_two_fitting_mandates_gets_one_mail() -> None:
    person = a_user(email="hai@example.vn")
    a_mandate(DEPARTMENT, "agency_responder", user=person)
    a_mandate(DEPARTMENT, "agency_leader", user=person)
    assert recipients(told(), TODAY) == ["hai@example.vn"]


def test_a_notice_to_one_mandate_is_mailed_to_that_person() -> None:
    a_responder("other@example.vn")
    me = a_responder("me@example.vn")
    assert recipients(told(mandate=me), TODAY) == ["me@example.vn"]


def test_in_the_app_a_mandate_reads_its_own_notices_and_those_for_its_duty() -> None:
    me, colleague = a_responder(), a_responder("other@example.vn")
    administrator = a_mandate(DEPARTMENT, "administrator")
    stranger = a_mandate("so-yt-24", "agency_responder")
    shared, mine = told(), told("task.assigned:1", kind="task.assigned", mandate=me)
    assert list(notices_of(me)) == [mine, shared]
    assert list(notices_of(colleague)) == [shared]
    assert not notices_of(administrator).exists() and not notices_of(stranger).exists()


def test_without_an_address_the_notice_stands_and_nothing_is_tried_again() -> None:
    notice = told()
    deliver_due(at=AT)
    notice.refresh_from_db()
    assert (notice.sent_at, notice.recipients, mail.outbox) == (AT, 0, [])


def test_nothing_is_mailed_twice_nor_before_its_time() -> None:
    a_responder()
    told(at=AT + dt.timedelta(hours=1))
    assert deliver_due(at=AT).sent == 0
    assert deliver_due(at=AT + dt.timedelta(hours=1)).sent == 1
    assert deliver_due(at=AT + dt.timedelta(hours=2)).sent == 0


def test_a_failed_mail_waits_longer_each_time_and_ends_as_a_dead_letter(settings) -> None:
    a_responder()
    notice = told()
    settings.EMAIL_BACKEND, working = BROKEN, settings.EMAIL_BACKEND
    now = AT
    for wait in BACK_OFF:
        assert deliver_due(at=now).failed == 1
        notice.refresh_from_db()
        assert notice.next_try_at == now + wait
        assert "no mail server" in notice.last_error
        assert deliver_due(at=now + wait - dt.timedelta(seconds=1)).failed == 0
        now += wait
    last = deliver_due(at=now)
    assert (last.failed, last.dead) == (1, 1)
    assert list(dead_letters()) == [notice]
    settings.EMAIL_BACKEND = working
    assert deliver_due(at=now + dt.timedelta(days=9)).sent == 0
    try_again(notice, at=now)
    assert deliver_due(at=now).sent == 1
    assert not dead_letters().exists()


def test_one_bad_mail_does_not_hold_up_the_others(settings) -> None:
    a_responder()
    told("inquiry.sent:1")
    settings.EMAIL_BACKEND, working = BROKEN, settings.EMAIL_BACKEND
    deliver_due(at=AT)
    settings.EMAIL_BACKEND = working
    told("inquiry.sent:2")
    assert deliver_due(at=AT).sent == 1


def test_a_run_takes_at_most_its_limit_oldest_first() -> None:
    a_responder()
    for number in range(3):
        told(f"inquiry.sent:{number}", at=AT + dt.timedelta(minutes=number))
    assert deliver_due(at=AT + dt.timedelta(hours=1), limit=2).sent == 2
    assert Notice.objects.get(sent_at__isnull=True).key == "inquiry.sent:2"


def test_a_worker_that_died_while_sending_is_followed_by_another_with_the_same_message_id(settings) -> None:
    class Killed(BaseException):
        """What a kill looks like from inside: no clean-up runs."""

    class DyingServer(BaseEmailBackend):
        def send_messages(self, messages: list) -> int:
            mail.outbox.extend(messages)
            raise Killed

    globals()["DyingServer"] = DyingServer
    a_responder()
    notice = told()
    settings.EMAIL_BACKEND, working = f"{__name__}.DyingServer", settings.EMAIL_BACKEND
    with pytest.raises(Killed):
        deliver_due(at=AT)
    settings.EMAIL_BACKEND = working
    assert deliver_due(at=AT + LEASE - dt.timedelta(seconds=1)).sent == 0
    assert deliver_due(at=AT + LEASE).sent == 1
    assert {m.extra_headers["Message-ID"] for m in mail.outbox} == {f"<notice-{notice.pk}@example.vn>"}


def test_two_workers_at_once_mail_each_notice_once(fresh_db: None) -> None:
    a_responder()
    count = 12
    for number in range(count):
        told(f"inquiry.sent:{number}")
    start = threading.Barrier(2)
    sent = []

    def work() -> None:
        start.wait()
        try:
            sent.append(deliver_due(at=AT).sent)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    ids = [m.extra_headers["Message-ID"] for m in mail.outbox]
    assert sum(sent) == len(ids) == len(set(ids)) == count


def test_two_tellers_at_once_leave_one_notice(fresh_db: None) -> None:
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        try:
            told()
        finally:
            connection.close()

    tellers = [threading.Thread(target=work) for _ in range(2)]
    for teller in tellers:
        teller.start()
    for teller in tellers:
        teller.join()
    assert Notice.objects.count() == 1
