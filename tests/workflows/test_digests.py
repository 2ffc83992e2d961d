"""The morning mail: once a working day at seven in Viet Nam, each notice in one, by case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.language.dates import VIETNAM
from supervision.notices.choices import choose_mail
from supervision.notices.digests import dead_digests, deliver_digests, gather
from supervision.notices.models import Digest, MailChoice, Notice
from supervision.notices.services import BACK_OFF, deliver_due, tell
from supervision.organizations.models import Mandate
from supervision.web.management.commands.doctor import mails_given_up
from tests.notices.test_notices import BROKEN
from tests.organizations.makers import a_mandate, an_organization
from tests.stages import AGENCIES, drafter
from tests.told import tell as tell_story
from tests.workflows.test_reminders import at_once

Start = Callable[[str], Driver]
FIRST = AGENCIES[0]
#: A Tuesday; Saturday 28 and Sunday 29 November are days off.
TUESDAY = dt.date(2026, 12, 1)
How = MailChoice.How


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), VIETNAM)


def days(number: int) -> dt.date:
    return TUESDAY + dt.timedelta(days=number)


@pytest.fixture
def driver(stage: Start) -> Iterator[Driver]:
    """A case at the agency; what was told on the way there is settled."""
    made = stage("asked")
    Notice.objects.update(sent_at=moment(days(-30), 8))
    mail.outbox.clear()
    yield made


@pytest.fixture
def person(driver: Driver) -> Mandate:
    """The agency's responder, who wants one mail each morning."""
    mandate = actor(drafter(FIRST)).mandate
    choose_mail(user=mandate.user, how=How.MORNING, at=moment(days(-5), 9))
    return mandate


def told(driver: Driver, key: str, at: dt.datetime, **more: Any) -> Notice:
    facts = {
        "kind": "inquiry.sent",
        "organization": an_organization(FIRST),
        "title": "Nội dung hồ sơ",
        "address": f"/yeu-cau/{driver.inquiry(FIRST).public_id}/",
        "case_code": driver.case.code,
    }
    return tell(key=key, at=at, **(facts | more))


def tick(at: dt.datetime) -> int:
    gather(at=at)
    return deliver_digests(at=at)


def test_one_mail_at_seven_by_case_and_nothing_of_the_case_in_it(driver: Driver, person: Mandate) -> None:
    told(driver, "a", moment(days(-1), 15))
    told(driver, "b", moment(days(-1), 16), kind="deadline.near")
    told(
        driver,
        "c",
        moment(TUESDAY, 6, 59),
        address="/lich-cua-toi/",
        kind="succession.heir_needed",
        case_code="",
    )
    told(driver, "d", moment(TUESDAY, 6, 59), address="/ho-so/khong-con/", case_code="")
    deliver_due(at=moment(TUESDAY, 6, 59))
    assert person.user.email not in [to for message in mail.outbox for to in message.to], "not at once"
    mail.outbox.clear()
    assert tick(moment(TUESDAY, 6, 59)) == 0
    assert tick(moment(TUESDAY, 7)) == 1
    (message,) = mail.outbox
    assert message.to == [person.user.email] and message.subject == "Tin buổi sáng: 3 thông báo"
    assert message.body.count(f"Hồ sơ {driver.case.code}") == 1
    assert message.body.index("Hồ sơ") < message.body.index("Sắp đến hạn") < message.body.index("Việc khác")
    assert "Nội dung hồ sơ" not in message.body and driver.case.title not in message.body
    assert message.body.count("http") == 3


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["c1", "plan", "s3a", "dialogue"])
def test_a_notice_knows_its_case_wherever_it_leads(name: str) -> None:
    case = tell_story(name, dt.date(2026, 3, 24)).case
    notices = Notice.objects.exclude(case_code=case.code)
    assert set(notices.values_list("kind", flat=True)) <= {"substitution.recorded"}
    assert Notice.objects.filter(case_code=case.code).count() > 3


def test_each_notice_is_in_one_mail_also_after_a_stop(driver: Driver, person: Mandate) -> None:
    told(driver, "a", moment(days(-1), 15))
    assert tick(moment(TUESDAY, 7)) == 1
    assert tick(moment(TUESDAY, 7, 1)) == 0
    told(driver, "b", moment(TUESDAY, 8))
    told(driver, "c", moment(days(1), 8))
    assert tick(moment(TUESDAY, 23)) == 0, "what came after seven waits for the morning"
    told(driver, "d", moment(days(3), 9))  # no worker on Wednesday and Thursday
    assert tick(moment(days(3), 10)) == 1
    assert tick(moment(days(4), 9)) == tick(moment(days(5), 9)) == 0, "Saturday and Sunday"
    assert tick(moment(days(6), 7)) == 1
    counts = [message.subject for message in mail.outbox]
    assert counts == [f"Tin buổi sáng: {number} thông báo" for number in (1, 2, 1)]
    assert set(Digest.notices.through.objects.values_list("notice__key", flat=True)) >= set("abcd")
    assert Digest.notices.through.objects.filter(notice__key__in="abcd").count() == 4


def test_a_day_without_news_has_no_mail(driver: Driver, person: Mandate) -> None:
    assert tick(moment(TUESDAY, 7)) == 0
    told(driver, "a", moment(TUESDAY, 6))  # written late: it comes tomorrow
    assert tick(moment(TUESDAY, 9)) == 0
    assert tick(moment(days(1), 7)) == 1


def test_two_workers_at_once_send_one(driver: Driver, person: Mandate) -> None:
    told(driver, "a", moment(days(-1), 15))
    at_once(2, lambda: tick(moment(TUESDAY, 7)))
    assert Digest.objects.count() == 1
    assert len([one for one in mail.outbox if one.to == [person.user.email]]) == 1


def test_a_broken_mail_server_delays_the_mail_and_loses_nothing(
    driver: Driver, person: Mandate, settings: Any
) -> None:
    told(driver, "a", moment(days(-1), 15))
    sound, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, BROKEN
    assert tick(moment(TUESDAY, 7)) == 0
    settings.EMAIL_BACKEND = sound
    assert tick(moment(TUESDAY, 7)) == 0, "it waits before it tries again"
    assert tick(moment(TUESDAY, 7, 5)) == 1


def test_at_once_is_the_default_and_never_is_never(driver: Driver, person: Mandate) -> None:
    other = a_mandate(FIRST, "agency_responder", email="ngay@example.vn")
    choose_mail(user=person.user, how=How.NEVER, at=moment(days(-1), 9))
    told(driver, "a", moment(days(-1), 15))
    deliver_due(at=moment(days(-1), 15))
    mailed = [to for message in mail.outbox for to in message.to]
    assert other.user.email in mailed and person.user.email not in mailed
    assert tick(moment(TUESDAY, 7)) == 0


def test_what_was_mailed_at_once_is_not_told_again_in_the_morning(driver: Driver, person: Mandate) -> None:
    choose_mail(user=person.user, how=How.AT_ONCE, at=moment(days(-1), 9))
    told(driver, "a", moment(days(-1), 15))
    deliver_due(at=moment(days(-1), 15))
    choose_mail(user=person.user, how=How.MORNING, at=moment(days(-1), 16))
    told(driver, "b", moment(days(-1), 17))
    deliver_due(at=moment(days(-1), 17))
    mail.outbox.clear()
    assert tick(moment(TUESDAY, 7)) == 1
    assert mail.outbox[0].subject == "Tin buổi sáng: 1 thông báo"


def test_gathering_costs_the_same_for_two_people_and_for_sixty(driver: Driver) -> None:
    counted = {}
    for number, day in ((2, TUESDAY), (60, days(1))):
        for one in range(number):
            mandate = a_mandate(FIRST, "agency_responder", email=f"n{number}-{one}@example.vn")
            choose_mail(user=mandate.user, how=How.MORNING, at=moment(days(-2), 9))
        told(driver, f"k{number}", moment(day - dt.timedelta(days=1), 9))
        with CaptureQueriesContext(connection) as seen:
            assert gather(at=moment(day, 7)) >= number
        counted[number] = len(seen)
    assert counted[2] == counted[60] <= 14, counted


def test_who_turns_to_mails_at_once_gets_what_waited_in_one_last_mail(
    driver: Driver, person: Mandate
) -> None:
    told(driver, "a", moment(days(-1), 15))
    told(driver, "b", moment(TUESDAY, 7, 30))
    assert tick(moment(TUESDAY, 7)) == 1, "today's own is out already"
    deliver_due(at=moment(TUESDAY, 8))
    choose_mail(user=person.user, how=How.AT_ONCE, at=moment(TUESDAY, 9))
    told(driver, "c", moment(TUESDAY, 9, 5))
    mail.outbox.clear()
    assert tick(moment(TUESDAY, 9, 6)) == 1
    (last,) = mail.outbox
    assert last.subject == "Tin buổi sáng: 1 thông báo", "b alone; c is mailed at once"
    deliver_due(at=moment(TUESDAY, 9, 6))
    assert [one for one in mail.outbox[1:] if person.user.email in one.to]
    choose_mail(user=person.user, how=How.MORNING, at=moment(TUESDAY, 10))
    told(driver, "d", moment(TUESDAY, 10, 5))
    choose_mail(user=person.user, how=How.NEVER, at=moment(TUESDAY, 11))
    assert tick(moment(days(1), 9)) == 0, "no mail is no mail"


class ChoiceTurns(EmailBackend):
    """A mail server that takes so long that people turn from morning mails to mails at once meanwhile."""

    def send_messages(self, messages: Sequence[mail.EmailMessage]) -> int:
        for choice in MailChoice.objects.filter(how=How.MORNING):
            choose_mail(user=choice.user, how=How.AT_ONCE, at=moment(TUESDAY, 9))
        return super().send_messages(messages)


def test_what_is_being_mailed_while_the_choice_turns_is_in_the_last_mail(
    driver: Driver, person: Mandate, settings: Any
) -> None:
    told(driver, "a", moment(TUESDAY, 8))
    sound, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.ChoiceTurns"
    deliver_due(at=moment(TUESDAY, 9))
    assert person.user.email not in [to for message in mail.outbox for to in message.to]
    settings.EMAIL_BACKEND = sound
    mail.outbox.clear()
    assert tick(moment(TUESDAY, 9, 6)) == 1
    assert [message.to for message in mail.outbox] == [[person.user.email]]


def test_a_morning_mail_that_is_given_up_is_listed(driver: Driver, person: Mandate, settings: Any) -> None:
    told(driver, "a", moment(days(-1), 15))
    gather(at=moment(TUESDAY, 7))
    settings.EMAIL_BACKEND = BROKEN
    at = moment(TUESDAY, 7)
    for wait in (*BACK_OFF, BACK_OFF[-1]):
        assert not dead_digests().exists()
        assert deliver_digests(at=at) == 0
        at += wait
    assert [one.user for one in dead_digests()] == [person.user]
    ok, found = mails_given_up()
    assert not ok and person.user.username in found and "1 morning mails" in found
