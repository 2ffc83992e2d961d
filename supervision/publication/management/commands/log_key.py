"""`log_key`: which keys sign the publication log; makes a further one, or drops an old one."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from supervision.errors import DomainError
from supervision.publication.log import keeping, signing
from supervision.transparency.notes import BadNote, Verifier


class Command(BaseCommand):
    help = "Xem, đổi hoặc bỏ khóa ký nhật ký công bố. Chạy dưới tài khoản của tiến trình nền."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--them", action="store_true", help="thêm khóa mới, ký song song với khóa cũ")
        what.add_argument("--bo", metavar="KHÓA", help="thôi ký bằng khóa này (dòng như trong khoa.txt)")

    def handle(self, *, them: bool, bo: str | None, **options: Any) -> None:
        try:
            if them:
                signing.change_key(at=timezone.now())
            if bo:
                signing.drop_key(Verifier.of(bo), at=timezone.now())
        except (DomainError, BadNote) as error:
            raise CommandError(str(error)) from error
        for verifier in keeping.keys():
            self.stdout.write(str(verifier))
