from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drafts", "0012_apart_and_why")]

    operations = [
        migrations.AddField("outcome", "differing", models.JSONField(default=list)),
        migrations.AddField("remarkgroup", "differing", models.JSONField(default=list)),
    ]
