"""Pages of the demonstration only: the mail that would have been sent, and the guided tour."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from supervision.demo import tour as guided
from supervision.law.registry import specs

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
                "date": _aware(message["date"].datetime),
                "text": body.get_content() if body else "",
            }
        )
    return list(reversed(found))


def _aware(moment: dt.datetime) -> dt.datetime:
    """Return the moment with its zone: "-0000", as servers in UTC write, is read without one."""
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


@never_cache
def tour(request: HttpRequest) -> HttpResponse:
    """The guided tour: who does what, with links that open the page in question.

    Outside the demonstration it is plain help: what is public, and who does which step.
    """
    stops = guided.shown()
    minutes = sum(one.stop.minutes for one in stops)
    return render(
        request, "web/tour.html", {"stops": stops, "minutes": minutes, "mail": guided.MAIL, "roles": _roles()}
    )


def _roles() -> list[dict[str, Any]]:
    """Who does what in a supervision, step by step, as its form declares it."""
    spec = specs()["doan-giam-sat"]
    return [
        {"stage": stage, "steps": [step for step in spec.steps if step.stage == number]}
        for number, stage in enumerate(spec.stages, start=1)
    ]
