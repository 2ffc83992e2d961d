"""Who holds which duty, on which day, and the numbers an organization sets for itself."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from supervision.audit.models import Event
from supervision.errors import InvalidInput
from supervision.law.rules import OPEN_TERMS
from supervision.organizations.models import Mandate, Organization
from supervision.organizations.services import (
    capacities,
    end_mandate,
    find_people,
    give_mandate,
    move_under,
    set_term,
    setting,
    setting_owner,
)
from tests.organizations.makers import FRONT, a_mandate, a_user, an_organization

pytestmark = pytest.mark.django_db
AT = timezone.make_aware(dt.datetime(2026, 3, 2, 8))
FROM = dt.date(2026, 3, 2)


def given(user=None, code: str = FRONT, **more) -> Mandate:
    facts = {
        "duty": "officer",
        "title": "Chuyên viên",
        "from_on": FROM,
        "decision_number": "5/QĐ-MTTQ-BTT",
        "decision_on": FROM,
        "by": None,
        "at": AT,
    }
    return give_mandate(user=user or a_user(), organization=an_organization(code), **(facts | more))


def test_a_mandate_given_and_ended_leaves_two_events() -> None:
    mandate = given()
    end_mandate(mandate=mandate, on=dt.date(2026, 5, 31), reason="Chuyển công tác", by=None, at=AT)
    mandate.refresh_from_db()
    assert mandate.until_on == dt.date(2026, 5, 31)
    assert list(Event.objects.order_by("pk").values_list("action", flat=True)) == [
        "mandate.given",
        "mandate.ended",
    ]


def test_one_person_may_hold_two_mandates_and_chooses_between_them() -> None:
    person = a_user()
    one = given(person, duty="signer")
    two = given(person, "hnd-24", duty="chair", from_on=FROM + dt.timedelta(days=1))
    assert capacities(person, FROM) == [one]
    assert capacities(person, FROM + dt.timedelta(days=1)) == [one, two]


def test_nobody_deactivated_has_a_capacity() -> None:
    mandate = given()
    mandate.user.is_active = False
    mandate.user.save()
    assert capacities(mandate.user, FROM) == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"until_on": dt.date(2026, 3, 1)}, "until_on"),
        ({"from_on": dt.date(2025, 6, 30)}, "from_on"),
        ({"duty": "agency_leader"}, "duty"),
        ({"code": "so-yt-24"}, "duty"),
    ],
)
def test_a_mandate_that_does_not_fit_is_refused_with_its_field(more: dict, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        given(**more)
    assert field in refused.value.errors


def test_the_same_duty_is_not_given_twice_for_the_same_days() -> None:
    person = a_user()
    given(person, until_on=dt.date(2026, 6, 30))
    with pytest.raises(InvalidInput):
        given(person, from_on=dt.date(2026, 6, 30))
    given(person, from_on=dt.date(2026, 7, 1))


def test_a_mandate_that_is_over_cannot_be_ended_again() -> None:
    mandate = given(until_on=dt.date(2026, 3, 31))
    with pytest.raises(InvalidInput):
        end_mandate(mandate=mandate, on=dt.date(2026, 4, 1), reason="", by=None, at=AT)


def test_people_are_found_without_marks_by_any_part_of_the_name() -> None:
    mandate = a_mandate(FRONT, "officer", name="Đoàn Thị Mẫu")
    a_mandate(FRONT, "officer", name="Cán bộ khác")
    for words in ("doan mau", "ĐOÀN", "thi"):
        assert list(find_people(words, on=FROM)) == [mandate]
    assert not find_people("doan", on=FROM, organization=an_organization("phn-24")).exists()


def test_a_new_name_is_found_after_a_partial_save() -> None:
    mandate = a_mandate(FRONT, "officer", name="Tên cũ")
    mandate.user.display_name = "Tên mới"
    mandate.user.save(update_fields=["display_name"])
    assert list(find_people("ten moi", on=FROM)) == [mandate]


def test_an_open_number_is_the_own_one_else_the_superiors_else_the_default() -> None:
    province, commune = an_organization("mttq-24"), an_organization("mttq-24-07615")
    default = OPEN_TERMS["reply_days"].default
    assert setting(commune, "reply_days") == default and setting_owner(commune, "reply_days") is None
    set_term(organization=province, key="reply_days", value=25, by=None, at=AT)
    assert setting(commune, "reply_days") == 25 and setting_owner(commune, "reply_days") == province
    set_term(organization=commune, key="reply_days", value=20, by=None, at=AT)
    assert (setting(commune, "reply_days"), setting(province, "reply_days")) == (20, 25)
    assert Event.objects.filter(action="term.set").count() == 2


def test_a_number_that_law_does_not_leave_open_cannot_be_asked_or_set() -> None:
    with pytest.raises(KeyError):
        setting(an_organization(FRONT), "free_lunch")
    with pytest.raises(KeyError):
        set_term(organization=an_organization(FRONT), key="free_lunch", value=1, by=None, at=AT)


def test_a_body_moves_with_all_below_it_but_never_below_itself() -> None:
    province, commune = an_organization("mttq-24"), an_organization("mttq-24-07615")
    with pytest.raises(InvalidInput):
        move_under(province, commune)
    move_under(province, an_organization("mttq-01"))
    commune.refresh_from_db()
    assert commune.path.startswith(an_organization("mttq-01").path)
    assert Organization.objects.within(province.path).filter(pk=commune.pk).exists()
