import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0001_initial'),
        ('organizations', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='MailChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('at_once', 'Mỗi thông báo một thư, gửi ngay'), ('morning', 'Một thư mỗi sáng ngày làm việc, lúc 7 giờ'), ('never', 'Không gửi thư; tôi tự vào xem')], max_length=8)),
                ('chosen_at', models.DateTimeField()),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mail_choice', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('kind', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=300)),
                ('address', models.CharField(max_length=200)),
                ('case_code', models.CharField(blank=True, max_length=60)),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('recipients', models.PositiveSmallIntegerField(default=0)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField()),
                ('last_error', models.CharField(blank=True, max_length=300)),
                ('mandate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='organizations.mandate')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='organizations.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['sent_at', 'next_try_at'], name='notices_not_sent_at_0101fd_idx'), models.Index(fields=['organization', '-created_at'], name='notices_not_organiz_d0ffe1_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('mandate__isnull', True)), fields=('key', 'organization'), name='notice_once_for_organization'), models.UniqueConstraint(condition=models.Q(('mandate__isnull', False)), fields=('key', 'mandate'), name='notice_once_for_mandate')],
            },
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('is_last', models.BooleanField(default=False)),
                ('sent_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField()),
                ('last_error', models.CharField(blank=True, max_length=300)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('notices', models.ManyToManyField(related_name='digests', to='notices.notice')),
            ],
            options={
                'indexes': [models.Index(fields=['sent_at', 'next_try_at'], name='notices_dig_sent_at_dd6599_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_last', False)), fields=('user', 'day'), name='digest_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('whole_organization', models.BooleanField(default=False)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calendar_feeds', to='organizations.mandate')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('mandate', 'whole_organization'), name='one_calendar_feed')],
            },
        ),
    ]
