"""Lists, counts and beginnings are made from what is published: `log_fsck` makes them again and compares."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.files import services as files
from supervision.publication import beginnings, renewals, services, shown
from supervision.publication.listed import FacetCount, SearchRow, Standing
from supervision.publication.log import signing
from supervision.publication.models import Beginning, Publication
from tests.owner import guards_off
from tests.publication import factory

pytestmark = pytest.mark.django_db
PRINT = b"%PDF-1.7\nthe print\n%%EOF\n"
SIGNED = PRINT + b"a person's signature\n%%EOF\n"
STAMPED = SIGNED + b"an archive stamp\n%%EOF\n"

#: What the role of the application may do, no guard touched but that of beginnings; and what the check says.
TAMPERED = {
    "whose recommendation it is": (
        "UPDATE publication_standing SET addressee_name = 'CƠ QUAN BỊA' WHERE number = 3",
        "07/TB-MTTQ-BTT: recommendation 3 is listed with another addressee_name",
    ),
    "how a recommendation stands": (
        "UPDATE publication_standing SET state = 'verified', stage = 'verified' WHERE number = 3",
        "07/TB-MTTQ-BTT: recommendation 3 is listed with another stage, state",
    ),
    "a recommendation that is gone": (
        "DELETE FROM publication_standing WHERE number = 2",
        "07/TB-MTTQ-BTT: recommendation 2 is not listed",
    ),
    "a recommendation that nobody made": (
        "UPDATE publication_standing SET number = 9 WHERE number = 4",
        "07/TB-MTTQ-BTT: recommendation 9 was never told",
    ),
    "what a paper is found by": (
        "UPDATE publication_searchrow SET tokens = 'khac', organization_name = 'TỔ CHỨC BỊA'",
        "07/TB-MTTQ-BTT is listed with another organization_name, tokens",
    ),
    "a paper that is gone": (
        "DELETE FROM publication_standing; DELETE FROM publication_searchrow",
        "07/TB-MTTQ-BTT is not listed",
    ),
    "a name of a facet": (
        "UPDATE publication_facetcount SET name = 'NHÃN BỊA' WHERE key = 'co-quan' AND value = 'vpdk-mau'",
        "facet co-quan vpdk-mau is named otherwise than anything published",
    ),
    "a count of a facet": (
        "UPDATE publication_facetcount SET count = 999 WHERE key = 'linh-vuc'",
        "facet linh-vuc land counts 999, not 1",
    ),
    "the count of all": (
        "DELETE FROM publication_facetcount WHERE key = ''",
        "the list counts 0, not 1",
    ),
    "a value that nothing has": (
        "UPDATE publication_facetcount SET value = 'bia', count = 0 WHERE key = 'co-quan' "
        "AND value = 'vpdk-mau'",
        "facet co-quan bia is named otherwise than anything published",
    ),
    "where a file begins": (
        "DELETE FROM publication_beginning WHERE size = 24",
        "the file of 07/TB-MTTQ-BTT begins with one of 24 bytes that is not noted",
    ),
    "a beginning that a file has not": (
        "UPDATE publication_beginning SET sha256 = 'abc' WHERE size = 24",
        "the file of 07/TB-MTTQ-BTT does not begin with the one of 24 bytes that is noted",
    ),
}


def publish(data: bytes, number: int, **changes: object) -> Publication:
    blob = files.put_bytes(data, "application/pdf", factory.AT)
    return factory.publication(
        number_text=f"{number:02d}/TB-MTTQ-BTT",
        pdf_sha256=blob.sha256,
        pdf_size=blob.size,
        certificates=["c" * 64],
        **changes,
    )


@pytest.fixture
def page() -> Publication:
    made = publish(SIGNED, 7)
    services.follow_up(publication=made, progress=factory.four_recommendations()[0], at=factory.AT)
    beginnings.note_waiting.call()
    renewed = files.put_bytes(STAMPED, "application/pdf", factory.AT)
    renewals.renew(sha256=made.pdf_sha256, by=renewed.sha256, size=renewed.size, at=factory.AT)
    signing.sign_checkpoint(at=factory.AT)
    return made


def do(statements: str) -> None:
    with guards_off() if "beginning" in statements else nullcontext(), connection.cursor() as cursor:
        for statement in statements.split("; "):
            cursor.execute(statement)


@pytest.mark.parametrize("what", TAMPERED)
def test_what_lists_show_is_not_changed_unseen(page: Publication, what: str) -> None:
    assert list(shown.troubles()) == []
    statements, sentence = TAMPERED[what]
    do(statements)
    assert sentence in list(shown.troubles())
    with pytest.raises(CommandError):
        call_command("log_fsck")


@pytest.mark.parametrize("what", [one for one in TAMPERED if "has not" not in one])
def test_one_command_makes_them_again(page: Publication, what: str) -> None:
    do(TAMPERED[what][0])
    call_command("search_rebuild")
    assert list(shown.troubles()) == []


def test_what_became_of_papers_fits(page: Publication) -> None:
    """Withdrawn, corrected, an agency that was renamed meanwhile, a plan, a file that is not read yet."""
    first = factory.four_recommendations()[1]
    renamed = type(first)(**{**first.__dict__, "addressee_name": "Tên mới của chi nhánh"})
    services.follow_up(publication=page, progress=renamed, at=factory.AT)
    factory.many(14)
    publish(PRINT + b"2", 8, form="ke-hoach-nam")
    assert Beginning.objects.filter(publication__number_text="08/TB-MTTQ-BTT").count() == 0
    assert list(shown.troubles()) == []
    assert FacetCount.objects.filter(name="Chi nhánh Văn phòng đăng ký đất đai khu vực mẫu").exists()


def test_a_file_that_was_passed_over_is_named_once_later_ones_were_read(page: Publication) -> None:
    publish(PRINT + b"2", 8)
    beginnings.note_waiting.call()
    do(f"DELETE FROM publication_beginning WHERE publication_id = {page.pk}")
    assert any("begins with" in one for one in shown.troubles())


def test_what_changed_while_it_was_read_is_looked_at_again(
    page: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A publication that is told between two queries is no trouble: only what both looks say is."""
    looked: list[int] = []

    def late(ids: list[int]) -> dict[int, list[str]]:
        looked.append(len(ids))
        return {} if len(looked) > 1 else {page.pk: ["in between"]}

    monkeypatch.setattr(shown, "_rows", late)
    assert list(shown.troubles()) == [] and looked == [1, 1]


def test_the_check_asks_as_often_for_many_as_for_few() -> None:
    asked = []
    for count in (5, 25):
        factory.many(count, start=SearchRow.objects.count())
        with CaptureQueriesContext(connection) as queries:
            assert list(shown.troubles()) == []
        asked.append(len(queries))
    assert asked[0] == asked[1], asked
    assert Standing.objects.count() > 10
