"""The whole demonstration under one command: web, one worker and a tick every 30 s."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from supervision.demo import accounts

PR_SET_PDEATHSIG = 1
#: A child that dies more often than this within a minute is not started again.
DEATHS_A_MINUTE = 5
#: Threads wait for request bodies: fewer than this, and a few slow uploads block every page.
BLOCKING_THREADS = 32


def _end_with_parent() -> None:
    """Let the kernel end a child whose parent was killed without a chance to do so."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One part of the demonstration: how it is started, and when it died."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self, env: dict[str, str]) -> None:
        # A session of its own: Ctrl-C reaches the parent alone, which ends all in order.
        self.process = subprocess.Popen(
            self.command, cwd=settings.BASE_DIR, env=env, start_new_session=True, preexec_fn=_end_with_parent
        )

    def stop(self, number: int) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)


class Command(BaseCommand):
    help = "Serve the demonstration on 127.0.0.1 until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("These are not the demo settings.")
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise CommandError(f"Port {port} is taken; try: make demo PORT={port + 1}") from error
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)
        children = self.children(port)
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
            "PUBLIC_URL": os.environ.get("PUBLIC_URL", f"http://127.0.0.1:{port}"),
            "PYTHONUNBUFFERED": "1",
        }
        try:
            for child in children:
                child.start(env)
            if self.wait_for_web(port, children):
                self.stdout.write(self.welcome(port))
                self.stdout.flush()
            self.watch(children, env)
        finally:
            self.end(children)

    def children(self, port: int) -> list[Child]:
        manage = [sys.executable, "manage.py"]
        web = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
        web += ["--blocking-threads", str(BLOCKING_THREADS), "--no-access-log", "--log-level", "error"]
        return [
            Child("web", [sys.executable, "-m", *web, "supervision.wsgi:application"]),
            Child("worker", [*manage, "work"]),
            Child("tick", [*manage, "tick", "--every", str(settings.WORKFLOW_TICK_SECONDS)]),
        ]

    def ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def wait_for_web(self, port: int, children: list[Child]) -> bool:
        """Wait until the port answers; False when told to stop or when the server died."""
        for _attempt in range(300):
            web = children[0].process
            if self.stopping or web is None or web.poll() is not None:
                return False
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return True
            time.sleep(0.1)
        return False

    def watch(self, children: list[Child], env: dict[str, str]) -> None:
        """Report every child that dies and start it again, unless it keeps dying."""
        while not self.stopping:
            for child in children:
                code = child.process.poll() if child.process else None
                if code is None:
                    continue
                now = time.monotonic()
                child.deaths = [at for at in child.deaths if now - at < 60] + [now]
                if len(child.deaths) > DEATHS_A_MINUTE:
                    raise CommandError(f"{child.name} keeps dying (last exit code {code}); see above.")
                self.stderr.write(f"{child.name} died (exit code {code}); starting it again")
                child.start(env)
            time.sleep(0.3)

    def end(self, children: list[Child]) -> None:
        for child in children:
            child.stop(signal.SIGTERM)
        deadline = time.monotonic() + 10
        for child in children:
            if child.process:
                try:
                    child.process.wait(max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    child.stop(signal.SIGKILL)
        self.stdout.write("All parts have ended.")

    def welcome(self, port: int) -> str:
        """Return the address, the accounts and what to try."""
        address = f"http://127.0.0.1:{port}"
        lines = ["", f"  {address}/", f"  {address}/en/  (English)", ""]
        lines += [f"  Accounts (password: {settings.DEMO_PASSWORD})"]
        lines += [f"    {one.username:<14} {one.person}: {one.role.vi}" for one in accounts()]
        lines += [
            "",
            "  What to try",
            f"    {address}/huong-dan/           a guided tour in deep links",
            f"    {address}/viec-cua-toi/        the inbox of the account you sign in with",
            f"    {address}/ket-luan/            what is published; search without diacritics",
            f"    {address}/xac-minh/            upload a signed PDF: is it genuine?",
            f"    {address}/suc-khoe/ready       is every part alive?",
            "",
            "  Ctrl-C ends everything.",
            "",
        ]
        return "\n".join(lines)
