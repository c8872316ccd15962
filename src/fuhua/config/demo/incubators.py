"""What incubators do in the demo city: agreements, tiers, checks, uplift, platforms, offshore units."""

from __future__ import annotations

import datetime as dt
from functools import partial

from fuhua.config.demo.city import CITY_OFFICER, END, START, Host, World
from fuhua.config.demo.papers import paper
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import platforms
from fuhua.journey.actions import offshore
from fuhua.kernel import period
from fuhua.kernel import urn as urns
from fuhua.parties.actions import organisations
from fuhua.schemes.actions import agreements
from fuhua.schemes.actions import uplifts as coaching

EDITION = "bj-biaogan-2022"
_COUNTRIES = ("SG", "DE", "GB", "IL", "CH")


def tiers(world: World) -> None:
    """Agreements with the leading and cultivation tiers, a check every year, one failed and one never signed."""
    for index, host in enumerate(world.hosts):
        first, last = (9, dt.date(2025, 6, 30)) if host.tier == "leading" else (12, dt.date(2025, 9, 30))
        day = world.day(dt.date(2022, first, 1), last)
        given = {"subject": host.urn, "by": CITY_OFFICER, "grade": Grade.REGISTRY}
        world.timeline.add(day, partial(agreements.set_tier, **given, tier=host.tier, edition=EDITION, district=host.district, on=day))
        if host.tier == "reserve" or index == 7:
            continue  # the eighth was named but never signed: it must not count
        world.signed[host.urn] = day
        world.timeline.add(day, partial(_sign, host, day), late=3)
        for year in range(1, 4):
            check = period.add_months(day, 12 * year - 2)
            result = "failed" if index == 11 and year == 1 else world.chance.choices(("passed", "partial"), (12, 1))[0]
            if check <= END:
                world.timeline.add(check, partial(agreements.conclude_check, **given, result=result, on=check))


def _sign(host: Host, day: dt.date, at: dt.datetime) -> None:
    document = paper("孵化器建设协议", host.name, day, at)
    agreements.sign(subject=host.urn, edition=EDITION, tier=host.tier, field=host.field, district=host.district, on=day, at=at,
                    by=CITY_OFFICER, grade=Grade.REGISTRY, documents=[document])


def fields(world: World) -> None:
    """The future-field incubators' entry rule is rechecked every year; the last round of two of them is missing."""
    themed = [host for host in world.hosts if host.field and host.urn in world.signed]
    for index, host in enumerate(themed):
        for year in (2024, 2025):
            day = world.day(dt.date(year, 3, 1), dt.date(year, 5, 31))
            if day > world.signed[host.urn] and not (year == 2025 and index < 2):
                world.timeline.add(day, partial(agreements.recheck_field, subject=host.urn, field=host.field, result="passed", on=day,
                                                by=CITY_OFFICER, grade=Grade.REGISTRY), late=9)


def uplifts(world: World) -> None:
    """Traditional incubators coached by benchmark ones: plan, twelve-month delta, both sides confirm (or one forgets)."""
    coaches = [host for host in world.hosts if host.tier == "leading"]
    for index in range(34):
        coached = world.hosts[20 + index]
        coach, day = world.chance.choice(coaches), world.day(dt.date(2022, 6, 1), dt.date(2025, 3, 31))
        given = {"subject": coached.urn, "by": CITY_OFFICER}
        world.timeline.add(day, partial(coaching.agree, **given, coach=coach.urn, district=coached.district, on=day,
                                        grade=Grade.COUNTERPART))
        measured = period.add_months(day, 12)
        if measured > END:
            continue
        world.timeline.add(measured, partial(coaching.measure, **given, delta=world.chance.randrange(-20_000, 400_000),
                                             independent=index % 9 != 0, on=measured, grade=Grade.REGISTRY))
        for role in ("coach", "coached") if index % 7 else ("coach",):
            world.timeline.add(measured, partial(coaching.confirm, **given, role=role, on=measured, grade=Grade.COUNTERPART), late=15)


def shared_platforms(world: World, ventures: list[str], uses: int) -> None:
    """Professional platforms with metered use; three are used by their owner alone and one has no proof of assets."""
    for index in range(36):
        host = world.chance.choice(world.hosts[:40])
        urn, day = urns.of("platform", f"demo-{index:02}"), world.day(START, dt.date(2025, 3, 31))
        name = f"{host.name.removeprefix('北京').removesuffix('孵化器有限公司')}共享实验平台{index + 1}号"
        world.timeline.add(day, partial(_platform, urn, name, host, "none" if index == 5 else "acceptance", index % 3 == 0, day), late=2)
        clients = [host.urn] if index < 3 else world.chance.sample(ventures, 14)
        for _ in range(uses // 36):
            on = world.day(day + dt.timedelta(days=10), END) if day < END - dt.timedelta(days=30) else END
            world.timeline.add(on, partial(platforms.meter, subject=urn, user=world.chance.choice(clients),
                                           minutes=world.chance.randrange(30, 600), fee=world.chance.randrange(200, 9000) * 100,
                                           on=on, by=urn, grade=Grade.SYSTEM), late=0)


def _platform(urn: str, name: str, host: Host, proof: str, extended: bool, day: dt.date, at: dt.datetime) -> None:
    organisations.register(sort="platform", name=name, district=host.district, by=host.urn, at=at, urn=urn)
    platforms.register(subject=urn, owner=host.urn, novelty="extended" if extended else "new", proof=proof, acquired=day,
                       district=host.district, on=day, at=at, by=host.urn, grade=Grade.REGISTRY)


def abroad(world: World, ventures: list[str]) -> None:
    """Offshore units with traffic both ways; one is only a plaque and one has been quiet for more than a year."""
    for index, country in enumerate(_COUNTRIES):
        host, day = world.hosts[index], world.day(dt.date(2022, 9, 1), dt.date(2023, 12, 31))
        urn = urns.of("offshore", f"demo-{index}")
        world.timeline.add(day, partial(_offshore, urn, host, country, "none" if index == 3 else "registration", day))
        last = dt.date(2024, 6, 30) if index == 4 else END
        for _ in range(14):
            on = world.day(day + dt.timedelta(days=30), last)
            world.timeline.add(on, partial(offshore.note_project, subject=urn, direction=world.chance.choice(("in", "out")), on=on,
                                           project=world.chance.choice(ventures), by=host.urn, grade=Grade.COUNTERPART))


def _offshore(urn: str, host: Host, country: str, proof: str, day: dt.date, at: dt.datetime) -> None:
    organisations.register(sort="offshore", name=f"{host.name.removesuffix('有限公司')}{country}离岸中心", by=host.urn, at=at, urn=urn)
    offshore.open_unit(subject=urn, incubator=host.urn, country=country, proof=proof, on=day, at=at, by=CITY_OFFICER, grade=Grade.REGISTRY)
