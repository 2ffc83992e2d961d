"""`log_fsck` tells what the public reads against the events: searched text, commended practices, plans."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from supervision.audit import contents
from supervision.audit.models import Content, Words
from supervision.publication import plans, services
from supervision.publication.log import signing
from supervision.publication.log.checking import troubles
from supervision.publication.models import GoodPractice, Publication
from supervision.publication.services import Commended
from tests.owner import without_guards
from tests.publication import factory

pytestmark = pytest.mark.django_db

TAMPERED = {
    "the searched text": "UPDATE publication_publication SET plain_text = 'Không có khiếu nại nào.'",
    "a good practice": "UPDATE publication_goodpractice SET text = 'Khác'",
    "a good practice that is gone": "DELETE FROM publication_goodpractice",
    "whose plan it is": "UPDATE publication_publishedplan SET organization_code = 'mttq-01'",
    "the year of a plan": "UPDATE publication_publishedplan SET year = 2020",
    "the reason of an update": "UPDATE publication_entry SET reason = 'Khác' WHERE what = 'update'",
    "what the agency said": "UPDATE publication_followup SET text = 'Khác'",
}


@pytest.fixture
def page() -> Publication:
    """A published plan with a commended practice and a recommendation that is followed."""
    practice = Commended(about_code="ubnd-24", about_name="UBND tỉnh", title="Một cửa", text="Trả sớm.")
    made = services.publish(
        facts=factory.facts(commended=(practice,)), at=factory.AT, by_label="Văn thư mẫu", actor=None
    )
    plans.publish_plan(publication=made, year=2026, lines=(), at=factory.AT)
    services.follow_up(publication=made, progress=factory.four_recommendations()[0], at=factory.AT)
    signing.sign_checkpoint(at=factory.AT)
    return made


@pytest.mark.parametrize("what", TAMPERED)
def test_what_is_public_is_not_changed_unseen(page: Publication, what: str) -> None:
    before = list(troubles())
    without_guards(TAMPERED[what])
    found = [one for one in troubles() if one not in before]
    assert any(one.startswith("publication.") for one in found), found
    with pytest.raises(CommandError):
        call_command("log_fsck")


def test_what_was_published_before_events_held_hashes_is_fixed_by_one_command(page: Publication) -> None:
    """After the update the checks name it until `audit_fix` was run; what was changed since stays named."""
    without_guards("DELETE FROM audit_content")
    without_guards("UPDATE audit_event SET content = NULL")
    label = GoodPractice._meta.label_lower
    assert [one for one in contents.troubles([GoodPractice]) if one.startswith(label)]
    call_command("audit_fix")
    assert list(contents.troubles()) == []
    without_guards("UPDATE publication_goodpractice SET text = 'Khác'")
    call_command("audit_fix")
    assert list(contents.troubles([GoodPractice]))


def test_hashes_that_are_made_to_fit_are_not_those_of_the_event(page: Publication) -> None:
    without_guards("UPDATE audit_content SET hash = '" + "0" * 64 + "'")
    assert any("holds other hashes than on that day" in one for one in contents.troubles())


def test_erased_words_leave_what_was_sent_to_be_checked(page: Publication) -> None:
    """The salt of a hash is the row's own: no alarm is false, and none is silenced."""
    event = Content.objects.filter(object_type="publication.publication").latest("pk").event
    without_guards(f"DELETE FROM audit_words WHERE event_id = {event.pk}")
    assert not Words.objects.filter(event=event).exists()
    assert list(contents.troubles([Publication])) == []
    without_guards("UPDATE publication_publication SET plain_text = 'Khác'")
    assert list(contents.troubles([Publication]))
