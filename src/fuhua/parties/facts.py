"""What we testify of parties: codes, districts and URNs; their names stay in our tables, so a person can be erased."""

from __future__ import annotations

import datetime as dt

from fuhua.evidence.facts import BadFact, Fact
from fuhua.kernel.credit_code import is_credit_code
from fuhua.kernel.words import t
from fuhua.parties.words import APART, DISTRICTS, SORTS, TIES


class OrganisationRegistered(Fact, frozen=True, kw_only=True, gc=False):
    """An organisation (or a project before it is one) is known here: its sort, credit code and district code."""

    KIND = "parties.organisation_registered"
    LABEL = t("主体登记", "organisation registered")
    sort: str
    code: str = ""
    district: str = ""

    def check(self) -> None:
        super().check()
        if self.sort not in SORTS or self.sort == "person":
            raise BadFact(t("主体类别无效：{sort}", "no such sort of organisation: {sort}").format(sort=self.sort))
        if self.code and not is_credit_code(self.code):
            raise BadFact(
                t("统一社会信用代码校验不通过：{code}", "the credit code's check fails: {code}").format(code=self.code)
            )
        check_district(self.district)


class OrganisationRenamed(Fact, frozen=True, kw_only=True, gc=False):
    """The organisation has another official name from the day the fact is true."""

    KIND = "parties.organisation_renamed"
    LABEL = t("更名", "renamed")


class PlateAdded(Fact, frozen=True, kw_only=True, gc=False):
    """The organisation also works under another name-plate (挂牌)."""

    KIND = "parties.plate_added"
    LABEL = t("加挂牌子", "name-plate added")


class DistrictSet(Fact, frozen=True, kw_only=True, gc=False):
    """The organisation is in this district from the day the fact is true."""

    KIND = "parties.district_set"
    LABEL = t("所在区变更", "district set")
    district: str

    def check(self) -> None:
        super().check()
        check_district(self.district)


class CodeCorrected(Fact, frozen=True, kw_only=True, gc=False):
    """The organisation's unified social credit code is this one (or none), whatever was registered before."""

    KIND = "parties.code_corrected"
    LABEL = t("更正信用代码", "credit code corrected")
    code: str = ""

    def check(self) -> None:
        super().check()
        if self.code and not is_credit_code(self.code):
            raise BadFact(
                t("统一社会信用代码校验不通过：{code}", "the credit code's check fails: {code}").format(code=self.code)
            )


class KeptApart(Fact, frozen=True, kw_only=True, gc=False):
    """The subject and ``other`` look alike and are two."""

    KIND = "parties.kept_apart"
    LABEL = t("确认不是重复登记", "found not to be duplicates")
    other: str
    reason: str

    def check(self) -> None:
        super().check()
        if self.reason not in APART:
            raise BadFact(t("理由无效，请从列表中选择", "no such reason; choose one of the list"))


class ApartUndone(Fact, frozen=True, kw_only=True, gc=False):
    """Whether the subject and ``other`` are one is open again."""

    KIND = "parties.apart_undone"
    LABEL = t("撤销“不是重复”", "“not a duplicate” undone")
    other: str


class PersonEntered(Fact, frozen=True, kw_only=True, gc=False):
    """A person is known here."""

    KIND = "parties.person_entered"
    LABEL = t("人员登记", "person entered")


class AccountOpened(Fact, frozen=True, kw_only=True, gc=False):
    """The person can sign in."""

    KIND = "parties.account_opened"
    LABEL = t("开通账号", "account opened")


class AccountClosed(Fact, frozen=True, kw_only=True, gc=False):
    """The person can no longer sign in."""

    KIND = "parties.account_closed"
    LABEL = t("关闭账号", "account closed")


class PasswordIssued(Fact, frozen=True, kw_only=True, gc=False):
    """The person was given a one-time password to sign in with once."""

    KIND = "parties.password_issued"
    LABEL = t("重发一次性密码", "one-time password issued")


class PersonErased(Fact, frozen=True, kw_only=True, gc=False):
    """The person's name and account are gone; what was told of their URN stays true."""

    KIND = "parties.person_erased"
    LABEL = t("个人信息已删除", "person erased")


class TieTold(Fact, frozen=True, kw_only=True, gc=False):
    """What every fact about a tie says: its kind, the other side, an office or a share."""

    tie: str
    target: str
    office: str = ""
    share: int | None = None  # parts per million

    def check(self) -> None:
        super().check()
        if self.tie not in TIES:
            raise BadFact(t("关系类别无效：{tie}", "no such kind of tie: {tie}").format(tie=self.tie))
        if self.share is not None and self.share > 1_000_000:
            raise BadFact(t("持股比例不能超过 100%", "a share cannot exceed 100 %"))


class TieProposed(TieTold, frozen=True, kw_only=True, gc=False):
    """One side says that the two parties are tied."""

    KIND = "parties.tie_proposed"
    LABEL = t("提出关系", "tie proposed")


class TieConfirmed(TieTold, frozen=True, kw_only=True, gc=False):
    """The tie holds: both sides say so, or a registry shows it."""

    KIND = "parties.tie_confirmed"
    LABEL = t("确认关系", "tie confirmed")


class TieEnded(TieTold, frozen=True, kw_only=True, gc=False):
    """The tie holds no longer from the day the fact is true."""

    KIND = "parties.tie_ended"
    LABEL = t("关系终止", "tie ended")


class ConsentGiven(Fact, frozen=True, kw_only=True, gc=False):
    """The subject lets ``reader`` read the thing until a day."""

    KIND = "parties.consent_given"
    LABEL = t("授权查阅", "consent given")
    reader: str
    thing: str
    expires: dt.date


class ConsentWithdrawn(Fact, frozen=True, kw_only=True, gc=False):
    """The subject takes the consent back."""

    KIND = "parties.consent_withdrawn"
    LABEL = t("撤回授权", "consent withdrawn")
    reader: str
    thing: str


class ConsentOpened(Fact, frozen=True, kw_only=True, gc=False):
    """Somebody read what the subject's consent opened to them."""

    KIND = "parties.consent_opened"
    LABEL = t("查阅记录", "read under consent")
    reader: str
    thing: str


class DelegationGiven(Fact, frozen=True, kw_only=True, gc=False):
    """The subject lets ``holder`` file for it in one scope until a day."""

    KIND = "parties.delegation_given"
    LABEL = t("委托代办", "delegation given")
    holder: str
    scope: str
    expires: dt.date


class DelegationRevoked(Fact, frozen=True, kw_only=True, gc=False):
    """The subject takes the delegation back."""

    KIND = "parties.delegation_revoked"
    LABEL = t("撤销委托", "delegation revoked")
    holder: str
    scope: str


def check_district(code: str) -> None:
    """Raise :class:`BadFact` unless ``code`` is blank or one of the city's districts."""
    if code and code not in DISTRICTS:
        raise BadFact(
            t("区代码无效：{code}，请从列表中选择", "no such district: {code}; choose one of the list").format(
                code=code
            )
        )
