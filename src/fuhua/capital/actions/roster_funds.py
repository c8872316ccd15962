"""The roster of funds: committed size and whether they are for the early stage (基金认缴名单)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fuhua.capital.actions import funds
from fuhua.kernel.roster import ROSTERS, Column, Line, Reference, Roster, RowRefused, Telling
from fuhua.kernel.sheet.values import day, money, yes_no
from fuhua.kernel.words import t
from fuhua.parties.kinds.roster_columns import code_column, district_column, name_column


def _check(values: Mapping[str, Any]) -> Sequence[RowRefused]:
    if values.get("from_funds", 0) > values.get("committed", 0):
        return [
            RowRefused(
                t(
                    "其他基金认缴部分大于认缴规模，请核对金额和单位",
                    "what other funds committed exceeds the whole; check amount and unit",
                ),
                "from_funds",
            )
        ]
    return []


def _tell(line: Line) -> list[Telling]:
    values = line.values
    return [
        Telling(
            "declared",
            funds.declare,
            values["declared"],
            {
                "subject": line.parties["fund"],
                "committed": values["committed"],
                "early": values["early"],
                "from_funds": values.get("from_funds", 0),
                "district": values.get("district", ""),
            },
        )
    ]


SPEC = ROSTERS.add(
    Roster(
        name="funds",
        title=t("基金名单（认缴）", "Funds (committed)"),
        about=t(
            "基金的认缴规模；金额单位写在表头，如“认缴规模（万元）”。实缴请用“基金实缴名单”。",
            "What funds committed; put the unit in the header. Payments have a roster of their own.",
        ),
        rank=60,
        columns=(
            name_column(
                "fund",
                t("基金名称", "Fund"),
                "名称",
                "基金",
                "fund",
                required=True,
                example="北京示例早期创业投资基金（有限合伙）",
            ),
            code_column("fund_code", t("基金信用代码", "Fund's credit code"), "统一社会信用代码", "信用代码"),
            Column(
                "committed",
                t("认缴规模（万元）", "Committed (“万元”)"),
                money,
                ("认缴规模", "认缴", "认缴金额", "认缴出资", "认缴总额", "基金规模", "规模", "committed"),
                required=True,
                example="50000",
                help=t("单位写在表头；也可写成 5亿元", "the unit is in the header; “5亿元” is understood too"),
            ),
            Column(
                "from_funds",
                t("其中其他基金认缴（万元）", "Of which other funds (“万元”)"),
                money,
                ("其他基金认缴", "母基金认缴", "引导基金认缴"),
                default=0,
            ),
            Column(
                "early",
                t("是否早期基金", "Early stage"),
                yes_no,
                ("早期", "早期基金", "是否投早", "early"),
                required=True,
                example="是",
                options=("是", "否"),
            ),
            Column(
                "declared",
                t("申报日期", "Declared on"),
                day,
                ("设立日期", "成立日期", "备案日期", "申报时间", "日期"),
                required=True,
                example="2024-01-15",
            ),
            district_column(),
        ),
        references=(
            Reference("fund", name="fund", code="fund_code", sorts=("fund",), creates=True, district="district"),
        ),
        key=lambda line: line.parties["fund"],
        tell=_tell,
        verbs={"declared": funds.declare},
        check=_check,
    )
)
