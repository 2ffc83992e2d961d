"""Words of events move beside them, under a salted hash; links tie the events together.

Two migrations: PostgreSQL does not alter a table in the transaction that has just filled it.
"""

import secrets

import django.core.serializers.json
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from supervision.audit.append_only import LiftAppendOnly
from supervision.audit.canonical import salted


def move_words(apps, schema_editor):
    """Give every event that is there its words, and the event their hash."""
    Event, Words = apps.get_model("audit", "Event"), apps.get_model("audit", "Words")
    for event in Event.objects.order_by("pk").iterator():
        salt = secrets.token_hex(16)
        Words.objects.create(event=event, label=event.actor_label, data=event.data, salt=salt)
        event.commitment = salted({"label": event.actor_label, "data": event.data}, salt)
        event.save(update_fields=["commitment"])


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_triggers")]

    operations = [
        migrations.CreateModel(
            name="Words",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="audit.event",
                    ),
                ),
                ("label", models.CharField(max_length=400)),
                (
                    "data",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                ("salt", models.CharField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.CharField(max_length=64)),
                (
                    "before",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="after",
                        to="audit.link",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="audit.event"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("before", None), ("number", 1)),
                            models.Q(
                                (
                                    "before",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("number"), "-", models.Value(1)
                                    ),
                                ),
                                ("before__isnull", False),
                                ("number__gt", 1),
                            ),
                            _connector="OR",
                        ),
                        name="link_follows_the_one_before",
                    )
                ]
            },
        ),
        LiftAppendOnly("audit_event"),
        migrations.AddField(
            model_name="event",
            name="commitment",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(move_words),
    ]
