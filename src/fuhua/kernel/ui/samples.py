"""Invented but plausible values for the gallery: one of every component, as a page would receive it."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from django import forms

from fuhua.kernel.period import SHANGHAI
from fuhua.kernel.ui import charts
from fuhua.kernel.words import t

_QUARTERS = [
    dt.date(year, month, day) for year in (2023, 2024, 2025) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
]
_YI = 10**10  # one 亿元 in fen

# The sixteen districts and the economic-technological area, roughly where they lie: (row, column).
_DISTRICTS = (
    (t("延庆", "Yanqing"), 0, 1, 2),
    (t("怀柔", "Huairou"), 0, 3, 14),
    (t("密云", "Miyun"), 0, 4, 3),
    (t("昌平", "Changping"), 1, 2, 61),
    (t("顺义", "Shunyi"), 1, 3, 27),
    (t("平谷", "Pinggu"), 1, 4, None),
    (t("门头沟", "Mentougou"), 2, 0, 8),
    (t("海淀", "Haidian"), 2, 1, 236),
    (t("西城", "Xicheng"), 2, 2, 22),
    (t("东城", "Dongcheng"), 2, 3, 17),
    (t("朝阳", "Chaoyang"), 2, 4, 94),
    (t("石景山", "Shijingshan"), 3, 1, 31),
    (t("丰台", "Fengtai"), 3, 2, 43),
    (t("经开区", "E-Town"), 3, 3, 118),
    (t("通州", "Tongzhou"), 3, 4, 19),
    (t("房山", "Fangshan"), 4, 1, 12),
    (t("大兴", "Daxing"), 4, 2, 48),
)


_OVERDUE = (
    (3, None, 12, 2, 0, 5, 4),
    (1, 4, None, None, 2, 0, 1),
    (6, 9, None, 3, None, 2, 8),
    (0, 2, None, 7, 3, 1, 2),
    (4, None, None, None, 11, 3, 5),
    (2, None, 1, None, None, 6, None),
)
_AT = dt.datetime(2025, 3, 18, 14, 5, tzinfo=SHANGHAI)
_TRAIL = [
    {"label": t("首页", "Home"), "url": "/"},
    {"label": t("行动方案", "Action plan"), "url": "/plan/"},
    {"label": t("组件", "Components")},
]
_TABS = [
    {"label": t("概览", "Overview"), "url": "#a", "active": True},
    {"label": t("凭证", "Evidence"), "url": "#b", "count": 128},
    {"label": t("排除的", "Left out"), "url": "#c", "count": 7},
]
_STEPS = [
    {
        "label": t("申报", "Applied"),
        "state": "done",
        "at": dt.date(2025, 1, 6),
        "who": t("启元生物", "Qiyuan Bio"),
    },
    {"label": t("形式审查", "Completeness"), "state": "done", "at": dt.date(2025, 1, 13)},
    {"label": t("专家评审", "Panel"), "state": "now", "who": t("市科委", "Science Commission")},
    {"label": t("公示", "Public notice"), "state": "ahead"},
    {"label": t("异议处理", "Objections"), "state": "skipped"},
]
_EVENTS = [
    {
        "at": _AT,
        "title": t("银行回单入账 2,000 万元", "Bank receipt for ¥20 million"),
        "grade": "registry",
        "state": "good",
        "url": "#e1",
        "who": t("开户银行", "The bank"),
    },
    {
        "at": _AT - dt.timedelta(days=5),
        "title": t("对方确认验收", "Acceptance confirmed by the other party"),
        "grade": "counterpart",
    },
    {
        "at": _AT - dt.timedelta(days=40),
        "title": t("逾期未报", "Overdue"),
        "state": "critical",
        "detail": t("已提醒 2 次", "reminded twice"),
    },
]
_CHANGES = [
    {"label": t("从业人数", "Staff"), "before": "42", "after": "57"},
    {"label": t("注册地址", "Address"), "before": t("上地", "Shangdi"), "after": t("上地", "Shangdi")},
    {"label": t("毕业日期", "Graduated"), "before": "", "after": "2025-03-01"},
]
_ROWS = [
    {
        "name": t("启元生物", "Qiyuan Bio"),
        "district": t("海淀", "Haidian"),
        "raised": 3_250_000_000,
        "joined": dt.date(2023, 5, 4),
        "state": "good",
        "grade": "registry",
    },
    {
        "name": t("砚山芯片", "Yanshan Chips"),
        "district": t("经开区", "E-Town"),
        "raised": 12_800_000_000,
        "joined": dt.date(2022, 11, 21),
        "state": "behind",
        "grade": "counterpart",
    },
    {
        "name": t("光年量子", "Guangnian Quantum"),
        "district": t("怀柔", "Huairou"),
        "raised": None,
        "joined": dt.date(2024, 8, 9),
        "state": "unknown",
        "grade": "declared",
    },
]


class SampleForm(forms.Form):
    """A form with one of every control; bound to wrong data it shows how errors look."""

    name = forms.CharField(
        label=t("企业名称", "Name of the venture"), help_text=t("与营业执照一致", "As on the business licence")
    )
    code = forms.CharField(
        label=t("统一社会信用代码", "Unified social credit code"), help_text=t("18 位", "18 characters")
    )
    district = forms.ChoiceField(
        label=t("所在区", "District"), choices=[("", "—"), ("hd", t("海淀", "Haidian")), ("yz", t("经开区", "E-Town"))]
    )
    founded = forms.DateField(
        label=t("成立日期", "Founded on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    stage = forms.ChoiceField(
        label=t("所处阶段", "Stage"),
        widget=forms.RadioSelect,
        choices=[
            ("pre", t("预孵化", "Pre-incubation")),
            ("in", t("在孵", "Resident")),
            ("out", t("毕业", "Graduated")),
        ],
    )
    pitch = forms.CharField(
        label=t("一句话说明", "In one sentence"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    agree = forms.BooleanField(label=t("我已核对以上差异", "I have checked the differences above"))


class SampleFilters(forms.Form):
    """A filter bar's form."""

    q = forms.CharField(label=t("关键词", "Keyword"), required=False)
    district = forms.ChoiceField(
        label=t("区", "District"), required=False, choices=[("", t("全部", "All")), ("hd", t("海淀", "Haidian"))]
    )
    state = forms.ChoiceField(
        label=t("状态", "State"), required=False, choices=[("", t("全部", "All")), ("behind", t("落后", "Behind"))]
    )


def trajectory() -> charts.Trajectory:
    """Early-stage funds paid in, against ten billion yuan."""
    actual = (4, 9, 16, 24, 29, 38, 44, 57, 63, None, None, None)
    return charts.Trajectory(
        key="funds",
        title=t("新增早期基金实缴规模", "New early-stage funds, paid in"),
        measure="money",
        summary=t(
            "按目前节奏，2025 年底达标的概率约为三成。",
            "At the present pace there is about a three-in-ten chance of meeting the target by the end of 2025.",
        ),
        actual=tuple(charts.Point(on, value and value * _YI) for on, value in zip(_QUARTERS, actual, strict=True)),
        target=tuple(charts.Point(on, value * _YI) for on, value in zip(_QUARTERS[3::4], (30, 65, 100), strict=True)),
        band=tuple(
            charts.Band(on, low * _YI, middle * _YI, high * _YI)
            for on, low, middle, high in zip(
                _QUARTERS[8:], (63, 68, 73, 79), (63, 73, 82, 92), (63, 78, 92, 107), strict=True
            )
        ),
        frozen=tuple(_QUARTERS[:8]),
        as_of=dt.date(2025, 4, 20),
        second_label=t("认缴口径", "Committed"),
        second=tuple(
            charts.Point(on, value * _YI)
            for on, value in zip(_QUARTERS[:9], (12, 22, 35, 48, 60, 74, 88, 104, 111), strict=True)
        ),
        source=t("指标 I4 第 3 版，基金备案与银行回单", "Indicator I4 v3, fund registrations and bank receipts"),
    )


def bars() -> charts.Bars:
    """Graduated ventures by incubator, each a link."""
    names = (
        t("北辰智造社", "Beichen Makers"),
        t("青藤孵化", "Qingteng Incubator"),
        t("云杉加速器", "Yunshan Accelerator"),
        t("砺石空间", "Lishi Space"),
        t("海桥国际", "Haiqiao International"),
    )
    return charts.Bars(
        key="graduates",
        title=t("2024 年毕业企业", "Ventures graduated in 2024"),
        unit=t("家", "ventures"),
        items=tuple(
            charts.Bar(name, value, url=f"#incubator-{value}", target=target, state=state)
            for name, value, target, state in zip(
                names,
                (42, 37, 29, 18, 7),
                (40, 35, 30, 30, 25),
                ("good", "good", "behind", "behind", "critical"),
                strict=True,
            )
        ),
    )


def stack() -> charts.Stack:
    """Money by source and year."""
    return charts.Stack(
        key="sources",
        title=t("资金来源", "Where the money comes from"),
        measure="money",
        categories=(t("2022年", "2022"), t("2023年", "2023"), t("2024年", "2024"), t("2025年", "2025")),
        series=(
            charts.Series(t("市级财政", "City budget"), (2 * _YI, 3 * _YI, 35 * _YI // 10, 4 * _YI)),
            charts.Series(t("区级财政", "District budgets"), (_YI, 14 * _YI // 10, 2 * _YI, 22 * _YI // 10)),
            charts.Series(t("社会资本", "Private capital"), (4 * _YI, 9 * _YI, 14 * _YI, 19 * _YI)),
            charts.Series(t("产业资本", "Corporate capital"), (_YI // 2, 2 * _YI, 4 * _YI, 7 * _YI)),
        ),
    )


def matrix() -> charts.Matrix:
    """Measures by responsible unit: counts of overdue tasks and a few lights."""
    units = (
        t("市科委", "Science"),
        t("经信局", "Industry"),
        t("人才局", "Talent"),
        t("教委", "Education"),
        t("财政局", "Finance"),
        t("海淀", "Haidian"),
        t("经开区", "E-Town"),
    )
    measures = (
        t("全球人才引育", "Global talent"),
        t("分级分类培育", "Tiered cultivation"),
        t("未来产业孵化器", "Future-industry incubators"),
        t("概念验证平台", "Proof of concept"),
        t("早期投资", "Early investment"),
        t("国际化", "Going abroad"),
    )
    return charts.Matrix(
        key="overdue",
        title=t("逾期任务：举措 × 责任单位", "Overdue tasks: measure × responsible unit"),
        unit=t("项", "tasks"),
        row_labels=measures,
        column_labels=units,
        corner=t("举措", "Measure"),
        cells=tuple(
            tuple(
                None if value is None else charts.Cell(value, url=f"#m{row}u{column}")
                for column, value in enumerate(line)
            )
            for row, line in enumerate(_OVERDUE)
        ),
    )


def lights() -> charts.Matrix:
    """The same kind of grid with lights in it."""
    kinds = ("good", "behind", "critical", "unknown", "undetermined")
    return charts.Matrix(
        key="lights",
        title=t("举措红绿灯", "Measures by light"),
        row_labels=(t("全球人才引育", "Global talent"), t("早期投资", "Early investment")),
        column_labels=("2022", "2023", "2024", "2025", "2026"),
        cells=tuple(
            tuple(charts.Cell(state=kinds[(index + shift) % 5], url=f"#light-{shift}-{index}") for index in range(5))
            for shift in (0, 2)
        ),
    )


def tilemap() -> charts.TileMap:
    """Resident ventures in every district."""
    return charts.TileMap(
        key="districts",
        title=t("各区在孵硬科技企业", "Resident deep-tech ventures by district"),
        unit=t("家", "ventures"),
        summary=t("海淀与经开区合计近半。", "Haidian and E-Town hold almost half."),
        tiles=tuple(
            charts.Tile(name, row, column, value, url=f"#district-{row}{column}")
            for name, row, column, value in _DISTRICTS
        ),
    )


def flow() -> charts.Flow:
    """Ventures from origin through incubation to what became of them."""
    house, park, abroad, closed = (
        t("标杆孵化器", "Benchmark incubators"),
        t("产业园", "Industrial parks"),
        t("出海", "Abroad"),
        t("终止", "Closed"),
    )
    streams = (
        (t("高校院所", "Universities"), house, 320),
        (t("大企业", "Corporates"), house, 140),
        (t("海外团队", "Overseas teams"), house, 95),
        (house, t("在孵", "Still resident"), 280),
        (house, park, 190),
        (house, abroad, 25),
        (house, closed, 60),
    )
    return charts.Flow(
        key="journey",
        title=t("企业从哪里来，到哪里去", "Where ventures come from and go to"),
        unit=t("家", "ventures"),
        streams=tuple(charts.Stream(*each) for each in streams),
    )


def sparkline(key: str = "trend") -> charts.Sparkline:
    """A short trend."""
    return charts.Sparkline(
        key=key,
        title=t("高新技术企业", "High-tech enterprises"),
        values=(820, 960, 1105, 1290, None, 1544, 1702),
        target=2000,
    )


class _Reason(forms.Form):
    reason = forms.CharField(label=t("理由", "Reason"), widget=forms.Textarea(attrs={"rows": 2}))


def values() -> dict[str, Any]:
    """The gallery's whole context."""
    wrong = SampleForm({"name": "", "code": "91110108MA", "district": "hd", "stage": "in"})
    wrong.add_error("code", t("校验位不符：第 18 位应为 X", "The check digit is wrong: character 18 should be X"))
    return {
        "trajectory": trajectory(),
        "bars": bars(),
        "stack": stack(),
        "matrix": matrix(),
        "lights_matrix": lights(),
        "tilemap": tilemap(),
        "flow": flow(),
        "spark": sparkline(),
        "form": wrong,
        "filter_form": SampleFilters({"q": "量子"}, auto_id="filter_%s"),
        "confirm_form": _Reason(prefix="why"),
        "states": list(charts.STATES),
        "grades": ("system", "registry", "counterpart", "declared"),
        "trail": _TRAIL,
        "tabs": _TABS,
        "steps": _STEPS,
        "events": _EVENTS,
        "changes": _CHANGES,
        "rows": _ROWS,
        "at": _AT,
        "today": _AT.date(),
        "goal": 100 * _YI,
        "fen": 6_345_678_901_00,
        "share": Fraction(1702, 2000),
        "digest": "sha256:9f2c41d07ab3e58c61b7e0f4",
    }
