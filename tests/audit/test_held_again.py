"""What somebody changed past the acts stays found: no act, no forged event and no erasure makes it good.

The guards are dropped where it says so; a forged event is what the application's role may write itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from supervision.audit import contents
from supervision.audit import services as audit
from supervision.audit.models import Content, Event, Words
from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import CaseDocument, Inquiry, Recommendation, Response
from supervision.demo.driver import Driver
from supervision.documents.models import Document
from supervision.organizations import services, successions
from supervision.organizations.models import Mandate, Organization, Succession, User
from tests.documents.papers import AT
from tests.owner import guards_off
from tests.stages import AGENCIES, go

Stage = Callable[[str], Driver]


def sql(statement: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def as_owner(statement: str, *params: Any) -> None:
    with transaction.atomic(), guards_off():
        sql(statement, *params)


def found(*kinds: type[models.Model]) -> list[str]:
    return list(contents.troubles(list(kinds)))


# -- the next act, by which the row is held anew ------------------------------------------


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE cases_recommendation SET text = 'Không cần làm gì' WHERE id = %s",
        "UPDATE cases_recommendation SET number = 77 WHERE id = %s",
        "UPDATE cases_recommendation SET closing_reason = 'Đã xong' WHERE id = %s",
    ],
)
def test_the_next_act_makes_no_changed_row_good(stage: Stage, tampering: str) -> None:
    driver = stage("recommended")
    row = driver.case.recommendations.order_by("number")[0]
    as_owner(tampering, row.pk)
    assert found(Recommendation)
    go(driver, 23, "receive_recommendation", row)
    assert Recommendation.objects.get(pk=row.pk).state == "received"
    assert found(Recommendation) == [f"cases.recommendation {row.pk} is not what was sent"]


def test_what_was_filled_in_past_the_acts_is_not_made_good_by_the_next(stage: Stage) -> None:
    """The guards are in place: what is empty may be filled in, but by an act that says so."""
    driver = stage("asked")
    inquiry = driver.inquiry(AGENCIES[0])
    sql("UPDATE cases_inquiry SET withdrawal_reason = 'Không còn cần' WHERE id = %s", inquiry.pk)
    go(driver, -19, "receive_inquiry", inquiry)
    assert found(Inquiry) == [f"cases.inquiry {inquiry.pk} is not what was sent"]


def test_an_amended_wording_is_held_anew_and_nothing_is_wrong(stage: Stage) -> None:
    driver = stage("recommended")
    row = driver.case.recommendations.order_by("number")[0]
    by = row.conclusion.by
    facts = {"decision": "amended", "reason": "Rõ hơn", "old_text": row.text, "by": by, "at": AT}
    with transaction.atomic():
        row.reconsiderations.create(new_text="Làm trước ngày 30", **facts)
        row.text = "Làm trước ngày 30"
        row.save(update_fields=["text"])
        audit.record(action="recommendation.amended", actor=None, obj=row, at=AT)
    assert found() == []


# -- an event that somebody forged --------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "kind", "tampering"),
    [
        ("answered", Response, "UPDATE cases_response SET summary = 'KHÁC'"),
        ("recommended", Recommendation, "UPDATE cases_recommendation SET text = 'KHÁC'"),
        ("answered", Inquiry, "UPDATE cases_inquiry SET received_at = '2020-01-01 00:00:00+00:00'"),
        ("answered", Inquiry, "UPDATE cases_inquiry SET received_at = NULL"),
        ("answered", Inquiry, "UPDATE cases_inquiry SET state = 'sent'"),
    ],
)
def test_an_event_with_fresh_hashes_makes_nothing_good(
    stage: Stage, at: str, kind: type[models.Model], tampering: str
) -> None:
    stage(at)
    row = contents.sent(kind).order_by("pk")[0]
    as_owner(f"{tampering} WHERE id = {row.pk}")
    forged(row)
    assert found(kind) == [f"{kind._meta.label_lower} {row.pk} is not what was sent"]


def forged(row: models.Model) -> None:
    """Let an event hold a row as it is now, as somebody who can write events and knows how would."""
    event = audit.record(action="content.fixed", actor=None, obj=row, at=timezone.now())
    now = contents.contents(type(row), [row.pk])[row.pk].after(None, None)
    contents.keep(event, {(row._meta.label_lower, row.pk): now})


def test_an_event_that_says_so_does_not_take_out_what_may_never_go(stage: Stage) -> None:
    stage("answered")
    row = Response.objects.order_by("pk")[0]
    key = row.pk
    with transaction.atomic(), guards_off():
        sql("DELETE FROM cases_response_files WHERE response_id = %s", key)
        sql("DELETE FROM cases_response WHERE id = %s", key)
    audit.let_go(row, actor=None, at=timezone.now())
    assert found(Response) == [f"cases.response {key} was sent, and is not there as sent any more"]


def test_words_that_are_erased_take_no_hash_of_what_was_sent_with_them(stage: Stage) -> None:
    stage("answered")
    row = Response.objects.order_by("pk")[0]
    for held in Content.objects.filter(object_type="cases.response", object_id=row.pk):
        audit.erase(held.event, actor=None, reason="Luật 91/2025/QH15", at=timezone.now())
        assert not Words.objects.filter(event=held.event).exists()
    assert found(Response) == []
    as_owner("UPDATE cases_response SET summary = 'KHÁC' WHERE id = %s", row.pk)
    assert found(Response) == [f"cases.response {row.pk} is not what was sent"]


# -- no cost that grows -------------------------------------------------------------------


def test_what_an_act_reads_does_not_grow_with_what_events_held_before(stage: Stage) -> None:
    driver = stage("recommended")
    row = driver.case.recommendations.order_by("number")[0]
    for _nr in range(20):
        forged(row)
    with CaptureQueriesContext(connection) as asked:
        assert len(contents.newest(Recommendation, [row.pk])) == 1
    assert len(asked) == 1
    plan = explained(asked.captured_queries[0]["sql"])
    assert "SCAN audit_content" not in plan and "Seq Scan on audit_content" not in plan
    with CaptureQueriesContext(connection) as checked:
        assert found(Recommendation) == []
    assert len(checked) < 10


def explained(query: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"{'EXPLAIN' if connection.vendor == 'postgresql' else 'EXPLAIN QUERY PLAN'} {query}")
        return "\n".join(str(row) for row in cursor.fetchall())


# -- whose it is --------------------------------------------------------------------------

WHOSE = [
    ("recommended", Recommendation, "addressee"),
    ("answered", Inquiry, "agency"),
]


@pytest.mark.parametrize(("at", "kind", "column"), WHOSE)
def test_a_body_takes_anothers_place_only_as_a_succession_says(
    stage: Stage, at: str, kind: type[models.Model], column: str
) -> None:
    stage(at)
    row: Any = contents.sent(kind).order_by("pk")[0]
    other = Organization.objects.exclude(pk=getattr(row, f"{column}_id")).filter(code__startswith="so-")[0]
    change = f"UPDATE {kind._meta.db_table} SET {column}_id = %s WHERE id = %s"
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(change, other.pk, row.pk)
    as_owner(change, other.pk, row.pk)
    forged(kind._base_manager.get(pk=row.pk))
    assert found(kind) == [f"{kind._meta.label_lower} {row.pk} is not what was sent"]


@pytest.mark.parametrize(("at", "kind", "column"), WHOSE)
def test_an_heir_of_an_heir_holds_what_was_sent_to_the_first(
    stage: Stage, at: str, kind: type[models.Model], column: str
) -> None:
    driver = stage(at)
    row: Any = contents.sent(kind).order_by("pk")[0]
    before = getattr(row, column)
    for name in ("so-moi-1", "so-moi-2"):
        heir = an_heir(before, name)
        successions.succeed(
            how="rename", predecessors=[before], successors=[heir], effective_on=driver.day(30),
            decision_number="1/NQ", decision_on=driver.day(29), by=None, at=driver.at(31),
        )  # fmt: skip
        before = heir
    row.refresh_from_db()
    assert getattr(row, column) == heir
    assert found(kind, Succession, Case) == []


def an_heir(before: Organization, code: str) -> Organization:
    return services.add_organization(
        code=code, kind=before.kind, level=before.level, territory=before.territory, name=f"Sở mẫu {code}",
        superior=before.superior, valid_from=before.valid_from,
    )  # fmt: skip


@pytest.mark.parametrize("column", ["user_id", "organization_id", "duty", "title", "from_on", "until_on"])
def test_the_person_behind_what_was_sent_is_not_another_one(stage: Stage, column: str) -> None:
    stage("answered")
    mandate = Response.objects.order_by("pk")[0].drafted_by
    value = {
        "user_id": User.objects.exclude(pk=mandate.user_id).order_by("pk")[0].pk,
        "organization_id": Organization.objects.exclude(pk=mandate.organization_id).order_by("pk")[0].pk,
        "duty": "agency_leader", "title": "X", "from_on": "2020-01-01", "until_on": "2020-01-02",
    }[column]  # fmt: skip
    change = f"UPDATE organizations_mandate SET {column} = %s WHERE id = %s"
    if column != "until_on":
        with pytest.raises(IntegrityError), transaction.atomic():
            sql(change, value, mandate.pk)
        with transaction.atomic(), guards_off():
            sql(change, value, mandate.pk)
    else:  # a last day may be set, by an act that says so
        sql("UPDATE organizations_mandate SET until_on = '2090-01-02' WHERE id = %s", mandate.pk)
    assert found(Mandate) == [f"organizations.mandate {mandate.pk} is not what was sent"]


def test_a_paper_is_not_taken_off_its_case(stage: Stage) -> None:
    driver = stage("asked")
    link = CaseDocument.objects.filter(case=driver.case, is_sent=True)[0]
    as_owner("UPDATE cases_casedocument SET is_sent = false WHERE id = %s", link.pk)
    assert found(CaseDocument) == [f"cases.casedocument {link.pk} is not what was sent"]
    with transaction.atomic(), guards_off():
        sql("DELETE FROM cases_casedocument_addressees WHERE casedocument_id = %s", link.pk)
        sql("DELETE FROM cases_casedocument WHERE id = %s", link.pk)
    assert found(CaseDocument) == [
        f"cases.casedocument {link.pk} was sent, and is not there as sent any more"
    ]


# -- what is saved after the last event of an act ----------------------------------------------


def test_what_an_act_saves_after_its_last_event_is_held_as_soon_as_it_is_committed(stage: Stage) -> None:
    driver = stage("recommended")
    paper = selectors.outcome_paper(driver.case)
    assert paper is not None
    before = Event.objects.count()
    with transaction.atomic():
        audit.record(action="case.looked_at", actor=None, obj=driver.case, at=AT)
        with pytest.raises(RuntimeError), transaction.atomic():
            driver.case.save(update_fields=["outcome"])  # noted under a savepoint that is undone
            raise RuntimeError
        paper.public_context = {**paper.context, "edition": True}
        paper.save(update_fields=["public_context"])
    assert found(Document, Case) == []
    assert Event.objects.count() == before + 2 and Event.objects.latest("pk").action == audit.FIXED


def test_it_makes_nothing_good_that_the_act_did_not_write(stage: Stage) -> None:
    driver = stage("recommended")
    row = driver.case.recommendations.order_by("number")[0]
    as_owner("UPDATE cases_recommendation SET closing_reason = 'Đã xong' WHERE id = %s", row.pk)
    with transaction.atomic():
        row.refresh_from_db()
        row.unit = "Phòng Quản lý đất đai"
        row.save(update_fields=["unit"])
    assert found(Recommendation) == [f"cases.recommendation {row.pk} is not what was sent"]


def test_an_act_that_saves_nothing_sent_leaves_no_event(stage: Stage) -> None:
    driver = stage("met")
    before = Event.objects.count()
    with transaction.atomic():
        driver.case.inquiries.order_by("pk")[0].save(update_fields=["report_deadline"])
    assert Event.objects.count() == before
