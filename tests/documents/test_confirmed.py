"""A paper is signed as its signer confirmed it, whatever happens to its row before the worker comes to it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from supervision.audit import contents
from supervision.documents import services as documents
from supervision.documents import tasks
from supervision.documents.models import Document
from supervision.errors import WrongState
from supervision.organizations.models import Mandate
from tests.documents.papers import AT, prepared
from tests.owner import guards_off


def sql(statement: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


@pytest.fixture
def asked(officer: Mandate, chair: Mandate) -> Document:
    """A paper whose signer has confirmed it, and which the worker has not seen yet."""
    return documents.request_signature(prepared("letter", officer), signer=chair, capacity="TM", at=AT)


TAMPERED = json.dumps({"subject": "KẺ LẠ VIẾT"}, ensure_ascii=False)
PAST_CONFIRMATION = {
    "context": ("context = %s", TAMPERED),
    "subject": ("subject = %s", "KẺ LẠ VIẾT"),
    "number": ("number_text = %s", "99/MTTQ-BTT"),
    "day": ("issued_on = %s", "2020-01-01"),
    "capacity": ("capacity = %s", "KT"),
    "drafter": ("drafted_for_id = drafted_by_id + %s", 0),
}


@pytest.mark.parametrize("what", PAST_CONFIRMATION)
@pytest.mark.parametrize("state", ["signing", "stuck"])
def test_a_confirmed_paper_is_not_changed_by_the_applications_role(
    asked: Document, state: str, what: str
) -> None:
    if state == "stuck":
        tasks._stuck(asked, "Thiếu khóa ký.", AT)
    setting, value = PAST_CONFIRMATION[what]
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(f"UPDATE documents_document SET {setting} WHERE id = %s", value, asked.pk)


@pytest.mark.parametrize("what", PAST_CONFIRMATION)
def test_words_that_nobody_confirmed_are_never_signed(asked: Document, what: str) -> None:
    """The guards are dropped: the paper is stuck with its reason, and stays so until it was given back."""
    setting, value = PAST_CONFIRMATION[what]
    with transaction.atomic(), guards_off():
        sql(f"UPDATE documents_document SET {setting} WHERE id = %s", value, asked.pk)
    tasks.sign_now(asked.pk, at=AT)
    asked.refresh_from_db()
    assert (asked.state, asked.signatures.count()) == ("stuck", 0)
    assert "đã khác với bản mà người ký xác nhận" in asked.trouble
    with pytest.raises(WrongState, match="đã khác với bản"):
        documents.retry_signature(asked, at=AT)
    assert list(contents.troubles([Document])) == [f"documents.document {asked.pk} is not what was sent"]


def test_a_paper_is_not_made_to_be_signed_by_states_alone(asked: Document) -> None:
    """The guards are in place: plain SQL may step out of being stuck, the worker looks all the same."""
    tasks._stuck(asked, "Thiếu khóa ký.", AT)
    sql("UPDATE documents_document SET state = 'signing', context = %s WHERE id = %s", TAMPERED, asked.pk)
    tasks.sign_now(asked.pk, at=AT)
    asked.refresh_from_db()
    assert (asked.state, asked.signatures.count()) == ("stuck", 0)


def test_a_paper_that_is_mended_and_confirmed_again_is_signed(
    asked: Document, officer: Mandate, chair: Mandate
) -> None:
    tasks._stuck(asked, "Thiếu khóa ký.", AT)
    documents.give_back(asked, by=chair, at=AT, reason="Sửa", stays=True)
    mended = {"context": asked.context | {"subject": "Về việc khác"}, "subject": "Về việc khác"}
    Document.objects.filter(pk=asked.pk).update(**mended)
    documents.request_signature(asked, signer=chair, capacity="TM", at=AT)
    tasks.sign_now(asked.pk, at=AT)
    asked.refresh_from_db()
    assert (asked.state, asked.trouble) == ("signed", "")
    assert list(contents.troubles([Document])) == []
