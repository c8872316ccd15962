"""Rows that a fixture makes the same each time: made once in a process, and put in again for every test that rolls back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connection

BY_TRIGGER = "evidence_pending"  # every fact that is put in queues itself


class KeptRows:
    """What ``make`` put into tables that were empty."""

    def __init__(self) -> None:
        self.tables: dict[str, tuple[str, list[tuple[Any, ...]]]] = {}

    def put_in(self, make: Callable[[], object]) -> None:
        """Have the rows there: as they were kept, or by ``make`` where none are kept yet or others stand in their tables."""
        if not self.tables:
            self._keep(make)
        elif any(_counted(list(self.tables)).values()):
            make()
        else:
            with connection.cursor() as cursor:
                for insert, rows in self.tables.values():
                    cursor.executemany(insert, rows)

    def _keep(self, make: Callable[[], object]) -> None:
        every = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
        before = _counted(every)
        make()
        filled = [table for table, count in _counted(every).items() if count > before[table] and table != BY_TRIGGER]
        if not any(before[table] for table in filled):
            self.tables = {table: _written(table) for table in filled}


def _counted(tables: list[str]) -> dict[str, int]:
    """How many rows each of the tables has, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in dict.fromkeys(tables)))
        return dict(cursor.fetchall())


def _written(table: str) -> tuple[str, list[tuple[Any, ...]]]:
    """The statement that puts rows into the table, and the rows it has, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
        columns = [f'"{column[0]}"' for column in cursor.description]
        return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})", cursor.fetchall()
