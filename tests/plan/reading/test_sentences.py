"""Single sentences: which numbers are commitments, what they measure, and which numbers never are."""

from __future__ import annotations

import pytest

from fuhua.plan.reading import PlanError, read_text
from fuhua.plan.reading.numerals import han_to_int, value_of
from fuhua.plan.reading.structure import Reading


def plan(goal: str = "坚持稳中求进。", task: str = "加强统筹协调。") -> Reading:
    return read_text(
        f"新桥市试点行动计划（2024—2026年）\n一、工作目标\n{goal}\n二、主要任务\n"
        f"（一）推进试点建设。{task}（责任单位：市科技局）\n（二）做好宣传引导。加强宣传。（责任单位：市财政局）\n"
    )


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("到2026年，建成标杆园区20家。", ("标杆园区", "=", 20, "家", "2026", None)),
        ("到2026年，新增百亿元早期投资基金。", ("新增早期投资基金", "=", 10_000_000_000, "元", "2026", None)),
        ("到2025年底，培育龙头企业二十家以上。", ("龙头企业", ">=", 20, "家", "2025", None)),
        ("到“十四五”末，园区面积超50万平方米。", ("园区面积", ">", 500_000, "平方米", "2025", None)),
        ("力争三年内，集聚人才不少于3万名。", ("人才", ">=", 30_000, "名", "2026", None)),
        ("到2026年，每年举办对接会100场以上。", ("对接会", ">=", 100, "场", "2026", "year")),
        ("到2026年，产业规模年均增长百分之十。", ("产业规模年均增长", "=", 10, "%", "2026", "year")),
        ("到2026年，培育营收超1000万元企业100家以上。", ("营收超1000万元企业", ">=", 100, "家", "2026", None)),
        ("到2026年，专业园区由2023年的12家增加到30家。", ("专业园区", "=", 30, "家", "2026", None)),
        ("到2026年，入园企业数量翻一番，达到900家。", ("入园企业", "=", 900, "家", "2026", None)),
        ("到2026年，2万平方米以上园区超15个。", ("2万平方米以上园区", ">", 15, "个", "2026", None)),
        ("到2026年，重点资助青年团队，选拔资助80名青年工匠。", ("青年工匠", "=", 80, "名", "2026", None)),
        ("到2026年，PM2.5浓度控制在30微克/立方米以下。", ("PM2.5浓度", "<=", 30, "微克/立方米", "2026", None)),
    ],
)
def test_a_goal_is_read_with_all_its_parts(goal: str, expected: tuple[object, ...]) -> None:
    (target,) = plan(goal=goal).targets
    found = (target.metric, target.op, target.value, target.unit, target.deadline, target.period)
    assert found == expected
    assert target.measure == 0


def test_a_range_has_both_its_ends() -> None:
    (target,) = plan(goal="到2026年，布局3—5家离岸孵化器。").targets
    assert (target.op, target.value, target.max) == ("range", 3, 5)


def test_the_verb_of_a_list_carries_over_to_its_next_item() -> None:
    metrics = [target.metric for target in plan(goal="到2026年，新孵化高新技术企业200家、瞪羚企业50家。").targets]
    assert metrics == ["新孵化高新技术企业", "新孵化瞪羚企业"]


def test_the_years_of_one_clause_are_dealt_out_to_the_values_of_the_next() -> None:
    found = plan(goal="到2025年和2030年，公民科学素质比例分别不低于16%和25%。").targets
    assert [(target.deadline, target.op, target.value) for target in found] == [("2025", ">=", 16), ("2030", ">=", 25)]


def test_one_unit_behind_several_numbers_is_that_of_all() -> None:
    found = plan(goal="未来三年分别新增用房10万、20万、30万平方米。").targets
    assert [(target.metric, target.value, target.unit) for target in found] == [
        ("新增用房", value, "平方米") for value in (100_000, 200_000, 300_000)
    ]


def test_a_goal_in_a_long_quotation_is_read_but_a_quoted_name_is_not() -> None:
    found = plan(goal="实现“重点培养骨干人才达到600名左右，技能人才总量达到9万名左右”的目标，实施“百名专家”计划。").targets
    assert [(target.metric, target.value) for target in found] == [("重点培养骨干人才", 600), ("技能人才总量", 90_000)]


def test_a_number_without_words_of_its_own_measures_what_was_spoken_of_before() -> None:
    found = plan(task="遴选建设一批示范园区。2024年，建设3家；2025年，达到8家。").targets
    assert [(target.metric, target.value, target.deadline) for target in found] == [
        ("示范园区", 3, "2024"),
        ("示范园区", 8, "2025"),
    ]


def test_values_said_respectively_go_to_their_own_years() -> None:
    found = plan(goal="2024年、2025年入库企业数分别达到100家、200家。").targets
    assert [(target.deadline, target.value) for target in found] == [("2024", 100), ("2025", 200)]


@pytest.mark.parametrize(
    "task",
    [
        "对符合条件的项目给予最高500万元补助。",
        "按不超过实际投入的30%给予支持。",
        "提供每年7天（6晚）免费住宿。",
        "提供24小时“不打烊”服务。",
        "组建“1+3+N”创业陪跑团。",
        "实施“十百千万”工程和百团大战计划。",
        "落实京科发〔2022〕19号文件和2022年第三次会议部署。",
        "目前已建成孵化器30家，累计入驻企业500家。",
        "培育一批创新企业，打造一个平台。",
        "对首次达到年营业收入1亿元的企业予以奖励。",
        "办理时限压缩至3个工作日。",
        "推进8大类36项服务，完善五个方面机制。",
        "对连续两年积分低于60分的企业予以清退。",
        "围绕4个产业集群和12条产业链推进转型。",
        "用好50亿元母基金，发挥20亿元天使基金作用。",
        "编制50人（含）以上的事业单位应当安排实习。",
        "推广应用覆盖全市9个区。",
    ],
)
def test_ceilings_durations_names_and_present_figures_are_no_targets(task: str) -> None:
    assert plan(task=task).targets == ()


def test_a_plan_without_numbers_yields_no_targets() -> None:
    assert plan().targets == ()


def test_a_figure_of_the_present_among_goals_is_marked_as_a_doubt() -> None:
    reading = plan(goal="目前已建成孵化器30家。")
    assert [(found.code, reading.targets) for found in reading.doubts] == [("number_not_taken", ())]


def test_a_measure_without_units_is_marked() -> None:
    reading = read_text(
        "新桥市行动计划\n一、任务\n（一）甲项任务。做好工作。（责任单位：市科技局）\n（二）乙项任务。继续努力。\n"
        "（三）丙项任务。再接再厉。（责任单位：市财政局）\n"
    )
    assert [measure.units for measure in reading.measures] == [("市科技局",), (), ("市财政局",)]
    assert "measure_without_units" in [found.code for found in reading.doubts]


def test_a_section_on_the_present_holds_no_targets() -> None:
    reading = read_text(
        "新桥市行动计划\n一、发展基础\n企业超过3000家，产值达到500亿元。\n二、主要任务\n"
        "（一）甲项任务。做好工作。（责任单位：市科技局）\n（二）乙项任务。继续努力。（责任单位：市财政局）\n"
    )
    assert reading.targets == ()


def test_a_number_alone_on_its_line_belongs_to_the_words_below() -> None:
    reading = read_text(
        "新桥市行动计划\n一、任务\n1.\n甲项任务。做好工作。（责任单位：市科技局）\n2.\n乙项任务。继续努力。（责任单位：市财政局）\n"
    )
    assert [(measure.no, measure.title) for measure in reading.measures] == [(1, "甲项任务"), (2, "乙项任务")]


def test_a_bracket_at_the_end_of_a_labelled_line_is_part_of_its_last_name() -> None:
    reading = read_text(
        "新桥市行动计划\n一、任务\n1.甲项任务。做好工作。\n责任单位：市科技局、各区政府（新港开发区管委会）\n"
        "2.乙项任务。继续努力。\n责任单位：市财政局\n"
    )
    assert reading.measures[0].units == ("市科技局", "各区政府（新港开发区管委会）")


def test_tasks_of_a_backing_section_without_units_are_no_measures_though_their_numbers_run_on() -> None:
    reading = read_text(
        "新桥市行动计划\n一、任务\n（一）甲项任务。做好工作。（责任单位：市科技局）\n（二）乙项任务。努力。（责任单位：市财政局）\n"
        "二、组织保障\n（三）加强领导。成立专班。\n"
    )
    assert [measure.title for measure in reading.measures] == ["甲项任务", "乙项任务"]


def test_full_width_square_brackets_hold_units() -> None:
    reading = read_text(
        "新桥省行动计划\n一、任务\n（一）甲项任务。做好工作。［省科技厅牵头，省教育厅等省直有关部门及各市、县（区）人民政府负责］\n"
        "（二）乙项任务。继续努力。（省财政厅、省税务局负责）\n"
    )
    assert reading.measures[0].units == ("省科技厅", "省教育厅", "各市、县（区）人民政府")
    assert reading.measures[0].lead == ("省科技厅",)


def test_a_jump_in_the_numbers_is_marked() -> None:
    reading = read_text(
        "新桥市行动计划\n一、任务\n1.甲项任务。做好工作。（责任单位：市科技局）\n2.乙项任务。继续努力。（责任单位：市科技局）\n"
        "4.丁项任务。再接再厉。（责任单位：市财政局）\n"
    )
    assert [measure.no for measure in reading.measures] == [1, 2, 4]
    assert "numbering_jump" in [found.code for found in reading.doubts]


def test_the_same_text_is_read_alike_every_time() -> None:
    assert plan().to_json() == plan().to_json()


@pytest.mark.parametrize(
    ("printed", "value"), [("三千五百", 3500), ("百亿", 10**10), ("二十六", 26), ("一百零二", 102), ("两万", 20_000)]
)
def test_chinese_numerals_have_their_value(printed: str, value: int) -> None:
    assert han_to_int(printed) == value


def test_scales_behind_digits_are_expanded() -> None:
    assert (value_of("1.2亿"), value_of("50万"), value_of("3.5万亿")) == (120_000_000, 500_000, 3_500_000_000_000)


def test_an_error_speaks_both_languages() -> None:
    with pytest.raises(PlanError) as caught:
        read_text("")
    assert "正文" in caught.value.zh
    assert "plan" in caught.value.en
