"""A worker killed with -9 at any instant: the next one goes on, nothing is lost and nothing is there twice."""

from __future__ import annotations

import json
import os
import random
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

_ROWS = 200
_COUNTS = {
    "rows": "SELECT new, changed, unchanged, wrong, waiting, done FROM desk_intake",
    "records": "SELECT count(*), count(DISTINCT key) FROM desk_rosterrecord",
    "ventures": "SELECT count(*), count(DISTINCT code) FROM parties_party WHERE code <> ''",
    "stays": "SELECT count(*), count(DISTINCT venture) FROM journey_stay WHERE ended IS NOT NULL",
    "facts": "SELECT count(*), count(DISTINCT subject) FROM evidence_fact WHERE kind = 'journey.stay_began'",
    "ends": "SELECT count(*), count(DISTINCT subject) FROM evidence_fact WHERE kind = 'journey.stay_ended'",
    "finished": "SELECT count(*), count(DISTINCT subject) FROM evidence_fact WHERE kind = 'desk.roster_entered'",
}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of processes with a data folder and a database of their own, on the engine under test."""
    environment = {**os.environ, "FUHUA_DATA": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2]),
                   "DJANGO_SETTINGS_MODULE": "fuhua.config.settings"}
    given = os.environ.get("DATABASE_URL", "")
    if not given:
        yield environment
        return
    name = f"killed_{secrets.token_hex(4)}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield {**environment, "DATABASE_URL": urlsplit(given)._replace(path=f"/{name}").geturl()}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(world: dict[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, str(Path(__file__).with_name("worker.py")), *words], env=world, text=True,
                            stdout=subprocess.PIPE)


def finish(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=180)
    assert process.returncode == 0


def counted(world: dict[str, str]) -> dict[str, tuple[int, ...]]:
    script = ("import django, json; django.setup(); from django.db import connection; c = connection.cursor(); out = {}\n"
              f"for name, sql in {_COUNTS!r}.items():\n    c.execute(sql); out[name] = c.fetchone()\nprint(json.dumps(out))")
    said = subprocess.run([sys.executable, "-c", script], env=world,
                          capture_output=True, text=True, check=True).stdout
    return {name: tuple(counts) for name, counts in json.loads(said).items()}


def test_a_worker_killed_at_any_instant_leaves_nothing_lost_or_doubled(world):
    finish(run(world, "prepare", str(_ROWS)))
    luck = random.Random(9)
    for _kill in range(4):
        worker = run(world, "work")
        assert worker.stdout is not None
        worker.stdout.readline()
        if luck.random() < 0.7:
            worker.stdout.readline()
        time.sleep(luck.random() * 0.15)
        worker.kill()
        worker.communicate()
    finish(run(world, "work"))
    assert counted(world) == {
        "rows": (_ROWS, 0, 0, 0, 0, _ROWS), "records": (_ROWS, _ROWS), "ventures": (_ROWS, _ROWS), "stays": (_ROWS, _ROWS),
        "facts": (_ROWS, _ROWS), "ends": (_ROWS, _ROWS), "finished": (1, 1)}
