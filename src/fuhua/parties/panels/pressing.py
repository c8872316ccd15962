"""How verbs are pressed: hidden is 404, not yours is 403, done once however often it is sent; wrong words come back marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.kernel.access import Forbidden, Rule
from fuhua.kernel.once import OnceField
from fuhua.kernel.page import page
from fuhua.kernel.questions import BadValue
from fuhua.kernel.words import Text
from fuhua.parties.actions.once import once

Act = Callable[[dict[str, Any], str, dt.datetime], Any]


class PressForm(forms.Form):
    """A form that is done once."""

    once = OnceField()


def press(request: HttpRequest, form: forms.Form, act: Act, url: str, done: Text) -> HttpResponse | None:
    """Do ``act(said, by, at)`` once and lead to ``url``, or, where that is blank, to the address that the act gives.

    None when the form is wrong or the act refuses: then the form says why.
    """
    if not form.is_valid():
        return None
    at = timezone.now()

    def do() -> str:
        found = act(form.cleaned_data, request.who.urn, at)
        return url or found

    try:
        led_to = once(request.who.account_id, form.cleaned_data.get("once", ""), do, at=at)
    except (BadFact, BadValue) as wrong:
        form.add_error(None, str(wrong.text))
        return None
    messages.success(request, done)
    return HttpResponseRedirect(led_to)


@dataclass(frozen=True)
class Pressed:
    """What verbs are pressed on: the ``path`` and the ``name`` (``engine:thing``) that its verbs' pages begin with, and how it is found.

    ``find(request, pk)`` gives the row or 404. ``shown(request, row, wrong, status)`` answers its page with forms that came back marked,
    by verb. ``after(row, found)`` is the address to go on from, by what the act gave.
    """

    path: str
    name: str
    find: Callable[[HttpRequest, int], Any]
    shown: Callable[[HttpRequest, Any, dict[str, forms.Form], int], HttpResponse]
    after: Callable[[Any, Any], str]

    def verb(
        self, verb: str, can: Rule, title: Text, done: Text, form_of: Callable[[HttpRequest, Any], forms.Form],
        act: Callable[[HttpRequest, Any, Any, dict[str, Any]], Any],
    ) -> None:
        """Declare the page of a verb; ``act`` gets the request, the row, the valid form, and ``by`` and ``at``."""

        def view(request: HttpRequest, pk: int) -> HttpResponse:
            row = self.find(request, pk)
            if not can.may(request.who, row):
                raise Forbidden(can.reason)
            form = form_of(request, row)
            led = press(request, form, lambda _said, by, at: self.after(row, act(request, row, form, {"by": by, "at": at})), "", done)
            return led or self.shown(request, self.find(request, pk), {verb: form}, 422)

        view.__name__, view.__doc__ = verb, title.en
        page(f"{self.path}<int:pk>/{verb.replace('_', '-')}/", name=f"{self.name}_{verb}", can=can, title=title, methods=("POST",),
             files=True)(view)  # any verb's form may ask for one
