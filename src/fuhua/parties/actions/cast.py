"""The fixed cast of the demonstration and of the tests: ten people, their offices and their organisations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from fuhua.evidence.words import Grade
from fuhua.kernel import urn as urns
from fuhua.parties import models
from fuhua.parties.actions import organisations, people, ties
from fuhua.parties.words import TieKind


@dataclass(frozen=True)
class Role:
    """An organisation of the cast; ``urn`` is deterministic, so that whatever refers to it can be made again."""

    sort: str
    name: str
    identity: str
    code: str = ""
    district: str = ""
    plates: tuple[str, ...] = ()
    english: str = ""

    @property
    def urn(self) -> str:
        """The organisation's URN."""
        return urns.of(self.sort, self.identity)


@dataclass(frozen=True)
class Player:
    """A person of the cast: name, where they hold the office that names them, and the identity in their URN."""

    name: str
    organisation: str
    identity: str

    @property
    def urn(self) -> str:
        """The person's URN."""
        return urns.of("person", self.identity)


ORGANISATIONS: dict[str, Role] = {
    "city": Role(
        "agency",
        "北京市科学技术委员会",
        "cast-city",
        plates=("中关村科技园区管理委员会", "市科委", "中关村管委会"),
        english="Beijing Municipal Science and Technology Commission",
    ),
    "steering": Role("agency", "北京市人民政府办公厅", "cast-steering"),
    "finance": Role("agency", "北京市财政局", "cast-finance", plates=("市财政局",)),
    "audit": Role("agency", "北京市审计局", "cast-audit"),
    "haidian": Role("district", "北京市海淀区人民政府", "cast-haidian", district="110108", plates=("海淀区",)),
    "incubator": Role("incubator", "北京启明芯孵化器有限公司", "cast-incubator", district="110108"),
    "venture": Role("venture", "北京寄灵科技有限公司", "cast-venture", district="110108", plates=("寄灵科技",)),
    "institute": Role("university", "北京未名前沿技术研究院", "cast-institute", district="110108"),
    "park": Role("park", "中关村东升科学园", "cast-park", district="110108"),
    "service": Role("firm", "北京创服管家科技服务有限公司", "cast-service", district="110108"),
}
PLAYERS: dict[str, Player] = {
    "coordinator": Player("何平", "steering", "cast-he-ping"),
    "city_officer": Player("陈晓岚", "city", "cast-chen-xiaolan"),
    "district_officer": Player("刘建国", "haidian", "cast-liu-jianguo"),
    "department_officer": Player("王敏", "finance", "cast-wang-min"),
    "operator": Player("赵一鸣", "incubator", "cast-zhao-yiming"),
    "founder": Player("林舟", "venture", "cast-lin-zhou"),
    "expert": Player("周以宁", "institute", "cast-zhou-yining"),
    "steward": Player("孙洁", "service", "cast-sun-jie"),
    "park_manager": Player("吴海", "park", "cast-wu-hai"),
    "auditor": Player("郑严", "audit", "cast-zheng-yan"),
}


@transaction.atomic
def enter_cast(password: str, at: dt.datetime) -> dict[str, models.Account]:
    """Enter the whole cast through the actions; returns office → account (the username is the office)."""
    by = PLAYERS["coordinator"].urn
    houses = {
        key: organisations.register(
            sort=role.sort,
            name=role.name,
            code=role.code,
            district=role.district,
            plates=role.plates,
            english=role.english,
            by=by,
            at=at,
            grade=Grade.REGISTRY,
            urn=role.urn,
        )
        for key, role in ORGANISATIONS.items()
    }
    accounts = {}
    for office, player in PLAYERS.items():
        person = people.enter(name=player.name, by=by, at=at, grade=Grade.REGISTRY, urn=player.urn)
        accounts[office] = people.open_account(
            username=office, password=password, party=person, by=by, at=at, strict=False
        )
        ties.attest(
            kind=TieKind.EMPLOYS, source=houses[player.organisation], target=person, office=office, by=by, at=at
        )
    return accounts
