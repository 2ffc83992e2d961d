from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_session_times'),
    ]

    operations = [
        migrations.AddField(
            model_name='session',
            name='place',
            field=models.CharField(blank=True, default='', max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='session',
            name='delegation_attendance',
            field=models.TextField(default=''),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='session',
            name='opening',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='session',
            name='report',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='session',
            name='requests',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
    ]
