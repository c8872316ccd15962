"""Accounts as officers give them: opened and renewed with a one-time password that is shown once, and closed."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from fuhua.evidence.facts import BadFact
from fuhua.kernel.page import page
from fuhua.kernel.words import t
from fuhua.parties import access, models
from fuhua.parties.actions import people as actions
from fuhua.parties.pages.people_forms import NewAccount, NewPassword

GOOD_FOR = dt.timedelta(days=7)
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for one another


@sensitive_variables()
def one_time_password() -> str:
    """Sixteen random signs in groups of four: 79 bits, easily read out."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))


def _managed(request: HttpRequest, urn: str) -> models.Party:
    person = access.PEOPLE.get(request.who, models.Party.objects.select_related("account"), urn=urn)
    access.MANAGE_PERSON.require(request.who, person)
    return person


def _account(person: models.Party) -> models.Account:
    if not hasattr(person, "account"):
        raise Http404
    return person.account


@sensitive_variables()
def _shown_once(request: HttpRequest, person: models.Party, username: str, password: str, until: dt.datetime) -> HttpResponse:
    back = reverse("parties:person", kwargs={"urn": person.urn})
    given = {"person": person, "username": username, "password": password, "until": until, "back": back}
    answer = render(request, "parties/password_once.html", given)
    answer["Cache-Control"] = "no-store"
    return answer


@page(
    "people/<str:urn>/account/",
    name="parties:open_account",
    can=access.MANAGE_PERSON,
    methods=("GET", "POST"),
    title=t("开通账号", "Open an account"),
)
@sensitive_variables()
def open_account(request: HttpRequest, urn: str) -> HttpResponse:
    """Let the person sign in; the one-time password is shown now and never again."""
    person, form = _managed(request, urn), NewAccount(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now, password, username = timezone.now(), one_time_password(), form.cleaned_data["username"]
        try:
            actions.open_account(
                username=username, password=password, party=person, by=request.who.urn, at=now, until=now + GOOD_FOR
            )
        except BadFact as wrong:
            form.add_error("username", str(wrong.text))
        else:
            return _shown_once(request, person, username, password, now + GOOD_FOR)
    return render(request, "parties/open_account.html", {"form": form, "person": person})


@page(
    "people/<str:urn>/account/password/",
    name="parties:issue_password",
    can=access.MANAGE_PERSON,
    methods=("GET", "POST"),
    title=t("重发一次性密码", "Issue a one-time password"),
)
@sensitive_variables()
def issue_password(request: HttpRequest, urn: str) -> HttpResponse:
    """For who forgot theirs, or whose account was closed; asked once more first."""
    person = _managed(request, urn)
    account = _account(person)
    form = NewPassword(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _sure(request, person, title=t("为 {name} 重发一次性密码？", "Issue a one-time password to {name}?"),
                     why=t("原密码立即失效，所有设备退出登录；此人须用一次性密码登录并设置自己的密码。",
                           "The old password ends at once and every device is signed out. They sign in with the one-time "
                           "password and choose their own."),
                     verb=t("重发", "Issue"), form=NewPassword())
    now, password = timezone.now(), one_time_password()
    actions.issue_password(
        account, password=password, until=now + GOOD_FOR, lost=form.cleaned_data["lost"], by=request.who.urn, at=now
    )
    return _shown_once(request, person, account.username, password, now + GOOD_FOR)


@page(
    "people/<str:urn>/account/close/",
    name="parties:close_account",
    can=access.MANAGE_PERSON,
    methods=("GET", "POST"),
    title=t("关闭账号", "Close an account"),
)
def close_account(request: HttpRequest, urn: str) -> HttpResponse:
    """The person signs in no more, until a password is issued again; asked once more first."""
    person = _managed(request, urn)
    account = _account(person)
    if request.method == "GET":
        return _sure(request, person, title=t("关闭 {name} 的账号？", "Close {name}'s account?"),
                     why=t("立即退出所有设备；职务和记录不变，可用“重发一次性密码”重新启用。",
                           "Every device is signed out at once. Offices and records stay; issuing a one-time password opens it again."),
                     verb=t("关闭账号", "Close the account"), danger=True)
    try:
        actions.close_account(account, by=request.who.urn, at=timezone.now())
    except BadFact as wrong:
        messages.error(request, wrong.text)
    else:
        messages.success(request, t("账号已关闭，重发一次性密码即可重新启用", "the account is closed; issuing a password opens it again"))
    return redirect("parties:person", urn=urn)


def _sure(request: HttpRequest, person: models.Party, **asked: Any) -> HttpResponse:
    asked["title"] = asked["title"].format(name=person.name)
    return render(request, "parties/sure.html", {**asked, "back": reverse("parties:person", kwargs={"urn": person.urn})})
