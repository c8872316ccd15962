"""How sign-in behaves here: accounts are given by officers, nobody signs up by themselves."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.http import HttpRequest

from fuhua.kernel.words import t


class ClosedSignup(DefaultAccountAdapter):
    """Closes self-service sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth passes it
        """Never."""
        return False


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
