"""`certificates`: which certificates people and bodies sign with, until when; enters one from a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from supervision.documents.certificates import register
from supervision.documents.models import SigningCertificate
from supervision.documents.signing.sign import named
from supervision.documents.signing.trust import certificates_in
from supervision.errors import DomainError
from supervision.organizations.models import Mandate, Organization


class Command(BaseCommand):
    help = "Liệt kê chứng thư số đã ghi, hoặc ghi chứng thư của người ký trên máy riêng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tep", type=Path, help="tệp PEM của chứng thư cần ghi")
        parser.add_argument("--cho", metavar="MÃ", help="mã cơ quan (mttq-24) hoặc tên đăng nhập")

    def handle(self, *, tep: Path | None, cho: str | None, **options: Any) -> None:
        if (tep is None) != (cho is None):
            raise CommandError("--tep và --cho đi cùng nhau.")
        if tep and cho:
            self._register(tep, cho)
        for row in SigningCertificate.objects.select_related("person", "organization").order_by("not_after"):
            holder = row.organization.code if row.organization else row.person.username  # type: ignore[union-attr]
            self.stdout.write(f"{row.not_after:%Y-%m-%d}  {holder}  {row.subject}")

    def _register(self, path: Path, code: str) -> None:
        whose: Mandate | Organization | None = Organization.objects.filter(code=code).first()
        whose = whose or Mandate.objects.filter(user__username=code).select_related("user").first()
        if whose is None:
            raise CommandError(f"Không có cơ quan hay người ký “{code}”.")
        try:
            for certificate in certificates_in(path.read_bytes())[:1]:
                register(whose, named(certificate), at=timezone.now())
        except (OSError, ValueError) as error:
            raise CommandError(f"Không đọc được tệp: {error}") from error
        except DomainError as error:
            raise CommandError(str(error)) from error
