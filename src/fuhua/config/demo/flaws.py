"""Flaws planted in the demo city, so that the cockpit has something to show: late, doubled, contested."""

from __future__ import annotations

import datetime as dt
from functools import partial

from fuhua.capital.actions import funds
from fuhua.config.demo.city import CITY_OFFICER, World
from fuhua.config.demo.money import YI
from fuhua.evidence.actions import facts
from fuhua.evidence.models import Fact
from fuhua.evidence.words import Grade
from fuhua.journey.actions import stays, titles
from fuhua.kernel import urn as urns
from fuhua.parties.actions import organisations
from fuhua.parties.models import Party


def plant(world: World) -> None:
    """A payment told four hundred days late, a firm registered twice, a contested payment."""
    late = dt.date(2024, 3, 15)
    world.timeline.add(late, partial(funds.pay_in, subject=urns.of("fund", "demo-06"), amount=YI // 2, payer=urns.of("firm", "lp-07"),
                                     on=late, by=urns.of("fund", "demo-06"), grade=Grade.DECLARED), late=400)
    world.timeline.add(dt.date(2024, 5, 20), partial(_twice, world), late=0)
    world.timeline.add(dt.date(2025, 10, 9), _contest, late=0)


def _twice(world: World, at: dt.datetime) -> None:
    """The same firm once more, with brackets in its name and without its credit code, certificate and all."""
    first = Party.objects.filter(sort="venture", urn__startswith="urn:fuhua:venture:demo-").order_by("urn")[40]
    name = first.name.replace("北京", "", 1).replace("有限公司", "（北京）有限公司")
    double = organisations.register(sort="venture", name=name, district=first.district, by=CITY_OFFICER, at=at,
                                    urn=urns.of("venture", "demo-twice"))
    host, day = world.hosts[2], dt.date(2024, 5, 6)
    stays.begin(subject=double.urn, host=host.urn, stay="physical", district=host.district, on=day, at=at, by=host.urn)
    titles.award(subject=double.urn, title="hnte", basis="certificate", on=dt.date(2024, 5, 20), at=at, by=CITY_OFFICER,
                 grade=Grade.REGISTRY)


def _contest(at: dt.datetime) -> None:
    told = Fact.objects.filter(kind="capital.fund_paid_in").order_by("-id").values_list("digest", flat=True)
    for digest in told[3:5]:
        facts.contest(digest, reason="wrong_amount", by=urns.of("person", "cast-zheng-yan"), at=at)
