"""Nothing is said of a fact that no longer stands, and telling waits for nobody's clock but its own."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from fuhua.capital.actions import funds
from fuhua.evidence import queries
from fuhua.evidence.actions import documents, facts, sequence, verbs
from fuhua.evidence.actions.facts import ClockWentBack
from fuhua.evidence.facts import BadFact
from fuhua.evidence.proof.records import Record
from fuhua.evidence.proof.resolve import settled
from fuhua.evidence.words import Grade
from fuhua.journey.facts import StayBegan
from fuhua.kernel.urn import of

pytestmark = pytest.mark.django_db
BY = of("person", "clerk")


@pytest.fixture
def payment() -> str:
    """A payment of 100 fen into a fund, declared before."""
    fund, now = of("fund", "one"), timezone.now()
    funds.declare(subject=fund, committed=1000, early=True, by=BY, at=now)
    return funds.pay_in(subject=fund, amount=100, payer=of("firm", "lp"), by=BY, at=now)


def paid() -> list[int]:
    sequence.catch_up(at=timezone.now())
    told = settled(list(queries.records(["capital.fund_paid_in", "evidence.voided"]))).told
    return [record.fact.amount for record in told]


def test_a_fact_is_corrected_once_and_then_its_correction_is(payment):
    better = funds.pay_in.correct(payment, amount=110, by=BY, at=timezone.now())
    with pytest.raises(BadFact, match="corrected or voided already"):
        funds.pay_in.correct(payment, amount=120, by=BY, at=timezone.now())
    assert paid() == [110]
    funds.pay_in.correct(better, amount=120, by=BY, at=timezone.now())
    assert paid() == [120]


def test_what_was_voided_is_neither_corrected_voided_confirmed_nor_contested(payment):
    verbs.void(payment, reason="mistake", by=BY, at=timezone.now())
    other = of("person", "other")
    for again in (lambda: verbs.void(payment, reason="mistake", by=BY, at=timezone.now()),
                  lambda: funds.pay_in.correct(payment, amount=1, by=BY, at=timezone.now()),
                  lambda: facts.confirm(payment, by=other, at=timezone.now()),
                  lambda: facts.contest(payment, reason="untrue", by=other, at=timezone.now())):
        with pytest.raises(BadFact, match="corrected or voided already"):
            again()
    assert paid() == []


def test_of_two_corrections_that_raced_the_first_in_the_log_holds():
    def told(seq: int, replaces: str | None) -> Record[StayBegan]:
        return Record(kind="journey.stay_began", known_at=timezone.now(), true_from=dt.date(2024, 1, seq + 1), grade=2, by=BY, salt="",
                      fact=StayBegan(subject=of("venture", "v"), host=of("incubator", "h"), stay="physical"), replaces=replaces,
                      seq=seq, digest=f"d{seq}")
    whole = settled([told(0, None), told(1, "d0"), told(2, "d0")])
    assert ([record.seq for record in whole.told], sorted(record.seq for record, _why in whole.fallen)) == ([1], [0, 2])


def test_a_moment_taken_just_before_others_were_sealed_is_lifted_to_theirs(tell, trip):
    early = timezone.now()
    tell(trip())
    sequence.catch_up(at=timezone.now() + dt.timedelta(milliseconds=5))
    sealed = queries.head().sealed_at
    digest = facts.record(trip(2), by=BY, at=early, grade=Grade.DECLARED)
    assert facts.stored(digest).known_at == dt.datetime.fromisoformat(sealed)


def test_a_clock_that_is_hours_behind_is_refused(tell, trip):
    tell(trip())
    sequence.catch_up(at=timezone.now())
    with pytest.raises(ClockWentBack):
        facts.record(trip(2), by=BY, at=timezone.now() - dt.timedelta(hours=2), grade=Grade.DECLARED)


def test_a_kept_document_that_was_exchanged_is_not_handed_out(settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage",
                                                          "OPTIONS": {"location": tmp_path}}}
    digest = documents.keep(b"the true one", media_type="text/plain", by=BY, at=timezone.now())
    with documents.open_document(digest) as kept:
        assert kept.read() == b"the true one"
    place = tmp_path / documents.place_of(digest)
    place.chmod(0o600)
    place.write_bytes(b"the false on")
    with pytest.raises(documents.DamagedDocument):
        documents.open_document(digest)
