"""The result report with its findings, and its examination (403 Art 9(1)-(2))."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from supervision.audit import services as audit
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import Examination, Finding, Inquiry, ResultReport
from supervision.cases.services import entries, opening, papers, sheets
from supervision.deadlines import services as deadlines
from supervision.documents import typesetting
from supervision.documents.models import Document
from supervision.language.dates import long_date
from supervision.language.folding import lower_first
from supervision.organizations.actors import Actor


def draft_result(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep the next version of the result report with its findings and prepare it for the head."""
    opening.require_running(case)
    report = ResultReport.objects.create(
        case=case,
        version=selectors.next_version(case.result_reports.all()),
        strengths=data["strengths"],
        causes=data["causes"],
        proposals=data["proposals"],
        by=actor.mandate,
        at=at,
    )
    report.files.set(data.get("files") or [])
    Finding.objects.bulk_create(
        Finding(report=report, number=number, **row) for number, row in enumerate(data["findings"], start=1)
    )
    papers.prepare(
        case=case,
        kind="result_report",
        subject_line=f"Kết quả {lower_first(case.title)}",
        context=_context(case, report),
        addressees=[case.lead],
        actor=actor,
        at=at,
        by_delegation=True,
    )
    audit.record(
        action="result.drafted",
        actor=actor,
        obj=report,
        thread=case,
        at=at,
        data={"version": report.version, "findings": len(data["findings"])},
    )


def _context(case: Case, report: ResultReport) -> dict[str, Any]:
    rows: dict[str, list[dict[str, str]]] = {kind: [] for kind in Finding.Kind.values}
    for finding in report.findings.select_related("about").order_by("number"):
        rows[finding.kind].append(
            {
                "about": finding.about.name,
                "finding": f"{typesetting.ended(finding.title, '.')} {finding.text}",
                "evidence": finding.evidence,
            }
        )
    return {
        "to": [(case.lead.deciding_body and f"{case.lead.deciding_body} {case.lead.name}") or case.lead.name],
        "lead_in": "Thực hiện kế hoạch và quyết định thành lập đoàn, Đoàn giám sát báo cáo kết quả như sau:",
        "process": _process(case),
        "results": [*_reported(case), *sheets.printed(case)],
        "strengths": report.strengths,
        "good_practices": rows[Finding.Kind.GOOD_PRACTICE],
        "findings": rows[Finding.Kind.SHORTCOMING],
        "causes": report.causes,
        "proposals": [{"addressee": case.lead.short_name, "text": report.proposals}],
        "recipients": papers.receivers(case, [case.lead], members=True).lines,
    }


def _reported(case: Case) -> list[dict[str, str]]:
    """Return part II: what each agency reported, as its own word; no heading where it sent nothing."""
    inquiries = selectors.open_inquiries(case).select_related("agency")
    sections = [{"title": inquiry.agency.name, "text": _words_of(inquiry)} for inquiry in inquiries]
    return [section for section in sections if section["text"]]


def _words_of(inquiry: Inquiry) -> str:
    return "\n".join(f"Theo {name}:\n{response.summary}" for response, name in entries.reports_named(inquiry))


def _process(case: Case) -> str:
    """Return part I of the report: with whom and when the delegation worked."""
    lines = []
    for inquiry in selectors.open_inquiries(case).select_related("agency"):
        session = inquiry.sessions.order_by("-pk").first()
        if session:
            lines.append(f"- {inquiry.agency.name}, {long_date(session.held_on)}")
    return "Đoàn giám sát đã làm việc với:\n" + "\n".join(lines) if lines else ""


def submit_result(*, case: Case, subject: None, document: Document, at: dt.datetime) -> None:
    """Once the head has signed, the chairing body has the report and the clocks of E+15 are met."""
    papers.mark_sent(document, at=at)
    on = timezone.localdate(at)
    for inquiry in selectors.open_inquiries(case).select_related("result_deadline"):
        if inquiry.result_deadline and inquiry.result_deadline.met_on is None:
            deadlines.meet(inquiry.result_deadline, on=on, at=at)
    report = selectors.result_of(case)
    audit.record(
        action="result.submitted",
        actor=Actor.of(document.signer),
        obj=report,
        thread=case,
        at=at,
        data={"number": document.number_text},
    )


def examine(*, actor: Actor, case: Case, subject: None, data: dict[str, Any], at: dt.datetime) -> None:
    """Keep how the chairing body examined the report; a conference only when needed."""
    opening.require_running(case)
    examination = Examination.objects.create(
        case=case,
        conference_on=data.get("held_on") if data["conference"] == "yes" else None,
        notes=data["notes"],
        by=actor.mandate,
        at=at,
    )
    audit.record(
        action="result.examined",
        actor=actor,
        obj=examination,
        thread=case,
        at=at,
        data={"notes": data["notes"], "conference": data["conference"]},
    )
