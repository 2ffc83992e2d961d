"""What was sent is not changed any more: a model says what of it is fixed, and from when on.

A declaration is a class attribute named `frozen`. From it come the guards in the database (`guards`) and the
hash that the event of sending holds (`contents`); nothing else has to be written for a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

#: Conditions are SQL on a row named {row}; what it becomes is {new}. Both databases read them.
ALWAYS, NEVER = "true", "false"
#: A row goes where an event says that it was rightly taken out.
TAKEN_BACK = (
    "EXISTS (SELECT 1 FROM audit_event WHERE action = 'content.gone' "
    "AND object_type = '{label}' AND object_id = {row}.id)"
)
#: What is hashed of a file that is tied to a row: another name, sender or other bytes are another file.
FILE = ("public_id", "name", "pages", "blob__sha256", "uploaded_by_id", "uploaded_at", "is_private")


@dataclass(frozen=True)
class Until:
    """A column that changes until `settled` holds of its row, for good, and till then where `may` does."""

    settled: str
    may: str = ALWAYS


#: A last day, `until_on`, that may be set and come nearer.
NEARER = Until(NEVER, may="{row}.until_on IS NULL OR {new}.until_on < {row}.until_on")


@dataclass(frozen=True)
class Decided:
    """A column that changes only as a row of another table says: from its `old` to its `new`.

    `model` is that table's, its rows frozen themselves; `of` its foreign key to the row that changes, empty
    where it speaks of all rows; `where` what else its columns say.
    """

    model: str
    old: str
    new: str
    of: str = ""
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Newest:
    """A column that changes only to what the newest row of another table says of it, under the same name.

    `model` is that table's, its rows frozen themselves; `of` its foreign key to the row that changes.
    """

    model: str
    of: str


@dataclass(frozen=True)
class Frozen:
    """What of a row is fixed, and from when on; every column that is not named here is fixed.

    `when` a row is frozen; `hashed_when` an event must hold its hash, as a rule the same. `free` columns may
    always change and are not hashed; `once` columns may be filled in, not changed; `moves` is for states:
    which value may follow which, each step held by its event; `allowed` columns change under a condition. A
    row may be deleted where `may_go` holds. `files` are many-to-many fields, of bodies too, `parts` the
    reverse names of rows (see `PartOf`) that belong to it and are fixed once its hash stands; `also` are
    lookups that are hashed beside the columns. `at_once` is how many rows a check reads at once, where each
    may be megabytes.
    """

    when: str = ALWAYS
    hashed_when: str = ""
    free: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    moves: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    allowed: Mapping[str, Until | Decided | Newest] = field(default_factory=dict)
    may_go: str = NEVER
    files: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    at_once: int = 500

    @property
    def is_hashed(self) -> bool:
        """Whether events hold hashes of such rows."""
        return self.sent_when != NEVER

    @property
    def sent_when(self) -> str:
        """The condition under which an event must hold the row's hash."""
        return self.hashed_when or self.when

    @property
    def changing(self) -> frozenset[str]:
        """The columns that may change and are hashed one by one."""
        return frozenset((*self.once, *self.moves, *self.allowed))


@dataclass(frozen=True)
class AppendOnly(Frozen):
    """A table whose rows never change and never go, but under `may_go`."""


@dataclass(frozen=True)
class PartOf:
    """Rows that belong to another, by the foreign key `parent`, and are fixed and hashed with it."""

    parent: str
    free: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


def declared() -> Iterator[tuple[type[models.Model], Frozen]]:
    """Yield every model whose rows are fixed, with what it declares."""
    for model in apps.get_models():
        said = model.__dict__.get("frozen")
        if isinstance(said, Frozen):
            yield model, said


def declared_parts() -> Iterator[tuple[type[models.Model], PartOf]]:
    """Yield every model whose rows are fixed with the row that they belong to."""
    for model in apps.get_models():
        said = model.__dict__.get("frozen")
        if isinstance(said, PartOf):
            yield model, said


def frozen_of(model: type[models.Model]) -> Frozen:
    """Return what a model declares; LookupError for one that declares nothing."""
    said = model.__dict__.get("frozen")
    if not isinstance(said, Frozen):
        raise LookupError(f"{model._meta.label} declares nothing frozen")
    return said


def column_of(model: type[models.Model], name: str) -> str:
    """Return the column of a field by its name."""
    concrete: Any = model._meta.get_field(name)
    return str(concrete.column)
