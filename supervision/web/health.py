"""Is the site alive, and is it ready: two addresses for monitors and for the curious."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from supervision.audit import applied, guards
from supervision.publication.log import answers, witnesses
from workflows.sweeps import heartbeat

#: How old a sign of life may be: a worker shows one every 5 s, or after each task of its own.
WORKER_BEAT_MAX = timedelta(seconds=60)
TICK_BEAT_MAX = timedelta(minutes=5)
#: An entry of the publication log is signed within a minute; longer means that it cannot be.
LOG_WAITS_MAX = timedelta(minutes=5)
#: Witnesses are machines of others: a day without enough of them is worth an alarm, an hour is not.
WITNESSES_AWAY_MAX = timedelta(hours=24)
#: Of guards that are missing in the database, as many are named.
NAMED = 5


@dataclass(frozen=True)
class Check:
    """One thing that must hold, and what was found."""

    code: str
    title: object
    ok: bool
    found: str

    @property
    def words(self) -> str:
        """Return what a person reads: good or not, and what was found."""
        return f"{_('Tốt') if self.ok else _('Có trục trặc')}: {self.found}"


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Answer that the process serves requests; asks nothing of the database or the disk."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer whether work can be done here: 200, or 503 with what is wrong.

    JSON for monitors; a page for a browser (one that asks for text/html).
    """
    checks = [_run(*row) for row in CHECKS]
    ok = all(check.ok for check in checks)
    status = 200 if ok else 503
    if "text/html" in request.headers.get("Accept", ""):
        facts = [{"label": check.title, "value": check.words} for check in checks]
        return render(request, "web/health.html", {"facts": facts, "ok": ok}, status=status)
    found = {check.code: {"ok": check.ok, "found": check.found} for check in checks}
    return JsonResponse({"status": "ok" if ok else "failed", "checks": found}, status=status)


def _run(code: str, title: object, look: Callable[[], tuple[bool, str]]) -> Check:
    try:
        return Check(code, title, *look())
    except Exception as error:  # whatever is broken: the page must say it, not break with it
        return Check(code, title, False, type(error).__name__)


def _database() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True, connection.vendor


def _migrations() -> tuple[bool, str]:
    executor = MigrationExecutor(connection)
    if words := applied.another_version(connection, executor.loader):
        return False, words
    open_ones = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return open_ones == 0, _("còn %(n)d bước chưa chạy") % {"n": open_ones} if open_ones else _("đủ")


def _guards() -> tuple[bool, str]:
    lacking = guards.missing()
    more = len(lacking) - NAMED
    return not lacking, ", ".join([*lacking[:NAMED], *([f"+{more}"] if more > 0 else [])]) or _("đủ")


def _blobs() -> tuple[bool, str]:
    folder = Path(settings.BLOB_ROOT)
    while not folder.exists():  # the first file makes the folder
        folder = folder.parent
    ok = os.access(folder, os.W_OK | os.X_OK)
    return ok, _("ghi được") if ok else _("không ghi được")


def _beat(name: str, longest: timedelta) -> tuple[bool, str]:
    last = heartbeat.last_beat(name)
    if last is None:
        return False, _("chưa chạy lần nào")
    age = timezone.now() - last.at
    said = _("%(n)d giây trước") % {"n": max(0, int(age.total_seconds()))}
    failed = last.facts.get("failed")
    if failed:
        return False, f"{said}; {', '.join(failed)}"
    return age <= longest, said


def _witnesses() -> tuple[bool, str]:
    if since := witnesses.lacking_since():
        age = timezone.now() - since
        said = _("thiếu chữ ký nhân chứng đã %(n)d phút") % {"n": max(0, int(age.total_seconds() / 60))}
        return age <= WITNESSES_AWAY_MAX, said
    return True, _("đủ")


def _log() -> tuple[bool, str]:
    if waits_since := answers.waits_since():
        age = timezone.now() - waits_since
        return age <= LOG_WAITS_MAX, _("có mục chờ ký đã %(n)d giây") % {
            "n": max(0, int(age.total_seconds()))
        }
    return True, _("đủ")


CHECKS: tuple[tuple[str, object, Callable[[], tuple[bool, str]]], ...] = (
    ("database", gettext_lazy("Cơ sở dữ liệu"), _database),
    ("migrations", gettext_lazy("Cấu trúc dữ liệu"), _migrations),
    ("guards", gettext_lazy("Khóa chống sửa đổi trong cơ sở dữ liệu"), _guards),
    ("blobs", gettext_lazy("Kho tệp"), _blobs),
    (
        "worker",
        gettext_lazy("Tiến trình nền, lần báo gần nhất"),
        lambda: _beat(heartbeat.WORKER, WORKER_BEAT_MAX),
    ),
    ("log", gettext_lazy("Nhật ký công bố"), _log),
    ("witnesses", gettext_lazy("Nhân chứng của nhật ký công bố"), _witnesses),
    ("tick", gettext_lazy("Việc theo giờ, lần chạy gần nhất"), lambda: _beat(heartbeat.TICK, TICK_BEAT_MAX)),
)
