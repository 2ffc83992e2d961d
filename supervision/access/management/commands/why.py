"""`why USER ACTION OBJECT`: may this person do this, by which row of rights, or for want of what."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model
from django.utils import timezone

from supervision.access import matrix, policy, rights
from supervision.access.policy import Judged
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate, User
from supervision.organizations.substitutions import absence_of

#: Fields by which an object may be named, where its table has them and no two rows share a name.
NAMES = ("public_id", "code")


class Command(BaseCommand):
    help = (
        "Vì sao một người làm được hoặc không làm được một việc với một đối tượng, theo bảng quyền. "
        "Ví dụ: why canbo1 view casefiles.case:GS-MTTQ-24-2026-014"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", metavar="NGƯỜI", help="tên đăng nhập")
        parser.add_argument(
            "action", metavar="VIỆC", help="view, steer, follow_up… (docs/reference/permissions.md)"
        )
        parser.add_argument(
            "object", metavar="ĐỐI_TƯỢNG", help="loại:mã, ví dụ casefiles.case:GS-MTTQ-24-2026-014"
        )
        parser.add_argument("--ngay", dest="on", type=dt.date.fromisoformat, help="ngày, mặc định là hôm nay")

    def handle(self, **options: Any) -> None:
        on = options["on"] or timezone.localdate()
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"Không có người dùng {options['user']}.")
        obj = _found(options["object"])
        actions = sorted({row.action for row in matrix.ROWS if row.kind == obj._meta.label_lower})
        if options["action"] not in actions:
            raise CommandError(
                f"Bảng quyền không có việc này với {obj._meta.label}; có: {', '.join(actions)}."
            )
        self.stdout.write(f"{obj._meta.label} {obj}, {options['action']}, ngày {on:%d/%m/%Y}")
        mandates = list(Mandate.objects.filter(user=user).select_related("user", "organization"))
        if not mandates:
            self.stdout.write("Không: người này chưa được giao nhiệm vụ nào.")
        for mandate in mandates:
            for line in _told(Actor.of(mandate), options["action"], obj, on):
                self.stdout.write(line)


def _found(name: str) -> Model:
    """Return what a name as `casefiles.case:GS-MTTQ-24-2026-014` names; CommandError where it is nothing."""
    label, _colon, key = name.partition(":")
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as error:
        kinds = ", ".join(sorted({row.kind for row in matrix.ROWS}))
        raise CommandError(f"Không có loại {label}; có: {kinds}.") from error
    ways: list[dict[str, Any]] = [{"pk": key}] if key.isdecimal() else []
    for field in NAMES:
        try:
            named: Any = model._meta.get_field(field)
        except FieldDoesNotExist:
            continue
        ways += [{field: key}] if named.unique else []
    for way in ways:
        found: Model | None = model._base_manager.filter(**way).first()
        if found is not None:
            return found
    raise CommandError(f"Không tìm thấy {label} {key}.")


def _told(actor: Actor, action: str, obj: Model, on: dt.date) -> Iterator[str]:
    judged = policy.why(actor, action, obj, on)
    duty = rights.DUTIES[actor.duty].vi
    yield f"\n{actor.user.display_name}, {duty}, {actor.organization.short_name}:"
    if opening := [one for one in judged if one.opens]:
        yield "  Được."
        yield from (f"  - {one.row.reason.vi} [{one.row.relation}]" for one in opening)
        return
    yield "  Không."
    if not actor.in_force(on):
        yield "  - Nhiệm vụ, tổ chức hoặc tài khoản không còn hiệu lực ngày này."
    elif action != rights.VIEW and absence_of(actor.mandate, on):
        yield "  - Đang vắng mặt: chỉ xem được, người làm thay làm."
    yield from (f"  - {_lacking(one)}" for one in judged)


def _lacking(one: Judged) -> str:
    """Return what a row that opens nothing asks for that is not there."""
    duties = ", ".join(title.vi for duty, title in rights.DUTIES.items() if duty in one.row.duties)
    wants = [] if one.is_of_duty else [f"nhiệm vụ: {duties}"]
    wants += [] if one.is_related else [f"quan hệ “{one.row.relation}”"]
    return f"{one.row.reason.vi} Thiếu {'; '.join(wants) or 'hiệu lực của nhiệm vụ'}."
