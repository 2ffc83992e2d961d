"""Which certificates people and bodies sign with, and the warnings before they expire."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.documents.models import SigningCertificate
from supervision.documents.signing.sign import Certificate
from supervision.errors import InvalidInput
from supervision.language.dates import short_date
from supervision.notices.services import News, tell_all
from supervision.organizations.models import Mandate, Organization, User

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
    rows = SigningCertificate.objects.filter(
        not_after__lte=at + dt.timedelta(days=WARN[0]), not_after__gt=at - dt.timedelta(days=30)
    )
    rows = rows.select_related("person", "organization")
    said = [row for row in rows if not _newer(row).exists()]
    tell_all([news for row in said for news in _news(row, at)], at=at)
    return len(said)


def _newer(row: SigningCertificate) -> QuerySet[SigningCertificate]:
    same = {"person": row.person_id, "organization": row.organization_id}
    return SigningCertificate.objects.filter(not_after__gt=row.not_after, **same)


def _news(row: SigningCertificate, at: dt.datetime) -> Iterator[News]:
    days = math.ceil((row.not_after - at) / dt.timedelta(days=1))
    step = min(one for one in WARN if days <= one) if days > 0 else 0
    ends = "hết hạn" if step else "đã hết hạn"
    day = short_date(timezone.localdate(row.not_after))
    holder = row.person or row.organization
    assert holder is not None
    name = holder.display_name if isinstance(holder, User) else holder.name
    for organization in _told(holder, timezone.localdate(at)):
        yield News(
            key=f"certificate.expires:{row.pk}:{step}",
            kind="certificate.expires",
            organization=organization,
            mandate=None,
            title=f"Chứng thư số của {name} {ends} ngày {day}",
            address="/van-ban/",
        )


def _told(holder: User | Organization, on: dt.date) -> list[Organization]:
    if isinstance(holder, Organization):
        return [holder]
    mandates = Mandate.objects.in_force(on).filter(user=holder).select_related("organization")
    return list({mandate.organization_id: mandate.organization for mandate in mandates}.values())


def _holder(whose: Mandate | Organization) -> dict[str, Any]:
    if isinstance(whose, Mandate):
        return {"person": whose.user, "organization": None}
    return {"person": None, "organization": whose}
