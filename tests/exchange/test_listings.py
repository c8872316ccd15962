"""A listing from draft to closing: what it must tell before it opens, how long it lives, and why it ends."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from fuhua.evidence.models import Fact
from fuhua.exchange.actions import listings
from fuhua.exchange.models import Listing
from fuhua.kernel.flow import WrongState


def facts_of(row: Listing) -> list[str]:
    return list(Fact.objects.filter(subject=row.urn).order_by("id").values_list("kind", flat=True))


def test_a_need_without_a_budget_owner_stays_a_draft_and_is_told_everything_it_lacks(firm: Any, at: Any) -> None:
    house, account = firm("北京需方科技有限公司")
    told = listings.Told(title="需要 10 mK 稀释制冷机 200 小时", spec={"temperature": "10 mK"}, owner=account.party_id)
    row = listings.draft(side="need", kind="equipment", party=house.pk, told=told, by=account.party.urn, at=at())
    with pytest.raises(listings.Unqualified) as refused:
        listings.publish(listing=row, by=account.party.urn, at=at())
    assert [label.zh for label in refused.value.lacking] == ["预算负责人", "预算", "期限", "成功标准", "决定日期", "仪器类别"]
    assert (Listing.objects.get(pk=row.pk).state, facts_of(row)) == ("draft", [])


def test_a_listing_that_nobody_confirms_expires_after_ninety_days_and_can_be_renewed(firm: Any, an_offer: Any, at: Any) -> None:
    house, account = firm("北京供方科技有限公司")
    row = an_offer(house, account, "equipment", "稀释制冷机", {"instrument": "稀释制冷机", "temperature": "8"}, at("2025-01-06"))
    assert row.reconfirm == dt.date(2025, 4, 6)
    assert listings.expire(by=account.party.urn, at=at("2025-04-06")) == 0
    assert [listings.expire(by=account.party.urn, at=at("2025-04-07")) for _again in range(2)] == [1, 0]
    row = listings.renew(listing=row, by=account.party.urn, at=at("2025-04-08"))
    assert (row.state, row.reconfirm) == ("open", dt.date(2025, 7, 7))
    assert facts_of(row) == ["exchange.listing_opened", "exchange.listing_left", "exchange.listing_confirmed"]


def test_a_listing_closes_only_with_a_reason_and_closing_can_be_undone(firm: Any, a_need: Any, at: Any) -> None:
    house, account = firm("北京需方科技有限公司")
    row = a_need(house, account, "equipment", "扫描电镜", {"instrument": "扫描电镜"})
    with pytest.raises(listings.BadListing):
        listings.close(listing=row, because="", by=account.party.urn, at=at())
    row = listings.close(listing=row, because="no_offer", by=account.party.urn, at=at())
    with pytest.raises(WrongState):
        listings.withdraw(listing=row, by=account.party.urn, at=at())
    assert listings.reopen(listing=row, by=account.party.urn, at=at()).state == "draft"


def test_confidential_fields_are_kept_apart_and_a_dollar_price_is_refused(firm: Any, at: Any) -> None:
    house, account = firm("北京需方科技有限公司")
    told = listings.Told(title="扫描电镜", spec={"instrument": "扫描电镜", "samples": "钙钛矿薄膜"})
    row = listings.draft(side="need", kind="equipment", party=house.pk, told=told, by=account.party.urn, at=at())
    assert (row.spec, row.sealed) == ({"instrument": "扫描电镜"}, {"samples": "钙钛矿薄膜"})
    with pytest.raises(Exception, match="yuan"):
        listings.revise(listing=row, told=listings.Told(title="扫描电镜", spec={"price": "$300"}), by=account.party.urn, at=at())
