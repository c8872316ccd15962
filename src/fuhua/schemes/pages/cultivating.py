"""How verbs of appraisals, plans and appeals are pressed: hidden is 404, not yours is 403, wrong words come back marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fuhua.kernel.access import Rule
from fuhua.kernel.page import PAGES
from fuhua.kernel.words import Text
from fuhua.parties.panels.pressing import Pressed

Act = Callable[[Any, Any, dict[str, Any], dict[str, Any]], Any]
FormOf = Callable[[HttpRequest, Any], forms.Form]


def pressed(name: str, find: Callable[[HttpRequest, int], Any], shown: Callable[..., HttpResponse]) -> Pressed:
    """Appraisals, plans or appeals; an act may give the address of what it made."""
    return Pressed(f"schemes/{name}s/", f"schemes:{name}", find, shown,
                   lambda row, found: found or reverse(f"schemes:{name}", kwargs={"pk": row.pk}))


def verb_page(thing: Pressed, verb: str, can: Rule, words: tuple[Text, Text], form_of: FormOf, act: Act) -> None:
    """Declare the page of a verb (title and what is said when it is done); ``act(row, who, said, {by, at})`` may give an address."""
    thing.verb(verb, can, *words, form_of, lambda request, row, form, told: act(row, request.who, form.cleaned_data, told))


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
