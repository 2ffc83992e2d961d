"""A stored file that is gone from the disk is said plainly wherever it is asked for, and is nobody's 500."""

from __future__ import annotations

import pytest
from django.test import Client

from supervision.files import storage
from supervision.publication.models import Publication
from tests.portal.test_log import made  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("what", ["goi.zip", "van-ban.pdf"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_lost_file_is_said_plainly(
    client: Client,
    made: Publication,  # noqa: F811
    what: str,
    language: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    path = storage.path_of(made.pdf_sha256)
    path.unlink()
    address = f"{made.address}goi.zip" if what == "goi.zip" else made.pdf_address
    answer = client.get(f"{language}{address}")
    html = answer.content.decode()
    assert answer.status_code == 503 and int(answer["Retry-After"]) > 60
    assert answer["Cache-Control"] == "no-store" and "Traceback" not in html
    assert language or "Tạm thời chưa lấy được tệp" in html
    assert made.pdf_sha256 in caplog.text, "whoever runs the server finds which one"
    assert client.get(f"{language}{made.address}").status_code == 200, "the text stays"


@pytest.mark.parametrize(
    "path",
    ["x123/" * 1500 + "123", "x999/" * 7 + "999", "x999/" * 6 + "999", "١٢٣", "000.p/٣", "x١٢٣/000"],
    ids=range(6),
)
@pytest.mark.parametrize("kind", ["0", "7", "entries", "9" * 5000, "99999999999999999999"])
def test_a_tile_that_no_log_has_is_not_found(
    client: Client,
    made: Publication,  # noqa: F811
    kind: str,
    path: str,
) -> None:
    assert client.get(f"/nhat-ky/tile/{kind}/{path}").status_code == 404
