"""The background processes, their signs of life, and the demonstration under one command."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from supervision.documents.models import Document
from supervision.organizations.models import Mandate, Organization, User
from supervision.web import health
from tests.databases import ROOT, url_of
from tests.markup import html_of
from tests.owner import guards_off
from workflows.management.commands import tick
from workflows.sweeps import heartbeat


@task()
def write_note(path: str) -> None:
    """A task that leaves a trace outside the database."""
    with open(path, "a") as file:
        file.write("x")


@pytest.fixture
def var(settings: Any, tmp_path: Path) -> Path:
    settings.VAR_DIR, settings.BLOB_ROOT = tmp_path, tmp_path / "blobs"
    return tmp_path


def ask(accept: str = "application/json") -> Any:
    return health.ready(RequestFactory().get("/suc-khoe/ready", headers={"accept": accept}))


def both_alive() -> None:
    heartbeat.beat(heartbeat.WORKER, at=timezone.now())
    heartbeat.beat(heartbeat.TICK, at=timezone.now())


# -- health ------------------------------------------------------------------------------


def test_the_site_is_alive_without_a_database() -> None:
    assert health.live(RequestFactory().get("/suc-khoe/live")).status_code == 200


def test_without_a_database_the_ready_page_still_answers_and_says_so(var: Path) -> None:
    both_alive()
    answer = ask()  # pytest refuses the database to this test
    assert answer.status_code == 503
    assert json.loads(answer.content)["checks"]["database"]["ok"] is False
    assert ask("text/html").status_code == 503


@pytest.mark.django_db
def test_ready_when_every_part_showed_life_a_moment_ago(var: Path) -> None:
    both_alive()
    answer = ask()
    assert answer.status_code == 200, answer.content
    assert set(json.loads(answer.content)["checks"]) == {
        "database",
        "migrations",
        "guards",
        "blobs",
        "worker",
        "log",
        "witnesses",
        "tick",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "age"), [(heartbeat.WORKER, timedelta(minutes=2)), (heartbeat.TICK, timedelta(minutes=10))]
)
def test_not_ready_when_a_background_process_fell_silent(var: Path, name: str, age: timedelta) -> None:
    both_alive()
    heartbeat.beat(name, at=timezone.now() - age)
    answer = ask()
    assert answer.status_code == 503
    checks = json.loads(answer.content)["checks"]
    assert [code for code, check in checks.items() if not check["ok"]] == [name]
    assert "giây trước" in checks[name]["found"]


@pytest.mark.django_db
def test_not_ready_when_no_worker_ever_ran_and_the_page_says_it_in_words(var: Path) -> None:
    answer = ask("text/html,*/*")
    assert answer.status_code == 503
    assert "chưa chạy lần nào" in html_of(answer)


@pytest.mark.django_db
def test_a_tick_with_a_failed_step_makes_the_site_not_ready(var: Path) -> None:
    both_alive()
    heartbeat.beat(heartbeat.TICK, at=timezone.now(), failed=["mail"])
    assert "mail" in json.loads(ask().content)["checks"]["tick"]["found"]


def test_a_beat_that_cannot_be_read_counts_as_none(var: Path) -> None:
    (heartbeat.folder() / "worker.json").write_text("{")
    assert heartbeat.last_beat(heartbeat.WORKER) is None


# -- worker and tick ---------------------------------------------------------------------


@pytest.fixture
def kept_signals() -> Iterator[None]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_the_worker_runs_each_task_once_and_shows_life(fresh_db: None, var: Path, kept_signals: None) -> None:
    note = var / "note"
    for _n in range(3):
        write_note.enqueue(str(note))
    call_command("work", "--until-idle")
    call_command("work", "--until-idle")
    assert note.read_text() == "xxx"
    assert heartbeat.last_beat(heartbeat.WORKER) is not None


def test_run_tasks_runs_what_is_due_and_fails_loudly(
    db: None, var: Path, run_tasks: Callable[..., int]
) -> None:
    write_note.enqueue(str(var / "note"))
    assert run_tasks() == 1
    write_note.enqueue(str(var / "no such folder" / "note"))
    with pytest.raises(AssertionError, match="FileNotFoundError"):
        run_tasks()


@pytest.fixture
def paper_being_signed(db: None) -> Document:
    front = Organization.objects.order_by("pk").first()
    assert front is not None
    day = date(2026, 1, 1)
    drafter, signer = (
        Mandate.objects.create(
            user=User.objects.create(username=name, display_name=name),
            organization=front,
            duty=duty,
            title=name,
            from_on=day,
            decision_number="1/QĐ",
            decision_on=day,
        )
        for name, duty in (("drafter", "officer"), ("signer", "signer"))
    )
    return Document.objects.create(
        kind="letter",
        organization=front,
        subject="Thử",
        context={},
        state=Document.State.SIGNING,
        drafted_by=drafter,
        signer=signer,
        requested_at=timezone.now() - timedelta(minutes=5),
    )


def test_a_signature_whose_task_was_lost_is_asked_again_once(paper_being_signed: Document, var: Path) -> None:
    waiting = DBTaskResult.objects.filter(task_path="supervision.documents.tasks.sign")
    call_command("tick")
    first = heartbeat.last_beat(heartbeat.TICK)
    assert first is not None and "1 signatures asked again" in first.facts["done"]
    call_command("tick")
    assert [result.args_kwargs["args"] for result in waiting] == [[paper_being_signed.pk]]
    beat = heartbeat.last_beat(heartbeat.TICK)
    assert beat is not None
    assert beat.facts == {"done": [], "failed": []}


def test_a_signature_asked_for_a_moment_ago_is_left_to_the_worker(
    paper_being_signed: Document, var: Path
) -> None:
    with guards_off():
        Document.objects.update(requested_at=timezone.now() - timedelta(seconds=30))
    call_command("tick")
    assert not DBTaskResult.objects.exists()


def test_one_broken_step_does_not_hold_up_the_others_and_is_shown(
    db: None, var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(at: datetime) -> str:
        raise RuntimeError("no mail server")

    def sound(at: datetime) -> str:
        return "3 things done"

    monkeypatch.setattr(tick, "STEPS", (broken, *tick.STEPS, sound))
    with pytest.raises(CommandError, match="broken"):
        call_command("tick")
    beat = heartbeat.last_beat(heartbeat.TICK)
    assert beat is not None
    assert beat.facts == {"done": ["3 things done"], "failed": ["broken"]}


def test_only_one_process_ticks_at_a_time(fresh_db: None, var: Path) -> None:
    seen: list[bool] = []

    def second() -> None:
        with heartbeat.alone("tick") as alone:
            seen.append(alone)
        connection.close()

    def run_second() -> None:
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()

    with heartbeat.alone("tick") as alone:
        assert alone
        run_second()
    run_second()
    assert seen == [False, True]


# -- the demonstration -------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(condition: Callable[[], Any], seconds: float = 40) -> Any:
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)
    return value


def words_of(pid: int) -> list[str]:
    """Return the command line of a process, empty when it is gone (or a zombie)."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")[:-1]
    except OSError:
        return []


def children_of(pid: int) -> dict[str, int]:
    """Return the running children of a process: the word that tells them apart, and their id."""
    found = {}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        words = words_of(int(child))
        found[next((w for w in ("granian", "work", "tick") if w in words), " ".join(words))] = int(child)
    return found


def is_ready(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/suc-khoe/ready", timeout=10) as answer:
            return bool(json.load(answer)["status"] == "ok")
    except HTTPError:  # 503 until the worker and the tick have shown life
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_command_serves_the_demonstration_and_one_signal_ends_all_of_it(
    fresh_db: None, tmp_path: Path, number: signal.Signals
) -> None:
    port = free_port()
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "supervision.settings.demo",
        "DATABASE_URL": url_of(dict(connection.settings_dict)),
        "VAR_DIR": str(tmp_path / "var"),
    }
    log = tmp_path / "log"
    with open(log, "w") as out:
        demo = subprocess.Popen(
            [sys.executable, "manage.py", "serve_demo", "--port", str(port)],
            cwd=ROOT, env=env, stdout=out, stderr=out,
        )  # fmt: skip
    try:
        until(lambda: "What to try" in log.read_text())
        assert f"http://127.0.0.1:{port}/viec-cua-toi/" in log.read_text()
        parts = until(lambda: len(found := children_of(demo.pid)) == 3 and found)
        assert set(parts) == {"granian", "work", "tick"}
        until(lambda: is_ready(port))

        os.kill(parts["work"], signal.SIGKILL)
        until(lambda: "worker died" in log.read_text())
        parts = until(lambda: len(found := children_of(demo.pid)) == 3 and found)
    finally:
        demo.send_signal(number)
        demo.wait(30)
    assert demo.returncode == 0, log.read_text()
    assert not [pid for pid in parts.values() if words_of(pid)]


@pytest.mark.xdist_group("kept together")
def test_tests_that_share_a_costly_world_are_kept_on_one_worker(request: pytest.FixtureRequest) -> None:
    if not getattr(request.config.option, "loadgroup", False):
        pytest.skip("these tests are not spread over workers by groups")
    assert request.node.nodeid.endswith("@kept together"), "pytest-xdist and pytest do not fit each other"
