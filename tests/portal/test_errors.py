"""Errors: the right status, the language of the address, one h1, and no need of the database."""

from __future__ import annotations

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.utils import translation

from supervision.errors import NotAllowed
from supervision.portal.views import errors


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (400, lambda request: errors.bad_request(request)),
        (403, lambda request: errors.forbidden(request, NotAllowed("Chỉ người ký được ký."))),
        (403, lambda request: errors.csrf_failure(request)),
        (404, lambda request: errors.not_found(request)),
        (429, lambda request: errors.too_many(request)),
        (500, lambda request: errors.server_error(request)),
    ],
)
def test_each_error_has_its_status_and_page_without_the_database(
    language: str, status: int, answer: object
) -> None:
    prefix = "/en" if language == "en" else ""
    with translation.override(language):
        response = answer(RequestFactory().get(f"{prefix}/khong-co/"))  # type: ignore[operator]
    html = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}"' in html
    assert len(re.findall("<h1", html)) == 1


def test_a_refusal_says_its_reason() -> None:
    html = errors.forbidden(RequestFactory().get("/"), NotAllowed("Chỉ người ký được ký.")).content.decode()
    assert "Chỉ người ký được ký." in html


def test_a_stranger_to_the_exception_learns_nothing_of_it() -> None:
    html = errors.forbidden(RequestFactory().get("/"), PermissionError("SELECT secret")).content.decode()
    assert "secret" not in html


def _broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret")


class Broken:
    urlpatterns = [path("hong/", _broken), path("en/hong/", _broken)]
    handler500 = "supervision.portal.views.errors.server_error"


@pytest.mark.parametrize(
    ("prefix", "words"), [("", "Máy chủ đang trục trặc"), ("/en", "The server has a fault")]
)
def test_a_fault_answers_500_in_the_language_of_the_address(
    settings: object, prefix: str, words: str
) -> None:
    settings.ROOT_URLCONF = Broken  # type: ignore[attr-defined]
    response = Client(raise_request_exception=False).get(f"{prefix}/hong/")
    assert response.status_code == 500
    assert words in response.content.decode()
    assert "secret" not in response.content.decode()


def test_a_form_whose_token_is_old_shows_what_was_typed_and_no_password() -> None:
    post = {"csrfmiddlewaretoken": "cu", "summary": "Hai công trình\ncấp nước <b>", "password": "mật khẩu"}
    response = Client(enforce_csrf_checks=True).post("/dang-nhap/", post)
    html = response.content.decode()
    assert response.status_code == 403
    assert "Hai công trình<br>cấp nước &lt;b&gt;" in html
    assert "mật khẩu" not in html.partition("<main")[2]
