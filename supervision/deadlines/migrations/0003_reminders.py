import django.db.models.deletion
from django.db import migrations, models

import supervision.language.codes


def give_addresses(apps, schema_editor):
    """Every deadline kept so far gets the random name under which its page is found."""
    Deadline = apps.get_model('deadlines', 'Deadline')
    batch = []
    for deadline in Deadline.objects.filter(public_id__isnull=True).only('pk').iterator(chunk_size=2000):
        deadline.public_id = supervision.language.codes.new_public_id()
        batch.append(deadline)
    Deadline.objects.bulk_update(batch, ['public_id'], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('deadlines', '0002_by_default'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField()),
                ('days_before', models.SmallIntegerField()),
                ('at', models.DateTimeField()),
                ('deadline', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='deadlines.deadline')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('deadline', 'due_on', 'days_before'), name='reminder_told_once')],
            },
        ),
        migrations.AddField(
            model_name='deadline',
            name='public_id',
            field=models.CharField(editable=False, max_length=26, null=True),
        ),
        migrations.RunPython(give_addresses, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='deadline',
            name='public_id',
            field=models.CharField(default=supervision.language.codes.new_public_id, editable=False, max_length=26, unique=True),
        ),
    ]
