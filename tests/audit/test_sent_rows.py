"""What was sent cannot be changed unseen: plain SQL on every kind of row, guards in place and guards dropped.

The rows are those of told stories. Each change is one that the application's role, or the owner of the
database, could make; it is refused, or `audit_verify` names it. TAMPERINGS=200 tries as many of them.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from supervision.audit import chain, contents, guards
from supervision.audit.frozen import Frozen, PartOf, declared
from supervision.demo import script, world
from supervision.demo.clock import Clock
from supervision.demo.driver import Driver
from supervision.demo.plots import plots
from supervision.publication.log import checking, heads
from tests.owner import guards_off
from tests.worker import complete_unprinted

pytestmark = pytest.mark.django_db
TRIES = int(os.environ.get("TAMPERINGS", "40"))
TODAY = dt.date(2026, 11, 24)
#: Kept by guards and hashed by no event, with the reason; everything else is found with the guards dropped.
GUARDED_ALONE = {
    "audit.link": "the newest may be cut off until the log names it; tests/audit/test_chain.py",
    "casefiles.casenumber": "a counter: the cases bear the numbers, each once",
    "cases.redaction": "what is hidden; the printed edition and the publication show what was",
    "documents.numberregister": "a counter: the papers bear the numbers, each once",
    "drafts.remark": "hashed with each answer, from the first that was sent",
    "files.attachment": "hashed with the row that it is tied to, from its sending on",
    "files.blob": "named by the hash of its bytes",
    "publication.leaf": "tiles and checkpoints tell it; tests/publication/log",
    "publication.signedcheckpoint": "tests/publication/log",
    "publication.tile": "tests/publication/log",
}
#: Of these the guards let something through: counters count on, what hides nothing any more is taken back.
OPEN_BY_DESIGN = ("casefiles.casenumber", "cases.redaction", "documents.numberregister", "files.blob")
#: Told cases that between them hold every kind of answer, opinion, paper and publication.
STORIES = ("plan", "s1", "s2a", "s3a", "s4", "c1b", "c2b", "o1")


@pytest.fixture(scope="module")
def told(stays: None) -> None:
    """Cases of many forms as they stand today, their papers signed and not printed."""
    clock = Clock()
    world.build(at=clock.at(world.SINCE))
    chosen = [plot for plot in plots(TODAY) if plot.key in STORIES]
    acts = [(plot, one) for plot in chosen for one in plot.script]
    drivers = {
        plot.key: Driver(plot.first_day, seed=plot.key, clock=clock, worker=complete_unprinted)
        for plot in chosen
    }
    for plot, one in sorted(acts, key=lambda act: act[0].first_day + dt.timedelta(days=act[1].day)):
        script.perform(drivers[plot.key], one)
    chain.link_events()


@dataclass(frozen=True)
class Tampering:
    """A statement that changes something that was sent."""

    sql: str
    params: tuple[Any, ...]
    what: str
    whole: type[models.Model] | None = None  # the model of which it changes a row


def run(one: Tampering) -> None:
    with connection.cursor() as cursor:
        cursor.execute(one.sql, one.params)


def fixed(model: type[models.Model], said: Frozen) -> models.QuerySet[Any]:
    """The rows of a model that are guarded now; of one that is hashed, those that an event must hold."""
    if said.is_hashed:
        return contents.sent(model)
    return model._base_manager.filter(contents.Holds(said.when))


def guarded() -> list[tuple[type[models.Model], Frozen]]:
    """Every model of which a row is guarded here."""
    return [(model, said) for model, said in declared() if fixed(model, said).exists()]


def but(left_out: Collection[str]) -> list[tuple[type[models.Model], Frozen]]:
    """Every guarded model but some."""
    return [one for one in guarded() if one[0]._meta.label_lower not in left_out]


def hashed() -> list[tuple[type[models.Model], Frozen]]:
    """Every model of which a row was sent here."""
    return [(model, said) for model, said in guarded() if said.is_hashed]


def tamperings(seed: int, kinds: list[tuple[type[models.Model], Frozen]]) -> Iterator[Tampering]:
    """Yield changes to sent rows, their files and their parts, drawn at random; the same for a seed."""
    draw = random.Random(seed)
    while True:
        model, said = draw.choice(kinds)
        keys = list(fixed(model, said).order_by("pk").values_list("pk", flat=True))
        made = draw.choice([_changed, _changed, _deleted, _loosened])(draw, model, said, draw.choice(keys))
        yield replace(made, whole=model)


def _changed(draw: random.Random, model: type[models.Model], said: Any, key: int) -> Tampering:
    now = model._base_manager.values().get(pk=key)
    fields = [field for field in model._meta.concrete_fields if field.name not in said.free]
    field = draw.choice([field for field in fields if not field.primary_key and not field.unique])
    table, column = model._meta.db_table, field.column
    value = another(draw, field, now[field.attname])
    sql = f'UPDATE "{table}" SET "{column}" = %s WHERE "{key_of(model)}" = %s'
    return Tampering(sql, (value, key), f"{table}.{column} of {key}")


def another(draw: random.Random, field: models.Field[Any, Any], now: Any) -> Any:
    """Return another value for a column than the one it has now, as the database takes it."""
    if isinstance(field, models.BooleanField):
        return not now
    if field.choices:
        return draw.choice([value for value, _label in field.flatchoices if value != now])
    if isinstance(field, models.JSONField):
        return '{"sửa": true}'
    if isinstance(field, models.DateTimeField):
        return (now or dt.datetime(2026, 1, 2, tzinfo=dt.UTC)) + dt.timedelta(seconds=draw.randint(1, 9999))
    if isinstance(field, models.DateField):
        return (now or dt.date(2026, 1, 2)) + dt.timedelta(days=draw.randint(1, 99))
    if isinstance(field, models.TimeField):
        return f"{draw.randint(1, 5):02}:17:00"
    if isinstance(field, models.ForeignKey):
        others = field.related_model._base_manager.exclude(pk=now).order_by("pk")
        return others.values_list("pk", flat=True).first() or 10**9
    if isinstance(field, models.IntegerField):
        return (now or 0) + draw.randint(1, 9)
    return f"{now or ''}"[: (field.max_length or 10**6) - 2] + draw.choice(["X", "Y "])


def _deleted(draw: random.Random, model: type[models.Model], said: Any, key: int) -> Tampering:
    table = model._meta.db_table
    return Tampering(f'DELETE FROM "{table}" WHERE "{key_of(model)}" = %s', (key,), f"{table} {key} deleted")


def key_of(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)


def _loosened(draw: random.Random, model: type[models.Model], said: Any, key: int) -> Tampering:
    """A file or a part is taken off a row, where it has any; otherwise the row is changed."""
    files: list[Any] = [model._meta.get_field(name) for name in said.files]
    parts: list[Any] = [model._meta.get_field(name) for name in said.parts]
    rows = [(one.remote_field.through, f"{one.m2m_field_name()}_id") for one in files]
    rows += [(one.related_model, one.field.attname) for one in parts]
    having = [(one, attname) for one, attname in rows if one._base_manager.filter(**{attname: key}).exists()]
    if not having:
        return _changed(draw, model, said, key)
    one, attname = draw.choice(having)
    if draw.random() < 0.5 and isinstance(one.__dict__.get("frozen"), PartOf):
        part = draw.choice(list(one._base_manager.filter(**{attname: key}).values_list("pk", flat=True)))
        return _changed(draw, one, one.frozen, part)  # type: ignore[attr-defined]
    table, column = one._meta.db_table, one._meta.get_field(attname).column
    return Tampering(f'DELETE FROM "{table}" WHERE "{column}" = %s', (key,), f"{table} of {key} deleted")


def troubles_of(model: type[models.Model]) -> list[str]:
    """What `audit_verify` says after a row of a model was changed."""
    if any(one is model for one, _said in hashed()):
        return list(contents.troubles([model]))
    return [*chain.troubles(heads.anchors()), *checking.troubles(), *contents.troubles()]


def test_a_told_world_is_whole_and_every_sent_row_is_held_by_an_event(told: None) -> None:
    assert list(contents.troubles()) == []
    assert guards.missing() == []
    assert len(hashed()) >= 30, "too few kinds of sent rows to mean anything"


def test_plain_sql_to_what_was_sent_is_refused_or_found(told: None) -> None:
    """As the application's role would, no guard touched: what may still be filled in is found at least."""
    unseen, refused = [], 0
    for one, _nr in zip(tamperings(7, but(OPEN_BY_DESIGN)), range(TRIES), strict=False):
        try:
            with transaction.atomic():
                assert one.whole is not None
                run(one)
                if not troubles_of(one.whole):
                    unseen.append(one.what)
                transaction.set_rollback(True)
        except IntegrityError:
            refused += 1
    assert unseen == []
    assert refused >= 0.9 * TRIES


def test_what_an_owner_changes_with_the_guards_dropped_is_found(told: None) -> None:
    unseen = []
    for one, _nr in zip(
        tamperings(11, but(GUARDED_ALONE)),
        range(TRIES),
        strict=False,
    ):
        try:
            with transaction.atomic():
                assert one.whole is not None
                with guards_off():
                    run(one)
                if not troubles_of(one.whole):
                    unseen.append(one.what)
                transaction.set_rollback(True)
        except IntegrityError:
            continue  # a constraint refused it: a second number, a foreign key that leads nowhere
    assert unseen == []
