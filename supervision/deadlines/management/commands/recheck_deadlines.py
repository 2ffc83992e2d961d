"""List the due dates that the corrected calendar would move; move them with --apply."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from supervision.deadlines import services


class Command(BaseCommand):
    help = "Liệt kê các hạn mà lịch nghỉ vừa sửa làm thay đổi; chỉ dời hạn khi có --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="dời các hạn đã liệt kê, có ghi lại")

    def handle(self, *args: Any, apply: bool, **options: Any) -> None:
        moves = services.recheck(at=timezone.now(), apply=apply)
        for move in moves:
            old, new = f"{move.old:%d/%m/%Y}", f"{move.new:%d/%m/%Y}"
            self.stdout.write(f"{move.deadline.pk} {move.deadline.rule}: {old} -> {new}")
        done = "Đã dời" if apply else "Sẽ dời khi chạy với --apply"
        self.stdout.write(f"{done}: {len(moves)} hạn")
