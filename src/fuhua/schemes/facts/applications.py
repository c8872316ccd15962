"""What we testify of calls and applications: published, closed, cancelled; handed in, gaps, mended, judged, withdrawn, recommended."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fuhua.evidence.facts import CodeOf, Fact, Positive, UrnOf
from fuhua.kernel.words import t
from fuhua.schemes import words

Call = Annotated[str, UrnOf("call")]
Application = Annotated[str, UrnOf("application")]


class CallPublished(Fact, frozen=True, kw_only=True, gc=False):
    """A call of kind ``sort`` is open until ``closes``; ``seal`` is the digest of the seed by which its panel will be drawn."""

    KIND = "schemes.call_published"
    LABEL = t("发布申报通知", "call published")
    subject: Call
    issuer: Annotated[str, UrnOf("agency", "district", "incubator")]
    sort: str
    closes: dt.date
    seal: str
    edition: str = ""
    budget: int = 0


class CallExtended(Fact, frozen=True, kw_only=True, gc=False):
    """The call closes later: ``closes`` is its new last day."""

    KIND = "schemes.call_extended"
    LABEL = t("延长申报", "call extended")
    subject: Call
    closes: dt.date


class CallClosed(Fact, frozen=True, kw_only=True, gc=False):
    """The call's last second has passed."""

    KIND = "schemes.call_closed"
    LABEL = t("申报截止", "call closed")
    subject: Call


class CallCancelled(Fact, frozen=True, kw_only=True, gc=False):
    """The call is taken back, for a coded reason."""

    KIND = "schemes.call_cancelled"
    LABEL = t("取消申报", "call cancelled")
    subject: Call
    because: Annotated[str, CodeOf(words.CALL_CANCELLATIONS)]


class ApplicationSubmitted(Fact, frozen=True, kw_only=True, gc=False):
    """The application was handed in; its snapshot is the document. ``contested`` prefilled values are disputed by the applicant."""

    KIND = "schemes.application_submitted"
    LABEL = t("提交申报书", "application handed in")
    PRIVATE = True
    subject: Application
    call: Call
    applicant: str
    contested: int = 0


class GapsAsked(Fact, frozen=True, kw_only=True, gc=False):
    """The applicant was told, once, of everything that is lacking, to be mended by ``due``."""

    KIND = "schemes.gaps_asked"
    LABEL = t("一次性告知补正", "gaps told")
    PRIVATE = True
    subject: Application
    number: Positive
    due: dt.date


class ApplicationMended(Fact, frozen=True, kw_only=True, gc=False):
    """The applicant handed the mended application in; its new snapshot is the document."""

    KIND = "schemes.application_mended"
    LABEL = t("提交补正", "gaps mended")
    PRIVATE = True
    subject: Application


class EligibilityJudged(Fact, frozen=True, kw_only=True, gc=False):
    """The application may be reviewed, or fails ``clauses`` conditions; the clauses and verdicts are the document."""

    KIND = "schemes.eligibility_judged"
    LABEL = t("资格审查", "eligibility judged")
    PRIVATE = True
    subject: Application
    result: Annotated[str, CodeOf(words.ELIGIBILITY)]
    clauses: int = 0


class ApplicationWithdrawn(Fact, frozen=True, kw_only=True, gc=False):
    """The applicant took the application back."""

    KIND = "schemes.application_withdrawn"
    LABEL = t("撤回申报", "application withdrawn")
    PRIVATE = True
    subject: Application


class Recommended(Fact, frozen=True, kw_only=True, gc=False):
    """The district recommends the application and commits ``matched`` fen of its own; its letter is the document."""

    KIND = "schemes.application_recommended"
    LABEL = t("区级推荐", "district recommends")
    PRIVATE = True
    subject: Application
    district: Annotated[str, UrnOf("district", "agency")]
    matched: int
