from django.db import migrations

from supervision.audit.append_only import AppendOnly

SQLITE = [
    # External content: the words live once, in publication_searchrow; FTS5 keeps the index only.
    "CREATE VIRTUAL TABLE publication_search_fts USING fts5("
    "folded, content='publication_searchrow', content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER publication_search_ai AFTER INSERT ON publication_searchrow BEGIN "
    "INSERT INTO publication_search_fts(rowid, folded) VALUES (new.id, new.folded); END",
    "CREATE TRIGGER publication_search_ad AFTER DELETE ON publication_searchrow BEGIN "
    "INSERT INTO publication_search_fts(publication_search_fts, rowid, folded) "
    "VALUES ('delete', old.id, old.folded); END",
    "CREATE TRIGGER publication_search_au AFTER UPDATE OF folded ON publication_searchrow BEGIN "
    "INSERT INTO publication_search_fts(publication_search_fts, rowid, folded) "
    "VALUES ('delete', old.id, old.folded); "
    "INSERT INTO publication_search_fts(rowid, folded) VALUES (new.id, new.folded); END",
]
POSTGRESQL = [
    "CREATE INDEX publication_search_words ON publication_searchrow USING gin (to_tsvector('simple', folded))",
]


def build(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX publication_search_words", params=None)
        return
    for name in ("ai", "ad", "au"):
        schema_editor.execute(f"DROP TRIGGER publication_search_{name}", params=None)
    schema_editor.execute("DROP TABLE publication_search_fts", params=None)


class Migration(migrations.Migration):
    dependencies = [("publication", "0001_initial")]

    operations = [
        AppendOnly("publication_publication"),
        AppendOnly("publication_entry"),
        AppendOnly("publication_followup"),
        migrations.RunPython(build, drop, elidable=False),
    ]
