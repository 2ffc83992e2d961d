"""What becomes of recommendations: answered, reconsidered, carried out."""

from __future__ import annotations

import datetime as dt

import pytest

from supervision.cases.models import Recommendation
from supervision.demo.driver import Driver
from supervision.errors import InvalidInput
from tests.stages import OFFICER, go
from tests.workflows.delegation.acts import (
    Start,
    fresh,
    open_steps,
    reply,
)


@pytest.mark.parametrize("decision", ["upheld", "amended", "withdrawn"])
def test_reconsideration_stops_the_clock_and_ends_in_a_decision(
    replying: tuple[Driver, Recommendation], decision: str
) -> None:
    driver, row = replying
    due = fresh(row).reply_deadline.due_on
    reply(driver, 28, row, "reconsider")
    assert fresh(row).reply_deadline.paused_from_on == driver.day(28)
    go(driver, 31, "hold_dialogue", row)
    new_text = "Nội dung mới" if decision == "amended" else ""
    go(driver, 35, "decide_reconsideration", row, decision=decision, new_text=new_text)
    row = fresh(row)
    kept = row.reconsiderations.get()
    assert kept.old_text == "Rà soát hồ sơ" and kept.decision == decision
    if decision == "withdrawn":
        assert (row.state, row.closed_as) == (Recommendation.State.WITHDRAWN, "withdrawn")
        assert not row.reply_deadline.is_running
        return
    assert row.text == ("Nội dung mới" if decision == "amended" else "Rà soát hồ sơ")
    assert row.reply_deadline.due_on == due + dt.timedelta(days=7)
    reply(driver, 38, row, "accepted", due_on=driver.day(70))
    assert fresh(row).state == Recommendation.State.REPLIED


def test_a_rejected_reply_is_given_again(replying: tuple[Driver, Recommendation]) -> None:
    driver, row = replying
    reply(driver, 28, row, "partly_accepted", due_on=driver.day(60))
    go(driver, 30, "assess_reply", row, verdict="rejected", text="Chưa rõ việc", again_on=driver.day(40))
    assert fresh(row).state == Recommendation.State.REPLY_REJECTED
    assert driver.item("draft_reply", row).deadline.due_on == driver.day(40)
    reply(driver, 42, row, "accepted", due_on=driver.day(60))
    assert [one.is_late for one in row.replies.order_by("version")] == [False, True]
    go(driver, 44, "assess_reply", row)
    assert fresh(row).state == Recommendation.State.IMPLEMENTING
    assert [one.verdict for one in row.assessments.order_by("pk")] == ["rejected", "satisfied"]


def test_well_founded_reasons_close_it_but_not_what_was_accepted(
    replying: tuple[Driver, Recommendation],
) -> None:
    driver, row = replying
    reply(driver, 28, row, "accepted", due_on=driver.day(60))
    with pytest.raises(InvalidInput):
        driver.do(30, OFFICER, "assess_reply", row, verdict="explanation_satisfied", text="X")
    second = driver.recommendation(2)
    go(driver, 30, "receive_recommendation", second)
    reply(driver, 31, second, "not_accepted", due_on=None)
    go(driver, 33, "assess_reply", second, verdict="explanation_satisfied")
    go(driver, 34, "close_recommendation", second)
    assert (fresh(second).state, fresh(second).closed_as) == ("closed", "satisfied")


def test_what_is_partly_done_is_followed_until_it_is_done(replying: tuple[Driver, Recommendation]) -> None:
    driver, row = replying
    reply(driver, 28, row, "accepted", due_on=driver.day(60))
    go(driver, 30, "assess_reply", row)
    go(driver, 50, "report_carrying_out", row, extent="part")
    assert fresh(row).action_deadline.is_running
    go(driver, 52, "verify", row, outcome="not_yet")
    go(driver, 62, "report_carrying_out", row)
    assert fresh(row).action_deadline.is_running, "the agency's word alone does not end it"
    go(driver, 63, "verify", row)
    assert fresh(row).action_deadline.met_on == driver.day(62)
    go(driver, 64, "close_recommendation", row)
    assert row.carrying_outs.count() == row.verifications.count() == 2


def test_the_case_does_not_close_while_a_recommendation_is_open(start: Start) -> None:
    driver = start("recommended")
    go(driver, 24, "publish")
    assert "close_case" not in open_steps(driver)
