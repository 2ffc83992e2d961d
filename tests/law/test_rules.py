"""Every term has a basis, and no number is passed off as law."""

from __future__ import annotations

import pytest

from supervision.law.basis import Norm, joint, law
from supervision.law.registry import specs
from supervision.law.rules import OPEN_TERMS, RULES, Direction, Rule, set_by_words
from supervision.law.text import T


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_number_set_by_law_cites_an_article(rule: Rule) -> None:
    assert rule.basis
    if rule.by_law:
        assert all(isinstance(basis, Norm) for basis in rule.basis)
    elif rule.direction is not Direction.FIXED:
        assert rule.term in OPEN_TERMS
        assert rule.default_length == OPEN_TERMS[rule.term].default


def test_the_terms_of_a_delegation_are_those_of_joint_resolution_403() -> None:
    assert (RULES["S2_NOTICE"].length, RULES["S2_NOTICE"].basis) == (15, (joint(7, 3),))
    assert RULES["S2_REPORT_IN"].length == 7
    assert joint(7, 3) in RULES["S2_REPORT_IN"].basis
    assert (RULES["S2_RESULT"].length, RULES["S2_RESULT"].basis) == (15, (joint(9, 1),))


def test_no_statute_sets_the_days_to_answer_a_recommendation() -> None:
    reply = RULES["S_REPLY"]
    assert not reply.by_law
    assert reply.basis == (law(29, 6),)
    assert reply.default_length == 30
    assert set_by_words("Ban Thường trực").vi == "do Ban Thường trực đặt ra, luật không quy định số ngày"


@pytest.mark.parametrize(
    ("code", "basis", "event"),
    [
        ("S_REPLY_AGAIN", law(29, 6), "ngày Mặt trận đánh giá trả lời chưa đạt"),
        ("SUPPLEMENT", law(29, 2), "ngày yêu cầu bổ sung"),
        ("S_ASSESS", law(28, 7), "ngày nhận được trả lời"),
        ("S_VERIFY", law(28, 7), "ngày cơ quan báo việc thực hiện"),
    ],
)
def test_what_is_asked_again_has_an_event_of_its_own(code: str, basis: Norm, event: str) -> None:
    assert RULES[code].basis == (basis,)
    assert RULES[code].starts.vi == event


def test_every_answer_can_be_asked_for_anew_by_a_rule_on_the_same_basis() -> None:
    forms = [spec for spec in specs().values() if {"draft_reply", "assess_reply"} <= spec.by_name.keys()]
    assert len(forms) > 5
    for spec in forms:
        first = RULES[spec.step("draft_reply").rule]
        again = RULES[f"{first.code}_AGAIN"]
        assert (again.basis, again.direction) == (first.basis, Direction.FIXED), spec.slug


def test_open_terms_have_their_defaults() -> None:
    defaults = {key: term.default for key, term in OPEN_TERMS.items()}
    assert defaults["reminder_offset_1"] == 15
    assert defaults["reminder_offset_2"] == 7
    assert defaults["reminder_offset_3"] == 3
    assert defaults["reminders_before_escalation"] == 2
    assert defaults["recommendation_after_result_days"] == 15
    assert (defaults["assess_days"], defaults["step_days"]) == (5, 5)


def test_a_rule_has_exactly_one_source_of_its_length() -> None:
    with pytest.raises(ValueError, match="exactly one"):
        Rule("X", T("a", "a"), T("b", "b"), (law(28, 7),))
    with pytest.raises(ValueError, match="exactly one"):
        Rule("X", T("a", "a"), T("b", "b"), (law(28, 7),), length=3, term="step_days")
