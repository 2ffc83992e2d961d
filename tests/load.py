"""How many contributions a second are taken in, and whether any is lost when the server is killed.

`python -m tests.load [SECONDS] [SENDERS]` starts a throw-away PostgreSQL and the product's own server, sends
contributions from many addresses of this machine as fast as they are answered, kills the server in the
middle with SIGKILL, starts it anew, and looks up every receipt that was handed out.
"""

from __future__ import annotations

import http.client
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager

from tests import postgres

PORT = 8977
WORKERS = 2
_RECEIPT = re.compile(r"/bien-nhan/([0-9A-Z]{12})/")


def main(seconds: float, senders: int) -> None:
    """Print contributions a second before and after the kill, and how many receipts were lost."""
    with tempfile.TemporaryDirectory() as var, postgres.throw_away_cluster(postgres.programs()) as url:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "supervision.settings.demo",
            "DATABASE_URL": url,
            "VAR_DIR": var,
            "PUBLIC_URL": f"http://127.0.0.1:{PORT}",
        }
        _run("manage.py", "migrate", "--verbosity=0")
        _run("manage.py", "seed_map")
        call = _prepared()
        receipts: list[str] = []
        for name in ("before the kill", "after it"):
            with _serving() as server:
                rate = _sent(
                    call, seconds, senders, receipts, kill=server if name.startswith("before") else None
                )
            print(f"{name}: {rate:.0f} a second by {senders} senders, {len(receipts)} receipts so far")
        print(f"lost: {_lost(receipts)} of {len(receipts)}")


def _run(*command: str) -> None:
    subprocess.run([sys.executable, *command], check=True)


def _prepared() -> str:
    """Make a draft with an open public call; return the call's address."""
    import django

    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from supervision.drafts import texts
    from supervision.drafts.models import Draft
    from supervision.drafts.services import receive_version
    from supervision.drafts.taking import calls
    from supervision.legaltext.outline import outline, read_text
    from supervision.organizations.models import Mandate, Organization, User
    from tests.drafts.texts import FEES

    at = timezone.now()
    body = Organization.objects.order_by("pk")[0]
    user = User.objects.create(username="tai", display_name="Người thử")
    mandate = Mandate.objects.create(
        user=user,
        organization=body,
        duty="officer",
        title="Chuyên viên",
        from_on=at.date(),
        decision_number="01",
        decision_on=at.date(),
    )
    draft = Draft.objects.create(title="Dự thảo thử tải (DỮ LIỆU MẪU)", owner=body, issuer=body)
    version = receive_version(draft, received_on=at.date(), number_text="", files=[], by=mandate, at=at)
    with transaction.atomic():
        texts.keep_text(version, outline(*read_text(FEES)), source=None, by=mandate, at=at)
        call = calls.open_call(
            version, chaired_by=body, is_public=True, invited=[], introduction="", by=mandate, at=at,
            closes_on=timezone.localdate(at),
        )  # fmt: skip
    return f"/du-thao/{call.public_id}/gop-y/"


@contextmanager
def _serving() -> Iterator[subprocess.Popen[bytes]]:
    command = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT)]
    command += [
        "--workers",
        str(WORKERS),
        "--no-access-log",
        "--log-level",
        "error",
        "supervision.wsgi:application",
    ]
    server = subprocess.Popen([sys.executable, *command], start_new_session=True)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
                connection.request("GET", "/suc-khoe/live")
                if connection.getresponse().status == 200:
                    break
            except OSError:
                time.sleep(0.2)
        yield server
    finally:
        _kill(server)


def _kill(server: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(server.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    server.wait()


def _sent(
    call: str, seconds: float, senders: int, receipts: list[str], *, kill: subprocess.Popen[bytes] | None
) -> float:
    """Send for `seconds`; return how many were answered with a receipt in a second."""
    began = time.monotonic()
    until, before = began + seconds, len(receipts)
    threads = [threading.Thread(target=_send, args=(call, n, until, receipts)) for n in range(senders)]
    for thread in threads:
        thread.start()
    if kill is not None:
        time.sleep(seconds - 0.05)
        _kill(kill)
    for thread in threads:
        thread.join()
    return (len(receipts) - before) / (time.monotonic() - began)


def _send(call: str, number: int, until: float, receipts: list[str]) -> None:
    """Send one after the other, forty from each address, until the time is up or the server is gone."""
    count = 0
    while time.monotonic() < until:
        host = f"127.{secrets.randbelow(250) + 1}.{number % 250 + 1}.{secrets.randbelow(250) + 1}"
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30, source_address=(host, 0))
        try:
            for _turn in range(40):
                count += 1
                said = {"text": f"Ý kiến {number}-{count}", "author": "people", "o": "dieu-2-khoan-2"}
                typed = urllib.parse.urlencode(said | {"key": secrets.token_urlsafe(24)})
                headers = {"Content-Type": "application/x-www-form-urlencoded"}
                connection.request("POST", call, typed, headers)
                answer = connection.getresponse()
                answer.read()
                found = _RECEIPT.search(answer.headers.get("Location", ""))
                if found:
                    receipts.append(found[1])
                if time.monotonic() >= until:
                    return
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()


def _lost(receipts: list[str]) -> int:
    from django.db import connection

    from supervision.drafts.models import Contribution

    connection.close()
    kept = set(Contribution.objects.filter(receipt__in=receipts).values_list("receipt", flat=True))
    return len(set(receipts) - kept)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 20, int(sys.argv[2]) if len(sys.argv) > 2 else 16)
