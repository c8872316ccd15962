"""The lives of the demo city's ventures: founding, stays, titles, relays, business abroad, landings and gold seeds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from fuhua.config.demo import names
from fuhua.config.demo.city import CITY_OFFICER, END, Host, World
from fuhua.config.demo.papers import paper
from fuhua.evidence.words import Grade
from fuhua.journey.actions import abroad, landings, relays, stays, titles
from fuhua.kernel import period
from fuhua.kernel import urn as urns
from fuhua.parties.actions import organisations
from fuhua.parties.actions.cast import ORGANISATIONS
from fuhua.schemes.actions import gold_seeds as seeds


@dataclass(frozen=True)
class Venture:
    """A venture before its life begins: who, where, with whom and from when."""

    urn: str
    name: str
    field: str
    host: Host
    began: dt.date
    code: str


def lives(world: World, count: int) -> None:
    """``count`` ventures, the founder's of the cast first, each with a life of its own."""
    for index in range(count):
        venture = _venture(world, index)
        world.ventures.append(venture.urn)
        if index:
            world.timeline.add(venture.began - dt.timedelta(days=world.chance.randrange(5, 300)), partial(_register, venture), late=0)
        ended = _stay(world, venture, index)
        _titles(world, venture, index, ended)
        if index % 9 == 4:
            _relay(world, venture, ended)
        if index % 13 == 6:
            _abroad(world, venture)


def _venture(world: World, index: int) -> Venture:
    busy = [4 if host.tier == "leading" else 2 if host.tier == "cultivation" else 1 for host in world.hosts]
    host = world.chance.choices(world.hosts, busy)[0] if index else world.hosts[0]
    name, field = names.venture(next(world.brands), world.chance)
    cast = ORGANISATIONS["venture"]
    urn = urns.of("venture", f"demo-{index:03}") if index else cast.urn
    return Venture(urn, name if index else cast.name, field, host, world.day(dt.date(2022, 1, 10), dt.date(2025, 9, 30)),
                   names.code(world.chance, "110108"))


def _register(venture: Venture, at: dt.datetime) -> None:
    organisations.register(sort="venture", name=venture.name, code=venture.code, district=venture.host.district, by=CITY_OFFICER,
                           at=at, grade=Grade.REGISTRY, urn=venture.urn)


def _stay(world: World, venture: Venture, index: int) -> dt.date:
    """The stay: virtual for one in ten, pre-incubation first for some; returns the last day of it (END while it lasts)."""
    kind = "virtual" if index % 10 == 3 else "physical"
    given = {"subject": venture.urn, "host": venture.host.urn, "by": venture.host.urn}
    if index % 17 == 5:
        before = venture.began - dt.timedelta(days=1)
        world.timeline.add(before, partial(stays.begin, **given, stay="pre_incubation", district=venture.host.district, on=before,
                                           grade=Grade.DECLARED), late=1)
    grade = Grade.COUNTERPART if index % 4 else Grade.DECLARED
    world.timeline.add(venture.began, partial(stays.begin, **given, stay=kind, district=venture.host.district, on=venture.began,
                                              grade=grade), late=2)
    ended = venture.began + dt.timedelta(days=world.chance.randrange(420, 1500))
    if ended >= END:
        return END
    reason = world.chance.choices(("graduated", "exited", "closed"), (6, 2, 1))[0]
    world.timeline.add(ended, partial(stays.end, **given, stay=kind, reason=reason, on=ended, grade=grade), late=4)
    return ended


def _titles(world: World, venture: Venture, index: int, ended: dt.date) -> None:
    """Recognitions: some firms moved in with their certificate, most earned it during the stay."""
    first = venture.began + dt.timedelta(days=world.chance.randrange(90, 500))
    if world.chance.random() < 0.75:
        _award(world, venture, "tech_sme", first)
    moved_in = index % 8 == 2
    if moved_in or world.chance.random() < 0.62:
        days = -world.chance.randrange(10, 400) if moved_in else world.chance.randrange(200, 800)
        day = venture.began + dt.timedelta(days=days)
        _award(world, venture, "hnte", day)
        if world.chance.random() < 0.22:
            title = world.chance.choices(("gazelle", "frontier"), (4, 1))[0]
            _award(world, venture, title, min(ended, day + dt.timedelta(days=world.chance.randrange(100, 420))))


def _award(world: World, venture: Venture, title: str, day: dt.date) -> None:
    if day <= END and day.year >= 2021:
        known = max(day, venture.began)
        world.timeline.add(known, partial(_certify, venture, title, day), late=world.chance.randrange(3, 25))


def _certify(venture: Venture, title: str, day: dt.date, at: dt.datetime) -> None:
    documents = [paper("高新技术企业证书", venture.name, day, at)] if title == "hnte" else []
    titles.award(subject=venture.urn, title=title, basis="certificate" if title == "hnte" else "list", on=day, at=at, by=CITY_OFFICER,
                 grade=Grade.REGISTRY, documents=documents)


def _relay(world: World, venture: Venture, ended: dt.date) -> None:
    """Relay to a park after the stay: an agreement with a split, checks at 3, 6 and 12 months, or a coded failure."""
    day = min(ended, END - dt.timedelta(days=world.chance.randrange(20, 700)))
    if day <= venture.began:
        return
    given = {"subject": venture.urn, "by": venture.host.urn, "grade": Grade.COUNTERPART}
    world.timeline.add(day, partial(relays.agree, **given, from_host=venture.host.urn, to_park=world.chance.choice(world.parks),
                                    split=world.chance.choice((400_000, 500_000, 600_000)), district=venture.host.district, on=day), late=5)
    if world.chance.random() < 0.12:
        failed = day + dt.timedelta(days=100)
        if failed <= END:
            why = world.chance.choice(("site", "environment", "policy"))
            world.timeline.add(failed, partial(relays.fail, **given, reason=why, on=failed), late=6)
        return
    for month in (3, 6, 12):
        check = period.add_months(day, month)
        if check <= END:
            world.timeline.add(check, partial(relays.confirm, **given, month=month, on=check), late=7)


def _abroad(world: World, venture: Venture) -> None:
    day = world.day(venture.began, END)
    kind = world.chance.choices(("entity", "order", "approval", "delegation"), (3, 4, 2, 3))[0]
    country = world.chance.choice(("SG", "DE", "US", "JP", "GB"))
    world.timeline.add(day, partial(abroad.go, subject=venture.urn, evidence=kind, country=country,
                                    on=day, by=venture.host.urn, grade=Grade.DECLARED), late=10)


def overseas(world: World, count: int) -> None:
    """Overseas people and projects that landed: activity at six months, or a lapse."""
    for index in range(count):
        host, day = world.chance.choice(world.hosts[:40]), world.day(dt.date(2022, 3, 1), dt.date(2025, 11, 30))
        case = urns.of("landing", f"demo-{index:03}")
        given = {"subject": case, "by": host.urn}
        sort = "person" if index % 3 else "project"
        who = {sort: urns.of(sort, f"overseas-{index:03}")}
        world.timeline.add(day, partial(landings.land, **given, **who, entity=world.chance.choice(world.ventures), district=host.district,
                                        host=host.urn, on=day, grade=Grade.REGISTRY), late=6)
        check = period.add_months(day, 6)
        if check <= END and index % 5 != 1:
            world.timeline.add(check, partial(landings.confirm_active, **given, month=6, on=check, grade=Grade.COUNTERPART), late=8)
        elif check <= END and index % 10 == 1:
            world.timeline.add(check, partial(landings.lapse, **given, reason="inactive", on=check, grade=Grade.REGISTRY), late=20)


def gold_seeds(world: World, count: int) -> None:
    """Gold seeds in future fields, rechecked a year later; some fail and leave."""
    for index in range(count):
        urn = world.ventures[index * 7 + 3]
        day = world.day(dt.date(2025, 1, 5), dt.date(2025, 6, 30)) if index % 2 else dt.date(2024, 9, 10)
        field = world.chance.choice(("quantum", "brain_inspired", "cell_and_gene", "general_ai"))
        given = {"subject": urn, "by": CITY_OFFICER, "grade": Grade.REGISTRY}
        world.timeline.add(day, partial(seeds.enter, **given, field=field, edition="bj-biaogan-2022", on=day), late=3)
        check = period.add_months(day, 12)
        if check <= END:
            result = "failed" if index % 8 == 0 else "passed"
            world.timeline.add(check, partial(seeds.recheck, **given, result=result, on=check), late=9)
            if result == "failed":
                world.timeline.add(check, partial(seeds.leave, **given, reason="failed_recheck", on=check), late=30)
