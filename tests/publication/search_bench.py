"""What a search costs over a large archive, on both databases, beside SQL by hand for the same answer.

`python -m tests.bench search:100000`; each database is measured in a process of its own.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from typing import Any

from rich.table import Table

SIZE = 10_000
ROUNDS = 25
CASES: dict[str, str] = {
    "no words": "",
    "rare word": "q=ma{rare}",
    "word of every paper": "q=mttq",
    "two words of every paper": "q=giám+sát",
    "several words": "q=thủy+điện+Đa+Nhim+kiến+nghị",
    "several words, no marks": "q=thuy+dien+da+nhim+kien+nghi",
    "marks of a common syllable": "q=bán+đất",
    "phrase": 'q="bảo+hiểm+y+tế"',
    "phrase of common words, nowhere": 'q="nghị+kiến+sát+giám"',
    "number": "q=1333/TB-MTTQ-BTT",
    "nothing": "q=khongcogica",
    "overdue": "tra-loi=qua-han",
    "word of every paper, province": "q=mttq&tinh=07",
    "province and year": "tinh=07&nam=2020",
    "longest overdue": "xep=qua-han",
    "last page": "trang=99999",
}
HAND = {
    "postgresql": (
        "SELECT id FROM publication_searchrow WHERE vector @@ %s::tsquery",
        " & ",
    ),
    "sqlite": ("SELECT rowid AS id FROM publication_search_fts WHERE publication_search_fts MATCH %s", " "),
}


def tables(size: int = SIZE) -> Iterable[Table]:
    """Yield the figures of each database that is there."""
    from tests import postgres

    with tempfile.TemporaryDirectory() as folder:
        yield _table("SQLite", size, f"sqlite:///{folder}/bench.sqlite3")
    if bin_dir := postgres.programs():
        with postgres.throw_away_cluster(bin_dir) as url:
            yield _table("PostgreSQL", size, url)


def _table(name: str, size: int, url: str) -> Table:
    env = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "supervision.settings.test"}
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(size)], env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    table = Table(title=f"Search, {name}, {size:,} publications (ms; load {load})", title_justify="left")
    columns = ("page p50", "page p95", "search p50", "search p95", "SQL by hand", "ratio", "queries", "found")
    for n, column in enumerate(("question", *columns)):
        table.add_column(column, justify="right" if n else "left")
    for row in json.loads(done.stdout.splitlines()[-1]):
        table.add_row(*(f"{part:.1f}" if isinstance(part, float) else str(part) for part in row))
    return table


def _measure(size: int) -> list[list[Any]]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    from tests.publication import archive

    begun = time.monotonic()
    archive.fill(size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(f"filled in {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return [_row(name, query.format(rare=size // 3)) for name, query in CASES.items()]


def _row(name: str, query: str) -> list[Any]:
    from django.db import connection
    from django.http import QueryDict
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from supervision.publication import search
    from supervision.publication.search import Search
    from tests.publication import factory

    client, asked = Client(), Search.of(QueryDict(query))
    with _on_the_day():

        def page() -> None:
            assert client.get(f"/ket-luan/?{query}").status_code == 200

        def alone() -> int:
            answer = search.answer(asked, on=factory.TODAY)
            answer.rows(0, 20)
            return answer.count + answer.more

        page()
        with CaptureQueriesContext(connection) as queries:
            page()
        asked_for = len(queries)  # of the log of this moment
        pages, ours = _times(page), _times(alone)
        by_hand = statistics.median(_times(lambda: _by_hand(asked)))
        found = alone()
    return [
        name,
        *_both(pages),
        *_both(ours),
        by_hand,
        statistics.median(ours) / by_hand,
        asked_for,
        found,
    ]


@contextmanager
def _on_the_day() -> Any:
    import time_machine

    from tests.publication import factory

    with time_machine.travel(factory.moment(factory.TODAY), tick=True):
        yield


def _times(work: Callable[[], Any]) -> list[float]:
    found = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        work()
        found.append((time.perf_counter() - begun) * 1_000)
    return found


def _both(times: list[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def _by_hand(asked: Any) -> None:
    """Count up to 1,001, list the newest 20, count their facets: what one would write for this page alone."""
    from django.db import connection

    from supervision.publication import tokens

    words = tokens.words(asked.query).split()
    every = [*words, *(tokens.pairs(words) if '"' in asked.query else [])]
    if any(sign.isdigit() for sign in asked.query) and "/" in asked.query:
        every = [tokens.number(asked.query)]
    every += [tokens.value(key, value) for key, value in asked.filters.items() if value != "qua-han"]
    select, joined = HAND[connection.vendor]
    late = asked.filters.get("tra-loi") == "qua-han"
    params: list[Any] = []
    if every:
        where, params = (
            f"id IN ({select})",
            [joined.join(f'"{one}"' if joined == " " else one for one in every)],
        )
    else:
        where = "listing = 'ket-luan'"
    if late:
        where += " AND earliest_due_on < '2026-11-19'"
    rows = f"FROM publication_searchrow WHERE {where}"
    order = "earliest_due_on" if asked.order == "qua-han" else "published_at DESC, id DESC"
    columns = ("year", "form", "level", "field", "province_code", "organization_code", "validity")
    parts = " UNION ALL ".join(
        f"SELECT '{one}', CAST({one} AS text), count(*) FROM found GROUP BY 2" for one in columns
    )
    with connection.cursor() as cursor:
        for sql in (
            f"SELECT count(*) FROM (SELECT 1 {rows} LIMIT 1001) a",
            "SELECT p.title, p.lead, p.number_text, r.validity FROM "
            f"(SELECT id, publication_id, validity {rows} ORDER BY {order} LIMIT 20) r "
            "JOIN publication_publication p ON p.id = r.publication_id",
            f"WITH found AS MATERIALIZED (SELECT {', '.join(columns)} {rows} LIMIT 1001) {parts}",
        ):
            cursor.execute(sql, params)
            cursor.fetchall()


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]))))
