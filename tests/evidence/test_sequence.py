"""The sequencer: no gap, nothing twice, whatever stops it and however many run at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection, transaction

from fuhua.evidence import models, queries
from fuhua.evidence.actions import sequence
from fuhua.evidence.proof.heads import head_holds
from fuhua.evidence.proof.tree import Frontier, leaf

CHILD = """
import os, sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.utils import timezone
from fuhua.evidence.actions import facts, sequence
from fuhua.evidence.words import Grade
from fuhua.journey.facts import WentAbroad
from fuhua.kernel.urn import of
if sys.argv[2] == "seal":
    while sequence.seal_batch(at=timezone.now(), batch=7):
        pass
else:
    number = 0
    while True:
        number += 1
        venture = of("venture", f"killed-{number}")
        facts.record(WentAbroad(subject=venture, evidence="order", country="DE"), by=venture, at=timezone.now(), grade=Grade.DECLARED)
        if number % 5 == 0:
            sequence.seal_batch(at=timezone.now(), batch=5)
"""


@pytest.fixture
def child(durable_db: None) -> Callable[[str], subprocess.Popen[bytes]]:
    """Starts another process on this test's database."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "fuhua.config.settings", "FUHUA_DATA": str(settings.FUHUA_DATA)}
    name = str(connection.settings_dict["NAME"])
    return lambda task: subprocess.Popen([sys.executable, "-c", CHILD, name, task], env=environment)


def check_the_log(size: int) -> None:
    """Numbers without a gap, every fact once, and every head the signed root of exactly what came before it."""
    assert list(models.Position.objects.order_by("seq").values_list("seq", flat=True)) == list(range(size))
    assert models.Position.objects.values("fact").distinct().count() == size == models.Fact.objects.count()
    assert not models.Pending.objects.exists()
    frontier, leaves = Frontier(), iter(list(queries.leaves(0, size)))
    for head in map(queries.as_head, models.Head.objects.order_by("size")):
        while frontier.size < head.size:
            kind, digest, hashed = next(leaves)
            assert hashed == leaf(kind, digest)
            frontier.append(hashed)
        assert (frontier.root().hex(), head_holds(head)) == (head.root, True)
    assert frontier.size == size


@pytest.mark.django_db
def test_facts_are_numbered_from_zero_in_the_order_of_telling(tell, trip, at) -> None:
    digests = [tell(trip(number)) for number in range(5)]
    assert sequence.catch_up(at=at()) == 5
    told = models.Position.objects.order_by("seq").values_list("seq", "fact__digest")
    assert list(told) == list(enumerate(digests))


@pytest.mark.django_db
def test_numbering_goes_on_where_it_stopped(tell, trip, at) -> None:
    for batch in range(3):
        for number in range(4):
            tell(trip(batch * 4 + number))
        assert sequence.catch_up(at=at(), batch=3) == 4
    check_the_log(12)
    assert queries.head_sizes(12) == [3, 4, 7, 8, 11, 12]


@pytest.mark.django_db
def test_with_nothing_to_do_nothing_is_sealed(tell, trip, at) -> None:
    assert (sequence.catch_up(at=at()), sequence.seal_batch(at=at())) == (0, 0)
    assert (queries.sequenced(), queries.head()) == (0, None)


@pytest.mark.django_db
def test_audit_paths_hold_inside_blocks_and_across_them(tell, trip, at) -> None:
    digests = [tell(trip(number)) for number in range(600)]
    sequence.catch_up(at=at(), batch=250)
    assert models.Node.objects.count() == 2
    for seq in (0, 255, 256, 511, 512, 599):
        proof = queries.prove(seq, trip().KIND, digests[seq])
        assert (proof.seq, proof.head.size, proof.holds) == (seq, 600, True)
    assert not queries.prove(3, trip().KIND, digests[4]).holds
    assert queries.prove(600, trip().KIND, digests[0]) is None


@pytest.mark.django_db
def test_a_head_is_never_older_than_what_it_seals(tell, trip, at) -> None:
    tell(trip(), at=at("2025-06-30"))
    sequence.catch_up(at=at("2025-01-01"))
    assert models.Head.objects.get().sealed_at == at("2025-06-30")


def test_what_is_rolled_back_takes_no_number(durable_db: None, tell, trip, at) -> None:
    first = tell(trip(1))
    with transaction.atomic():
        tell(trip(2))
        transaction.set_rollback(True)
    last = tell(trip(3))
    sequence.catch_up(at=at())
    assert list(models.Position.objects.order_by("seq").values_list("fact__digest", flat=True)) == [first, last]
    check_the_log(2)


def test_two_sequencers_at_once_number_every_fact_once(child, tell, trip) -> None:
    with transaction.atomic():
        for number in range(200):
            tell(trip(number))
    running = [child("seal"), child("seal")]
    assert [each.wait(60) for each in running] == [0, 0]
    check_the_log(200)


def test_a_sequencer_killed_at_any_moment_leaves_a_log_that_goes_on(child, at) -> None:
    for round_ in range(1, 4):
        running = child("tell")
        enough = queries.sequenced() + 20
        deadline = time.monotonic() + 60
        while queries.sequenced() < enough and running.poll() is None and time.monotonic() < deadline:
            time.sleep(0.003 * round_)
        running.send_signal(signal.SIGKILL)
        assert running.wait(10) == -signal.SIGKILL
        connection.close()
        sequence.catch_up(at=at("2025-06-30"))
        check_the_log(models.Fact.objects.count())
        assert queries.sequenced() >= enough
