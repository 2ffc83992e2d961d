"""On an overdue recommendation the next rung is proposed with its reasons, and told once when due."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.cases.models import Recommendation
from supervision.cases.services.ladder import Level, next_rung
from supervision.deadlines import services as deadlines
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents.models import Document
from supervision.notices.models import Notice
from supervision.notices.services import notices_of
from supervision.organizations.services import set_term
from tests.markup import html_of
from tests.stages import CHAIR, CLERK, DEPUTY, OFFICER, PROVINCE, drafter, go
from tests.web.test_bad_input import Desk
from tests.workflows.test_reminders import at_once
from workflows.acts import urging
from workflows.sweeps import escalation

Start = Callable[[str], Driver]
APART = 10


@pytest.fixture
def late(stage: Start) -> tuple[Driver, Recommendation, int]:
    """A recommendation nobody answered, and the first day on which that is late."""
    driver = stage("recommended")
    row = driver.recommendation(2)
    go(driver, 25, "receive_recommendation", row)
    row = fresh(row)
    return driver, row, (row.reply_deadline.due_on - driver.first_day).days + 1


def fresh(row: Recommendation) -> Recommendation:
    return Recommendation.objects.select_related("case__lead", "addressee").get(pk=row.pk)


def rung(driver: Driver, row: Recommendation, day: int) -> tuple[Level, int, int] | None:
    """The next rung and how many days ahead its day lies."""
    found = next_rung(fresh(row), driver.day(day))
    if found is None:
        return None
    return found.level, found.ordinal, max(0, (found.due_on - driver.day(day)).days)


def urge(driver: Driver, row: Recommendation, day: int) -> None:
    urging.urge(actor=actor(OFFICER), subject=fresh(row), text="Đề nghị trả lời", at=driver.at(day))
    driver.sign(day, DEPUTY, "sign_letter", row)


def escalate(driver: Driver, row: Recommendation, day: int) -> None:
    urging.escalate(
        actor=actor(OFFICER),
        subject=fresh(row),
        to=row.addressee.superior or row.addressee,
        text="Đề nghị xem xét",
        at=driver.at(day),
    )
    driver.sign(day, DEPUTY, "sign_letter", row)


def test_the_ladder_is_climbed_rung_by_rung_with_time_between(
    late: tuple[Driver, Recommendation, int],
) -> None:
    driver, row, day = late
    assert rung(driver, row, day - 1) is None
    assert rung(driver, row, day) == (Level.URGE, 1, 0)
    urge(driver, row, day)
    assert rung(driver, row, day) == (Level.URGE, 2, APART)
    urge(driver, row, day + APART)
    assert rung(driver, row, day + APART + 3) == (Level.ESCALATE, 1, APART - 3)
    escalate(driver, row, day + 2 * APART)
    assert rung(driver, row, day + 3 * APART) == (Level.BY_HAND, 1, 0)
    deadlines.meet(fresh(row).reply_deadline, on=driver.day(day + 31), at=driver.at(day + 31))
    assert rung(driver, row, day + 32) is None


def test_how_many_and_how_far_apart_is_the_organization_s_own(
    late: tuple[Driver, Recommendation, int],
) -> None:
    driver, row, day = late
    for key, value in (("reminders_before_escalation", 1), ("urge_again_days", 3)):
        set_term(organization=row.case.lead, key=key, value=value, by=None, at=driver.at(day))
    urge(driver, row, day)
    assert rung(driver, row, day) == (Level.ESCALATE, 1, 3)


def told(row: Recommendation) -> list[str]:
    rows = Notice.objects.filter(kind="recommendation.rung", address=f"/kien-nghi/{row.public_id}/")
    return [one.title.split(":")[0] for one in rows.order_by("pk")]


def test_each_rung_is_told_once_to_the_officers_also_by_two_workers(
    late: tuple[Driver, Recommendation, int],
) -> None:
    driver, row, day = late
    at_once(2, lambda: escalation.tell_rungs(at=driver.at(day)))
    assert escalation.tell_rungs(at=driver.at(day + 1)) == 0
    assert told(row) == ["Đôn đốc lần 1"]
    urging.urge(actor=actor(OFFICER), subject=fresh(row), text="Đề nghị", at=driver.at(day + 1))
    assert escalation.tell_rungs(at=driver.at(day + 30)) == 0, "its letter waits for a signature"
    driver.sign(day + 2, DEPUTY, "sign_letter", row)
    assert escalation.tell_rungs(at=driver.at(day + 3)) == 0, "the addressee is given time"
    assert escalation.tell_rungs(at=driver.at(day + 2 + APART)) == 1
    assert told(row) == ["Đôn đốc lần 1", "Đôn đốc lần 2"]
    notice = Notice.objects.filter(kind="recommendation.rung").latest("pk")
    assert notice in notices_of(actor(OFFICER).mandate)
    assert notice not in notices_of(actor(CLERK).mandate)


def test_a_new_date_begins_the_telling_anew(late: tuple[Driver, Recommendation, int]) -> None:
    driver, row, day = late
    assert escalation.tell_rungs(at=driver.at(day)) == 1
    officer = actor(OFFICER).mandate
    deadlines.extend(
        fresh(row).reply_deadline,
        to_on=driver.day(day + 20),
        reason="Bão",
        by=officer,
        at=driver.at(day),
    )
    assert escalation.tell_rungs(at=driver.at(day + 20)) == 0
    assert escalation.tell_rungs(at=driver.at(day + 21)) == 1


def test_the_sweep_costs_the_same_however_many_are_late(late: tuple[Driver, Recommendation, int]) -> None:
    driver, row, day = late
    counted = {}
    for more in (0, 40):
        copies = [copy_of(row, number) for number in range(more)]
        Recommendation.objects.bulk_create(copies)
        Notice.objects.all().delete()
        with CaptureQueriesContext(connection) as seen:
            assert escalation.tell_rungs(at=driver.at(day)) == 1 + more
        counted[more] = len(seen)
    assert counted[0] == counted[40] <= 8, counted


def copy_of(row: Recommendation, number: int) -> Recommendation:
    facts = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in ("public_id", "number")
    }
    return Recommendation(**facts, number=100 + number)


def text_of(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))


def test_the_page_proposes_the_rung_and_the_letter_is_written_already(
    late: tuple[Driver, Recommendation, int],
) -> None:
    driver, row, day = late
    address = f"/kien-nghi/{row.public_id}/"
    with Desk(driver, OFFICER, day) as desk:
        page = html_of(desk.get(address))
        assert "Bậc đôn đốc tiếp theo" in text_of(page) and "Đôn đốc lần 1" in text_of(page)
        assert "Chưa đôn đốc bằng văn bản lần nào." in text_of(page)
        assert f'href="{address}don-doc/"' in page
        assert "Urging letter 1" in text_of(html_of(desk.get(f"/en{address}")))
    with Desk(driver, drafter(PROVINCE), day) as desk:
        assert "Bậc đôn đốc" not in text_of(html_of(desk.get(address)))
    urge(driver, row, day)
    urge(driver, row, day + APART)
    with Desk(driver, OFFICER, day + 2 * APART) as desk:
        page = html_of(desk.get(address))
        assert "Kiến nghị cấp có thẩm quyền" in text_of(page) and f'href="{address}cap-tren/"' in page
        letter = html.unescape(html_of(desk.get(f"{address}cap-tren/")))
        assert "đã đôn đốc bằng văn bản 02 lần" in letter
        assert f"xem xét trách nhiệm của {row.addressee.name}" in letter
    escalate(driver, row, day + 2 * APART)
    with Desk(driver, CHAIR, day + 4 * APART) as desk:
        page = text_of(html_of(desk.get(address)))
        assert "Đối thoại, giám sát lại" in page and "Việc này do lãnh đạo quyết định" in page


def test_a_drafted_rung_is_sent_only_once_another_has_signed_it(
    late: tuple[Driver, Recommendation, int],
) -> None:
    driver, row, day = late
    with Desk(driver, OFFICER, day) as desk:
        desk.post(f"/kien-nghi/{row.public_id}/don-doc/", text="Đề nghị trả lời.")
        assert "đang chờ ký" in text_of(html_of(desk.get(f"/kien-nghi/{row.public_id}/")))
    assert row.urgings.count() == 0
    driver.sign(day + 1, DEPUTY, "sign_letter", row)
    assert row.urgings.count() == 1
    assert Document.objects.filter(kind="urging_letter", state=Document.State.SIGNED).count() == 1


def test_days_are_vietnam_days(late: tuple[Driver, Recommendation, int]) -> None:
    driver, row, _day = late
    midnight_in_vietnam = dt.datetime.combine(row.reply_deadline.due_on, dt.time(17, 1), dt.UTC)
    assert escalation.tell_rungs(at=midnight_in_vietnam) == 1
    assert driver.case is not None
