"""Pages of quotes: both sides read what is asked and what was quoted, and another provider can be asked while there is time."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from fuhua.desk.models import Notice
from fuhua.evidence.models import Fact
from fuhua.exchange.actions import credentials, deliveries, orders, pools, rfqs
from fuhua.exchange.actions.deals import BadDeal
from fuhua.exchange.models import Deal, Invitation, Listing, Member, Note, Quote, Rfq
from fuhua.exchange.queries.agreements import agreement_of
from fuhua.matching.splitting import cheapest
from fuhua.parties.actions.cast import ORGANISATIONS
from fuhua.parties.models import Consent
from stories.exchanging import clock_at
from stories.visitor import Visitor

TESTING = {"model": "testing", "modality": "electronics", "scope": "温循"}
PART = {"part": "M3 紧固件", "category": "mechanical", "quantity": "60"}
ROWS = [rfqs.Row("温循试验", 10, "次", "出具 CNAS 报告"), rfqs.Row("振动试验", 2, "次")]
LADDER = [rfqs.Row("M3 紧固件", step, "件", "首件全检") for step in (100, 500)]


@pytest.fixture
def street(firm: Any, a_need: Any, at: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """``street(kind, spec, rows)``: a request to one provider, its asker, and another provider that was not asked."""
    clock_at(monkeypatch, "2025-07-01")

    def made(kind: str = "contract_service", spec: Any = TESTING, rows: Any = ROWS, **more: Any) -> dict[str, Any]:
        asker, lab, other = firm("北京需方电子有限公司", "venture"), firm("北京甲检测有限公司"), firm("北京乙检测有限公司")
        need = a_need(*asker, kind, "环境试验", spec, when=at("2025-07-01"), success="全部样品合格", deadline=dt.date(2027, 3, 5))
        told = rfqs.Asked(rows=rows, providers=[lab[0]], invention="filed", **more)
        rfq = rfqs.send(need=need, asked=told, sender=asker[1].party_id, by=asker[1].party.urn, at=at("2025-07-01"))
        return {"rfq": rfq, "asker": asker, "lab": lab, "other": other, "row": rfq.invitations.get()}

    return made


def page(browser: Any, name: str, pk: int) -> str:
    return browser.get(reverse(f"exchange:{name}", kwargs={"pk": pk})).content.decode()


def lacks(text: str, *words: str) -> list[str]:
    return [word for word in words if word not in text]


def test_both_sides_read_the_rows_their_tests_and_the_day_before_a_price_is_given(street: Any, client_for: Any) -> None:
    told = street(required=[])
    for side, name, pk in (("lab", "invitation", told["row"].pk), ("asker", "rfq", told["rfq"].need_id)):
        text = page(client_for(told[side][1]), name, pk)
        assert lacks(text, "温循试验", "出具 CNAS 报告", "振动试验", "全部样品合格", "2027年3月5日", "验收标准") == [], side


def test_a_pooled_request_shows_its_own_test_but_nothing_of_one_members_need(firm: Any, a_need: Any, client_for: Any, at: Any,
                                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    clock_at(monkeypatch, "2025-07-01")
    houses, maker = [firm(f"北京第{n}科技有限公司", "venture") for n in range(2)], firm("苏州精工有限公司")
    needs = [a_need(*house, "supply", f"紧固件{n}", PART, success="本家的成功标准", deadline=dt.date(2027, 3, 5))
             for n, house in enumerate(houses)]
    pool = pools.invite(need=needs[0], at=at("2025-07-01"))
    members = [pools.join(member=each, quantity=50, by="", at=at("2025-07-01")) for each in pool.members.all()]
    told = rfqs.Asked(rows=LADDER, providers=[maker[0]], invention="filed")
    rfq = pools.ask(member=members[0], asked=told, sender=houses[0][1].party_id, by=houses[0][1].party.urn, at=at("2025-07-01"))
    for test, said in (("首件全检", "首件全检"), ("", "见各单位协议")):
        Rfq.objects.update(rows=[{**row, "test": test} for row in rfq.rows])
        text = page(client_for(maker[1]), "invitation", rfq.invitations.get().pk)
        assert lacks(text, "M3 紧固件", said) == []
        assert lacks(text, "本家的成功标准", "2027年3月5日", houses[0][0].name) == ["本家的成功标准", "2027年3月5日", houses[0][0].name]


def test_the_asker_asks_another_while_there_is_time_and_who_was_asked_is_not_asked_twice(street: Any, client_for: Any) -> None:
    told = street()
    browser, url = client_for(told["asker"][1]), reverse("exchange:rfq_invite", kwargs={"pk": told["rfq"].need_id})
    assert browser.post(url, {"others": told["other"][0].name}).status_code == 302
    assert list(told["rfq"].invitations.order_by("pk").values_list("provider__name", "state")) == [
        ("北京甲检测有限公司", "asked"), ("北京乙检测有限公司", "asked")]
    assert Fact.objects.filter(kind="exchange.rfq_sent", subject=told["rfq"].need.urn).count() == 2
    again = browser.post(url, {"others": told["other"][0].name})
    assert (again.status_code, "请选择尚未受邀的单位" in again.content.decode()) == (422, True)
    assert client_for(told["lab"][1]).post(url, {"others": told["other"][0].name}).status_code == 403


def test_a_grant_to_review_and_a_note_sent_twice_are_kept_once(street: Any, cast: Any, client_for: Any) -> None:
    made = street("supply", PART, LADDER, quantity=60)
    need, institute = made["rfq"].need, ORGANISATIONS["institute"]
    told = {"engineer": institute.name, "until": "2025-07-31"}
    for account, url, action, words in ((made["asker"][1], f"/exchange/{need.pk}/quotes/", "/review/ask/", told),
                                        (cast["expert"], f"/exchange/{need.pk}/review/", "/review/", {"text": "孔径放大"})):
        browser = Visitor()
        browser.client = client_for(account)
        form = browser.open(url).forms(action)[-1]
        for _again in range(2):
            browser.send(form, **words)
        assert browser.status == 200
    assert (Consent.objects.filter(thing=need.urn).count(), Note.objects.count(),
            Fact.objects.filter(kind="exchange.note_given").count()) == (1, 1, 1)
    browser.client = client_for(made["asker"][1])
    assert browser.open(f"/exchange/{need.pk}/quotes/").send("/review/ask/", **{**told, "until": "2025-06-01"}).sees("到期时间须晚于现在")


def test_whoever_may_not_be_asked_at_sending_may_not_be_asked_later(street: Any, firm: Any, at: Any) -> None:
    told = street()
    rfq, by = told["rfq"], told["asker"][1].party.urn

    def widen(house: Any, when: str = "2025-07-02") -> None:
        rfqs.widen(rfq=rfq, providers=[house[0]], by=by, at=at(when))

    with pytest.raises(rfqs.BadRfq, match="the asker itself"):
        widen(told["asker"])
    with pytest.raises(rfqs.BadRfq, match="no longer taken"):
        widen(told["other"], "2025-09-01")
    Rfq.objects.update(required=["glp"])
    with pytest.raises(rfqs.BadRfq, match="no GLP"):
        widen(told["other"])
    Rfq.objects.update(required=[], invention="unfiled")
    with pytest.raises(rfqs.Unfiled):
        widen(told["other"])
    assert Invitation.objects.count() == 1


def quoted(browser: Any, row: Invitation, **terms: Any) -> Any:
    return browser.post(reverse("exchange:quote_give", kwargs={"pk": row.pk}), {
        "lead_days": "12", "valid_until": "2025-12-31", "note": "含包装运输", **terms})


def test_a_quote_on_rows_is_shown_whole_with_its_total(street: Any, client_for: Any) -> None:
    told = street()
    browser = client_for(told["lab"][1])
    assert quoted(browser, told["row"], price_0="120", price_1="").status_code == 302
    text = page(browser, "invitation", told["row"].pk)
    assert lacks(text, "120.00 元", "1,200.00 元", "缺 1 项", "12 天", "2025年12月31日", "含包装运输") == []


def test_a_quote_on_a_ladder_is_shown_whole_and_one_that_rises_is_taken_once_it_is_confirmed(street: Any, client_for: Any) -> None:
    told = street("supply", PART, LADDER, quantity=500)
    browser, terms = client_for(told["lab"][1]), {"least": "80", "most": "9000", "tooling": "1w", "incremental": "yes"}
    refused = quoted(browser, told["row"], price_0="100", price_1="130", **terms)
    assert (refused.status_code, "数量 100 单价 100.00 元，数量 500 反而 130.00 元" in refused.content.decode()) == (422, True)
    assert Quote.objects.count() == 0
    assert quoted(browser, told["row"], price_0="100", price_1="130", rising="on", **terms).status_code == 302
    assert quoted(browser, told["row"], price_0="130", price_1="100", **terms).status_code == 302
    text = page(browser, "invitation", told["row"].pk)
    assert lacks(text, "10,000.00 元", "仅超出部分按该档单价", "起订量", "80", "9,000", "500 件总价", "含包装运输") == []
    assert "仅超出部分按该档单价" in page(client_for(told["asker"][1]), "rfq", told["rfq"].need_id)
    assert Listing.objects.get().state == "open"


def test_a_sample_that_is_asked_for_has_a_day_of_its_own_in_quote_comparison_and_agreement(street: Any, client_for: Any, at: Any) -> None:
    told = street("supply", PART, LADDER, quantity=500, sample=True)
    browser, terms = client_for(told["lab"][1]), {"price_0": "130", "price_1": "100", "least": "80", "tooling": "0"}
    for days in ("", "12"):  # none, and no sooner than the rest
        refused = quoted(browser, told["row"], **terms, sample_days=days)
        assert (refused.status_code, list(refused.context["quote_form"].errors)) == (422, ["sample_days"]), days
    assert quoted(browser, told["row"], **terms, sample_days="5").status_code == 302
    assert "交样时间" in page(browser, "invitation", told["row"].pk)
    need = told["rfq"].need
    assert lacks(page(client_for(told["asker"][1]), "rfq", need.pk), "先交样品", "交样时间", "5 天", "12 天") == []
    quote = Quote.objects.get()
    [deal] = orders.choose(rfq=told["rfq"], picks={quote.pk: 500}, by=need.owner.urn, at=at("2025-07-01"))
    assert list(deal.deliverables.order_by("number").values_list("title", "test", "due")) == [
        ("样品：M3 紧固件", "首件全检", dt.date(2025, 7, 6)), ("M3 紧固件", "首件全检", dt.date(2025, 7, 13))]
    assert "先交样品，验收合格后交付其余部分；交样时间（日）：5" in [each.zh for each in agreement_of(deal).articles[-1][1]]


def test_the_rest_is_delivered_once_the_sample_is_accepted(street: Any, client_for: Any, at: Any) -> None:
    told = street("supply", PART, LADDER, quantity=500, sample=True)
    quoted(client_for(told["lab"][1]), told["row"], price_0="130", price_1="100", least="80", sample_days="5")
    asker = client_for(told["asker"][1])
    asker.post(reverse("exchange:rfq_choose", kwargs={"pk": told["rfq"].need_id}), {"quote": Quote.objects.get().pk, "pieces": "600"})
    deal = Deal.objects.get()
    assert deal.lines[0]["quantity"] == 600
    Deal.objects.update(state="signed", signed_at=at("2025-07-01"))
    sample, rest = deal.deliverables.order_by("number")
    by = {"by": told["lab"][1].party.urn, "at": at("2025-07-01"), "note": "已寄出"}
    with pytest.raises(BadDeal, match="once the sample is accepted"):
        deliveries.deliver(deliverable=rest, **by)
    shown = client_for(told["lab"][1]).get(f"/exchange/deals/{deal.pk}/").content.decode()
    assert (shown.count("样品验收合格后才能交付这一项"), shown.count("交付这一项</summary>")) == (1, 1)
    deliveries.deliver(deliverable=sample, **by)
    deliveries.accept(deliverable=sample, by=told["asker"][1].party.urn, at=at("2025-07-01"))
    assert deliveries.deliver(deliverable=rest, **by).state == "delivered"


def test_without_one_no_sample_is_told_or_owed(street: Any, client_for: Any, at: Any) -> None:
    told = street("supply", PART, LADDER, quantity=500)
    assert quoted(client_for(told["lab"][1]), told["row"], price_0="130", price_1="100", least="80", sample_days="5").status_code == 302
    assert "交样时间" not in page(client_for(told["asker"][1]), "rfq", told["rfq"].need_id)
    [deal] = orders.choose(rfq=told["rfq"], picks={Quote.objects.get().pk: 500}, by=told["asker"][1].party.urn, at=at("2025-07-01"))
    assert deal.deliverables.count() == 1


@pytest.fixture
def unasked(firm: Any, a_need: Any, at: Any, client_for: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Any, Listing, str]]:
    """``unasked(kind, spec)``: the asker's browser, a need for which nobody was asked yet, and the name of a provider."""
    clock_at(monkeypatch, "2025-07-01")

    def made(kind: str, spec: Any) -> tuple[Any, Listing, str]:
        asker, maker = firm("北京需方电子有限公司", "venture"), firm("苏州精工有限公司")
        return client_for(asker[1]), a_need(*asker, kind, "紧固件采购", spec, when=at("2025-07-01")), maker[0].name

    return made


def ask(browser: Any, need: Listing, provider: str, **told: str) -> Any:
    return browser.post(reverse("exchange:rfq", kwargs={"pk": need.pk}), {
        "item": "M3 紧固件", "unit": "件", "steps": "10/100", "pieces": "30", "others": provider, "invention": "filed", **told})


@pytest.mark.parametrize(("written", "steps"), [
    ("10/100/1,000", [10, 100, 1000]), ("5、50；500", [5, 50, 500]), ("10, 100, 1000", [10, 100, 1000]),
    ("10，100 1,000,000", [10, 100, 10**6])])
def test_a_ladder_is_read_as_people_write_it(unasked: Any, written: str, steps: list[int]) -> None:
    assert ask(*unasked("supply", PART), steps=written).status_code == 302
    assert [row["quantity"] for row in Rfq.objects.get().rows] == steps


@pytest.mark.parametrize(("written", "wrong"), [
    ("10/abc/5", "abc"), ("10/1.5", "1.5"), ("10,100", "10,100"), ("10,100,1000", "10,100,1000"), ("0/5", "0")])
def test_what_cannot_be_read_of_a_ladder_is_named_and_nothing_is_sent(unasked: Any, written: str, wrong: str) -> None:
    answer = ask(*unasked("supply", PART), steps=written)
    assert (answer.status_code, f"“{wrong}”不是大于 0 的整数数量" in answer.content.decode(), Rfq.objects.exists()) == (422, True, False)


def test_a_row_takes_a_quantity_as_the_pages_print_it(unasked: Any) -> None:
    assert ask(*unasked("contract_service", TESTING), rows="温循试验 | 1,000 | 次").status_code == 302
    assert Rfq.objects.get().rows[0]["quantity"] == 1000


def test_a_unit_is_kept_in_the_language_of_the_agreement_and_read_in_ones_own(unasked: Any, client_for: Any) -> None:
    browser, need, provider = unasked("supply", PART)
    browser.cookies["fuhua_language"] = "en"
    assert 'value="piece(s)"' in page(browser, "rfq", need.pk)
    ask(browser, need, provider, unit="piece(s)")
    assert {row["unit"] for row in Rfq.objects.get().rows} == {"件"}
    assert "piece(s)" in page(browser, "rfq", need.pk)


def test_who_is_the_only_way_to_be_asked_is_needed_and_said_so(unasked: Any) -> None:
    browser, need, _provider = unasked("supply", PART)
    answer = ask(browser, need, "")
    form = answer.context["form"]
    assert (answer.status_code, form["others"].field.required, list(form.errors)) == (422, True, ["others"])


def test_a_sample_is_asked_for_where_the_need_speaks_of_one(unasked: Any) -> None:
    browser, need, provider = unasked("supply", {**PART, "sample": "10"})
    assert browser.get(reverse("exchange:rfq", kwargs={"pk": need.pk})).context["form"]["sample"].value() is True
    assert ask(browser, need, provider, sample="on").status_code == 302
    assert Rfq.objects.get().sample is True


def test_where_drawings_go_is_said_by_name(unasked: Any) -> None:
    browser, need, _provider = unasked("supply", PART)
    assert "图纸与物料清单" in page(browser, "rfq", need.pk)


def test_the_quantity_asked_for_is_the_requests_alone(street: Any, client_for: Any) -> None:
    told = street("supply", PART, LADDER, quantity=500)
    text = page(client_for(told["lab"][1]), "invitation", told["row"].pk)
    assert lacks(text, "本次采购数量", "500 件", "本次数量") == ["本次数量"]


def test_a_price_above_what_can_be_made_is_refused_at_its_field(street: Any, client_for: Any) -> None:
    told = street("supply", PART, LADDER, quantity=100)
    refused = quoted(client_for(told["lab"][1]), told["row"], price_0="9", price_1="8", least="1", most="250")
    assert (refused.status_code, list(refused.context["quote_form"].errors), Quote.objects.exists()) == (422, ["price_1"], False)
    assert "M3 紧固件 × 500 不能报价" in refused.content.decode()


def test_a_provider_reads_that_the_request_was_cancelled(street: Any, client_for: Any) -> None:
    told = street()
    client_for(told["asker"][1]).post(reverse("exchange:rfq_cancel", kwargs={"pk": told["rfq"].need_id}))
    browser = client_for(told["lab"][1])
    assert lacks(page(browser, "invitation", told["row"].pk), "询价已取消", "报价截止于", "待报价") == ["报价截止于", "待报价"]
    assert lacks(browser.get(reverse("exchange:invitations")).content.decode(), "询价已取消", "待报价") == ["待报价"]
    assert Notice.objects.filter(to=told["lab"][0], title__contains="询价已取消", title_en__contains="cancelled").exists()


def test_after_the_choice_each_reads_whether_it_was_chosen_and_nobodys_name_or_price(street: Any, client_for: Any, at: Any) -> None:
    told = street()
    rfqs.widen(rfq=told["rfq"], providers=[told["other"][0]], by=told["asker"][1].party.urn, at=at("2025-07-01"))
    rows = {side: told["rfq"].invitations.get(provider=told[side][0]) for side in ("lab", "other")}
    for side, price in (("lab", "120"), ("other", "777")):
        quoted(client_for(told[side][1]), rows[side], price_0=price, price_1=price)
    asker = client_for(told["asker"][1])
    assert "选定 北京甲检测有限公司 的报价？" in page(asker, "rfq", told["rfq"].need_id)
    asker.post(reverse("exchange:rfq_choose", kwargs={"pk": told["rfq"].need_id}), {"quote": rows["lab"].quotes.get().pk})
    won, lost = (page(client_for(told[side][1]), "invitation", row.pk) for side, row in rows.items())
    assert lacks(won, "已选定您的报价", "报价截止于", "777") == ["报价截止于", "777"]
    assert lacks(lost, "已选定其他报价", "报价截止于", told["lab"][0].name, "120.00") == ["报价截止于", told["lab"][0].name, "120.00"]
    assert Notice.objects.filter(to=told["other"][0], title__contains="已选定其他报价").exists()
    assert "报价截止于" not in page(asker, "rfq", told["rfq"].need_id)


def test_nothing_is_ordered_from_a_split_whose_quantity_cannot_be_read(street: Any, client_for: Any) -> None:
    told = street("supply", PART, LADDER, quantity=500)
    quoted(client_for(told["lab"][1]), told["row"], price_0="9", price_1="8", least="1", note="很长" * 600)
    asker = client_for(told["asker"][1])
    text = page(asker, "rfq", told["rfq"].need_id)
    assert lacks(text, "按这个拆单下单？", "单独一家的总价", "<summary>很长") == []
    wrong = asker.get(f"{reverse('exchange:rfq', kwargs={'pk': told['rfq'].need_id})}?pieces=-3").content.decode()
    assert lacks(wrong, "按此下单", "单独一家的总价", "重新计算") == ["按此下单", "单独一家的总价"]


def test_what_a_quote_says_besides_its_prices_stands_in_the_agreement(street: Any, client_for: Any) -> None:
    told = street()
    lab = client_for(told["lab"][1])
    wrong = quoted(lab, told["row"], price_0="9", price_1="8", note="运费另计 😀")
    assert (wrong.status_code, "😀" in wrong.content.decode(), Quote.objects.exists()) == (422, True, False)
    quoted(lab, told["row"], price_0="9", price_1="8", vat="13", note="运费另计")
    asker, need = client_for(told["asker"][1]), told["rfq"].need_id
    assert lacks(page(asker, "rfq", need), "税率（价格含税）", "13%") == []
    asker.post(reverse("exchange:rfq_choose", kwargs={"pk": need}), {"quote": Quote.objects.get().pk})
    deal = Deal.objects.get()
    said = [each.zh for each in agreement_of(deal).articles[-1][1]]
    assert {"价格含增值税，税率：13%", "其他约定：运费另计"} <= set(said)


def test_a_split_that_is_not_proved_says_so(street: Any, client_for: Any, at: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told = street("supply", PART, LADDER, quantity=500)
    rfqs.widen(rfq=told["rfq"], providers=[told["other"][0]], by=told["asker"][1].party.urn, at=at("2025-07-01"))
    for side, least, most in (("lab", 1, 300), ("other", 1, 400)):
        row = told["rfq"].invitations.get(provider=told[side][0])
        quoted(client_for(told[side][1]), row, price_0="9", price_1="", least=str(least), most=str(most))
    asker, need = client_for(told["asker"][1]), told["rfq"].need_id
    assert lacks(page(asker, "rfq", need), "已比较全部拆法", "未能逐一比较") == ["未能逐一比较"]
    monkeypatch.setattr(cheapest, "MOST", -1)
    monkeypatch.setattr(cheapest, "_KEPT", -1)
    assert lacks(page(asker, "rfq", need), "已比较全部拆法", "未能逐一比较") == ["已比较全部拆法"]


def test_a_credential_is_removed_once_that_is_confirmed(firm: Any, client_for: Any, at: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    clock_at(monkeypatch, "2025-07-01")
    lab = firm("北京甲检测有限公司")
    credentials.enter(party=lab[0], kind="glp", number="GLP-1", expires=dt.date(2026, 1, 1), file=io.BytesIO(b"%PDF-1.7 certificate"),
                      by=lab[1].party.urn, at=at())
    assert "撤下 GLP 非临床研究规范 GLP-1？" in client_for(lab[1]).get(reverse("exchange:credentials")).content.decode()


@pytest.mark.parametrize(("wrong", "said"), [
    ({"least": "3000000000"}, "1000000000"), ({"most": "9" * 30}, "1000000000"), ({"price_1": "1000亿元"}, "总额不能超过")])
def test_a_quote_that_no_order_could_hold_comes_back_marked(street: Any, client_for: Any, wrong: Any, said: str) -> None:
    told = street("supply", PART, LADDER, quantity=500)
    refused = quoted(client_for(told["lab"][1]), told["row"], **{"price_0": "1000亿元", "price_1": "1", "least": "1", **wrong})
    assert (refused.status_code, said in refused.content.decode(), Quote.objects.count()) == (422, True, 0)


def test_more_pieces_than_any_order_holds_are_refused_and_others_can_still_be_chosen(street: Any, client_for: Any) -> None:
    told = street("supply", PART, LADDER, quantity=500)
    quoted(client_for(told["lab"][1]), told["row"], price_0="10亿元", price_1="1亿元", least="1")
    browser, choose = client_for(told["asker"][1]), reverse("exchange:rfq_choose", kwargs={"pk": told["rfq"].need_id})
    for pieces, said in (("999999999999999999", "不接受"), ("1000000000", "一份订单不能超过")):
        answer = browser.post(choose, {"quote": Quote.objects.get().pk, "pieces": pieces}, follow=True)
        assert (said in answer.content.decode(), Deal.objects.count()) == (True, 0)
    assert browser.post(choose, {"quote": Quote.objects.get().pk, "pieces": "500"}).status_code == 302
    assert Deal.objects.get().total == 500 * 10**10


def test_no_member_joins_a_pool_with_more_than_can_be_ordered(firm: Any, a_need: Any, client_for: Any, at: Any) -> None:
    houses = [firm(f"北京第{n}科技有限公司", "venture") for n in range(2)]
    needs = [a_need(*house, "supply", f"紧固件{n}", PART) for n, house in enumerate(houses)]
    pools.invite(need=needs[0], at=at())
    answer = client_for(houses[0][1]).post(f"/exchange/{needs[0].pk}/pool/join/", {"pieces": "3000000000"}, follow=True)
    assert ("1 至 1,000,000,000 的整数数量" in answer.content.decode(), needs[0].pk in Member.objects.filter(
        state="joined").values_list("need", flat=True)) == (True, False)
