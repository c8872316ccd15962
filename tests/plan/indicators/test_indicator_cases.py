"""Edges of the counting rules that a single example cannot show: shared credit, same-day events, edited labels, deadlines."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from tests.plan.indicators.telling import told

from fuhua.capital.facts import FundDeclared, FundDeployed, FundPaidIn
from fuhua.evidence.facts import Fact
from fuhua.evidence.proof.figure import INDICATORS, Terms, Verdict, judged
from fuhua.evidence.proof.records import Record
from fuhua.journey.facts import RelayAgreed, RelayConfirmed, RelayFailed, StayBegan, StayEnded, TitleAwarded, TitleEnded
from fuhua.plan.indicators.imagined import BEFORE, COACH, FUND, INCUBATOR, LATER, ON, PARK, START, TERMS, VENTURE, urn
from fuhua.schemes.facts import AgreementSigned, FieldRechecked, UpliftConfirmed, UpliftMeasured, UpliftPlanAgreed

DAY = dt.timedelta(days=1)


def _verdict(code: str, *told_on: tuple[Fact, dt.date], version: str | None = None, terms: Terms = TERMS, on: dt.date = ON) -> Verdict:
    return _of(code, [told(fact, day, seq) for seq, (fact, day) in enumerate(told_on)], version, terms, on)


def _of(code: str, records: list[Record], version: str | None = None, terms: Terms = TERMS, on: dt.date = ON) -> Verdict:
    spec = INDICATORS[code]
    verdict = judged(spec.definition(version), records, on, terms)
    assert verdict is not None
    return verdict


def _stay(number: int, began: dt.date = BEFORE) -> tuple[Fact, dt.date]:
    return StayBegan(subject=VENTURE, host=urn("incubator", number), stay="physical"), began


def _left(number: int, on: dt.date) -> tuple[Fact, dt.date]:
    return StayEnded(subject=VENTURE, host=urn("incubator", number), stay="physical", reason="exited"), on


HNTE = (TitleAwarded(subject=VENTURE, title="hnte", basis="certificate"), START)


@pytest.mark.parametrize("hosts", [1, 2, 3, 7])
def test_hosts_share_one_firm_exactly(hosts: int) -> None:
    verdict = _verdict("I8", *(_stay(number) for number in range(hosts)), HNTE)
    assert [share for _host, share in verdict.credit] == [Fraction(1, hosts)] * hosts
    assert (verdict.amount, sum(share for _host, share in verdict.credit)) == (1, 1)


def test_a_host_that_the_firm_had_left_has_no_share() -> None:
    verdict = _verdict("I8", _stay(1), _stay(2), _left(1, START - DAY), HNTE)
    assert verdict.credit == ((urn("incubator", 2), Fraction(1)),)


def test_moving_in_on_the_certificates_day_is_too_late_and_moving_out_on_it_is_not() -> None:
    assert _verdict("I8", _stay(1, START), HNTE).reason == "moved_in"
    assert _verdict("I8", _stay(1), _left(1, START), HNTE).reason == "counted"
    assert _verdict("I8", _stay(1), _left(1, START - DAY), HNTE).reason == "not_in_stay"


def test_coming_back_counts_from_the_return() -> None:
    back = _stay(1, START - DAY)
    assert _verdict("I8", _stay(1), _left(1, BEFORE + DAY), back, HNTE).reason == "counted"


def test_a_certificate_on_the_baseline_day_is_not_new_and_on_the_deadline_is_in_time() -> None:
    late = (TitleAwarded(subject=VENTURE, title="hnte", basis="certificate"), START + DAY)
    for since, until, title, reason in (
        (START, ON, HNTE, "not_new"),
        (START - DAY, START, HNTE, "counted"),
        (BEFORE, START, late, "too_late"),
    ):
        assert _verdict("I8", _stay(1), title, terms=Terms(since, until)).reason == reason


def test_a_revoked_certificate_is_taken_back_and_an_expired_one_is_not() -> None:
    for reason, expected in (("revoked", "revoked"), ("expired", "counted")):
        ended = (TitleEnded(subject=VENTURE, title="hnte", reason=reason), LATER)
        assert _verdict("I8", _stay(1), HNTE, ended).reason == expected


def test_a_field_edited_into_the_agreement_waits_for_a_recheck() -> None:
    signed = told(AgreementSigned(subject=INCUBATOR, edition="2022", tier="leading"), START, 0)
    with_field = AgreementSigned(subject=INCUBATOR, edition="2022", tier="leading", field="quantum")
    edited = told(with_field, START, 1, replaces=signed.digest)
    soon = START + DAY
    assert _of("I5", [signed, edited], on=soon).reason == "field_edited"
    rechecked = told(FieldRechecked(subject=INCUBATOR, field="quantum", result="passed"), soon, 2)
    assert _of("I5", [signed, edited, rechecked], on=soon).reason == "counted"
    assert _of("I5", [told(with_field, START, 3)], on=soon).reason == "counted"


def test_a_recheck_holds_for_twelve_months_to_the_day() -> None:
    signed = (AgreementSigned(subject=INCUBATOR, edition="2022", tier="leading", field="quantum"), dt.date(2023, 3, 1))
    assert _verdict("I5", signed, on=dt.date(2024, 3, 1)).reason == "counted"
    assert _verdict("I5", signed, on=dt.date(2024, 3, 2)).reason == "recheck_due"


def _i2(*told_on: tuple[Fact, dt.date], until: dt.date = TERMS.until) -> str:
    return _verdict("I2", (UpliftPlanAgreed(subject=INCUBATOR, coach=COACH), START), *told_on, terms=Terms(BEFORE, until)).reason


def _measured(delta: int, on: dt.date) -> tuple[Fact, dt.date]:
    return UpliftMeasured(subject=INCUBATOR, delta=delta, independent=True), on


def _confirmed(on: dt.date, *roles: str) -> list[tuple[Fact, dt.date]]:
    return [(UpliftConfirmed(subject=INCUBATOR, role=role), on) for role in roles or ("coach", "coached")]


def test_a_loss_measured_before_both_confirmed_asks_for_a_new_gain_and_new_confirmations() -> None:
    gain, loss, again = _measured(1, LATER), _measured(-1, LATER + 2 * DAY), _measured(1, LATER + 3 * DAY)
    coach = _confirmed(LATER + DAY, "coach")
    assert _i2(gain, *coach, loss, *_confirmed(LATER + 2 * DAY, "coached")) == "no_gain"
    assert _i2(gain, *coach, loss, again, *_confirmed(LATER + 3 * DAY, "coached")) == "unconfirmed"
    assert _i2(gain, *coach, loss, again, *_confirmed(LATER + 3 * DAY)) == "counted"
    assert _i2(gain, *_confirmed(LATER + DAY), loss) == "counted"


def test_a_confirmation_on_the_day_of_the_measurement_counts_whichever_was_told_first() -> None:
    assert _i2(*_confirmed(LATER), _measured(1, LATER)) == "counted"
    assert _i2(*_confirmed(LATER - DAY), _measured(1, LATER)) == "unconfirmed"
    assert _i2(_measured(1, LATER), *_confirmed(LATER + DAY), until=LATER) == "too_late"


def test_a_host_with_two_kinds_of_stay_is_credited_once() -> None:
    began = [(StayBegan(subject=VENTURE, host=INCUBATOR, stay=stay), BEFORE) for stay in ("physical", "acceleration")]
    listed = TitleAwarded(subject=VENTURE, title="gazelle", basis="list", rule="gazelle.2024"), START
    assert _verdict("I9", *began, listed).credit == ((INCUBATOR, Fraction(1)),)


AGREED = (RelayAgreed(subject=VENTURE, from_host=INCUBATOR, to_park=PARK, split=600_000), dt.date(2023, 3, 1))


def test_host_and_park_share_a_relay_as_agreed() -> None:
    verdict = _verdict("I10", AGREED, (RelayConfirmed(subject=VENTURE, month=6), dt.date(2023, 9, 1)))
    assert verdict.credit == ((INCUBATOR, Fraction(3, 5)), (PARK, Fraction(2, 5)))


def test_a_relay_is_confirmed_at_six_months_and_not_a_day_before() -> None:
    early = (RelayConfirmed(subject=VENTURE, month=6), dt.date(2023, 8, 31))
    assert _verdict("I10", AGREED, early).reason == "confirmed_too_early"


def test_a_second_relay_neither_doubles_nor_undoes_the_first() -> None:
    confirmed = (RelayConfirmed(subject=VENTURE, month=6), dt.date(2023, 10, 1))
    again = (RelayAgreed(subject=VENTURE, from_host=INCUBATOR, to_park=urn("park", 2), split=1), LATER)
    failed = (RelayFailed(subject=VENTURE, reason="site"), LATER + DAY)
    assert _verdict("I10", AGREED, confirmed, again, failed).credit[1][0] == PARK
    assert _verdict("I10", AGREED, confirmed, (RelayFailed(subject=VENTURE, reason="site"), LATER)).reason == "failed"


def _declared(committed: int, on: dt.date, from_funds: int = 0, *, early: bool = True) -> tuple[Fact, dt.date]:
    return FundDeclared(subject=FUND, committed=committed, from_funds=from_funds, early=early), on


def _paid(amount: int, on: dt.date) -> tuple[Fact, dt.date]:
    return FundPaidIn(subject=FUND, amount=amount, payer=urn("firm"), source="outside"), on


def test_only_what_an_old_fund_added_after_the_baseline_is_newly_committed() -> None:
    verdict = _verdict("I4", _declared(100, BEFORE), _declared(160, START), version="committed")
    assert (verdict.reason, verdict.amount) == ("counted", 60)


def test_commitments_by_other_funds_are_theirs() -> None:
    assert _verdict("I4", _declared(100, START, 30), version="committed").amount == 70
    assert _verdict("I4", _declared(100, START, 100), version="committed").reason == "only_other_funds"


def test_an_old_fund_counts_only_with_new_money_and_a_late_payment_not_at_all() -> None:
    verdict = _verdict("I4", _declared(100, BEFORE), _paid(40, BEFORE), _paid(25, START))
    assert (verdict.reason, verdict.amount, len(verdict.records)) == ("counted", 25, 2)
    assert _verdict("I4", _declared(100, START), _paid(25, ON), terms=Terms(BEFORE, LATER)).reason == "too_late"


def test_money_of_a_fund_that_is_not_early_or_not_declared_does_not_count() -> None:
    assert _verdict("I4", _declared(100, START, early=False), _paid(40, START)).reason == "not_early"
    verdict = _verdict("I4", _paid(40, START))
    assert (verdict.state, verdict.reason, verdict.amount) == ("unsure", "undeclared", 40)


def test_money_deployed_later_than_early_does_not_count_as_early() -> None:
    later = (FundDeployed(subject=FUND, amount=9, stage="later", venture=VENTURE), START)
    early = (FundDeployed(subject=FUND, amount=5, stage="early", venture=VENTURE), START)
    assert _verdict("I4", _declared(100, START), later, version="deployed_early").reason == "later_stage"
    assert _verdict("I4", _declared(100, START), later, early, version="deployed_early").amount == 5
