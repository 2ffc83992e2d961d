import django.db.models.deletion
import supervision.language.codes
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('organizations', '0001_initial'),
        ('organizations', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=supervision.language.codes.new_public_id, editable=False, max_length=26, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('subject', models.CharField(max_length=400)),
                ('context', models.JSONField()),
                ('state', models.CharField(choices=[('prepared', 'đã soạn'), ('signing', 'đang ký'), ('signed', 'đã ký'), ('stuck', 'ký chưa xong'), ('returned', 'trả lại để sửa, giữ số'), ('abandoned', 'đã hủy, số không dùng lại')], default='prepared', max_length=10)),
                ('series', models.CharField(blank=True, max_length=60)),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('number', models.PositiveIntegerField(null=True)),
                ('number_text', models.CharField(blank=True, max_length=80)),
                ('code', models.CharField(max_length=26, null=True, unique=True)),
                ('verify_address', models.CharField(blank=True, max_length=200)),
                ('issued_on', models.DateField(null=True)),
                ('capacity', models.CharField(blank=True, max_length=6)),
                ('requested_at', models.DateTimeField(null=True)),
                ('signed_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('public_context', models.JSONField(null=True)),
                ('edition_trouble', models.CharField(blank=True, max_length=300)),
                ('is_handed_out', models.BooleanField(default=False)),
                ('trouble', models.CharField(blank=True, max_length=300)),
                ('unused_reason', models.CharField(blank=True, max_length=300)),
                ('continues', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continued_by', to='documents.document')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
                ('drafted_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='organizations.organization')),
                ('signer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'requested_at'], name='documents_d_state_27e92d_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('number__isnull', False)), fields=('organization', 'series', 'year', 'number'), name='document_number_once'), models.CheckConstraint(condition=models.Q(('signer__isnull', True), models.Q(('signer', models.F('drafted_by')), _negated=True), _connector='OR'), name='document_signed_by_another_mandate', violation_error_message='Người soạn không được tự ký văn bản của mình.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'abandoned'), _negated=True), ('number__isnull', True), models.Q(('unused_reason', ''), _negated=True), _connector='OR'), name='document_number_unused_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('certificate_sha256', models.CharField(max_length=64)),
                ('certificate_subject', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='documents.document')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
        ),
        migrations.CreateModel(
            name='SigningAuthorization',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=supervision.language.codes.new_public_id, editable=False, max_length=26, unique=True)),
                ('key', models.CharField(max_length=64, null=True, unique=True)),
                ('content', models.CharField(blank=True, max_length=64)),
                ('form', models.CharField(choices=[('TL', 'thừa lệnh (TL.)'), ('TUQ', 'thừa ủy quyền (TUQ.)')], max_length=3)),
                ('kinds', models.CharField(max_length=800)),
                ('working_rules', models.CharField(blank=True, max_length=200)),
                ('decision_number', models.CharField(blank=True, max_length=80)),
                ('decision_on', models.DateField(null=True)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField()),
                ('granted_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('revoke_reason', models.CharField(blank=True, max_length=300)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.attachment')),
                ('grantee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signing_authorizations', to='organizations.mandate')),
                ('grantor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('passed_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='passed_on', to='documents.signingauthorization')),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
            ],
            options={
                'indexes': [models.Index(fields=['grantee', 'until_on'], name='documents_s_grantee_0f44cc_idx'), models.Index(fields=['organization', '-granted_at'], name='documents_s_organiz_ffd4d9_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='authorization_days_in_order', violation_error_message='Ngày kết thúc phải từ ngày bắt đầu trở đi.'), models.CheckConstraint(condition=models.Q(('grantee', models.F('grantor')), _negated=True), name='authorization_to_another', violation_error_message='Không ai tự giao quyền ký cho mình.'), models.CheckConstraint(condition=models.Q(('kinds', ''), _negated=True), name='authorization_names_kinds'), models.CheckConstraint(condition=models.Q(models.Q(('form', 'TL'), ('working_rules__gt', '')), models.Q(('form', 'TUQ'), models.Q(models.Q(('decision_number__gt', ''), ('decision_on__isnull', False)), ('file__isnull', False), _connector='OR')), _connector='OR'), name='authorization_rests_on_paper', violation_error_message='TL. phải có trong quy chế làm việc; TUQ. phải bằng văn bản.'), models.CheckConstraint(condition=models.Q(('passed_from__isnull', True), ('form', 'TL'), _connector='OR'), name='authorization_tuq_goes_no_further', violation_error_message='Người được ký thừa ủy quyền không được ủy quyền lại.'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='authorization_revoked_by_someone')],
            },
        ),
        migrations.AddField(
            model_name='document',
            name='authorization',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='documents.signingauthorization'),
        ),
        migrations.CreateModel(
            name='SigningCertificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('subject', models.CharField(max_length=300)),
                ('not_before', models.DateTimeField()),
                ('not_after', models.DateTimeField()),
                ('added_at', models.DateTimeField()),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['not_after'], name='documents_s_not_aft_b12253_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organization__isnull', False), ('person', None)), models.Q(('organization', None), ('person__isnull', False)), _connector='OR'), name='certificate_has_one_holder')],
            },
        ),
        migrations.CreateModel(
            name='NumberRegister',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=60)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organization', 'series', 'year'), name='register_once')],
            },
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_signed', models.BooleanField()),
                ('is_public', models.BooleanField(default=False)),
                ('certificate_sha256', models.CharField(blank=True, max_length=64)),
                ('pages', models.PositiveSmallIntegerField()),
                ('stamp_until', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField()),
                ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.blob')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='renditions', to='documents.document')),
                ('renews', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewed', to='documents.rendition')),
            ],
            options={
                'indexes': [models.Index(fields=['stamp_until'], name='documents_r_stamp_u_1be099_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_signed', True)), fields=('document',), name='one_signed_rendition'), models.UniqueConstraint(condition=models.Q(('is_public', True)), fields=('document',), name='one_public_edition')],
            },
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('authorization__isnull', False), ('capacity__in', ('TL', 'TL_KT', 'TUQ'))), models.Q(models.Q(('capacity__in', ('TL', 'TL_KT', 'TUQ')), _negated=True), ('authorization__isnull', True)), _connector='OR'), name='document_by_order_is_authorized'),
        ),
    ]
