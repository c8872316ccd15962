"""The demo city's early-stage funds: commitments, payments in, parent funds, deployments."""

from __future__ import annotations

import datetime as dt
from functools import partial

from fuhua.capital.actions import funds, stocks
from fuhua.config.demo import names
from fuhua.config.demo.city import CITY_OFFICER, END, World
from fuhua.config.demo.papers import paper
from fuhua.evidence.words import Grade
from fuhua.kernel import urn as urns
from fuhua.parties.actions import organisations

YI = 10_000_000_000  # 1 亿元 in fen


def raised(world: World, count: int) -> list[tuple[str, dt.date]]:
    """``count`` funds; the first four are parents that also pay into others, a fifth are not early-stage."""
    made: list[tuple[str, dt.date]] = []
    for index in range(count):
        urn, day = urns.of("fund", f"demo-{index:02}"), world.day(dt.date(2022, 6, 1), dt.date(2025, 5, 31))
        name, district = names.fund(next(world.brands), world.chance), world.district()
        committed = world.chance.randrange(8, 46) * YI // 10
        world.timeline.add(day, partial(_declare, urn, name, district, committed, index % 5 != 4, day), late=1)
        parent = made[index % 4][0] if index > 8 and index % 3 == 0 else ""
        _pay(world, urn, name, committed, day, parent)
        _deploy(world, urn, committed, day)
        made.append((urn, day))
    return made


def _declare(urn: str, name: str, district: str, committed: int, early: bool, day: dt.date, at: dt.datetime) -> None:
    organisations.register(sort="fund", name=name, district=district, by=CITY_OFFICER, at=at, grade=Grade.REGISTRY, urn=urn)
    grade = Grade.DECLARED if urn.endswith("7") else Grade.REGISTRY
    funds.declare(subject=urn, committed=committed, early=early, district=district, on=day, at=at, by=urn, grade=grade)


def _pay(world: World, urn: str, name: str, committed: int, day: dt.date, parent: str) -> None:
    """Instalments over two years; one fund in three also takes money from a parent fund."""
    for part in range(world.chance.randrange(2, 5)):
        on = day + dt.timedelta(days=30 + part * world.chance.randrange(90, 260))
        if on <= END:
            payer = parent if parent and part == 1 else urns.of("firm", f"lp-{world.chance.randrange(40):02}")
            amount = committed * world.chance.randrange(18, 32) // 100
            world.timeline.add(on, partial(_paid, urn, name, amount, payer, on), late=world.chance.randrange(2, 20))


def _paid(urn: str, name: str, amount: int, payer: str, on: dt.date, at: dt.datetime) -> None:
    document = paper("银行到账回单", name, on, at, f"金额（分）：{amount}")
    funds.pay_in(subject=urn, amount=amount, payer=payer, on=on, at=at, by=urn, grade=Grade.COUNTERPART, documents=[document])


def _deploy(world: World, urn: str, committed: int, day: dt.date) -> None:
    for _ in range(world.chance.randrange(6, 22)):
        on = world.day(day + dt.timedelta(days=60), END) if day + dt.timedelta(days=60) < END else END
        world.timeline.add(on, partial(funds.deploy, subject=urn, amount=committed // 40,
                                       stage=world.chance.choices(("early", "later"), (5, 1))[0],
                                       venture=world.chance.choice(world.ventures), on=on, by=urn, grade=Grade.COUNTERPART), late=12)


def press(world: World, day: dt.date) -> None:
    """What the press said of the stock of early funds: a figure without baseline, which decides nothing."""
    city = urns.of("programme", "beijing")
    world.timeline.add(day, partial(_reported, city, day), late=0)


def _reported(city: str, day: dt.date, at: dt.datetime) -> None:
    document = paper("新闻报道摘录", "标杆孵化器", day, at, "早期基金规模约 300 亿元（存量，未说明基线、认缴或实缴）")
    stocks.report(subject=city, metric="early_funds", value=300 * YI, on=day, at=at, by=CITY_OFFICER, grade=Grade.DECLARED,
                  documents=[document])
