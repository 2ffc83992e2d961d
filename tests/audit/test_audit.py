"""Events are written once and can never be changed, whoever holds the connection."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from supervision.audit.models import Event
from supervision.audit.services import record, timeline
from supervision.organizations.actors import Actor
from tests.organizations.makers import FRONT, a_mandate, an_organization

pytestmark = pytest.mark.django_db
AT = timezone.make_aware(dt.datetime(2026, 11, 24, 9, 30))


def an_event(**more: object) -> Event:
    return record(action="response.submitted", actor=None, obj=an_organization("phn-24"), at=AT, **more)


def test_the_actor_is_kept_as_read_on_that_day_in_vietnamese() -> None:
    mandate = a_mandate(FRONT, "officer", name="Cán bộ mẫu 1")
    with translation.override("en"):
        event = record(action="case.opened", actor=Actor.of(mandate), obj=mandate.organization, at=AT)
    mandate.user.display_name = "Tên khác"
    mandate.user.save()
    event.refresh_from_db()
    assert event.actor_label == "Cán bộ mẫu 1, chuyên viên, Ủy ban MTTQ Việt Nam tỉnh Bắc Ninh"
    assert (event.side, event.actor_mandate_id) == ("front", mandate.pk)
    assert (event.object_type, event.object_id) == ("organizations.organization", mandate.organization.pk)


@pytest.mark.parametrize(
    ("code", "duty", "side"), [("so-nnmt-24", "agency_leader", "agency"), ("phn-24", "officer", "front")]
)
def test_the_side_is_the_organizations(code: str, duty: str, side: str) -> None:
    mandate = a_mandate(code, duty)
    event = record(action="x.y", actor=Actor.of(mandate), obj=mandate.organization, at=AT)
    assert event.side == side


def test_without_an_actor_the_system_itself_acted() -> None:
    event = an_event()
    assert (event.actor_label, event.side, event.actor_user_id) == ("Hệ thống", "system", None)


def test_a_timeline_reads_newest_first() -> None:
    thread = an_organization("mttq-24")
    first, second = an_event(thread=thread), an_event(thread=thread)
    assert list(timeline(thread)) == [second, first]


def test_a_date_in_the_data_comes_back_as_text() -> None:
    event = an_event(data={"due_on": dt.date(2026, 11, 30)})
    event.refresh_from_db()
    assert event.data == {"due_on": "2026-11-30"}


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        record(action="x.y", actor=None, obj=an_organization("phn-24"), at=dt.datetime(2026, 11, 24))


COPY = (
    "INSERT OR REPLACE INTO audit_event (id, at, action, side, object_type, object_id, thread_type, "
    "commitment) SELECT id, at, 'forged', side, object_type, object_id, thread_type, commitment "
    "FROM audit_event"
)
ON_BOTH = (
    "UPDATE audit_event SET action = 'forged'",
    "DELETE FROM audit_event",
    COPY.replace("OR REPLACE ", "") + " WHERE true ON CONFLICT (id) DO UPDATE SET action = 'forged'",
)
ON_ONE = {
    "sqlite": (COPY, "UPDATE OR REPLACE audit_event SET action = 'forged'"),
    "postgresql": ("TRUNCATE audit_event CASCADE",),
}


def test_the_database_itself_refuses_to_change_an_event() -> None:
    event = an_event()
    connection.check_constraints()  # nothing waits that would keep TRUNCATE from being tried
    for forgery in (*ON_BOTH, *ON_ONE[connection.vendor]):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(forgery)
        assert Event.objects.get(pk=event.pk).action == "response.submitted", forgery


def test_the_orm_cannot_change_an_event_either() -> None:
    event = an_event()
    event.action = "forged"
    for change in (event.save, event.delete, Event.objects.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
