"""The product's own table: every row can be enforced, and the printed one is the real one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from supervision.access import matrix, rights
from supervision.access.documentation import permissions_page
from supervision.access.policy import POLICY
from supervision.law.text import T
from supervision.organizations.actors import Actor
from supervision.organizations.models import Duty
from tests.organizations.makers import FRONT, a_mandate


def test_duties_are_those_that_people_can_hold() -> None:
    assert set(rights.DUTIES) == set(Duty.values)
    assert {code: title.vi for code, title in rights.DUTIES.items()} == dict(Duty.choices)


def test_every_row_names_a_model_and_a_registered_relation() -> None:
    for row in matrix.ROWS:
        apps.get_model(row.kind)
        assert (row.kind, row.relation) in POLICY.relations, row


def test_what_can_be_acted_on_can_be_seen() -> None:
    """Else `require` would answer 404 for an object of one's own."""
    viewable = {row.kind for row in matrix.ROWS if row.action == rights.VIEW}
    assert {row.kind for row in matrix.ROWS} <= viewable


def test_no_row_stands_twice() -> None:
    keys = [(row.kind, row.action, row.relation, duty) for row in matrix.ROWS for duty in row.duties]
    assert len(keys) == len(set(keys))


@pytest.mark.django_db
def test_no_relation_joins_to_many_rows() -> None:
    """A list would repeat rows and count them twice; such a condition is written `pk__in=<subquery>`."""
    actor = Actor.of(a_mandate(FRONT, "officer"))
    for (kind, relation), condition in POLICY.relations.items():
        rows = apps.get_model(kind)._base_manager.filter(condition(actor, dt.date(2026, 11, 24)))
        joins = [join for join in rows.query.alias_map.values() if getattr(join, "join_field", None)]
        many = [j for j in joins if j.join_field.many_to_many or j.join_field.one_to_many]
        assert not many, f"{kind}: {relation}"


def test_an_unknown_duty_is_refused_when_the_row_is_written() -> None:
    with pytest.raises(ValueError, match="boss"):
        rights.Row("a.b", "view", "own", frozenset({"boss"}), T("x", "x"))


def test_the_page_of_permissions_is_the_table() -> None:
    page = Path(settings.BASE_DIR, "docs/reference/permissions.md")
    assert page.read_text(encoding="utf-8") == permissions_page(), "run: manage.py permissions_doc --write"
