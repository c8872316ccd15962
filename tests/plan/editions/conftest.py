"""Two invented plans in the usual shape, imported by a city officer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from fuhua.parties.actions.cast import PLAYERS
from fuhua.plan.actions.corrections import confirm_items, match_unit, register_unit, settle_doubt
from fuhua.plan.actions.editions import import_plan
from fuhua.plan.models import Edition
from fuhua.plan.queries.matching import printed_units

OFFICER = PLAYERS["city_officer"].urn
FIRST = """云湖市科学技术局文件
云科发〔2023〕7号

云湖市创新孵化提升行动方案（2023—2025年）

为推动孵化载体高质量发展，制定本方案。

一、总体要求

（一）工作目标

到2025年，建成示范孵化器12家，引进海外项目60个，新增种子基金规模5亿元以上，布局2—4家离岸孵化站。

二、重点任务

（一）选育示范孵化器。围绕本市主导产业，分批遴选示范孵化器，给予场地和人才支持。到2025年，培训孵化经理人300名。（责任单位：市科技局、市财政局，各区政府）

（二）建设公共技术平台。支持孵化器与高校共建中试平台，开放共享仪器设备。（责任单位：市科技局，市教育局）

（三）畅通创业融资渠道。推动银行、担保机构与孵化器合作，为在孵企业提供首贷服务。（责任单位：市财政局，有关银行机构）

三、保障措施

（一）加强组织领导。建立联席会议制度，协调解决重大问题。
"""
NEXT = """云湖市科学技术局文件
云科发〔2026〕3号

云湖市创新孵化提升行动方案（2026—2028年）

为接续推动孵化载体高质量发展，制定本方案。

一、总体要求

（一）工作目标

到2028年，建成示范孵化器30家，引进海外项目120个。

二、重点任务

（一）选育示范孵化器。围绕未来产业，分批遴选示范孵化器。到2028年，培训孵化经理人500名。（责任单位：市科技局，市财政局，各区政府）

（二）建设公共技术平台。支持孵化器与高校共建中试平台，开放共享仪器设备。（责任单位：市科技局，市教育局）

（三）发展概念验证。设立概念验证中心，支持早期成果验证。（责任单位：市科技局）

三、保障措施

（一）加强组织领导。建立联席会议制度，协调解决重大问题。
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """``write("plan.txt", text)`` → the path of a file with that text."""

    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def draft(cast: object, write: Callable[[str, str], Path], at: Callable[..., dt.datetime]) -> Edition:
    """The first plan as a draft."""
    return import_plan(write("first.txt", FIRST), by=OFFICER, at=at("2025-03-01"), slug="yunhu")


def settle_everything(edition: Edition, at: dt.datetime) -> Edition:
    """Do what an officer has to do before publishing."""
    for unit in printed_units(edition):
        if unit.proposed_group:
            match_unit(edition, printed=unit.printed, group=unit.proposed_group, by=OFFICER, at=at)
        elif not unit.matched and unit.candidates and unit.candidates[0].sure == 100:
            match_unit(edition, printed=unit.printed, party=unit.candidates[0].party, by=OFFICER, at=at)
        elif not unit.matched:
            register_unit(edition, printed=unit.printed, names=unit.names, by=OFFICER, at=at)
    items = [*(("measure", pk) for pk in edition.measures.values_list("pk", flat=True)),
             *(("target", pk) for pk in edition.targets.values_list("pk", flat=True))]
    edition.refresh_from_db()
    confirm_items(edition, items=items, by=OFFICER, at=at, seen=edition.version)
    for doubt in edition.doubts.filter(decision=""):
        edition.refresh_from_db()
        settle_doubt(edition, pk=doubt.pk, decision="fine", seen=edition.version, by=OFFICER, at=at)
    edition.refresh_from_db()
    return edition


@pytest.fixture
def ready(draft: Edition, at: Callable[..., dt.datetime]) -> Edition:
    """The first plan with everything settled, not yet published."""
    return settle_everything(draft, at("2025-03-02"))
