"""The roster of landings from abroad: projects of overseas talents, where and when they landed (海外项目落地名单)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from fuhua.journey.actions import landings
from fuhua.journey.models import Landing
from fuhua.kernel import urn as urns
from fuhua.kernel.roster import ROSTERS, Column, Line, Reference, Roster, RowRefused, Telling
from fuhua.kernel.sheet.values import day
from fuhua.kernel.words import t
from fuhua.parties.kinds.roster_columns import code_column, district_column, name_column


def _case(line: Line) -> str:
    """The case of a project: its URN follows from the project's, so that it is the same in every file."""
    return urns.of("landing", hashlib.sha256(line.parties["project"].encode()).hexdigest()[:32])


def _check(values: Mapping[str, Any]) -> Sequence[RowRefused]:
    landed, wrong = values.get("landed"), []
    for field in ("active_6", "active_12"):
        if landed and values.get(field) and values[field] < landed:
            wrong.append(
                RowRefused(
                    t(
                        "活跃核查日期（{day}）早于落地日期，请核对",
                        "it was found active ({day}) before it landed; check the days",
                    ).format(day=values[field]),
                    field,
                )
            )
    return wrong


def _tell(line: Line) -> list[Telling]:
    values, parties, case = line.values, line.parties, _case(line)
    told = [
        Telling(
            "landed",
            landings.land,
            values["landed"],
            {
                "subject": case,
                "project": parties["project"],
                "entity": parties.get("entity", ""),
                "host": parties.get("host", ""),
                "district": values.get("district", ""),
            },
        )
    ]
    for month in (6, 12):
        if values.get(f"active_{month}"):
            told.append(
                Telling(
                    f"active_{month}",
                    landings.confirm_active,
                    values[f"active_{month}"],
                    {"subject": case, "month": month},
                )
            )
    return told


def _known(lines: Sequence[Line]) -> dict[int, dict[str, str]]:
    projects = {line.parties["project"]: line.number for line in lines}
    return {
        projects[row.project]: {"landed": row.digest}
        for row in Landing.objects.filter(urn__in=[_case(line) for line in lines], project__in=list(projects))
    }


SPEC = ROSTERS.add(
    Roster(
        name="landings",
        title=t("海外项目落地名单", "Landings from abroad"),
        about=t(
            "海外人才和项目的落地；按项目计，一个项目只有一个落地案例。人才姓名不在表中填写，请在人员页面登记。",
            "Landings by project: one project is one case. Names of people are not taken from files; enter them on their page.",
        ),
        rank=50,
        columns=(
            name_column(
                "project",
                t("项目名称", "Project"),
                "项目",
                "落地项目",
                "海外项目名称",
                "project",
                required=True,
                example="示例量子传感项目",
                help=t("项目或团队名称", "the project's or team's name"),
            ),
            Column(
                "landed",
                t("落地日期", "Landed"),
                day,
                ("落地时间", "引进日期", "引进时间", "landed"),
                required=True,
                example="2024-05-20",
            ),
            name_column(
                "entity",
                t("注册企业", "Entity"),
                "落地企业",
                "落地企业名称",
                "注册企业名称",
                "企业名称",
                "公司名称",
                help=t("在京注册的企业，未注册留空", "the firm registered here, if any"),
            ),
            code_column("entity_code", t("企业信用代码", "Entity's credit code"), "统一社会信用代码", "信用代码"),
            name_column("host", t("落地载体", "Host"), "孵化器", "孵化器名称", "载体", "载体名称"),
            district_column(),
            Column(
                "active_6",
                t("6 个月活跃核查日期", "Found active at 6 months"),
                day,
                ("6个月活跃", "六个月核查", "6个月核查日期"),
            ),
            Column(
                "active_12",
                t("12 个月活跃核查日期", "Found active at 12 months"),
                day,
                ("12个月活跃", "十二个月核查", "12个月核查日期"),
            ),
        ),
        references=(
            Reference("project", name="project", sorts=("project", "venture"), creates=True, district="district"),
            Reference(
                "entity",
                name="entity",
                code="entity_code",
                sorts=("venture", "firm"),
                creates=True,
                required=False,
                district="district",
            ),
            Reference("host", name="host", sorts=("incubator", "park", "university"), required=False),
        ),
        key=lambda line: line.parties["project"],
        tell=_tell,
        subject=_case,
        verbs={"landed": landings.land, "active_6": landings.confirm_active, "active_12": landings.confirm_active},
        check=_check,
        known=_known,
    )
)
