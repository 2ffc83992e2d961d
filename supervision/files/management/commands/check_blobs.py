"""`check_blobs`: every stored file is there and unchanged; `--sweep` removes what nothing refers to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from supervision.files import services


class Command(BaseCommand):
    help = "Kiểm tra từng tệp đã lưu theo SHA-256; --sweep dọn tệp không còn ai dùng quá 7 ngày."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sweep", action="store_true")

    def handle(self, *args: Any, sweep: bool, **options: Any) -> None:
        if sweep:
            removed = services.sweep(before=timezone.now() - dt.timedelta(days=7))
            self.stdout.write(f"Đã dọn {removed} tệp không ai dùng.")
        bad = services.damaged()
        for sha256 in bad:
            self.stderr.write(f"Thiếu hoặc hỏng: {sha256}")
        if bad:
            raise CommandError(f"{len(bad)} tệp thiếu hoặc hỏng; lấy lại từ bản sao lưu.")
        self.stdout.write("Mọi tệp đã lưu đều nguyên vẹn.")
