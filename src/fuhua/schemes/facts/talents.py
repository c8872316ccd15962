"""What we testify of talents: who joined the pool, practicums and their end, credentials, placements and the recheck at twelve months."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fuhua.evidence.facts import CodeOf, Fact, Positive, UrnOf
from fuhua.kernel.words import t
from fuhua.schemes import words

Person = Annotated[str, UrnOf("person")]
House = Annotated[str, UrnOf("incubator")]
Origin = Annotated[str, CodeOf(words.ORIGINS)]
Vacancy = Annotated[str, UrnOf("vacancy")]
Practicum = Annotated[str, UrnOf("practicum")]
Credential = Annotated[str, UrnOf("credential")]
Placement = Annotated[str, UrnOf("placement")]


class TalentInvited(Fact, frozen=True, kw_only=True, gc=False):
    """An organisation invites the person to the pool of incubation people."""

    KIND = "schemes.talent_invited"
    LABEL = t("邀请加入人才库", "invited to the pool")
    PRIVATE = True
    subject: Person
    origin: Origin


class TalentJoined(Fact, frozen=True, kw_only=True, gc=False):
    """The person is in the pool (孵化人才库), by an award or by an invitation that they accepted."""

    KIND = "schemes.talent_joined"
    LABEL = t("进入孵化人才库", "joined the pool")
    subject: Person
    origin: Origin
    via: Annotated[str, CodeOf(words.JOINED_BY)]


class TalentDeclined(Fact, frozen=True, kw_only=True, gc=False):
    """The person declines the invitation."""

    KIND = "schemes.talent_declined"
    LABEL = t("谢绝加入人才库", "declined to join")
    PRIVATE = True
    subject: Person


class TalentTold(Fact, frozen=True, kw_only=True, gc=False):
    """The person rewrote what they say of themselves; the words stay out of the log."""

    KIND = "schemes.talent_told"
    LABEL = t("更新自述", "own words rewritten")
    PRIVATE = True
    subject: Person


class TalentLeft(Fact, frozen=True, kw_only=True, gc=False):
    """The person left the pool."""

    KIND = "schemes.talent_left"
    LABEL = t("退出孵化人才库", "left the pool")
    subject: Person


class VacancyPosted(Fact, frozen=True, kw_only=True, gc=False):
    """An incubator looks for so many people from a day on."""

    KIND = "schemes.vacancy_posted"
    LABEL = t("发布岗位", "vacancy posted")
    subject: Vacancy
    host: House
    count: Positive
    starts: dt.date


class VacancyClosed(Fact, frozen=True, kw_only=True, gc=False):
    """The incubator looks for nobody more."""

    KIND = "schemes.vacancy_closed"
    LABEL = t("关闭岗位", "vacancy closed")
    subject: Vacancy


class InterestShown(Fact, frozen=True, kw_only=True, gc=False):
    """The person is interested in the vacancy."""

    KIND = "schemes.interest_shown"
    LABEL = t("表达意向", "interest shown")
    PRIVATE = True
    subject: Vacancy
    person: Person


class InterestWithdrawn(Fact, frozen=True, kw_only=True, gc=False):
    """The person is interested no longer."""

    KIND = "schemes.interest_withdrawn"
    LABEL = t("撤回意向", "interest withdrawn")
    PRIVATE = True
    subject: Vacancy
    person: Person


class PracticumAssigned(Fact, frozen=True, kw_only=True, gc=False):
    """A practicum is arranged at a venture, led by a tutor of the host; no path of ties led from the person to venture or tutor."""

    KIND = "schemes.practicum_assigned"
    LABEL = t("安排实训", "practicum assigned")
    subject: Practicum
    person: Person
    practised_at: Annotated[str, UrnOf("venture", "firm", "project")]
    host: House
    tutor: Person
    tries: Positive


class PracticumConsented(Fact, frozen=True, kw_only=True, gc=False):
    """The venture takes the trainee in, and lets them read so many things until a day."""

    KIND = "schemes.practicum_consented"
    LABEL = t("实训企业同意", "venture consented")
    subject: Practicum
    count: int
    expires: dt.date | None = None


class PracticumRefused(Fact, frozen=True, kw_only=True, gc=False):
    """The venture does not take the trainee in."""

    KIND = "schemes.practicum_refused"
    LABEL = t("实训企业未同意", "venture refused")
    subject: Practicum


class PracticumStopped(Fact, frozen=True, kw_only=True, gc=False):
    """The practicum ended before it was assessed; from now on the trainee reads nothing of the venture."""

    KIND = "schemes.practicum_stopped"
    LABEL = t("实训终止", "practicum stopped")
    subject: Practicum
    because: Annotated[str, CodeOf(words.PRACTICUM_STOPS)]


class PracticumReported(Fact, frozen=True, kw_only=True, gc=False):
    """The trainee handed in the report; its digest is among the record's documents."""

    KIND = "schemes.practicum_reported"
    LABEL = t("提交实训报告", "practicum report handed in")
    subject: Practicum


class JudgementHandedIn(Fact, frozen=True, kw_only=True, gc=False):
    """One side has assessed the practicum; what it says stays sealed until the other has too."""

    KIND = "schemes.judgement_handed_in"
    LABEL = t("提交实训评价", "assessment handed in")
    subject: Practicum
    side: Annotated[str, CodeOf(words.ASSESSORS)]


class PracticumConcluded(Fact, frozen=True, kw_only=True, gc=False):
    """Both sides have assessed the practicum: it is passed if both pass it."""

    KIND = "schemes.practicum_concluded"
    LABEL = t("实训考核结论", "practicum concluded")
    subject: Practicum
    person: Person
    result: Annotated[str, CodeOf(words.ASSESSED_AS)]
    venture_result: Annotated[str, CodeOf(words.ASSESSED_AS)]
    tutor_result: Annotated[str, CodeOf(words.ASSESSED_AS)]


class CredentialIssued(Fact, frozen=True, kw_only=True, gc=False):
    """The person passed the practicum and holds a credential of that number, good through ``expires``."""

    KIND = "schemes.credential_issued"
    LABEL = t("颁发实训合格证书", "credential issued")
    subject: Person
    credential: Credential
    practicum: Practicum
    serial: str
    origin: Origin
    expires: dt.date


class CredentialNamed(Fact, frozen=True, kw_only=True, gc=False):
    """The person lets everybody see, or no longer see, that the credential is theirs."""

    KIND = "schemes.credential_named"
    LABEL = t("设定证书是否公开姓名", "name on the credential shown or hidden")
    PRIVATE = True
    subject: Person
    credential: Credential
    shown: bool


class PersonPlaced(Fact, frozen=True, kw_only=True, gc=False):
    """An incubator employs the credentialed person, and the person confirmed it."""

    KIND = "schemes.person_placed"
    LABEL = t("持证人员到岗", "credentialed person hired")
    subject: Person
    placement: Placement
    host: House
    credential: Credential
    origin: Origin


class RecheckAnswered(Fact, frozen=True, kw_only=True, gc=False):
    """One side says whether the person still works there twelve months on."""

    KIND = "schemes.recheck_answered"
    LABEL = t("答复满 12 个月在岗核实", "twelve-month recheck answered")
    subject: Person
    placement: Placement
    side: Annotated[str, CodeOf(words.PLACEMENT_SIDES)]
    still: bool


class EmploymentRechecked(Fact, frozen=True, kw_only=True, gc=False):
    """Whether the credentialed person was still employed twelve months after they began, by the tie and both sides' word."""

    KIND = "schemes.employment_rechecked"
    LABEL = t("满 12 个月在岗核实", "employment rechecked at twelve months")
    subject: Person
    placement: Placement
    host: House
    credential: Credential
    origin: Origin
    still: bool
    because: Annotated[str, CodeOf(words.RECHECKED)]
