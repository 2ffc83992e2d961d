import django.db.models.deletion
from django.db import migrations, models

from supervision.audit.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('publication', '0010_fill_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='Beginning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='beginnings', to='publication.publication')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('publication', 'sha256'), name='publication_beginning_once')],
            },
        ),
        AppendOnly("publication_beginning"),
    ]
