from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0022_one_case_an_item"),
        ("organizations", "0002_acting_for_substitutions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="planitem",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.organization"
            ),
        ),
        migrations.CreateModel(
            name="ItemWording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "dự kiến"),
                            ("in_force", "trong kế hoạch"),
                            ("dropped", "đã bỏ khỏi kế hoạch"),
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("form", models.CharField(max_length=4)),
                ("field", models.CharField(max_length=40)),
                ("period", models.CharField(max_length=3)),
                ("first_month", models.PositiveSmallIntegerField()),
                ("last_month", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("dropped_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wordings",
                        to="cases.planitem",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wordings",
                        to="cases.planversion",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
