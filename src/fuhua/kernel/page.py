"""Pages: a view is declared with its path and its access rule, and the URL table derives from the declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.core.checks import CheckMessage, Error, Tags, register
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.urls import path as django_path

from fuhua.kernel.access import Forbidden, Rule
from fuhua.kernel.registry import Registry
from fuhua.kernel.stale import from_here, stale
from fuhua.kernel.words import Text

View = Callable[..., HttpResponse]
_DIGITS = 19  # a number of fewer digits fits the key of a row in either database


@dataclass(frozen=True)
class Menu:
    """A place in the main menu: its label, an icon name of the UI set, and its rank (smaller comes first)."""

    label: Text
    icon: str
    rank: int


@dataclass(frozen=True)
class Page:
    """One route: ``engine:name``, its path, rule, allowed methods, title and menu place, and whether it takes ``files``."""

    name: str
    path: str
    rule: Rule
    methods: tuple[str, ...]
    title: Text
    view: View
    menu: Menu | None = None
    hidden: bool = True
    files: bool = False

    def guarded(self) -> View:
        """The view behind its gate: hidden is 404, as is a number that no row can have; a forbidden verb is 403 with the reason."""

        @wraps(self.view)
        def gate(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if any(isinstance(value, int) and value >= 10 ** (_DIGITS - 1) for value in kwargs.values()):
                raise Http404
            if request.method not in self.methods and not (request.method == "HEAD" and "GET" in self.methods):
                above = _above(request) if request.method == "GET" and "text/html" in request.headers.get("Accept", "") else ""
                return HttpResponseRedirect(above) if above else HttpResponseNotAllowed(self.methods)
            who = request.who  # type: ignore[attr-defined]
            if not self.rule.opens_for(who):
                if not who.signed_in:
                    sent = request.method == "POST" and from_here(request)
                    return stale(request) if sent else redirect_to_login(request.get_full_path())
                if self.hidden:
                    raise Http404
                raise Forbidden(self.rule.reason)
            return self.view(request, **kwargs)

        gate.page = self  # type: ignore[attr-defined]
        return gate


def _above(request: HttpRequest) -> str:
    """The nearest page above a verb's address that can be looked at, or blank.

    A form that came back with errors stands at the verb's address, so that is what people reload, keep, or change the language of.
    """
    parts = request.path.rstrip("/").split("/")
    for last in range(len(parts) - 1, 1, -1):
        path = "/".join(parts[:last]) + "/"
        found = page_at(path)
        if found and "GET" in found.methods:
            return path
    return ""


def page_at(path: str) -> Page | None:
    """The declared page at this path of the site, if there is one."""
    try:
        return getattr(resolve(path).func, "page", None)
    except Resolver404:
        return None


PAGES: Registry[Page] = Registry("pages", key=lambda page: page.name)


def page(
    path: str, *, name: str, can: Rule, title: Text, methods: tuple[str, ...] = ("GET",), menu: Menu | None = None, files: bool = False
) -> Callable[[View], View]:
    """Declare a view as the page ``name`` (``engine:thing``) at ``path`` under the rule ``can``.

    A page that only takes POST is a verb: whoever may not use it gets 403 and the reason. All else hides as 404.
    Only a page that declares ``files`` is sent bodies long enough to hold one.
    """

    def declare(view: View) -> View:
        PAGES.add(Page(name, path, can, methods, title, view, menu, hidden="GET" in methods, files=files))
        return view

    return declare


def whole(text: str) -> int | None:
    """The whole number from 0 up that the text writes in plain digits, or None; no longer than a key of a row can be."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < _DIGITS else None


def number(request: HttpRequest, name: str) -> int | None:
    """The parameter ``name`` (of the form when one is posted, else of the address) as :func:`whole` reads it."""
    return whole((request.POST if request.method == "POST" else request.GET).get(name, ""))


def sent(request: HttpRequest) -> tuple[Any, ...]:
    """What a form is bound to on a page that takes no files."""
    return (request.POST,)


def sent_with_files(request: HttpRequest) -> tuple[Any, ...]:
    """What a form is bound to on a page that takes files."""
    return (request.POST, request.FILES)


def newest(request: HttpRequest, rows: Any, size: int, **kept: str) -> tuple[list[Any], str]:
    """The newest ``size`` of the rows, below ``?before`` if it is given, and the address of the older ones (blank: there are none).

    ``rows`` come newest first by their keys; ``kept`` are the arguments that the address keeps, those that are not blank.
    """
    before = number(request, "before")
    found = list((rows if before is None else rows.filter(pk__lt=before))[: size + 1])
    told = {**{name: value for name, value in kept.items() if value}, "before": str(found[size - 1].pk)} if len(found) > size else {}
    return found[:size], f"?{urlencode(told)}" if told else ""


def urlpatterns(engine: str) -> list[URLPattern]:
    """The URL patterns of one engine's declared pages."""
    return [
        django_path(page.path, page.guarded(), name=page.name.split(":", 1)[1])
        for page in PAGES
        if page.name.startswith(f"{engine}:")
    ]


_NOT_OURS = ("allauth.", "django.views.static", "django.contrib.staticfiles.")


def undeclared(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every route below ``resolver`` that is neither a declared page nor of sign-in or static files."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            module = getattr(pattern.urlconf_name, "__name__", "")
            if not f"{module}.".startswith(_NOT_OURS):
                yield from undeclared(pattern, route)
        elif not hasattr(pattern.callback, "page") and not f"{pattern.callback.__module__}.".startswith(_NOT_OURS):
            yield route


@register(Tags.urls)
def every_route_is_a_page(**_options: Any) -> list[CheckMessage]:
    """A system check: a route without an access rule must not exist."""
    return [
        Error(f"The route {route!r} has no access rule.", id="page.E001",
              hint="Declare its view with @page(…, can=RULE) in the engine's pages room.")
        for route in undeclared(get_resolver())
    ]
