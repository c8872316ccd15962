"""How verbs of appraisals, plans and appeals are pressed: hidden is 404, not yours is 403, wrong words come back marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fuhua.kernel.access import Forbidden, Rule
from fuhua.kernel.page import PAGES, page
from fuhua.kernel.words import Text
from fuhua.parties.panels.pressing import press

Act = Callable[[Any, Any, dict[str, Any], dict[str, Any]], Any]
FormOf = Callable[[HttpRequest, Any], forms.Form]


@dataclass(frozen=True)
class Thing:
    """What verbs are pressed on: the first part of its pages' path and name, how the reader finds one, and how it is shown."""

    path: str
    name: str
    find: Callable[[HttpRequest, int], Any]
    shown: Callable[..., HttpResponse]


def verb_page(thing: Thing, verb: str, can: Rule, words: tuple[Text, Text], form_of: FormOf, act: Act) -> None:
    """Declare the page of a verb (title and what is said when it is done); ``act(row, who, said, {by, at})`` may give an address."""
    title, done = words

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        row, who = thing.find(request, pk), request.who
        if not can.may(who, row):
            raise Forbidden(can.reason)
        form = form_of(request, row)
        home = reverse(f"schemes:{thing.name}", kwargs={"pk": row.pk})
        led = press(request, form, lambda said, by, at: act(row, who, said, {"by": by, "at": at}) or home, "", done)
        return led or thing.shown(request, thing.find(request, pk), {verb: form}, status=422)

    view.__name__, view.__doc__ = f"{thing.name}_{verb}", title.en
    page(f"{thing.path}/<int:pk>/{verb.replace('_', '-')}/", name=f"schemes:{thing.name}_{verb}", can=can, title=title,
         methods=("POST",))(view)


def plain(verb: str, form: type[forms.Form]) -> FormOf:
    """A form that needs nothing of the row."""
    return lambda request, _row: form(request.POST, request.FILES, prefix=verb)


def offered(thing: str, row: Any, verb: str, form: forms.Form) -> dict[str, Any]:
    """A verb as templates show it: its title, where it goes, and its form."""
    name = f"schemes:{thing}_{verb}"
    return {"verb": verb, "title": PAGES[name].title, "url": reverse(name, kwargs={"pk": row.pk}), "form": form}


def wrong_ones(thing: str, row: Any, wrong: dict[str, forms.Form] | None) -> list[dict[str, Any]]:
    """The forms that came back marked, to stand at the top."""
    return [offered(thing, row, verb, form) for verb, form in (wrong or {}).items()]
