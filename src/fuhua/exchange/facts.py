"""What we testify of exchange: platforms and their metered use, listings from posting to closing, deals from agreement to outcome."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fuhua.evidence.facts import Between, CodeOf, District, Fact, Positive, UrnOf
from fuhua.exchange import words
from fuhua.kernel.words import t

Platform = Annotated[str, UrnOf("platform")]
Owner = Annotated[str, UrnOf("incubator", "park", "university", "firm", "venture", "agency")]
User = Annotated[str, UrnOf("venture", "firm", "project", "university", "incubator", "person")]


class PlatformRegistered(Fact, frozen=True, kw_only=True, gc=False):
    """A professional platform of an owner, new or extended, with assets acquired on a day and how that is proved."""

    KIND = "exchange.platform_registered"
    LABEL = t("登记专业平台", "platform registered")
    subject: Platform
    owner: Owner
    novelty: Annotated[str, CodeOf(words.NOVELTY)]
    proof: Annotated[str, CodeOf(words.ASSET_PROOFS)]
    acquired: dt.date
    district: District = ""


class UseMetered(Fact, frozen=True, kw_only=True, gc=False):
    """A user ran the platform for ``minutes`` and paid ``fee`` fen; ``affiliation`` is its tie to the owner."""

    KIND = "exchange.use_metered"
    LABEL = t("计时使用", "use metered")
    subject: Platform
    user: User
    minutes: Positive
    fee: Annotated[int, Between(0)]
    affiliation: Annotated[str, CodeOf(words.AFFILIATIONS)]


Organisation = Annotated[str, UrnOf("venture", "firm", "project", "university", "incubator", "park", "agency", "district", "fund",
                                    "platform", "offshore")]
Person = Annotated[str, UrnOf("person")]
SomeListing = Annotated[str, UrnOf("need", "offer")]
SomeDeal = Annotated[str, UrnOf("deal")]
Money = Annotated[int, Between(0)]


class ListingOpened(Fact, frozen=True, kw_only=True, gc=False):
    """A need or an offer of ``sort`` is open: with an owner, and for a need with budget (fen), deadline and decision day."""

    KIND = "exchange.listing_opened"
    LABEL = t("供需信息开放", "listing opened")
    subject: SomeListing
    party: Organisation
    owner: Person
    sort: str
    field: str = ""
    budget: Money = 0


class ListingConfirmed(Fact, frozen=True, kw_only=True, gc=False):
    """Its organisation confirmed that the listing still holds; it lives until ``until``."""

    KIND = "exchange.listing_confirmed"
    LABEL = t("供需信息再次确认", "listing confirmed")
    subject: SomeListing
    until: dt.date


class ListingClosed(Fact, frozen=True, kw_only=True, gc=False):
    """The listing ended, for a coded reason; ``deal`` when it ended in one."""

    KIND = "exchange.listing_closed"
    LABEL = t("供需信息结束", "listing closed")
    subject: SomeListing
    because: Annotated[str, CodeOf(words.CLOSINGS)]
    deal: str = ""


class ListingLeft(Fact, frozen=True, kw_only=True, gc=False):
    """The listing is no longer open without having ended: expired unconfirmed, withdrawn, or reopened as a draft."""

    KIND = "exchange.listing_left"
    LABEL = t("供需信息离开", "listing left")
    subject: SomeListing
    state: Annotated[str, CodeOf(words.LISTING_STATES)]


class DealOpened(Fact, frozen=True, kw_only=True, gc=False):
    """A buyer and a provider drew up an agreement of ``sort``; ``total`` in fen."""

    KIND = "exchange.deal_opened"
    LABEL = t("拟定协议", "deal opened")
    subject: SomeDeal
    buyer: Organisation
    provider: Organisation
    front: Annotated[str, CodeOf(words.FRONTS)]
    sort: str
    total: Money
    need: str = ""
    offer: str = ""
    affiliation: Annotated[str, CodeOf(words.AFFILIATIONS)] = "none"
