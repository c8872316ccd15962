"""Rows kept for the tests' cast come back as they were made, and never beside rows that somebody else put in."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fuhua.desk.models import Series
from kept_rows import KeptRows


def rows_after(kept: KeptRows, made: list[str], standing: str = "") -> Any:
    """What stands in the table after the rows were put in, the whole then undone."""

    def make() -> None:
        made.append("made")
        Series.objects.create(name=f"督办.{len(made)}", last=7)

    with transaction.atomic():
        if standing:
            Series.objects.create(name=standing)
        kept.put_in(make)
        found = sorted(Series.objects.values_list("name", "last"))
        transaction.set_rollback(True)
    return found


def test_rows_are_made_once_and_come_back_as_they_were(db: None) -> None:
    kept, made = KeptRows(), []
    assert [rows_after(kept, made) for _time in range(3)] == [[("督办.1", 7)]] * 3
    assert made == ["made"]


def test_rows_are_made_anew_beside_rows_that_stand_there(db: None) -> None:
    kept, made = KeptRows(), []
    rows_after(kept, made)
    assert rows_after(kept, made, "他人") == [("他人", 0), ("督办.2", 7)]


def test_nothing_is_kept_that_was_made_beside_other_rows(db: None) -> None:
    kept, made = KeptRows(), []
    assert (rows_after(kept, made, "他人"), kept.tables) == ([("他人", 0), ("督办.1", 7)], {})
