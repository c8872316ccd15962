"""Each kind of roster: its facts, and what it refuses."""

from __future__ import annotations

from desk.intake.rosters_as_sent import HOST, code, workbook
from fuhua.evidence.models import Fact
from fuhua.evidence.proof.records import decode
from fuhua.parties.models import Party


def told(prefix):
    return [(row.kind.split(".")[1], decode(row.kind, row.body, seq=-1, digest=row.digest)) for row in
            Fact.objects.filter(kind__startswith=prefix).order_by("id")]


def test_incubators_carry_tier_agreement_and_check(load, organisation):
    headers = ("孵化器名称", "统一社会信用代码", "所在区", "梯次", "认定日期", "批次", "任务书签订日期", "未来产业领域",
               "考核结论", "考核日期")
    intake = load(workbook(headers, ["北京新芽孵化器有限公司", code(1), "经开区", "引领类", "2022年12月", "2022", "2022/12/15",
                            "量子信息", "通过", "2023.12.20"],
                           [HOST, None, "朝阳", "培育类", "2023-01-01", None, None, None, None, None],
                           ["北京坏行孵化器有限公司", code(3), "海淀", "引领类", None, None, None, None, None, None]))
    assert (intake.roster, intake.new, intake.wrong) == ("incubators", 2, 1)
    assert [(kind, record.true_from.isoformat()) for kind, record in told("schemes.")] == [
        ("agreement_signed", "2022-12-15"), ("tier_set", "2022-12-01"), ("check_concluded", "2023-12-20"), ("tier_set", "2023-01-01")]
    assert Party.objects.get(code=code(1)).district == "110176"
    assert organisation("incubator").district == "110105"


def test_ventures_are_registered_once_and_a_name_that_does_not_fit_the_code_is_wrong(load):
    headers = ("公司名称", "社会信用代码", "区县")
    load(workbook(headers, ["甲乙丙科技有限公司", code(1), "海淀区"], ["丁戊己科技有限公司", code(2), "北京市朝阳区"]), "ventures")
    again = load(workbook(headers, ["甲乙丙科技有限公司", code(1), "西城"], ["全新名称有限公司", code(2), "朝阳"]), "ventures")
    assert (again.changed, again.wrong) == (1, 1)
    assert "登记的名称是“丁戊己科技有限公司”" in again.rows.get(verdict="wrong").problems[0][1]
    assert Party.objects.get(code=code(1)).district == "110102"


def test_recognitions_are_titles_of_firms(load):
    content = workbook(("企业名称", "统一社会信用代码", "认定类型", "认定日期"),
                       ["甲乙丙科技有限公司", code(1), "高企", "2024-10-29"],
                       ["甲乙丙科技有限公司", code(1), "专精特新“小巨人”企业", "2024-07-01"],
                       ["丁戊己科技有限公司", code(2), "不存在的称号", "2024-07-01"])
    intake = load(content)
    assert (intake.roster, intake.new, intake.wrong) == ("recognitions", 2, 1)
    assert [record.fact.title for _kind, record in told("journey.title")] == ["hnte", "little_giant"]
    assert load(content).unchanged == 2


def test_funds_and_payments_read_money_in_the_unit_of_the_header(load):
    load(workbook(("基金名称", "认缴规模（亿元）", "其中其他基金认缴（万元）", "是否早期基金", "设立日期"),
                  ["示例早期基金（有限合伙）", 5, "１０，０００", "是", "2024-01-15"]))
    headers = ("基金名称", "出资人", "出资人信用代码", "实缴金额（千元）", "到账日期")
    paid = workbook(headers, ["示例早期基金", "北京出资有限公司", code(5), "1,200", "2024-03-01"],
                    ["没有的基金", "北京出资有限公司", code(5), 1, "2024-03-01"])
    intake = load(paid)
    assert (intake.roster, intake.new, intake.wrong) == ("payments", 1, 1)
    declared, payment = [record.fact for _kind, record in told("capital.")]
    assert (declared.committed, declared.from_funds, declared.early) == (50_000_000_000, 1_000_000_0000, True)
    assert (payment.amount, payment.source) == (120_000_000, "outside")
    more = load(workbook(headers, ["示例早期基金", "北京出资有限公司", code(5), "1,500", "2024-03-01"]))
    assert (more.changed, told("capital.fund_paid")[-1][1].replaces is not None) == (1, True)


def test_landings_are_one_case_for_one_project(load):
    headers = ("项目名称", "落地日期", "落地企业", "统一社会信用代码", "孵化器", "6个月活跃")
    intake = load(workbook(headers, ["示例量子传感项目", "2024-05-20", "量子传感科技有限公司", code(9), HOST, "2024-11-25"]))
    assert (intake.roster, intake.new) == ("landings", 1)
    again = load(workbook(headers, ["示例量子传感项目", "2024-05-21", "量子传感科技有限公司", code(9), HOST, "2024-11-25"]))
    assert again.changed == 1
    assert [(kind, record.replaces is None) for kind, record in told("journey.")] == [
        ("landed", True), ("landing_active", True), ("landed", False)]
    assert len({record.subject for _kind, record in told("journey.")}) == 1
