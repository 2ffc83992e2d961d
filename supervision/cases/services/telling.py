"""What several services tell an addressee in the same words."""

from __future__ import annotations

import datetime as dt

from supervision.cases.models import Recommendation
from supervision.notices.services import tell


def tell_judged(subject: Recommendation, key: str, at: dt.datetime) -> None:
    """Tell the addressee that its answer was judged."""
    tell(
        key=key,
        kind="recommendation.judged",
        organization=subject.addressee,
        title=subject.title,
        address=f"/kien-nghi/{subject.public_id}/",
        case_code=subject.case.code,
        at=at,
    )
