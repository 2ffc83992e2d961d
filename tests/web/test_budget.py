"""What strangers may cost: by address, by size, by number at once; answered in plain pages, nothing lost."""

from __future__ import annotations

import io
import re
import threading
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import URLPattern

from supervision.errors import Busy
from supervision.files import sandbox
from supervision.limits.models import Counter
from supervision.portal.views import verify as verify_views
from supervision.web.budget import Budget, shed_page
from supervision.web.rules import URL_RULES
from tests.files import samples
from tests.markup import html_of
from tests.test_consistency import addresses

PAGE = "/xac-minh/"


def upload(client: Client | None = None, address: str = PAGE, **headers: Any) -> Any:
    file = SimpleUploadedFile("a.pdf", samples.pdf())
    return (client or Client()).post(address, {"tep": file}, **headers)


@pytest.mark.parametrize("address", [PAGE, f"/en{PAGE}"])
def test_files_from_one_address_are_limited_and_others_are_served(
    db: None, settings: Any, address: str
) -> None:
    settings.LIMITS = settings.LIMITS | {"verify": "2/3600"}
    assert [upload(address=address).status_code for _ in range(3)] == [200, 200, 429]
    refused = upload(address=address)
    html = html_of(refused)
    assert int(refused["Retry-After"]) > 60 and refused["Cache-Control"] == "no-store"
    assert re.search(r"<h1>\s*\S", html) and f'<html lang="{"en" if "/en/" in address else "vi"}"' in html
    assert upload(address=address, REMOTE_ADDR="10.9.8.7").status_code == 200
    assert Client().get(address).status_code == 200


def test_nothing_of_a_body_is_read_for_one_who_has_used_up_the_share(db: None, settings: Any) -> None:
    settings.LIMITS = settings.LIMITS | {"verify": "1/3600"}
    upload()
    body = io.BytesIO(b"x" * 1000)
    request = RequestFactory().generic(
        "POST", PAGE, b"", content_type="multipart/form-data; boundary=b", **{"wsgi.input": body}
    )
    response = Budget(lambda request: None).process_view(request, verify_views.verify_page, (), {})  # type: ignore[arg-type, return-value]
    assert response is not None and response.status_code == 429 and body.tell() == 0


@pytest.mark.parametrize(
    ("said", "is_refused"),
    [("1" * 5000, True), ("9" * 19, True), ("٣", False), ("-1", False), ("x", False)],
    ids=lambda said: str(said)[:8],
)
def test_a_length_that_is_no_number_of_bytes_is_no_error(db: None, said: str, is_refused: bool) -> None:
    request = RequestFactory().generic("POST", PAGE, b"", **{"CONTENT_LENGTH": said})
    request.user = AnonymousUser()
    response = Budget(lambda request: None).process_view(request, verify_views.verify_page, (), {})  # type: ignore[arg-type, return-value]
    assert (response.status_code if response else 0) == (413 if is_refused else 0)


def test_more_than_any_form_asks_for_is_refused_before_it_is_read(db: None, settings: Any) -> None:
    body = io.BytesIO(b"x" * 1000)
    request = RequestFactory().generic(
        "POST", PAGE, b"", content_type="multipart/form-data; boundary=b",
        **{"wsgi.input": body, "CONTENT_LENGTH": str(settings.UPLOAD_MAX_REQUEST + 1)},
    )  # fmt: skip
    response = Budget(lambda request: None).process_view(request, verify_views.verify_page, (), {})  # type: ignore[arg-type, return-value]
    assert response is not None and response.status_code == 413 and body.tell() == 0


@pytest.mark.parametrize(
    "address",
    ["/ket-luan/?q=mttq", "/kien-nghi/?nam=2026", "/v/ABCD/", "/xac-minh/?ma=AB", "/nhat-ky/tile/0/000"],
)
def test_questions_from_one_address_are_limited_without_writing(
    db: None, settings: Any, address: str
) -> None:
    settings.LIMITS = {kind: "2/600" for kind in settings.LIMITS}
    answers = [Client().get(address).status_code for _ in range(3)]
    assert answers[2] == 429 and 429 not in answers[:2]
    assert not Counter.objects.exclude(kind__startswith="refused").exists()  # those are once a minute
    assert Client().get("/ket-luan/").status_code == 200  # the list itself, without a question


#: Anonymous addresses that take a POST, and what bounds them beside the places for uploads.
BOUNDED_OTHERWISE = {
    "contribute": "drafts.public counts contributions and forms with files, and keeps what was typed",
    "account_login": "web.sign_ins counts wrong passwords",
    "account_inactive": "shows a page",
    "demo_login": "exists only with sample data",
    "demo_mail": "exists only with sample data",
    "tour": "exists only with sample data",
}


def test_every_anonymous_address_that_takes_a_post_is_bounded() -> None:
    loose = []
    for _address, entry in addresses():
        if not isinstance(entry, URLPattern) or URL_RULES.get(entry.name or "") not in ("public", "demo"):
            continue
        response = _post(entry.callback)
        if response != 405 and not getattr(entry.callback, "shares", None):
            loose.append(entry.name)
    assert set(loose) - set(BOUNDED_OTHERWISE) == set()


def _post(view: Any) -> int:
    """Return 405 where a view refuses every POST by itself."""
    from django.http import HttpResponseNotAllowed

    request = RequestFactory().post("/")
    try:
        response = view(request)
    except Exception:
        return 0
    return 405 if isinstance(response, HttpResponseNotAllowed) else response.status_code


def test_only_so_many_uploads_of_strangers_are_taken_in_at_once(db: None, settings: Any) -> None:
    settings.ANONYMOUS_UPLOADS = 1
    inside, leave = threading.Event(), threading.Event()

    def slow(request: Any) -> Any:
        budget.process_view(request, slow, (), {})
        inside.set()
        leave.wait(10)

    budget = Budget(slow)
    thread = threading.Thread(target=budget, args=(_upload_request(),))
    thread.start()
    inside.wait(10)
    refused = budget.process_view(_upload_request(), slow, (), {})
    assert refused is not None and refused.status_code == 503 and refused["Retry-After"]
    assert budget.process_view(_upload_request(signed_in=True), slow, (), {}) is None
    leave.set()
    thread.join()
    assert budget.process_view(_upload_request(), slow, (), {}) is None  # the place was given back


def _upload_request(*, signed_in: bool = False) -> Any:
    from types import SimpleNamespace

    request = RequestFactory().post(PAGE, {"tep": SimpleUploadedFile("a.pdf", b"%PDF-")})
    request.user = SimpleNamespace(is_authenticated=signed_in)  # type: ignore[assignment]
    return request


def test_a_busy_server_says_so_and_shows_what_was_typed(db: None, monkeypatch: Any) -> None:
    def busy(*_args: Any) -> Any:
        raise Busy("Cổng đang xem nhiều tệp cùng lúc.", seconds=9)

    monkeypatch.setattr(sandbox.Sandbox, "run", busy)
    answer = upload()
    assert answer.status_code == 503 and answer["Retry-After"] == "9"
    assert "Cổng đang xem nhiều tệp cùng lúc." in html_of(answer)
    page = shed_page(RequestFactory().get("/"), Busy("Bận.", seconds=9), [("Ý kiến", "đã gõ")])
    assert "đã gõ" in html_of(page)
