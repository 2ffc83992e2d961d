"""A flow changes while cases run: steps are added, renamed and removed, and open cases are carried over."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from viewflow import this
from viewflow.workflow import fields as engine

from supervision.audit.models import Event
from supervision.casefiles.models import Case
from supervision.demo import script, world
from supervision.demo.driver import Driver
from supervision.errors import WrongState
from supervision.law.forms import s4
from supervision.law.registry import specs
from tests.worker import complete_unprinted
from tests.workflows import agreement
from workflows import flows
from workflows.acts import steering
from workflows.engine.case_migration import CannotMove, move, running
from workflows.engine.nodes import Recorded
from workflows.engine.processes import process_of
from workflows.engine.registry import flows_by_slug
from workflows.engine.versions import pinned, recorded, shape_of, version_of
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db
FORM = "tham-gia-giam-sat"
OFFICER, CHAIR = "mttq-24.can_bo_2", "mttq-24.chu_tich"
NAMED = {step.name: step for step in s4.SPEC.steps}
Change = Callable[..., None]


@pytest.fixture
def driver() -> Driver:
    """A case of S4 in which the representative has taken part and is to ask the delegation."""
    world.build(at=timezone.now())
    driver = Driver(dt.date(2026, 3, 24), seed="versions", worker=complete_unprinted)
    for told in script.read("s4"):
        if told.day <= 1:
            script.perform(driver, told)
    assert pinned(process_of(driver.case)) == version_of(flows_by_slug()[FORM])
    return driver


def forget() -> None:
    """Let the engine read classes by their path again, as a new release would."""
    for cache in (
        engine.import_flow_by_ref,
        engine.import_task_by_ref,
        engine.get_flow_ref,
        engine.get_task_ref,
    ):
        cache.cache_clear()
    flows_by_slug.cache_clear()


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Iterator[Change]:
    """`change(steps, former, **nodes)` is the release in which S4 has these steps and nodes."""

    def released(steps: list[Any], former: tuple[Any, ...] = (), **nodes: Any) -> None:
        spec = dataclasses.replace(s4.SPEC, steps=tuple(steps), former=former)
        body = {"__module__": "workflows.flows.s4", "spec": spec, **nodes}
        flow_class = type("RepresentationFlow", (flows.s4.RepresentationFlow,), body)
        monkeypatch.setattr(flows.s4, "RepresentationFlow", flow_class)
        monkeypatch.setitem(specs(), FORM, spec)
        forget()

    yield released
    monkeypatch.undo()
    forget()


def renamed(change: Change) -> None:
    """The release that calls `propose` by another name."""
    steps = [
        dataclasses.replace(one, name="ask_delegation") if one.name == "propose" else one
        for one in NAMED.values()
    ]
    change(
        steps,
        (NAMED["propose"],),
        propose=None,
        take_part=Recorded().Next(this.ask_delegation),
        ask_delegation=Recorded().Next(this.report_to_leaders),
    )


def removed(change: Change) -> None:
    """The release that has no `propose`."""
    steps = [one for one in NAMED.values() if one.name != "propose"]
    change(steps, (NAMED["propose"],), propose=None, take_part=Recorded().Next(this.report_to_leaders))


def added(change: Change) -> None:
    """The release that has the draft of the lead body's report read before one's own is written."""
    new = dataclasses.replace(NAMED["propose"], name="read_draft")
    change(
        [*NAMED.values(), new],
        propose=Recorded().Next(this.read_draft),
        read_draft=Recorded().Next(this.report_to_leaders),
    )


def moved(*arguments: str) -> str:
    said = StringIO()
    call_command("move_cases", "--form", FORM, *arguments, stdout=said)
    return said.getvalue()


def checked() -> str:
    said = StringIO()
    call_command("check_flows", stdout=said)
    return said.getvalue()


def ask(driver: Driver, step: str) -> None:
    driver.do(3, OFFICER, step, found="no")


def to_the_end(driver: Driver) -> None:
    driver.do(20, OFFICER, "report_to_leaders", left_out="no", result="Đủ.")
    driver.do(24, CHAIR, "consider", decision="end", reason="Không còn gì.")
    driver.do(25, CHAIR, "close_case", summary="Đã tham gia.")
    agreement.check()
    driver.case.refresh_from_db()
    assert driver.case.state == Case.State.CLOSED


def test_a_step_is_renamed_and_the_case_goes_on_under_its_new_name(driver: Driver, change: Change) -> None:
    before = driver.item("propose")
    renamed(change)
    with pytest.raises(CommandError, match="cannot go on"):
        checked()
    assert "ask_delegation" in moved("--map", "propose=ask_delegation")
    assert driver.item("propose") == before, "a dry run changes nothing"
    moved("--map", "propose=ask_delegation", "--apply")
    after = driver.item("ask_delegation")
    assert (after.pk, after.mandate, after.deadline) == (before.pk, before.mandate, before.deadline)
    assert "0 to move" in checked()
    ask(driver, "ask_delegation")
    to_the_end(driver)


def test_a_step_is_removed_and_its_work_goes_on_at_the_next(driver: Driver, change: Change) -> None:
    before = driver.item("propose")
    removed(change)
    moved("--map", "propose=report_to_leaders", "--apply")
    before.refresh_from_db()
    assert before.outcome == WorkItem.Outcome.CANCELLED and not before.deadline.is_running
    assert specs()[FORM].step("propose").title == NAMED["propose"].title, "what was done stays readable"
    agreement.check()
    to_the_end(driver)


def test_a_step_is_added_and_cases_before_and_after_it_go_on(driver: Driver, change: Change) -> None:
    added(change)
    assert "fits" in moved("--apply")
    ask(driver, "propose")
    ask(driver, "read_draft")
    to_the_end(driver)


def test_a_case_past_the_new_step_never_meets_it(driver: Driver, change: Change) -> None:
    ask(driver, "propose")
    added(change)
    moved("--apply")
    to_the_end(driver)


def test_nothing_is_done_in_a_case_before_it_is_moved(driver: Driver, change: Change) -> None:
    added(change)
    with pytest.raises(WrongState, match="Quy trình của hồ sơ này"):
        ask(driver, "propose")
    with pytest.raises(WrongState, match="Quy trình của hồ sơ này"):
        steering.cancel_case(actor=world.actor(CHAIR), case=driver.case, reason="Trùng", at=driver.at(3))
    assert driver.item("propose").finished_at is None


def test_a_move_is_on_the_record_of_the_case_once(driver: Driver, change: Change) -> None:
    renamed(change)
    moved("--map", "propose=ask_delegation", "--apply")
    assert moved("--map", "propose=ask_delegation", "--apply") == ""
    event = Event.objects.get(action="flow.moved")
    assert event.data == {"form": FORM, "from": 1, "to": 2, "steps": {"propose": "ask_delegation"}}
    assert event.thread_id == driver.case.pk


@pytest.mark.parametrize(
    ("pairs", "why"),
    [
        ({}, "work is open at propose"),
        ({"propose": "nowhere"}, "work is open at nowhere"),
        ({"propose": "sign_recommendations"}, "do not sign the same paper"),
        ({"propose": "await_recommendations"}, "does not wait for a signature"),
        ({"propose": "receive_recommendation"}, "never comes to where this case stands"),
        ({"propose": "all_recommendations_done"}, "never comes to where this case stands"),
    ],
)
def test_what_cannot_be_proved_is_refused_and_changes_nothing(
    driver: Driver, change: Change, pairs: dict[str, str], why: str
) -> None:
    removed(change)
    process = process_of(driver.case)
    with pytest.raises(CannotMove, match=why):
        move(FORM, process, pairs, at=driver.at(2))
    process.refresh_from_db()
    assert pinned(process) == 1 and driver.item("propose")
    assert not Event.objects.filter(action="flow.moved").exists()


def test_every_flow_is_recorded_and_every_step_there_ever_was_stays_readable() -> None:
    call_command("flow_versions", "--check")
    for slug, versions in recorded().items():
        spec = flows_by_slug()[slug].spec
        known = {step.name for step in (*spec.steps, *spec.former)}
        people = {"Human", "Sign", "Recorded"}
        assert known >= {
            name for shape in versions for name, kind in shape.items() if kind.split()[0] in people
        }


def test_a_changed_flow_that_nobody_recorded_is_found(change: Change) -> None:
    added(change)
    with pytest.raises(CommandError, match=FORM):
        call_command("flow_versions", "--check")
    assert "read_draft" in shape_of(flows_by_slug()[FORM])


def test_versions_in_use_are_listed(driver: Driver, change: Change) -> None:
    renamed(change)
    said = StringIO()
    call_command("flow_versions", stdout=said)
    assert f"{FORM}: version 2; open: 1 on version 1" in said.getvalue()
    assert [slug for slug, _process in running()] == [FORM]
