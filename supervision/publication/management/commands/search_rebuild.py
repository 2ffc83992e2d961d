"""`search_rebuild`: the rows that lists and search read are made anew from what is published."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from supervision.publication import index


class Command(BaseCommand):
    help = "Viết lại toàn bộ dữ liệu tìm kiếm và số đếm của bộ lọc từ các văn bản đã công bố."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Đã viết lại {index.rebuild_all()} văn bản.")
