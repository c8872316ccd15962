"""Every kind of listing keeps the contract of kinds: its examples are tests, its fields can be read and shown."""

from __future__ import annotations

import pytest

from fuhua.exchange.kinds.asked import ASKED
from fuhua.exchange.kinds.fitting import fit, named
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.kinds.spec import FITS, PRICES, Example, Kind
from fuhua.exchange.words import FRONTS
from fuhua.kernel.questions import TYPES, read

CASES = [(kind, example) for kind in listing_kinds() for example in kind.examples]


def stored(kind: Kind, side: str, written: dict[str, object]) -> dict[str, object]:
    return {each.name: read(each, written.get(each.name)) for each in kind.on(side)}


@pytest.mark.parametrize(("kind", "example"), CASES, ids=[f"{kind.code}-{n}" for n, (kind, _one) in enumerate(CASES)])
def test_an_example_of_a_kind_comes_out_as_written(kind: Kind, example: Example) -> None:
    found = fit(kind, stored(kind, "need", dict(example.need)), stored(kind, "offer", dict(example.offer)))
    assert (found.possible, {reason.text.zh for reason in found.reasons} >= set(example.reasons)) == (example.possible, True)


@pytest.mark.parametrize(("sought", "given", "told"), [
    ("SEM", "扫描电镜", None), ("sem 机时", "蔡司扫描电子显微镜", None), ("X-ray CT", "工业断层扫描", None),
    ("SEM", "TEM", False), ("扫描电镜", "透射电镜", False), ("PCB 打样", "塑料件注塑", False), ("扫描电镜", "扫描电镜 S-4800", True)])
def test_two_names_are_told_as_different_only_where_they_can_be_compared(sought: str, given: str, told: bool | None) -> None:
    [*found] = named(listing_kinds()["equipment"], {"instrument": sought}, {"instrument": given})
    assert next((each.holds for each in found), None) is told


@pytest.mark.parametrize("kind", listing_kinds(), ids=lambda kind: kind.code)
def test_a_kind_declares_only_what_the_house_knows(kind: Kind) -> None:
    names = [each.name for each in kind.fields]
    assert {*kind.also} <= {each.code for each in listing_kinds()} - {kind.code}
    assert (kind.front in FRONTS, kind.price in PRICES, len(set(names)), bool(kind.examples)) == (True, True, len(names), True)
    assert [each.name for each in kind.fields if each.type not in TYPES or (each.fits and each.fits not in FITS)] == []
    assert [each.name for each in kind.fields if each.type in ("choice", "choices") and not each.choices] == []
    assert [each.name for each in kind.fields if each.named and each.type != "words"] == []
    factors = [kind.one(name) for each in kind.fields for name in each.times or ()]
    assert {each.type for each in kind.fields if each.times is not None} <= {"money"}
    assert [each.name for each in factors if each.type != "number" or "need" not in each.sides] == []
    assert {side for example in kind.examples for side, spec in (("need", example.need), ("offer", example.offer))
            for name in spec if side not in kind.one(name).sides} == set()


@pytest.mark.parametrize("kind", listing_kinds(), ids=lambda kind: kind.code)
def test_a_kind_asks_nothing_that_every_listing_is_asked(kind: Kind) -> None:
    taken = {"owner", "title", "text", "field", "district", "audience", "party", "once", "q", "kind", "side", "view", "open", "before"}
    assert {each.name for each in kind.fields} & (taken | {each.name for each in ASKED}) == set()


@pytest.mark.parametrize("kind", listing_kinds(), ids=lambda kind: kind.code)
def test_what_a_kind_lets_one_filter_by_is_never_confidential_and_what_is_confidential_is_optional(kind: Kind) -> None:
    assert [each.name for each in kind.fields if each.sealed and (each.filter or each.required or each.fits)] == []
    assert any(each.filter for each in kind.fields)


@pytest.mark.parametrize("kind", listing_kinds(), ids=lambda kind: kind.code)
def test_a_need_is_never_asked_for_the_least_order_or_the_price_of_a_seller(kind: Kind) -> None:
    sellers = {"起订量", "最低价", "最短租期", "单件价格", "单价", "最早可提交"}
    assert {str(each.label.zh) for each in kind.on("need")} & sellers == set()
    assert [each.name for each in kind.on("need")
            if each.type == "money" and each.fits == "at_most" and "可接受" not in each.label.zh] == []
    assert [each.name for each in kind.fields if "需方：" in each.help.zh and each.need.zh] == []


def test_each_side_reads_a_field_in_its_own_words() -> None:
    told = {side: next(each for each in listing_kinds()["supply"].on(side) if each.name == "quantity") for side in ("need", "offer")}
    assert {side: each.label.zh for side, each in told.items()} == {"need": "本次数量", "offer": "起订量"}
    assert told["need"].unit == told["offer"].unit
