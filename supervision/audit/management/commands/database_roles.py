"""`database_roles`: what the role of the application may do in PostgreSQL, beside the tables' owner."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from supervision.audit.roles import Unfit, grants, may_too_much


class Command(BaseCommand):
    help = (
        "In ra, hoặc thực hiện (--thuc-hien), các lệnh cấp quyền cho vai trò cơ sở dữ liệu của ứng dụng. "
        "Chạy bằng vai trò sở hữu, sau mỗi lần migrate."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--app", required=True, metavar="VAI_TRÒ", help="vai trò mà ứng dụng dùng")
        parser.add_argument("--thuc-hien", action="store_true", dest="run", help="thực hiện, không chỉ in ra")

    def handle(self, *, app: str, run: bool, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Chỉ PostgreSQL có vai trò; SQLite do quyền trên tệp quyết định.")
        try:
            statements = grants(connection, app)
        except Unfit as error:
            raise CommandError(str(error)) from error
        for statement in statements:
            self.stdout.write(f"{statement};")
        if run:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
            if more := may_too_much(connection, app):
                raise CommandError(f"Vai trò {app} vẫn còn quyền do nơi khác cấp: {more}.")
