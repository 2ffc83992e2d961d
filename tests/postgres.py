"""A PostgreSQL of the suite's own: fresh folder, free port, gone on every exit."""

from __future__ import annotations

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: A suite loses nothing by a crash, so nothing waits for the disk.
QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "autovacuum": "off",  # hundreds of databases live for seconds; what plans go by is analyzed when prepared
    "jit": "off",
}
PR_SET_PDEATHSIG = 1


def programs() -> Path | None:
    """Return the folder with `initdb` and `postgres`, the newest installed; None without."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    found = [f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()]
    if found:
        return found[-1]
    on_path = shutil.which("postgres")
    return Path(on_path).parent if on_path else None


def _account() -> dict[str, Any]:
    """PostgreSQL refuses root: there the system user of the Debian package runs it."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)  # SIGINT is PostgreSQL's fast stop


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def throw_away_cluster(bin_dir: Path) -> Iterator[str]:
    """Start a cluster on 127.0.0.1 and yield its DATABASE_URL; stop and delete it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="gs-postgres-"))
    password, port, account = secrets.token_hex(16), _free_port(), _account()
    password_file = folder / "password"
    password_file.write_text(password)
    if account:
        for path in (folder, password_file):
            os.chown(path, account["user"], account["group"])
    server = None
    try:
        subprocess.run(
            [bin_dir / "initdb", "--no-sync", "--username=suite", f"--pwfile={password_file}",
             "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", folder / "data"],
            check=True, capture_output=True, cwd=folder, **account,
        )  # fmt: skip
        options = [part for name, value in QUICK.items() for part in ("-c", f"{name}={value}")]
        with open(folder / "log", "w") as log:
            server = subprocess.Popen(
                [bin_dir / "postgres", "-D", folder / "data", "-p", str(port), "-h", "127.0.0.1",
                 "-k", folder, *options],
                stdout=log, stderr=log, cwd=folder, start_new_session=True,
                preexec_fn=_die_with_parent, **account,
            )  # fmt: skip
        url = f"postgres://suite:{password}@127.0.0.1:{port}/postgres"
        _wait_until_it_answers(url, server, folder / "log")
        yield url
    finally:
        if server is not None and server.poll() is None:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    for _attempt in range(300):
        if server.poll() is not None:
            break
        try:
            psycopg.connect(url, connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
