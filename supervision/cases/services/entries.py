"""What papers of a case share about what people entered: times, names, the reports of an agency."""

from __future__ import annotations

import datetime as dt
import re

from supervision.cases import selectors
from supervision.cases.models import Inquiry, Response
from supervision.language.dates import long_date, vietnam_day

_MARK = re.compile(r"^\s*[-–+•]\s*")


def people(text: str) -> list[str]:
    """Return the people of a list, one a line, without the dash that the paper prints itself."""
    return [line for raw in text.splitlines() if (line := _MARK.sub("", raw).strip())]


def reports_named(inquiry: Inquiry) -> list[tuple[Response, str]]:
    """Return each report sent and how a paper names it: "Báo cáo bổ sung số 7/BC-SNV, gửi ngày … của …".

    The day is that of sending, which is known; the day on the agency's own paper is not entered.
    It is named after the body of its leader then, whoever answers for it today.
    """
    named = []
    for index, response in enumerate(selectors.sent_responses(inquiry)):
        number = f" số {response.number_text}," if response.number_text else ""
        sent, body = long_date(vietnam_day(response.submitted_at)), response.approved_by.organization.name
        named.append((response, f"Báo cáo{' bổ sung' if index else ''}{number} gửi {sent} của {body}"))
    return named


def according_to(inquiry: Inquiry, until: dt.date) -> str:
    """Return "Theo Báo cáo số … gửi ngày … của …", with every report sent by that day; "" for none."""
    by_then = [name for one, name in reports_named(inquiry) if vietnam_day(one.submitted_at) <= until]
    return f"Theo {'; '.join(by_then)}." if by_then else ""
