"""Duplicates are read as one party wherever a fact mentions them: as users, as hosts, as payers, not as subjects only."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from tests.plan.indicators.telling import told

from fuhua.evidence.facts import Fact, urns_of
from fuhua.evidence.proof.figure import INDICATORS, Figure, Verdict, counted, grouped, judged, left_out
from fuhua.exchange.facts import PlatformRegistered, UseMetered
from fuhua.journey.facts import StayBegan, StayEnded, TitleAwarded
from fuhua.plan.indicators.imagined import BEFORE, INCUBATOR, LATER, ON, PLATFORM, START, TERMS, VENTURE, urn


def _verdict(code: str, subject: str, names: dict[str, str], *told_on: tuple[Fact, dt.date]) -> Verdict:
    groups = grouped([told(fact, day, seq) for seq, (fact, day) in enumerate(told_on)], names)
    spec = INDICATORS[code]
    verdict = judged(spec.definition(), groups[subject], ON, TERMS)
    assert verdict is not None
    return verdict


def test_three_users_that_are_one_merged_firm_are_one_user() -> None:
    users = [urn("venture", number) for number in (1, 2, 3)]
    platform = PlatformRegistered(subject=PLATFORM, owner=INCUBATOR, novelty="new", proof="invoice", acquired=START), START
    uses = [(UseMetered(subject=PLATFORM, user=user, minutes=10, fee=100, affiliation="none"), LATER) for user in users]
    assert _verdict("I3", PLATFORM, {}, platform, *uses).reason == "counted"
    assert _verdict("I3", PLATFORM, {users[1]: users[0], users[2]: users[0]}, platform, *uses).reason == "too_few_users"
    assert _verdict("I3", PLATFORM, dict.fromkeys(users, INCUBATOR), platform, *uses).reason == "affiliated_use"


def test_two_hosts_that_were_merged_share_nothing() -> None:
    one, other = urn("incubator", 1), urn("incubator", 2)
    stays = [(StayBegan(subject=VENTURE, host=host, stay="physical"), BEFORE) for host in (one, other)]
    title = TitleAwarded(subject=VENTURE, title="hnte", basis="certificate"), START
    assert _verdict("I8", VENTURE, {}, *stays, title).credit == ((one, Fraction(1, 2)), (other, Fraction(1, 2)))
    assert _verdict("I8", VENTURE, {other: one}, *stays, title).credit == ((one, Fraction(1)),)
    again = StayBegan(subject=VENTURE, host=other, stay="physical"), START
    assert _verdict("I8", VENTURE, {other: one}, stays[0], again, title).reason == "counted"
    left = StayEnded(subject=VENTURE, host=other, stay="physical", reason="exited"), BEFORE
    assert _verdict("I8", VENTURE, {other: one}, stays[0], left, title).reason == "not_in_stay"


def test_only_records_that_mention_a_duplicate_are_written_anew() -> None:
    here, there = (told(StayBegan(subject=VENTURE, host=urn("incubator", n), stay="physical"), START, n) for n in (1, 2))
    first, second = grouped([here, there], {urn("incubator", 2): INCUBATOR})[VENTURE]
    assert (first is here, second.fact.host, second.digest, there.fact.host) == (True, INCUBATOR, there.digest, urn("incubator", 2))
    assert urns_of(StayBegan) == ("subject", "host")


def test_what_is_left_out_keeps_no_figure_fresh_and_what_is_taken_away_neither() -> None:
    old, new = (told(TitleAwarded(subject=VENTURE, title="hnte", basis="certificate"), day, 1) for day in (START, LATER))
    figure = Figure()
    figure.add(counted([old]))
    assert figure.freshest is not None
    earlier = figure.freshest
    figure.add(left_out("wrong_basis", [new]))
    assert figure.freshest == earlier
    figure.add(counted([new]))
    assert figure.freshest > earlier
    figure.add(counted([new]), -1)
    assert figure.freshest == earlier
