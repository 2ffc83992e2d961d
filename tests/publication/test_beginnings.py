"""The worker notes where the revisions of published files end; what it noted is found by one index."""

from __future__ import annotations

import random

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from supervision.files import services as files
from supervision.publication import beginnings, renewals
from supervision.publication.models import Beginning, Publication
from tests.publication.factory import AT, publication
from workflows.management.commands import tick

pytestmark = pytest.mark.django_db
PRINT = b"%PDF-1.7\nthe print\n%%EOF\n"
ONCE = PRINT + b"a person's signature\n%%EOF\n"
TWICE = ONCE + b"the seal of the body\n%%EOF\n"


def published(data: bytes = TWICE, number: int = 7) -> Publication:
    blob = files.put_bytes(data, "application/pdf", AT)
    return publication(
        [],
        number_text=f"{number:02d}/TB",
        pdf_sha256=blob.sha256,
        pdf_size=blob.size,
        certificates=["c" * 64],
    )


def sizes(made: Publication) -> set[int]:
    return set(made.beginnings.values_list("size", flat=True))


def test_the_ends_of_revisions_are_noted_once_and_the_file_itself() -> None:
    made = published()
    for _ in range(2):
        beginnings.note_waiting.call()
    assert sizes(made) == {len(PRINT) - 1, len(PRINT), len(ONCE) - 1, len(ONCE), len(TWICE)}
    assert len(TWICE) - 1 not in sizes(made), "a file without its last line's end lacks nothing"


def test_the_tick_asks_for_what_waits_and_for_nothing_else() -> None:
    waits = DBTaskResult.objects.filter(task_path=beginnings.note_waiting.module_path)
    assert tick.revisions(AT) == "" and not waits.exists()
    published()
    assert tick.revisions(AT) == "revisions asked" and tick.revisions(AT) == ""
    assert waits.count() == 1
    beginnings.note_waiting.call()
    waits.all().delete()
    assert tick.revisions(AT) == ""


def test_publications_from_before_are_read_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginnings, "BATCH", 2)
    made = [published(TWICE + bytes([n]), n) for n in range(1, 4)]
    beginnings.note_waiting.call()
    assert [bool(sizes(one)) for one in made] == [True, True, False]
    assert DBTaskResult.objects.filter(task_path=beginnings.note_waiting.module_path).count() == 1
    beginnings.note_waiting.call()
    assert all(sizes(one) for one in made) and not beginnings.waiting().exists()


def test_a_file_that_is_missing_holds_up_nobody() -> None:
    lost, made = publication([]), published(number=8)
    beginnings.note_waiting.call()
    assert sizes(lost) == {lost.pdf_size} and len(sizes(made)) == 5


def test_a_renewed_file_and_what_it_grew_from_are_known() -> None:
    made = published()
    blob = files.put_bytes(TWICE + b"an archive stamp\n%%EOF\n", "application/pdf", AT)
    renewals.renew(sha256=made.pdf_sha256, by=blob.sha256, size=blob.size, at=AT)
    assert beginnings.published_as(blob.sha256) == made
    assert len(TWICE) in sizes(made) and blob.size in sizes(made)


def likes(data: bytes) -> list[beginnings.Likeness]:
    return beginnings.alike(beginnings.digests(data, beginnings.POINTS))


def test_what_a_file_begins_as_is_found_in_four_queries_however_much_is_published() -> None:
    first = published()
    for n in range(20):
        published(PRINT + bytes([65 + n]) + b"\n%%EOF\n", 20 + n)
    beginnings.note_waiting.call()
    for data, size in ((TWICE + b"more", len(TWICE)), (ONCE + b"more", len(ONCE)), (ONCE, len(ONCE))):
        with CaptureQueriesContext(connection) as asked:
            found = likes(data)
        assert found[0] == beginnings.Likeness(first, size, is_revision=True) and len(asked) <= 4
        assert len(found) == beginnings.MOST_ALIKE, "all begin with one print; so many are compared"
    assert likes(b"%PDF-1.7 other\n%%EOF\nmore") == []


def test_the_longest_of_several_publications_is_named() -> None:
    """One print, published once unsigned and once signed."""
    short, long = published(PRINT, 1), published(TWICE, 2)
    assert likes(TWICE + b"x")[0].publication == long
    assert likes(ONCE + b"x")[0] == beginnings.Likeness(short, len(PRINT), is_revision=True)
    beginnings.note_waiting.call()
    assert likes(ONCE + b"x")[0] == beginnings.Likeness(long, len(ONCE), is_revision=True)


def test_a_file_is_known_by_its_first_bytes_wherever_it_ends() -> None:
    """At fixed sizes, each four times the last: what a file of any length needs is a handful of rows."""
    data = TWICE + random.Random(5).randbytes(70_000) + b"\n%%EOF\n"
    made = published(data)
    beginnings.note_waiting.call()
    assert sizes(made) >= {4096, 16384, 65536} and len(sizes(made)) == 3 + 6 + 1
    for end in (4096, 4097, 20_000, 69_999):
        found = likes(data[:end])[0]
        assert found.publication == made and found.size in beginnings.POINTS and found.size * 4 > end
    other = TWICE[:-10] + b"x" * 70_000
    assert [one.size for one in likes(other)] == [len(ONCE)]
    assert not [one for one in likes(data[:4095]) if one.size in beginnings.POINTS]


def test_the_database_refuses_to_change_what_was_noted() -> None:
    published()
    beginnings.note_waiting.call()
    for statement in ("UPDATE publication_beginning SET size = 1", "DELETE FROM publication_beginning"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Beginning.objects.count() == 5
