"""Guessing passwords shuts out whoever guesses; who signed in here before comes in, and so does an office."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.test import Client, RequestFactory

from supervision.audit.models import Event
from supervision.errors import InvalidInput, TooMany
from supervision.limits.models import Counter
from supervision.organizations import passwords
from supervision.organizations.actors import Person
from supervision.organizations.models import User
from supervision.web import sign_ins
from tests.markup import html_of

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 30, 8, 0, tzinfo=dt.UTC)
RIGHT, WRONG = "mat-khau-dung-2026", "sai"
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def official() -> User:
    return User.objects.create_user("canbo", RIGHT, display_name="Cán bộ mẫu")


def sign_in(client: Client, password: str = RIGHT, who: str = "canbo", address: str = HERE) -> Any:
    return client.post("/dang-nhap/", {"login": who, "password": password}, REMOTE_ADDR=address)


def is_in(answer: Any) -> bool:
    return bool(answer.status_code == 302)


def guess(count: int, address: str = ELSEWHERE, who: str = "canbo") -> list[int]:
    """Somebody guesses, each time as from a new browser; return the statuses of the answers."""
    return [sign_in(Client(), WRONG, who, address).status_code for _try in range(count)]


def test_a_stranger_guesses_ten_times_and_is_told_when_to_come_back(official: User, clock: Any) -> None:
    assert guess(11) == [200] * 10 + [429]
    answer = sign_in(Client(), RIGHT, address=ELSEWHERE)
    assert answer.status_code == 429 and 0 < int(answer["Retry-After"]) <= 1800
    assert "Đã thử sai nhiều lần" in html_of(answer) and 'value="canbo"' in html_of(answer)
    clock.shift(dt.timedelta(minutes=31))
    assert is_in(sign_in(Client(), RIGHT, address=ELSEWHERE))


def test_the_official_comes_in_from_the_own_browser_while_strangers_are_kept_out(official: User) -> None:
    desk = Client()
    assert is_in(sign_in(desk))
    desk.post("/dang-xuat/")
    guess(30)
    assert sign_in(Client(), RIGHT, address="192.0.2.1").status_code == 429, "a browser nobody knows"
    assert is_in(sign_in(desk)), "the own browser, whatever strangers did"


def test_a_known_browser_has_its_own_ten_tries_and_then_counts_as_shut(official: User) -> None:
    desk = Client()
    sign_in(desk)
    desk.post("/dang-xuat/")
    assert [sign_in(desk, WRONG).status_code for _try in range(11)] == [200] * 10 + [429]
    assert is_in(sign_in(Client(), address=ELSEWHERE)), "the same person at another machine"


def test_a_mark_of_another_account_or_of_an_old_password_is_none(official: User) -> None:
    User.objects.create_user("khac", RIGHT, display_name="Người khác")
    desk, other = Client(), Client()
    sign_in(desk)
    sign_in(other, who="khac")
    for browser in (desk, other):
        browser.post("/dang-xuat/")
    guess(10)
    assert sign_in(other).status_code == 429, "known for another account only"
    official.set_password("mat-khau-moi-2026")
    official.save()
    assert sign_in(desk, "mat-khau-moi-2026").status_code == 429, "known by the password of before"


def test_a_bent_mark_is_none(official: User) -> None:
    desk = Client()
    sign_in(desk)
    desk.cookies["may-quen"] = desk.cookies["may-quen"].value[:-2] + "xx"
    desk.post("/dang-xuat/")
    guess(10)
    assert sign_in(desk).status_code == 429


def test_a_desk_that_people_share_knows_them_all(official: User) -> None:
    names = [f"nguoi{n}" for n in range(6)]
    desk = Client()
    for name in names:
        User.objects.create_user(name, RIGHT, display_name=name)
        assert is_in(sign_in(desk, who=name))
        desk.post("/dang-xuat/")
    for name in names:
        guess(10, who=name, address=f"198.51.100.{names.index(name)}")
        assert is_in(sign_in(desk, who=name))
        desk.post("/dang-xuat/")


def test_an_office_of_forty_behind_one_address_signs_in_on_monday(official: User) -> None:
    """Each mistypes twice before the password is right; nobody waits for anybody."""
    for n in range(40):
        who = f"van-phong-{n}"
        User.objects.create_user(who, RIGHT, display_name=who)
        browser = Client()
        assert [sign_in(browser, WRONG, who).status_code for _try in range(2)] == [200, 200]
        assert is_in(sign_in(browser, who=who))


def test_one_address_does_not_try_one_password_on_every_account(official: User) -> None:
    answers = [sign_in(Client(), WRONG, f"ten-{n}", ELSEWHERE).status_code for n in range(101)]
    assert answers == [200] * 100 + [429]
    assert is_in(sign_in(Client(), address=HERE)), "others are not kept waiting"


def test_a_name_that_does_not_exist_is_answered_and_counted_alike(official: User) -> None:
    assert guess(11, who="khong-co") == [200] * 10 + [429]


def test_behind_a_proxy_the_sender_is_counted_and_not_the_proxy(official: User, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1

    def tried(said: str) -> int:
        body = {"login": f"ten-{said}", "password": WRONG}
        return (
            Client().post("/dang-nhap/", body, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=said).status_code
        )

    settings.LIMITS = settings.LIMITS | {"signin_address": "3/900", "signin": "100/900"}
    assert [tried(f"10.0.0.{n}, {ELSEWHERE}") for n in range(4)] == [200, 200, 200, 429]
    assert tried(HERE) == 200


def test_signing_in_failing_and_leaving_are_events(official: User) -> None:
    desk = Client()
    sign_in(desk, WRONG)
    sign_in(desk)
    desk.post("/dang-xuat/")
    sign_in(desk)
    events = Event.objects.filter(object_id=official.pk, object_type="organizations.user").order_by("pk")
    assert [(one.action, one.data.get("browser"), one.side) for one in events] == [
        ("signin.failed", None, "system"),
        ("signin.done", "new", "person"),
        ("signin.ended", None, "person"),
        ("signin.done", "known", "person"),
    ]
    assert {one.actor_user_id for one in events} == {None, official.pk}


def test_the_mark_is_read_by_no_script_and_goes_to_no_other_site(official: User) -> None:
    cookie = sign_in(Client()).cookies["may-quen"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
    assert official.username not in cookie.value


NEW = "mat-khau-moi-2026"


def change(client: Client, old: str = RIGHT, new: str = NEW) -> Any:
    return client.post("/doi-mat-khau/", {"oldpassword": old, "password1": new, "password2": new})


def test_every_browser_of_the_official_stays_known_whichever_the_password_was_changed_in(
    official: User,
) -> None:
    office, home = Client(), Client()
    for browser in (office, home):
        sign_in(browser)
    assert is_in(change(office)) and is_in(change(office, NEW, "mat-khau-thu-ba-2026"))
    guess(12)
    assert is_in(sign_in(home, "mat-khau-thu-ba-2026")), "the other machine, whose session has ended"
    home.post("/dang-xuat/")
    assert [sign_in(home, WRONG).status_code for _try in range(11)] == [200] * 10 + [429], "its own ten"


@pytest.mark.parametrize("way", ["changepassword", "by a query"])
def test_no_browser_is_known_under_a_password_that_somebody_else_set(official: User, way: str) -> None:
    desk = Client()
    sign_in(desk)
    assert is_in(change(desk))
    desk.post("/dang-xuat/")
    if way == "by a query":
        User.objects.filter(pk=official.pk).update(password=make_password("mat-khau-dat-lai"))
    else:
        with mock.patch("getpass.getpass", return_value="mat-khau-dat-lai"):
            call_command("changepassword", "canbo", stdout=StringIO())
    guess(12)
    assert sign_in(desk, "mat-khau-dat-lai").status_code == 429
    if way == "changepassword":
        (event,) = Event.objects.filter(action="password.set")
        assert (event.side, event.object_id) == ("system", official.pk)


def test_a_change_of_password_is_an_event_and_a_new_one_is_another_one(official: User) -> None:
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        sign_in(browser)
    assert is_in(change(here))
    (event,) = Event.objects.filter(action="password.changed")
    assert event.data == {"browser": "known", "other_sessions": "ended"}
    assert (event.actor_user_id, event.object_id, event.side) == (official.pk, official.pk, "person")
    assert elsewhere.get("/doi-mat-khau/").status_code == 302, "its session is over"
    same = change(here, NEW, NEW)
    assert same.status_code == 200 and "Mật khẩu mới phải khác mật khẩu đang dùng" in html_of(same)
    del here.cookies[settings.KNOWN_BROWSER_COOKIE]
    assert is_in(change(here, NEW, RIGHT))
    assert [one.data["browser"] for one in Event.objects.filter(action="password.changed")] == [
        "known",
        "new",
    ]
    assert not Event.objects.filter(action="password.set").exists()


def test_a_password_that_was_set_anew_while_the_old_one_was_read_is_not_overwritten(official: User) -> None:
    held = User.objects.get(pk=official.pk)
    official.set_password("mat-khau-dat-lai")
    official.save()
    with pytest.raises(InvalidInput):
        passwords.change(Person(held), NEW, browser="known", at=NOW)
    assert User.objects.get(pk=official.pk).check_password("mat-khau-dat-lai")


def test_whoever_changes_a_password_that_is_guessed_at_stays_known_in_the_own_browser(official: User) -> None:
    desk = Client()
    sign_in(desk)
    assert is_in(change(desk))
    desk.post("/dang-xuat/")
    guess(12)
    assert is_in(sign_in(desk, NEW))


def test_an_unlocked_desk_is_no_place_to_guess_on_any_page(official: User, clock: Any) -> None:
    desk = Client()
    sign_in(desk)
    answers = [change(desk, f"sai-{n}") for n in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert "Mật khẩu đang dùng không đúng" in html_of(answers[0])
    assert "Thử lại sau" in html_of(answers[10]) and int(answers[10]["Retry-After"]) > 0
    assert change(desk).status_code == 429, "the right one is not read either"
    assert Event.objects.filter(action="confirmation.failed", actor_user_id=official.pk).count() == 10
    clock.shift(dt.timedelta(minutes=31))
    assert is_in(change(desk))


def test_whoever_signs_in_without_a_password_has_none_to_change(official: User) -> None:
    desk = Client()
    sign_in(desk)
    official.set_unusable_password()
    official.save()
    desk.force_login(official)
    assert desk.get("/doi-mat-khau/").status_code == 404


def test_whoever_has_no_capacity_any_more_is_refused_by_name(official: User) -> None:
    desk = Client()
    sign_in(desk)
    assert desk.post("/viec-cua-toi/abc/").status_code == 403
    (event,) = Event.objects.filter(action="access.refused")
    assert (event.actor_user_id, event.data["address"]) == (official.pk, "/viec-cua-toi/abc/")


def test_tries_that_are_read_at_once_are_ten_as_well(official: User) -> None:
    """Each takes its share before its password is read: none waits for the others to have failed."""
    tries = [RequestFactory().post("/dang-nhap/", REMOTE_ADDR=ELSEWHERE) for _try in range(11)]
    for request in tries[:10]:
        sign_ins.require_room(request, "canbo", at=NOW)
    with pytest.raises(TooMany):
        sign_ins.require_room(tries[10], "canbo", at=NOW)
    for request in tries[:10]:
        sign_ins.record_failure(request, "canbo", at=NOW)
    assert Counter.objects.get(kind="signin").count == Counter.objects.get(kind="signin_address").count == 10


def test_the_right_password_gives_its_share_back(official: User) -> None:
    for _time in range(12):
        assert is_in(sign_in(Client(), address=ELSEWHERE))
    desk = Client()
    assert is_in(sign_in(desk))
    assert not Counter.objects.exclude(count=0).filter(kind__startswith="signin").exists()


def test_twenty_share_a_desk_and_each_is_known_there() -> None:
    desk = Client()
    people = [User.objects.create_user(f"canbo{n}", RIGHT, display_name=f"Cán bộ {n}") for n in range(20)]
    for person in people:
        assert is_in(sign_in(desk, who=person.username))
        desk.post("/dang-xuat/")
    assert len(desk.cookies[settings.KNOWN_BROWSER_COOKIE].value) < 3500, "a cookie that browsers keep"
    guess(11, who="canbo0")
    assert is_in(sign_in(desk, who="canbo0"))
