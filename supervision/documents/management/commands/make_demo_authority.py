"""`make_demo_authority`: sample certificates for the mandates that sign; safe to run again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from supervision.documents.signing.demo_authority import DemoAuthority
from supervision.organizations.models import Duty, Mandate

SIGNING_DUTIES = (Duty.SIGNER, Duty.CHAIR)


class Command(BaseCommand):
    help = "Tạo đơn vị chứng thực MẪU và chứng thư số MẪU cho người ký; chạy lại không làm mất gì."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Chỉ dùng cho bản trình diễn: máy chủ thật lấy chứng thư từ đơn vị được công nhận."
            )
        mandates = Mandate.objects.filter(duty__in=SIGNING_DUTIES).select_related("user", "organization")
        made = DemoAuthority().issue(mandates)
        self.stdout.write(f"Đã tạo {made} chứng thư số mẫu.")
