"""Columns: one array for an input, a number that no input can have where a value is missing, and rows read into them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.profile import settled

Columns = Mapping[str, np.ndarray]


class BadColumns(ValueError):
    """Columns that cannot be judged: one is missing, or has the wrong length or type; the message names it."""


def cell(one: Input) -> np.dtype:
    """The type of an input's column: a byte for answers, lists and choices, 64 bits for numbers and dates."""
    return np.dtype(np.int8 if one.kind in ("yes_no", "listing", "choice") else np.int64)


def missing(one: Input) -> int:
    """What stands where the value is unknown: the least number of the column's type."""
    return int(np.iinfo(cell(one)).min)


def read(inputs: Iterable[Input], rows: Sequence[Mapping[str, Any]], on: dt.date) -> dict[str, np.ndarray]:
    """Profiles (from ``read_profile``) as columns on a day.

    A column is one-dimensional, in stored scale, a choice by its place among the choices; where some profile holds a
    range it has two rows, the least and the most.
    """
    days = [settled(row, on) for row in rows]
    return {one.name: _column(one, days) for one in inputs if one.kind != "by_year"}


def _column(one: Input, rows: Sequence[Mapping[str, Any]]) -> np.ndarray:
    nothing, codes = missing(one), {code: place for place, code in enumerate(one.choices)}
    found = [row.get(one.name) for row in rows]
    if one.kind == "choice":
        return np.array([nothing if code is None else codes[code] for code in found], cell(one))
    pairs = np.array([(nothing, nothing) if value is None else value for value in found], cell(one)).reshape(-1, 2)
    low, high = np.ascontiguousarray(pairs.T)
    return low if (low == high).all() else np.stack((low, high))


def profile(inputs: Iterable[Input], columns: Columns, row: int) -> dict[str, Any]:
    """One row as the profile that ``judge`` takes."""
    known: dict[str, Any] = {}
    for one in inputs:
        column = columns.get(one.name)
        if column is None:
            continue
        low, high = (int(column[..., row]),) * 2 if column.ndim == 1 else (int(column[0, row]), int(column[1, row]))
        if low == missing(one):
            continue
        known[one.name] = tuple(one.choices)[low] if one.kind == "choice" else (low, high)
    return known


def checked(inputs: Iterable[Input], columns: Columns, count: int) -> dict[str, np.ndarray]:
    """A column of ``count`` rows for every input; raises :class:`BadColumns`. An input without one is unknown throughout."""
    found = {}
    for one in inputs:
        column = columns.get(one.name)
        if column is None:
            column = np.full(count, missing(one), cell(one))
        if column.dtype != cell(one) or column.shape not in ((count,), (2, count)):
            raise BadColumns(f"{one.name} is {column.dtype}{column.shape}, not {cell(one)}({count},) or (2, {count})")
        found[one.name] = np.ascontiguousarray(column)
    return found
