"""`search_rebuild`: what lists, search and the check of files read is made anew from what is published."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from supervision.publication import beginnings, index


class Command(BaseCommand):
    help = (
        "Viết lại toàn bộ dữ liệu tìm kiếm, số đếm của bộ lọc và phần đầu của tệp từ các văn bản đã công bố."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        beginnings.note_again()
        self.stdout.write(f"Đã viết lại {index.rebuild_all()} văn bản.")
