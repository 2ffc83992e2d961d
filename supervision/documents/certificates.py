"""Which certificates people and bodies sign with, and the warnings before they expire."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.documents.models import SigningCertificate
from supervision.documents.signing.sign import Certificate
from supervision.errors import InvalidInput
from supervision.language.dates import short_date
from supervision.notices.services import News, tell_all
from supervision.organizations.models import Mandate, Organization

#: Days before the end at which people are warned, and once more when it has come.
WARN = (90, 30, 7, 0)


def register(whose: Mandate | Organization, certificate: Certificate, *, at: dt.datetime) -> None:
    """Keep that `whose` signs with a certificate; InvalidInput for one that is somebody else's."""
    holder = _holder(whose)
    about = {
        "subject": certificate.subject, "not_before": certificate.not_before,
        "not_after": certificate.not_after, "added_at": at,
    }  # fmt: skip
    row, _made = SigningCertificate.objects.get_or_create(
        sha256=certificate.sha256, defaults={**holder, **about}
    )
    if not is_registered(whose, row.sha256):
        raise InvalidInput({"file": [_("Chứng thư số này đã được ghi cho người hoặc cơ quan khác.")]})


def is_registered(whose: Mandate | Organization, sha256: str) -> bool:
    """Whether `whose` is known to sign with the certificate of that hash."""
    return SigningCertificate.objects.filter(sha256=sha256, **_holder(whose)).exists()


def warn_of_expiry(*, at: dt.datetime) -> int:
    """Tell the bodies concerned of certificates that expire in 90, 30, 7 days, or have; each once.

    One whose holder has a newer one is not spoken of. Returns of how many certificates people are told.
    """
    newer = SigningCertificate.objects.filter(
        Q(person=OuterRef("person")) | Q(organization=OuterRef("organization")),
        not_after__gt=OuterRef("not_after"),
    )
    rows = SigningCertificate.objects.filter(
        ~Exists(newer),
        not_after__lte=at + dt.timedelta(days=WARN[0]),
        not_after__gt=at - dt.timedelta(days=30),
    )
    said = list(rows.select_related("person", "organization"))
    where = _bodies_of([row.person_id for row in said if row.person_id], timezone.localdate(at))
    tell_all([news for row in said for news in _news(row, where, at)], at=at)
    return len(said)


def _bodies_of(people: list[int], on: dt.date) -> dict[int, dict[int, Organization]]:
    """Return in which bodies people hold a mandate on a day, by person and by body."""
    found: dict[int, dict[int, Organization]] = {}
    for mandate in Mandate.objects.in_force(on).filter(user__in=people).select_related("organization"):
        found.setdefault(mandate.user_id, {})[mandate.organization_id] = mandate.organization
    return found


def _news(
    row: SigningCertificate, where: dict[int, dict[int, Organization]], at: dt.datetime
) -> Iterator[News]:
    days = math.ceil((row.not_after - at) / dt.timedelta(days=1))
    step = min(one for one in WARN if days <= one) if days > 0 else 0
    ends = "hết hạn" if step else "đã hết hạn"
    day = short_date(timezone.localdate(row.not_after))
    if row.organization:
        name, told = row.organization.name, [row.organization]
    else:
        assert row.person is not None
        name, told = row.person.display_name, list(where.get(row.person.pk, {}).values())
    for organization in told:
        yield News(
            key=f"certificate.expires:{row.pk}:{step}",
            kind="certificate.expires",
            organization=organization,
            mandate=None,
            title=f"Chứng thư số của {name} {ends} ngày {day}",
            address="/van-ban/",
            case_code="",
        )


def _holder(whose: Mandate | Organization) -> dict[str, Any]:
    if isinstance(whose, Mandate):
        return {"person": whose.user, "organization": None}
    return {"person": None, "organization": whose}
