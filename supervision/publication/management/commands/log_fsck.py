"""`log_fsck`: everything in the publication log is reckoned again from its leaves."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from supervision.publication.log import checking, keeping


class Command(BaseCommand):
    help = "Tính lại toàn bộ nhật ký công bố từ từng mục và đối chiếu với mọi thứ đã lưu, đã ký."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(checking.troubles())
        for one in found:
            self.stderr.write(one)
        if found:
            raise CommandError(f"Nhật ký công bố có {len(found)} chỗ không khớp.")
        self.stdout.write(f"Nhật ký công bố nguyên vẹn: {keeping.size()} mục.")
