"""Small makers over the seeded map of Vietnam, which every test database has."""

from __future__ import annotations

import datetime as dt
import itertools

from supervision.organizations.models import Mandate, Organization, User

FRONT = "mttq-24"
DEPARTMENT = "so-nnmt-24"
FROM = dt.date(2025, 7, 1)
_numbers = itertools.count(1)


def an_organization(code: str) -> Organization:
    return Organization.objects.get(code=code)


def a_user(name: str = "Cán bộ mẫu", email: str = "") -> User:
    return User.objects.create_user(f"mau-{next(_numbers)}", display_name=name, email=email)


def a_mandate(
    code: str,
    duty: str,
    *,
    name: str = "Cán bộ mẫu",
    user: User | None = None,
    email: str = "",
    from_on: dt.date = FROM,
    until_on: dt.date | None = None,
) -> Mandate:
    return Mandate.objects.create(
        user=user or a_user(name, email),
        organization=an_organization(code),
        duty=duty,
        title="Chức danh mẫu",
        from_on=from_on,
        until_on=until_on,
        decision_number="01/QĐ-M",
        decision_on=FROM,
    )
