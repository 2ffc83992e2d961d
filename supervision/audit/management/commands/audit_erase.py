"""`audit_erase`: what an event says in words is erased, for the law on personal data asks for it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from supervision.audit.models import Event
from supervision.audit.services import erase
from supervision.errors import DomainError


class Command(BaseCommand):
    help = (
        "Xóa phần lời của các việc trong nhật ký hoạt động khi pháp luật về dữ liệu cá nhân yêu cầu. "
        "Việc đã diễn ra, thời gian và đối tượng vẫn được giữ."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("events", nargs="+", type=int, metavar="SỐ", help="số của việc trong nhật ký")
        parser.add_argument("--ly-do", required=True, dest="reason", help="căn cứ, không nêu tên người")

    def handle(self, *, events: list[int], reason: str, **options: Any) -> None:
        for pk in events:
            event = Event.objects.filter(pk=pk).first()
            if event is None:
                raise CommandError(f"Không có việc số {pk}.")
            try:
                erase(event, actor=None, reason=reason, at=timezone.now())
            except DomainError as error:
                raise CommandError(str(error)) from error
            self.stdout.write(f"Đã xóa phần lời của việc số {pk}.")
