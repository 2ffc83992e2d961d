"""Events are tied together: what is changed, dropped, moved or made anew later is told by the chain."""

from __future__ import annotations

import copy
import datetime as dt
import random
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from supervision.audit import chain
from supervision.audit.models import ERASED, Event, Link, Words
from supervision.audit.services import erase, record
from supervision.errors import DomainError
from supervision.files import services as files
from supervision.files import storage
from supervision.publication.log import heads, keeping, signing
from tests.audit.test_audit import AT
from tests.organizations.makers import FRONT, an_organization
from tests.owner import without_guards

MINUTE = dt.timedelta(minutes=1)
database = pytest.mark.django_db


def acts(count: int) -> list[Event]:
    body = an_organization(FRONT)
    return [record(action="x.y", actor=None, obj=body, at=AT, data={"n": n}) for n in range(count)]


def troubles() -> list[str]:
    return list(chain.troubles(heads.anchors()))


@database
def test_each_event_is_linked_once_in_the_order_in_which_it_was_found() -> None:
    first = acts(3)
    assert chain.link_events() == 3 and chain.link_events() == 0
    later = acts(2)
    assert chain.link_events(most=1) == 1 and chain.link_events() == 1
    assert [link.event_id for link in Link.objects.order_by("number")] == [e.pk for e in first + later]
    assert troubles() == []


@database
def test_an_event_that_came_to_light_late_is_linked_behind_those_after_it() -> None:
    """Its transaction took its number early and ended late, as long ones do on PostgreSQL."""
    late, early = acts(2)
    Link.objects.bulk_create([chain.following(None, early)])
    assert chain.link_events() == 1
    assert [link.event_id for link in Link.objects.order_by("number")] == [early.pk, late.pk]
    assert troubles() == []


@database
def test_the_head_is_logged_every_ten_minutes_while_there_is_something_new() -> None:
    assert heads.log_head(at=AT) is None, "nothing has happened yet"
    acts(2)
    chain.link_events()
    assert heads.log_head(at=AT) is not None
    acts(1)
    chain.link_events()
    assert heads.log_head(at=AT + 9 * MINUTE) is None
    assert heads.log_head(at=AT + 10 * MINUTE) is not None
    assert heads.log_head(at=AT + 20 * MINUTE) is None, "nothing is new"
    said = keeping.said_in("audit")
    assert [one["number"] for one in said] == [2, 3] and said[1]["hash"] == Link.objects.get(number=3).hash


@database
def test_a_chain_that_does_not_go_on_from_the_logged_head_is_not_logged() -> None:
    acts(3)
    chain.link_events()
    heads.log_head(at=AT)
    without_guards("DELETE FROM audit_link WHERE number > 1")
    chain.link_events(most=1)
    with pytest.raises(heads.ChainBehind):
        heads.log_head(at=AT + 10 * MINUTE)


@database
def test_the_database_refuses_to_change_links_and_words() -> None:
    (event,) = acts(1)
    chain.link_events()
    for statement in (
        "UPDATE audit_link SET hash = ''",
        "DELETE FROM audit_link",
        "UPDATE audit_words SET label = 'Người khác'",
        "DELETE FROM audit_words",
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)
    assert event.words.label == "Hệ thống"


@database
def test_words_are_erased_and_the_chain_stays_whole() -> None:
    event, other = acts(2)
    chain.link_events()
    said = erase(event, actor=None, reason="Theo yêu cầu, Luật 91/2025/QH15", at=AT)
    chain.link_events()
    assert troubles() == []
    newest = Event.objects.filter(object_type="audit.event", object_id=event.pk).latest("pk")
    assert newest == said and newest.data == {"reason": "Theo yêu cầu, Luật 91/2025/QH15"}
    gone = Event.objects.get(pk=event.pk)
    assert (gone.actor_label, gone.data, gone.action) == (ERASED, {}, "x.y")
    assert Words.objects.get(event=other).data == {"n": 1}
    for again in (event, said):
        with pytest.raises(DomainError):
            erase(again, actor=None, reason="x", at=AT)


@database
def test_the_command_erases_by_number() -> None:
    event, other = acts(2)
    call_command("audit_erase", str(event.pk), "--ly-do", "Theo yêu cầu", stdout=StringIO())
    assert [words.event_id for words in Words.objects.filter(event__action="x.y")] == [other.pk]
    with pytest.raises(CommandError, match="không còn gì"):
        call_command("audit_erase", str(event.pk), "--ly-do", "Theo yêu cầu", stdout=StringIO())


OWNERS_WAYS = {
    "an act is said to be another": "UPDATE audit_event SET action = 'z' WHERE id = {event}",
    "its time is changed": "UPDATE audit_event SET at = '2020-01-01 00:00:00+00:00' WHERE id = {event}",
    "who did it is renamed": "UPDATE audit_words SET label = 'Ông khác' WHERE event_id = {event}",
    "the words are dropped": "DELETE FROM audit_words WHERE event_id = {event}",
    "the end is cut off": "DELETE FROM audit_link WHERE number > 3",
    "a link is forged": "UPDATE audit_link SET hash = 'f' WHERE number = 2",
}


@pytest.mark.parametrize("way", OWNERS_WAYS)
@database
def test_whoever_owns_the_database_changes_nothing_unseen(way: str) -> None:
    events = acts(5)
    chain.link_events()
    heads.log_head(at=AT)
    signing.sign_checkpoint(at=AT)
    assert "nguyên vẹn: 5 việc, 5 việc" in _verified()
    without_guards(OWNERS_WAYS[way].format(event=events[2].pk))
    with pytest.raises(CommandError, match="1 chỗ không khớp"):
        _verified()


@database
def test_a_chain_made_anew_is_told_by_the_log_and_a_log_made_anew_by_what_was_signed() -> None:
    events = acts(3)
    chain.link_events()
    heads.log_head(at=AT)
    signing.sign_checkpoint(at=AT)
    without_guards(f"UPDATE audit_event SET action = 'z' WHERE id = {events[0].pk}")
    without_guards("DELETE FROM audit_link")
    chain.link_events()
    assert troubles() == ["link 3 is another than the publication log says"]
    without_guards("DELETE FROM publication_leaf")
    assert troubles() == [], "the chain alone knows of nothing now"
    with pytest.raises(CommandError):
        _verified()


@database
def test_a_stored_file_that_is_changed_or_gone_is_named_by_the_check() -> None:
    """Whichever row it belongs to, published or not: the row's hash names the file, the file its bytes."""
    first, second = (files.put_bytes(data, "application/pdf", AT) for data in (b"%PDF-1", b"%PDF-2"))
    _verified()
    storage.path_of(second.sha256).unlink()
    changed = storage.path_of(first.sha256)
    changed.chmod(0o640)
    changed.write_bytes(b"%PDF-x")
    told = StringIO()
    with pytest.raises(CommandError):
        call_command("audit_verify", stdout=told, stderr=told)
    for sha256 in (first.sha256, second.sha256):
        assert f"the stored file {sha256} is missing or changed" in told.getvalue()


def _verified() -> str:
    told = StringIO()
    call_command("audit_verify", stdout=told, stderr=told)
    return told.getvalue()


# Ten thousand ways to tamper with a chain, without a database: what is read from one is the same.

TRIES = 10_000
Chain = list[Link]


def tied(events: list[Event]) -> Chain:
    links: Chain = []
    for event in events:
        links.append(chain.following(links[-1] if links else None, event))
    return links


def an_act(pk: int, die: random.Random) -> Event:
    event = Event(
        pk=pk, at=AT + dt.timedelta(seconds=die.randrange(10**6)), action=f"a.{die.randrange(9)}",
        side="front", object_type="casefiles.case", object_id=die.randrange(99),
    )  # fmt: skip
    words = Words(event=event, label=f"Cán bộ {pk}", data={"n": die.randrange(99)}, salt=f"{pk:032x}")
    event.commitment = words.commitment()
    return event


def flip(die: random.Random, links: Chain, at: int) -> Chain:
    """Change one thing said of one act."""
    event = links[at].event
    match die.randrange(5):
        case 0:
            event.at += dt.timedelta(microseconds=die.randint(1, 10**9))
        case 1:
            event.action += "x"
        case 2:
            event.object_id += die.randint(1, 9)
        case 3:
            event.words.label += " (khác)"
        case _:
            event.words.data = {"n": -1}
    return links


def drop(die: random.Random, links: Chain, at: int) -> Chain:
    return links[:at] + links[at + 1 :]


def drop_and_renumber(die: random.Random, links: Chain, at: int) -> Chain:
    kept = drop(die, links, at)
    for number, link in enumerate(kept, 1):
        link.number = number
    return kept


def swap(die: random.Random, links: Chain, at: int) -> Chain:
    other = (at + die.randint(1, len(links) - 1)) % len(links)
    links[at].event, links[other].event = links[other].event, links[at].event
    return links


def insert(die: random.Random, links: Chain, at: int) -> Chain:
    more = tied([one.event for one in links[:at]] + [an_act(10**6, die)])[-1]
    for link in links[at:]:
        link.number += 1
    return [*links[:at], more, *links[at:]]


def truncate(die: random.Random, links: Chain, at: int) -> Chain:
    return links[:at]


def chain_anew(die: random.Random, links: Chain, at: int) -> Chain:
    """Change an act and reckon everything behind it again, as whoever owns the database can."""
    links[at].event.action += "x"
    return tied([link.event for link in links])


def fork(die: random.Random, links: Chain, at: int) -> Chain:
    """Go on from an earlier act with others."""
    others = [an_act(10**6 + n, die) for n in range(die.randint(1, 2 * len(links)))]
    return tied([link.event for link in links[:at]] + others)


def roll_back(die: random.Random, links: Chain, at: int) -> Chain:
    """Restore an old state and go on from it, with fewer acts than were logged."""
    others = [an_act(10**6 + n, die) for n in range(die.randrange(len(links) - at))]
    return tied([link.event for link in links[:at]] + others)


def drop_words(die: random.Random, links: Chain, at: int) -> Chain:
    event = copy.copy(links[at].event)
    event._state.fields_cache = {"words": None}
    links[at].event = event
    return links


KINDS: tuple[Callable[[random.Random, Chain, int], Chain], ...] = (
    flip, drop, drop_and_renumber, swap, insert, truncate, chain_anew, fork, roll_back, drop_words,
)  # fmt: skip


def test_no_chain_that_was_tampered_with_fits_the_head_that_was_logged() -> None:
    die = random.Random(217)
    for number in range(TRIES):
        links = tied([an_act(pk, die) for pk in range(1, die.randint(3, 20))])
        anchors = {len(links): links[-1].hash}
        assert list(chain.broken(links, anchors, ())) == []
        kind = KINDS[number % len(KINDS)]
        forged = kind(die, links, die.randrange(len(links)))
        assert list(chain.broken(forged, anchors, ())), (number, kind.__name__)
