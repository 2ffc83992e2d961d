from django.db import migrations

from supervision.audit.append_only import AppendOnly

_SAID = (
    "EXISTS (SELECT 1 FROM audit_event WHERE action = 'words.erased' "
    "AND object_type = 'audit.event' AND object_id = OLD.event_id)"
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_words_and_chain")]

    operations = [
        migrations.RemoveField(model_name="event", name="actor_label"),
        migrations.RemoveField(model_name="event", name="data"),
        AppendOnly("audit_event"),
        AppendOnly("audit_link"),
        AppendOnly("audit_words", may_delete=_SAID),
    ]
