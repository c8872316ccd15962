"""Recording facts, and saying of a fact that it is confirmed, contested, upheld, void or corrected."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from django.utils import timezone

from fuhua.capital.facts import FundPaidIn
from fuhua.evidence import models, queries
from fuhua.evidence.actions import facts, sequence
from fuhua.evidence.facts import BadFact, Fact
from fuhua.evidence.proof.records import Record, UnknownKind, decode, digest_of, encode
from fuhua.evidence.words import Grade
from fuhua.journey.facts import StayBegan, WentAbroad
from fuhua.kernel import period
from fuhua.kernel.urn import of
from fuhua.kernel.words import t

pytestmark = pytest.mark.django_db
TELLER, OTHER, OFFICER = of("incubator", "teller"), of("venture", "v1"), of("person", "officer")


class Unregistered(Fact, frozen=True, kw_only=True, gc=False):
    """A fact whose class was never registered."""

    LABEL = t("未登记", "unregistered")


def test_a_record_is_kept_as_canonical_bytes_named_by_their_digest(tell, trip, at) -> None:
    digest = tell(trip())
    row = models.Fact.objects.get()
    assert digest == row.digest == digest_of(row.body)
    assert row.body.isascii()
    record = decode(row.kind, row.body, seq=-1, digest=digest)
    again = msgspec.structs.replace(record, seq=-1, digest="")
    assert encode(again) == row.body
    assert (record.fact, record.by, record.known_at, record.true_from) == (trip(), TELLER, at(), period.day(at()))


def test_the_same_fact_told_twice_has_two_names(tell, trip) -> None:
    assert tell(trip()) != tell(trip())


def test_an_unknown_kind_is_not_recorded(tell) -> None:
    with pytest.raises(BadFact) as refused:
        tell(Unregistered(subject=OTHER))
    assert "Unregistered" in refused.value.text.en
    with pytest.raises(UnknownKind):
        decode("nobody.knows", "{}", seq=0, digest="")


@pytest.mark.parametrize("fact", [
    WentAbroad(subject="某某公司", evidence="order", country="DE"),
    WentAbroad(subject=OTHER, evidence="order", country="Germany"),
    WentAbroad(subject=OTHER, evidence="holiday", country="DE"),
    StayBegan(subject=OTHER, host=OTHER, stay="physical"),
    FundPaidIn(subject=of("fund", "f"), amount=-1, payer=of("firm", "p"), source="outside"),
    FundPaidIn(subject=of("fund", "f"), amount=0, payer=of("firm", "p"), source="outside"),
])
def test_impossible_values_are_refused(tell, fact: Fact) -> None:
    with pytest.raises(BadFact):
        tell(fact)
    assert not models.Fact.objects.exists()


def test_nothing_is_told_from_the_future_or_true_only_in_the_future(tell, trip) -> None:
    now = timezone.now()
    with pytest.raises(BadFact, match="told in the future"):
        tell(trip(), at=now + dt.timedelta(hours=1))
    with pytest.raises(BadFact, match="the date is in the future"):
        tell(trip(), true_from=period.day(now) + dt.timedelta(days=2))


def test_a_clock_that_went_back_behind_a_sealed_head_is_noticed(tell, trip, at) -> None:
    tell(trip(1))
    sequence.catch_up(at=at())
    with pytest.raises(facts.ClockWentBack):
        tell(trip(2), at=at() - dt.timedelta(minutes=6))
    tell(trip(3), at=at())
    assert models.Fact.objects.count() == 2


def test_many_facts_are_told_at_once_or_not_at_all(trip, at) -> None:
    told = [(trip(number), period.day(at())) for number in range(3)]
    given = {"by": TELLER, "at": at(), "grade": Grade.DECLARED}
    digests = facts.record_many(told, **given)
    assert list(models.Fact.objects.order_by("id").values_list("digest", flat=True)) == digests
    with pytest.raises(BadFact):
        facts.record_many([*told, (WentAbroad(subject="x", evidence="order", country="DE"), period.day(at()))], **given)
    assert models.Fact.objects.count() == 3


def test_the_counterpart_confirms_and_nobody_confirms_their_own(tell, trip, at) -> None:
    digest = tell(trip(), on_behalf=OTHER)
    for own in (TELLER, OTHER):
        with pytest.raises(BadFact):
            facts.confirm(digest, by=own, at=at())
    facts.confirm(digest, by=OFFICER, at=at())
    page = queries.fact(digest)
    assert (page.standing, page.grade, page.contested) == ("standing", Grade.COUNTERPART, False)


def test_a_challenge_marks_the_fact_and_upholding_takes_the_mark_away(tell, trip, at) -> None:
    digest = tell(trip())
    facts.contest(digest, reason="untrue", by=OFFICER, at=at())
    assert queries.fact(digest).contested
    facts.uphold(digest, by=of("person", "judge"), at=at())
    assert not queries.fact(digest).contested
    with pytest.raises(BadFact):
        facts.contest(digest, reason="because", by=OFFICER, at=at())


def test_a_voided_fact_stays_on_record(tell, trip, at) -> None:
    digest = tell(trip())
    facts.void(digest, reason="mistake", by=OFFICER, at=at())
    page = queries.fact(digest)
    assert (page.standing, [saying.kind for saying in page.sayings]) == ("voided", ["evidence.voided"])
    assert queries.told_of(OTHER, WentAbroad, on=period.day(at())) == []
    with pytest.raises(BadFact):
        facts.void(digest, reason="because", by=OFFICER, at=at())


def test_a_correction_keeps_kind_subject_and_day(tell, trip, at) -> None:
    digest = tell(trip(), true_from=dt.date(2025, 3, 1))
    better = WentAbroad(subject=OTHER, evidence="order", country="SG")
    new = facts.correct(digest, better, by=OFFICER, at=at(), grade=Grade.REGISTRY)
    assert queries.fact(digest).standing == "corrected"
    assert [(r.digest, r.true_from, r.fact) for r in queries.told_of(OTHER, WentAbroad, on=period.day(at()))] == [
        (new, dt.date(2025, 3, 1), better)]
    for wrong in (trip(2), StayBegan(subject=OTHER, host=TELLER, stay="physical")):
        with pytest.raises(BadFact):
            facts.correct(digest, wrong, by=OFFICER, at=at(), grade=Grade.REGISTRY)


def test_what_was_never_told_cannot_be_spoken_of(at) -> None:
    for say in (facts.confirm, facts.uphold):
        with pytest.raises(facts.NoSuchFact):
            say("0" * 64, by=OFFICER, at=at())
    assert queries.fact("0" * 64) is None


def test_records_are_read_by_kind_subject_number_and_moment(tell, trip, at) -> None:
    early, late = at("2025-06-01"), at("2025-06-30")
    tell(trip(1), at=early)
    tell(StayBegan(subject=OTHER, host=TELLER, stay="physical"), at=early)
    tell(trip(2), at=late)
    sequence.catch_up(at=late)

    def read(**given: object) -> list[int]:
        return sorted(record.seq for record in queries.records(**given))

    assert read() == read(kinds=list(_all_kinds())) == [0, 1, 2]
    assert (read(kinds=[WentAbroad.KIND]), read(kinds=[])) == ([0, 2], [])
    assert (read(subjects=[OTHER]), read(subjects=[OTHER], kinds=[WentAbroad.KIND])) == ([0, 1], [0])
    assert (read(since=1), read(until=1), read(since=1, until=2)) == ([1, 2], [0], [1])
    assert (read(known=early), read(known=early - dt.timedelta(microseconds=1))) == ([0, 1], [])
    assert all(isinstance(record, Record) and record.digest for record in queries.records())


def _all_kinds() -> list[str]:
    return [*(f"nobody.{number}" for number in range(30)), WentAbroad.KIND, StayBegan.KIND]
