"""Platform use: affiliation is computed from the owner and from confirmed ties in force on the day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from fuhua.evidence.actions.verbs import NotYet
from fuhua.evidence.facts import BadFact
from fuhua.evidence.queries import told_of
from fuhua.exchange import facts
from fuhua.exchange.actions import platforms
from fuhua.kernel.urn import of
from fuhua.parties.actions import ties
from fuhua.parties.models import Party, Tie
from fuhua.parties.queries.kinship import akin

MARCH, JUNE, DAY = dt.date(2024, 3, 1), dt.date(2024, 6, 1), dt.timedelta(days=1)
PLATFORM, OWNER, USER, GROUP = of("platform", "p"), of("incubator", "o"), of("venture", "u"), of("firm", "g")

pytestmark = pytest.mark.django_db


@pytest.fixture
def parties(at: Any) -> dict[str, Party]:
    """The owner, a user and a group that may stand over them."""
    return {
        urn: Party.objects.create(urn=urn, sort=urn.split(":")[2], name=urn[-1], entered_at=at())
        for urn in (OWNER, USER, GROUP)
    }


@pytest.fixture
def platform(at: Any) -> str:
    """A platform of the owner, registered in March."""
    return platforms.register(
        subject=PLATFORM,
        owner=OWNER,
        novelty="new",
        proof="invoice",
        acquired=MARCH,
        district="110108",
        by=OWNER,
        at=at(),
        on=MARCH,
    )


def _tie(
    at: Any, parties: dict[str, Party], source: str, target: str, kind: str = "owns", since: dt.date = MARCH
) -> Tie:
    return ties.attest(kind=kind, source=parties[source], target=parties[target], since=since, by=source, at=at())


def _used(at: Any, user: str = USER, on: dt.date = JUNE) -> str:
    platforms.meter(subject=PLATFORM, user=user, minutes=210, fee=80_000, by=OWNER, at=at(), on=on)
    return told_of(PLATFORM, facts.UseMetered, on=on)[-1].fact.affiliation


def test_a_stranger_is_unaffiliated_and_the_owner_uses_its_own(
    at: Any, platform: str, parties: dict[str, Party]
) -> None:
    assert (_used(at), _used(at, OWNER)) == ("none", "self")


@pytest.mark.parametrize(
    ("source", "target", "kind"), [(OWNER, USER, "owns"), (USER, OWNER, "invests"), (USER, OWNER, "spun_out")]
)
def test_a_confirmed_tie_either_way_affiliates(
    at: Any, platform: str, parties: dict[str, Party], source: str, target: str, kind: str
) -> None:
    _tie(at, parties, source, target, kind)
    assert _used(at) == "owner"


def test_a_common_owner_affiliates(at: Any, platform: str, parties: dict[str, Party]) -> None:
    _tie(at, parties, GROUP, OWNER)
    assert _used(at) == "none"
    _tie(at, parties, GROUP, USER)
    assert _used(at) == "owner"


@pytest.mark.parametrize("kind", ["resides", "mentors"])
def test_residence_and_mentoring_do_not_affiliate(at: Any, platform: str, parties: dict[str, Party], kind: str) -> None:
    _tie(at, parties, OWNER, USER, kind)
    assert _used(at) == "none"


def test_a_tie_that_one_side_claims_does_not_affiliate_until_the_other_confirms(
    at: Any, platform: str, parties: dict[str, Party]
) -> None:
    claim = ties.propose(
        kind="owns", source=parties[OWNER], target=parties[USER], side=parties[OWNER], since=MARCH, by=OWNER, at=at()
    )
    assert _used(at) == "none"
    ties.confirm(claim, side=parties[USER], by=USER, at=at())
    assert _used(at) == "owner"


def test_a_tie_affiliates_from_its_first_day_until_it_ended(at: Any, parties: dict[str, Party]) -> None:
    ties.end(_tie(at, parties, OWNER, USER), by=OWNER, at=at(), until=JUNE)
    days = [MARCH - DAY, MARCH, JUNE - DAY, JUNE]
    assert [akin(OWNER, USER, day) for day in days] == [False, True, True, False]


def test_nobody_types_affiliation_in_and_a_correction_computes_it_again(
    at: Any, platform: str, parties: dict[str, Party]
) -> None:
    _tie(at, parties, OWNER, USER)
    digest = platforms.meter(
        subject=PLATFORM, user=USER, minutes=60, fee=1, affiliation="none", by=OWNER, at=at(), on=JUNE
    )
    assert told_of(PLATFORM, facts.UseMetered, on=JUNE)[-1].fact.affiliation == "owner"
    platforms.meter.correct(digest, user=of("venture", "other"), by=OWNER, at=at())
    assert [record.fact.affiliation for record in told_of(PLATFORM, facts.UseMetered, on=JUNE)] == ["none"]


def test_use_before_the_platform_was_registered_is_refused(at: Any, platform: str) -> None:
    with pytest.raises(NotYet, match="register it first"):
        _used(at, on=dt.date(2024, 2, 1))


@pytest.mark.parametrize(
    "wrong", [{"minutes": 0}, {"minutes": -5}, {"fee": -1}, {"user": "somebody"}, {"minutes": "90"}]
)
def test_impossible_use_is_refused(at: Any, platform: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(BadFact) as refused:
        platforms.meter(**{"subject": PLATFORM, "user": USER, "minutes": 1, "fee": 0, **wrong}, by=OWNER, at=at())
    assert next(iter(wrong)) in refused.value.text.zh


def test_a_missing_field_is_named(at: Any, platform: str) -> None:
    with pytest.raises(BadFact, match="user"):
        platforms.meter(subject=PLATFORM, minutes=1, fee=0, by=OWNER, at=at())
