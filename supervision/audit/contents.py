"""The words of what was sent as hashes, held by an event: whatever is changed later no longer fits.

The hashes stand in the event, and so in the chain, under a salt of their own: when the words of the event
are erased, for the law on personal data asks for it, the row that was sent is still told against them.
A row that may change is held anew by each act that changes it, and all that events held of it must agree.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from django.db import models
from django.db.models import BooleanField, Exists, Expression, OuterRef, Q, Subquery

from supervision.audit.canonical import canonical
from supervision.audit.frozen import FILE, NEVER, Frozen, Until, declared, frozen_of
from supervision.audit.models import Content, Event
from supervision.audit.rows import Hashes, Row, Said, plain
from supervision.audit.trails import Trail

#: The action of an event that says of a row that it was rightly taken out.
GONE = "content.gone"
#: So many rows are read at once, whatever the tables hold.
CHUNK = 500
#: What an event holds, by the label and the primary key of its row.
Held = dict[tuple[str, int], Hashes]


class Holds(Expression):
    """A declared condition on the rows of a query, under whatever name the query gives their table."""

    output_field = BooleanField()

    def __init__(self, condition: str) -> None:
        super().__init__()
        self.condition = condition

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[()]]:
        row = compiler.quote_name_unless_alias(compiler.query.get_initial_alias())
        return f"({self.condition.format(row=row, new=row)})", ()


def sent(model: type[models.Model]) -> models.QuerySet[Any]:
    """Return the rows of a model whose hash an event must hold."""
    return model._base_manager.filter(Holds(frozen_of(model).sent_when))


def contents(model: type[models.Model], keys: Iterable[int]) -> dict[int, Row]:
    """Return what is hashed of those rows that were sent, by primary key; some queries for all of them."""
    said = frozen_of(model)
    fields = [field for field in model._meta.concrete_fields if field.name not in said.free]
    changing = {field.attname for field in fields if field.name in said.changing}
    settled = {
        f"settled_{field.attname}": Holds(how.settled)
        for field in fields
        if isinstance(how := said.allowed.get(field.name), Until)
    }
    rows = sent(model).filter(pk__in=list(keys)).order_by()
    found: dict[int, Row] = {}
    for row in rows.values("pk", *(field.attname for field in fields), *said.also, **settled):
        key = row.pop("pk")
        is_open = frozenset(name for name in changing if row.pop(f"settled_{name}", True) is not True)
        facts = _plain(row)
        may = {name: facts.pop(name) for name in changing & facts.keys()}
        found[key] = Row(facts, may, is_open)
    for name in said.files:
        for key, facts in _files(model, name, found):
            found[key].fixed.setdefault(f"[{name}]", []).append(facts)
    for name in said.parts:
        for key, facts in _parts(model, name, found):
            found[key].fixed.setdefault(f"[{name}]", []).append(facts)
    return found


def _files(model: type[models.Model], name: str, keys: Iterable[int]) -> Iterator[tuple[int, Said]]:
    field: Any = model._meta.get_field(name)
    near, far = field.m2m_field_name(), field.m2m_reverse_field_name()
    facts = FILE if hasattr(field.related_model, "blob") else ("pk",)
    looked = [f"{far}__{one}" for one in facts]
    rows = field.remote_field.through._base_manager.filter(**{f"{near}__in": list(keys)})
    for row in rows.order_by(*looked).values(f"{near}_id", *looked):
        yield row.pop(f"{near}_id"), _plain(row)


def _parts(model: type[models.Model], name: str, keys: Iterable[int]) -> Iterator[tuple[int, Said]]:
    relation: Any = model._meta.get_field(name)
    part, key = relation.related_model, relation.field.attname
    said = part.frozen
    names = [field.attname for field in part._meta.concrete_fields if field.name not in said.free]
    rows = part._base_manager.filter(**{f"{key}__in": list(keys)}).order_by("pk")
    for row in rows.values(*names, *said.also).iterator(chunk_size=CHUNK):
        yield row[key], _plain(row)


def _plain(row: dict[str, Any]) -> Said:
    """What is empty is left out: a column that is added later, empty, changes no hash that stands."""
    return {name: plain(value) for name, value in row.items() if value}


def newest(model: type[models.Model], keys: Iterable[int]) -> dict[int, Hashes]:
    """Return what the newest event that holds each row has of it; one look into an index for each row."""
    held = _held(model).filter(object_id=OuterRef("pk")).order_by("-pk")
    said = {name: Subquery(held.values(name)[:1]) for name in ("salt", "hash", "changing")}
    rows = model._base_manager.filter(pk__in=list(keys)).order_by().values_list("pk", *said.values())
    return {key: Hashes(salt, fixed, changing) for key, salt, fixed, changing in rows if salt is not None}


def _held(model: type[models.Model]) -> models.QuerySet[Content]:
    return Content.objects.filter(object_type=model._meta.label_lower)


def unheld(model: type[models.Model], keys: Mapping[int, Set[str] | None]) -> dict[int, Hashes]:
    """Return what the next event holds of the rows that no event holds as they are, of those that were sent.

    `keys` has with each the columns that were written, None for all.
    """
    found = contents(model, keys)
    before = newest(model, found) if found else {}
    return {
        key: row.after(before.get(key), keys[key])
        for key, row in found.items()
        if key not in before or not row.fits(before[key])
    }


def is_held(row: models.Model) -> bool:
    """Whether a row was sent and is as the newest event that holds it has it."""
    model, key = type(row), row.pk
    now, held = contents(model, [key]).get(key), newest(model, [key]).get(key)
    return now is not None and held is not None and now.fits(held)


Models = Sequence[type[models.Model]]


def troubles(among: Models | None = None, *, besides: Models = ()) -> Iterator[str]:
    """Yield a sentence for every row that is not as it was sent, vanished, or is held by no event.

    `among` are models that declare what is frozen, all of them by default, `besides` some that are left out.
    What is read at once is bounded, whatever the tables hold.
    """
    for model, said in declared():
        if said.is_hashed and (among is None or model in among) and model not in besides:
            yield from _changed(model)
            yield from _vanished(model, said)
    if among is None:
        yield from _unlike_their_events()


def _changed(model: type[models.Model]) -> Iterator[str]:
    label = model._meta.label_lower
    for keys in _chunks(sent(model), frozen_of(model).at_once):
        trails = {key: Trail(model, key, row) for key, row in contents(model, keys).items()}
        for held in _held(model).filter(object_id__in=keys).order_by("-pk").iterator(CHUNK):
            if held.object_id in trails:
                trails[held.object_id].see(Hashes(held.salt, held.hash, held.changing))
        for key, trail in sorted(trails.items()):
            if not trail.is_held:
                yield f"{label} {key} was sent, and no event holds its words"
            elif not trail.is_whole:
                yield f"{label} {key} is not what was sent"


def _vanished(model: type[models.Model], said: Frozen) -> Iterator[str]:
    label = model._meta.label_lower
    there = Exists(sent(model).filter(pk=OuterRef("object_id")))
    missing = _held(model).filter(~there)
    if said.may_go != NEVER:  # no event takes out what may never go
        gone = Event.objects.filter(action=GONE, object_type=label, object_id=OuterRef("object_id"))
        missing = missing.filter(~Exists(gone))
    keys = missing.order_by("object_id").values_list("object_id", flat=True)
    for key in keys.distinct().iterator():
        yield f"{label} {key} was sent, and is not there as sent any more"


def _unlike_their_events() -> Iterator[str]:
    """Yield the events whose hashes are not those of that day: `Event.content` covers them, in the chain."""
    holding = Event.objects.filter(
        Q(content__isnull=False) | Exists(Content.objects.filter(event=OuterRef("pk")))
    )
    for keys in _chunks(holding):
        held: dict[int, Held] = defaultdict(dict)
        for row in Content.objects.filter(event__in=keys).iterator(CHUNK):
            hashes = Hashes(row.salt, row.hash, row.changing)
            held[row.event_id][row.object_type, row.object_id] = hashes
        for key, said in Event.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "content"):
            if over(held[key]) != said:
                yield f"event {key} holds other hashes than on that day"


def unfixed(model: type[models.Model]) -> Iterator[list[int]]:
    """Yield, in chunks, the rows that were sent and whose hash no event has ever held."""
    rows = sent(model).filter(~Exists(_held(model).filter(object_id=OuterRef("pk"))))
    yield from _chunks(rows, frozen_of(model).at_once)


def _chunks(rows: models.QuerySet[Any], size: int = CHUNK) -> Iterator[list[int]]:
    last = 0
    while keys := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:size]):
        yield keys
        last = keys[-1]


def over(held: Held) -> str | None:
    """Return the hash over all that an event holds; None for an event that holds nothing."""
    listed = [[*about, held[about].fixed, held[about].changing] for about in sorted(held)]
    return hashlib.sha256(canonical({"holds": listed}).encode()).hexdigest() if listed else None


def keep(event: Event, held: Held) -> None:
    """Store what an event holds."""
    Content.objects.bulk_create(
        [
            Content(
                event=event, object_type=label, object_id=key,
                salt=said.salt, hash=said.fixed, changing=said.changing,
            )
            for (label, key), said in held.items()
        ],
        batch_size=CHUNK,
    )  # fmt: skip
