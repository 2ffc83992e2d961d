"""Signing in and out: plain words, no sign-up, sample accounts in the demonstration only."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from supervision import demo
from supervision.law.text import T
from supervision.organizations.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> User:
    account = demo.DemoAccount(
        "mau1", "Cán bộ mẫu 1", T("Chuyên viên", "Officer"), T("Lập hồ sơ", "Opens cases")
    )
    monkeypatch.setattr(demo, "accounts", lambda: [account])
    return User.objects.create_user("mau1", "mau-2026", display_name="Cán bộ mẫu 1")


def sign_in(client: Client, password: str = "mau-2026") -> Any:
    return client.post("/dang-nhap/", {"login": "mau1", "password": password})


def test_a_person_signs_in_and_lands_on_the_work_list(client: Client, person: User) -> None:
    response = sign_in(client)
    assert response.status_code == 302
    assert response["Location"] == "/viec-cua-toi/"


def test_after_signing_in_one_is_where_one_wanted_to_go(client: Client, person: User) -> None:
    response = client.post(
        "/dang-nhap/?next=/ho-so/", {"login": "mau1", "password": "mau-2026", "next": "/ho-so/"}
    )
    assert response["Location"] == "/ho-so/"
    stranger = Client().post(
        "/dang-nhap/", {"login": "mau1", "password": "mau-2026", "next": "https://example.com/"}
    )
    assert stranger["Location"] == "/viec-cua-toi/"


def test_a_wrong_password_is_said_in_plain_words_and_the_name_is_kept(client: Client, person: User) -> None:
    html = sign_in(client, "sai").content.decode()
    assert "<title>Lỗi: Đăng nhập" in html
    assert "Tên đăng nhập hoặc mật khẩu không đúng; gõ lại cả hai" in html
    assert 'value="mau1"' in html


def test_empty_fields_are_all_named_at_once(client: Client) -> None:
    html = client.post("/dang-nhap/", {}).content.decode()
    assert html.count('<a href="#id_login">Điền: Tên đăng nhập</a>') == 1
    assert html.count('<a href="#id_password">Điền: Mật khẩu</a>') == 1


def test_guessing_is_stopped_with_a_reason_and_others_are_not(client: Client, person: User) -> None:
    answers = [sign_in(client, f"sai-{n}") for n in range(12)]
    html = answers[-1].content.decode()
    assert "15 phút" in html
    assert "Đã thử sai nhiều lần" in html
    good = sign_in(client).content.decode()
    assert "Đã thử sai nhiều lần" in good  # the right password does not reset the count


def test_one_button_signs_a_sample_person_in(client: Client, person: User) -> None:
    assert "Vào bằng" in client.get("/dang-nhap/").content.decode()
    response = client.post("/dang-nhap/mau/", {"username": "mau1"})
    assert response["Location"] == "/viec-cua-toi/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_only_listed_sample_people_can_be_entered_by_a_button(client: Client, person: User) -> None:
    User.objects.create_user("that", "x", display_name="Người thật")
    assert client.post("/dang-nhap/mau/", {"username": "that"}).status_code == 404
    assert client.get("/dang-nhap/mau/").status_code == 405


def test_outside_the_demonstration_there_are_no_sample_accounts(client: Client, settings: Any) -> None:
    settings.DEMO = False
    User.objects.create_user("mau1", "mau-2026", display_name="Cán bộ mẫu 1")
    html = client.get("/dang-nhap/").content.decode()
    assert "Vào bằng" not in html
    assert "mau-2026" not in html
    assert "DỮ LIỆU MẪU" not in html
    assert client.post("/dang-nhap/mau/", {"username": "mau1"}).status_code == 404


def test_signing_out_asks_first_and_then_forgets(client: Client, person: User) -> None:
    client.force_login(person)
    assert "Đăng xuất khỏi máy này" in client.get("/dang-xuat/").content.decode()
    assert client.post("/dang-xuat/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email"])
def test_nothing_else_of_the_account_library_is_mounted(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)
