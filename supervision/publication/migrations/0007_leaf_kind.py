import json

from django.db import migrations, models

from supervision.audit.append_only import AppendOnly, LiftAppendOnly


def fill(apps, schema_editor):
    """Give each leaf the kind that its body says."""
    for leaf in apps.get_model("publication", "Leaf").objects.order_by("index").iterator():
        leaf.kind = json.loads(leaf.body)["kind"]
        leaf.save(update_fields=["kind"])


class Migration(migrations.Migration):
    dependencies = [("publication", "0006_log")]

    operations = [
        LiftAppendOnly("publication_leaf"),
        migrations.AddField(
            model_name="leaf",
            name="kind",
            field=models.CharField(default="", max_length=12),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="leaf",
            index=models.Index(fields=["kind", "-index"], name="publication_kind_45a15c_idx"),
        ),
        AppendOnly("publication_leaf"),
    ]
