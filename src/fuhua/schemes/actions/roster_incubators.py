"""The roster of incubators: who they are, and with it their tier, agreement and last check (孵化器名单)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fuhua.kernel.roster import ROSTERS, Column, Line, Reference, Roster, RowRefused, Telling
from fuhua.kernel.sheet.refusal import BadCell
from fuhua.kernel.sheet.values import choice, day, folded
from fuhua.kernel.words import t
from fuhua.parties.actions.attributes import in_district, must_bear
from fuhua.parties.kinds.roster_columns import code_column, district_column, name_column
from fuhua.schemes import words
from fuhua.schemes.actions import agreements

_TIERS = {
    "引领": "leading",
    "引领型": "leading",
    "培育": "cultivation",
    "培育型": "cultivation",
    "储备": "reserve",
    "入库培育": "reserve",
}
_EDITION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")


def _edition(value: Any, _header: str = "") -> str:
    written = folded(value).removesuffix("年").removesuffix("年度")
    if _EDITION.fullmatch(written) is None:
        raise BadCell(
            t(
                "“{value}”不是批次代码，请用年份或字母数字，如 2022",
                "“{value}” is no edition; use a year or letters and digits, like 2022",
            ).format(value=folded(value)[:40])
        )
    return written


def _field(value: Any, header: str = "") -> str:
    """A field that ever stood on the list, by code or by any name it had: a roster tells what was signed long ago too."""
    fields = words.FUTURE_FIELDS.every()
    former = {name.zh: code for code, each in fields.items() for _since, name in each.names}
    return choice({code: each.name for code, each in fields.items()}, former)(value, header)


def _check(values: Mapping[str, Any]) -> Sequence[RowRefused]:
    wrong = []
    if values.get("signed") and not (values.get("tier") and values.get("edition")):
        wrong.append(
            RowRefused(
                t("填写了签约日期，还须填写梯次和批次", "with a day of signing, give tier and edition too"), "tier"
            )
        )
    if values.get("tier") and not (values.get("tier_since") or values.get("signed")):
        wrong.append(
            RowRefused(
                t("填写了梯次，还须填写认定日期或签约日期", "with a tier, give its day or the day of signing"),
                "tier_since",
            )
        )
    if bool(values.get("check")) != bool(values.get("checked")):
        wrong.append(
            RowRefused(t("考核结论和考核日期须同时填写", "a check's result and its day go together"), "checked")
        )
    if values.get("check") and not values.get("signed"):
        wrong.append(
            RowRefused(t("填写了考核结论，还须填写签约日期", "with a check, give the day of signing too"), "signed")
        )
    return wrong


def _tell(line: Line) -> list[Telling]:
    values, subject = line.values, line.parties["incubator"]
    if values.get("name"):
        must_bear(subject, values["name"], "name")
    district = values.get("district", "")
    place = {"subject": subject, "district": district}
    ranked = {**place, "tier": values.get("tier"), "edition": values.get("edition", "")}
    told = [Telling("district", in_district, None, place)] if district else []
    if values.get("signed"):
        told.append(Telling("signed", agreements.sign, values["signed"], {**ranked, "field": values.get("field", "")}))
    if values.get("tier_since"):
        told.append(Telling("tier", agreements.set_tier, values["tier_since"], ranked))
    if values.get("check"):
        result = {"subject": subject, "result": values["check"]}
        told.append(Telling("check", agreements.conclude_check, values["checked"], result))
    return told


SPEC = ROSTERS.add(
    Roster(
        name="incubators",
        title=t("孵化器名单", "Incubators"),
        about=t(
            "孵化器的基本信息；有梯次、任务书和考核的可一并填写，指标随之更新。",
            "Incubators, with their tier, agreement and check if they have them; the indicators follow.",
        ),
        rank=10,
        columns=(
            name_column(
                "name",
                t("孵化器名称", "Incubator"),
                "名称",
                "孵化器",
                "单位名称",
                "机构名称",
                "运营机构",
                "运营主体",
                "载体名称",
                "incubator",
                required=True,
                example="北京示例孵化器有限公司",
            ),
            code_column("code", t("统一社会信用代码", "Credit code"), "信用代码", "社会信用代码", "运营机构信用代码"),
            district_column(),
            Column(
                "tier",
                t("梯次", "Tier"),
                choice(words.TIERS, _TIERS),
                ("级别", "类别", "标杆类别", "认定类别", "tier"),
                example="引领类",
                options=tuple(label.zh for label in words.TIERS.values()),
            ),
            Column(
                "tier_since",
                t("梯次认定日期", "Tier since"),
                day,
                ("认定日期", "认定时间", "公布日期"),
                example="2022-12-01",
            ),
            Column("edition", t("批次", "Edition"), _edition, ("认定批次", "年度批次", "edition"), example="2022"),
            Column(
                "signed",
                t("任务书签订日期", "Agreement signed"),
                day,
                ("签约日期", "签订日期", "签约时间", "任务书日期"),
                example="2022-12-15",
            ),
            Column(
                "field",
                t("未来产业领域", "Future field"),
                _field,
                ("领域", "产业领域", "未来领域"),
                example="量子信息",
                help=t("以未来产业领域目录中的名称或代码为准，曾用名也可", "a name or code from the list of fields; a former name will do"),
            ),
            Column(
                "check",
                t("考核结论", "Check"),
                choice(words.CHECK_RESULTS, {"合格": "passed", "不合格": "failed"}),
                ("考核结果", "里程碑考核"),
                example="通过",
                options=tuple(label.zh for label in words.CHECK_RESULTS.values()),
            ),
            Column("checked", t("考核日期", "Checked on"), day, ("考核时间",), example="2023-12-20"),
        ),
        references=(
            Reference("incubator", name="name", code="code", sorts=("incubator",), creates=True, district="district"),
        ),
        key=lambda line: line.parties["incubator"],
        tell=_tell,
        verbs={"signed": agreements.sign, "tier": agreements.set_tier, "check": agreements.conclude_check},
        check=_check,
    )
)
