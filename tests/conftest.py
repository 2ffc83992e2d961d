"""Fixtures of the whole suite: private databases, a live site, browsers and page checkers."""

from __future__ import annotations

import gc
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import caches
from django.db import connections, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import override_settings
from django.test.testcases import LiveServerThread

from supervision.limits import services as limits
from tests import databases
from tests.chromium import chromium
from tests.pages import PageStore
from tests.tiers import TIERS

# No test asserts how long a thing took; a busy machine is no fault of the product.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")

# The synchronous Playwright keeps an event loop in the main thread, where the ORM is used too.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = chromium()
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROWSER_FIXTURES = {"browser", "page", "context", "new_context", "no_script_page", "pages"}


#: Fixtures through which a test comes to the database; without one pytest-django refuses any query.
DATABASE_FIXTURES = {"db", "django_db_setup", "fresh_db", "prepared", "transactional_db"}
#: What databases do each in their own way: guards, locks, order of words, search, counting by keys, plans of
#: queries. The demonstration, which tells whole cases, runs on SQLite. All other tests run on one
#: (docs/adr/0049).
DATABASES_DIFFER = (
    "access/",
    "audit/",
    "deadlines/test_races.py",
    "demo/",
    "language/test_sorting.py",
    "limits/",
    "notices/",
    "organizations/",
    "portal/test_accounts.py",
    "publication/",
    "test_databases.py",
    "web/test_forms_sent_again.py",
    "web/test_limits.py",
    "web/test_remark_table.py",
    "web/test_sign_ins.py",
    "web/test_two_windows.py",
    "workflows/test_inbox.py",
    "workflows/test_races.py",
    "workflows/test_reminders.py",
    "workflows/test_signed_again.py",
)
TESTS = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--part",
        choices=("first", "second"),
        help="of a run on two databases: what comes to one; the rest, and that by which databases may differ",
    )
    parser.addoption("--tier", choices=TIERS, default=TIERS[-1], help="leave out what a later tier proves")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what another run or a later tier has; skip browser tests where there is no browser.

    A run that demands a browser skips none.
    """
    from tests.told import tell

    part, tier = config.getoption("part"), config.getoption("tier")
    left = [one for one in items if _is_elsewhere(one, part) or _is_later(one, tier)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in set(left)]
    for item in items:
        if getattr(item.module, "tell", None) is tell and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.path.name))  # a story is told by one worker
    if CHROMIUM or os.environ.get("REQUIRE_BROWSER"):
        return
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


def pytest_collection_finish() -> None:
    """What was loaded until now stays: the collector of garbage need not look at it again and again."""
    gc.collect()
    gc.freeze()


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes name no test: samples hold days and random parts, and all workers must agree on the names."""
    return "bytes" if isinstance(val, bytes) else None


def _is_elsewhere(item: pytest.Item, part: str | None) -> bool:
    if part is None:
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    comes_to_one = bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES & fixtures)
    if part == "first":
        return not comes_to_one
    return comes_to_one and not item.path.relative_to(TESTS).as_posix().startswith(DATABASES_DIFFER)


def _is_later(item: pytest.Item, tier: str) -> bool:
    marker = item.get_closest_marker("tier")
    return marker is not None and TIERS.index(marker.args[0]) > TIERS.index(tier)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    from tests import told

    told.fixtures_in_use = frozenset(getattr(item, "fixturenames", ()))


_LOGS = itertools.count()

# -- folders -----------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Blobs, keys, beats and mail of the suite go to a folder of this run."""
    var = tmp_path_factory.mktemp("var")
    moved = {
        "VAR_DIR": var,
        "BLOB_ROOT": var / "blobs",
        "KEY_ROOT": var / "keys",
        "LOG_ROOT": var / "log",
        "EMAIL_FILE_PATH": var / "mail",
        "TRUSTED_ROOTS": [var / "keys" / "demo-root.pem"],
    }
    kept = {name: getattr(django_settings, name) for name in moved}
    for name, value in moved.items():
        setattr(django_settings, name, value)
    yield
    for name, value in kept.items():
        setattr(django_settings, name, value)


@pytest.fixture(autouse=True)
def own_log() -> None:
    """What the publication log signed last goes with the test: the next one has another database."""
    django_settings.LOG_ROOT = django_settings.VAR_DIR / "logs" / str(next(_LOGS))


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Forget what the test before left there: counts of sign-ins at a time that was set, above all.

    Refusals that it counted would be written by a later test, as one query more.
    """
    for one in caches.all(initialized_only=True):
        one.clear()
    limits._TALLIES = limits._Tallies()


# -- databases ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def prepared() -> Iterator[databases.SqliteMaker | databases.PostgresMaker]:
    """The prepared database of this run: migrated, with the map of Vietnam."""
    maker = databases.maker(dict(connections.settings["default"]))
    maker.prepare()
    yield maker
    maker.close()


def point_to(name: str) -> str:
    """Connect every thread to the database `name` from now on; return the one used before."""
    before = str(connections.settings["default"]["NAME"])
    assert not connections["default"].in_atomic_block, "what stays for the tests of a file would be lost"
    connections["default"].close()
    connections.settings["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name
    return before


@pytest.fixture(scope="session")
def django_db_setup(prepared: Any, django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Ordinary tests run in transactions on one copy; this replaces pytest-django's own."""
    name = prepared.copy()
    with django_db_blocker.unblock():
        before = point_to(name)
    yield
    with django_db_blocker.unblock():
        point_to(before)
    prepared.drop(name)


@contextmanager
def private_copy(prepared: Any, django_db_blocker: Any) -> Iterator[None]:
    """Work on a copy of the prepared database, thrown away after."""
    name = prepared.copy()
    with django_db_blocker.unblock():
        before = point_to(name)
        try:
            yield
        finally:
            point_to(before)
            prepared.drop(name)


@pytest.fixture
def fresh_db(django_db_setup: None, prepared: Any, django_db_blocker: Any) -> Iterator[None]:
    """A private copy for one test: real commits, threads, a live server; thrown away after."""
    with private_copy(prepared, django_db_blocker):
        yield


@pytest.fixture(scope="module")
def stays(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What fixtures of a file write stays for its tests, each of which is undone; then it is undone too."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def _undone(stays: None) -> Iterator[None]:
    """The database as `stays` has it; pytest-django's own would close the connection that holds it."""
    with transaction.atomic():
        yield
        connections["default"].check_constraints()
        transaction.set_rollback(True)


def _require_tables() -> None:
    """Fail where the run's file is gone: SQLite would make an empty one in its place and say nothing."""
    settings = connections.settings["default"]
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        path = Path(settings["NAME"])
        size = path.stat().st_size if path.exists() else None
        if not size or size < databases.SMALLEST:
            beside = sorted(one.name for one in path.parent.glob("*"))
            pytest.fail(f"the database of this run is lost: {path} has {size} bytes, beside it {beside}")


@pytest.fixture
def db(request: pytest.FixtureRequest) -> None:
    """The database, rolled back after the test; the private copy if the test has one."""
    request.getfixturevalue("django_db_setup")
    _require_tables()
    if connections["default"].in_atomic_block or "stays" in request.fixturenames:
        request.getfixturevalue("_undone")
        return
    request.getfixturevalue("fresh_db" if _wants_fresh(request) else "_django_db_helper")


@pytest.fixture
def transactional_db(fresh_db: None) -> None:
    """pytest-django's name for tests that commit; here a private copy, never a flush."""


@pytest.fixture(autouse=True)
def _django_db_marker(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")


def _wants_fresh(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    names = {"fresh_db", "transactional_db", "live_server", "live_site"}
    return bool(names & set(request.fixturenames)) or bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture(scope="session")
def stages(prepared: Any) -> Iterator[Any]:
    """The supervision of `tests.stages`, driven to each stage when the first test asks for one."""
    from tests.stages import Stages

    made = Stages(prepared, point_to)
    yield made
    made.close()


@pytest.fixture
def stage(stages: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[..., Any]]:
    """`stage("asked")` puts the test into a private copy of that stage and returns its driver."""
    with django_db_blocker.unblock():
        yield from stages.copies_of()


# -- tasks and a live site ---------------------------------------------------------------


@pytest.fixture
def run_tasks() -> Callable[..., int]:
    """Run every task that is due, as the worker does; returns how many ran.

    A task that fails makes the test fail, unless `failures_are_fine=True`.
    """
    from tests.tasks import run_due_tasks

    return run_due_tasks


@dataclass
class LiveSite:
    """A real server over the private database, with the worker at hand."""

    url: str
    run_tasks: Callable[..., int]

    def __str__(self) -> str:
        return self.url


class KeptFiles(StaticFilesHandler):
    """Style sheets and fonts that a browser fetches once, as from a real server, not with every page."""

    def serve(self, request: HttpRequest) -> HttpResponseBase:
        response = super().serve(request)
        response["Cache-Control"] = "max-age=31536000, immutable"  # the clock of the site is moved by months
        return response


@contextmanager
def served() -> Iterator[LiveSite]:
    """Serve the site on a free port of 127.0.0.1; PUBLIC_URL is its address."""
    from tests.tasks import run_due_tasks

    server = LiveServerThread("127.0.0.1", static_handler=KeptFiles)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    url, hosts = f"http://127.0.0.1:{server.port}", [*django_settings.ALLOWED_HOSTS, "127.0.0.1"]
    with override_settings(ALLOWED_HOSTS=hosts, PUBLIC_URL=url):
        yield LiveSite(url, run_due_tasks)
    server.terminate()


@pytest.fixture
def live_site(fresh_db: None) -> Iterator[LiveSite]:
    """A real server over a private copy of the database, for one test."""
    with served() as site:
        yield site


@pytest.fixture
def live_server(live_site: LiveSite) -> LiveSite:
    """pytest-django's name for the live site."""
    return live_site


# -- browsers ----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium; no browser is downloaded."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


@pytest.fixture
def no_script_page(new_context: Callable[..., Any], live_site: LiveSite) -> Any:
    """A page of a browser with JavaScript switched off, on the live site."""
    return new_context(java_script_enabled=False, base_url=live_site.url).new_page()


@pytest.fixture
def pages(browser: Any, live_site: LiveSite, request: pytest.FixtureRequest) -> PageStore:
    """Keeps the HTML of visited pages; `pages.problems()` runs axe and the HTML checker on them."""
    folder = Path(django_settings.VAR_DIR) / "pages" / request.node.name.replace("/", "_")
    return PageStore(browser=browser, site=live_site.url, folder=folder)
