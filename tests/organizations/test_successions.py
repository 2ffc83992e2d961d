"""After a rename, a merger or a split nothing is left behind, and nothing moves unseen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.utils import timezone

from supervision.audit.models import Event
from supervision.errors import InvalidInput
from supervision.organizations import successions
from supervision.organizations.models import Kind, Level, Mandate, Organization, Succession
from supervision.organizations.services import add_organization, capacities, set_term, setting
from supervision.organizations.successions import (
    OpenDuty,
    SuccessionReport,
    assign_heir,
    heir,
    heirs_of,
    organizations_asking,
    pending_duties,
    succeed,
)
from tests.organizations.makers import a_mandate, an_organization

pytestmark = pytest.mark.django_db
AT = timezone.make_aware(dt.datetime(2026, 10, 5, 8))
EVE, DAY = dt.date(2026, 9, 30), dt.date(2026, 10, 1)


@dataclass
class Desk:
    """An app above, with letters to answer; each letter lies with one organization."""

    letters: dict[str, Organization] = field(default_factory=dict)

    def find(self, organization: Organization) -> Iterator[OpenDuty]:
        for name in [n for n, holder in self.letters.items() if holder == organization]:
            yield OpenDuty(
                obj=organization,
                role=name,
                label=f"Trả lời {name}",
                holder=organization,
                move=lambda heir, name=name: self.letters.update({name: heir}),
            )


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    successions.register_duties(made.find)
    yield made
    successions._finders.remove(made.find)


def a_department(code: str, name: str, valid_from: dt.date = DAY) -> Organization:
    old = an_organization("so-xd-24")
    return add_organization(
        code=code,
        kind=Kind.DEPARTMENT,
        level=Level.PROVINCE,
        territory=old.territory,
        name=name,
        superior=old.superior,
        valid_from=valid_from,
    )


def succeeded(how: str, old: list[str], new: list[Organization], **more) -> SuccessionReport:
    facts = {
        "effective_on": DAY,
        "decision_number": "12/NQ-HĐND",
        "decision_on": EVE,
        "by": None,
        "at": AT,
    }
    return succeed(
        how=how, predecessors=[an_organization(code) for code in old], successors=new, **(facts | more)
    )


def test_a_rename_hands_every_open_duty_to_the_heir(desk: Desk) -> None:
    old, new = an_organization("so-xd-24"), a_department("so-ht-24", "Sở Hạ tầng tỉnh Bắc Ninh")
    desk.letters = {"thư 1": old, "thư 2": old, "thư 3": an_organization("so-yt-24")}
    report = succeeded("rename", ["so-xd-24"], [new])
    assert desk.letters == {"thư 1": new, "thư 2": new, "thư 3": an_organization("so-yt-24")}
    assert [m.duty.label for m in report.moved] == ["Trả lời thư 1", "Trả lời thư 2"]
    assert report.asking == ()
    assert an_organization("so-xd-24").valid_until == EVE


def test_each_move_is_an_event_that_names_both_sides(desk: Desk) -> None:
    old, new = an_organization("so-xd-24"), a_department("so-ht-24", "Sở Hạ tầng tỉnh Bắc Ninh")
    desk.letters = {"thư 1": old}
    succeeded("rename", ["so-xd-24"], [new])
    event = Event.objects.get(action="duty.moved")
    assert (event.data["from"], event.data["to"]) == (old.name, new.name)
    assert event.data["label"] == "Trả lời thư 1"
    assert Event.objects.filter(action="organization.succeeded").count() == 1


def test_bodies_below_move_with_their_whole_branch() -> None:
    new = add_organization(
        code="ubnd-24-b",
        kind=Kind.COMMITTEE,
        level=Level.PROVINCE,
        territory=an_organization("ubnd-24").territory,
        name="Ủy ban nhân dân tỉnh Mới",
        superior=an_organization("chinh-phu"),
        valid_from=DAY,
    )
    below = an_organization("ubnd-24").subordinates.count()
    report = succeeded("rename", ["ubnd-24"], [new])
    assert len(report.moved) == below == new.subordinates.count() > 100
    commune = an_organization("ubnd-24-07615")
    assert commune.path == f"{new.path}{commune.pk}/"


def test_members_of_a_front_committee_follow_it() -> None:
    front = an_organization("mttq-24-07615")
    new = add_organization(
        code="mttq-24-moi",
        kind=Kind.FRONT,
        level=Level.COMMUNE,
        territory=front.territory,
        name="Ủy ban MTTQ Việt Nam xã Mới",
        superior=front.superior,
        valid_from=DAY,
    )
    succeeded("rename", [front.code], [new])
    assert an_organization("phn-24-07615").front == new


def test_a_merger_joins_the_duties_of_all(desk: Desk) -> None:
    one, two = an_organization("so-xd-24"), an_organization("so-ct-24")
    desk.letters = {"thư 1": one, "thư 2": two}
    new = a_department("so-ktht-24", "Sở Kinh tế - Hạ tầng tỉnh Bắc Ninh")
    report = succeeded("merger", ["so-xd-24", "so-ct-24"], [new])
    assert set(desk.letters.values()) == {new}
    assert len(report.successions) == 2
    assert heir(one, DAY) == heir(two, DAY) == new


def test_a_body_can_be_merged_into_one_that_stays(desk: Desk) -> None:
    desk.letters = {"thư 1": an_organization("so-ct-24")}
    succeeded("merger", ["so-ct-24"], [an_organization("so-tc-24")])
    assert desk.letters["thư 1"].code == "so-tc-24"


def test_after_a_split_each_duty_asks_a_person(desk: Desk) -> None:
    old = an_organization("so-vhttdl-24")
    culture = a_department("so-vhtt-24", "Sở Văn hóa và Thể thao tỉnh Bắc Ninh")
    tourism = a_department("so-dl-24", "Sở Du lịch tỉnh Bắc Ninh")
    desk.letters = {"thư 1": old, "thư 2": old}
    report = succeeded("split", ["so-vhttdl-24"], [culture, tourism])
    old.refresh_from_db()
    assert report.moved == () and [d.label for d in report.asking] == ["Trả lời thư 1", "Trả lời thư 2"]
    assert set(desk.letters.values()) == {old}
    assert organizations_asking() == [old]
    assert heir(old, DAY) is None and list(heirs_of(old)) == [tourism, culture]

    first, second = pending_duties(old)
    assign_heir(duty=first, heir=culture, by=None, at=AT)
    assert [d.key for d in pending_duties(old)] == [second.key]
    assign_heir(duty=second, heir=tourism, by=None, at=AT)
    assert pending_duties(old) == [] and organizations_asking() == []
    assert desk.letters == {"thư 1": culture, "thư 2": tourism}
    assert Event.objects.filter(action="duty.moved").count() == 2


def test_only_an_heir_can_be_chosen_and_only_once(desk: Desk) -> None:
    old = an_organization("so-vhttdl-24")
    culture = a_department("so-vhtt-24", "Sở Văn hóa và Thể thao tỉnh Bắc Ninh")
    desk.letters = {"thư 1": old}
    succeeded("split", ["so-vhttdl-24"], [culture, a_department("so-dl-24", "Sở Du lịch")])
    (duty,) = pending_duties(old)
    with pytest.raises(InvalidInput):
        assign_heir(duty=duty, heir=an_organization("so-yt-24"), by=None, at=AT)
    assign_heir(duty=duty, heir=culture, by=None, at=AT)
    with pytest.raises(InvalidInput):
        assign_heir(duty=duty, heir=culture, by=None, at=AT)


def test_a_duty_that_turns_up_after_the_succession_is_listed(desk: Desk) -> None:
    old = an_organization("so-xd-24")
    succeeded("rename", ["so-xd-24"], [a_department("so-ht-24", "Sở Hạ tầng")])
    desk.letters = {"thư muộn": old}
    assert [d.label for d in pending_duties(old)] == ["Trả lời thư muộn"]


def test_an_organization_that_goes_on_asks_for_nothing(desk: Desk) -> None:
    desk.letters = {"thư 1": an_organization("so-yt-24")}
    assert pending_duties(an_organization("so-yt-24")) == []


def test_the_heir_is_found_through_a_chain_and_by_its_day() -> None:
    old, first = an_organization("so-xd-24"), a_department("so-ht-24", "Sở Hạ tầng")
    succeeded("rename", ["so-xd-24"], [first], effective_on=DAY)
    later = DAY + dt.timedelta(days=3)
    second = a_department("so-htdt-24", "Sở Hạ tầng và Đô thị", valid_from=later)
    succeeded("rename", ["so-ht-24"], [second], effective_on=later)
    old.refresh_from_db()
    assert [heir(old, on) for on in (EVE, DAY, later)] == [old, first, second]


def test_mandates_are_never_copied() -> None:
    mandate = a_mandate("so-xd-24", "agency_leader")
    new = a_department("so-ht-24", "Sở Hạ tầng")
    succeeded("rename", ["so-xd-24"], [new])
    assert not Mandate.objects.filter(organization=new).exists()
    assert capacities(mandate.user, EVE) == [mandate] and capacities(mandate.user, DAY) == []


def test_a_renamed_body_keeps_the_numbers_it_had_set() -> None:
    old, new = an_organization("so-xd-24"), a_department("so-ht-24", "Sở Hạ tầng")
    set_term(organization=old, key="reply_days", value=20, by=None, at=AT)
    succeeded("rename", ["so-xd-24"], [new])
    assert setting(new, "reply_days") == 20


@pytest.mark.parametrize(
    ("how", "old", "new", "more", "field"),
    [
        ("rename", ["so-xd-24", "so-ct-24"], ["so-yt-24"], {}, "successors"),
        ("split", ["so-xd-24"], ["so-yt-24"], {}, "successors"),
        ("merger", ["so-xd-24"], ["so-xd-24"], {}, "successors"),
        ("rename", ["so-xd-24"], ["so-yt-24"], {"effective_on": dt.date(2026, 10, 6)}, "effective_on"),
        ("rename", ["so-xd-24"], ["so-yt-24"], {"effective_on": dt.date(2025, 7, 1)}, "predecessors"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_field(how, old, new, more, field) -> None:
    with pytest.raises(InvalidInput) as refused:
        succeeded(how, old, [an_organization(code) for code in new], **more)
    assert field in refused.value.errors
    assert not Succession.objects.exists()
