"""One worker: runs background tasks one by one and shows a sign of life between them."""

from __future__ import annotations

import os
import signal
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from workflows.sweeps import heartbeat

BEAT_SECONDS = 5


class Command(BaseCommand):
    help = "Run background tasks (rendering, signing, sending) until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between two looks")
        parser.add_argument("--until-idle", action="store_true", help="end when nothing is due")

    def handle(self, *, interval: float, until_idle: bool, **options: Any) -> None:
        self.name = f"{os.getpid()}-{get_random_string(8)}"
        self.worker: Worker | None = None
        self.stopping = False
        self.beaten = float("-inf")
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        while not self.stopping:
            self.show_life()
            if self.run_one():
                continue
            if until_idle:
                break
            time.sleep(interval)

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Finish the task at hand, then end; at once when idle or told a second time."""
        if self.stopping or not (self.worker and self.worker.running_task):
            raise SystemExit(0)
        self.stopping = True

    def run_one(self) -> bool:
        """Run one due task; False when there was none."""
        self.worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=self.name,
            excluded_queue_names=[],
        )
        try:
            self.worker.run()
        except OperationalError as error:  # the database is away: stay, and look again
            self.stderr.write(f"worker: {error}")
            close_old_connections()
            time.sleep(1)
            return False
        return self.worker._run_tasks > 0

    def show_life(self) -> None:
        if time.monotonic() - self.beaten >= BEAT_SECONDS:
            heartbeat.beat(heartbeat.WORKER, at=timezone.now(), pid=os.getpid())
            self.beaten = time.monotonic()
