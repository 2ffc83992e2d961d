"""What publications have in the database beside their tables: the index of words, and the row of the log.

On PostgreSQL the index may be read through `publication_found` alone: its settings leave the planner no other
way, for a scan of the table reads every vector, however rare or common the words are.
"""

from __future__ import annotations

from typing import Any

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


def build(apps: Any, schema_editor: Any) -> None:
    """Make the index of words, what keeps it, and on PostgreSQL the function that reads it."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def begin_log(apps: Any, schema_editor: Any) -> None:
    """Make the one row that whoever appends to the log holds."""
    apps.get_model("publication", "Log").objects.create(pk=1)
