"""people.yaml, the accounts and the scripts name the same people and places."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from supervision.demo import accounts, world
from supervision.demo.crowd import leads
from supervision.demo.plots import load, plots
from supervision.demo.script import Told, signatures
from supervision.law.fields import FIELDS
from supervision.organizations.models import Duty, Mandate, Organization

PEOPLE = world.declared()["people"]
TODAY = dt.date(2026, 11, 24)


def told_acts() -> list[Told]:
    return [told for plot in plots(TODAY) for told in plot.script]


def test_every_user_and_name_occurs_once():
    for key in ("username", "name"):
        values = [person[key] for person in PEOPLE]
        assert len(values) == len(set(values))


def test_people_are_called_by_their_duty_and_hold_known_duties():
    keys = [f"{one['org']}.{one['key']}" for person in PEOPLE for one in person["mandates"]]
    assert len(keys) == len(set(keys))
    assert {one["duty"] for person in PEOPLE for one in person["mandates"]} <= set(Duty.values)
    assert all("mẫu" in person["name"] for person in PEOPLE)


def test_the_login_page_shows_eight_accounts_in_both_languages():
    shown = accounts()
    assert len(shown) == 8
    assert {one.username for one in shown} <= {person["username"] for person in PEOPLE}
    assert all(one.role.vi and one.role.en and one.does.vi and one.does.en for one in shown)


@pytest.mark.django_db
def test_building_the_world_twice_adds_nothing():
    world.build(at=timezone.now())
    before = (Organization.objects.count(), Mandate.objects.count())
    world.build(at=timezone.now())
    assert (Organization.objects.count(), Mandate.objects.count()) == before
    schools = Organization.objects.filter(code__in=[one["code"] for one in world.declared()["units"]])
    assert all(school.is_sample and school.path.endswith(f"/{school.pk}/") for school in schools)


@pytest.mark.django_db
def test_only_invented_communes_and_provincial_bodies_are_told_about():
    world.build(at=timezone.now())
    codes = {told.inquiry for told in told_acts() if told.inquiry}
    for told in told_acts():
        for rows in ("recommendations", "agencies", "findings"):
            for row in told.data.get(rows, []):
                codes |= {row[key] for key in ("agency", "addressee", "about") if key in row}
    found = Organization.objects.filter(code__in=codes)
    assert set(found.values_list("code", flat=True)) == codes
    assert not found.filter(level="commune", is_sample=False).exists()
    assert found.count() >= 9


@pytest.mark.django_db
def test_everyone_who_acts_in_a_script_exists():
    world.build(at=timezone.now())
    assert not Organization.objects.filter(code__in=[lead.code for lead in leads()], kind="board").exists()
    with_accounts = {told.by for told in told_acts() if told.by}
    for key in with_accounts | {key for lead in leads() for key in lead.officers}:
        assert world.actor(key).in_force(TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "day", [dt.date(2026, 3, 2), dt.date(2026, 7, 10), TODAY, dt.date(2027, 2, 20), dt.date(2027, 3, 5)]
)
def test_at_most_sixty_papers_are_signed_on_any_day(day):
    assert sum(signatures(plot.script) for plot in plots(day)) <= 60


def test_topics_differ_and_their_fields_are_known():
    topics = load("topics")
    assert len(topics) >= 40
    for key in ("key", "title", "grounds", "purpose", "content"):
        assert len({topic[key] for topic in topics}) == len(topics)
    assert {topic["field"] for topic in topics} == set(FIELDS)
