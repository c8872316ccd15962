"""What we testify of journeys: stays, titles, landings from abroad, offshore units, relays, business abroad, policy."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fuhua.evidence.facts import BadFact, Between, CodeOf, District, Fact, Share, UrnOf
from fuhua.journey import words
from fuhua.kernel.urn import kind_of
from fuhua.kernel.words import t
from fuhua.policy.words import VERDICTS

Venture = Annotated[str, UrnOf("venture", "project", "firm")]
Firm = Annotated[str, UrnOf("venture", "firm")]
Titled = Annotated[str, UrnOf("venture", "firm", "incubator", "university")]
Judged = Annotated[str, UrnOf("venture", "firm", "incubator", "university", "fund", "park", "person")]
Host = Annotated[str, UrnOf("incubator", "park", "university")]
Incubator = Annotated[str, UrnOf("incubator")]
Case = Annotated[str, UrnOf("landing")]
Unit = Annotated[str, UrnOf("offshore")]
Stay = Annotated[str, CodeOf(words.STAYS)]
Title = Annotated[str, CodeOf(words.TITLES)]


class CountryCode:
    """Two capital letters of ISO 3166-1 other than CN."""

    def hold(self, name: str, value: str) -> None:
        if len(value) != 2 or not (value.isalpha() and value.isupper()) or value == "CN":
            raise BadFact(
                t(
                    "“{name}”应为境外国家或地区的两位大写代码，如 SG（收到 {value}）",
                    "{name} is the two-letter code of a place abroad, like SG (got {value})",
                ).format(name=name, value=value)
            )


Country = Annotated[str, CountryCode()]


class StayBegan(Fact, frozen=True, kw_only=True, gc=False):
    """The venture began a stay of a kind at a host."""

    KIND = "journey.stay_began"
    LABEL = t("入驻", "stay began")
    subject: Venture
    host: Host
    stay: Stay
    district: District = ""


class StayEnded(Fact, frozen=True, kw_only=True, gc=False):
    """The venture's stay at the host ended; the day the fact is true is its last day."""

    KIND = "journey.stay_ended"
    LABEL = t("离驻", "stay ended")
    subject: Venture
    host: Host
    stay: Stay
    reason: Annotated[str, CodeOf(words.STAY_ENDS)]


class TitleAwarded(Fact, frozen=True, kw_only=True, gc=False):
    """The firm or incubator has the title from this day, its certificate's date; ``rule`` names the list or rule."""

    KIND = "journey.title_awarded"
    LABEL = t("获得认定", "title awarded")
    subject: Titled
    title: Title
    basis: Annotated[str, CodeOf(words.BASES)]
    rule: str = ""

    def check(self) -> None:
        super().check()
        if (kind_of(self.subject) in ("incubator", "university")) is not (self.title in words.HOUSE_TITLES):
            raise BadFact(
                t(
                    "“subject”的主体类别不对：企业称号授予企业，孵化载体称号授予孵化器或高校",
                    "subject is of the wrong sort: titles of firms go to firms, those of incubation bodies to incubators or universities",
                )
            )


class TitleEnded(Fact, frozen=True, kw_only=True, gc=False):
    """The firm or incubator has the title no longer, for a coded reason."""

    KIND = "journey.title_ended"
    LABEL = t("认定终止", "title ended")
    subject: Titled
    title: Title
    reason: Annotated[str, CodeOf(words.TITLE_ENDS)]


class Landed(Fact, frozen=True, kw_only=True, gc=False):
    """One landing from abroad: a person, their project, or both, are one case; ``entity`` is what they registered."""

    KIND = "journey.landed"
    LABEL = t("海外人才或项目落地", "landed")
    subject: Case
    person: Annotated[str, UrnOf("person")] = ""
    project: Annotated[str, UrnOf("project", "venture")] = ""
    entity: Annotated[str, UrnOf("venture", "firm")] = ""
    district: District = ""
    host: Host = ""

    def check(self) -> None:
        super().check()
        if not (self.person or self.project):
            raise BadFact(t("落地须写明人才或项目，至少一项", "a landing names a person or a project, at least one"))


class LandingActive(Fact, frozen=True, kw_only=True, gc=False):
    """The landed case was found active ``month`` months after landing."""

    KIND = "journey.landing_active"
    LABEL = t("落地后活跃", "landing active")
    subject: Case
    month: Annotated[int, CodeOf(words.LANDING_MONTHS)]


class LandingLapsed(Fact, frozen=True, kw_only=True, gc=False):
    """The landing came to nothing, for a coded reason."""

    KIND = "journey.landing_lapsed"
    LABEL = t("落地失效", "landing lapsed")
    subject: Case
    reason: Annotated[str, CodeOf(words.LAPSE_REASONS)]


class OffshoreOpened(Fact, frozen=True, kw_only=True, gc=False):
    """An incubator opened an offshore unit in a country, and how its entity there is proved."""

    KIND = "journey.offshore_opened"
    LABEL = t("设立离岸孵化器", "offshore unit opened")
    subject: Unit
    incubator: Incubator
    country: Country
    proof: Annotated[str, CodeOf(words.OFFSHORE_PROOFS)]


class OffshoreTraffic(Fact, frozen=True, kw_only=True, gc=False):
    """A project came in or went out through the offshore unit."""

    KIND = "journey.offshore_traffic"
    LABEL = t("离岸项目往来", "offshore traffic")
    subject: Unit
    direction: Annotated[str, CodeOf(words.DIRECTIONS)]
    project: Venture


class OffshoreClosed(Fact, frozen=True, kw_only=True, gc=False):
    """The offshore unit is closed, for a coded reason."""

    KIND = "journey.offshore_closed"
    LABEL = t("离岸孵化器关闭", "offshore unit closed")
    subject: Unit
    reason: Annotated[str, CodeOf(words.OFFSHORE_ENDS)]


class RelayAgreed(Fact, frozen=True, kw_only=True, gc=False):
    """Host and park agreed to hand the venture on; ``split`` parts per million of the credit stay with the host."""

    KIND = "journey.relay_agreed"
    LABEL = t("商定接力", "relay agreed")
    subject: Venture
    from_host: Annotated[str, UrnOf("incubator", "university")]
    to_park: Annotated[str, UrnOf("park", "incubator")]
    split: Share
    district: District = ""

    def check(self) -> None:
        super().check()
        if self.from_host == self.to_park:
            raise BadFact(t("接力双方不能是同一载体", "a relay needs two different hosts"))


class RelayConfirmed(Fact, frozen=True, kw_only=True, gc=False):
    """The relayed venture was found at work in the park ``month`` months on."""

    KIND = "journey.relay_confirmed"
    LABEL = t("接力落地确认", "relay confirmed")
    subject: Venture
    month: Annotated[int, CodeOf(words.RELAY_MONTHS)]


class RelayFailed(Fact, frozen=True, kw_only=True, gc=False):
    """The relay came to nothing, for a coded reason."""

    KIND = "journey.relay_failed"
    LABEL = t("接力未成", "relay failed")
    subject: Venture
    reason: Annotated[str, CodeOf(words.RELAY_FAILURES)]


class WentAbroad(Fact, frozen=True, kw_only=True, gc=False):
    """The venture did business abroad: an entity, an order, an approval; a delegation trip is none."""

    KIND = "journey.went_abroad"
    LABEL = t("走出去", "went abroad")
    subject: Venture
    evidence: Annotated[str, CodeOf(words.ABROAD)]
    country: Country


class ValueStated(Fact, frozen=True, kw_only=True, gc=False):
    """A value that policy rules ask about: ``low`` to ``high`` in the input's stored scale, or a ``code`` of a choice.

    ``year`` is set for amounts by year. A later statement of the same input (and year) takes its place.
    """

    KIND = "journey.value_stated"
    PRIVATE = True
    LABEL = t("政策资料", "value stated for policy")
    subject: Judged
    input: str
    low: Annotated[int, Between(-(10**17), 10**17)] = 0
    high: Annotated[int, Between(-(10**17), 10**17)] = 0
    code: str = ""
    year: int = 0


class VerdictGiven(Fact, frozen=True, kw_only=True, gc=False):
    """A policy rule's answer for the subject on this day: the edition, the answer and every value it saw.

    ``inputs`` are sorted ``name=low..high`` in stored scale, ``name=code`` for a choice; ``worth`` is fen a year, -1 when it is not told.
    """

    KIND = "journey.verdict_given"
    PRIVATE = True
    LABEL = t("政策结论", "policy verdict")
    subject: Judged
    rule: str
    edition: str
    answer: Annotated[str, CodeOf(VERDICTS)]
    level: str = ""
    inputs: tuple[str, ...] = ()
    worth: Annotated[int, Between(-1)] = -1

    def check(self) -> None:
        super().check()
        if not all(each.isascii() for each in self.inputs):
            raise BadFact(t("依据只能是代码和数字", "the values are codes and numbers only"))


class PolicyNumberSet(Fact, frozen=True, kw_only=True, gc=False):
    """An officer set a number that the public text leaves open, in force from the day ``since``.

    ``millionths`` is the value in the unit that the rule declares, times a million.
    """

    KIND = "journey.policy_number_set"
    LABEL = t("设定政策参数", "policy number set")
    subject: Annotated[str, UrnOf("policy")]
    since: dt.date
    millionths: Annotated[int, Between(-(10**18), 10**18)]


class WhatIfRun(Fact, frozen=True, kw_only=True, gc=False):
    """An officer ran a changed copy of a rule over the city, and so many would gain or lose by it; names were shown to them.

    ``changes`` are ``clause=value`` in the scale of terms, ``since=day`` and ``until=day``.
    """

    KIND = "journey.what_if_run"
    LABEL = t("政策测算", "what-if run")
    subject: Annotated[str, UrnOf("policy")]
    edition: str
    changes: tuple[str, ...]
    gained: int
    lost: int


class PaperFiled(Fact, frozen=True, kw_only=True, gc=False):
    """A paper that a rule's binder asks for is filed; ``tenant`` says whose lease it is where there is one for each."""

    KIND = "journey.paper_filed"
    PRIVATE = True
    LABEL = t("归入资料册", "paper filed")
    subject: Judged
    rule: str
    paper: str
    tenant: Annotated[str, UrnOf("venture", "project", "firm")] = ""


class ApplicationMade(Fact, frozen=True, kw_only=True, gc=False):
    """The subject applied under a rule; ``verdict`` is the digest of the verdict it applied with, ``ask`` its case."""

    KIND = "journey.application_made"
    PRIVATE = True
    LABEL = t("提出政策申请", "applied under a policy")
    subject: Judged
    rule: str
    verdict: str
    ask: Annotated[str, UrnOf("ask")]
