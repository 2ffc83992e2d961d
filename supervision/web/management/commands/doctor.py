"""Look at everything the product leans on, and say in one table what is missing."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from supervision.audit.roles import owns_something
from supervision.files.services import inspector
from supervision.notices.digests import dead_digests
from supervision.notices.services import dead_letters
from supervision.web.health import CHECKS
from supervision.web.recording import ADDRESS_UNREAD, refusals_today
from workflows.inbox.offers import without_holder

#: Warn this long before a certificate ends: time enough to get a new one.
CERTIFICATE_WARNING = timedelta(days=30)
#: Of mails given up, as many are named.
LISTED = 5
SAMPLE = "Ẫm ực: Đặng Thị Ngọc Quỳnh, ₫1.000"


class Command(BaseCommand):
    help = "Check libraries, fonts, database, folders, keys and background processes."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        bad = 0
        for title, look in self.looks():
            try:
                ok, found = look()
            except Exception as error:  # whatever is broken: name it and look at the rest
                ok, found = False, f"{type(error).__name__}: {error}"
            bad += not ok
            word = self.style.SUCCESS("ok     ") if ok else self.style.ERROR("PROBLEM")
            self.stdout.write(f"{word}  {title:<34}  {found}")
        if bad:
            raise CommandError(f"{bad} to mend")

    def looks(self) -> Iterator[tuple[str, Callable[[], tuple[bool, str]]]]:
        yield "PDF libraries (pango)", pdf_prints_vietnamese
        yield "Font of papers (Tinos)", lambda: font("Tinos")
        yield "Font of charts (Noto Sans)", lambda: font("Noto Sans")
        yield "File types (libmagic)", file_types
        yield "Files of strangers are read apart", apart
        yield "Vietnamese order (vi-x-icu)", vietnamese_order
        yield "SQLite pragmas / PostgreSQL", database_settings
        yield "Database role", database_role
        yield "Signing keys", certificates
        yield "Mails given up", mails_given_up
        yield "Work that nobody in office may do", work_without_holder
        yield "Refused and only counted today", refused_today
        for _code, title, look in CHECKS:
            yield str(title), look


def refused_today() -> tuple[bool, str]:
    found = refusals_today()
    readable = not any(ADDRESS_UNREAD in status for status in found)  # TRUSTED_PROXIES is wrong, or a proxy
    return readable, ", ".join(f"{status}: {count}" for status, count in found.items()) or "nothing"


def work_without_holder() -> tuple[bool, str]:
    """List the bodies where open work waits for a duty that nobody has: a mandate is to be recorded."""
    found = without_holder(timezone.localdate())
    named = [f"{code}: {count}" for code, count in list(found.items())[:LISTED]]
    return not found, f"{len(found)} bodies: {', '.join(named)}" if found else "none"


def pdf_prints_vietnamese() -> tuple[bool, str]:
    import pikepdf

    from supervision.documents.printing import print_stamp

    html = f"<html lang='vi'><style>html {{ font-family: Tinos }}</style><p>{SAMPLE}</p></html>"
    with pikepdf.open(io.BytesIO(print_stamp(html, {}))) as pdf:
        fonts: Any = pdf.pages[0].resources.get("/Font", {})
        names = sorted({str(font.BaseFont).rpartition("+")[2] for font in fonts.values()})
    return any("Tinos" in name for name in names), f"printed with {', '.join(names)}"


def font(family: str) -> tuple[bool, str]:
    if not shutil.which("fc-match"):
        return False, "fc-match is missing (apt: fontconfig)"
    done = subprocess.run(["fc-match", "-f", "%{family}|%{file}", family], capture_output=True, text=True)
    found, _bar, path = done.stdout.partition("|")
    return family in found, path or "none"


def file_types() -> tuple[bool, str]:
    import magic

    found = magic.from_buffer(b"%PDF-1.7\n", mime=True)
    return found == "application/pdf", found


def apart() -> tuple[bool, str]:
    """Say what holds in a child that reads a file: no network, no files, no user who owns anything."""
    found = inspector.isolation()
    network = "a network (the machine allows no name spaces)" if found["network"] else "no network"
    limits = f"{found['opens']} files to open, {inspector.most} at once"
    return found["user"] != 0, f"{network}, user {found['user']}, {limits}"


def vietnamese_order() -> tuple[bool, str]:
    names = ["Ơi", "Đá", "Da", "Ân", "An", "Ăn"]
    rows = " UNION ALL ".join(["SELECT %s AS n"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT n FROM ({rows}) AS names ORDER BY n COLLATE "vi-x-icu"', names)
        found = [row[0] for row in cursor.fetchall()]
    return found == ["An", "Ăn", "Ân", "Da", "Đá", "Ơi"], " ".join(found)


def database_settings() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            names = ("journal_mode", "synchronous", "foreign_keys")
            read = [str(cursor.execute(f"PRAGMA {name}").fetchone()[0]) for name in names]
            return read == ["wal", "2", "1"], ", ".join(map("=".join, zip(names, read, strict=True)))
        cursor.execute("SELECT extname FROM pg_extension")
        extensions = {row[0] for row in cursor.fetchall()}
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
        cursor.execute("SHOW statement_timeout")
        longest = cursor.fetchone()[0]
    is_bounded = longest != "0" or settings.DEMO or settings.DEBUG
    words = f"{version}, {', '.join(sorted(extensions))}, statement_timeout {longest}"
    return "unaccent" in extensions and is_bounded, words


def database_role() -> tuple[bool, str]:
    """On a real server the application's role owns nothing: an owner can switch the guards off."""
    found = owns_something(connection)
    return not found or settings.DEMO or settings.DEBUG, found or "owns nothing"


def mails_given_up() -> tuple[bool, str]:
    """List whose notices and morning mails no mail server took; the notices still stand in the app."""
    notices, digests = dead_letters(), dead_digests()
    names = [one.organization.short_name for one in notices.select_related("organization")[:LISTED]]
    names += [one.user.username for one in digests.select_related("user")[:LISTED]]
    found = f"{notices.count()} notices, {digests.count()} morning mails"
    return not names, f"{found}: {', '.join(names)}" if names else "none"


def certificates() -> tuple[bool, str]:
    """Look at the certificates that lie open beside the keys; the keys themselves stay shut."""
    from cryptography import x509

    files = sorted({*Path(settings.KEY_ROOT).glob("*.pem"), *map(Path, settings.TRUSTED_ROOTS)})
    ends = []
    for file in files:
        pem = file.read_bytes()
        if b"BEGIN CERTIFICATE" in pem:  # the keys of the publication log lie there too
            found = x509.load_pem_x509_certificates(pem)
            ends += [(certificate.not_valid_after_utc, file.name) for certificate in found]
    if not ends:
        return False, "no certificate found (demo: manage.py make_demo_authority)"
    end, name = min(ends)
    return end - timezone.now() > CERTIFICATE_WARNING, f"first to end: {name} on {end:%d/%m/%Y}"
