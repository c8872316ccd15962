"""What every request gets: who is asking, the page's chrome, and refusals in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from fuhua.evidence.actions.facts import ClockWentBack
from fuhua.evidence.facts import BadFact
from fuhua.kernel.access import READER
from fuhua.kernel.flow import WrongState
from fuhua.kernel.page import PAGES, page_at, whole
from fuhua.kernel.words import t
from fuhua.parties.queries import STRANGER, who

Respond = Callable[[HttpRequest], HttpResponse]


class BodyMiddleware:
    """Refuses an address with a null (400) and a body that is too long (413) before anything reads it.

    Only a signed-in sender of a file may send a long one.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            reason = t("地址含有无效字符", "the address holds a character that cannot be")
            return render(request, "400.html", {"reason": reason}, status=400)
        length = whole(request.META.get("CONTENT_LENGTH") or "0")
        if length is None or (length > settings.FUHUA_BODY_BYTES and length > _longest(request)):
            return render(request, "413.html", {"most": _longest(request) // 2**20}, status=413)
        return self.respond(request)


def _longest(request: HttpRequest) -> int:
    """The longest body in bytes that the sender may send to this page."""
    page = page_at(request.path_info)
    takes_files = page is not None and page.files and SESSION_KEY in request.session
    return settings.FUHUA_UPLOAD_BYTES if takes_files else settings.FUHUA_BODY_BYTES


class PrivateMiddleware:
    """Forbids browsers and proxies to keep what a signed-in person was shown, unless the page itself says otherwise."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if SESSION_KEY in request.session and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response


class WhoMiddleware:
    """Sets ``request.who`` from the signed-in account, and that a name means only what they may see."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def find() -> Any:
            return who(request.user, timezone.now()) if request.user.is_authenticated else STRANGER

        request.who = SimpleLazyObject(find)  # type: ignore[attr-defined]
        token = READER.set(request.who)  # type: ignore[attr-defined]
        try:
            return self.respond(request)
        finally:
            READER.reset(token)


class RefusalMiddleware:
    """Turns a domain refusal that no view caught into a page that says how to mend it (409)."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page for :class:`BadFact` and :class:`WrongState`; anything else is not ours."""
        if isinstance(error, BadFact | WrongState | ClockWentBack):
            return render(request, "400.html", {"reason": error.text}, status=409)
        return None


def chrome(request: HttpRequest) -> dict[str, Any]:
    """The template context ``chrome``: menu, who, links and counts; built only when a template asks."""
    return {"chrome": SimpleLazyObject(lambda: _chrome(request)), "viewer": getattr(request, "who", STRANGER)}


def _chrome(request: HttpRequest) -> dict[str, Any]:
    asker = getattr(request, "who", STRANGER)
    here = getattr(getattr(request, "resolver_match", None), "view_name", "") or ""
    places = sorted((page for page in PAGES if page.menu and page.rule.opens_for(asker)), key=lambda page: page.menu.rank)
    return {
        "menu": [{"label": page.menu.label, "url": reverse(page.name), "icon": page.menu.icon, "active": page.name == here}
                 for page in places],
        "search_url": _maybe("front:search"), "waiting_url": _maybe("desk:notices"), "waiting": _waiting(asker),
        "language_url": _maybe("front:language"), "who": asker if asker.signed_in else None, "demo": settings.FUHUA_DEMO,
        "sign_in_url": _maybe("account_login"), "sign_out_url": _maybe("account_logout"),
        "account_url": _maybe("parties:me"), "zone": "Asia/Shanghai",
    }


def _waiting(asker: Any) -> int:
    for page in PAGES:
        if page.name == "desk:notices" and asker.signed_in:
            return page.view.count(asker)  # type: ignore[attr-defined]
    return 0


def _maybe(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    """400: the request itself is malformed."""
    return render(request, "400.html", {"reason": t("请求格式不正确", "the request is malformed")}, status=400)


def forbidden(request: HttpRequest, exception: PermissionDenied | None = None) -> HttpResponse:
    """403 with the reason that the access rule gives."""
    return render(request, "403.html", {"reason": getattr(exception, "reason", "")}, status=403)


def not_found(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    """404: not there, or not for this reader."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; nothing of it is shown."""
    return render(request, "500.html", status=500)
