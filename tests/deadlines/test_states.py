"""States are read, not stored; a facet counts exactly the deadlines that show its chip."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supervision.deadlines import services
from supervision.deadlines.models import Deadline, Extension
from supervision.deadlines.states import KINDS, TITLES, state, states, where
from supervision.language.dates import VIETNAM
from supervision.law.text import T

pytestmark = pytest.mark.django_db
D = dt.date
TODAY = D(2026, 8, 27)  # a Thursday; next working days: 28/8, 3/9, 4/9, 7/9
NOON = dt.datetime(2026, 8, 20, 12, tzinfo=VIETNAM)


def a_deadline(due_on: dt.date, **facts: object) -> Deadline:
    """A deadline with these facts, however it came to them."""
    deadline = services.set_deadline(
        rule="S_ACTION",
        start_on=D(2026, 6, 1),
        start_label=T("mốc mẫu", "sample"),
        at=NOON,
        set_by="Đơn vị mẫu",
        fixed_on=due_on,
    )
    Deadline.objects.filter(pk=deadline.pk).update(**facts)
    deadline.refresh_from_db()
    return deadline


def facets(deadline: Deadline) -> list[str]:
    """The facets under which `deadline` is found."""
    return [kind for kind in KINDS if Deadline.objects.filter(where(kind, TODAY), pk=deadline.pk).exists()]


@pytest.mark.parametrize(
    ("due", "kind", "words"),
    [
        (D(2026, 8, 21), "late", "Quá hạn 6 ngày"),
        (D(2026, 8, 26), "late", "Quá hạn 1 ngày"),
        (D(2026, 8, 27), "soon", "Hết hạn hôm nay"),
        (D(2026, 8, 28), "soon", "Còn 1 ngày"),
        (D(2026, 9, 4), "soon", "Còn 8 ngày"),  # the third working day: a holiday lies between
        (D(2026, 9, 6), "soon", "Còn 10 ngày"),  # a Sunday, still before the fourth
        (D(2026, 9, 7), "ok", "Đúng hạn, còn 11 ngày"),
        (D(2026, 12, 1), "ok", "Đúng hạn, còn 96 ngày"),
    ],
)
def test_the_chip_of_a_running_deadline(due: dt.date, kind: str, words: str) -> None:
    deadline = a_deadline(due)
    seen = state(deadline, TODAY)
    assert (seen.kind, seen.words.vi, seen.due_on) == (kind, words, due)
    assert facets(deadline) == [kind]


@pytest.mark.parametrize(
    ("facts", "kind", "vi", "en"),
    [
        ({"is_extended": True}, "extended", "Đã gia hạn, còn 30 ngày", "Extended, 30 days left"),
        (
            {"extension_requested_at": NOON},
            "asked",
            "Đã xin gia hạn, còn 30 ngày",
            "Extension requested, 30 days left",
        ),
        (
            {"paused_from_on": D(2026, 8, 20)},
            "paused",
            "Tạm dừng từ 20/08/2026",
            "Paused since 20 August 2026",
        ),
        ({"paused_from_on": D(2026, 8, 28)}, "ok", "Đúng hạn, còn 30 ngày", "On time, 30 days left"),
        (
            {"met_on": D(2026, 9, 26), "met_at": NOON},
            "met",
            "Xong đúng hạn ngày 26/09/2026",
            "Done on time on 26 September 2026",
        ),
        (
            {"met_on": D(2026, 9, 27), "met_at": NOON},
            "met_late",
            "Xong ngày 27/09/2026, muộn 1 ngày",
            "Done on 27 September 2026, 1 day late",
        ),
        ({"dropped_at": NOON}, "dropped", "Không còn tính hạn", "No longer counted"),
    ],
)
def test_the_chip_of_what_happened(facts: dict[str, object], kind: str, vi: str, en: str) -> None:
    deadline = a_deadline(D(2026, 9, 26), **facts)
    seen = state(deadline, TODAY)
    assert (seen.kind, seen.words) == (kind, T(vi, en))
    assert facets(deadline) == [kind]


def test_a_request_for_more_time_does_not_hide_lateness() -> None:
    seen = state(a_deadline(D(2026, 8, 20), extension_requested_at=NOON), TODAY)
    assert (seen.kind, seen.words.vi) == ("late", "Quá hạn 7 ngày, đã xin gia hạn")


def test_a_list_looks_at_the_calendar_once(django_assert_num_queries: object) -> None:
    rows = [a_deadline(TODAY + dt.timedelta(days=n)) for n in range(-2, 8)]
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(states(rows, TODAY)) == len(rows)


def test_a_far_date_needs_no_calendar(django_assert_num_queries: object) -> None:
    far = a_deadline(D(2026, 12, 1))
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert state(far, TODAY).kind == "ok"


def test_every_kind_has_a_title() -> None:
    assert set(TITLES) == set(KINDS)


moments = st.one_of(st.none(), st.just(NOON))
near_days = st.dates(TODAY - dt.timedelta(days=12), TODAY + dt.timedelta(days=30))


@st.composite
def facts(draw: st.DrawFn) -> dict[str, object]:
    drawn: dict[str, object] = {
        "is_extended": draw(st.booleans()),
        "extension_requested_at": draw(moments),
        "paused_from_on": draw(st.one_of(st.none(), st.none(), near_days)),
    }
    end = draw(st.sampled_from(["running", "running", "met", "dropped"]))
    if end == "met":
        drawn |= {"met_on": draw(near_days), "met_at": NOON}
    elif end == "dropped":
        drawn["dropped_at"] = NOON
    return drawn | {"due_on": draw(near_days)}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(facts(), min_size=1, max_size=25), near_days)
def test_facet_counts_are_the_counts_of_the_chips(rows: list[dict[str, object]], today: dt.date) -> None:
    Deadline.objects.all().delete()
    working = services.set_deadline(
        rule="S_ACTION",
        start_on=D(2026, 6, 1),
        start_label=T("mốc mẫu", "sample"),
        at=NOON,
        set_by="Đơn vị mẫu",
        fixed_on=TODAY,
    )
    plain = {f.attname: getattr(working, f.attname) for f in Deadline._meta.concrete_fields}
    del plain["id"], plain["public_id"]
    Deadline.objects.all().delete()
    Deadline.objects.bulk_create(Deadline(**plain | row) for row in rows)
    seen = Counter(s.kind for s in states(Deadline.objects.all(), today))
    counted = {kind: Deadline.objects.filter(where(kind, today)).count() for kind in KINDS}
    assert {kind: n for kind, n in counted.items() if n} == dict(seen)


def test_facets_reach_deadlines_from_other_models() -> None:
    late, ok = a_deadline(D(2026, 8, 20)), a_deadline(D(2026, 12, 1))
    for deadline in (late, ok):
        Extension.objects.create(
            deadline=deadline,
            from_due_on=D(2026, 8, 1),
            to_due_on=D(2026, 8, 2),
            reason="mẫu",
            granted_by=_officer(),
            granted_at=NOON,
        )
    found = Extension.objects.filter(where("late", TODAY, "deadline__"))
    assert [e.deadline_id for e in found] == [late.pk]
    assert Extension.objects.filter(where("met", TODAY, "deadline__")).count() == 0


def _officer() -> object:
    from tests.organizations.makers import FRONT, a_mandate

    return a_mandate(FRONT, "officer")
