"""Money, URNs, flows, registries and bilingual text."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from fuhua.kernel import money, questions, urn
from fuhua.kernel.flow import Flow, Step, WrongState
from fuhua.kernel.registry import DuplicateKey, Registry
from fuhua.kernel.words import Text, t


@pytest.mark.parametrize(("written", "unit", "fen"), [
    ("1,200.5万元", "元", 1_200_500_000), ("3.2亿元", "元", 32_000_000_000), ("￥88", "元", 8_800), ("500", "千元", 50_000_000),
    (0.29, "元", 29), ("0", "元", 0), ("-3万", "元", -3_000_000), ("1", "万元", 1_000_000),
    ("3w", "元", 3_000_000), ("3W", "元", 3_000_000), ("1.5 w", "元", 1_500_000), ("3 万", "元", 3_000_000), ("３万", "元", 3_000_000),
    ("１，２００ｗ", "元", 1_200_000_000), ("¥ 85.5", "元", 8_550), ("80块", "元", 8_000),
    ("1,234,567", "元", 123_456_700), ("12,500.5", "元", 1_250_050),
])
def test_money_is_read_as_people_write_it_to_the_fen(written, unit, fen):
    assert money.fen(written, unit=unit) == fen


@pytest.mark.parametrize("written", ["", "约三亿", "1.234元", "12 13", "1e5", "NaN", "w", "3w5", "3 watt", "3ww", "12,5", "1,2,3", "1,00"])
def test_what_is_no_amount_is_refused_in_both_languages(written):
    with pytest.raises(money.BadMoney) as refusal:
        money.fen(written)
    assert refusal.value.text.zh
    assert refusal.value.text.en


def test_a_urn_has_a_kind_and_an_identity_and_is_never_anything_else():
    name = urn.new("venture")
    assert urn.kind_of(name) == "venture"
    assert urn.of("venture", urn.identity_of(name)) == name
    for wrong in ("urn:fuhua:Venture:1", "urn:fuhua:venture:", "urn:other:venture:1", "urn:fuhua:venture:a b", "张三"):
        assert not urn.is_urn(wrong)
        with pytest.raises(urn.BadUrn):
            urn.kind_of(wrong)


DOOR = Flow("door", "shut", (Step("open", ("shut",), "open"), Step("shut", ("open",), "shut"), Step("lock", ("shut",), "locked")))


def test_a_flow_says_where_a_verb_leads_and_what_may_be_done():
    assert DOOR.after("shut", "open") == "open"
    assert DOOR.verbs("shut") == ("open", "lock")
    assert DOOR.states() == ("shut", "open", "locked")
    with pytest.raises(WrongState) as refusal:
        DOOR.after("locked", "open")
    assert "locked" in refusal.value.text.en


def test_a_registry_takes_each_key_once():
    names: Registry[str] = Registry("names", key=str.lower)
    names.add("Ann")
    assert names.keys() == ["ann"]
    assert "ann" in names
    assert names.get("bob") is None
    with pytest.raises(DuplicateKey):
        names.add("ANN")


def test_text_speaks_the_readers_language_even_inside_another_text():
    inner = t("海淀区", "Haidian")
    outer = t("共 {n} 家在{where}", "{n} of them in {where}").format(n=3, where=inner)
    with override("zh-hans"):
        assert str(outer) == "共 3 家在海淀区"
    with override("en"):
        assert str(outer) == "3 of them in Haidian"
    assert outer == Text("共 3 家在海淀区", "3 of them in Haidian")


def test_text_is_escaped_where_html_is_made_of_it():
    assert Text("<甲>", "<b>").__html__() == "&lt;甲&gt;"


@pytest.mark.parametrize(("unit", "said"), [
    ("", "请写成 120 万元 或 1200000"), ("小时", "请写成 120 或 85.5（元/小时）"), ("件", "请写成 120 或 85.5（元/件）"),
])
def test_what_is_no_amount_is_answered_with_one_of_its_size(unit, said):
    with pytest.raises(questions.BadValue) as refusal:
        questions.read(questions.Question("price", Text("价格", "price"), "money", unit=Text(unit, unit)), "面议")
    assert refusal.value.text.zh.endswith(said)
