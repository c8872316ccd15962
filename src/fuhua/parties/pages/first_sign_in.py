"""The first sign-in of a new account: the one-time password gives way to one's own, then a second factor is offered."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fuhua.kernel.page import page
from fuhua.kernel.words import t
from fuhua.parties import access
from fuhua.parties.queries import mine

_ALLOWED = frozenset({"account_change_password", "account_logout", "account_login", "front:language"})


class OwnPasswordMiddleware:
    """Leads whoever signed in by a one-time password to choose their own before anything else."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """A redirect to the page where a password is chosen, unless that is where they go."""
        if not request.user.is_authenticated or request.user.password_until is None:
            return None
        if request.resolver_match is not None and request.resolver_match.view_name in _ALLOWED:
            return None
        messages.info(
            request,
            t("首次登录请先设置自己的密码", "this was a one-time password: choose a password of your own first"),
        )
        return redirect("account_change_password")


@page("me/secure/", name="parties:secure", can=access.SIGNED_IN, title=t("保护账号", "Protect the account"))
def secure(request: HttpRequest) -> HttpResponse:
    """Offer a passkey or an authenticator app; both can wait."""
    ways = mine.ways_to_sign_in(request.who.account_id)
    return render(request, "parties/secure.html", {"ways": ways, "home_url": reverse("front:home")})
