import django.db.models.deletion
from django.db import migrations, models

#: Numbers that were given up before the reason was kept.
_BEFORE = (
    "UPDATE documents_document SET unused_reason = 'Chưa ghi lý do: văn bản bị hủy trước khi cổng lưu lý do.' "
    "WHERE state = 'abandoned' AND number IS NOT NULL"
)


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0007_renewals'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='continues',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continued_by', to='documents.document'),
        ),
        migrations.AddField(
            model_name='document',
            name='unused_reason',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='document',
            name='edition_trouble',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name='document',
            name='state',
            field=models.CharField(choices=[('prepared', 'đã soạn'), ('signing', 'đang ký'), ('signed', 'đã ký'), ('stuck', 'ký chưa xong'), ('returned', 'trả lại để sửa, giữ số'), ('abandoned', 'đã hủy, số không dùng lại')], default='prepared', max_length=10),
        ),
        migrations.RunSQL(_BEFORE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'abandoned'), _negated=True), ('number__isnull', True), models.Q(('unused_reason', ''), _negated=True), _connector='OR'), name='document_number_unused_for_a_reason'),
        ),
    ]
