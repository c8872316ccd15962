"""Scratch databases for benchmarks: made empty, filled in bulk with true canonical records, sealed by the real sequencer."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.core.management import call_command
from django.db import connection, transaction

from benchmarks.city import City
from fuhua.evidence import models
from fuhua.evidence.actions import sequence
from fuhua.evidence.facts import Confirmed, Contested, Fact, Upheld, Voided
from fuhua.evidence.proof.records import Record, digest_of, encode, salt
from fuhua.kernel import period

_COLUMNS = "digest, kind, subject, about, true_from, known_at, grade, body"
_BATCH = 20_000
END_OF_TELLING = period.end_of(dt.date(2026, 3, 31))
Row = tuple[str, str, str, str, str, str, int, str]


@contextmanager
def scratch(keep: Path | None = None) -> Iterator[dict[str, str]]:
    """The environment of a scratch database, removed afterwards unless its folder is to be kept."""
    folder = keep or Path(tempfile.mkdtemp(prefix="fuhua-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "FUHUA_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "fuhua.config.settings"}
    url = os.environ.get("DATABASE_URL", "")
    name = "bench_" + "".join(c for c in folder.name.lower() if c.isalnum())
    if url:
        environment["DATABASE_URL"] = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        _postgresql(url, f"CREATE DATABASE {name}", there=name)
    try:
        yield environment
    finally:
        if keep is None:
            if url:
                _postgresql(url, f"DROP DATABASE {name} WITH (FORCE)")
            shutil.rmtree(folder, ignore_errors=True)


def _postgresql(url: str, statement: str, *, there: str = "") -> None:
    with psycopg.connect(url, autocommit=True) as link:
        if not there or link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [there]).fetchone() is None:
            link.execute(statement)


def child(module: str, environment: dict[str, str], *words: str) -> str:
    """Run ``python -m module`` with these words in the scratch environment; its last line of output."""
    done = subprocess.run([sys.executable, "-m", module, *words], env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip().rsplit("\n", 1)[-1]


def fill(size: int, mix: str) -> int:
    """Migrate and fill the scratch database with a city of ``size`` facts, unless it is full; returns how many there are."""
    call_command("migrate", verbosity=0)
    head = models.Head.objects.order_by("-size").first()
    if head is not None:
        return head.size
    rows = _rows(City(size, mix))
    while chunk := [row for row, _n in zip(rows, range(_BATCH), strict=False)]:
        _insert(chunk)
    sequence.catch_up(at=END_OF_TELLING)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return models.Head.objects.order_by("-size").values_list("size", flat=True)[0]


def row_of(fact: Fact, day: dt.date, known: dt.datetime, grade: int, replaces: str | None = None) -> Row:
    """The row of a record, as the action that records a fact would write it."""
    record = Record(kind=fact.KIND, known_at=known, true_from=day, grade=grade, by=fact.subject, salt=salt(), fact=fact, replaces=replaces)
    body = encode(record)
    moment = connection.ops.adapt_datetimefield_value(known)
    return (digest_of(body), fact.KIND, fact.subject, replaces or getattr(fact, "about", ""), day.isoformat(), str(moment), grade, body)


def _rows(city: City) -> Iterator[Row]:
    """Every fact, and of one in 250 that it was confirmed, contested, upheld, corrected or voided."""
    chance = random.Random(7)
    for number, (day, fact) in enumerate(city.told()):
        known = dt.datetime.combine(day, dt.time(1), dt.UTC) + dt.timedelta(seconds=number % 36_000)
        row = row_of(fact, day, known, chance.choice((0, 1, 1, 2, 3)))
        yield row
        if number % 250 == 0:
            yield row_of(_saying(fact, row[0], chance), day, known + dt.timedelta(days=1), 3)
        elif number % 251 == 0:
            yield row_of(fact, day, known + dt.timedelta(days=2), 2, replaces=row[0])


def _saying(fact: Fact, digest: str, chance: random.Random) -> Fact:
    kind = chance.choice((Confirmed, Confirmed, Upheld, Contested, Voided))
    reason = {Contested: {"reason": "wrong_date"}, Voided: {"reason": "mistake"}}.get(kind, {})
    return kind(subject=fact.subject, about=digest, **reason)


@transaction.atomic
def _insert(rows: list[Row]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY evidence_fact ({_COLUMNS}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO evidence_fact ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", rows)
