"""Pages of brokering: who sees them, what is hidden from whom, the broker's queues, and officers' figures with their rows."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fuhua.desk.actions import clocks
from fuhua.desk.models import Notice
from fuhua.exchange.actions import introductions, listings, quotes, rfqs
from fuhua.exchange.facts import brokered as facts
from fuhua.exchange.models import Deal, Introduction, Listing, Pilot, Reading, Rfq, Side
from fuhua.kernel import period
from fuhua.parties.actions.cast import PLAYERS
from stories import exchanging

BROKER = PLAYERS["steward"].urn
OFFER = {"readiness": "6", "proven": "样机", "unproven": "寿命"}


def test_only_the_two_sides_brokers_and_auditors_see_an_introduction(matched: Any, firm: Any, client_for: Any, client_of: Any) -> None:
    row = matched()
    page = f"/exchange/introductions/{row.pk}/"
    sides = [client_for(listing.owner.account).get(page).status_code for listing in (row.need, row.offer)]
    others = [client_of(office).get(page).status_code for office in ("steward", "auditor", "founder", "district_officer", "stranger")]
    assert (sides, others) == ([200, 200], [200, 200, 404, 404, 302])
    assert client_of("steward").post(f"{page}answer/", {"answer-says": "yes"}).status_code == 403
    assert client_of("founder").post(f"{page}answer/", {"answer-says": "yes"}).status_code == 404
    assert client_for(row.need.owner.account).post(f"{page}ask-again/").status_code == 403


def met(row: Introduction) -> Introduction:
    Introduction.objects.filter(pk=row.pk).update(state="met", agreed_at=timezone.now(), met_at=timezone.now())
    return row


def test_an_agreement_takes_an_amount_that_is_one_and_a_day_to_come(matched: Any, client_for: Any) -> None:
    row = met(matched())
    client, page = client_for(row.need.owner.account), f"/exchange/introductions/{row.pk}/"
    told = {"order-price": "1", "order-deliverable": "许可", "order-due": period.day(timezone.now()).isoformat(), "order-pay_days": "30"}
    wrongs = (("price", "-1", "金额不能为负"), ("price", "9" * 30, "超过 1000 亿元"), ("due", "2020-01-01", "交付日期已过"))
    for name, wrong, said in wrongs:
        answer = client.post(f"{page}order/", {**told, f"order-{name}": wrong})
        form = next(each["form"] for each in answer.context["verbs"] if each["verb"] == "order")
        assert (answer.status_code, list(form.errors), said in form.errors[name][0], form[name].value()) == (422, [name], True, wrong)
    assert client.post(f"{page}order/", told).status_code == 302


def test_a_deal_is_a_link_for_who_may_open_it_alone(matched: Any, client_for: Any, client_of: Any) -> None:
    row = met(matched())
    client, page = client_for(row.need.owner.account), f"/exchange/introductions/{row.pk}/"
    client.post(f"{page}order/", {"order-price": "1", "order-deliverable": "许可", "order-due": period.day(timezone.now()).isoformat(),
                                  "order-pay_days": "30"})
    deal = Deal.objects.get()
    for reader, links in ((client, True), (client_of("auditor"), True), (client_of("steward"), False), (client_of("city_officer"), False)):
        shown = reader.get(page).content.decode()
        assert (deal.number in shown, f"/exchange/deals/{deal.pk}/" in shown) == (True, links)


def test_reasons_are_offered_as_they_suit_the_side_and_the_stage(matched: Any, client_for: Any, client_of: Any) -> None:
    row = matched()
    offers, page = client_for(row.offer.owner.account), f"/exchange/introductions/{row.pk}/"

    def offered(client: Client, url: str, name: str) -> list[str]:
        return re.findall(r'<option value="(\w+)"', re.search(rf'<select name="{name}".*?</select>', client.get(url).content.decode(),
                                                              re.DOTALL)[0])

    either = ["off_platform", "price", "technical", "terms", "timing"]
    assert offered(offers, page, "answer-because") == [*either, "offer_gone"]
    assert offered(client_of("steward"), page, "decline-because") == [
        "off_platform", "no_offer", *either[1:], "budget_gone", "need_gone", "offer_gone"]
    assert offered(offers, f"/exchange/{row.offer_id}/", "because") == [*either, "offer_gone", "test_failed"]
    assert offers.post(f"/exchange/{row.offer_id}/close/", {"because": "no_offer"}).status_code == 422


def test_what_happened_is_told_from_its_beginning(matched: Any, client_for: Any) -> None:
    row = matched()
    introductions.answer(introduction=row, side="need", says="yes", by=row.need.owner.urn, at=timezone.now())
    told = client_for(row.need.owner.account).get(f"/exchange/introductions/{row.pk}/").content.decode().partition("<h2>经过</h2>")[2]
    assert told.index(facts.IntroductionAsked.LABEL.zh) < told.index(facts.IntroductionAnswered.LABEL.zh)


@pytest.mark.parametrize("how", ["withdraw", "expire"])
def test_an_offer_that_ends_before_both_agreed_ends_its_introduction_and_a_late_yes_is_told_so(matched: Any, client_for: Any, how: str,
                                                                                            ) -> None:
    row = matched()
    introductions.answer(introduction=row, side="need", says="yes", by=BROKER, at=timezone.now())
    if how == "expire":
        Listing.objects.filter(pk=row.offer_id).update(reconfirm=period.day(timezone.now()) - dt.timedelta(days=1))
        listings.expire(at=timezone.now())
    else:
        client_for(row.offer.owner.account).post(f"/exchange/{row.offer_id}/withdraw/")
    row.refresh_from_db()
    late = client_for(row.offer.owner.account).post(f"/exchange/introductions/{row.pk}/answer/", {"answer-says": "yes"})
    assert (row.state, row.because, row.need.state) == ("declined", "offer_gone", "open")
    assert (late.status_code, "对接已结束，不能再答复：供给已撤回或结束" in late.content.decode()) == (422, True)


def test_a_yes_with_a_reason_against_it_is_asked_about_not_taken(matched: Any, client_for: Any) -> None:
    row = matched()
    page = f"/exchange/introductions/{row.pk}/answer/"
    answer = client_for(row.offer.owner.account).post(page, {"answer-says": "yes", "answer-because": "terms"})
    assert (answer.status_code, "同意则不选原因" in answer.content.decode(), row.sides.exclude(answer="").exists()) == (422, True, False)


def test_what_a_side_opened_closes_when_the_introduction_ends(matched: Any, client_for: Any) -> None:
    row = matched()
    Listing.objects.filter(pk=row.offer_id).update(sealed={"secret": "烧结曲线 K-7"})
    need, offer = (client_for(listing.owner.account) for listing in (row.need, row.offer))
    page, until = f"/exchange/introductions/{row.pk}/", period.day(timezone.now()) + dt.timedelta(days=90)
    for verb, said in (("answer", {"answer-says": "yes"}), ("undertake", {})):
        for side in (need, offer):
            side.post(f"{page}{verb}/", said)
    assert [offer.post(f"{page}reveal/", {"reveal-until": until}).status_code for _twice in range(2)] == [302, 422]
    reads = f"/exchange/{row.offer_id}/"
    assert need.post(f"{reads}read/").status_code == 302
    assert "烧结曲线 K-7" in need.get(reads).content.decode()
    offer.post(f"{page}decline/", {"decline-because": "terms"})
    assert ("烧结曲线 K-7" in need.get(reads).content.decode(), need.post(f"{reads}read/").status_code) == (False, 403)


def test_the_report_is_there_once_there_is_a_pilot_and_hides_the_budget_owner_from_the_other_side(
        matched: Any, a_deal: Any, client_for: Any, client_of: Any) -> None:
    row = matched(budget_owner="财务总监")
    page, readers = f"/exchange/introductions/{row.pk}/report/", [client_for(row.need.owner.account), client_for(row.offer.owner.account),
                                                                  client_of("steward")]
    assert [client.get(page).status_code for client in readers] == [404] * 3
    Introduction.objects.filter(pk=row.pk).update(pilot=Pilot.objects.create(deal=a_deal()[0]), agreed_at=timezone.now())
    assert ["财务总监" in client.get(page).content.decode() for client in readers] == [True, False, True]


def test_a_reading_of_too_many_digits_comes_back_marked(matched: Any, a_deal: Any, client_for: Any) -> None:
    row = matched()
    Introduction.objects.filter(pk=row.pk).update(pilot=Pilot.objects.create(deal=a_deal()[0]), agreed_at=timezone.now(), state="pilot")
    Deal.objects.update(signed_at=timezone.now())
    told = {"log-measure": "漏检率", "log-value": "12345678901234.123456", "log-day": "2024-01-01"}
    answer = client_for(row.need.owner.account).post(f"/exchange/introductions/{row.pk}/log/", told)
    assert (answer.status_code, "12345678901234.123456" in answer.content.decode(), Reading.objects.count()) == (422, True, 0)


def test_the_shortlist_is_for_the_needs_side_and_brokers(matched: Any, client_for: Any, client_of: Any) -> None:
    row = matched()
    page = f"/exchange/{row.need_id}/match/"
    seen = [client_for(row.need.owner.account), client_for(row.offer.owner.account), client_of("steward"), client_of("founder")]
    assert [client.get(page).status_code for client in seen] == [200, 404, 200, 404]
    assert client_for(row.need.owner.account).post(f"{page}choose/", {}).status_code == 403


def test_without_a_fitting_offer_the_page_says_so_and_what_to_do(firm: Any, a_need: Any, client_for: Any) -> None:
    house, account = firm("北京需方有限公司")
    need = a_need(house, account, "result", "寻找固态电解质工艺", {"readiness": "4"}, timezone.now())
    page = client_for(account).get(f"/exchange/{need.pk}/match/").content.decode()
    assert ("目前没有合适的供给" in page, "放宽需求中的硬指标" in page) == (True, True)


def test_what_offers_of_the_kind_miss_is_told_where_nothing_fits(firm: Any, an_offer: Any, a_need: Any, client_for: Any) -> None:
    for coldest in ("12", "20"):
        spec = {"instrument": "稀释制冷机", "temperature": coldest}
        an_offer(*firm(f"北京第{coldest}低温有限公司"), "equipment", "稀释制冷机", spec, timezone.now())
    house, account = firm("北京需方有限公司")
    need = a_need(house, account, "equipment", "稀释制冷机机时", {"instrument": "稀释制冷机", "temperature": "10"}, timezone.now())
    page = client_for(account).get(f"/exchange/{need.pk}/match/").content.decode()
    assert ("因硬指标不合而排除" in page, "最低温度：20 mK &gt; 10 mK" in page, "最低温度：12 mK &gt; 10 mK" in page) == (True, True, True)


def test_what_misses_a_figure_is_no_strong_fit(firm: Any, an_offer: Any, a_need: Any, client_of: Any) -> None:
    title, told = "稀释制冷机机时", "极低温输运测量用的稀释制冷机机时"
    for name, price in (("甲", "500"), ("乙", "9000")):
        spec = {"instrument": "稀释制冷机", "temperature": "8", "hours": "40", "price": price}
        an_offer(*firm(f"北京{name}低温有限公司"), "equipment", title, spec, timezone.now(), text=told)
    need = a_need(*firm("北京需方有限公司"), "equipment", title, {"instrument": "稀释制冷机", "temperature": "10", "hours": "40",
                                                             "price": "600"}, timezone.now(), text=told)
    page = client_of("steward").get(f"/exchange/{need.pk}/match/").content.decode()
    assert (page.count("很吻合"), page.count("较吻合")) == (1, 1)


def test_a_broker_adds_an_offer_by_its_number_and_a_wrong_number_comes_back_marked(matched: Any, an_offer: Any, firm: Any,
                                                                                    client_of: Any) -> None:
    row = matched()
    other = an_offer(*firm("北京第三方有限公司"), "result", "硫化物前驱体", OFFER, timezone.now())
    add = f"/exchange/{row.need_id}/match/add/"
    wrong = client_of("steward").post(add, {"add-offer": "999999", "add-note": "同行推荐"})
    assert (wrong.status_code, "请核对编号或网址" in wrong.content.decode()) == (422, True)
    right = client_of("steward").post(add, {"add-offer": f"http://testserver/exchange/{other.pk}/", "add-note": "同行推荐"})
    assert right.status_code == 302
    page = client_of("steward").get(f"/exchange/{row.need_id}/match/").content.decode()
    assert ("同行推荐" in page, "硫化物前驱体" in page) == (True, True)


def test_the_desk_shows_each_queue_and_narrows_it(matched: Any, firm: Any, a_need: Any, client_of: Any) -> None:
    row, steward = matched(), client_of("steward")
    waiting = a_need(*firm("北京新需方有限公司"), "equipment", "扫描电镜机时", {"instrument": "扫描电镜"}, timezone.now())
    Side.objects.update(due=period.day(timezone.now()) - dt.timedelta(days=1))

    def titles(query: str) -> list[str]:
        return [line["title"] for line in steward.get(f"/exchange/desk/?{query}").context["rows"]]

    assert titles("queue=answers") == [row.need.title]
    assert titles("queue=shortlist") == [waiting.title]
    assert titles("queue=shortlist&kind=result") == []
    assert titles("queue=shortlist&whose=mine") == []
    steward.post(f"/exchange/{waiting.pk}/take/")
    assert titles("queue=shortlist&whose=mine") == [waiting.title]
    assert titles("queue=shortlist&whose=nobody") == []
    assert steward.post(f"/exchange/{waiting.pk}/hand-over/", {"to-to": ""}).status_code == 302
    assert titles("queue=shortlist&whose=nobody") == [waiting.title]
    assert client_of("founder").get("/exchange/desk/").status_code == 404


@pytest.mark.parametrize("page", ["/exchange/desk/?queue=answers", "/exchange/desk/?queue=shortlist", "/exchange/figures/",
                                  "/exchange/introductions/", "/exchange/cases/"])
def test_pages_take_as_many_queries_for_many_rows_as_for_few(page: str, matched: Any, client_of: Any) -> None:
    client = client_of("steward")

    def queries() -> int:
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    for number in (1, 2):
        matched(number)
    few = queries()
    for number in range(3, 9):
        matched(number)
    assert queries() == few


def test_a_request_that_silence_leaves_without_a_quote_comes_to_the_brokers(
        firm: Any, a_need: Any, cast: Any, clock: exchanging.Clock) -> None:
    house, lab = firm("北京无人应答有限公司", "venture"), firm("北京沉默检测有限公司")
    need = a_need(*house, "contract_service", "毒理研究", {"model": "cro", "modality": "biologic", "scope": "毒理"}, clock())
    owner, steward = exchanging.Person(house[1]), exchanging.Person(cast["steward"])
    asked = {"rows": "单次 | 1 | 项", "others": lab[0].name, "invention": "none"}
    owner.press(f"/exchange/{need.pk}/quotes/", "/quotes/$", **asked)
    assert not steward.open("/exchange/desk/?queue=shortlist").sees(need.title)
    clock.to("2026-04-20")
    rfqs.fall_silent(at=clock())
    assert Notice.objects.filter(about=Rfq.objects.get().urn, to=house[1].party, settled_at=None).exists()
    assert steward.open("/desk/").sees(need.title)
    assert steward.open("/exchange/desk/?queue=shortlist").sees(need.title, "2026年4月27日")
    assert steward.open(f"/exchange/{need.pk}/match/").sees(need.title)
    owner.press(f"/exchange/{need.pk}/quotes/", "/quotes/cancel/$").press(f"/exchange/{need.pk}/quotes/", "/quotes/$", **asked)
    assert not steward.open("/exchange/desk/?queue=shortlist").sees(need.title)
    assert not Notice.objects.filter(about=need.urn, kind="turn", settled_at=None).exists()
    assert not clocks.runs(about=need.urn, name="broker")


def test_a_request_that_all_decline_comes_to_the_brokers_and_leaves_them_when_one_quotes_after_all(
        firm: Any, a_need: Any, cast: Any, clock: exchanging.Clock) -> None:
    house, lab = firm("北京无人应答有限公司", "venture"), firm("北京沉默检测有限公司")
    need = a_need(*house, "contract_service", "毒理研究", {"model": "cro", "modality": "biologic", "scope": "毒理"}, clock())
    asked = {"rows": "单次 | 1 | 项", "others": lab[0].name, "invention": "none"}
    exchanging.Person(house[1]).press(f"/exchange/{need.pk}/quotes/", "/quotes/$", **asked)
    told = {"invitation": Rfq.objects.get().invitations.get(), "by": lab[1].party.urn, "at": clock()}
    quotes.decline(because="capacity", **told)
    assert clocks.runs(about=need.urn, name="broker")
    quotes.give(offered=quotes.Offered(prices=(100_00,), lead_days=5, valid_until=dt.date(2026, 9, 1)), person=lab[1].party_id, **told)
    assert not clocks.runs(about=need.urn, name="broker")


def test_silence_beside_a_quote_is_for_the_owner_to_choose(firm: Any, a_need: Any, cast: Any, clock: exchanging.Clock) -> None:
    house, labs = firm("北京一家应答有限公司", "venture"), [firm("北京应答检测有限公司"), firm("北京沉默检测有限公司")]
    need = a_need(*house, "contract_service", "毒理研究", {"model": "cro", "modality": "biologic", "scope": "毒理"}, clock())
    asked = rfqs.Asked(rows=[rfqs.Row("单次", 1, "项")], providers=[lab[0] for lab in labs], invention="none")
    rfq = rfqs.send(need=need, asked=asked, sender=house[1].party_id, by=house[1].party.urn, at=clock())
    quotes.give(invitation=rfq.invitations.get(provider=labs[0][0]), person=labs[0][1].party_id, by=labs[0][1].party.urn, at=clock(),
                offered=quotes.Offered(prices=[100], lead_days=9, valid_until=dt.date(2026, 12, 31)))
    rfqs.fall_silent(at=clock.to("2026-04-20"))
    assert not exchanging.Person(cast["steward"]).open("/exchange/desk/?queue=shortlist").sees(need.title)
    assert not Notice.objects.filter(about=need.urn, kind="turn").exists()


def test_an_open_need_that_no_broker_takes_runs_late_for_all_and_whoever_takes_it_inherits_the_day(
        firm: Any, a_need: Any, cast: Any, clock: exchanging.Clock) -> None:
    need = a_need(*firm("北京无人接手有限公司"), "result", "寻找涂层工艺", {"readiness": "4"}, clock())
    steward = exchanging.Person(cast["steward"])
    assert steward.open("/exchange/desk/?queue=shortlist").sees(need.title, "2026年4月9日")  # five working days; 6 April is a holiday
    clocks.tick(at=clock.to("2026-04-10"))
    assert Notice.objects.get(about=need.urn, kind="breach").office == "steward"
    assert steward.open("/exchange/desk/?queue=shortlist").sees("已逾期")
    for verb, told, office in (("take", {}, ""), ("hand-over", {"to-to": ""}, "steward")):
        steward.post(f"/exchange/{need.pk}/{verb}/", **told)
        running = clocks.running(need.urn, "broker")
        assert (running.due, running.office) == (dt.date(2026, 4, 9), office)
    assert listings.expire(at=clock.to("2026-07-02")) == 1
    assert not clocks.runs(about=need.urn, name="broker")
    listings.renew(listing=need, by=need.owner.urn, at=clock())
    assert clocks.running(need.urn, "broker").due == dt.date(2026, 7, 9)
    listings.close(listing=need, because="price", by=need.owner.urn, at=clock())
    assert not clocks.runs(about=need.urn, name="broker")
