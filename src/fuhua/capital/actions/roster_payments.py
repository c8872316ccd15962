"""The roster of payments into funds: who paid how much on which day (基金实缴名单)."""

from __future__ import annotations

from fuhua.capital.actions import funds
from fuhua.kernel.roster import ROSTERS, Column, Line, Reference, Roster, Telling
from fuhua.kernel.sheet.values import day, money, text
from fuhua.kernel.words import t
from fuhua.parties.kinds.roster_columns import code_column, name_column

_PAYERS = ("firm", "fund", "incubator", "park", "agency", "district", "university", "venture")


def _tell(line: Line) -> list[Telling]:
    return [
        Telling(
            "paid_in",
            funds.pay_in,
            line.values["paid"],
            {"subject": line.parties["fund"], "amount": line.values["amount"], "payer": line.parties["payer"]},
        )
    ]


def _key(line: Line) -> str:
    return "|".join(
        (line.parties["fund"], line.parties["payer"], line.values["paid"].isoformat(), line.values.get("receipt", ""))
    )


SPEC = ROSTERS.add(
    Roster(
        name="payments",
        title=t("基金实缴名单", "Payments into funds"),
        about=t(
            "每行一笔实缴；同一基金、出资人、日期和凭证号是同一笔。",
            "One payment a row; the same fund, payer, day and receipt is one payment.",
        ),
        rank=61,
        columns=(
            name_column(
                "fund",
                t("基金名称", "Fund"),
                "基金",
                "fund",
                required=True,
                example="北京示例早期创业投资基金（有限合伙）",
            ),
            code_column("fund_code", t("基金信用代码", "Fund's credit code")),
            name_column(
                "payer",
                t("出资人", "Payer"),
                "出资方",
                "出资人名称",
                "投资人",
                "有限合伙人",
                "合伙人",
                "payer",
                required=True,
                example="北京示例投资有限公司",
            ),
            code_column("payer_code", t("出资人信用代码", "Payer's credit code"), "出资方信用代码"),
            Column(
                "amount",
                t("实缴金额（万元）", "Paid in (“万元”)"),
                money,
                ("实缴", "实缴金额", "实缴出资", "到账金额", "金额", "amount"),
                required=True,
                example="1000",
                help=t("单位写在表头", "the unit is in the header"),
            ),
            Column(
                "paid",
                t("实缴日期", "Paid on"),
                day,
                ("实缴时间", "到账日期", "到账时间", "出资日期", "日期"),
                required=True,
                example="2024-03-01",
            ),
            Column(
                "receipt",
                t("凭证号", "Receipt"),
                text,
                ("凭证", "流水号", "receipt"),
                help=t("同日多笔时用来区分", "tells several payments of one day apart"),
            ),
        ),
        references=(
            Reference("fund", name="fund", code="fund_code", sorts=("fund",)),
            Reference("payer", name="payer", code="payer_code", sorts=_PAYERS, creates=True),
        ),
        key=_key,
        tell=_tell,
        verbs={"paid_in": funds.pay_in},
    )
)
