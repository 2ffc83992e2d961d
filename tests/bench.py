"""Figures of what the product decides and costs: `make bench`, or `python -m tests.bench [name[:size]]`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from supervision.legaltext.outline import Outline, outline, read_text
from tests import flood
from tests.drafts import grouping_quality
from tests.drafts.measuring import Figures, measured
from tests.drafts.rewrites import Rates
from tests.drafts.samples import FIELDS, foreign, sample
from tests.publication import search_bench

#: Texts as published, where they are at hand; nobody needs them to run the bench.
PUBLISHED = Path(__file__).resolve().parents[2] / "shared" / "data" / "drafts"
#: No seed below these was ever looked at while the alignment was built.
SEEDS = range(5_000, 5_010)


def alignment() -> Iterable[Table]:
    """Two versions of a text: provisions in the right match, and remarks still at their clause."""
    usual = "four in ten provisions edited"
    yield _alignment(f"Alignment, {usual}: up to 40% of their words", Rates())
    yield _alignment("Alignment, every provision edited: up to 40% of its words", Rates(edited=1.0))


def _alignment(title: str, rates: Rates) -> Table:
    table = _table(title, "text", "units", "right", "remarks followed", "excused", "seconds each")
    found = Figures()
    for name, old, other in _texts():
        begun = time.process_time()
        here = measured(old, other, SEEDS, rates)
        spent = (time.process_time() - begun) / len(SEEDS)
        total = sum(here.total.values())
        shares = (f"{here.units:.2%}", f"{here.remarks_followed:.2%}", str(here.excused), f"{spent:.2f}")
        table.add_row(name, str(total), *shares)
        found.add(here)
    table.add_section()
    for done in sorted(found.total):
        table.add_row(done, str(found.total[done]), f"{found.share(done):.2%}")
    table.add_row(
        "all", str(sum(found.total.values())), f"{found.units:.2%}", f"{found.remarks_followed:.2%}"
    )
    return table


def _texts() -> Iterable[tuple[str, Outline, Outline]]:
    """Yield name, text, and a text of another field from which new provisions are taken."""
    for field, other in zip(FIELDS, (*FIELDS[1:], FIELDS[0]), strict=True):
        yield f"sample: {field}", sample(field), foreign(other)
    paths = sorted(PUBLISHED.glob("*.md"))
    published = [(path.name[:16], outline(*read_text(path.read_text("utf-8")))) for path in paths]
    for n, (name, text) in enumerate(published):
        yield name, text, published[n - 1][1]


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for n, column in enumerate(columns):
        table.add_column(column, justify="right" if n else "left")
    return table


#: Another bench is another function here.
def grouping() -> Iterable[Table]:
    """Yield the quality of proposed groups, as the reference publishes it."""
    table = _table("Groups of remarks", "part and measure", "value")
    for name, value in grouping_quality.measure():
        table.add_row(name, f"{value:.3f}")
    yield table


def uploads() -> Iterable[Table]:
    """Yield what 20 hostile files at once cost the server that is asked to verify them."""
    columns = ("file, 20 at once", "answers", "home page, s", "web CPU, s each", "web memory, MB", "helpers")
    table = _table("Hostile uploads to the page of verification", *columns)
    for one in flood.measure():
        answers = ", ".join(f"{count} x {status}" for status, count in sorted(one.statuses.items()))
        cpu = one.web_cpu / max(1, one.statuses[200])
        facts = (f"{one.slowest_home:.2f}", f"{cpu:.2f}", f"{one.web_memory / 1024**2:.0f}", str(one.helpers))
        table.add_row(one.name, answers, *facts)
    yield table


BENCHES: dict[str, Callable[..., Iterable[Table]]] = {
    "alignment": alignment,
    "grouping": grouping,
    "uploads": uploads,
    "search": search_bench.tables,
}


def main(names: Sequence[str]) -> None:
    """Print the tables of the benches named, of all without a name."""
    console = Console(width=max(120, Console().width))
    for name in names or BENCHES:
        bench, _colon, size = name.partition(":")
        for table in BENCHES[bench](*([int(size)] if size else [])):
            console.print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
