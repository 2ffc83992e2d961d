"""Invented communes and people of the demonstration, from `people.yaml`."""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import Q

from supervision.cases.services.boards import record_board
from supervision.documents.authorizations import GRANTEES
from supervision.documents.signing.demo_authority import DemoAuthority
from supervision.organizations import seeding
from supervision.organizations.actors import Actor
from supervision.organizations.models import Duty, Kind, Mandate, Organization, Territory, User
from supervision.organizations.services import give_mandate

SINCE = dt.date(2025, 7, 1)
SIGNING_DUTIES = (Duty.SIGNER, Duty.CHAIR)
#: Whose head may try letting officers sign TL. or TUQ.: they too have a sample certificate.
AUTHORIZING = "mttq-24"


@functools.cache
def declared() -> dict[str, Any]:
    """Return the content of people.yaml."""
    with (Path(__file__).parent / "people.yaml").open(encoding="utf-8") as source:
        return yaml.safe_load(source)


def build(*, at: dt.datetime) -> None:
    """Add the sample communes, people, mandates and signing keys; a second run adds nothing."""
    data = declared()
    province = Territory.objects.get(code=data["province"])
    seeding.seed_sample_communes(province, [(one["code"], one["name"]) for one in data["communes"]])
    _add_units(data["units"])
    _add_boards(data["boards"], at)
    password = make_password(settings.DEMO_PASSWORD)
    for person in data["people"]:
        user, created = User.objects.get_or_create(
            username=person["username"],
            defaults={
                "display_name": person["name"],
                "password": password,
                "email": f"{person['username']}@thu-mau.invalid",
            },
        )
        if created:
            _give_mandates(user, person["mandates"], at)
    signs = Q(duty__in=SIGNING_DUTIES) | Q(organization__code=AUTHORIZING, duty__in=GRANTEES)
    signers = Mandate.objects.filter(signs, user__username__in=_usernames())
    DemoAuthority().issue(signers.select_related("user", "organization"))


def _add_units(units: list[dict[str, str]]) -> None:
    """Add schools and a Party committee, which the map of bodies with accounts does not have."""
    for one in units:
        territory = Territory.objects.get(code=one["territory"])
        Organization.objects.get_or_create(
            code=one["code"],
            defaults={
                "kind": one.get("kind", Kind.UNIT),
                "level": territory.level,
                "territory": territory,
                "superior": Organization.objects.filter(code=one.get("superior", "")).first(),
                "name": one["name"],
                "short_name": one["name"],
                "search_text": seeding.search_text(one["name"], territory.name),
                "valid_from": seeding.MAP_FROM,
                "is_sample": True,
            },
        )
    seeding.set_missing_paths()


def _add_boards(boards: list[dict[str, Any]], at: dt.datetime) -> None:
    """Add the boards that stood before the demonstration begins, each by a decision of its Front."""
    for one in boards:
        front = Organization.objects.select_related("territory").get(code=one["front"])
        if front.boards.filter(kind=one["kind"]).exists():
            continue
        record_board(
            front=front,
            kind=one["kind"],
            project=one.get("project", ""),
            members=[{**member, "is_no_official": True} for member in one["members"]],
            decision_number="M01/QĐ-MẪU",
            on=SINCE,
            at=at,
        )


def _usernames() -> list[str]:
    return [person["username"] for person in declared()["people"]]


def _give_mandates(user: User, mandates: list[dict[str, str]], at: dt.datetime) -> None:
    for number, one in enumerate(mandates, start=1):
        give_mandate(
            user=user,
            organization=Organization.objects.get(code=one["org"]),
            duty=one["duty"],
            title=one["title"],
            from_on=SINCE,
            decision_number=f"M{number:02d}/QĐ-MẪU",
            decision_on=SINCE,
            by=None,
            at=at,
        )


def actor(key: str) -> Actor:
    """Return the actor "<organization code>.<key>" of people.yaml; KeyError for an unknown one."""
    code, _dot, name = key.rpartition(".")
    for person in declared()["people"]:
        for one in person["mandates"]:
            if one["org"] == code and one["key"] == name:
                mandate = Mandate.objects.select_related("user", "organization").get(
                    user__username=person["username"], organization__code=code, duty=one["duty"]
                )
                return Actor.of(mandate)
    raise KeyError(key)
