"""An awarded application as tests of agreements need it, made directly: call, application, the district's letter, decision."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from fuhua.kernel import urn
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Party
from fuhua.schemes.actions import agreements, signing
from fuhua.schemes.actions.agreements import Planned
from fuhua.schemes.models import Agreement, Application, Call, Decision, Recommendation

OFFICER = PLAYERS["city_officer"].urn
STARTS, ENDS = dt.date(2023, 7, 1), dt.date(2026, 6, 30)
CITY, DISTRICT = 1_000_000_01, 500_000_03


def person(office: str) -> Party:
    """The member of the cast with that office."""
    return Party.objects.get(urn=PLAYERS[office].urn)


def house(name: str) -> Party:
    """An organisation of the cast."""
    return Party.objects.get(urn=ORGANISATIONS[name].urn)


def an_award(at: dt.datetime, *, kind: str = "benchmark_incubator", applicant: str = "incubator", city: int = CITY,
             district: int = DISTRICT) -> Application:
    """An application that was awarded, with its district's recommendation and the decision."""
    issuer, party = house("city"), house(applicant)
    call = Call.objects.create(urn=urn.new("call"), number=f"call-{urn.new('x')[-8:]}", kind=kind, title="标杆孵化器申报", issuer=issuer,
                               opens_at=at - dt.timedelta(days=60), closes_at=at - dt.timedelta(days=30), state="concluded",
                               edition="bj-biaogan-2022", made_at=at, published_at=at)
    row = Application.objects.create(
        urn=urn.new("application"), number=f"SB-{call.pk}", call=call, applicant=party, lead=person("operator"),
        title="启明芯标杆孵化器建设", values={"tier": "leading", "field": "quantum"},
        state="awarded", begun_at=at, saved_at=at, submitted_at=at, digest="a" * 64)
    if district:
        Recommendation.objects.create(application=row, district=house("haidian"), matched=district, day=at.date(), letter="b" * 64, at=at)
    Decision.objects.create(application=row, result="award", city=city, district=district, why="评审第一", person=person("city_officer"),
                            at=at)
    return row


GOALS = (
    Planned("孵化高企", "stated", 3, dt.date(2024, 6, 30), ("高企证书",), 400_000),
    Planned("入驻企业", "residents", 20, dt.date(2025, 6, 30), ("入驻协议", "名单"), 600_000),
)


def drawn(application: Application, at: dt.datetime, **more: Any) -> Agreement:
    """Its agreement, drawn up and not signed."""
    given = {"starts": STARTS, "ends": ENDS, "milestones": GOALS, "steward": person("steward"), "verifier": person("expert"), **more}
    return agreements.draw_up(application=application, by=OFFICER, at=at, **given)


def signed(application: Application, at: dt.datetime, **more: Any) -> Agreement:
    """Its agreement, signed by both."""
    row = drawn(application, at, **more)
    signing.sign(agreement=row, side="party", person=person("operator").pk, document=row.document, by=PLAYERS["operator"].urn, at=at)
    return signing.sign(agreement=row, side="issuer", person=person("city_officer").pk, document=row.document, by=OFFICER, at=at)


@dataclass(frozen=True)
class Evidence:
    """The digests of the documents that a milestone's list asks for."""

    digest: str = "c" * 64

    def of(self, milestone: Any) -> dict[str, str]:
        """One digest for each line."""
        return dict.fromkeys(milestone.evidence, self.digest)
