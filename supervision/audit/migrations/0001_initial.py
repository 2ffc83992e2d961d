import django.core.serializers.json
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        # Each of their steps renders anew all that points at people: they run while little does.
        ('account', '0009_emailaddress_unique_primary_email'),
        ('django_tasks_database', '0021_conditional_partial_index_ordering'),
        ('guardian', '0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more'),
        ('viewflow', '0015_task_scheduled'),
    ]

    operations = [
        migrations.CreateModel(
            name='Content',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_type', models.CharField(max_length=60)),
                ('object_id', models.BigIntegerField()),
                ('salt', models.CharField(max_length=32)),
                ('hash', models.CharField(blank=True, max_length=64)),
                ('changing', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['object_type', 'object_id', '-id'], name='audit_conte_object__b584a9_idx')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('action', models.CharField(max_length=60)),
                ('actor_user_id', models.BigIntegerField(null=True)),
                ('actor_mandate_id', models.BigIntegerField(null=True)),
                ('actor_organization_id', models.BigIntegerField(null=True)),
                ('side', models.CharField(max_length=8)),
                ('object_type', models.CharField(max_length=60)),
                ('object_id', models.BigIntegerField()),
                ('thread_type', models.CharField(blank=True, max_length=60)),
                ('thread_id', models.BigIntegerField(null=True)),
                ('commitment', models.CharField(max_length=64)),
                ('content', models.CharField(max_length=64, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['thread_type', 'thread_id', '-id'], name='audit_event_thread__62cc66_idx'), models.Index(fields=['object_type', 'object_id'], name='audit_event_object__f2d1b4_idx')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('hash', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Words',
            fields=[
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='audit.event')),
                ('label', models.CharField(max_length=400)),
                ('data', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('salt', models.CharField(max_length=32)),
            ],
        ),
        migrations.AddField(
            model_name='content',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contents', to='audit.event'),
        ),
        migrations.AddField(
            model_name='link',
            name='before',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='after', to='audit.link'),
        ),
        migrations.AddField(
            model_name='link',
            name='event',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='audit.event'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('before', None), ('number', 1)), models.Q(('before', django.db.models.expressions.CombinedExpression(models.F('number'), '-', models.Value(1))), ('before__isnull', False), ('number__gt', 1)), _connector='OR'), name='link_follows_the_one_before'),
        ),
    ]
