"""What models declare frozen is kept by guards in the database; one that is not as declared is named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from supervision.audit import guards
from supervision.audit.frozen import Frozen, PartOf
from supervision.documents.models import NumberRegister
from supervision.files.models import Attachment, Blob
from tests.audit.test_audit import AT
from tests.organizations.makers import FRONT, an_organization

database = pytest.mark.django_db

#: Models of these apps that hold nothing sent, with the reason; every other one declares what is frozen.
APPS = ("audit", "cases", "documents", "drafts", "files", "organizations", "publication")
NOTHING_SENT = {
    "cases.studiedtext": "chosen anew on one row, files and all; each paper prints it as it was",
    "drafts.exportpart": "pages of a file that is made and thrown away",
    "drafts.match": "proposed by a program, found anew at will",
    "drafts.outcome": "its event says what was decided; what is shown is a row of the public page",
    "drafts.pairdecision": "decided again as the text is mended",
    "drafts.remarkgroup": "proposed by a program, kept while remarks are worked on",
    "drafts.remarkplace": "reckoned from the matches",
    "drafts.tableexport": "a file that is made and thrown away",
    "organizations.organization": "the register of bodies, mended by hand; a paper prints its day's name",
    "organizations.setting": "numbers in force now; each clock keeps the number that it was reckoned with",
    "organizations.territory": "the map of the country, loaded from the official list",
    "organizations.user": "an account; events and papers keep the name of that day",
    "publication.facetcount": "counted from the search rows, rebuilt at will",
    "publication.log": "one row without content, held while the log is written to",
    "publication.searchrow": "folded from the publication, rebuilt at will",
    "publication.standing": "copied from the newest follow-up, rebuilt at will",
}


def declaring() -> dict[str, object]:
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return {model._meta.label_lower: model.__dict__.get("frozen") for model in models}


def test_every_model_says_what_of_it_is_frozen_or_why_nothing_is() -> None:
    silent = {name for name, said in declaring().items() if not isinstance(said, Frozen | PartOf)}
    assert silent == set(NOTHING_SENT)


def test_every_part_is_named_by_the_row_that_it_belongs_to() -> None:
    for model in apps.get_models():
        said = model.__dict__.get("frozen")
        if isinstance(said, PartOf):
            relation = model._meta.get_field(said.parent)
            assert relation.remote_field.name in relation.related_model.frozen.parts, model


def test_files_that_are_tied_to_a_frozen_row_are_frozen_with_it() -> None:
    """Links to organizations are facts of other kinds; files are what was sent."""
    left = [
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        if isinstance(said := model.__dict__.get("frozen"), Frozen)
        for field in model._meta.local_many_to_many
        if field.related_model is Attachment and field.name not in said.files
    ]
    assert left == []


@database
def test_every_declared_guard_stands_in_the_database() -> None:
    assert guards.missing() == []


OWNERS_WAYS = {
    "postgresql": {
        "dropped": "DROP TRIGGER cases_response_frozen ON cases_response",
        "disabled": "ALTER TABLE cases_response DISABLE TRIGGER cases_response_frozen",
        "emptied": "CREATE OR REPLACE FUNCTION cases_response_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RETURN NEW; END'",
        "weakened": "DROP TRIGGER cases_response_frozen ON cases_response; CREATE TRIGGER "
        "cases_response_frozen BEFORE UPDATE OR DELETE ON cases_response FOR EACH ROW WHEN (false) "
        "EXECUTE FUNCTION cases_response_frozen()",
    },
    "sqlite": {
        "dropped": "DROP TRIGGER cases_response_frozen_update",
        "disabled": "DROP TRIGGER cases_response_frozen_update",  # SQLite knows no sleeping trigger
        "emptied": "DROP TRIGGER cases_response_frozen_update; CREATE TRIGGER cases_response_frozen_update "
        "BEFORE UPDATE ON cases_response BEGIN SELECT 1; END",
        "weakened": "DROP TRIGGER cases_response_frozen_update; CREATE TRIGGER cases_response_frozen_update "
        "BEFORE UPDATE ON cases_response WHEN false BEGIN SELECT 1; END",
    },
}


@database
@pytest.mark.parametrize("way", ["dropped", "disabled", "emptied", "weakened"])
def test_a_guard_that_is_not_as_declared_is_named_and_put_back(
    way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with connection.cursor() as cursor:
        for statement in _statements(OWNERS_WAYS[connection.vendor][way]):
            cursor.execute(statement)
    assert [name for name in guards.missing() if name.startswith("cases_response_frozen")]
    with pytest.raises(CommandError):
        call_command("audit_verify")
    assert "the guard cases_response_frozen" in capsys.readouterr().err
    guards.install()
    assert guards.missing() == []


def _statements(text: str) -> list[str]:
    first, found, _rest = text.partition("; CREATE TRIGGER")
    return [first, "CREATE TRIGGER" + _rest] if found else [text]


@database
def test_a_number_register_only_counts_on() -> None:
    row = NumberRegister.objects.create(organization=an_organization(FRONT), series="KH", year=2026, last=3)
    NumberRegister.objects.filter(pk=row.pk).update(last=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        NumberRegister.objects.filter(pk=row.pk).update(last=3)


@pytest.fixture
def attachment(db: None) -> Iterator[Attachment]:
    blob = Blob.objects.create(sha256="a" * 64, size=1, media_type="application/pdf", created_at=AT)
    yield Attachment.objects.create(blob=blob, name="báo cáo.pdf", uploaded_at=AT)


def test_the_bytes_behind_a_name_stay(attachment: Attachment) -> None:
    other = Blob.objects.create(sha256="b" * 64, size=1, media_type="application/pdf", created_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=attachment.pk).update(blob=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Blob.objects.filter(pk=attachment.blob_id).update(sha256="c" * 64)
