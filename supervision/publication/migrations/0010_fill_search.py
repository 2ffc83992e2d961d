"""Fill the derived tables that 0009 made."""

from django.db import migrations

from supervision.publication import facets, index


def fill(apps, schema_editor):
    models = {name: apps.get_model("publication", name) for name in ("SearchRow", "Standing", "FacetCount")}
    for publication in apps.get_model("publication", "Publication").objects.order_by("id").iterator(chunk_size=100):
        current = index.newest(publication.follow_ups.order_by("id"))
        what = set(publication.entries.values_list("what", flat=True))
        row = models["SearchRow"].objects.create(
            publication=publication, **index.columns(publication, current, what)
        )
        models["Standing"].objects.bulk_create(
            models["Standing"](row=row, **index.standing(follow_up, row)) for follow_up in current
        )
    facets.recount(
        models["SearchRow"].objects.filter(listing="ket-luan").defer("tokens", "said").iterator(chunk_size=2_000),
        models["FacetCount"],
    )


class Migration(migrations.Migration):
    dependencies = [("publication", "0009_search_tokens")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
