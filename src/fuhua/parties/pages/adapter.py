"""How sign-in behaves here: accounts are given by officers, nobody signs up by themselves."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ChangePasswordForm, LoginForm
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from fuhua.kernel.words import t
from fuhua.parties import models
from fuhua.parties.actions import people
from fuhua.parties.queries import mine


class ClosedSignup(DefaultAccountAdapter):
    """Closes self-service sign-up; a one-time password opens the account once and in time."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth passes it
        """Never."""
        return False

    def pre_login(self, request: HttpRequest, user: models.Account, **given: Any) -> HttpResponse | None:
        """Refuse a one-time password that was not used in time."""
        if user.password_until is not None and user.password_until <= timezone.now():
            messages.error(
                request,
                t(
                    "一次性密码已过期，请联系为您开通账号的人重新发放",
                    "the one-time password has expired; ask whoever opened the account for another",
                ),
            )
            return redirect("account_login")
        return super().pre_login(request, user, **given)

    def clean_password(self, password: str, user: models.Account | None = None) -> str:
        """One's own password is another than the one-time one."""
        if user is not None and user.password_until is not None and user.check_password(password):
            raise ValidationError(
                str(t("新密码不能与一次性密码相同", "choose another password than the one-time one"))
            )
        return super().clean_password(password, user)

    def set_password(self, user: models.Account, password: str) -> None:
        """The person chose a password."""
        people.own_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """On to the second factor, or to one's account when there is one."""
        has_second = any(mine.ways_to_sign_in(request.user.pk).values())
        return reverse("parties:me" if has_second else "parties:secure")


class SignInForm(LoginForm):
    """Asks for user name and password, in the reader's language; no reset by mail, accounts need no address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = t("用户名", "User name")
        self.fields["password"].label = t("密码", "Password")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if "remember" in self.fields:
            self.fields["remember"].label = t("在这台设备上保持登录", "Stay signed in on this device")


class OwnPasswordForm(ChangePasswordForm):
    """Asks for the present and the new password; no reset by mail is offered, accounts need no address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "oldpassword" in self.fields:
            self.fields["oldpassword"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
