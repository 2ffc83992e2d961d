"""No header of a stranger chooses how the site reads: no address answers 500, and every answer has a page."""

from __future__ import annotations

import io
from typing import Any

import pytest

from supervision.requests import Handler

pytestmark = pytest.mark.django_db
CODECS = ("rot13", "hex", "idna", "punycode", "undefined", "utf-16", "zlib", "nonsense")
FORM = b"--x\r\nContent-Disposition: form-data; %s\r\n\r\nabc\r\n--x--\r\n"
PARTS = (b"name*=foo''tep", b"name*=rot13''te%C3%A9p", b"name=tep; filename*=idna''a%C3%A9%ff.pdf")


def answer(path: str, query: str = "", *, content_type: str, body: bytes = b"") -> tuple[int, str]:
    """Ask the WSGI callable itself: the test client makes requests of its own."""
    said: dict[str, Any] = {}
    environ = {
        "REQUEST_METHOD": "POST" if body else "GET", "SCRIPT_NAME": "", "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver", "SERVER_PORT": "80", "REMOTE_ADDR": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1", "CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(),
    }  # fmt: skip
    handler: Any = Handler()
    found = handler(environ, lambda status, headers: said.update(status=status))
    return int(said["status"].split()[0]), b"".join(found).decode()


@pytest.fixture(autouse=True)
def _connection_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The handler tells of the beginning and end of a request, at which Django closes its connection."""
    monkeypatch.setattr("django.core.signals.request_started.send", lambda *args, **kwargs: [])
    monkeypatch.setattr("django.core.signals.request_finished.send", lambda *args, **kwargs: [])


@pytest.mark.parametrize("codec", CODECS)
def test_no_charset_of_a_header_is_decoded_with(codec: str) -> None:
    for content_type in (f"text/plain; charset={codec}", f"text/plain; charset*={codec}''x%C3%A9"):
        for path in ("/ket-luan/", "/xac-minh/", "/dang-nhap/"):
            status, page = answer(path, "q=%C3%A9&tinh=%C3%A9", content_type=content_type)
            assert status == 200 and "<h1" in page


def test_utf_8_is_read_whatever_the_header_says() -> None:
    _status, page = answer(
        "/ket-luan/", "q=Th%E1%BB%A7y+%C4%91i%E1%BB%87n", content_type="x/y; charset=utf-16"
    )
    assert 'value="Thủy điện"' in page


@pytest.mark.parametrize("part", PARTS)
def test_a_form_whose_parts_name_other_codecs_is_refused_with_a_page(part: bytes) -> None:
    for content_type in ("multipart/form-data; boundary=x", "multipart/form-data; boundary=x; charset=rot13"):
        for path in ("/xac-minh/", "/en/xac-minh/", "/dang-nhap/"):
            status, page = answer(path, content_type=content_type, body=FORM % part)
            assert 400 <= status < 500 and "<h1" in page


def test_a_boundary_that_cannot_be_read_names_nothing() -> None:
    status, page = answer("/xac-minh/", content_type="multipart/form-data; boundary*=foo''x", body=b"abc")
    assert 400 <= status < 500 and "<h1" in page
