"""What the tests of supervision share: an edition in force with targets, real facts, and tasks of the fixed cast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from fuhua.evidence.actions import sequence
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.journey.facts import StayBegan, TitleAwarded
from fuhua.kernel import period
from fuhua.parties.models import Account, Party
from fuhua.plan.actions import tasks
from fuhua.plan.models import Edition, Measure, Target, Task


@pytest.fixture
def now() -> dt.datetime:
    """The moment the test runs: pages know no other."""
    return timezone.now()


@pytest.fixture
def today(now: dt.datetime) -> dt.date:
    """The day in Beijing on which the test runs."""
    return period.day(now)


@pytest.fixture
def edition(db: None, now: dt.datetime, today: dt.date) -> Edition:
    """A plan from two years ago to next year, with two measures and targets for I8 and I9."""
    plan = Edition.objects.create(
        urn="urn:fuhua:edition:test", slug="test-plan", programme="test-plan", title="标杆孵化器培育行动方案", source_digest="0" * 64,
        start=period.add_months(today, -24), end=period.add_months(today, 12), status="published", imported_at=now,
        published_at=now)
    for no, title in ((3, "提升孵化能力"), (24, "加强统筹协调")):
        Measure.objects.create(edition=plan, urn=f"urn:fuhua:measure:{no}", no=no, title=title)
    for code, definition, metric in (("I8", "first", "新孵化国家高新技术企业"), ("I9", "gazelle", "瞪羚企业")):
        Target.objects.create(edition=plan, urn=f"urn:fuhua:target:{code}", metric=metric, op=">=", value=10, unit="家",
                              indicator=code, definition=definition)
    return plan


@pytest.fixture
def certify(cast: dict[str, Account], now: dt.datetime, today: dt.date) -> Callable[..., str]:
    """``certify("hnte")``: a firm in a stay since a year and a half got the title a year ago; returns its URN."""
    made: list[str] = []

    def told(title: str = "hnte") -> str:
        firm = f"urn:fuhua:venture:firm-{len(made)}"
        made.append(firm)
        host = "urn:fuhua:incubator:cast-incubator"
        for fact, months in ((StayBegan(subject=firm, host=host, stay="physical", district="110108"), -18),
                             (TitleAwarded(subject=firm, title=title, basis="certificate" if title == "hnte" else "list"), -12)):
            record(fact, by=cast["city_officer"].party.urn, at=now, grade=Grade.REGISTRY,
                   true_from=period.add_months(today, months))
        sequence.catch_up(at=now)
        return firm

    return told


@pytest.fixture
def acting(cast: dict[str, Account], now: dt.datetime) -> Callable[[str], dict[str, Any]]:
    """``acting("city_officer")``: who does it, now."""
    return lambda office: {"by": cast[office].party.urn, "at": now}


@pytest.fixture
def issued(edition: Edition, organisation: Callable[[str], Party], acting: Any, today: dt.date) -> Callable[..., Task]:
    """``issued(due=…)``: a task of the finance bureau, verified by the science commission; ``days`` from today."""

    def task(days: int = 100, **changes: Any) -> Task:
        wanted = {"title": f"任务 {Task.objects.count()}", "lead": organisation("finance").pk, "year": today.year,
                  "verifier": organisation("city").pk, "due": today + dt.timedelta(days=days)} | changes
        return tasks.issue(edition=edition, **wanted, **acting("city_officer"))

    return task
