"""What we testify of exchange: platforms registered with proof of their assets, and their metered use."""

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
