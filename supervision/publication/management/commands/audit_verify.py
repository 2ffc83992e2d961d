"""`audit_verify`: the chain over all events is reckoned again and told against the publication log."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from supervision.audit import chain
from supervision.audit.models import Event
from supervision.publication.log import checking, heads


class Command(BaseCommand):
    help = "Tính lại chuỗi nhật ký hoạt động, đối chiếu với các mốc đã ghi vào nhật ký công bố."

    def handle(self, *args: Any, **options: Any) -> None:
        found = [*checking.troubles(), *chain.troubles(heads.anchors())]
        for one in found:
            self.stderr.write(one)
        if found:
            raise CommandError(f"Nhật ký hoạt động có {len(found)} chỗ không khớp.")
        end = chain.head()
        waiting = Event.objects.filter(link=None).count()
        anchored = max(heads.anchors(), default=0)
        self.stdout.write(
            f"Nhật ký hoạt động nguyên vẹn: {end.number if end else 0} việc, "
            f"{anchored} việc đã có mốc trong nhật ký công bố, {waiting} việc chờ nối."
        )
