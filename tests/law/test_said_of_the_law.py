"""What is told about a date is what the texts say: no number is lent to a text that has none."""

from __future__ import annotations

import datetime as dt

import pytest

from supervision.law.basis import Practice, joint, law
from supervision.law.calendar import Calendar
from supervision.law.counting import Derivation, derive, recount
from supervision.law.planning import PERIODS
from supervision.law.rules import RETIRED, RULES, Direction, Rule, rule_of
from supervision.law.text import T

D = dt.date
EVENT = T("sự việc", "event")


def told(working: Derivation) -> dict[str, str]:
    return {step.label.vi: step.detail.vi for step in working.steps}


@pytest.mark.parametrize("rule", [r for r in RULES.values() if r.by_law], ids=lambda rule: rule.code)
def test_what_the_law_sets_comes_with_the_words_it_was_read_in(rule: Rule) -> None:
    assert rule.says is not None
    if rule.length is not None:
        assert str(rule.length) in rule.says.vi.replace("05", "5").replace("07", "7")


def test_a_number_that_is_not_in_the_text_cannot_be_called_the_law_s() -> None:
    with pytest.raises(ValueError, match="the words of its text"):
        Rule("X", EVENT, EVENT, (joint(3, 3),), Direction.BEFORE, length=1)
    with pytest.raises(ValueError, match="does not say 1 calendar"):
        Rule("X", EVENT, EVENT, (joint(3, 3),), length=1, says=T("Quý IV hằng năm", "Quarter IV"))
    with pytest.raises(ValueError, match="a period"):
        Rule("X", EVENT, EVENT, (joint(3, 3),), period="q4", says=T("Quý IV", "Quarter IV"))


@pytest.mark.parametrize(
    ("code", "starts", "ends"),
    [("PLAN_Q4", D(2028, 10, 1), D(2028, 12, 31)), ("GD_DIALOGUE", D(2028, 1, 1), D(2028, 12, 31))],
)
def test_a_period_of_the_law_ends_on_its_last_day_sunday_or_not(code: str, starts: D, ends: D) -> None:
    working = derive(RULES[code], starts, Calendar())
    assert ends.weekday() == 6
    assert (working.start, working.raw_due, working.due) == (starts, ends, ends)
    steps = told(working)
    assert "Thời hạn" not in steps and "Chuyển ngày" not in steps
    assert not any("báo trước" in words for words in steps.values())
    assert steps["Rơi vào ngày nghỉ"].startswith("Chủ nhật")
    assert recount(working, Calendar()) == working == Derivation.from_json(working.to_json())


def test_the_period_is_named_as_the_text_names_it() -> None:
    words = told(derive(RULES["PLAN_Q4"], D(2026, 11, 20), Calendar()))["Khoảng thời gian"]
    assert words == "Quý IV năm 2026: từ thứ Năm, 01/10/2026 đến hết thứ Năm, 31/12/2026"


@pytest.mark.parametrize(
    ("code", "vietnamese", "english"),
    [
        ("q2", "Quý II năm 2026", "Quarter II of 2026"),
        ("h1", "Sáu tháng đầu năm 2026", "First half of 2026"),
        ("h2", "Sáu tháng cuối năm 2026", "Second half of 2026"),
        ("y", "Cả năm 2026", "The whole of 2026"),
        ("m03", "Tháng 3 năm 2026", "Month 3 of 2026"),
    ],
)
def test_a_period_of_a_year_is_said_as_people_say_it(code: str, vietnamese: str, english: str) -> None:
    assert PERIODS[code].of(2026) == T(vietnamese, english)


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.period])
def test_the_working_of_a_period_names_it_with_its_year(code: str) -> None:
    words = told(derive(RULES[code], D(2026, 11, 20), Calendar()))["Khoảng thời gian"]
    assert words.startswith(PERIODS[RULES[code].period].of(2026).vi + ": từ ")
    assert "năm năm" not in words


def test_counting_rests_on_the_civil_code_where_it_has_the_rule() -> None:
    rolled = told(derive(RULES["S2_RESULT"], D(2026, 8, 18), Calendar()))["Căn cứ cách đếm"]
    assert "Bộ luật Dân sự, khoản 3 Điều 147" in rolled and "khoản 5 Điều 148" in rolled
    straight = told(derive(RULES["S2_RESULT"], D(2026, 6, 8), Calendar()))["Căn cứ cách đếm"]
    assert "khoản 5 Điều 148" not in straight
    assert "Căn cứ cách đếm" not in told(derive(RULES["S2_NOTICE"], D(2026, 9, 8), Calendar()))


def test_no_rule_lets_a_party_committee_be_late_by_regulation_11() -> None:
    cited = [one.label.vi for rule in RULES.values() for one in rule.basis]
    assert not any("11-QĐi/TW" in words for words in cited)
    party = RULES["O_REPLY_PARTY"]
    assert not party.by_law and party.term == "opinion_reply_days"
    assert any(isinstance(one, Practice) for one in party.basis)


def test_a_rule_given_up_stays_readable_and_claims_no_law() -> None:
    old = rule_of("O_REPLY_PARTYHEAD")
    assert old is RETIRED["O_REPLY_PARTYHEAD"] and "O_REPLY_PARTYHEAD" not in RULES
    assert not old.by_law and old.says is None
    with pytest.raises(KeyError):
        rule_of("NO_SUCH_RULE")


def test_of_an_unread_text_nothing_is_said_but_that_it_is_unread() -> None:
    said = RULES["O_REPLY"].silence.vi
    assert "Luật Mặt trận Tổ quốc Việt Nam" in said and "Quyết định 218-QĐ/TW" in said
    assert said.endswith("chưa được kiểm tra")
    assert RULES["S_REPLY"].silence.vi == "luật không quy định số ngày"
    assert RULES["S_REPLY"].basis == (law(29, 6),)


NOT_SILENT = ("UNIT_ASKED", "O_REPLY", "O_REPLY_PARTY", "O_REPLY_AGAIN")


@pytest.mark.parametrize("code", list(RULES))
def test_silence_of_the_law_is_claimed_where_it_was_established_and_nowhere_else(code: str) -> None:
    """403 Art 7(3) sets 7 days for the report that a delegation asks for early; nobody has read Decision 218.

    The texts of all other rules were read.
    """
    rule = RULES[code]
    claims = [label.vi for label in rule.basis_labels] + ([] if rule.by_law else [rule.silence.vi])
    assert rule.is_silent is not (rule.by_law or code in NOT_SILENT)
    assert any("luật không quy định" in words for words in claims) is rule.is_silent


def test_a_day_asked_for_early_stands_beside_what_the_law_sets_for_the_same_thing() -> None:
    asked, of_law = RULES["UNIT_ASKED"], RULES["S2_REPORT_IN"]
    assert asked.bound_by is of_law and of_law.length == 7
    assert asked.silence.vi == (
        "hạn luật định của việc này: “Chậm nhất là 07 ngày trước ngày đoàn giám sát làm việc” "
        "(Nghị quyết liên tịch 403, khoản 3 Điều 7)"
    )
