"""What we testify of brokering: needs taken and shortlisted, introductions answered and ended, pilots, follow-ups and cases."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fuhua.evidence.facts import Between, CodeOf, Fact, Positive, UrnOf
from fuhua.exchange import words
from fuhua.exchange.facts import Organisation, Person, SomeDeal
from fuhua.kernel.words import t

SomeNeed = Annotated[str, UrnOf("need")]
SomeOffer = Annotated[str, UrnOf("offer")]
OneSide = Annotated[str, CodeOf(words.SIDES)]
SomeIntroduction = Annotated[str, UrnOf("introduction")]


class NeedTaken(Fact, frozen=True, kw_only=True, gc=False):
    """A broker took the need into their hands."""

    KIND = "exchange.need_taken"
    LABEL = t("撮合人接手需求", "need taken by a broker")
    subject: SomeNeed
    broker: Person


class NeedShortlisted(Fact, frozen=True, kw_only=True, gc=False):
    """A broker chose ``count`` offers for the need, or none because nothing fits."""

    KIND = "exchange.need_shortlisted"
    LABEL = t("形成候选名单", "need shortlisted")
    subject: SomeNeed
    count: Annotated[int, Between(0, 5)]


class OfferFoundIrrelevant(Fact, frozen=True, kw_only=True, gc=False):
    """The offer was found irrelevant for the need, for a coded reason."""

    KIND = "exchange.offer_found_irrelevant"
    LABEL = t("判定供给不相关", "offer found irrelevant")
    subject: SomeNeed
    offer: SomeOffer
    reason: Annotated[str, CodeOf(words.IRRELEVANT)]


class IntroductionAsked(Fact, frozen=True, kw_only=True, gc=False):
    """Both sides of a need and an offer were asked whether they want to meet, by ``due``."""

    KIND = "exchange.introduction_asked"
    LABEL = t("征求对接意见", "introduction asked")
    subject: SomeIntroduction
    need: SomeNeed
    offer: SomeOffer
    due: dt.date


class IntroductionAnswered(Fact, frozen=True, kw_only=True, gc=False):
    """One side answered the introduction."""

    KIND = "exchange.introduction_answered"
    LABEL = t("答复对接", "introduction answered")
    subject: SomeIntroduction
    side: OneSide
    answer: Annotated[str, CodeOf(words.ANSWERS)]


class IntroductionConsented(Fact, frozen=True, kw_only=True, gc=False):
    """Both sides of the introduction have said yes, the one of ``party`` last; they now know each other's names."""

    KIND = "exchange.introduction_consented"
    LABEL = t("双方同意对接", "introduction consented")
    subject: SomeIntroduction
    need: SomeNeed
    offer: SomeOffer
    party: Organisation


class IntroductionLapsed(Fact, frozen=True, kw_only=True, gc=False):
    """A side did not answer in time; the introduction went to the broker queue."""

    KIND = "exchange.introduction_lapsed"
    LABEL = t("对接超时转撮合人", "introduction lapsed")
    subject: SomeIntroduction
    side: OneSide


class MeetingConfirmed(Fact, frozen=True, kw_only=True, gc=False):
    """One side confirms that the two met on ``day``."""

    KIND = "exchange.meeting_confirmed"
    LABEL = t("确认会面", "meeting confirmed")
    subject: SomeIntroduction
    side: OneSide
    day: dt.date


class ConfidentialityAgreed(Fact, frozen=True, kw_only=True, gc=False):
    """One side accepted the confidentiality undertaking whose text has the SHA-256 ``content``."""

    KIND = "exchange.confidentiality_agreed"
    LABEL = t("接受保密协议", "confidentiality agreed")
    subject: SomeIntroduction
    side: OneSide
    content: str


class ReuseDisputed(Fact, frozen=True, kw_only=True, gc=False):
    """One side disputes that the other reuses what it disclosed; the log of openings is kept as a document of this fact."""

    KIND = "exchange.reuse_disputed"
    LABEL = t("提出构想使用争议", "reuse disputed")
    subject: SomeIntroduction
    side: OneSide
    ask: Annotated[str, UrnOf("ask")]


class SafetyApproved(Fact, frozen=True, kw_only=True, gc=False):
    """The site approved that the pilot may begin there (安全批准); the document is the fact's."""

    KIND = "exchange.safety_approved"
    LABEL = t("现场安全批准", "site safety approved")
    subject: SomeIntroduction


class ReadingConfirmed(Fact, frozen=True, kw_only=True, gc=False):
    """A pilot's reading of ``day`` was confirmed by ``side``, which did not log it; the value in millionths."""

    KIND = "exchange.reading_confirmed"
    LABEL = t("确认试点读数", "reading confirmed")
    subject: SomeIntroduction
    side: OneSide
    day: dt.date
    millionths: Annotated[int, Between(-(10**18), 10**18)]


class ResultStated(Fact, frozen=True, kw_only=True, gc=False):
    """One side states what the pilot showed."""

    KIND = "exchange.result_stated"
    LABEL = t("说明试点结果", "result stated")
    subject: SomeIntroduction
    side: OneSide
    result: Annotated[str, CodeOf(words.RESULTS)]


class PilotMeasured(Fact, frozen=True, kw_only=True, gc=False):
    """Both sides agree on what the pilot showed."""

    KIND = "exchange.pilot_measured"
    LABEL = t("试点联合测评", "pilot measured")
    subject: SomeIntroduction
    need: SomeNeed
    offer: SomeOffer
    result: Annotated[str, CodeOf(words.RESULTS)]


class IntroductionOrdered(Fact, frozen=True, kw_only=True, gc=False):
    """The introduction ended in a signed contract."""

    KIND = "exchange.introduction_ordered"
    LABEL = t("对接成交", "introduction ordered")
    subject: SomeIntroduction
    need: SomeNeed
    offer: SomeOffer
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


class OfferNominated(Fact, frozen=True, kw_only=True, gc=False):
    """The offer was nominated for a contest; the pack that was sent, which names the contest, is the fact's document."""

    KIND = "exchange.offer_nominated"
    LABEL = t("推荐参赛", "offer nominated")
    subject: SomeOffer


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
    side: OneSide
