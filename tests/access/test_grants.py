"""Dated exceptions: for one mandate, on one object, with a source and an end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from supervision.access.grants import end_grant, grant, granted
from supervision.access.models import AbstractGrant
from supervision.access.policy import Policy
from supervision.access.rights import OFFICER, Row
from supervision.audit.models import Event
from supervision.law.text import T
from supervision.organizations.actors import Actor
from supervision.organizations.models import Organization
from tests.organizations.makers import FRONT, a_mandate, a_user, an_organization

AT = timezone.make_aware(dt.datetime(2026, 3, 2, 8))
FIRST, LAST = dt.date(2026, 3, 10), dt.date(2026, 3, 20)
DAY = dt.timedelta(days=1)


class SampleGrant(AbstractGrant):
    content_object = models.ForeignKey(Organization, models.CASCADE, related_name="+")

    class Meta(AbstractGrant.Meta):
        app_label = "access"
        abstract = False


# Known to this module alone: tests of migrations and of the tree of apps must not see it.
del apps.all_models["access"]["samplegrant"]
apps.clear_cache()


@pytest.fixture(autouse=True)
def table(fresh_db: None) -> Iterator[None]:
    with connection.schema_editor() as editor:
        editor.create_model(SampleGrant)
    yield


@pytest.fixture
def policy() -> Policy:
    why = T("thành viên đoàn", "member of the delegation")
    made = Policy([Row("organizations.organization", "view", "delegation", frozenset({OFFICER}), why)])
    made.register(Organization, "delegation", granted(SampleGrant, "delegation"))
    return made


def give(mandate, **more) -> SampleGrant:
    facts = {
        "relation": "delegation",
        "content_object": an_organization("so-nnmt-24"),
        "source": "QĐ 62/QĐ-MTTQ-BTT",
        "from_on": FIRST,
        "until_on": LAST,
        "by": None,
        "at": AT,
    }
    return grant(model=SampleGrant, mandate=mandate, **(facts | more))


def sees(policy: Policy, mandate, on: dt.date) -> bool:
    return policy.can(Actor.of(mandate), "view", an_organization("so-nnmt-24"), on)


def test_a_grant_holds_from_its_first_day_to_its_last(policy: Policy) -> None:
    mandate = a_mandate(FRONT, OFFICER)
    give(mandate)
    answers = [sees(policy, mandate, on) for on in (FIRST - DAY, FIRST, LAST, LAST + DAY)]
    assert answers == [False, True, True, False]


def test_a_grant_is_for_one_mandate_not_for_the_person(policy: Policy) -> None:
    person = a_user()
    invited, other = a_mandate("phn-24", OFFICER, user=person), a_mandate(FRONT, OFFICER, user=person)
    give(invited)
    assert sees(policy, invited, FIRST)
    assert not sees(policy, other, FIRST)


def test_a_grant_lapses_with_its_mandate(policy: Policy) -> None:
    mandate = a_mandate(FRONT, OFFICER, until_on=FIRST)
    give(mandate)
    assert sees(policy, mandate, FIRST)
    assert not sees(policy, mandate, FIRST + DAY)


def test_another_relation_on_the_same_object_gives_nothing(policy: Policy) -> None:
    mandate = a_mandate(FRONT, OFFICER)
    give(mandate, relation="expert")
    assert not sees(policy, mandate, FIRST)


def test_giving_twice_leaves_one_row_and_one_event() -> None:
    mandate = a_mandate(FRONT, OFFICER)
    assert give(mandate) == give(mandate)
    assert Event.objects.filter(action="grant.given").count() == 1


def test_ending_a_grant_makes_a_last_day_and_an_event(policy: Policy) -> None:
    mandate = a_mandate(FRONT, OFFICER)
    row = give(mandate)
    end_grant(row, on=FIRST, by=None, at=AT)
    assert (sees(policy, mandate, FIRST), sees(policy, mandate, FIRST + DAY)) == (True, False)
    assert Event.objects.filter(action="grant.ended").count() == 1


def test_a_grant_that_has_not_begun_is_taken_back_whole() -> None:
    end_grant(give(a_mandate(FRONT, OFFICER)), on=FIRST - DAY, by=None, at=AT)
    assert not SampleGrant.objects.exists()


def test_a_row_for_another_person_or_with_days_out_of_order_is_refused() -> None:
    row = give(a_mandate(FRONT, OFFICER))
    row.user = a_user()
    with pytest.raises(ValidationError):
        row.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        give(a_mandate(FRONT, OFFICER), from_on=LAST, until_on=FIRST)
