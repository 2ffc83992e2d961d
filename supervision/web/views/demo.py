"""Pages of the demonstration only: the mail that would have been sent, and the guided tour."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from supervision.web.demo import accounts

SHOWN = 50


def mail(request: HttpRequest) -> HttpResponse:
    """Show the newest mails of `var/mail`; outside the demonstration there is no such page."""
    if not settings.DEMO:
        raise Http404("no sample mail here")
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    letters = [letter for path in files[:SHOWN] for letter in _letters(path)]
    return render(request, "web/demo_mail.html", {"letters": letters[:SHOWN]})


def _letters(path: Path) -> list[dict[str, Any]]:
    """Return the mails of one file of Django's file backend, newest first."""
    found = []
    for text in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
        if not text.strip():
            continue
        message = email.message_from_bytes(text.lstrip(), policy=email.policy.default)
        body = message.get_body(("plain",))
        found.append(
            {
                "to": message["to"],
                "subject": message["subject"],
                "date": message["date"],
                "text": body.get_content() if body else "",
            }
        )
    return list(reversed(found))


def tour(request: HttpRequest) -> HttpResponse:
    """The guided tour: who does what, with links that open the page in question."""
    return render(request, "web/tour.html", {"accounts": accounts()})
