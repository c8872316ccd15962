"""The demo city's organisations: units, districts, incubators of three tiers, parks and universities."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from fuhua.config.demo import names
from fuhua.config.demo.timeline import Timeline
from fuhua.evidence.words import Grade
from fuhua.kernel import urn as urns
from fuhua.parties.actions import organisations
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.words import DISTRICTS

CITY_OFFICER = PLAYERS["city_officer"].urn
START = dt.date(2022, 1, 4)
END = dt.date(2025, 12, 31)
WEIGHTS = {"110108": 30, "110176": 14, "110114": 11, "110105": 11, "110106": 6, "110112": 5, "110113": 5, "110115": 6}

UNITS = (
    ("市人才工作局", "北京市人才工作局"), ("市国资委", "北京市人民政府国有资产监督管理委员会"), ("市发展改革委", "北京市发展和改革委员会"),
    ("市市场监管局", "北京市市场监督管理局"), ("市人力资源社会保障局", "北京市人力资源和社会保障局"), ("市生态环境局", "北京市生态环境局"),
    ("北京市税务局", "国家税务总局北京市税务局"), ("市教委", "北京市教育委员会"), ("市卫生健康委", "北京市卫生健康委员会"),
    ("市知识产权局", "北京市知识产权局"), ("市经济和信息化局", "北京市经济和信息化局"), ("市金融监管局", "北京市地方金融监督管理局"),
    ("北京证监局", "中国证券监督管理委员会北京监管局"), ("市科协", "北京市科学技术协会"), ("北京海关", "中华人民共和国北京海关"),
    ("市政府外办", "北京市人民政府外事办公室"), ("北京经济技术开发区管委会", "北京经济技术开发区管理委员会"),
)


@dataclass(frozen=True)
class Host:
    """An incubator: URN, district, tier and the field it is known for."""

    urn: str
    name: str
    district: str
    tier: str
    field: str = ""


@dataclass
class World:
    """What has been made so far, for others to draw on."""

    chance: random.Random
    timeline: Timeline
    brands: Iterator[str]
    hosts: list[Host] = field(default_factory=list)
    parks: list[str] = field(default_factory=list)
    universities: list[str] = field(default_factory=list)
    signed: dict[str, dt.date] = field(default_factory=dict)
    ventures: list[str] = field(default_factory=list)

    def district(self) -> str:
        """A district, the busy ones more often."""
        codes = list(DISTRICTS)
        return self.chance.choices(codes, [WEIGHTS.get(code, 1.2) for code in codes])[0]

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """A day between two, both included."""
        return first + dt.timedelta(days=self.chance.randrange((last - first).days + 1))


def found(world: World, at: dt.datetime) -> None:
    """Enter units, districts, parks, universities and incubators, as known at the beginning."""
    for index, (plate, name) in enumerate(UNITS):
        _register(at, "agency", name, f"unit-{index}", plates=(plate,))
    for code, name in DISTRICTS.items():
        if code not in ("110108", "110176"):
            _register(at, "district", f"北京市{name.zh}人民政府", f"district-{code}", district=code, plates=(name.zh,), english=name.en)
    for index in range(8):
        district = world.district()
        name = f"{DISTRICTS[district].zh.removesuffix('区')}{next(world.brands)}产业园"
        world.parks.append(_register(at, "park", name, f"park-{index}", district=district))
    for index in range(6):
        name = f"北京{next(world.brands)}工业大学"
        world.universities.append(_register(at, "university", name, f"university-{index}", district="110108"))
    for index in range(60):
        world.hosts.append(_host(world, at, index))


def _host(world: World, at: dt.datetime, index: int) -> Host:
    tier = "leading" if index < 20 else "cultivation" if index < 40 else "reserve"
    field_code = names.venture("甲", world.chance)[1] if index % 3 == 0 else ""
    cast = ORGANISATIONS["incubator"]
    if index == 0:
        return Host(cast.urn, cast.name, cast.district, tier, "quantum")
    district, name = world.district(), names.incubator(next(world.brands), world.chance)
    urn = _register(at, "incubator", name, f"incubator-{index:02}", district=district, code=names.code(world.chance, "110108"))
    return Host(urn, name, district, tier, field_code)


def _register(at: dt.datetime, sort: str, name: str, identity: str, **given: object) -> str:
    urn = urns.of(sort, f"demo-{identity}")
    organisations.register(sort=sort, name=name, by=CITY_OFFICER, at=at, grade=Grade.REGISTRY, urn=urn, **given)
    return urn
