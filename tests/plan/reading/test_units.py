"""Lists of responsible units in the notations of many cities, and how leaders, supporters and inheritance are read."""

from __future__ import annotations

import pytest

from fuhua.plan.reading.duties import is_duty, read_duty
from fuhua.plan.reading.units import split_units


@pytest.mark.parametrize(
    ("printed", "units"),
    [
        ("市科委、中关村管委会，市教委", ("市科委、中关村管委会", "市教委")),
        ("海淀、朝阳、顺义等相关区政府", ("海淀、朝阳、顺义等相关区政府",)),
        ("市科技局，各区、县（市）政府", ("市科技局", "各区、县（市）政府")),
        ("市工业和信息化局和市财政局", ("市工业和信息化局", "市财政局")),
        ("市人力资源和社会保障局、市住房和城乡建设局", ("市人力资源和社会保障局", "市住房和城乡建设局")),
        ("市财政局等部门", ("市财政局",)),
        ("财政部、民政部等有关部门和单位按职责分工", ("财政部", "民政部")),
        ("各有关部门和单位", ("各有关部门和单位",)),
        ("市财政局 市科技局 各县区", ("市财政局", "市科技局", "各县区")),
        ("市科技局，各区、县级市", ("市科技局", "各区、县级市")),
        ("省科技厅，各市州、县市区人民政府", ("省科技厅", "各市州、县市区人民政府")),
        ("财政部及各省、自治区、直辖市人民政府", ("财政部", "各省、自治区、直辖市人民政府")),
        ("中国残联及各地区", ("中国残联", "各地区")),
        ("市科技局，东城高新区、西岭新区等各开发区管委会", ("市科技局", "东城高新区、西岭新区等各开发区管委会")),
        ("市科技局，东江大学、西江大学、江大附院等驻市高校院所", ("市科技局", "东江大学", "西江大学", "江大附院等驻市高校院所")),
        ("市科技局，各区政府（含新港开发区管委会，下同）", ("市科技局", "各区政府（含新港开发区管委会）")),
        ("省科技厅等省直有关部门", ("省科技厅",)),
        ("市水务局（市海洋局）、市气象局", ("市水务局（市海洋局）", "市气象局")),
    ],
)
def test_a_list_is_split_into_whole_names(printed: str, units: tuple[str, ...]) -> None:
    assert split_units(printed) == units


@pytest.mark.parametrize(
    ("printed", "lead", "support"),
    [
        ("由市科技局牵头，市财政局、各区政府配合", ("市科技局",), ("市财政局", "各区政府")),
        ("生态环境部牵头，工业和信息化部参与", ("生态环境部",), ("工业和信息化部",)),
        ("市科技局牵头，市财政局、市教育局按职责分工负责", ("市科技局",), ("市财政局", "市教育局")),
        ("牵头单位：市科技局；配合单位：市财政局", ("市科技局",), ("市财政局",)),
        ("责任单位：市科技局；配合单位：市财政局；完成时限：2025年12月", ("市科技局",), ("市财政局",)),
        ("市科技局（牵头）、市财政局", ("市科技局",), ("市财政局",)),
        ("市科技局会同市财政局负责", ("市科技局",), ("市财政局",)),
        ("责任单位：市科技局、市财政局，有关区县", (), ()),
    ],
)
def test_leaders_and_supporters_are_told_apart(printed: str, lead: tuple[str, ...], support: tuple[str, ...]) -> None:
    assert (read_duty(printed).lead, read_duty(printed).support) == (lead, support)


def test_units_that_all_later_measures_inherit_are_noted() -> None:
    duty = read_duty("责任单位：市科技局，各区、县（市）政府。以下均需各区、县（市）政府落实，不再列出")
    assert duty.units == ("市科技局", "各区、县（市）政府")
    assert duty.inherited == ("各区、县（市）政府",)


@pytest.mark.parametrize("words", ["CRO", "2022—2025年", "以下简称OPC", "北京市某局代章", "此件公开发布", "含开发区"])
def test_other_words_in_brackets_are_not_units(words: str) -> None:
    assert not is_duty(words)
