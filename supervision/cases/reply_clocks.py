"""The clock of an answer: by which rule, from which day, in which days, and what papers say of it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from supervision.cases import selectors
from supervision.cases.models import Case
from supervision.deadlines import services as deadlines
from supervision.deadlines.models import Deadline
from supervision.law.rules import RULES, set_by_words
from supervision.law.terms import FROM_SENDING, WORKING_DAYS
from supervision.law.text import T
from supervision.organizations.models import Kind, Organization
from supervision.organizations.services import setting, setting_owner

START = "answer_clock_start"
#: Whoever answers an opinion as a Party committee has days of its own.
PARTY_RULES = {"O_REPLY": "O_REPLY_PARTYHEAD"}


def rule_for(rule: str, addressee: Organization) -> str:
    """Return the rule under which `addressee` answers, where its kind has one of its own."""
    return PARTY_RULES.get(rule, rule) if addressee.kind == Kind.PARTY else rule


def at_sending(rule: str, case: Case, *, at: dt.datetime) -> Deadline | None:
    """Start the clock where the chairing body counts from the day of sending; else None."""
    if setting(case.lead, START) != FROM_SENDING:
        return None
    owner = (setting_owner(case.lead, START) or case.lead).short_name
    label = T(
        f"ngày gửi văn bản (mốc do {owner} chọn, luật không quy định)",
        f"the day of sending (chosen by {owner}, the law does not say)",
    )
    return selectors.start_open_term(rule, case, at=at, start_label=label)


def at_receipt(
    running: Deadline | None, rule: str, case: Case, addressee: Organization, *, at: dt.datetime
) -> Deadline:
    """Return the clock that runs since the paper was sent, or start it on the day of receipt."""
    if running is not None:
        return running
    code = rule_for(rule, addressee)
    if not RULES[code].by_law:
        return selectors.start_open_term(code, case, at=at)
    label = RULES[code].starts
    return deadlines.set_deadline(rule=code, start_on=timezone.localdate(at), start_label=label, at=at)


def counted(case: Case, rule: str) -> str:
    """Return how long the time to answer is, in which days, and from when."""
    days = setting(case.lead, RULES[rule].term)
    unit = "ngày làm việc" if setting(case.lead, RULES[rule].unit_term) == WORKING_DAYS else "ngày"
    since = "gửi" if setting(case.lead, START) == FROM_SENDING else "nhận"
    return f"{days} {unit} kể từ ngày {since}"


def said(case: Case, rule: str) -> str:
    """Return the time to answer as papers print it, with whose number it is."""
    owner = setting_owner(case.lead, RULES[rule].term) or case.lead
    return f"{counted(case, rule)} (thời hạn {set_by_words(owner.short_name).vi})"


def party_said(rule: str) -> str:
    """Return the time of Party committees, who answer by a regulation of their own."""
    own = RULES[PARTY_RULES[rule]]
    return f"cấp ủy: {own.length} ngày làm việc, theo {own.basis[0].label.vi}"
