"""Lists and search by tokens: the derived tables are made anew (0010 fills them), with one index for all.

On PostgreSQL the index may be read through `publication_found` alone: its settings leave the planner no other
way, for a scan of the table reads every vector, however rare or common the words are.
"""

import datetime
import django.db.models.deletion
from django.db import migrations, models

OLD = {
    "postgresql": [],  # goes with its table
    "sqlite": ["DROP TABLE publication_search_fts"],
}
COLUMNS = "title_words, name_words, lead_words, tokens"
NEW = "".join(f", new.{name}" for name in COLUMNS.split(", "))
GONE = "".join(f", old.{name}" for name in COLUMNS.split(", "))
INSERT = f"INSERT INTO publication_search_fts(rowid, {COLUMNS}) VALUES (new.id{NEW}); "
DELETE = (
    f"INSERT INTO publication_search_fts(publication_search_fts, rowid, {COLUMNS}) VALUES ('delete', old.id{GONE}); "
)
SQLITE = [
    # External content: the words live once, in publication_searchrow. Tokens have no place in a text, so none
    # is kept; columns are, for weights.
    f"CREATE VIRTUAL TABLE publication_search_fts USING fts5({COLUMNS}, content='publication_searchrow', "
    "content_rowid='id', detail=column, tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")",
    f"CREATE TRIGGER publication_search_ai AFTER INSERT ON publication_searchrow BEGIN {INSERT}END",
    f"CREATE TRIGGER publication_search_ad AFTER DELETE ON publication_searchrow BEGIN {DELETE}END",
    f"CREATE TRIGGER publication_search_au AFTER UPDATE OF {COLUMNS} ON publication_searchrow "
    f"BEGIN {DELETE}{INSERT}END",
]
POSTGRESQL = [
    "ALTER TABLE publication_searchrow ADD COLUMN vector tsvector NOT NULL GENERATED ALWAYS AS ("
    "setweight(to_tsvector('simple'::regconfig, title_words), 'A') || "
    "setweight(to_tsvector('simple'::regconfig, name_words), 'B') || "
    "setweight(to_tsvector('simple'::regconfig, lead_words), 'C') || "
    "array_to_tsvector(string_to_array(tokens, ' '))) STORED",
    # Without a list of pending entries, which each search would read through until the next vacuum.
    "CREATE INDEX publication_search_vector ON publication_searchrow USING gin (vector) WITH (fastupdate = off)",
    # Nothing is planned by what ANALYZE would learn of these, and it would read them all.
    *(
        f"ALTER TABLE publication_searchrow ALTER COLUMN {name} SET STATISTICS 0"
        for name in ("vector", "tokens", "said")
    ),
    """
    CREATE FUNCTION publication_found(
        asked tsquery, top bigint, due_before date, due_since date, by_due boolean, most integer
    ) RETURNS SETOF bigint LANGUAGE plpgsql STABLE
    SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off SET jit = off
    AS $$
    DECLARE
        found bigint[];
        newest tsquery;
        level integer;
        width bigint;
    BEGIN
        -- What was published last is looked through first: where it holds enough, the rest is left alone.
        FOR level IN 1..2 LOOP
            width := CASE level WHEN 1 THEN 1024 ELSE 16384 END;
            CONTINUE WHEN by_due OR top < 5 * width;
            SELECT string_agg(format('%s%s', CASE level WHEN 1 THEN '_b' ELSE '_s' END, top / width - n), '|')::tsquery
            INTO newest FROM generate_series(0, 3) n;
            found := ARRAY(
                SELECT s.id FROM publication_searchrow s
                WHERE s.vector @@ (asked && newest)
                AND (due_before IS NULL OR s.earliest_due_on < due_before)
                AND (due_since IS NULL OR s.earliest_due_on IS NULL OR s.earliest_due_on >= due_since)
                ORDER BY s.publication_id DESC LIMIT most
            );
            IF cardinality(found) >= most THEN
                RETURN QUERY SELECT unnest(found);
                RETURN;
            END IF;
        END LOOP;
        RETURN QUERY SELECT s.id FROM publication_searchrow s
            WHERE s.vector @@ asked
            AND (due_before IS NULL OR s.earliest_due_on < due_before)
            AND (due_since IS NULL OR s.earliest_due_on IS NULL OR s.earliest_due_on >= due_since)
            ORDER BY CASE WHEN by_due THEN s.earliest_due_on END, s.publication_id DESC LIMIT most;
    END $$
    """,
]


def forget(apps, schema_editor):
    for statement in OLD[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def build(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('publication', '0008_renewals'),
    ]

    operations = [
        migrations.RunPython(forget, elidable=False),
        migrations.DeleteModel("Standing"),
        migrations.DeleteModel("SearchRow"),
        migrations.CreateModel(
            name='FacetCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=12)),
                ('value', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=250)),
                ('count', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='SearchRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('publication', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='search_row', to='publication.publication')),
                ('listing', models.CharField(choices=[('ket-luan', 'Findings'), ('ke-hoach', 'Plans')], default='ket-luan', max_length=10)),
                ('number_key', models.CharField(max_length=80)),
                ('published_at', models.DateTimeField()),
                ('level', models.CharField(max_length=10)),
                ('province_code', models.CharField(blank=True, max_length=8)),
                ('province_name', models.CharField(blank=True, max_length=120)),
                ('field', models.CharField(max_length=40)),
                ('organization_code', models.CharField(max_length=40)),
                ('organization_name', models.CharField(max_length=200)),
                ('year', models.PositiveSmallIntegerField()),
                ('form', models.CharField(max_length=40)),
                ('form_name', models.CharField(max_length=250)),
                ('validity', models.CharField(max_length=10)),
                ('earliest_due_on', models.DateField(null=True)),
                ('open_count', models.PositiveSmallIntegerField(default=0)),
                ('verified_count', models.PositiveSmallIntegerField(default=0)),
                ('total_count', models.PositiveSmallIntegerField(default=0)),
                ('agencies', models.TextField(default='')),
                ('title_words', models.TextField(default='')),
                ('title_written', models.TextField(default='')),
                ('name_words', models.TextField(default='')),
                ('lead_words', models.TextField(default='')),
                ('tokens', models.TextField(default='')),
                ('said', models.TextField(default='')),
            ],
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('follow_up', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='standing', to='publication.followup')),
                ('row', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='standings', to='publication.searchrow')),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(max_length=30)),
                ('due_on', models.DateField(null=True)),
                ('addressee_code', models.CharField(max_length=40)),
                ('addressee_name', models.CharField(max_length=200)),
                ('stage', models.CharField(choices=[('owed', 'Owed'), ('doing', 'Doing'), ('verified', 'Verified'), ('closed', 'Closed'), ('gone', 'Gone')], default='gone', max_length=10)),
                ('is_final', models.BooleanField(default=False)),
                ('order_on', models.DateField(default=datetime.date(9999, 12, 31))),
                ('year', models.PositiveSmallIntegerField(default=0)),
                ('published_at', models.DateTimeField(default=datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))),
            ],
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(fields=['pdf_size'], name='publication_pdf_size'),
        ),
        migrations.AddIndex(
            model_name='renewal',
            index=models.Index(fields=['pdf_size'], name='publication_renewal_size'),
        ),
        migrations.AddIndex(
            model_name='facetcount',
            index=models.Index(fields=['key', '-count', 'name', 'value'], name='publication_facet_order'),
        ),
        migrations.AddConstraint(
            model_name='facetcount',
            constraint=models.UniqueConstraint(fields=('key', 'value'), name='facet_value_once'),
        ),
        migrations.AddIndex(
            model_name='searchrow',
            index=models.Index(fields=['listing', '-published_at', '-id'], name='publication_listed_newest'),
        ),
        migrations.AddIndex(
            model_name='searchrow',
            index=models.Index(fields=['listing', 'earliest_due_on', '-published_at'], name='publication_listed_due'),
        ),
        migrations.AddIndex(
            model_name='searchrow',
            index=models.Index(fields=['listing', 'year', 'validity', 'total_count', 'verified_count'], name='publication_year_figures'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['is_final', 'order_on', '-published_at', 'number'], name='standing_order'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['stage', 'order_on', '-published_at', 'number'], name='standing_of_stage'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['addressee_code', 'is_final', 'order_on'], name='standing_of_agency'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['year', 'is_final', 'order_on'], name='standing_of_year'),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["year", "stage", "order_on"], name="standing_of_year_stage"),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=models.UniqueConstraint(fields=('row', 'number'), name='standing_once'),
        ),
        migrations.RunPython(build, elidable=False),
    ]
