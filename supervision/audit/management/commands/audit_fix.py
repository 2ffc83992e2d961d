"""`audit_fix`: what was sent before events held hashes gets an event that holds its hash."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from supervision.audit import contents
from supervision.audit.frozen import declared
from supervision.audit.services import fix


class Command(BaseCommand):
    help = (
        "Ghi vào nhật ký mã băm của những nội dung đã gửi trước khi có mã băm; chạy một lần sau khi cập "
        "nhật. Nội dung đã có mã băm thì giữ nguyên; nội dung bị sửa sau khi gửi không được ghi lại."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for model, said in declared():
            for keys in contents.unfixed(model) if said.is_hashed else ():
                fix(list(model._base_manager.filter(pk__in=keys)), actor=None, at=timezone.now())
                count += len(keys)
        self.stdout.write(f"Đã ghi mã băm của {count} nội dung.")
