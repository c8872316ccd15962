"""Columns that many rosters share: an organisation's name, its credit code, its district."""

from __future__ import annotations

from fuhua.kernel.roster import Column
from fuhua.kernel.sheet.values import choice, credit_code, name
from fuhua.kernel.words import Text, t
from fuhua.parties.words import DISTRICTS

_SHORT = {
    spelling: code
    for code, label in DISTRICTS.items()
    for spelling in (label.zh.removesuffix("区"), f"北京市{label.zh}", f"{label.zh}人民政府")
} | {"经开区": "110176", "亦庄": "110176", "北京经开区": "110176", "经济技术开发区": "110176", "开发区": "110176"}

_CODE_HELP = t("18 位；没有可留空，请保持“文本”格式", "18 characters; blank if there is none; keep the cell as text")


def name_column(
    field: str, title: Text, *synonyms: str, required: bool = False, example: str = "", help: Text | None = None
) -> Column:
    """The column that names an organisation."""
    return Column(field, title, name, synonyms=synonyms, required=required, example=example,
                  help=help or t("工商登记的全称", "the full registered name"))


def code_column(field: str, title: Text, *synonyms: str, example: str = "") -> Column:
    """The column with an organisation's credit code."""
    return Column(field, title, credit_code, synonyms=synonyms, example=example, help=_CODE_HELP)


def district_column(field: str = "district") -> Column:
    """The column with a district of the city."""
    return Column(field, t("所在区", "District"), choice(DISTRICTS, _SHORT), example="海淀区",
                  synonyms=("区", "所属区", "区县", "所在区县", "注册区", "所在辖区", "属地"),
                  help=t("北京市 16 区或北京经济技术开发区", "one of the 16 districts or Beijing E-Town"),
                  options=tuple(label.zh for label in DISTRICTS.values()))
