"""What is mine to do with my own data: see where I am signed in, sign out everywhere, take my data away, be erased."""

from __future__ import annotations

import json
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.kernel.page import page
from fuhua.kernel.words import t
from fuhua.parties import access, models
from fuhua.parties.actions import people
from fuhua.parties.queries import mine


@page("me/sessions/", name="parties:sessions", can=access.SIGNED_IN, title=t("登录设备", "Where I am signed in"))
def sessions(request: HttpRequest) -> HttpResponse:
    """Every session of the account."""
    rows = mine.sessions(request.who.account_id)
    here = request.session.session_key
    shown = [{"row": row, "here": row.session_key == here, "device": device(row.user_agent)} for row in rows]
    return render(request, "parties/sessions.html", {"rows": shown})


_BROWSERS = (("Edg", "Edge"), ("MicroMessenger", "WeChat"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS", "Mac"), ("Linux", "Linux"))


def device(agent: str) -> str:
    """``Chrome · Windows`` of what a browser says of itself, as far as it is known; else its first words."""
    named = [next((name for sign, name in signs if sign in agent), "") for signs in (_BROWSERS, _SYSTEMS)]
    return " · ".join(filter(None, named)) or agent[:60] or "—"


@page(
    "me/sessions/end/",
    name="parties:end_sessions",
    can=access.SIGNED_IN,
    methods=("POST",),
    title=t("退出登录设备", "Sign out elsewhere"),
)
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out of every other device, or of this one too."""
    if request.POST.get("which") == "all":
        people.sign_out(request.user)
        logout(request)
        messages.success(request, t("已在所有设备退出登录", "you are signed out everywhere"))
        return redirect("account_login")
    ended = people.sign_out(request.user, keep=request.session.session_key)
    messages.success(request, t("已退出其他 {n} 处登录", "signed out of {n} other sessions").format(n=ended))
    return redirect("parties:sessions")


@page("me/data.json", name="parties:my_data", can=access.SIGNED_IN, title=t("下载我的数据", "Download my data"))
def data(request: HttpRequest) -> HttpResponse:
    """Everything kept of the person who asks, as one JSON file."""
    text = json.dumps(mine.everything(request.user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    answer["Cache-Control"] = "no-store"
    return answer


class Erasure(forms.Form):
    """The password (or, without one, the user name) and the word that says one means it."""

    password = forms.CharField(label=t("密码", "Password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    final = forms.BooleanField(label=t("我明白此操作不可撤销", "I know that this cannot be undone"))

    def __init__(self, *args: Any, account: models.Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        if not account.has_usable_password():
            self.fields["password"] = forms.CharField(label=t("您的用户名", "Your user name"))

    def clean_password(self) -> str:
        """What only the person knows."""
        given = self.cleaned_data["password"]
        known = self.account.check_password(given) if self.account.has_usable_password() else given == self.account.username
        if not known:
            raise ValidationError(str(t("不正确，请重新输入", "that is not right; enter it again")))
        return given


@page(
    "me/erase/",
    name="parties:erase_me",
    can=access.SIGNED_IN,
    methods=("GET", "POST"),
    title=t("删除我的个人信息", "Erase me"),
)
def erase(request: HttpRequest) -> HttpResponse:
    """Forget who the person is, for ever; facts stay, by a URN that means nobody any more."""
    if refusal := ratelimit.consume_or_429(request, action="reauthenticate", user=request.user):
        return refusal
    form = Erasure(request.POST or None, account=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            people.erase(request.user.party, by=request.who.urn, at=timezone.now())
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
        else:
            logout(request)
            messages.success(request, t("您的个人信息已删除，账号已关闭", "you are erased and your account is closed"))
            return redirect("account_login")
    return render(request, "parties/erase.html", {"form": form})
