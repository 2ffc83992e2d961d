"""What the domain refuses, in words a person understands. No HTTP, no Django."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

#: Sentences about the fields of a form: `{field name: [sentences]}`.
Errors = dict[str, list[Any]]


class DomainError(Exception):
    """A request that the rules refuse.

    `message` is a translatable, plain sentence for the person who asked; `basis` is
    the norm or practice behind the refusal (a `law.basis.Norm` or `Practice`), if any.
    """

    def __init__(self, message: Any, basis: Any = None) -> None:
        super().__init__(message)
        self.message = message
        self.basis = basis


class NotAllowed(DomainError):
    """The actor's mandate does not carry this right (web answers 403)."""


class AlreadyDone(DomainError):
    """Someone finished this step a moment ago (web answers 409 with a plain notice)."""


class AlreadySent(AlreadyDone):
    """A form came again under its key with other content, which was not recorded (409, with a new key)."""


class WrongState(DomainError):
    """The object has moved on; the act no longer applies."""


class Busy(DomainError):
    """The server does as much as it takes on at once (web answers 503); ask again in `seconds`."""

    def __init__(self, message: Any, *, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class Lost(Busy, FileNotFoundError):
    """A stored file is not where it was kept (web answers 503): whoever runs the server has to restore it."""


class TooMany(Busy):
    """More came from one place than its share (web answers 429)."""


@dataclass
class InvalidInput(DomainError):
    """Fields that cannot be accepted, all at once."""

    errors: Errors = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(next((m for ms in self.errors.values() for m in ms), ""))
