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


# The tail of a deal. What carries a document is private: it is read by auditors, and by the two sides on the deal's own page.


class SideSigned(Fact, frozen=True, kw_only=True, gc=False):
    """One side signed the agreement whose PDF is the fact's document; the other has not yet."""

    KIND = "exchange.side_signed"
    LABEL = t("一方签署", "one side signed")
    PRIVATE = True
    subject: SomeDeal
    side: Organisation


class DealSigned(Fact, frozen=True, kw_only=True, gc=False):
    """Both sides signed; the documents are the agreement and the sealed copy. ``rule``, ``edition``, ``verdict``: of public money."""

    KIND = "exchange.deal_signed"
    LABEL = t("协议签署", "deal signed")
    PRIVATE = True
    subject: SomeDeal
    buyer: Organisation
    provider: Organisation
    sort: str
    total: Money
    rule: str = ""
    edition: str = ""
    verdict: str = ""


class DealAmended(Fact, frozen=True, kw_only=True, gc=False):
    """The agreement was changed before both had signed; whoever had signed signs again. ``days``: to pay after acceptance."""

    KIND = "exchange.deal_amended"
    LABEL = t("协议修改", "deal amended")
    subject: SomeDeal
    days: Money


class DealCancelled(Fact, frozen=True, kw_only=True, gc=False):
    """The deal ended without being fulfilled."""

    KIND = "exchange.deal_cancelled"
    LABEL = t("协议取消", "deal cancelled")
    subject: SomeDeal
    because: Annotated[str, CodeOf(words.CANCELLATIONS)]


class DealDelivered(Fact, frozen=True, kw_only=True, gc=False):
    """The provider delivered the deliverable ``item`` (its number), for the ``tries``-th time; ``due`` is the agreed day."""

    KIND = "exchange.deal_delivered"
    LABEL = t("交付", "delivered")
    PRIVATE = True
    subject: SomeDeal
    provider: Organisation
    item: Positive
    tries: Positive
    due: dt.date


class DealRejected(Fact, frozen=True, kw_only=True, gc=False):
    """The buyer rejected the deliverable ``item`` for a coded reason."""

    KIND = "exchange.deal_rejected"
    LABEL = t("退回", "delivery rejected")
    subject: SomeDeal
    provider: Organisation
    item: Positive
    tries: Positive
    because: Annotated[str, CodeOf(words.REJECTIONS)]


class DealAccepted(Fact, frozen=True, kw_only=True, gc=False):
    """The buyer accepted the deliverable ``item``; ``whole`` when with it everything is accepted, and payment falls due."""

    KIND = "exchange.deal_accepted"
    LABEL = t("验收", "delivery accepted")
    subject: SomeDeal
    provider: Organisation
    item: Positive
    tries: Positive
    whole: bool


class DealDisputed(Fact, frozen=True, kw_only=True, gc=False):
    """A side disputes the deal for a coded reason; ``ask`` is the broker's case."""

    KIND = "exchange.deal_disputed"
    LABEL = t("提出争议", "deal disputed")
    subject: SomeDeal
    side: Organisation
    because: Annotated[str, CodeOf(words.DISPUTES)]
    ask: Annotated[str, UrnOf("ask")]


class DisputeResolved(Fact, frozen=True, kw_only=True, gc=False):
    """The dispute is over."""

    KIND = "exchange.dispute_resolved"
    LABEL = t("争议了结", "dispute resolved")
    subject: SomeDeal
    result: Annotated[str, CodeOf(words.RESOLUTIONS)]


class PaymentRecorded(Fact, frozen=True, kw_only=True, gc=False):
    """A payment made elsewhere: ``amount`` fen by ``payer``; ``rule`` and ``edition`` when a public body paid under a policy."""

    KIND = "exchange.payment_recorded"
    LABEL = t("付款记录", "payment recorded")
    subject: SomeDeal
    payer: Organisation
    amount: Positive
    teller: Annotated[str, CodeOf(words.TELLERS)]
    rule: str = ""
    edition: str = ""


class DealSettled(Fact, frozen=True, kw_only=True, gc=False):
    """The deal is paid in full: ``total`` fen, of it ``public`` fen under ``rule``; ``minutes`` when it was time that was bought.

    ``affiliation`` is the tie of the two on the day they agreed: only ``none`` is use by others.
    """

    KIND = "exchange.deal_settled"
    LABEL = t("协议结清", "deal settled")
    subject: SomeDeal
    buyer: Organisation
    provider: Organisation
    front: Annotated[str, CodeOf(words.FRONTS)]
    sort: str
    total: Money
    public: Money
    minutes: Money
    rule: str = ""
    edition: str = ""
    affiliation: Annotated[str, CodeOf(words.AFFILIATIONS)] = "none"


class ReceivableConfirmed(Fact, frozen=True, kw_only=True, gc=False):
    """The buyer confirmed that it owes ``amount`` fen by ``due``; the document is what a lender is shown."""

    KIND = "exchange.receivable_confirmed"
    LABEL = t("确认应收账款", "receivable confirmed")
    PRIVATE = True
    subject: SomeDeal
    buyer: Organisation
    provider: Organisation
    amount: Positive
    due: dt.date


class DealRated(Fact, frozen=True, kw_only=True, gc=False):
    """One side rated the other; the points stay sealed, so they are not told here."""

    KIND = "exchange.deal_rated"
    LABEL = t("评价", "deal rated")
    subject: SomeDeal
    side: Organisation


class OutcomeTold(Fact, frozen=True, kw_only=True, gc=False):
    """What came of the deal ``month`` months after its acceptance, as the buyer tells it."""

    KIND = "exchange.outcome_told"
    LABEL = t("成效回访", "outcome told")
    subject: SomeDeal
    month: Annotated[int, Between(6, 12)]
    result: Annotated[str, CodeOf(words.OUTCOMES)]


# --- brokering ---

SomeIntroduction = Annotated[str, UrnOf("introduction")]


class NeedTaken(Fact, frozen=True, kw_only=True, gc=False):
    """A broker took the need into their hands."""

    KIND = "exchange.need_taken"
    LABEL = t("撮合人接手需求", "need taken by a broker")
    subject: Annotated[str, UrnOf("need")]
    broker: Person


class NeedShortlisted(Fact, frozen=True, kw_only=True, gc=False):
    """A broker chose ``count`` offers for the need, or none because nothing fits."""

    KIND = "exchange.need_shortlisted"
    LABEL = t("形成候选名单", "need shortlisted")
    subject: Annotated[str, UrnOf("need")]
    count: Annotated[int, Between(0, 5)]


class OfferFoundIrrelevant(Fact, frozen=True, kw_only=True, gc=False):
    """The offer was found irrelevant for the need, for a coded reason."""

    KIND = "exchange.offer_found_irrelevant"
    LABEL = t("判定供给不相关", "offer found irrelevant")
    subject: Annotated[str, UrnOf("need")]
    offer: Annotated[str, UrnOf("offer")]
    reason: Annotated[str, CodeOf(words.IRRELEVANT)]


class IntroductionAsked(Fact, frozen=True, kw_only=True, gc=False):
    """Both sides of a need and an offer were asked whether they want to meet, by ``due``."""

    KIND = "exchange.introduction_asked"
    LABEL = t("征求对接意见", "introduction asked")
    subject: SomeIntroduction
    need: Annotated[str, UrnOf("need")]
    offer: Annotated[str, UrnOf("offer")]
    due: dt.date


class IntroductionAnswered(Fact, frozen=True, kw_only=True, gc=False):
    """One side answered the introduction."""

    KIND = "exchange.introduction_answered"
    LABEL = t("答复对接", "introduction answered")
    subject: SomeIntroduction
    side: Annotated[str, CodeOf(words.SIDES)]
    answer: Annotated[str, CodeOf(words.ANSWERS)]


class IntroductionConsented(Fact, frozen=True, kw_only=True, gc=False):
    """Both sides of the introduction have said yes, the one of ``party`` last; they now know each other's names."""

    KIND = "exchange.introduction_consented"
    LABEL = t("双方同意对接", "introduction consented")
    subject: SomeIntroduction
    need: Annotated[str, UrnOf("need")]
    offer: Annotated[str, UrnOf("offer")]
    party: Organisation


class IntroductionLapsed(Fact, frozen=True, kw_only=True, gc=False):
    """A side did not answer in time; the introduction went to the broker queue."""

    KIND = "exchange.introduction_lapsed"
    LABEL = t("对接超时转撮合人", "introduction lapsed")
    subject: SomeIntroduction
    side: Annotated[str, CodeOf(words.SIDES)]


class MeetingConfirmed(Fact, frozen=True, kw_only=True, gc=False):
    """One side confirms that the two met on ``day``."""

    KIND = "exchange.meeting_confirmed"
    LABEL = t("确认会面", "meeting confirmed")
    subject: SomeIntroduction
    side: Annotated[str, CodeOf(words.SIDES)]
    day: dt.date


class ConfidentialityAgreed(Fact, frozen=True, kw_only=True, gc=False):
    """One side accepted the confidentiality undertaking whose text has the SHA-256 ``content``."""

    KIND = "exchange.confidentiality_agreed"
    LABEL = t("接受保密约定", "confidentiality agreed")
    subject: SomeIntroduction
    side: Annotated[str, CodeOf(words.SIDES)]
    content: str


class ReuseDisputed(Fact, frozen=True, kw_only=True, gc=False):
    """One side disputes that the other reuses what it disclosed; the log of openings is kept as a document of this fact."""

    KIND = "exchange.reuse_disputed"
    LABEL = t("提出构想使用争议", "reuse disputed")
    subject: SomeIntroduction
    side: Annotated[str, CodeOf(words.SIDES)]
    ask: Annotated[str, UrnOf("ask")]


class ReadingConfirmed(Fact, frozen=True, kw_only=True, gc=False):
    """A pilot's reading of ``day`` was confirmed by ``side``, which did not log it; the value in millionths."""

    KIND = "exchange.reading_confirmed"
    LABEL = t("确认试点读数", "reading confirmed")
    subject: SomeIntroduction
    side: Annotated[str, CodeOf(words.SIDES)]
    day: dt.date
    millionths: Annotated[int, Between(-(10**18), 10**18)]


class ResultStated(Fact, frozen=True, kw_only=True, gc=False):
    """One side states what the pilot showed."""

    KIND = "exchange.result_stated"
    LABEL = t("说明试点结果", "result stated")
    subject: SomeIntroduction
    side: Annotated[str, CodeOf(words.SIDES)]
    result: Annotated[str, CodeOf(words.RESULTS)]


class PilotMeasured(Fact, frozen=True, kw_only=True, gc=False):
    """Both sides agree on what the pilot showed."""

    KIND = "exchange.pilot_measured"
    LABEL = t("试点联合测评", "pilot measured")
    subject: SomeIntroduction
    need: Annotated[str, UrnOf("need")]
    offer: Annotated[str, UrnOf("offer")]
    result: Annotated[str, CodeOf(words.RESULTS)]


class IntroductionOrdered(Fact, frozen=True, kw_only=True, gc=False):
    """The introduction ended in a signed contract."""

    KIND = "exchange.introduction_ordered"
    LABEL = t("对接成交", "introduction ordered")
    subject: SomeIntroduction
    need: Annotated[str, UrnOf("need")]
    offer: Annotated[str, UrnOf("offer")]
    deal: SomeDeal


class IntroductionDeclined(Fact, frozen=True, kw_only=True, gc=False):
    """The introduction ended without a contract, in ``stage``, for a coded reason."""

    KIND = "exchange.introduction_declined"
    LABEL = t("对接未成", "introduction declined")
    subject: SomeIntroduction
    stage: Annotated[str, CodeOf(words.INTRODUCTIONS)]
    because: Annotated[str, CodeOf(words.CLOSINGS)]


class FollowUpAnswered(Fact, frozen=True, kw_only=True, gc=False):
    """What had come of the meeting ``days`` after it."""

    KIND = "exchange.follow_up_answered"
    LABEL = t("会面回访", "follow-up answered")
    subject: SomeIntroduction
    days: Positive
    outcome: Annotated[str, CodeOf(words.FOLLOW_UPS)]


class CaseShown(Fact, frozen=True, kw_only=True, gc=False):
    """Both sides let the case card be seen by everybody."""

    KIND = "exchange.case_shown"
    LABEL = t("公开案例卡", "case shown")
    subject: SomeIntroduction


class CaseHidden(Fact, frozen=True, kw_only=True, gc=False):
    """A side took its consent to the case card back."""

    KIND = "exchange.case_hidden"
    LABEL = t("撤下案例卡", "case hidden")
    subject: SomeIntroduction
    side: Annotated[str, CodeOf(words.SIDES)]
