import django.db.models.deletion
import supervision.language.codes
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casefiles', '0001_initial'),
        ('cases', '0001_initial'),
        ('deadlines', '0001_initial'),
        ('documents', '0001_initial'),
        ('organizations', '0001_initial'),
        ('organizations', '__first__'),
        ('viewflow', '0015_task_scheduled'),
    ]

    operations = [
        migrations.CreateModel(
            name='SupervisionProcess',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('viewflow.process',),
        ),
        migrations.CreateModel(
            name='BulkAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=supervision.language.codes.new_public_id, editable=False, max_length=26, unique=True)),
                ('key', models.CharField(max_length=64, unique=True)),
                ('content', models.CharField(blank=True, max_length=64)),
                ('kind', models.CharField(choices=[('assign', 'Assign'), ('remind', 'Remind')], max_length=8)),
                ('at', models.DateTimeField()),
                ('results', models.JSONField(default=list)),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
            ],
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.CharField(choices=[('password', 'Password'), ('sample', 'Sample')], max_length=12)),
                ('earned_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('earned_at'))), name='confirmation_runs_out')],
            },
        ),
        migrations.CreateModel(
            name='ConfirmedAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.CharField(max_length=64)),
                ('spent_at', models.DateTimeField(null=True)),
                ('confirmation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='supervision_workflows.confirmation')),
            ],
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('content', models.CharField(blank=True, max_length=64)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casefiles.case')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
            ],
        ),
        migrations.CreateModel(
            name='WorkItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=supervision.language.codes.new_public_id, editable=False, max_length=26, unique=True)),
                ('form', models.CharField(max_length=40)),
                ('step', models.CharField(max_length=60)),
                ('duties', models.CharField(blank=True, max_length=80)),
                ('named', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('taken_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('done', 'Done'), ('cancelled', 'Cancelled')], max_length=10)),
                ('acted_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
                ('assigned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='work_items', to='casefiles.case')),
                ('change', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='work_items', to='cases.changerequest')),
                ('consultation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='work_items', to='cases.consultation')),
                ('criticism', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='work_items', to='cases.criticism')),
                ('deadline', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='work_items', to='deadlines.deadline')),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='work_items', to='documents.document')),
                ('finished_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
                ('inquiry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='work_items', to='cases.inquiry')),
                ('mandate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='work_items', to='organizations.mandate')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='work_items', to='organizations.organization')),
                ('process', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='viewflow.process')),
                ('recommendation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='work_items', to='cases.recommendation')),
                ('task', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='work_item', to='viewflow.task')),
            ],
            options={
                'indexes': [models.Index(fields=['organization', 'finished_at', 'mandate'], name='supervision_organiz_c90060_idx'), models.Index(fields=['mandate', 'finished_at'], name='supervision_mandate_6ce12d_idx'), models.Index(fields=['case', 'finished_at'], name='supervision_case_id_6deb92_idx'), models.Index(fields=['assigned_by', 'finished_at'], name='supervision_assigne_309176_idx')],
            },
        ),
        migrations.CreateModel(
            name='WorkingCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('data', models.JSONField()),
                ('saved_at', models.DateTimeField()),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='working_copies', to='supervision_workflows.workitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'mandate'), name='one_working_copy')],
            },
        ),
        migrations.CreateModel(
            name='DoneAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('content', models.CharField(blank=True, max_length=64)),
                ('at', models.DateTimeField()),
                ('data', models.JSONField(default=dict)),
                ('receipt', models.JSONField(default=dict)),
                ('confirmed', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='supervision_workflows.confirmedact')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='supervision_workflows.workitem')),
            ],
        ),
        migrations.AddField(
            model_name='confirmedact',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='supervision_workflows.workitem'),
        ),
        migrations.AddConstraint(
            model_name='confirmedact',
            constraint=models.UniqueConstraint(fields=('confirmation', 'item'), name='confirmed_once'),
        ),
    ]
