"""Facts, positions, heads, nodes and documents refuse UPDATE, DELETE and TRUNCATE; every new fact joins the queue."""

from django.db import migrations

TABLES = ("evidence_fact", "evidence_position", "evidence_head", "evidence_node", "evidence_document")
KEYS = {  # by which INSERT OR REPLACE could rewrite a row on SQLite when a client turns recursive triggers off
    "evidence_fact": ("id", "digest"), "evidence_position": ("seq", "fact_id"), "evidence_head": ("size",), "evidence_node": ("index",),
    "evidence_document": ("digest",),
}


def forwards(apps, editor):
    statements = _postgresql() if editor.connection.vendor == "postgresql" else _sqlite()
    for statement in statements:
        editor.execute(statement, params=None)


def _sqlite():
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            yield (f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                   f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")
    for table, keys in KEYS.items():
        for key in keys:
            yield (f"CREATE TRIGGER {table}_{key}_no_replace BEFORE INSERT ON {table} "
                   f"WHEN EXISTS (SELECT 1 FROM {table} WHERE \"{key}\" = NEW.\"{key}\") "
                   f"BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: {table} is append-only'); END")
    yield ("CREATE TRIGGER evidence_fact_queue AFTER INSERT ON evidence_fact "
           "BEGIN INSERT INTO evidence_pending (fact_id) VALUES (NEW.id); END")


def _postgresql():
    yield ("CREATE FUNCTION fuhua_append_only() RETURNS trigger LANGUAGE plpgsql AS "
           "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$")
    yield ("CREATE FUNCTION fuhua_queue_fact() RETURNS trigger LANGUAGE plpgsql AS "
           "$$ BEGIN INSERT INTO evidence_pending (fact_id) VALUES (NEW.id); RETURN NULL; END $$")
    for table in TABLES:
        yield (f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
               "FOR EACH STATEMENT EXECUTE FUNCTION fuhua_append_only()")
        yield (f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
               "FOR EACH STATEMENT EXECUTE FUNCTION fuhua_append_only()")
    yield ("CREATE TRIGGER evidence_fact_queue AFTER INSERT ON evidence_fact "
           "FOR EACH ROW EXECUTE FUNCTION fuhua_queue_fact()")


class Migration(migrations.Migration):
    """Append-only by the database itself; there is no way back."""

    dependencies = [("evidence", "0001_initial")]
    operations = [migrations.RunPython(forwards)]
