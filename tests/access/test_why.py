"""`manage.py why` answers from the policy, in words."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from supervision.access import matrix, policy
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from tests.stages import AGENCIES, CHAIR, OFFICER, drafter

Start = Callable[[str], Driver]


def why(key: str, *asked: str) -> str:
    out = StringIO()
    username = actor(key).user.username if "." in key else key
    call_command("why", username, *asked, stdout=out)
    return out.getvalue()


def test_who_may_is_told_the_reason_and_who_may_not_what_is_wanted(stage: Start) -> None:
    driver = stage("asked")
    case = f"casefiles.case:{driver.case.code}"
    on = driver.day(-18).isoformat()
    assert "Được." in why(OFFICER, "view", case, "--ngay", on)
    assert "tổ chức mình chủ trì" in why(OFFICER, "view", case, "--ngay", on)
    agency = why(drafter(AGENCIES[0]), "view", case, "--ngay", on)
    assert "Không." in agency and "Được." not in agency and "quan hệ “lead”" in agency
    officer = why(OFFICER, "steer", case, "--ngay", on)
    assert "Không." in officer and "nhiệm vụ: " in officer
    inquiry = f"cases.inquiry:{driver.inquiry(AGENCIES[0]).public_id}"
    assert "Được." in why(drafter(AGENCIES[0]), "view", inquiry, "--ngay", on)


def test_what_has_ended_is_told_as_such(stage: Start) -> None:
    driver = stage("asked")
    mandate = actor(OFFICER).mandate
    mandate.until_on = driver.day(-40)
    mandate.save()
    told = why(OFFICER, "view", f"casefiles.case:{driver.case.pk}", "--ngay", driver.day(-18).isoformat())
    assert "Không." in told and "không còn hiệu lực" in told


def test_it_says_what_the_policy_says(stage: Start) -> None:
    driver = stage("asked")
    on = driver.day(-18)
    for who in (OFFICER, CHAIR, drafter(AGENCIES[0])):
        for action in {row.action for row in matrix.ROWS if row.kind == "casefiles.case"}:
            judged = policy.why(actor(who), action, driver.case, on)
            assert any(one.opens for one in judged) == policy.can(actor(who), action, driver.case, on)


@pytest.mark.parametrize(
    "asked",
    [
        ("khong-co", "view", "casefiles.case:1"),
        (OFFICER, "no_such", "casefiles.case:{pk}"),
        (OFFICER, "view", "casefiles.case:KHONG-CO"),
        (OFFICER, "view", "no.such:1"),
        (OFFICER, "view", "case"),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(stage: Start, asked: tuple[str, ...]) -> None:
    driver = stage("asked")
    with pytest.raises(CommandError) as refused:
        why(*(one.format(pk=driver.case.pk) for one in asked))
    assert str(refused.value).strip().endswith(".")
