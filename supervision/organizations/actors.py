"""The actor: one person in the one capacity chosen for this session."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from supervision.organizations.models import Mandate, Organization, User


@dataclass(frozen=True)
class Actor:
    """A user acting under exactly one mandate; two mandates never add up."""

    user: User
    mandate: Mandate

    @property
    def organization(self) -> Organization:
        return self.mandate.organization

    @property
    def duty(self) -> str:
        return self.mandate.duty

    def in_force(self, on: dt.date) -> bool:
        """Whether the person is active and the mandate and its organization hold on day `on`."""
        return bool(self.user.is_active) and self.mandate.holds_on(on) and self.organization.exists_on(on)

    @classmethod
    def of(cls, mandate: Mandate) -> Actor:
        return cls(user=mandate.user, mandate=mandate)
