"""Candidates for a need: by words or by fields, nothing when nothing fits, copies folded, taught by people, helped by an embedder."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from exchange.lab import NOW, Lab, clock
from fuhua.exchange.actions import listings, resources, shortlists
from fuhua.exchange.models import Feedback, Listing, Shortlisted
from fuhua.exchange.queries import learning, meaning
from fuhua.exchange.queries.candidates import candidates
from fuhua.exchange.queries.openings import openings
from fuhua.matching.ranking.scoring import HITS
from fuhua.parties.actions import ties
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.models import Party
from fuhua.parties.words import TieKind
from matching.embedding import Service, serving

BROKER = PLAYERS["steward"].urn
RESULT = {"readiness": "6", "licences": "普通许可", "proven": "样机", "unproven": "寿命"}
COLD = {"instrument": "稀释制冷机", "temperature": "10", "hours": "40", "available": "2025-07-31"}
ABOUT = {
    "固态电解质膜的制备工艺": "以硫化物为原料，热压得到致密的固态电解质膜，离子电导率高，适合锂电池。",
    "葡萄酒酵母选育": "从产区分离本土酵母，发酵平稳，香气浓郁，已在酒庄试用。",
    "桥梁健康监测系统": "在桥上布置光纤光栅应变计，长期监测挠度与裂缝并预警。",
    "小麦抗病新品种": "抗条锈病和赤霉病，高产稳产，适合黄淮麦区种植。",
    "磷石膏制建筑石膏板": "工业副产磷石膏经水洗煅烧后制板，抗压强度25MPa。",
}


@pytest.fixture
def houses(firm: Any) -> Callable[[str], tuple[Party, Any]]:
    """``houses("甲")``: an organisation of that name, the same one each time."""
    known: dict[str, tuple[Party, Any]] = {}
    return lambda name: known.setdefault(name, firm(f"北京{name}有限公司")) if name not in known else known[name]


@pytest.fixture
def market(houses: Any, an_offer: Any) -> dict[str, Listing]:
    """Results on five subjects, each of an organisation of its own; title → offer."""
    now = timezone.now()
    return {title: an_offer(*houses(f"供方{title[:4]}"), "result", title, RESULT, now, text=text) for title, text in ABOUT.items()}


@pytest.fixture
def wanting(houses: Any, a_need: Any) -> Callable[..., Listing]:
    """``wanting(title, text)``: a need for a result."""
    return lambda title, text="", **more: a_need(*houses("需方"), "result", title, {"readiness": "4", **more}, timezone.now(), text=text)


def found(need: Listing) -> list[str]:
    return [each.offer.title for each in candidates(need, at=timezone.now())]


def said(need: Listing, place: int = 0) -> list[str]:
    return [reason.text.zh for reason in candidates(need, at=timezone.now())[place].reasons]


# --- by words, by fields, or not at all ---


def test_the_offer_of_the_same_thing_is_found_and_the_rest_is_not_shown(market: Any, wanting: Any) -> None:
    assert found(wanting("寻找固态电解质薄膜技术", "用于锂电池的固态电解质，要求离子电导率高")) == ["固态电解质膜的制备工艺"]


def test_a_need_of_which_nobody_speaks_is_not_answered(market: Any, wanting: Any) -> None:
    assert found(wanting("寻找海水淡化反渗透装置", "日产水量五百吨，适合海岛，运行能耗低")) == []


def test_fields_that_fit_answer_where_no_word_does_and_a_hard_field_that_is_missed_never(houses: Any, an_offer: Any, a_need: Any) -> None:
    for title, spec in {
        "Cryostat": {"instrument": "dilution refrigerator", "temperature": "8", "hours": "200", "available": "2025-05-06"},
        "二十毫开": {**COLD, "temperature": "20"},
        "SEM": {"instrument": "electron microscope", "resolution": "1", "hours": "100", "available": "2025-05-01"},
        "Press": {"instrument": "hot press", "hours": "300"},
    }.items():
        an_offer(*houses(title), "equipment", title, spec)
    need = a_need(*houses("需方"), "equipment", "量子芯片极低温测量", COLD)
    assert found(need) == ["Cryostat"]
    assert said(need)[:3] == ["最低温度：8 mK ≤ 10 mK", "机时：200 小时 ≥ 40 小时", "可用时间：2025年5月6日 ≤ 2025年7月31日"]


def test_words_that_fit_answer_where_the_offer_tells_no_field_and_what_fields_say_in_words_is_read(
        houses: Any, an_offer: Any, a_need: Any) -> None:
    an_offer(*houses("甲"), "equipment", "低温平台", {"instrument": "稀释制冷机"}, text="量子芯片测量，支持干式稀释制冷机")
    an_offer(*houses("乙"), "equipment", "电镜平台", {"instrument": "扫描电镜"}, text="形貌观察")
    assert found(a_need(*houses("需方"), "equipment", "量子芯片测量机时", COLD)) == ["低温平台"]


def test_a_licence_that_everybody_gives_tells_nothing(market: Any, wanting: Any) -> None:
    assert found(wanting("寻找海水淡化反渗透装置", licences="licence", price="100 万元")) == []


def test_a_listing_is_a_candidate_by_the_next_look_and_no_longer_once_it_ended(
        market: Any, wanting: Any, houses: Any, an_offer: Any) -> None:
    need = wanting("寻找海水淡化反渗透装置", "日产水量五百吨，适合海岛")
    assert found(need) == []
    offer = an_offer(*houses("新"), "result", "海岛用反渗透海水淡化装置", RESULT, timezone.now(), text="模块化，日产水量一千吨")
    assert found(need) == ["海岛用反渗透海水淡化装置"]
    listings.withdraw(listing=offer, by=BROKER, at=timezone.now())
    assert found(need) == []


def test_reasons_name_terms_as_the_listings_write_them(market: Any, wanting: Any, houses: Any, an_offer: Any) -> None:
    an_offer(*houses("新"), "result", "OLED 蒸镀掩膜版", RESULT, timezone.now(), text="用于 OLED 面板的 FMM 掩膜版，开口精度高")
    told = " ".join(said(wanting("OLED 掩膜版 FMM 国产化", "寻找高精度 FMM")))
    assert ("OLED" in told, "FMM" in told, "oled" in told, "fmm" in told) == (True, True, False, False)


def test_another_thing_than_was_sought_is_named_and_a_price_is_held_against_the_budget_of_the_need(
        houses: Any, an_offer: Any, a_need: Any) -> None:
    an_offer(*houses("镜"), "equipment", "电镜机时", {"instrument": "透射电镜", "price": "800"}, timezone.now(), text="电镜观察样品形貌")
    sought = {"instrument": "扫描电镜", "hours": "40"}
    need = a_need(*houses("需方"), "equipment", "电镜机时", sought, timezone.now(), text="电镜观察样品形貌")
    told = {(each.text.zh, each.holds) for each in candidates(need, at=timezone.now())[0].reasons}
    assert told >= {("仪器类别：需要 扫描电镜，供方为 透射电镜", False), ("每小时价格：800 元 × 40 小时 = 3.2 万元 ≤ 预算 10 万元", True)}


def test_money_is_not_sought_among_advice(houses: Any, an_offer: Any, a_need: Any) -> None:
    advice = {"topics": "licence", "attorney": "专利代理师"}
    an_offer(*houses("门诊"), "ip_clinic", "知识产权质押门诊", advice, timezone.now(), text="知识产权质押贷款咨询")
    sought = {"product": "loan", "amount": "300万元", "personal": "否", "purpose": "备货"}
    need = a_need(*houses("需方"), "finance", "知识产权质押贷款", sought, timezone.now(), text="以知识产权质押的贷款")
    assert candidates(need, at=timezone.now()) == []


def test_what_a_result_costs_at_least_is_held_against_a_budget_that_is_too_small(houses: Any, an_offer: Any, wanting: Any) -> None:
    title = "固态电解质膜的制备工艺"
    offer = an_offer(*houses("供方"), "result", title, {**RESULT, "price": "100 万元"}, timezone.now(), text=ABOUT[title])
    need, told = wanting(title), {}
    for price in (100_000_000, 10_000_100, 3_123_400, 10_000_000):
        Listing.objects.filter(pk=offer.pk).update(spec={**offer.spec, "price": price})
        [found] = candidates(need, at=timezone.now())
        told |= {each.text.zh: each.holds for each in found.reasons if each.field == "price"}
    assert told == {"最低价：100 万元 > 预算 10 万元": False, "最低价：100,001.00 元 > 预算 100,000.00 元": False,
                    "最低价：31,234.00 元 ≤ 预算 100,000.00 元": True,
                    "最低价：10 万元 ≤ 预算 10 万元": True}


def test_a_calendar_tells_what_all_hours_cost_of_a_need_that_states_a_budget_and_no_price_an_hour(
        firm: Any, an_offer: Any, a_need: Any) -> None:
    Lab(firm, an_offer)
    need = a_need(*firm("北京某园区", "park", "park_manager"), "equipment", "扫描电镜机时", {"instrument": "扫描电镜", "hours": "120"}, NOW)
    told = {reason.text.zh for found in candidates(need, at=NOW) for reason in found.reasons}
    assert "每小时价格：1,000 元 × 120 小时 = 12 万元 > 预算 10 万元（按预约日历）" in told


def test_a_name_of_nothing_but_signs_is_no_reason(houses: Any, an_offer: Any, a_need: Any) -> None:
    an_offer(*houses("镜"), "equipment", "电镜机时", {"instrument": "透射电镜"}, timezone.now(), text="电镜观察样品形貌")
    need = a_need(*houses("需方"), "equipment", "电镜机时", {"instrument": "—"}, timezone.now(), text="电镜观察样品形貌")
    assert [each.text.zh for found in candidates(need, at=timezone.now()) for each in found.reasons if each.field == "instrument"] == []


def test_many_offers_take_as_many_statements_as_one(market: Any, wanting: Any, houses: Any, an_offer: Any) -> None:
    need = wanting("寻找固态电解质薄膜技术", "用于锂电池的固态电解质，要求离子电导率高")
    counts = []
    for number in range(20):
        if number in (0, 19):
            found(need)
            with CaptureQueriesContext(connection) as captured:
                found(need)
            counts.append(len(captured))
        an_offer(*houses("量产"), "result", f"固态电解质第{number}代", RESULT, timezone.now(), text=f"电导率第{number}档")
    assert (counts[0] == counts[1], counts[0] <= 12) == (True, True)


# --- copies ---


def test_copies_are_one_candidate_that_names_the_others_and_another_field_is_another_offer(
        market: Any, wanting: Any, houses: Any, an_offer: Any, cast: Any, client_for: Any) -> None:
    title, text = "固态电解质膜的制备工艺", ABOUT["固态电解质膜的制备工艺"] + "已完成中试，良率稳定，可提供样品与工艺包，派工程师驻厂。"
    for number in range(3):
        an_offer(*houses(f"转发{number}"), "result", f"{title}（转发{number}）", RESULT, timezone.now(), text=text)
    an_offer(*houses("早期"), "result", f"{title}（早期）", {**RESULT, "readiness": "4"}, timezone.now(), text=text)
    need = wanting("寻找固态电解质膜工艺", "用于锂电池的固态电解质膜，离子电导率高")
    rows = candidates(need, at=timezone.now())
    assert sorted(len(each.copies) for each in rows) == [0, 0, 2]
    assert client_for(cast["steward"]).get(f"/exchange/{need.pk}/match/").content.decode().count("另有相似发布") == 1
    named = {pk for each in rows for pk in (each.offer.pk, *each.copies)}
    assert named == set(Listing.objects.filter(side="offer", title__startswith="固态电解质膜").values_list("pk", flat=True))


def test_two_who_say_little_in_the_same_words_have_two_offers(houses: Any, an_offer: Any, a_need: Any) -> None:
    for number in range(2):
        an_offer(*houses(f"供{number}"), "result", "固态电解质工艺", RESULT, timezone.now())
    need = a_need(*houses("需方"), "result", "寻找固态电解质工艺", {"readiness": "4"}, timezone.now())
    assert [each.copies for each in candidates(need, at=timezone.now())] == [(), ()]


# --- what people say ---


@pytest.fixture
def answered(houses: Any, an_offer: Any, a_need: Any) -> Callable[..., None]:
    """``answered(n)``: on n needs a broker refused the offer with the need's title and chose the one with its text."""

    def told(count: int, reason: str = "field") -> None:
        for number in range(count):
            topic = chr(0x4E00 + 37 * number) + chr(0x5A00 + 53 * number)
            need = a_need(*houses("需方"), "result", f"{topic}回收", {"readiness": "4"}, timezone.now(), text=f"{topic}需要低成本处理方案")
            bad = an_offer(*houses("坏"), "result", f"{topic}回收成套", RESULT, timezone.now(), text="工艺成熟")
            good = an_offer(*houses("好"), "result", f"方案{number}", RESULT, timezone.now(), text=f"{topic}需要低成本处理方案汇编")
            by = {"need": need, "person": Party.objects.get(urn=BROKER).pk, "by": BROKER, "at": timezone.now()}
            shortlists.choose(chosen=[shortlists.Choice(good, score=0.5)], **by)
            shortlists.irrelevant(offer=bad, reason=reason, **by)

    return told


def test_what_people_found_to_fit_moves_the_weights_and_a_price_that_is_too_high_does_not(answered: Any) -> None:
    assert learning.scoring() is HITS
    answered(3, "price")
    assert learning.scoring() is HITS
    Feedback.objects.update(reason="technical")
    taught = learning.scoring()
    assert taught.weights != HITS.weights
    Feedback.objects.all().delete()
    assert learning.scoring() is HITS


def test_what_was_learnt_changes_the_order_of_another_need(answered: Any, houses: Any, an_offer: Any, wanting: Any) -> None:
    an_offer(*houses("甲"), "result", "磷石膏制板设备", RESULT, timezone.now(), text="适用于各地")
    an_offer(*houses("乙"), "result", "磷石膏建材", RESULT, timezone.now(), text="磷石膏低成本制板并应用")
    need = wanting("磷石膏制板", "需要磷石膏低成本制板")
    answered(25, "price")
    before = found(need)
    Feedback.objects.update(reason="field")
    assert (before, found(need)) == (["磷石膏制板设备", "磷石膏建材"], ["磷石膏建材", "磷石膏制板设备"])


def test_many_answers_of_one_person_on_one_need_teach_no_more_than_one(answered: Any) -> None:
    answered(1)
    once = learning.scoring().weights
    row = Feedback.objects.get()
    for each in list(Listing.objects.filter(side="offer").exclude(pk__in=[row.offer_id, Shortlisted.objects.get().offer_id])):
        Feedback.objects.create(need=row.need, offer=each, reason="field", by=row.by, at=row.at)
    reach = [max(0.5 * weight, 0.1) for weight in HITS.weights]
    moved = [abs(now - then) / much for now, then, much in zip(once, HITS.weights, reach, strict=True)]
    assert max(moved) < 0.2


# --- an embedder ---


@pytest.fixture
def service() -> Iterator[Service]:
    with serving("盐膜") as running, override_settings(FUHUA_EMBEDDINGS_URL=running.url, FUHUA_EMBEDDINGS_MODEL="tiny",
                                                     FUHUA_EMBEDDINGS_KEY="sesame"):
        yield running


def test_an_embedder_helps_what_is_near_in_meaning_and_is_asked_once(
        market: Any, wanting: Any, houses: Any, an_offer: Any, service: Service) -> None:
    for title in ("除盐设备", "除尘设备"):
        an_offer(*houses(title), "result", title, RESULT, timezone.now(), text="模块化设备，运行稳定")
    need = wanting("脱盐设备", "寻找运行稳定的盐水处理设备")
    with override_settings(FUHUA_EMBEDDINGS_URL=""):
        without = {each.offer.title: each.score for each in candidates(need, at=timezone.now())}
    given = {each.offer.title: each.score for each in candidates(need, at=timezone.now())}
    assert given["除盐设备"] > without["除盐设备"]
    asked = len(service.asked)
    assert ({each.offer.title: each.score for each in candidates(need, at=timezone.now())}, len(service.asked)) == (given, asked)
    assert (set(service.keys), all("寿命" in text or "脱盐" in text for one in service.asked for text in one["input"])) == (
        {"Bearer sesame"}, True)


@pytest.mark.parametrize("answer", [(500, b"{}"), (200, b"[]"), None])
def test_an_embedder_that_fails_or_is_silent_changes_nothing_and_is_left_in_peace(
        market: Any, wanting: Any, service: Service, answer: Any, caplog: Any, monkeypatch: Any) -> None:
    need = wanting("寻找固态电解质膜", "用于锂电池的固态电解质膜")
    with override_settings(FUHUA_EMBEDDINGS_URL=""):
        without = [(each.offer.pk, each.score) for each in candidates(need, at=timezone.now())]
    service.answer = answer
    monkeypatch.setattr(meaning, "PATIENCE", 0.3)
    if answer is None:
        service.silent.clear()
    with caplog.at_level(logging.WARNING):
        lists = [[(each.offer.pk, each.score) for each in candidates(need, at=timezone.now())] for _again in range(3)]
    assert (lists, len(service.asked)) == ([without] * 3, 1)
    told = [row.getMessage() for row in caplog.records if "embeddings" in row.getMessage()]
    assert (len(told), "sesame" in told[0], "电解质" in told[0]) == (1, False, False)


def test_nobody_at_the_address_is_the_same_as_no_embedder(market: Any, wanting: Any) -> None:
    need = wanting("寻找固态电解质膜", "用于锂电池的固态电解质膜")
    without = [(each.offer.pk, each.score) for each in candidates(need, at=timezone.now())]
    with override_settings(FUHUA_EMBEDDINGS_URL="http://127.0.0.1:9/v1", FUHUA_EMBEDDINGS_MODEL="tiny"):
        assert [(each.offer.pk, each.score) for each in candidates(need, at=timezone.now())] == without
    assert threading.active_count() < 20


# --- the calendar of what is booked ---


def test_the_calendar_tells_from_when_an_offer_is_free_whatever_the_offer_states(
        firm: Any, houses: Any, an_offer: Any, a_need: Any) -> None:
    lab = Lab(firm, an_offer)
    offer = lab.microscope.offer
    need = a_need(*houses("需方"), "equipment", "扫描电镜机时", {"instrument": "扫描电镜", "available": "2025-07-02"}, NOW)

    def told() -> str:
        [each] = [reason.text.zh for found in candidates(need, at=NOW) for reason in found.reasons if reason.field == "available"]
        return each

    assert told() == "可用时间：2025年6月30日 ≤ 2025年7月2日（按预约日历）"
    Listing.objects.filter(pk=offer.pk).update(spec={**offer.spec, "available": "2025-06-01"})
    resources.close_days(resource=lab.microscope, start=NOW, end=clock("2025-07-03T12:00"), reason="检修", by=lab.by, at=NOW)
    assert told() == "可用时间：2025年7月3日 > 2025年7月2日（按预约日历）"
    resources.close_days(resource=lab.microscope, start=clock("2025-07-03T12:00"), end=clock("2025-12-31T12:00"), reason="搬迁", by=lab.by,
                         at=NOW)
    assert told() == "可用时间：按预约日历，2025年7月14日前没有空档"


def test_the_price_is_what_the_calendar_charges_the_organisation_and_the_offer_states_that_of_firms(
        firm: Any, an_offer: Any, a_need: Any) -> None:
    lab = Lab(firm, an_offer)
    told = {}
    for name, sort in (("北京在孵企业", "venture"), ("北京某园区", "park")):
        house = firm(name, sort, {"venture": "founder", "park": "park_manager"}[sort])
        if sort == "venture":
            ties.attest(kind=TieKind.RESIDES, source=house[0], target=lab.house, by=lab.by, at=NOW)
        need = a_need(*house, "equipment", "扫描电镜机时", {"instrument": "扫描电镜", "price": "800"}, NOW)
        [told[sort]] = [reason.text.zh for found in candidates(need, at=NOW) for reason in found.reasons if reason.field == "price"]
    assert told["venture"] == "每小时价格：500 元 ≤ 800 元（按预约日历）"
    assert told["park"] == "每小时价格：1,000 元 > 800 元（按预约日历）"
    assert Listing.objects.get(pk=lab.microscope.offer_id).spec["price"] == 800_00


def test_what_is_free_too_late_comes_after_what_is_free_in_time(firm: Any, houses: Any, an_offer: Any, a_need: Any) -> None:
    lab = Lab(firm, an_offer)
    other = lab.instrument("扫描电镜 S-4800（备用）")
    need = a_need(*houses("需方"), "equipment", "扫描电镜机时", {"instrument": "扫描电镜", "available": "2025-07-02"}, NOW)
    for shut, kept in ((lab.microscope, other), (other, lab.microscope)):
        closure = resources.close_days(resource=shut, start=NOW, end=clock("2025-07-20T12:00"), reason="检修", by=lab.by, at=NOW)
        assert candidates(need, at=NOW)[0].offer == kept.offer
        closure.delete()


@pytest.mark.parametrize(("rules", "day"), [
    ({"shortest": 120}, "2025-06-30"), ({"step": 45}, "2025-06-30"), ({"step": 25}, "2025-06-30"), ({"ahead": 30}, "2025-06-30"),
    ({"shortest": 120, "longest": 240}, "2025-06-30"), ({"longest": 30}, "2025-06-30"), ({"step": 45, "longest": 60}, "2025-06-30"),
    ({"lead": 24 * 60}, "2025-07-01"),
    ({"shortest": 10 * 60}, None)])
def test_the_first_free_day_is_told_whatever_the_rules_of_length_are(
        firm: Any, an_offer: Any, rules: dict[str, int], day: str | None) -> None:
    resource = Lab(firm, an_offer).instrument("另一台", **rules)
    found = openings([resource.offer_id], NOW)[resource.offer_id]
    assert (found.day.isoformat(), found.full) == ((day, False) if day else ("2025-07-14", True))


def test_calendars_take_as_many_statements_for_many_instruments_as_for_one(firm: Any, an_offer: Any) -> None:
    lab = Lab(firm, an_offer)
    offers, counts = [lab.microscope.offer_id], []
    for number in range(4):
        with CaptureQueriesContext(connection) as captured:
            openings(offers, NOW)
        counts.append(len(captured))
        offers.append(lab.instrument(f"第{number}台").offer_id)
    assert counts == [5] * 4


def test_an_offer_that_ended_before_the_index_heard_of_it_is_not_proposed(market: Any, wanting: Any, houses: Any, an_offer: Any) -> None:
    need = wanting("寻找固态电解质薄膜技术", "用于锂电池的固态电解质，要求离子电导率高")
    assert found(need) == ["固态电解质膜的制备工艺"]
    late = timezone.now() - dt.timedelta(minutes=3)  # committed after others that were told later
    Listing.objects.filter(title="固态电解质膜的制备工艺").update(state="withdrawn", changed_at=late)
    assert found(need) == []
