"""`audit_verify`: guards, the chain over all events, and every row that was sent, against the record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from supervision.audit import chain, contents, guards, undeclared
from supervision.audit.models import Event
from supervision.files import services as files
from supervision.publication.log import checking, heads


class Command(BaseCommand):
    help = (
        "Tính lại chuỗi nhật ký hoạt động, đối chiếu với các mốc đã ghi vào nhật ký công bố; "
        "đối chiếu mọi nội dung đã gửi với mã băm trong nhật ký; kiểm tra khóa chống sửa đổi."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for found, one in enumerate(_troubles(), start=1):  # noqa: B007
            self.stderr.write(one)
        if found:
            raise CommandError(f"Nhật ký hoạt động có {found} chỗ không khớp.")
        end = chain.head()
        waiting = Event.objects.filter(link=None).count()
        anchored = max(heads.anchors(), default=0)
        self.stdout.write(
            f"Nhật ký hoạt động nguyên vẹn: {end.number if end else 0} việc, "
            f"{anchored} việc đã có mốc trong nhật ký công bố, {waiting} việc chờ nối."
        )


def _troubles() -> Iterator[str]:
    for name in guards.missing():
        stands = f"the guard {name} is missing, switched off or another than declared"
        yield name if undeclared.is_sentence(name) else stands
    yield from checking.troubles()  # and with it what is public
    yield from chain.troubles(heads.anchors())
    yield from contents.troubles(besides=checking.PUBLIC)
    yield from (f"the stored file {sha256} is missing or changed" for sha256 in files.damaged())
