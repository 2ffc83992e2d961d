"""The actor: one person in the one capacity chosen for this session."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from supervision.organizations.models import Mandate, Organization, User


@dataclass(frozen=True)
class Person:
    """Somebody outside of any capacity: signing in and out is nobody's duty."""

    user: User
    mandate: None = None
    organization: None = None
    acting_for: None = None


@dataclass(frozen=True)
class Actor:
    """A user acting under exactly one mandate; two mandates never add up.

    `acting_for` is the colleague who is away and whose work this one act does (`Substitution`); the
    rights and the name stay the actor's own.
    """

    user: User
    mandate: Mandate
    acting_for: Mandate | None = None

    @property
    def organization(self) -> Organization:
        return self.mandate.organization

    @property
    def duty(self) -> str:
        return self.mandate.duty

    @property
    def persons(self) -> frozenset[int]:
        """The users whose act this is: nobody of them may have drafted what it approves."""
        return frozenset({self.user.pk, *([self.acting_for.user_id] if self.acting_for else [])})

    def in_force(self, on: dt.date) -> bool:
        """Whether the person is active and the mandate and its organization hold on day `on`."""
        return bool(self.user.is_active) and self.mandate.holds_on(on) and self.organization.exists_on(on)

    @classmethod
    def of(cls, mandate: Mandate) -> Actor:
        return cls(user=mandate.user, mandate=mandate)
