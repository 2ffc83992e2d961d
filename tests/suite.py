"""Run one of the three tiers of the suite: `make test`, `make test-all`, `make prove` (docs/adr/0049).

Tests that come to a database run on PostgreSQL, as the product does: at DATABASE_URL if that names one,
else in a throw-away cluster where its programs are installed. The first tier is done then. In the second
SQLite takes `DATABASES_DIFFER` of `tests.conftest` too, in the third everything; without PostgreSQL it
takes everything in each. What is left out is said in the last lines; REQUIRE_POSTGRESQL=1,
REQUIRE_BROWSER=1, REQUIRE_VNU=1 and REQUIRE_GETTEXT=1 make an absence a failure. Arguments are handed
to pytest.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import postgres
from tests.chromium import chromium
from tests.html_checker import vnu_jar
from tests.tiers import TIERS

ROOT = Path(__file__).resolve().parents[1]
#: Where files are kept in memory, and the bytes of both that a run wants free before it goes there.
MEMORY, ROOM = Path("/dev/shm"), 6 * 2**30


@dataclass
class Run:
    """One run of pytest on one database."""

    title: str
    code: int = 0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0
    slowest: list[tuple[str, float]] = field(default_factory=list)  # files and seconds

    def __str__(self) -> str:
        words = [f"{self.passed} passed"]
        words += [f"{n} {word}" for n, word in ((self.failed, "failed"), (self.skipped, "skipped")) if n]
        return f"{self.title}: {', '.join(words)} in {self.seconds:.0f} s"


@dataclass(frozen=True)
class Checker:
    """An optional tool: what it is for, whether it is here, what demands it."""

    title: str
    here: bool
    demanded_by: str = ""

    @property
    def missed(self) -> bool:
        return not self.here and bool(self.demanded_by and os.environ.get(self.demanded_by))

    def __str__(self) -> str:
        return f"{self.title}: {'ran' if self.here else 'NOT RUN, not installed'}"


def checkers() -> list[Checker]:
    """Return the optional checkers and whether each is installed."""
    return [
        Checker("browser tests and axe (Chromium)", bool(chromium()), "REQUIRE_BROWSER"),
        Checker("HTML checker (vnu, Java)", _has_vnu(), "REQUIRE_VNU"),
        Checker("PDF text and fonts (poppler)", bool(shutil.which("pdftotext")), "REQUIRE_BROWSER"),
        Checker("PDF structure (qpdf)", bool(shutil.which("qpdf")), "REQUIRE_BROWSER"),
        Checker("catalogs (gettext)", bool(shutil.which("msgfmt")), "REQUIRE_GETTEXT"),
    ]


def _has_vnu() -> bool:
    try:
        return vnu_jar() is not None
    except RuntimeError:
        return False


def run_pytest(title: str, url: str, arguments: list[str]) -> Run:
    """Run pytest against the database at `url` and count what came of it."""
    print(f"\n=== {title}", flush=True)
    workers = os.environ.get("WORKERS") or str(min(2, os.cpu_count() or 1))
    with tempfile.TemporaryDirectory() as folder:
        report, env = Path(folder) / "report.xml", os.environ | {"DATABASE_URL": url}
        command = [sys.executable, "-m", "pytest", "-q", "-n", workers, "--dist", "loadgroup"]
        run = Run(title)
        run.code = subprocess.run(
            [*command, f"--junitxml={report}", *arguments], cwd=ROOT, env=env
        ).returncode
        if report.exists():
            suite = next(ElementTree.parse(report).iter("testsuite"))
            total, run.skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
            run.failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            run.passed, run.seconds = total - run.failed - run.skipped, float(suite.get("time", 0))
            run.slowest = _slowest(suite)
    return run


def _slowest(suite: ElementTree.Element) -> list[tuple[str, float]]:
    """Return the files whose tests took longest together: where to look when a run has grown."""
    spent: dict[str, float] = {}
    for case in suite.iter("testcase"):
        name = case.get("classname", "")
        spent[name] = spent.get(name, 0) + float(case.get("time", 0))
    return sorted(spent.items(), key=lambda one: -one[1])[:12]


def run_databases(tier: str, arguments: list[str]) -> tuple[list[Run], str]:
    """Run on PostgreSQL, then on SQLite; return the runs and why a database was left out."""
    arguments = [f"--tier={tier}", *arguments]
    # The demonstration runs on SQLite alone, so there it is tested; the first tier leaves it to the second.
    runs = _run_postgresql(["--ignore=tests/demo", *(["--part=first"] * (tier != "test")), *arguments])
    if runs and tier == "test":
        return runs, ""
    some = runs and tier == "all"
    folder = Path(os.environ.get("VAR_DIR") or tempfile.gettempdir())
    title, url = f"SQLite {sqlite3.sqlite_version}", f"sqlite:///{folder / 'suite.sqlite3'}"
    if some:
        title, arguments = f"{title}, where databases differ", ["--part=second", *arguments]
    runs.append(run_pytest(title, url, arguments))
    missing = "PostgreSQL: NOT RUN, neither DATABASE_URL nor its programs are here"
    return runs, "" if len(runs) > 1 else missing


def _run_postgresql(arguments: list[str]) -> list[Run]:
    given = os.environ.get("DATABASE_URL", "")
    if re.match(r"(postgres|postgresql|psql)://", given):
        return [run_pytest("PostgreSQL at DATABASE_URL", given, arguments)]
    programs = postgres.programs()
    if programs is None:
        return []
    with postgres.throw_away_cluster(programs) as url:
        return [run_pytest(f"PostgreSQL {programs.parent.name} (throw-away cluster)", url, arguments)]


@contextmanager
def folder_in_memory() -> Iterator[None]:
    """Keep what a run throws away in memory where there is room: copying a database waits for disks most."""
    free = shutil.disk_usage(MEMORY).free if os.access(MEMORY, os.W_OK) else 0
    if min(free, _memory_available()) < ROOM:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="gs-suite-", dir=MEMORY) as folder:
        os.chmod(folder, 0o711)  # PostgreSQL runs as a user of its own
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        yield


def _memory_available() -> int:
    """Return the bytes that processes can still have without swapping; 0 where the system does not say."""
    try:
        said = re.search(r"^MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text(), re.M)
    except OSError:
        return 0
    return int(said[1]) * 1024 if said else 0


def main() -> int:
    """Run everything, say in the last lines what ran, and return the exit code."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))  # so that the cluster is stopped then too
    tools = checkers()
    if missed := [tool.title for tool in tools if tool.missed]:
        print(f"Required here, but not installed: {', '.join(missed)}")
        return 1
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tier", choices=TIERS, default="test")
    asked, arguments = parser.parse_known_args()
    with folder_in_memory():
        runs, left_out = run_databases(asked.tier, arguments)
    for run in runs:
        print(f"\n=== Where the time went, {run.title}: seconds in the tests of a file")
        print(*(f"{seconds:6.0f}  {name}" for name, seconds in run.slowest), sep="\n")
    print("\n=== What ran", *runs, *([left_out] if left_out else []), *tools, sep="\n")
    passed, failed = sum(run.passed for run in runs), sum(run.failed for run in runs)
    print(f"{passed} passed" + (f", {failed} failed" if failed else ""))
    if left_out and os.environ.get("REQUIRE_POSTGRESQL"):
        return 1
    return next((run.code for run in runs if run.code), 0)


if __name__ == "__main__":
    sys.exit(main())
