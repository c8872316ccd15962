"""The database itself refuses to change what was told."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from fuhua.evidence import models
from fuhua.evidence.actions import sequence

pytestmark = pytest.mark.django_db
TABLES = {"evidence_fact": "id", "evidence_position": "seq", "evidence_head": "size", "evidence_node": "index"}


@pytest.fixture
def a_log(tell, trip, at) -> None:
    """A log with at least one row in every append-only table."""
    for number in range(256):
        tell(trip(number))
    sequence.catch_up(at=at())
    connection.check_constraints()  # PostgreSQL truncates nothing while a foreign key waits to be checked


def refused(statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(("table", "key"), TABLES.items())
@pytest.mark.usefixtures("a_log")
def test_rows_are_neither_changed_nor_removed_nor_replaced(table: str, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        before = cursor.fetchall()
    refused(f'UPDATE {table} SET "{key}" = "{key}"')
    refused(f"DELETE FROM {table}")
    if connection.vendor == "postgresql":
        refused(f"TRUNCATE {table} CASCADE")
        refused(f'INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ("{key}") DO UPDATE SET "{key}" = {table}."{key}"')
    else:
        refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        refused(f"REPLACE INTO {table} SELECT * FROM {table}")
        refused(f'INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT ("{key}") DO UPDATE SET "{key}" = excluded."{key}"')
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        assert cursor.fetchall() == before


@pytest.mark.usefixtures("a_log")
def test_the_orm_is_refused_too() -> None:
    for model in (models.Fact, models.Position, models.Head, models.Node):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            model.objects.first().save(force_update=True)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            model.objects.all()._raw_delete(using="default")


def test_every_new_fact_waits_for_its_number(tell, trip) -> None:
    digest = tell(trip())
    assert list(models.Pending.objects.values_list("fact_id", flat=True)) == [models.Fact.objects.get(digest=digest).id]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE and recursive triggers are SQLite's")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.usefixtures("a_log")
def test_a_client_that_turns_recursive_triggers_off_replaces_nothing(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
        try:
            refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        finally:
            cursor.execute("PRAGMA recursive_triggers=ON")


def test_a_fact_whose_place_in_the_queue_was_taken_away_is_sealed_all_the_same(tell, trip, at) -> None:
    tell(trip())
    models.Pending.objects.all().delete()
    assert sequence.catch_up(at=at()) == 0
    assert sequence.requeue_lost() == 1
    assert sequence.catch_up(at=at()) == 1
    assert sequence.requeue_lost() == 0
