"""What came is sorted out by people: whose words go into the table, under whose name, and what is shown first."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client

from supervision.cases.models import Criticism
from supervision.drafts.contributions import Said, contribute
from supervision.drafts.models import Contribution, RemarkGroup
from tests.web.test_contributions import OFFICER, ask, driver, moderate, row, send
from tests.web.test_intakes import take_in, xlsx
from tests.web.test_limits import client_of

__all__ = ["driver", "row"]
pytestmark = pytest.mark.django_db
CLAUSE = "dieu-2-khoan-2"


# -- keys of forms -------------------------------------------------------------------------------


def test_other_words_under_a_key_that_is_taken_are_kept_under_a_receipt_of_their_own(row: Criticism) -> None:
    call = ask(row)
    first = send(call, "Lời của một người", key="1")
    others = [
        send(call, "Lời của người khác", key="1"),
        send(call, "Lời của một người", key="1", node="dieu-2"),
        send(call, "Lời của một người", key="1", reason="Lý do khác"),
        send(call, "Lời của một người", key="1", wording="Viết khác"),
    ]
    assert len({first, *others}) == Contribution.objects.count() == 5
    assert send(call, "Lời của một người", key="1") == first


def test_another_fault_of_the_database_is_not_taken_for_a_second_sending(row: Criticism) -> None:
    call = ask(row)
    nothing = Said(node="", text=None)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError):
        contribute(call, nothing, key="k", channel="page", by=None, at=call.opened_at)


def test_nobody_can_take_the_place_of_a_row_of_a_file_that_is_still_to_come(row: Criticism) -> None:
    call = ask(row)
    parts = (CLAUSE, "Nên giảm hết", "", "", "people", "", "")
    content = hashlib.sha256((f"{call.pk}\0" + "\0".join(parts)).encode()).hexdigest()[:48]
    for key in (f"{content}:1", f"intake:{content}:1"):
        send(call, "Chiếm chỗ", key=key)
    rows = xlsx([None, "khoản 2 Điều 2", "Nên giảm hết"], [None, "Điều 1", "Rõ hơn"])
    assert take_in(row, ("phiếu.xlsx", rows)).taken == 2
    assert take_in(row, ("phiếu.xlsx", rows)).taken == 0


# -- what is posted ------------------------------------------------------------------------------


@pytest.mark.parametrize("digit", ["²", "٣", "1\x002", "-1", "9" * 30])
def test_a_number_that_is_none_is_no_choice(row: Criticism, digit: str) -> None:
    call = ask(row)
    send(call)
    address = f"/phan-bien/{row.public_id}"
    officer = client_of(OFFICER)
    assert officer.post(f"{address}/gop-y/", {"chon": digit, "lam": "nhan"}).status_code in (302, 422)
    group = RemarkGroup.objects.create(draft=row.draft, members=[1, 2])
    assert officer.post(f"{address}/nhom/{group.public_id}/", {"chon": digit, "lam": "nhan"}).status_code == 302


def test_the_character_nul_is_left_out_of_what_anyone_posts(row: Criticism) -> None:
    call = ask(row)
    send(call, "Nên\x00 giảm", node=f"{CLAUSE}\x00", key="k\x00", author_name="Ai\x00")
    kept = Contribution.objects.get()
    assert (kept.node, kept.text, kept.key, kept.author_name) == (CLAUSE, "Nên giảm", "page:k", "Ai")
