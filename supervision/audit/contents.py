"""The words of what was sent as one hash, held by an event: whatever is changed later no longer fits.

The hash stands in the event (and so in the chain) under the salt of the event's words: when those are erased,
for the law on personal data asks for it, nothing is left to try names against, and nothing to check either.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models
from django.db.models import BooleanField, Exists, Expression, OuterRef, Q

from supervision.audit.canonical import canonical, moment, salted
from supervision.audit.frozen import FILE, declared, frozen_of
from supervision.audit.models import Content, Event

#: The action of an event that says of a row that it was rightly taken out.
GONE = "content.gone"
#: So many rows are read at once, whatever the tables hold.
CHUNK = 500
Said = dict[str, Any]
#: What is held, or not held yet, by the label and the primary key of its row.
Unheld = dict[tuple[str, int], Said]
Hashes = dict[tuple[str, int], str]


class _Holds(Expression):
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
    return model._base_manager.filter(_Holds(frozen_of(model).sent_when))


def contents(model: type[models.Model], keys: Iterable[int]) -> dict[int, Said]:
    """Return what is hashed of those rows that were sent, by primary key; some queries for all of them."""
    said = frozen_of(model)
    names = [field.attname for field in model._meta.concrete_fields if field.name not in said.free]
    rows = sent(model).filter(pk__in=list(keys)).values("pk", *names, *said.also)
    found = {row.pop("pk"): _plain(row) for row in rows.order_by()}
    for name in said.files:
        for key, facts in _files(model, name, found):
            found[key].setdefault(f"[{name}]", []).append(facts)
    for name in said.parts:
        for key, facts in _parts(model, name, found):
            found[key].setdefault(f"[{name}]", []).append(facts)
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
    return {name: _value(value) for name, value in row.items() if value}


def _value(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


def hash_of(content: Said, salt: str) -> str:
    """Return the hash of a row's content under the salt of the event that holds it."""
    return salted(content, salt)


def newest(model: type[models.Model], keys: Iterable[int]) -> dict[int, tuple[str, str | None]]:
    """Return the newest hash of each row and its salt, None for one whose words were erased."""
    rows = _held(model).filter(object_id__in=list(keys)).order_by("pk")
    read = rows.values_list("object_id", "hash", "event__words__salt")
    return {key: (said, salt) for key, said, salt in read}


def _held(model: type[models.Model]) -> models.QuerySet[Content]:
    return Content.objects.filter(object_type=model._meta.label_lower)


def unheld(model: type[models.Model], keys: Sequence[int]) -> dict[int, Said]:
    """Return what no event holds as it is now, of those rows that were sent."""
    found = contents(model, keys)
    held = newest(model, found) if found else {}
    for key, (said, salt) in held.items():
        if salt is not None and hash_of(found[key], salt) == said:
            del found[key]
    return found


Models = Sequence[type[models.Model]]


def troubles(among: Models | None = None, *, besides: Models = ()) -> Iterator[str]:
    """Yield a sentence for every row that is not as it was sent, vanished, or is held by no event.

    `among` are models that declare what is frozen, all of them by default, `besides` some that are left out.
    What is read at once is bounded, whatever the tables hold.
    """
    for model, said in declared():
        if said.is_hashed and (among is None or model in among) and model not in besides:
            yield from _changed(model)
            yield from _vanished(model)
    if among is None:
        yield from _unlike_their_events()


def _changed(model: type[models.Model]) -> Iterator[str]:
    label = model._meta.label_lower
    for keys in _chunks(sent(model)):
        held = newest(model, keys)
        for key, content in sorted(contents(model, keys).items()):
            said, salt = held.get(key, (None, None))
            if said is None:
                yield f"{label} {key} was sent, and no event holds its words"
            elif salt is not None and hash_of(content, salt) != said:
                yield f"{label} {key} is not what was sent"


def _vanished(model: type[models.Model]) -> Iterator[str]:
    label = model._meta.label_lower
    there = Exists(sent(model).filter(pk=OuterRef("object_id")))
    gone = Exists(Event.objects.filter(action=GONE, object_type=label, object_id=OuterRef("object_id")))
    keys = _held(model).filter(~there, ~gone).order_by("object_id").values_list("object_id", flat=True)
    for key in keys.distinct().iterator():
        yield f"{label} {key} was sent, and is not there as sent any more"


def _unlike_their_events() -> Iterator[str]:
    """Yield the events whose hashes are not those of that day: `Event.content` covers them, in the chain."""
    holding = Event.objects.filter(
        Q(content__isnull=False) | Exists(Content.objects.filter(event=OuterRef("pk")))
    )
    for keys in _chunks(holding):
        held: dict[int, Hashes] = defaultdict(dict)
        for row in Content.objects.filter(event__in=keys):
            held[row.event_id][row.object_type, row.object_id] = row.hash
        for key, said in Event.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "content"):
            if over(held[key]) != said:
                yield f"event {key} holds other hashes than on that day"


def unfixed(model: type[models.Model]) -> Iterator[list[int]]:
    """Yield, in chunks, the rows that were sent and whose hash no event has ever held."""
    yield from _chunks(sent(model).filter(~Exists(_held(model).filter(object_id=OuterRef("pk")))))


def _chunks(rows: models.QuerySet[Any]) -> Iterator[list[int]]:
    last = 0
    while keys := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        yield keys
        last = keys[-1]


def by_model(rows: Iterable[models.Model]) -> dict[type[models.Model], list[int]]:
    """Return the primary keys of rows by the model that they are of."""
    found: dict[type[models.Model], dict[int, None]] = defaultdict(dict)
    for row in rows:
        found[type(row)][row.pk] = None
    return {model: list(keys) for model, keys in found.items()}


def hashes(unheld: Unheld, salt: str) -> Hashes:
    """Return the hashes that an event with this salt holds."""
    return {about: hash_of(said, salt) for about, said in unheld.items()}


def over(held: Hashes) -> str | None:
    """Return the hash over all that an event holds; None for an event that holds nothing."""
    listed = [[label, key, held[label, key]] for label, key in sorted(held)]
    return hashlib.sha256(canonical({"holds": listed}).encode()).hexdigest() if listed else None


def keep(event: Event, held: Hashes) -> None:
    """Store what an event holds."""
    Content.objects.bulk_create(
        [
            Content(event=event, object_type=label, object_id=key, hash=said)
            for (label, key), said in held.items()
        ],
        batch_size=CHUNK,
    )
