"""The clock of an answer: by which rule, from which day, in which days, and what papers say of it.

The paper that asks for the answer states the time, and its signature makes that the time: the clock
reads it from the signed paper, so that a setting changed afterwards moves no date that was promised.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.deadlines import services as deadlines
from supervision.deadlines.models import Deadline
from supervision.documents.models import Document
from supervision.law.rules import RULES
from supervision.law.terms import FROM_SENDING, WORKING_DAYS
from supervision.law.text import T
from supervision.organizations.models import Kind, Organization
from supervision.organizations.services import setting, setting_owner

START = "answer_clock_start"
#: The rule under which a Party committee answers an opinion; no text that was read sets its days either.
PARTY_RULES = {"O_REPLY": "O_REPLY_PARTY"}
Term = dict[str, str | int]


def rule_for(rule: str, addressee: Organization) -> str:
    """Return the rule under which `addressee` answers, where its kind has one of its own."""
    return PARTY_RULES.get(rule, rule) if addressee.kind == Kind.PARTY else rule


def asked(case: Case, rule: str) -> Term:
    """Return the time to answer that a paper drafted now asks for, as the paper keeps it."""
    term, unit_term = RULES[rule].term, RULES[rule].unit_term
    return {
        "term": term,
        "days": setting(case.lead, term),
        "unit": setting(case.lead, unit_term),
        "start": setting(case.lead, START),
    }


def at_sending(rule: str, case: Case, *, at: dt.datetime) -> Deadline | None:
    """Start the clock where the paper counts from the day of sending; else None."""
    paper = _stated_in(case, rule)
    start = _term_of(paper)["start"] if paper else setting(case.lead, START)
    if start != FROM_SENDING:
        return None
    owner = (setting_owner(case.lead, START) or case.lead).short_name
    unsaid = T("", "")
    if RULES[rule].is_silent:
        unsaid = T(", luật không quy định", ", the law does not say")
    label = T(
        f"ngày gửi văn bản (mốc do {owner} chọn{unsaid.vi})",
        f"the day of sending (chosen by {owner}{unsaid.en})",
    )
    return _start(rule, case, paper, at=at, label=label)


def at_receipt(
    running: Deadline | None, rule: str, case: Case, addressee: Organization, *, at: dt.datetime
) -> Deadline:
    """Return the clock that runs since the paper was sent, or start it on the day of receipt."""
    if running is not None:
        return running
    code = rule_for(rule, addressee)
    return _start(code, case, _stated_in(case, code), at=at, label=RULES[code].starts)


def _start(rule: str, case: Case, paper: Document | None, *, at: dt.datetime, label: T) -> Deadline:
    if paper is None:
        return selectors.start_open_term(rule, case, at=at, start_label=label)
    term = _term_of(paper)
    return deadlines.set_deadline(
        rule=rule,
        start_on=timezone.localdate(at),
        start_label=label,
        at=at,
        length=int(term["days"]),
        unit=RULES[rule].unit_by(int(term["unit"])),
        set_by=paper.organization.short_name,
        paper=selectors.as_source(paper),
    )


def _stated_in(case: Case, rule: str) -> Document | None:
    """Return the newest signed paper of the case that states the time to answer by `rule`, if one does."""
    signed = Document.objects.filter(
        case_link__case=case,
        state=Document.State.SIGNED,
        context__reply_term__term=RULES[rule].term,
    )
    return signed.select_related("organization").order_by("-pk").first()


def _term_of(paper: Document) -> Term:
    term: Term = paper.context["reply_term"]
    return term


def counted(case: Case, rule: str) -> str:
    """Return how long the time to answer is, in which days, and from when."""
    term = asked(case, rule)
    unit = "ngày làm việc" if term["unit"] == WORKING_DAYS else "ngày"
    since = "gửi" if term["start"] == FROM_SENDING else "nhận"
    return f"{term['days']} {unit} kể từ ngày {since}"


def said(case: Case, rule: str) -> str:
    """Return the time to answer as papers print it; whose number it is the pages tell."""
    return f"thời hạn đề nghị trả lời: {counted(case, rule)} văn bản này"
