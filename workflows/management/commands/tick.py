"""What has to happen by the clock: timers, lapsed mandates, reminders, mail, lost work, what is old."""

from __future__ import annotations

import logging
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from viewflow.workflow.timers import fire_due_conditions, fire_due_timers

from supervision.audit.chain import link_events
from supervision.cases.services.embargoes import end_embargoes
from supervision.documents import editions
from supervision.documents.certificates import warn_of_expiry
from supervision.documents.models import Document
from supervision.documents.renewing import due, renew
from supervision.documents.tasks import sign
from supervision.drafts.table import exports as drafts
from supervision.drafts.taking.intake import forget_failed
from supervision.limits.services import sweep
from supervision.notices.digests import deliver_digests, gather
from supervision.notices.services import deliver_due
from supervision.publication import beginnings
from supervision.publication.log import tasks as log
from supervision.publication.log.heads import log_head
from supervision.publication.log.signing import needs_signing
from workflows.acts import drafts as draft_acts
from workflows.acts import unsigned
from workflows.inbox import work_items
from workflows.sweeps import escalation, heartbeat
from workflows.sweeps.reminders import remind

logger = logging.getLogger(__name__)
#: A signature takes seconds; after this long its task is lost (the worker died with it).
SIGNATURE_LOST_AFTER = timedelta(minutes=2)
KEEP_RESULTS_DAYS = 14
#: Rows of an imported file that failed, with names and texts: time enough to mend them.
KEEP_FAILED_ROWS = timedelta(days=30)


def _some(count: int, words: str) -> str:
    """Return what to say of `count` things, nothing when there were none."""
    return f"{count} {words}" if count else ""


def timers(at: datetime) -> str:
    """Fire the timers and conditions of the flows that are due."""
    return _some(fire_due_timers() + fire_due_conditions(), "timers fired")


def mail(at: datetime) -> str:
    """Send what waits in the outbox."""
    done = deliver_due(at=at)
    said = (_some(done.sent, "mails sent"), _some(done.failed, "mails failed"))
    return ", ".join(words for words in said if words)


def reminders(at: datetime) -> str:
    """Remind of what is due soon, and tell of what is overdue."""
    return _some(remind(at=at), "deadlines reminded of")


def ladder(at: datetime) -> str:
    """Tell officers which overdue recommendations are to be urged."""
    return _some(escalation.tell_rungs(at=at), "rungs told")


def digests(at: datetime) -> str:
    """Gather the morning mails on a working day, and send those that wait."""
    gather(at=at)
    return _some(deliver_digests(at=at), "digests sent")


def _ask(task: Any, wanted: Iterable[int]) -> int:
    """Put those on the queue of a task that are not on it yet; return how many."""
    waiting = DBTaskResult.objects.filter(task_path=task.module_path, status="READY")
    queued = {argument for result in waiting for argument in result.args_kwargs["args"]}
    missing = [pk for pk in wanted if pk not in queued]
    for pk in missing:
        task.enqueue(pk)
    return len(missing)


def signatures(at: datetime) -> str:
    """Ask again for signatures whose task is lost; one that still waits in the queue is not."""
    lost = Document.objects.filter(state=Document.State.SIGNING, requested_at__lt=at - SIGNATURE_LOST_AFTER)
    return _some(_ask(sign, lost.values_list("pk", flat=True)), "signatures asked again")


def unsigned_papers(at: datetime) -> str:
    """Offer papers that could not be signed where that is nobody's work yet."""
    return _some(unsigned.offer_missing(at), "unsigned papers offered")


def certificates(at: datetime) -> str:
    """Warn of certificates that expire soon."""
    return _some(warn_of_expiry(at=at), "certificates near their end")


def stamps(at: datetime) -> str:
    """Ask for further archive stamps where one can soon no longer be checked."""
    return _some(_ask(renew, due(at=at)), "archive stamps asked")


def public_editions(at: datetime) -> str:
    """Ask again for public editions that are not there."""
    return _some(_ask(editions.print_edition, editions.waiting()), "public editions asked again")


def embargoes(at: datetime) -> str:
    """Publish what was to become public by today."""
    return _some(end_embargoes(at=at), "embargoes ended")


def chain(at: datetime) -> str:
    """Tie new events to the chain, and log its head every ten minutes."""
    said = (_some(link_events(), "events linked"), "head logged" if log_head(at=at) else "")
    return ", ".join(words for words in said if words)


def checkpoint(at: datetime) -> str:
    """Ask that the publication log be signed where entries wait, or its checkpoint grows old."""
    waiting = DBTaskResult.objects.filter(task_path=log.checkpoint.module_path, status="READY")
    if waiting.exists() or not needs_signing(at):
        return ""
    log.checkpoint.enqueue()
    return "checkpoint asked"


def revisions(at: datetime) -> str:
    """Ask that the files of new publications be read for the ends of their revisions."""
    queued = DBTaskResult.objects.filter(task_path=beginnings.note_waiting.module_path, status="READY")
    if queued.exists() or not beginnings.waiting().exists():
        return ""
    beginnings.note_waiting.enqueue()
    return "revisions asked"


def exports(at: datetime) -> str:
    """Take up the files that dead workers have left, and drop those kept long enough."""
    said = (
        _some(drafts.take_up_lost(at=at), "exports taken up"),
        _some(drafts.sweep(at=at), "exports swept"),
    )
    return ", ".join(words for words in said if words)


def comparisons(at: datetime) -> str:
    """Compare the versions of drafts that whoever read them did not come to compare."""
    return _some(draft_acts.take_up_comparisons(at=at), "versions compared")


def lapsed(at: datetime) -> str:
    """Put work of lapsed mandates back on offer."""
    return _some(work_items.release_lapsed(on=timezone.localdate(at), at=at), "items back on offer")


def prune(at: datetime) -> str:
    """Drop the results of tasks that ended long ago."""
    call_command("prune_db_task_results", queue_name="*", min_age_days=KEEP_RESULTS_DAYS, verbosity=0)
    return ""


def forget(at: datetime) -> str:
    """Drop from old reports what people wrote, and the counts of senders that count no more."""
    sweep(at=at)
    return _some(forget_failed(before=at - KEEP_FAILED_ROWS), "reports of files emptied")


STEPS: tuple[Callable[[datetime], str], ...] = (
    timers,
    lapsed,
    reminders,
    ladder,
    mail,
    digests,
    signatures,
    unsigned_papers,
    certificates,
    stamps,
    public_editions,
    embargoes,
    chain,
    checkpoint,
    revisions,
    exports,
    comparisons,
    prune,
    forget,
)


class Command(BaseCommand):
    help = "Do once what is due now (from cron or a systemd timer); with --every N, again and again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="stay, and do it this often")

    def handle(self, *, every: float | None, **options: Any) -> None:
        if every is None:
            if failed := self.tick(timezone.now(), quiet=False):
                raise CommandError(f"failed: {', '.join(failed)}")
            return
        while True:
            close_old_connections()
            self.tick(timezone.now(), quiet=True)
            time.sleep(every)

    def tick(self, at: datetime, *, quiet: bool) -> list[str]:
        """Do every step, each for itself; return the names of those that failed.

        `quiet` says nothing when nothing was due.
        """
        said, failed = [], []
        try:
            with heartbeat.alone(heartbeat.TICK) as alone:
                if not alone:
                    self.stdout.write("another tick is at work")
                    return []
                for step in STEPS:
                    try:
                        said.append(step(at))
                    except Exception:  # one broken step must not hold up the others
                        logger.exception("tick: %s failed", step.__name__)
                        failed.append(step.__name__)
        except Exception:  # the database is away: say so and come again
            logger.exception("tick failed")
            failed.append("database")
        said = [words for words in said if words]
        heartbeat.beat(heartbeat.TICK, at=at, done=said, failed=failed)
        if said or not quiet:
            now = timezone.localtime(at)
            self.stdout.write(f"{now:%Y-%m-%d %H:%M:%S} tick: {', '.join(said) or 'nothing was due'}")
            self.stdout.flush()
        return failed
