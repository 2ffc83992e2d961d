from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.utils import timezone

PASSED = -1  # `deadlines.reminders.PASSED`


def mark_backlog(apps: Any, schema_editor: Any) -> None:
    """Where reminders were never sent, what has passed by now waits to be told in one line."""
    deadlines, reminders = apps.get_model("deadlines", "Deadline"), apps.get_model("deadlines", "Reminder")
    if reminders.objects.exists():
        return
    now = timezone.now()
    late = deadlines.objects.filter(
        met_on__isnull=True,
        dropped_at__isnull=True,
        paused_from_on__isnull=True,
        due_on__lt=timezone.localdate(now),
    )
    reminders.objects.bulk_create(
        [
            reminders(deadline_id=pk, due_on=due_on, days_before=PASSED, in_backlog=True, at=now)
            for pk, due_on in late.values_list("pk", "due_on")
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0003_reminders")]

    operations = [
        migrations.AddField("pause", "by_hand", models.BooleanField(default=False)),
        migrations.AddField("reminder", "in_backlog", models.BooleanField(default=False)),
        migrations.AddIndex(
            "reminder",
            models.Index(
                fields=["deadline"], condition=models.Q(("in_backlog", True)), name="reminder_backlog"
            ),
        ),
        migrations.RunPython(mark_backlog, migrations.RunPython.noop),
    ]
