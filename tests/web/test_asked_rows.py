"""What the public is asked about, and why a contribution is kept out, are not changed past the acts."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, models

from supervision.audit import contents
from supervision.audit.models import Content
from supervision.cases.models import Criticism
from supervision.demo.world import actor
from supervision.drafts.models import Contribution, DraftText
from supervision.organizations.models import Mandate
from tests.audit.test_held_again import as_owner
from tests.audit.test_plan_rows import sql
from tests.drafts.texts import FEES
from tests.files import samples
from tests.markup import html_of
from tests.stages import CHAIR
from tests.web.test_contributions import OFFICER, STORY, ask, moderate, row, send
from tests.web.test_intakes import take_in, xlsx
from tests.web.test_limits import client_of
from workflows.acts import steering

__all__ = ["STORY", "row"]
pytestmark = pytest.mark.django_db


def found(*kinds: type[models.Model]) -> list[str]:
    return list(contents.troubles(list(kinds)))


def rewrite(more: str) -> None:
    """Put other words into the text by plain SQL, with `more` of its columns."""
    body = json.dumps(DraftText.objects.get().body, ensure_ascii=False)
    assert sql(f"UPDATE drafts_drafttext SET body = %s, {more}", body.replace("một nửa", "BỊA")) == 1


# -- the text of a draft ------------------------------------------------------------------


@pytest.mark.parametrize("more", ["edition = edition", "edition = edition - 1", "at = '2026-05-20'"])
def test_the_text_that_is_asked_about_changes_as_another_edition_alone(row: Criticism, more: str) -> None:
    ask(row)
    with pytest.raises(IntegrityError):
        rewrite(more)
    with pytest.raises(IntegrityError):
        sql("DELETE FROM drafts_drafttext")
    assert found(DraftText) == []


def test_an_edition_that_nobody_made_is_found_and_not_mended_any_further(row: Criticism) -> None:
    """Whoever mends another article would put their name to what they never read."""
    ask(row)
    text = DraftText.objects.get()
    rewrite("edition = edition + 1")
    assert found(DraftText) == [f"drafts.drafttext {text.pk} is not what was sent"]
    address = f"/phan-bien/{row.public_id}/du-thao/sua/2/"
    send_it = {"lines": "Điều 1. Phạm vi khác\n1. Một.", "edition": text.edition + 1}
    answer = client_of(OFFICER).post(address, send_it)
    assert answer.status_code == 409
    assert "không còn như lần đọc, sửa gần nhất" in html_of(answer)
    assert DraftText.objects.get().edition == text.edition + 1
    again = {"source": "dan", "pasted": FEES}
    assert client_of(OFFICER).post(f"/phan-bien/{row.public_id}/du-thao/doc/", again).status_code == 302
    assert "BỊA" not in str(DraftText.objects.get().body)


def test_reading_mending_and_what_is_found_of_doubts_leave_nothing_wrong(row: Criticism) -> None:
    call = ask(row)
    send(call)
    address = f"/phan-bien/{row.public_id}/du-thao/"
    again = {"source": "dan", "pasted": FEES.replace("2. Hộ nghèo được giảm", "2. Hộ nghèo duoc giảm")}
    assert client_of(OFFICER).post(f"{address}doc/", again).status_code == 302
    assert DraftText.objects.get().edition == 2
    DraftText.objects.update(accepted=["một"], compared=2, tries=1)
    assert found(DraftText) == []


# -- why a contribution is kept out -------------------------------------------------------


def decide(row: Criticism) -> Contribution:
    send(ask(row))
    one = Contribution.objects.get()
    assert moderate(row, [one.pk], lam="bo", refusal="off_topic", note="Không nói về dự thảo") == 302
    one.refresh_from_db()
    return one


CHANGES = {
    "refusal": "refusal = 'offensive'",
    "note": "note = 'NGƯỜI NÀY BỊA ĐẶT'",
    "who": "moderated_by_id = {other}",
    "when": "moderated_at = '2026-05-20 00:00:00+00:00'",
    "nobody": "moderated_at = NULL",
    "name": "is_named = true",
    "words": "text = 'Lời khác'",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_why_a_contribution_is_kept_out_is_written_once(row: Criticism, change: str) -> None:
    one = decide(row)
    assert one.state == "refused"
    other = Mandate.objects.exclude(pk=one.moderated_by_id).order_by("pk")[0]
    statement = f"UPDATE drafts_contribution SET {change.format(other=other.pk)} WHERE id = %s"
    with pytest.raises(IntegrityError):
        sql(statement, one.pk)
    as_owner(statement, one.pk)
    assert found(Contribution) == [f"drafts.contribution {one.pk} is not what was sent"]


def test_a_refusal_that_nobody_decided_is_found(row: Criticism) -> None:
    send(ask(row))
    one = Contribution.objects.get()
    assert found(Contribution) == []
    sql("UPDATE drafts_contribution SET state = 'refused', refusal = 'offensive', note = 'BỊA'")
    assert found(Contribution) == [f"drafts.contribution {one.pk} was sent, and no event holds its words"]


def test_a_refusal_that_somebody_turned_round_is_found(row: Criticism) -> None:
    one = decide(row)
    sql("UPDATE drafts_contribution SET state = 'waiting', refusal = '', note = ''")
    assert found(Contribution) == [f"drafts.contribution {one.pk} is not what was sent"]
    sql("UPDATE drafts_contribution SET state = 'refused', refusal = 'offensive', note = 'BỊA'")
    assert found(Contribution) == [f"drafts.contribution {one.pk} is not what was sent"]


def test_what_is_decided_may_be_taken_back_by_an_act_and_decided_again(row: Criticism) -> None:
    one = decide(row)
    address = f"/phan-bien/{row.public_id}/gop-y/?nhom=refused"
    assert client_of(OFFICER).post(address, {"chon": [one.pk], "lam": "tra"}).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.refusal, one.note) == ("waiting", "", "")
    assert one.moderated_by == actor(OFFICER).mandate, "who let it wait again"
    assert found(Contribution) == []
    assert moderate(row, [one.pk], lam="nhan") == 302
    one.refresh_from_db()
    assert one.state == "taken"
    assert found() == []


def test_what_a_cancelled_case_leaves_waiting_is_refused_by_an_act(row: Criticism) -> None:
    call = ask(row)
    send(call)
    steering.cancel_case(actor=actor(CHAIR), case=row.case, reason="Dừng.", at=call.opened_at)
    assert Contribution.objects.get().refusal == "called_off"
    assert found() == []


def test_files_of_a_contribution_that_waits_go_with_nobody(row: Criticism) -> None:
    send(ask(row), file=SimpleUploadedFile("don.pdf", samples.pdf()))
    with pytest.raises(IntegrityError):
        sql("DELETE FROM drafts_contribution_files")


def test_what_was_taken_in_and_decided_by_the_hundred_is_held_row_by_row(row: Criticism) -> None:
    ask(row)
    rows = [[n, "khoản 2 Điều 2", f"Nên giảm mức {n}"] for n in range(30)]
    take_in(row, ("phiếu.xlsx", xlsx(*rows)), in_table="on")
    assert set(Contribution.objects.values_list("state", flat=True)) == {"taken"}
    assert Content.objects.filter(object_type="drafts.contribution").count() == 30
    assert found(Contribution) == []
