"""Which organisation is meant: every way to write a name, namesakes, candidates and their reasons."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fuhua.parties import queries
from fuhua.parties.actions import organisations
from fuhua.parties.queries import naming
from fuhua.parties.queries.matching import possible_duplicates

BY = "urn:fuhua:person:clerk"
CODE = "91110000802100433B"


@pytest.fixture
def register(db, at):
    def registered(name: str, **given):
        return organisations.register(**{"sort": "venture", "name": name, "by": BY, "at": at(), **given})

    return registered


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("北京寄灵科技有限公司", "北京寄灵科技有限责任公司"),
        ("北京寄灵科技有限公司", "北京市寄灵科技有限公司"),
        ("北京寄灵科技有限公司", "寄灵科技有限公司"),
        ("北京寄灵科技有限公司", "北京寄灵科技股份有限公司"),
        ("寄灵（北京）科技有限公司", "寄灵(北京)科技有限公司"),
        ("北京 寄灵 科技有限公司", "北京寄灵科技有限公司"),
        ("ＡＢＣ科技有限公司", "abc科技有限公司"),
        ("Jiling Technology Co., Ltd.", "JILING TECHNOLOGY LIMITED"),
        ("北京市财政局", "市财政局"),
        ("北京市市场监督管理局", "市市场监督管理局"),
    ],
)
def test_ways_to_write_one_name_fall_together(one, other):
    assert naming.key(one) == naming.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("北京寄灵科技有限公司", "上海寄灵科技有限公司"),
        ("北京寄灵科技有限公司", "北京寄灵智能有限公司"),
        ("北京大学", "大学"),
        ("市场监督管理局", "北京场监督管理局"),
        ("北京寄灵集团有限公司", "北京寄灵有限公司"),
    ],
)
def test_different_names_stay_apart(one, other):
    assert naming.key(one) != naming.key(other)


@pytest.mark.parametrize("name", ["有限公司", "（）", "北京", "A", "株式会社", "🏢"])
def test_odd_names_have_a_key_and_grams_without_failing(name):
    assert isinstance(naming.key(name), str)
    assert all(0 < len(gram) <= 12 for gram in naming.grams(name))


def test_a_name_is_taken_apart():
    assert naming.parts("北京寄灵智能科技有限公司") == naming.Parts("北京", "寄灵", "智能科技", "有限公司")
    assert naming.parts("寄灵科技（北京）有限公司") == naming.Parts("北京", "寄灵", "科技", "有限公司")


def test_a_code_decides_whatever_the_name(register):
    party = register("北京寄灵科技有限公司", code=CODE)
    found = queries.match(code="91110000 802100433b", name="完全不同")
    assert (found.sure, found.candidates, found.why.zh) == (party, [], "统一社会信用代码一致")


def test_a_plate_and_an_english_name_match(register):
    party = register(
        "北京市科学技术委员会",
        sort="agency",
        plates=["中关村科技园区管理委员会"],
        english="Beijing Sci-Tech Commission",
    )
    assert queries.match(name="中关村科技园区管理委员会").sure == party
    assert queries.match(name="beijing sci tech commission").sure == party
    assert queries.match(name="市科学技术委员会").sure == party


def test_another_code_under_the_same_name_is_only_a_candidate(register):
    party = register("北京寄灵科技有限公司", code=CODE)
    found = queries.match(code="91110108551385082Q", name="北京寄灵科技有限公司")
    assert found.sure is None
    assert [each.party for each in found.candidates] == [party]
    assert CODE in found.candidates[0].reasons[-1].zh


def test_namesakes_are_never_guessed_but_told_apart_by_sort_and_district(register):
    venture = register("北京寄灵科技有限公司", district="110108")
    firm = register("北京寄灵科技有限责任公司", sort="firm", district="110105")
    found = queries.match(name="寄灵科技有限公司")
    assert (found.sure, [each.party for each in found.candidates]) == (None, [venture, firm])
    assert queries.match(name="寄灵科技有限公司", sort="firm").sure == firm
    assert queries.match(name="寄灵科技有限公司", district="110108").sure == venture


def test_a_slip_of_the_pen_gives_candidates_with_reasons(register):
    party = register("北京寄灵智能科技有限公司")
    register("北京远山咨询有限公司")
    found = queries.match(name="北京寄零智能科技有限公司")
    assert (found.sure, [each.party for each in found.candidates]) == (None, [party])
    [_party, score, reasons] = found.candidates[0]
    assert 0.4 <= score < 1
    assert [reason.zh for reason in reasons] == ["字号相近：寄零／寄灵", "地名相同：北京", "行业相同：智能科技"]
    assert reasons[0].en == "similar trade names: 寄零 / 寄灵"


def test_no_organisation_is_listed_twice(register):
    party = register("北京寄灵科技有限公司", plates=["寄灵实验室", "寄灵智能"])
    assert [each.party for each in queries.match(name="寄灵生物").candidates] == [party]


def test_nothing_is_meant_by_nothing(register):
    register("北京寄灵科技有限公司")
    assert queries.match() == queries.Match(None, [])
    assert queries.match(name="  ") == queries.Match(None, [])
    assert queries.match(name="远山咨询") == queries.Match(None, [])


def test_a_look_up_asks_a_bounded_number_of_questions(register):
    for number in range(40):
        register(f"北京寄{chr(0x4E00 + number)}科技有限公司", plates=[f"寄{chr(0x4E00 + number)}实验室"])
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = queries.match(name="北京寄灵科技有限公司")
    assert (len(asked), len(found.candidates)) == (4, 8)


def test_possible_duplicates_name_each_pair_once_and_never_two_legal_persons(register):
    first = register("北京寄灵科技有限公司", code=CODE)
    second = register("寄灵科技", plates=["寄灵"])
    register("上海寄灵餐饮有限公司", code="91110108551385082Q")
    [pair] = possible_duplicates()
    assert {pair.first, pair.second} == {first, second}
    assert possible_duplicates(districts=frozenset({"110105"})) == []
