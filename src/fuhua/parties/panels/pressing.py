"""How a verb's form is pressed: once, however often it is sent; wrong words come back marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.kernel.once import OnceField
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
