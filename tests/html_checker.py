"""The HTML checker (vnu), started once by the first test that needs it and asked about every page after.

Starting Java anew for the pages of each journey took longer than checking them.
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import time
from contextlib import closing
from functools import cache
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: How often, and how long between, to ask whether the checker listens; it takes seconds to start.
ASKED, PAUSE = 600, 0.2


@cache
def vnu_jar() -> Path | None:
    """The HTML checker that `make test` put under .tools, if Java is there too."""
    jar = next((ROOT / ".tools" / "node_modules" / "vnu-jar").rglob("vnu.jar"), None)
    found = jar if jar and shutil.which("java") else None
    if found is None and os.environ.get("REQUIRE_VNU"):
        raise RuntimeError("the HTML checker is required here, but Java or vnu-jar is missing")
    return found


def html_problems(*files: Path) -> list[str]:
    """What the HTML checker finds in stored files; nothing when it is not installed.

    Raises RuntimeError when it is installed and does not answer.
    """
    jar = vnu_jar()
    if jar is None or not files:
        return []
    port = _started(jar)
    return [f"{file}{line}" for file in files for line in _asked(port, file)]


def _asked(port: int, file: Path) -> list[str]:
    with closing(HTTPConnection("127.0.0.1", port)) as checker:
        headers = {"Content-Type": "text/html; charset=utf-8", "User-Agent": "tests"}  # refused without
        checker.request("POST", "/?out=gnu&level=error", file.read_bytes(), headers)
        answer = checker.getresponse()
        said = answer.read().decode()
    if answer.status != HTTPStatus.OK:
        raise RuntimeError(f"the HTML checker answers {answer.status} about {file}")
    return [line for line in said.splitlines() if line.strip()]


@cache
def _started(jar: Path) -> int:
    """Start the checker for this machine alone; return its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = ["java", "-Xmx512m", "-Dnu.validator.servlet.bind-address=127.0.0.1", "-cp", str(jar)]
    checker = subprocess.Popen(
        [*command, "nu.validator.servlet.Main", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    atexit.register(checker.kill)
    for _ in range(ASKED):
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return port
        if checker.poll() is not None:
            break
        time.sleep(PAUSE)
    raise RuntimeError("the HTML checker does not start")
