"""The URL table: the pages every engine declares, sign-in, and nothing else."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import wraps
from importlib.util import find_spec
from typing import Any

from allauth.account import views as account
from allauth.socialaccount import views as outside
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from fuhua.kernel.page import urlpatterns as pages_of


def _patterns(engine: str) -> tuple[list[object], str]:
    """Import every module of the engine's ``pages`` room, then take what it declared."""
    room = f"fuhua.{engine}.pages"
    if find_spec(room) is not None:
        package = importlib.import_module(room)
        for info in pkgutil.iter_modules(getattr(package, "__path__", ())):
            importlib.import_module(f"{room}.{info.name}")
    return pages_of(engine), engine


def _with_a_provider(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, which is not there unless an outside provider of identities is set (FUHUA_OIDC_SERVER)."""

    @wraps(view)
    def gate(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not settings.SOCIALACCOUNT_PROVIDERS:
            raise Http404
        return view(request, **kwargs)

    return gate


# Of django-allauth only what is used: no sign-up, no addresses of mail, no password by mail
SIGN_IN = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
OUTSIDE = [
    path("3rdparty/", _with_a_provider(outside.connections), name="socialaccount_connections"),
    path("3rdparty/signup/", _with_a_provider(outside.signup), name="socialaccount_signup"),
    path("3rdparty/login/cancelled/", _with_a_provider(outside.login_cancelled), name="socialaccount_login_cancelled"),
    path("3rdparty/login/error/", _with_a_provider(outside.login_error), name="socialaccount_login_error"),
    path("oidc/<slug:provider_id>/login/", _with_a_provider(oidc.login), name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", _with_a_provider(oidc.callback), name="openid_connect_callback"),
]
urlpatterns = [
    path("account/", include([*SIGN_IN, *OUTSIDE])),
    *(path("", include(_patterns(engine))) for engine in settings.ENGINES),
]
handler400 = "fuhua.config.request.bad_request"
handler403 = "fuhua.config.request.forbidden"
handler404 = "fuhua.config.request.not_found"
handler500 = "fuhua.config.request.server_error"
