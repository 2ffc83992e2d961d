"""What events held of a row, from the newest back to the first: could each have become the one after it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.db import models

from supervision.audit.frozen import Decided, Newest, frozen_of
from supervision.audit.rows import OPEN, Hashes, Row, column_hash, plain

#: What a column may have been just before it had a value.
Before = Callable[[Any], Iterable[Any]]


class Trail:
    """The events that hold one row, looked at one after the other, the newest first."""

    def __init__(self, model: type[models.Model], key: int, row: Row) -> None:
        self._model, self._key, self._row = model, key, row
        self._later = dict(row.changing)  # what the columns were when the event after held them
        self.is_held = False
        self.is_whole = True

    def see(self, held: Hashes) -> None:
        """Look at what the next older event holds."""
        if not self.is_held:
            self.is_whole = self._row.fits(held)
            self.is_held = True
        self.is_whole = self.is_whole and self._could_become(held)

    def _could_become(self, held: Hashes) -> bool:
        """Whether what never changes is the same, and each column became what it was later by its rule."""
        if self._row.fixed_under(held.salt) != held.fixed:
            return False
        settled = [(name, said) for name, said in held.changing.items() if not name.endswith(OPEN)]
        return all(self._fits(name, said, held.salt) for name, said in settled)

    def _fits(self, name: str, said: str, salt: str) -> bool:
        for value in self._before(name, self._later.get(name)):
            if column_hash(name, value, salt) == said:
                self._later[name] = value
                return True
        return False

    def _before(self, name: str, later: Any) -> Iterator[Any]:
        """Yield what a column may have been, from what it was later."""
        yield later
        declared = frozen_of(self._model)
        column = _names(self._model)[name]
        how = declared.allowed.get(column)
        if column in declared.moves:
            yield from _ways_to(declared.moves[column], later)
        elif isinstance(how, Decided):
            yield from _back(later, self._decided(how))
        elif isinstance(how, Newest):
            yield from _back(later, self._reworded(how, name))

    def _decided(self, how: Decided) -> Before:
        said = apps.get_model(how.model)._base_manager.filter(**how.where)
        if how.of:
            said = said.filter(**{how.of: self._key})
        return lambda value: said.filter(**{how.new: value}).values_list(how.old, flat=True)

    def _reworded(self, how: Newest, name: str) -> Before:
        rows = apps.get_model(how.model)._base_manager.filter(**{how.of: self._key}).order_by("pk")
        said = [plain(value) or None for value in rows.values_list(name, flat=True)]
        return lambda value: [old for old, new in pairwise(said) if new == value]


def _back(later: Any, before: Before) -> Iterator[Any]:
    """Yield what may have been, one step of `before` after the other, until `later` was."""
    seen, asked = {later}, [later]
    while asked:
        found = [old for old in before(asked.pop()) if old not in seen]
        seen.update(found)
        asked += found
        yield from found


@cache
def _names(model: type[models.Model]) -> dict[str, str]:
    return {field.attname: field.name for field in model._meta.concrete_fields}


def _ways_to(steps: Mapping[str, tuple[str, ...]], state: str) -> list[str]:
    """Return the states from which declared steps lead to `state`; one act may take several."""
    found: list[str] = []
    asked = [state]
    while asked:
        to = asked.pop()
        before = [old for old, new in steps.items() if to in new and old not in found]
        found += before
        asked += before
    return found
