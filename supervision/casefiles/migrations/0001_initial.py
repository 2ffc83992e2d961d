import django.db.models.deletion
import supervision.language.codes
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('files', '0001_initial'),
        ('organizations', '0001_initial'),
        ('organizations', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=supervision.language.codes.new_public_id, editable=False, max_length=26, unique=True)),
                ('code', models.CharField(max_length=60, unique=True)),
                ('form', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=300)),
                ('field', models.CharField(max_length=40)),
                ('grounds', models.TextField()),
                ('state', models.CharField(choices=[('running', 'đang tiến hành'), ('postponed', 'đang hoãn'), ('cancelled', 'đã hủy'), ('closed', 'đã kết thúc')], default='running', max_length=10)),
                ('stage', models.PositiveSmallIntegerField(default=1)),
                ('opened_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('postponed_on', models.DateField(null=True)),
                ('outcome', models.TextField(blank=True)),
                ('search_text', models.TextField(blank=True)),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_cases', to='organizations.organization')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
            ],
            options={
                'indexes': [models.Index(fields=['lead', 'state', '-opened_at'], name='casefiles_c_lead_id_78b8c8_idx'), models.Index(fields=['-opened_at'], name='casefiles_c_opened__68b107_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ['running', 'postponed'])), models.Q(('ended_at__isnull', False), ('state__in', ['cancelled', 'closed'])), _connector='OR'), name='case_ends_with_a_time', violation_error_message='Hồ sơ kết thúc phải có thời điểm kết thúc.')],
            },
        ),
        migrations.CreateModel(
            name='CaseGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=160)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='casefiles.case')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='casefiles_casegrant_dates_in_order', violation_error_message='Ngày kết thúc phải từ ngày bắt đầu trở đi.'), models.UniqueConstraint(fields=('content_object', 'mandate', 'permission', 'source', 'from_on'), name='casefiles_casegrant_once', violation_error_message='Quyền này đã được ghi.')],
            },
        ),
        migrations.CreateModel(
            name='CaseNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prefix', models.CharField(max_length=4)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organization', 'prefix', 'year'), name='case_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=60)),
                ('data', models.JSONField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='casefiles.case')),
                ('files', models.ManyToManyField(related_name='+', to='files.attachment')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'step', '-id'], name='casefiles_r_case_id_3f8d8b_idx')],
            },
        ),
    ]
