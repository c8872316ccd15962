"""A round for tests of reviewing: a closed call, applications that are eligible, and experts who sit, made directly in the tables."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fuhua.kernel import period, urn
from fuhua.parties.models import Account, Party, Tie
from fuhua.schemes.actions import panels, reviews
from fuhua.schemes.models import Application, Call, Review, Seat

NOON = period.noon(dt.date(2025, 6, 30))
SEED = "a seed nobody knew"
MARKS = {"team": 20, "mode": 20, "field": 15, "results": 10, "plan": 10}  # 75 points


def marks(total: int) -> dict[str, int]:
    """Marks of the benchmark incubator's rubric that sum to ``total`` points."""
    left, found = total, {}
    for code, most in (("team", 25), ("mode", 25), ("field", 20), ("results", 15), ("plan", 15)):
        found[code] = min(most, left)
        left -= found[code]
    return found


class Round:
    """A call of the city with applications and experts; ``at`` is the moment at which things happen."""

    def __init__(self, cast: dict[str, Account], issuer: Party, *, applications: int, experts: int, load: int, **call: Any) -> None:
        self.cast, self.at = cast, NOON
        self.officer = cast["city_officer"].party
        self.call = Call.objects.create(**{
            "urn": urn.new("call"), "number": f"BJ-SC-2025-{Call.objects.count() + 1:03d}", "kind": "benchmark_incubator", "issuer": issuer,
            "title": "2025 年标杆孵化器申报", "opens_at": NOON - dt.timedelta(days=40), "closes_at": NOON - dt.timedelta(days=10),
            "seed": SEED, "seal": hashlib.sha256(SEED.encode()).hexdigest(), "state": "closed", "made_at": NOON, **call})
        self.applicants = self.parties("incubator", "申报孵化器", applications)
        self.leads = self.parties("person", "负责人", applications)
        self.applications = Application.objects.bulk_create([
            Application(urn=urn.new("application"), number=f"{self.call.number}-{at + 1:04d}", call=self.call, applicant=applicant,
                        lead=lead, title=f"三年工作方案 {at + 1}", state="eligible", begun_at=NOON, saved_at=NOON, submitted_at=NOON)
            for at, (applicant, lead) in enumerate(zip(self.applicants, self.leads, strict=True))])
        self.houses = self.parties("university", "专家单位", experts)
        self.experts = self.parties("person", "评审专家", experts)
        self.tie("employs", *zip(self.houses, self.experts, strict=True), office="expert")
        self.seats = Seat.objects.bulk_create([
            Seat(call=self.call, person=person, most=load, senior=at % 2 == 0, house=house, seated_at=NOON)
            for at, (person, house) in enumerate(zip(self.experts, self.houses, strict=True))])

    def parties(self, sort: str, name: str, count: int) -> list[Party]:
        """So many parties of a sort."""
        return Party.objects.bulk_create([Party(urn=urn.new(sort), sort=sort, name=f"{name}{each + 1}", entered_at=NOON)
                                          for each in range(count)])

    def tie(self, kind: str, *ends: tuple[Party, Party], **given: Any) -> list[Tie]:
        """Confirmed ties between pairs of parties since 2020."""
        return Tie.objects.bulk_create([
            Tie(**{"kind": kind, "source": source, "target": target, "state": "confirmed", "since": dt.date(2020, 1, 1),
                   "proposed_for": source, "confirmed_by": target, **given}) for source, target in ends])

    @property
    def told(self) -> dict[str, Any]:
        """Who does it and when."""
        return {"by": self.officer.urn, "at": self.at}

    def draw(self) -> Any:
        """Draw the panel."""
        return panels.draw(call=self.call, **self.told)

    def reviews(self, application: Application) -> list[Review]:
        """The reviews of the application that stand."""
        return list(application.reviews.filter(state__in=["asked", "scored"]).select_related("seat__person", "application").order_by("pk"))

    def score(self, review: Review, total: int) -> Review:
        """Hand the review in with so many points."""
        return reviews.score(review=review, marks=marks(total), comment=f"给出 {total} 分的理由", by=review.seat.person.urn, at=self.at)

    def score_all(self, *totals: int) -> None:
        """Hand in every open review, the ``totals`` in turn for each application."""
        for application in self.applications:
            for review, total in zip(self.reviews(application), totals, strict=False):
                if review.state == "asked":
                    self.score(review, total)

    def client(self, person: Party) -> Client:
        """A client signed in as the person."""
        account, _new = Account.objects.get_or_create(party=person, defaults={"username": person.urn[-32:]})
        client = Client()
        client.force_login(account)
        return client

    def state(self, row: Any) -> str:
        """The state of a row now."""
        row.refresh_from_db()
        return row.state


def page(name: str, row: Any, *more: Any) -> str:
    """The address of a page of schemes about a row."""
    keys = {"pk": row.pk, **({"digest": more[0]} if more else {})}
    return reverse(f"schemes:{name}", kwargs=keys)


@pytest.fixture
def round_of(cast: dict[str, Account], organisation: Callable[[str], Party]) -> Callable[..., Round]:
    """``round_of(applications=3, experts=6)``: a closed call with applications and experts who sit."""

    def make(applications: int = 3, experts: int = 6, load: int = 12, **call: Any) -> Round:
        return Round(cast, organisation("city"), applications=applications, experts=experts, load=load, **call)

    return make
