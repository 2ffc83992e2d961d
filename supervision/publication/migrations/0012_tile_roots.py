from django.db import migrations, models

from supervision.audit.append_only import AppendOnly, LiftAppendOnly
from supervision.publication.log.merkle import folded


def fill(apps, schema_editor):
    """Reckon the hash over each tile that is kept."""
    Tile = apps.get_model("publication", "Tile")
    for tile in Tile.objects.iterator():
        tile.root = folded(bytes(tile.hashes))
        tile.save(update_fields=["root"])


class Migration(migrations.Migration):

    dependencies = [
        ('publication', '0011_beginnings'),
    ]

    operations = [
        LiftAppendOnly("publication_tile"),
        migrations.AddField(
            model_name='tile',
            name='root',
            field=models.BinaryField(default=b"", max_length=32),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        AppendOnly("publication_tile"),
    ]
