"""Enter people, open and close their accounts and erase them on request: what was proven stays proven."""

from __future__ import annotations

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact, Merged
from fuhua.evidence.words import Grade
from fuhua.kernel import urn as urns
from fuhua.kernel.words import t
from fuhua.parties import facts, models
from fuhua.parties.words import Sort, TieKind, TieState


class BadPerson(BadFact):
    """The person cannot be entered, given an account or erased like this; ``text`` says how to mend it."""


@transaction.atomic
def enter(
    *, name: str, by: str, at: dt.datetime, grade: Grade = Grade.DECLARED, urn: str | None = None
) -> models.Party:
    """Enter a person under a name that only our tables know; returns the row."""
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise BadPerson(t("请填写姓名（1 至 200 字）", "give a name of 1 to 200 characters"))
    person = models.Party.objects.create(urn=urn or urns.new("person"), sort=Sort.PERSON, name=name, entered_at=at)
    record(facts.PersonEntered(subject=person.urn), by=by, at=at, grade=grade)
    return person


@transaction.atomic
def open_account(
    *,
    username: str,
    password: str | None,
    party: models.Party,
    by: str,
    at: dt.datetime,
    strict: bool = True,
    until: dt.datetime | None = None,
) -> models.Account:
    """Let the person sign in as ``username``; without a password only passkeys and OIDC open the account.

    ``until``: the password is a one-time one, good to sign in with until then and to be changed at once. Raises
    :class:`BadPerson` for a taken name, a second account or, when ``strict``, a weak password.
    """
    if party.sort != Sort.PERSON or party.erased_at:
        raise BadPerson(
            t(
                "账号只能开给在册的个人，请先登记人员",
                "an account belongs to a person on record; enter the person first",
            )
        )
    account = models.Account(username=username, party=party, password_until=until)
    account.set_password(password)
    _check(account, password if strict else None)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as wrong:
        raise BadPerson(
            t(
                "用户名“{name}”已被使用，或此人已有账号；请换一个用户名",
                "“{name}” is taken, or the person has an account; choose another name",
            ).format(name=username)
        ) from wrong
    record(facts.AccountOpened(subject=party.urn), by=by, at=at, grade=Grade.SYSTEM)
    return account


def _check(account: models.Account, password: str | None) -> None:
    try:
        account.clean_fields(exclude=["password", "party", "acting"])
        if password is not None:
            validate_password(password, account)
    except ValidationError as wrong:
        said = "; ".join(wrong.messages)
        raise BadPerson(t("账号不能开通：{said}", "the account cannot be opened: {said}").format(said=said)) from wrong


@transaction.atomic
def erase(person: models.Party, *, by: str, at: dt.datetime) -> models.Party:
    """Forget who the person is: the name goes, the account closes under a meaningless name; ties stay, by URN.

    No fact is touched, so every proof holds as before. Erasing twice raises :class:`BadPerson`.
    """
    person = models.Party.objects.select_for_update().get(pk=person.pk)
    if person.sort != Sort.PERSON:
        raise BadPerson(
            t("只有个人信息可以删除，组织请更名或合并", "only people are erased; rename or merge an organisation")
        )
    if person.erased_at is not None:
        raise BadPerson(t("此人信息已经删除", "this person has already been erased"))
    person.name, person.erased_at = "", at
    person.save(update_fields=["name", "erased_at"])
    person.names.all().delete()
    account = models.Account.objects.filter(party=person).first()
    if account is not None:
        _forget(account)
    models.Consent.objects.filter(giver=person).update(purpose="")
    record(facts.PersonErased(subject=person.urn), by=by, at=at, grade=Grade.SYSTEM)
    return person


def _forget(account: models.Account) -> None:
    sign_out(account)
    account.username, account.email, account.is_active = f"erased-{account.pk}", "", False
    account.last_login = account.acting = account.password_until = None
    account.set_unusable_password()
    account.save()
    for held in (Authenticator, EmailAddress, SocialAccount):  # passkeys and codes, addresses, outside identities
        held.objects.filter(user=account).delete()


@transaction.atomic
def merge(duplicate: models.Party, into: models.Party, *, by: str, at: dt.datetime) -> models.Party:
    """``duplicate`` is the same person as ``into``: what was told of it is read as told of ``into``; returns ``into``.

    Neither is erased or merged already, and the duplicate neither signs in nor holds an office: raises :class:`BadPerson`.
    """
    rows = {row.pk: row for row in models.Party.objects.select_for_update().filter(pk__in=(duplicate.pk, into.pk)).order_by("pk")}
    duplicate, into = rows[duplicate.pk], rows[into.pk]
    if duplicate.pk == into.pk or {duplicate.sort, into.sort} != {Sort.PERSON}:
        raise BadPerson(t("请选择另一位在册人员", "choose another person on the register"))
    if any(each.merged_into_id or each.erased_at for each in (duplicate, into)):
        raise BadPerson(t("其中一人已合并或信息已删除", "one of them has been merged or erased already"))
    if models.Account.objects.filter(party=duplicate, is_active=True).exists():
        raise BadPerson(t("请先关闭重复人员的账号", "close the duplicate’s account first"))
    if models.Tie.objects.filter(kind=TieKind.EMPLOYS, target=duplicate, state=TieState.CONFIRMED, until=None).exists():
        raise BadPerson(t("请先免去重复人员的职务，需要时任命给保留的人员",
                          "end the duplicate’s offices first, and give them to whoever is kept"))
    duplicate.merged_into = into
    duplicate.save(update_fields=["merged_into"])
    record(Merged(subject=duplicate.urn, into=into.urn), by=by, at=at, grade=Grade.SYSTEM)
    return into


@transaction.atomic
def close_account(account: models.Account, *, by: str, at: dt.datetime) -> models.Account:
    """The person is signed out everywhere and cannot sign in again until a password is issued."""
    account = _account(account)
    if not account.is_active:
        raise BadPerson(t("账号已经关闭", "the account is closed already"))
    account.is_active, account.acting = False, None
    account.set_unusable_password()
    account.save()
    sign_out(account)
    record(facts.AccountClosed(subject=_bearer(account).urn), by=by, at=at, grade=Grade.SYSTEM)
    return account


@transaction.atomic
def issue_password(
    account: models.Account, *, password: str, until: dt.datetime, lost: bool, by: str, at: dt.datetime
) -> models.Account:
    """Give the person a one-time password, good until ``until``; a closed account opens again, all sessions end.

    ``lost``: the person has lost their devices, so passkeys and authenticator codes go too.
    """
    account = _account(account)
    closed = not account.is_active
    account.set_password(password)
    account.is_active, account.password_until = True, until
    account.save()
    sign_out(account)
    if lost:
        Authenticator.objects.filter(user=account).delete()
    told = facts.AccountOpened if closed else facts.PasswordIssued
    record(told(subject=_bearer(account).urn), by=by, at=at, grade=Grade.SYSTEM)
    return account


def _account(account: models.Account) -> models.Account:
    held = models.Account.objects.select_for_update(of=("self",)).select_related("party").get(pk=account.pk)
    if _bearer(held).erased_at is not None:
        raise BadPerson(t("此人信息已经删除，账号不能再用", "this person has been erased; the account is gone"))
    return held


def _bearer(account: models.Account) -> models.Party:
    if account.party is None:
        raise BadPerson(t("该账号没有对应的人员，请先登记人员", "no person bears this account; enter the person first"))
    return account.party


@transaction.atomic
def own_password(account: models.Account, password: str) -> models.Account:
    """The person chose a password of their own; not a fact, and a one-time password is over with it."""
    account.set_password(password)
    account.password_until = None
    account.save(update_fields=["password", "password_until"])
    return account


@transaction.atomic
def sign_out(account: models.Account, *, keep: str = "") -> int:
    """End every session of the account but the one with the key ``keep``; how many ended. Not a fact."""
    sessions = list(UserSession.objects.filter(user=account).exclude(session_key=keep))
    for session in sessions:
        session.end()
    return len(sessions)


@transaction.atomic
def act_for(account: models.Account, tie: models.Tie | None) -> models.Account:
    """Remember for which of their organisations the person is acting now; not a fact, only a choice of view."""
    if tie is not None and tie.target_id != account.party_id:
        raise BadPerson(t("只能选择本人任职的单位", "choose an organisation in which you hold an office"))
    account.acting = tie
    account.save(update_fields=["acting"])
    return account
