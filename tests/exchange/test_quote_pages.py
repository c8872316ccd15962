"""Pages of quotes: both sides read what is asked and what was quoted, and another provider can be asked while there is time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from fuhua.evidence.models import Fact
from fuhua.exchange.actions import pools, rfqs
from fuhua.exchange.models import Invitation, Listing, Note, Quote, Rfq
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

    with pytest.raises(rfqs.BadRfq, match="affiliated"):
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
