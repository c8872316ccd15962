"""The sequencer: gives committed facts gap-free numbers and seals them under a signed tree head.

On PostgreSQL ids do not commit in order, so numbers are given after commit, by one sequencer at a time. What a
process killed at any instant leaves behind is either pending or sealed; the next run picks it up.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import msgspec
from django.conf import settings
from django.db import connection, transaction

from fuhua.evidence import models
from fuhua.evidence.proof.heads import Signer
from fuhua.evidence.proof.tree import BLOCK, Frontier, leaf

_LOCK = 0x667568  # "fuh": the advisory lock that makes the sequencer single on PostgreSQL


@cache
def signer() -> Signer:
    """The platform's seal key, from ``FUHUA_SEAL_KEY`` (PEM) or the key file of the data folder."""
    pem = settings.FUHUA_SEAL_KEY
    return Signer.of(pem.encode()) if pem else Signer.at(Path(settings.FUHUA_DATA) / "seal.pem")


def catch_up(*, at: dt.datetime, batch: int = 5000) -> int:
    """Sequence and seal everything committed so far, in batches; returns how many facts were sealed."""
    total = 0
    while models.Pending.objects.exists():
        sealed = seal_batch(at=at, batch=batch)
        total += sealed
        if sealed < batch:
            break
    return total


@transaction.atomic
def seal_batch(*, at: dt.datetime, batch: int = 5000) -> int:
    """Sequence and seal at most ``batch`` pending facts under one head; returns how many."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    pending = list(models.Pending.objects.order_by("fact_id").values_list("fact_id", flat=True)[:batch])
    if not pending:
        return 0
    told = list(models.Fact.objects.filter(id__gte=pending[0], id__lte=pending[-1]).order_by("id")
                .values_list("id", "kind", "digest", "known_at"))
    wanted = set(pending)
    told = [row for row in told if row[0] in wanted]
    head = models.Head.objects.order_by("-size").first()
    frontier = Frontier(head.size, map(bytes.fromhex, msgspec.json.decode(head.frontier))) if head else Frontier()
    _number(told, frontier)
    moment = max(at, *(row[3] for row in told), *([head.sealed_at] if head else []))
    _seal(frontier, moment)
    models.Pending.objects.filter(fact_id__gte=pending[0], fact_id__lte=pending[-1], fact_id__in=pending).delete()
    return len(told)


def _number(told: list[tuple[int, str, str, dt.datetime]], frontier: Frontier) -> None:
    positions, nodes = [], []
    for fact_id, kind, digest, _known in told:
        positions.append(models.Position(seq=frontier.size, fact_id=fact_id))
        block = frontier.append(leaf(kind, bytes.fromhex(digest)))
        if block is not None:
            nodes.append(models.Node(index=frontier.size // BLOCK - 1, root=block.hex()))
    models.Position.objects.bulk_create(positions)
    models.Node.objects.bulk_create(nodes)


def _seal(frontier: Frontier, moment: dt.datetime) -> None:
    head = signer().head(size=frontier.size, root=frontier.root(), sealed_at=moment.astimezone(dt.UTC).isoformat())
    models.Head.objects.create(
        size=head.size, root=head.root, sealed_at=moment, key=head.key, signature=head.signature,
        frontier=msgspec.json.encode([root.hex() for root in frontier.roots]).decode(),
    )


@transaction.atomic
def requeue_lost() -> int:
    """Queue again every fact that has neither a number nor a place in the queue (somebody emptied it); returns how many.

    It reads the whole table, so the keeper calls it once, when it starts.
    """
    lost = models.Fact.objects.filter(position=None).exclude(id__in=models.Pending.objects.values("fact_id"))
    found = [models.Pending(fact_id=key) for key in lost.values_list("id", flat=True)]
    models.Pending.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)
