"""The roster of stays: which venture is with which host, of what kind, since when and until when (入驻名单)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fuhua.evidence.words import Grade
from fuhua.journey import facts, words
from fuhua.journey.actions import stays
from fuhua.journey.models import Stay
from fuhua.kernel.roster import ROSTERS, Column, Line, Loading, Reference, Roster, RowRefused, Telling
from fuhua.kernel.sheet.values import choice, day
from fuhua.kernel.words import t
from fuhua.parties.kinds.roster_columns import code_column, district_column, name_column

_STAYS = {
    "实体": "physical",
    "入驻": "physical",
    "在孵": "physical",
    "虚拟": "virtual",
    "加速期": "acceleration",
    "预孵": "pre_incubation",
}
_ENDS = {
    "毕业企业": "graduated",
    "离开": "exited",
    "退租": "exited",
    "注销": "closed",
    "关闭": "closed",
    "转移": "transferred",
}


def _check(values: Mapping[str, Any]) -> Sequence[RowRefused]:
    began, ended = values.get("began"), values.get("ended")
    if began and ended and ended < began:
        return [
            RowRefused(
                t(
                    "离驻日期（{ended}）早于入驻日期（{began}），请核对",
                    "it ends ({ended}) before it begins ({began}); check the dates",
                ).format(ended=ended, began=began),
                "ended",
            )
        ]
    if values.get("reason") and not ended:
        return [
            RowRefused(
                t("填写了离驻原因但没有离驻日期，请补填", "a reason for leaving without a day; fill in the day"),
                "ended",
            )
        ]
    return []


def _tell(line: Line) -> list[Telling]:
    values = line.values
    stay = {"subject": line.parties["venture"], "host": line.parties["host"], "stay": values["stay"]}
    told = [Telling("began", stays.begin, values["began"], {**stay, "district": values.get("district", "")})]
    if values.get("ended"):
        told.append(Telling("ended", stays.end, values["ended"], {**stay, "reason": values.get("reason", "exited")}))
    return told


def _many(lines: Sequence[Line], loading: Loading) -> list[dict[str, str]]:
    told = []
    for line in lines:
        began, *over = _tell(line)
        told.append(((facts.StayBegan(**began.fields), began.on), (facts.StayEnded(**over[0].fields), over[0].on) if over else None))
    pairs = stays.enter_many(told, by=loading.by, at=loading.at, grade=Grade(loading.grade), documents=[loading.document],
                             on_behalf=loading.on_behalf)
    return [{"began": began} | ({"ended": ended} if ended else {}) for began, ended in pairs]


def _known(lines: Sequence[Line]) -> dict[int, dict[str, str]]:
    """Stays that somebody entered by hand: the same venture, host, kind and first day."""
    ventures = {line.parties["venture"] for line in lines}
    rows = {(row.venture, row.host, row.kind, row.began): row for row in Stay.objects.filter(venture__in=ventures)}
    found = {}
    for line in lines:
        row = rows.get((line.parties["venture"], line.parties["host"], line.values["stay"], line.values["began"]))
        if row is not None:
            found[line.number] = {"began": row.digest} | ({"ended": row.end_digest} if row.end_digest else {})
    return found


SPEC = ROSTERS.add(
    Roster(
        name="stays",
        title=t("入驻名单", "Stays"),
        about=t(
            "企业在孵化器的入驻、离驻；同一企业、载体、方式和入驻日期是同一条。",
            "Ventures' stays with hosts; the same venture, host, kind and first day is one stay.",
        ),
        rank=30,
        columns=(
            name_column(
                "venture",
                t("企业名称", "Venture"),
                "名称",
                "企业",
                "公司名称",
                "在孵企业",
                "在孵企业名称",
                "入驻企业",
                "入驻企业名称",
                "company",
                required=True,
                example="北京示例科技有限公司",
            ),
            code_column(
                "venture_code",
                t("企业信用代码", "Venture's credit code"),
                "统一社会信用代码",
                "信用代码",
                "社会信用代码",
                "企业统一社会信用代码",
            ),
            name_column(
                "host",
                t("孵化器名称", "Host"),
                "孵化器",
                "载体",
                "载体名称",
                "所在孵化器",
                "入驻载体",
                "孵化载体",
                "孵化机构",
                "incubator",
                example="北京示例孵化器有限公司",
                help=t(
                    "孵化器、园区或高校；运营方填报本孵化器时可留空",
                    "incubator, park or university; an operator may leave it blank",
                ),
            ),
            code_column(
                "host_code", t("孵化器信用代码", "Host's credit code"), "载体信用代码", "孵化器统一社会信用代码"
            ),
            Column(
                "stay",
                t("入驻方式", "Kind of stay"),
                choice(words.STAYS, _STAYS),
                ("方式", "孵化方式", "入驻类型", "类型", "stay"),
                example="实体入驻",
                default="physical",
                help=t("留空为实体入驻", "blank means physical"),
                options=tuple(label.zh for label in words.STAYS.values()),
            ),
            Column(
                "began",
                t("入驻日期", "Began"),
                day,
                ("入驻时间", "入孵日期", "入孵时间", "进驻日期", "开始日期", "began", "since"),
                required=True,
                example="2024-03-01",
                help=t("如 2024-03-01、2024年3月1日", "like 2024-03-01"),
            ),
            Column(
                "ended",
                t("离驻日期", "Ended"),
                day,
                ("离驻时间", "毕业日期", "毕业时间", "退出日期", "离开日期", "结束日期", "until"),
                example="",
                help=t("仍在驻请留空", "blank while it stays"),
            ),
            Column(
                "reason",
                t("离驻原因", "Why it ended"),
                choice(words.STAY_ENDS, _ENDS),
                ("原因", "退出原因", "离开原因", "reason"),
                options=tuple(label.zh for label in words.STAY_ENDS.values()),
                help=t("有离驻日期时填写，留空为退出", "with a last day; blank means left"),
            ),
            district_column(),
        ),
        references=(
            Reference(
                "venture",
                name="venture",
                code="venture_code",
                sorts=("venture", "firm", "project"),
                creates=True,
                district="district",
            ),
            Reference("host", name="host", code="host_code", sorts=("incubator", "park", "university"), own=True),
        ),
        key=lambda line: "|".join(
            (line.parties["venture"], line.parties["host"], line.values["stay"], line.values["began"].isoformat())
        ),
        tell=_tell,
        verbs={"began": stays.begin, "ended": stays.end},
        check=_check,
        known=_known,
    many=_many,
        operators=True,
    )
)
