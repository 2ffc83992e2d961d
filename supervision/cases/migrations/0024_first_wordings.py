from __future__ import annotations

from typing import Any

from django.db import migrations

NAMES = (
    *("state", "title", "form", "field", "agency_id", "period"),
    *("first_month", "last_month", "chair_id", "reason", "dropped_on"),
)


def word_what_was_issued(apps: Any, schema_editor: Any) -> None:
    """Items that were issued before wordings were kept have what they say now as their first."""
    item, wording = apps.get_model("cases", "PlanItem"), apps.get_model("cases", "ItemWording")
    for version in apps.get_model("cases", "PlanVersion").objects.order_by("-pk"):
        issued = item.objects.filter(plan=version.plan_id, amends=None, wordings=None).exclude(state="draft")
        wording.objects.bulk_create(
            wording(item_id=one.pop("pk"), version_id=version.pk, at=version.issued_at, **one)
            for one in issued.values("pk", *NAMES)
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_item_wordings")]

    operations = [migrations.RunPython(word_what_was_issued, migrations.RunPython.noop)]
