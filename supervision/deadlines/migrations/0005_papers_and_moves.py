from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0004_clocks_by_hand_and_backlog")]

    operations = [
        migrations.AddField(
            "deadline",
            "paper_number",
            models.CharField(blank=True, default="", max_length=80),
            preserve_default=False,
        ),
        migrations.AddField("deadline", "paper_on", models.DateField(null=True)),
        migrations.AddField(
            "deadline",
            "paper_by",
            models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField("deadline", "moved", models.JSONField(blank=True, default=list)),
        migrations.AddField("recount", "corrections", models.JSONField(blank=True, default=list)),
        migrations.AddConstraint(
            "deadline",
            models.CheckConstraint(
                condition=Q(paper_number="", paper_on__isnull=True, paper_by="")
                | (~Q(paper_number="") & Q(paper_on__isnull=False) & ~Q(paper_by="")),
                name="deadline_paper_is_named_whole",
                violation_error_message="Văn bản đặt hạn phải có đủ số, ngày và nơi ban hành.",
            ),
        ),
    ]
