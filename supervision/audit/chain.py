"""The chain over all events: whatever is changed, dropped or moved later no longer fits.

Events are linked by a job in the order in which it finds them, never inside the act's transaction: one
lock that every act holds to its end would make the whole country wait, and two locks can be taken crosswise.
What the chain itself cannot show, that its end was cut off or all of it made anew, its head does that stands
in the publication log (`publication.log.heads`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db.models import Max

from supervision.audit.canonical import canonical, moment
from supervision.audit.models import Event, Link

#: The action that says of an event that its words are gone.
ERASURE = "words.erased"
#: An event is seen when its transaction ends, so a lower id may come later; never so many ids later.
_LATE = 10_000
_DOMAIN = "supervision.audit/1"


def link_events(most: int = 20_000) -> int:
    """Link the events that are in no link yet, the oldest first, `most` at a time; return how many."""
    last = Link.objects.order_by("-number").first()
    reached = Link.objects.aggregate(reached=Max("event_id"))["reached"] or 0
    waiting = Event.objects.filter(link=None, pk__gt=reached - _LATE).order_by("pk")[:most]
    links: list[Link] = []
    for event in waiting.iterator():
        last = following(last, event)
        links.append(last)
    Link.objects.bulk_create(links, batch_size=1000)
    return len(links)


def following(last: Link | None, event: Event) -> Link:
    """Return the link that ties `event` to the chain whose end is `last`; it is not stored."""
    number = last.number + 1 if last else 1
    said = hash_of(number, last.hash if last else "", event)
    return Link(number=number, before=last, event=event, hash=said)


def hash_of(number: int, before: str, event: Event) -> str:
    """Return the hash of link `number`, over the hash before it ("" for the first) and the event."""
    return hashlib.sha256(f"{_DOMAIN}\n{number}\n{before}\n{canonical(_body(event))}".encode()).hexdigest()


def head() -> Link | None:
    """Return the newest link."""
    return Link.objects.order_by("-number").first()


def troubles(anchors: Mapping[int, str]) -> Iterator[str]:
    """Yield a sentence for all that does not fit in the chain; `anchors` are heads that stand elsewhere."""
    links = Link.objects.select_related("event__words").order_by("number")
    erased = Event.objects.filter(action=ERASURE, object_type=Event._meta.label_lower)
    yield from broken(links.iterator(), anchors, set(erased.values_list("object_id", flat=True)))
    reached = Link.objects.aggregate(reached=Max("event_id"))["reached"] or 0
    for pk in Event.objects.filter(link=None, pk__lte=reached - _LATE).values_list("pk", flat=True):
        yield f"event {pk} is in no link"


def broken(links: Iterable[Link], anchors: Mapping[int, str], erased: Collection[int]) -> Iterator[str]:
    """Yield what does not fit among `links` in their order; stop at the first link that breaks the chain.

    `erased` are the ids of events whose words may be missing.
    """
    number, before = 0, ""
    for link in links:
        number += 1
        if link.number != number:
            yield f"link {number} is missing"
            return
        if link.hash != hash_of(number, before, link.event):
            yield f"link {number} does not fit event {link.event_id} and the link before"
            return
        if anchors.get(number, link.hash) != link.hash:
            yield f"link {number} is another than the publication log says"
            return
        yield from _unlike(link.event, erased)
        before = link.hash
    if number < max(anchors, default=0):
        yield f"the chain ends at link {number}; the publication log knows of link {max(anchors)}"


def _unlike(event: Event, erased: Collection[int]) -> Iterator[str]:
    if event.is_erased and event.pk not in erased:
        yield f"the words of event {event.pk} are gone and nothing says why"
    if not event.is_erased and event.words.commitment() != event.commitment:
        yield f"the words of event {event.pk} are not those of that day"


def _body(event: Event) -> dict[str, object]:
    names = [field.attname for field in Event._meta.concrete_fields]
    found = {name: getattr(event, name) for name in names}
    if event.content is None:  # as events were linked before they held any
        del found["content"]
    return {**found, "at": moment(event.at)}
