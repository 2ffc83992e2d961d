import django.db.models.deletion
import supervision.language.codes
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(max_length=64, unique=True, verbose_name='tên đăng nhập')),
                ('display_name', models.CharField(max_length=120, verbose_name='họ và tên')),
                ('search_text', models.CharField(db_index=True, editable=False, max_length=160)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='thư điện tử')),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('password_line', models.CharField(blank=True, editable=False, max_length=40)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'người dùng',
            },
        ),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=supervision.language.codes.new_public_id, editable=False, max_length=26, unique=True)),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('kind', models.CharField(choices=[('front', 'Mặt trận Tổ quốc'), ('trade_union', 'Công đoàn'), ('farmers', 'Hội Nông dân'), ('youth', 'Đoàn Thanh niên'), ('women', 'Hội Liên hiệp Phụ nữ'), ('veterans', 'Hội Cựu chiến binh'), ('member', 'tổ chức thành viên khác'), ('advisory', 'hội đồng, tổ tư vấn'), ('board', 'ban ở cơ sở'), ('council', 'Hội đồng nhân dân'), ('committee', 'Ủy ban nhân dân'), ('government', 'Chính phủ'), ('ministry', 'bộ, cơ quan ngang bộ'), ('department', 'sở, phòng'), ('unit', 'đơn vị sự nghiệp'), ('party', 'cấp ủy'), ('elected', 'cơ quan dân cử khác')], max_length=12)),
                ('level', models.CharField(choices=[('centre', 'trung ương'), ('province', 'cấp tỉnh'), ('commune', 'cấp xã')], max_length=10)),
                ('name', models.CharField(max_length=200)),
                ('short_name', models.CharField(max_length=120)),
                ('deciding_body', models.CharField(blank=True, max_length=80)),
                ('symbol', models.CharField(blank=True, max_length=30)),
                ('path', models.CharField(blank=True, db_index=True, max_length=120)),
                ('search_text', models.CharField(db_index=True, max_length=240)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('is_sample', models.BooleanField(default=False)),
                ('front', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='organizations.organization')),
                ('superior', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='subordinates', to='organizations.organization')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='organization_dates_in_order', violation_error_message='Ngày kết thúc phải từ ngày bắt đầu trở đi.')],
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=supervision.language.codes.new_public_id, editable=False, max_length=26, unique=True)),
                ('duty', models.CharField(choices=[('officer', 'chuyên viên'), ('clerk', 'văn thư'), ('signer', 'người ký'), ('chair', 'người đứng đầu'), ('expert', 'chuyên gia, thành viên được mời'), ('agency_responder', 'người soạn trả lời'), ('agency_leader', 'lãnh đạo cơ quan'), ('administrator', 'quản trị viên')], max_length=20)),
                ('title', models.CharField(max_length=120)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('decision_number', models.CharField(max_length=80)),
                ('decision_on', models.DateField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='organizations.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['organization', 'duty'], name='organizatio_organiz_ed6888_idx'), models.Index(fields=['user'], name='organizatio_user_id_658179_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='mandate_dates_in_order', violation_error_message='Ngày kết thúc phải từ ngày bắt đầu trở đi.')],
            },
        ),
        migrations.CreateModel(
            name='Setting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('value', models.PositiveSmallIntegerField()),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='settings', to='organizations.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organization', 'key'), name='setting_once')],
            },
        ),
        migrations.CreateModel(
            name='Substitution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=supervision.language.codes.new_public_id, editable=False, max_length=26, unique=True)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('absent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='organizations.mandate')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.mandate')),
                ('substitute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='substitutions', to='organizations.mandate')),
            ],
            options={
                'indexes': [models.Index(fields=['substitute', 'until_on'], name='organizatio_substit_48ea4d_idx'), models.Index(fields=['absent', 'until_on'], name='organizatio_absent__764613_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='substitution_days_in_order', violation_error_message='Ngày kết thúc phải từ ngày bắt đầu trở đi.'), models.CheckConstraint(condition=models.Q(('absent', models.F('substitute')), _negated=True), name='substitution_by_another', violation_error_message='Người làm thay phải là người khác.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='substitution_ended_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('rename', 'đổi tên'), ('merger', 'hợp nhất, sáp nhập'), ('split', 'chia, tách')], max_length=8)),
                ('effective_on', models.DateField()),
                ('decision_number', models.CharField(max_length=80)),
                ('decision_on', models.DateField()),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='organizations.organization')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inheritances', to='organizations.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor'), name='succession_once', violation_error_message='Việc kế thừa này đã được ghi.'), models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='succession_to_another', violation_error_message='Một tổ chức không thể kế thừa chính mình.')],
            },
        ),
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8, unique=True)),
                ('level', models.CharField(choices=[('centre', 'trung ương'), ('province', 'cấp tỉnh'), ('commune', 'cấp xã')], max_length=10)),
                ('kind', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=120)),
                ('search_text', models.CharField(db_index=True, max_length=160)),
                ('is_sample', models.BooleanField(default=False)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organizations.territory')),
            ],
            options={
                'indexes': [models.Index(fields=['level', 'parent'], name='organizatio_level_9a32de_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('level', 'centre'), ('parent__isnull', True)), models.Q(models.Q(('level', 'centre'), _negated=True), ('parent__isnull', False)), _connector='OR'), name='territory_parent_matches_level', violation_error_message='Chỉ cấp trung ương không có đơn vị cấp trên.')],
            },
        ),
        migrations.AddField(
            model_name='organization',
            name='territory',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organizations', to='organizations.territory'),
        ),
        migrations.AddIndex(
            model_name='organization',
            index=models.Index(fields=['kind', 'level', 'territory'], name='organizatio_kind_04d446_idx'),
        ),
    ]
