from django.db import migrations, models

from supervision.audit.append_only import LiftAppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0005_content'),
    ]

    operations = [
        LiftAppendOnly("audit_content"),
        migrations.AddField(
            model_name='content',
            name='salt',
            field=models.CharField(default='', max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='content',
            name='changing',
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='content',
            name='hash',
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
