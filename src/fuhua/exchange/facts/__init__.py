"""What we testify of exchange: platforms and their metered use, listings from posting to closing, deals from agreement to outcome."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fuhua.evidence.facts import Between, CodeOf, District, Fact, Positive, UrnOf
from fuhua.exchange import words
from fuhua.kernel.words import t

Platform = Annotated[str, UrnOf("platform")]
Owner = Annotated[str, UrnOf("incubator", "park", "university", "firm", "venture", "agency")]
_HOUSES = ("venture", "firm", "project", "university", "incubator", "park", "agency", "district", "fund", "platform", "offshore")
Organisation = Annotated[str, UrnOf(*_HOUSES)]
User = Annotated[str, UrnOf(*_HOUSES, "person")]


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
    """A user ran the platform for ``minutes``; ``fee`` (fen) is what it accepted to pay, ``affiliation`` its tie to the owner."""

    KIND = "exchange.use_metered"
    LABEL = t("计时使用", "use metered")
    subject: Platform
    user: User
    minutes: Positive
    fee: Annotated[int, Between(0)]
    affiliation: Annotated[str, CodeOf(words.AFFILIATIONS)]


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


# Quotes: the request with its answers, what was promised and chosen, pools and notes. Prices are in the deal that comes of it.
SomeNeed = Annotated[str, UrnOf("need")]
Count = Annotated[int, Between(0)]


class RfqSent(Fact, frozen=True, kw_only=True, gc=False):
    """Quotes were asked of ``invited`` (more) providers until the end of ``due``; ``excluded`` were left out for a reason."""

    KIND = "exchange.rfq_sent"
    LABEL = t("发出询价", "quotes asked for")
    subject: SomeNeed
    invited: Count
    excluded: Count
    due: dt.date
    invention: Annotated[str, CodeOf(words.INVENTIONS)]
    pool: str = ""


class NdaAccepted(Fact, frozen=True, kw_only=True, gc=False):
    """A provider accepted an agreement to keep confidential what it is shown, until ``expires``; the text is the fact's document."""

    KIND = "exchange.nda_accepted"
    LABEL = t("接受保密协议", "confidentiality agreed")
    subject: SomeNeed
    provider: Organisation
    expires: dt.date


class QuoteGiven(Fact, frozen=True, kw_only=True, gc=False):
    """A provider priced ``lines`` of the rows asked, ``missing`` not, ``days`` working days after it was asked."""

    KIND = "exchange.quote_given"
    LABEL = t("报价", "quoted")
    subject: SomeNeed
    provider: Organisation
    days: Count
    lines: Positive
    missing: Count


class QuoteRefused(Fact, frozen=True, kw_only=True, gc=False):
    """A provider that was asked has no quote that stands: it declined, took its quote back, or said nothing in time."""

    KIND = "exchange.quote_refused"
    LABEL = t("没有报价", "no quote")
    subject: SomeNeed
    provider: Organisation
    state: Annotated[str, CodeOf(words.INVITATION_STATES)]
    because: str = ""


class QuoteChosen(Fact, frozen=True, kw_only=True, gc=False):
    """The asker chose a provider's quote; ``deal`` is what came of it."""

    KIND = "exchange.quote_chosen"
    LABEL = t("选定报价", "quote chosen")
    subject: SomeNeed
    provider: Organisation
    deal: SomeDeal


class RfqCancelled(Fact, frozen=True, kw_only=True, gc=False):
    """The request was taken back before a quote was chosen."""

    KIND = "exchange.rfq_cancelled"
    LABEL = t("取消询价", "request cancelled")
    subject: SomeNeed


class CredentialTold(Fact, frozen=True, kw_only=True, gc=False):
    """An organisation holds a qualification of ``sort`` until ``expires``; the certificate is the fact's document."""

    KIND = "exchange.credential_told"
    LABEL = t("登记资质", "credential told")
    subject: Organisation
    sort: str
    expires: dt.date


class PoolFormed(Fact, frozen=True, kw_only=True, gc=False):
    """``members`` equal needs asked together for ``quantity`` pieces."""

    KIND = "exchange.pool_formed"
    LABEL = t("拼单成立", "pool formed")
    subject: Annotated[str, UrnOf("pool")]
    sort: str
    members: Annotated[int, Between(2)]
    quantity: Positive


class NoteGiven(Fact, frozen=True, kw_only=True, gc=False):
    """An engineer with a grant gave a note on how the part can be made."""

    KIND = "exchange.note_given"
    LABEL = t("可制造性意见", "note on making it")
    subject: SomeNeed
    person: Person


class DeckKept(Fact, frozen=True, kw_only=True, gc=False):
    """Slides of a listing were handed in, with what was said about patents."""

    KIND = "exchange.deck_kept"
    LABEL = t("提交路演材料", "slides handed in")
    subject: SomeListing
    invention: Annotated[str, CodeOf(words.INVENTIONS)]


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


class TextReviewed(Fact, frozen=True, kw_only=True, gc=False):
    """Counsel of ``reviewer`` reviewed a standard text: the words whose SHA-256 is ``wording``. Their opinion is the document."""

    KIND = "exchange.text_reviewed"
    LABEL = t("范本法律审核", "standard text reviewed")
    subject: Annotated[str, UrnOf("text")]
    reviewer: Organisation
    wording: str
