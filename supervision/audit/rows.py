"""A row as it is hashed: what of it never changes under one hash, each column that may under its own."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from supervision.audit.canonical import moment, salted

#: Stands behind the name of a column that could still be changed when it was hashed.
OPEN = "?"
#: In the place of a hash: this was not as the event before had held it, and nobody had written it since.
UNLIKE = ""
Said = dict[str, Any]


@dataclass(frozen=True)
class Hashes:
    """What an event holds of a row, under a salt that no other row has."""

    salt: str
    fixed: str
    changing: dict[str, str]

    @property
    def of_columns(self) -> dict[str, str]:
        """The hashes of what may change, by the column alone."""
        return {name.removesuffix(OPEN): said for name, said in self.changing.items()}


@dataclass(frozen=True)
class Row:
    """What is hashed of a row that was sent; `open` are the columns that can still be changed."""

    fixed: Said
    changing: Said
    open: Set[str] = frozenset()

    def fixed_under(self, salt: str) -> str:
        """Return the hash of what never changes."""
        return salted(self.fixed, salt)

    def under(self, salt: str) -> Hashes:
        """Return its hashes."""
        return Hashes(salt, self.fixed_under(salt), {
            f"{name}{OPEN}" if name in self.open else name: column_hash(name, value, salt)
            for name, value in self.changing.items()
        })  # fmt: skip

    def fits(self, held: Hashes) -> bool:
        """Whether it is as an event held it."""
        now = self.under(held.salt)
        return now.fixed == held.fixed and now.of_columns == held.of_columns

    def after(self, before: Hashes | None, written: Set[str] | None) -> Hashes:
        """Return what the next event holds; `written` are the columns that the act saved, None for all.

        What differs from the event before although nobody wrote it is held as unlike, so that no act ever
        makes good what somebody changed past the acts.
        """
        made = self.under(secrets.token_hex(16))
        if before is None:
            return made
        now = self.under(before.salt)
        differing = {name for name, said in now.of_columns.items() if before.of_columns.get(name) != said}
        differing |= before.of_columns.keys() - now.of_columns.keys()
        unlike = differing - written if written is not None else set()
        kept = {name: said for name, said in made.changing.items() if name.removesuffix(OPEN) not in unlike}
        fixed = made.fixed if now.fixed == before.fixed else UNLIKE
        return Hashes(made.salt, fixed, kept | dict.fromkeys(unlike, UNLIKE))


def plain(value: Any) -> Any:
    """Return a value of the database as it is hashed."""
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


def column_hash(name: str, value: Any, salt: str) -> str:
    """Return the hash of one column that may change."""
    return salted({name: value}, salt)
