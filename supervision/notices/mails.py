"""What mails say: subjects, links and codes, never the content of a case."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string, select_template

from supervision.notices.kinds import KINDS
from supervision.notices.models import Digest, Notice


def notice_mail(notice: Notice, to: list[str]) -> EmailMessage:
    """Return the mail about one notice."""
    subject = KINDS[notice.kind].subject.vi
    template = select_template([f"notices/{notice.kind}.txt", "notices/notice.txt"])
    context = {"subject": subject, "organization": notice.organization.name, "link": _link(notice)}
    return _mail(f"notice-{notice.pk}", subject, template.render(context), to)


def digest_mail(digest: Digest, cases: list[tuple[str, list[Notice]]]) -> EmailMessage:
    """Return the morning mail: a part for each case (its code, or "" for none), a line for each notice."""
    parts = [
        {"code": code, "lines": [{"subject": KINDS[one.kind].subject.vi, "link": _link(one)} for one in rows]}
        for code, rows in cases
    ]
    count = sum(len(part["lines"]) for part in parts)
    context = {"name": digest.user.display_name, "parts": parts, "count": count}
    body = render_to_string("notices/digest.txt", context)
    return _mail(f"digest-{digest.pk}", f"Tin buổi sáng: {count} thông báo", body, [digest.user.email])


def _link(notice: Notice) -> str:
    return f"{settings.PUBLIC_URL}{notice.address}"


def _mail(name: str, subject: str, body: str, to: list[str]) -> EmailMessage:
    """The Message-ID is stable, so that a mail sent twice by accident is seen as one."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return EmailMessage(
        subject=subject,
        body=body,
        to=to,
        headers={"Message-ID": f"<{name}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
