"""One table, one condition: lists and pages agree, and only a mandate in force carries a right."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supervision.access import relations, rights
from supervision.access.policy import Hidden, Policy
from supervision.access.rights import CHAIR, CLERK, LEADER, OFFICER, RESPONDER, Row
from supervision.errors import NotAllowed
from supervision.law.text import T
from supervision.organizations.actors import Actor
from supervision.organizations.models import Organization, User
from tests.organizations.makers import FRONT, a_mandate, a_user, an_organization
from tests.owner import guards_off

pytestmark = pytest.mark.django_db
KIND = "organizations.organization"
TODAY = dt.date(2026, 11, 24)
WHY = T("lý do mẫu", "sample reason")


def a_row(action: str, relation: str, *duties: str) -> Row:
    return Row(kind=KIND, action=action, relation=relation, duties=frozenset(duties), reason=WHY)


@pytest.fixture
def policy() -> Policy:
    """Officials see their own body, heads what is below as well; a clerk seals, agencies see the State."""
    made = Policy(
        [
            a_row("view", "own", OFFICER, CLERK, CHAIR, RESPONDER, LEADER),
            a_row("view", "below", CHAIR, LEADER),
            a_row("view", "member", OFFICER),
            a_row("seal", "own", CLERK),
            a_row("sign", "below", CHAIR),
        ]
    )
    made.register(Organization, "own", relations.own("pk"))
    made.register(Organization, "below", relations.below("path"))
    made.register(Organization, "member", relations.own("front"))
    return made


def seen(policy: Policy, actor: Actor | None, action: str = "view", on: dt.date = TODAY) -> set[str]:
    rows = policy.visible(actor, Organization.objects.all(), action, on)
    return set(rows.values_list("code", flat=True))


def test_rows_that_match_the_duty_add_up(policy: Policy) -> None:
    officer = Actor.of(a_mandate(FRONT, OFFICER))
    assert seen(policy, officer) == {FRONT, "cd-24", "hnd-24", "dtn-24", "phn-24", "ccb-24"}
    chair = Actor.of(a_mandate(FRONT, CHAIR))
    assert len(seen(policy, chair)) == 1 + an_organization(FRONT).subordinates.count() == 100


def test_a_list_never_repeats_a_row(policy: Policy) -> None:
    chair = Actor.of(a_mandate(FRONT, CHAIR))
    rows = policy.visible(chair, Organization.objects.all(), on=TODAY)
    assert rows.count() == rows.distinct().count()


def test_an_action_of_nobodys_and_nobody_at_all_see_nothing(policy: Policy) -> None:
    officer = Actor.of(a_mandate(FRONT, OFFICER))
    assert seen(policy, officer, "burn") == seen(policy, None) == set()


def test_foreign_is_hidden_and_own_without_the_right_is_refused(policy: Policy) -> None:
    officer = Actor.of(a_mandate(FRONT, OFFICER))
    policy.require(officer, "view", officer.organization, TODAY)
    with pytest.raises(NotAllowed):
        policy.require(officer, "seal", officer.organization, TODAY)
    for action in ("view", "seal"):
        with pytest.raises(Hidden):
            policy.require(officer, action, an_organization("mttq-01"), TODAY)


def test_two_mandates_of_one_person_never_add_up(policy: Policy) -> None:
    person = a_user()
    clerk, officer = a_mandate(FRONT, CLERK, user=person), a_mandate("phn-24", OFFICER, user=person)
    assert seen(policy, Actor.of(clerk)) == {FRONT}
    assert seen(policy, Actor.of(officer)) == {"phn-24"}
    assert seen(policy, Actor.of(officer), "seal") == set()


def test_a_lapsed_mandate_sees_nothing(policy: Policy) -> None:
    actor = Actor.of(a_mandate(FRONT, OFFICER, until_on=TODAY))
    assert seen(policy, actor)
    assert seen(policy, actor, on=TODAY + dt.timedelta(days=1)) == set()
    future = Actor.of(a_mandate(FRONT, OFFICER, from_on=TODAY + dt.timedelta(days=1)))
    assert seen(policy, future) == set()


def test_a_deactivated_person_and_an_ended_organization_see_nothing(policy: Policy) -> None:
    gone, ended = Actor.of(a_mandate(FRONT, OFFICER)), Actor.of(a_mandate("phn-24", OFFICER))
    User.objects.filter(pk=gone.user.pk).update(is_active=False)
    Organization.objects.filter(code="phn-24").update(valid_until=TODAY - dt.timedelta(days=1))
    assert seen(policy, gone) == seen(policy, ended) == set()


def test_what_the_session_remembers_does_not_count(policy: Policy) -> None:
    """The mandate was changed after the actor was read: the next question already knows."""
    actor = Actor.of(a_mandate(FRONT, CHAIR))
    with guards_off():
        type(actor.mandate).objects.filter(pk=actor.mandate.pk).update(duty=OFFICER)
    assert seen(policy, actor) == set()
    assert not policy.can(actor, "sign", an_organization("mttq-24-07615"), TODAY)


def test_a_forged_pair_of_person_and_mandate_sees_nothing(policy: Policy) -> None:
    assert seen(policy, Actor(user=a_user(), mandate=a_mandate(FRONT, OFFICER))) == set()


def test_a_relation_without_a_meaning_is_an_error_not_a_right() -> None:
    with pytest.raises(LookupError, match="nowhere"):
        seen(Policy([a_row("view", "nowhere", OFFICER)]), Actor.of(a_mandate(FRONT, OFFICER)))


def test_a_relation_has_one_meaning(policy: Policy) -> None:
    with pytest.raises(ValueError, match="twice"):
        policy.register(Organization, "own", relations.anyone)


@pytest.mark.parametrize(
    ("code", "allowed", "queries"),
    [
        (FRONT, True, 1),  # the first row answers
        ("mttq-24-07615", True, 2),
        ("so-nnmt-24", False, 2),
    ],
)
def test_no_question_costs_more_queries_than_the_table_has_rows_about_it(
    policy: Policy, django_assert_num_queries, code: str, allowed: bool, queries: int
) -> None:
    actor, there = Actor.of(a_mandate(FRONT, CHAIR)), an_organization(code)
    with django_assert_num_queries(queries):
        assert policy.can(actor, "view", there, TODAY) is allowed


CODES = [FRONT, "mttq", "phn-24", "phn", "mttq-24-07615", "so-nnmt-24", "ubnd-24", "ubnd-24-07615", "mttq-01"]
days = st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 12))


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    code=st.sampled_from(CODES),
    duty=st.sampled_from([*rights.DUTIES]),
    dates=st.tuples(days, days).map(sorted),
    on=days,
    active=st.booleans(),
    ended=st.none() | days,
    action=st.sampled_from(["view", "seal", "sign", "burn"]),
)
def test_list_and_page_agree(policy, code, duty, dates, on, active, ended, action) -> None:
    """For any actor, day and action: `obj in visible` exactly when `can`, and nothing out of force."""
    mandate = a_mandate(code, duty, from_on=dates[0], until_on=dates[1])
    User.objects.filter(pk=mandate.user.pk).update(is_active=active)
    Organization.objects.filter(code=code).update(valid_until=ended)
    actor = Actor.of(type(mandate).objects.get(pk=mandate.pk))
    rows = seen(policy, actor, action, on)
    for other in Organization.objects.filter(code__in=CODES):
        assert policy.can(actor, action, other, on) == (other.code in rows)
    if not actor.in_force(on):
        assert rows == set()
    Organization.objects.filter(code=code).update(valid_until=None)
