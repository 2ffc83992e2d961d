"""No cookie of a stranger reaches the database as the key of a session unless it can be one."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from supervision.organizations.models import User
from supervision.web.sessions import SessionStore

pytestmark = pytest.mark.django_db
#: Pages that look at the session, and a form that is sent.
PATHS = ("/dang-nhap/", "/viec-cua-toi/", "/ho-so/", "/tep/abc/", "/dang-xuat/", "/xac-minh/", "/")
#: As the header has them: cookies undo octal escapes within quotes.
NO_KEYS = (
    '"' + "\\000" * 12 + '"',
    '"' + "\\000" * 32 + '"',
    '"' + "a" * 31 + '\\000"',
    '"' + "a" * 31 + '\\012"',
    '"' + "\\377" * 32 + '"',
    "A" * 32,
    "a" * 31,
    "a" * 33,
    "a" * 5000,
    "'" * 32,
    "%00" * 16,
)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("cookie", ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "KNOWN_BROWSER_COOKIE"])
def test_no_cookie_is_an_error_of_the_server(cookie: str, method: str) -> None:
    form: dict[str, Any] = {"content_type": "multipart/form-data; boundary=x"} if method == "POST" else {}
    for value in NO_KEYS:
        for path in PATHS:
            sent = f"{getattr(settings, cookie)}={value}"
            answer = Client(raise_request_exception=False).generic(method, path, HTTP_COOKIE=sent, **form)
            assert answer.status_code < 500, (path, value)


def test_what_cannot_be_a_key_is_not_asked_for() -> None:
    for key in (None, "", "\x00" * 32, "a" * 31 + "\n", "a" * 31, "a" * 33, "A" * 32, "é" * 32, "٣" * 32):
        with CaptureQueriesContext(connection) as asked:
            store = SessionStore(key)
            assert store.session_key is None and store.is_empty() and "_auth_user_id" not in store
        assert not asked


def test_a_key_that_was_made_here_is_kept_and_one_that_was_not_is_never_taken_over(client: Client) -> None:
    user = User.objects.create_user("chuyen-vien", password="x")
    client.force_login(user)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert SessionStore(key)["_auth_user_id"] == str(user.pk)
    assert Session.objects.get(pk=key).get_decoded()["_auth_user_id"] == str(user.pk)
    client.cookies[settings.SESSION_COOKIE_NAME] = "b" * 32
    client.force_login(user)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "b" * 32
