from __future__ import annotations

from typing import Any

from django.db import migrations, models


def set_beside(apps: Any, schema_editor: Any) -> None:
    """What people found of doubts leaves the words that others read: those change as editions alone."""
    texts = apps.get_model("drafts", "DraftText").objects
    for text in texts.order_by("pk").iterator(chunk_size=5):
        if accepted := text.body.get("accepted"):
            texts.filter(pk=text.pk).update(accepted=accepted)


class Migration(migrations.Migration):
    dependencies = [("drafts", "0013_differing_words")]

    operations = [
        migrations.AddField("drafttext", "accepted", models.JSONField(default=list)),
        migrations.RunPython(set_beside, migrations.RunPython.noop),
    ]
