"""The roster of recognitions: which firm has which title since which day (高新技术企业、专精特新等认定名单)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fuhua.journey import words
from fuhua.journey.actions import titles
from fuhua.kernel.roster import ROSTERS, Column, Line, Reference, Roster, RowRefused, Telling
from fuhua.kernel.sheet.values import choice, day
from fuhua.kernel.words import t
from fuhua.parties.kinds.roster_columns import code_column, district_column, name_column

_TITLES = {
    "高企": "hnte",
    "高新技术企业": "hnte",
    "国高新": "hnte",
    "国高": "hnte",
    "瞪羚": "gazelle",
    "前沿技术": "frontier",
    "科技型中小": "tech_sme",
    "创新型中小": "innovative_sme",
    "专精特新": "specialised_sme",
    "专精特新企业": "specialised_sme",
    "小巨人": "little_giant",
    "专精特新小巨人": "little_giant",
    "专精特新小巨人企业": "little_giant",
    "潜在独角兽": "potential_unicorn",
    "独角兽": "unicorn",
    "上市": "listed",
    "上市公司": "listed",
}


def _check(values: Mapping[str, Any]) -> Sequence[RowRefused]:
    awarded, ended = values.get("awarded"), values.get("ended")
    if awarded and ended and ended < awarded:
        return [
            RowRefused(
                t(
                    "终止日期（{ended}）早于认定日期（{awarded}），请核对",
                    "it ends ({ended}) before it was awarded ({awarded}); check them",
                ).format(ended=ended, awarded=awarded),
                "ended",
            )
        ]
    return []


def _tell(line: Line) -> list[Telling]:
    values, firm = line.values, line.parties["firm"]
    award = {"subject": firm, "title": values["title"], "basis": values["basis"]}
    told = [Telling("awarded", titles.award, values["awarded"], award)]
    if values.get("ended"):
        told.append(
            Telling(
                "ended",
                titles.end,
                values["ended"],
                {"subject": firm, "title": values["title"], "reason": values.get("reason", "expired")},
            )
        )
    return told


SPEC = ROSTERS.add(
    Roster(
        name="recognitions",
        title=t("企业认定名单", "Recognitions"),
        about=t(
            "企业获得的认定及起止日期；同一企业同一年的同一认定是同一条。",
            "Titles of firms and their days; one title of one firm in one year is one row.",
        ),
        rank=40,
        columns=(
            name_column(
                "firm",
                t("企业名称", "Firm"),
                "名称",
                "企业",
                "公司名称",
                "获认定企业",
                "company",
                required=True,
                example="北京示例科技有限公司",
            ),
            code_column("firm_code", t("统一社会信用代码", "Credit code"), "信用代码", "社会信用代码", "企业信用代码"),
            Column(
                "title",
                t("认定类型", "Title"),
                choice(words.TITLES, _TITLES),
                ("认定", "资质", "资质类型", "称号", "认定名称", "荣誉", "荣誉资质", "title"),
                required=True,
                example="国家高新技术企业",
                options=tuple(label.zh for label in words.TITLES.values()),
            ),
            Column(
                "awarded",
                t("认定日期", "Awarded"),
                day,
                ("认定时间", "获批日期", "发证日期", "证书日期", "获得日期", "获得时间", "awarded"),
                required=True,
                example="2024-10-29",
                help=t("证书或公布的日期", "the day of the certificate or the list"),
            ),
            Column(
                "basis",
                t("依据", "Basis"),
                choice(words.BASES, {"名单": "list", "公示名单": "list"}),
                ("认定依据", "basis"),
                example="公布名单",
                default="list",
                options=tuple(label.zh for label in words.BASES.values()),
                help=t("留空为公布名单", "blank means a published list"),
            ),
            Column(
                "ended",
                t("终止日期", "Ended"),
                day,
                ("失效日期", "有效期至", "到期日期"),
                help=t("已终止才填写", "only once it is over"),
            ),
            Column(
                "reason",
                t("终止原因", "Why it ended"),
                choice(words.TITLE_ENDS),
                ("原因",),
                options=tuple(label.zh for label in words.TITLE_ENDS.values()),
                help=t("留空为有效期满", "blank means expired"),
            ),
            district_column(),
        ),
        references=(
            Reference(
                "firm", name="firm", code="firm_code", sorts=("venture", "firm"), creates=True, district="district"
            ),
        ),
        key=lambda line: f"{line.parties['firm']}|{line.values['title']}|{line.values['awarded'].year}",
        tell=_tell,
        verbs={"awarded": titles.award, "ended": titles.end},
        check=_check,
    )
)
