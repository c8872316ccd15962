"""Actions that record a fact beside a bare ORM insert of a row as wide: each in its own transaction, and all in one."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import secrets
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import connection, models, transaction
from django.utils import timezone

from benchmarks.measure import Took, options, report, timed
from benchmarks.scratch import child, scratch
from fuhua.evidence.actions.facts import record
from fuhua.evidence.proof.records import Record, encode, salt
from fuhua.evidence.words import Grade
from fuhua.journey.actions import stays
from fuhua.journey.facts import StayBegan
from fuhua.kernel.urn import of

HOST = of("incubator", "bench")
ROUNDS = 5
Insert = Callable[[int], object]


class Bare(models.Model):
    """A row with the columns, unique key and indexes of a fact, and nothing else."""

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=64)
    subject = models.CharField(max_length=100)
    about = models.CharField(max_length=64, default="")
    true_from = models.DateField()
    known_at = models.DateTimeField()
    grade = models.PositiveSmallIntegerField()
    body = models.TextField()

    class Meta:
        app_label = "evidence"
        indexes = [
            models.Index(fields=["subject", "kind"], name="bare_subject_kind"),
            models.Index(fields=["kind", "id"], name="bare_kind_id"),
        ]


def main(chosen: argparse.Namespace) -> None:
    """Measure in a scratch database."""
    if chosen.part:
        print(json.dumps(_measure(chosen.size)))
        return
    with scratch(chosen.keep) as environment:
        found = json.loads(child("benchmarks.record", environment, "--part", "measure", "--size", str(chosen.size)))
    report({"benchmark": "record", "each": chosen.size, **found}, chosen)


def _measure(count: int) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Bare)
    inserts: dict[str, Insert] = {"bare": _bare, "record": _record, "begin_stay": _begin}
    found: dict[str, Any] = {}
    for setting, run in (("alone", _alone), ("together", _together)):
        best = {name: Took(1e9, 1e9) for name in inserts}
        for turn in range(ROUNDS):  # in turns, and the best of each, so that a busy machine does not decide
            for name, insert in inserts.items():
                took = run(insert, f"{setting}{turn}", count)
                best[name] = min(best[name], took, key=lambda each: each.wall)
        found[setting] = {name: {"us_each": round(took.wall / count * 1e6), "cpu_us_each": round(took.cpu / count * 1e6),
                                 "times_bare": round(took.wall / best["bare"].wall, 2)} for name, took in best.items()}
    return found


def _alone(insert: Insert, turn: str, count: int) -> Took:
    with timed() as took:
        for number in range(count):
            with transaction.atomic():
                insert(_number(turn, number))
    return took


def _together(insert: Insert, turn: str, count: int) -> Took:
    with timed() as took, transaction.atomic():
        for number in range(count):
            insert(_number(turn, number))
    return took


def _number(turn: str, number: int) -> int:
    return int.from_bytes(turn.encode()) * 1_000_000 + number


def _fact(number: int) -> StayBegan:
    return StayBegan(subject=of("venture", f"bench-{number}"), host=HOST, stay="physical", district="110108")


def _bare(number: int) -> None:
    fact, now = _fact(number), timezone.now()
    body = encode(Record(kind=fact.KIND, known_at=now.astimezone(dt.UTC), true_from=now.date(), grade=2, by=HOST, salt=salt(), fact=fact))
    Bare.objects.create(digest=secrets.token_hex(32), kind=fact.KIND, subject=fact.subject, true_from=now.date(), known_at=now,
                        grade=2, body=body)


def _record(number: int) -> None:
    record(_fact(number), by=HOST, at=timezone.now(), grade=Grade.REGISTRY)


def _begin(number: int) -> None:
    stays.begin(subject=of("venture", f"bench-{number}"), host=HOST, stay="physical", district="110108", by=HOST, at=timezone.now(),
                grade=Grade.REGISTRY)


if __name__ == "__main__":
    main(options(500).parse_args())
