"""No two occupying reservations of a resource overlap: an exclusion constraint on PostgreSQL, triggers on SQLite."""

from django.db import migrations

OCCUPYING = "('offered', 'held', 'running', 'used')"


def forwards(apps, editor):
    for statement in _postgresql() if editor.connection.vendor == "postgresql" else _sqlite():
        editor.execute(statement, params=None)


def _postgresql():
    # a range of one id instead of the id itself: so the index needs no extension
    yield ("ALTER TABLE exchange_reservation ADD CONSTRAINT slot_held_once EXCLUDE USING gist ("
           "int8range(resource_id, resource_id, '[]') WITH &&, tstzrange(start, \"end\") WITH &&) "
           f"WHERE (state IN {OCCUPYING})")


def _sqlite():
    for name, event in (("insert", "INSERT"), ("update", "UPDATE OF resource_id, start, \"end\", state")):
        yield (f"CREATE TRIGGER exchange_reservation_held_once_{name} BEFORE {event} ON exchange_reservation "
               f"WHEN NEW.state IN {OCCUPYING} AND EXISTS ("
               f"SELECT 1 FROM exchange_reservation AS other WHERE other.resource_id = NEW.resource_id AND other.state IN {OCCUPYING} "
               "AND other.\"end\" > NEW.start AND other.start < NEW.\"end\" AND other.id IS NOT NEW.id) "
               "BEGIN SELECT RAISE(ABORT, 'slot_held_once'); END")


class Migration(migrations.Migration):
    """Kept by the database itself; there is no way back."""

    dependencies = [("exchange", "0001_initial")]
    operations = [migrations.RunPython(forwards)]
