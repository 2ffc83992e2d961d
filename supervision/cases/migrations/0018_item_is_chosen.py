from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Concat


def keep_what_was_typed(apps: Any, schema_editor: Any) -> None:
    """What was typed of an item and leads to none stays readable in the grounds, and is cited nowhere."""
    cases = apps.get_model("cases", "Case")
    typed = cases.objects.filter(annual_item=None).exclude(plan_item="")
    typed.update(
        grounds=Concat(F("grounds"), Value("\nMục kế hoạch năm ghi khi mở hồ sơ: "), F("plan_item"), Value("."))
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_embargo")]

    operations = [
        migrations.RunPython(keep_what_was_typed, migrations.RunPython.noop),
        migrations.RemoveField("case", "plan_item"),
    ]
