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
from fuhua.kernel.words import Text, t
from fuhua.parties.actions.once import once

Act = Callable[[dict[str, Any], str, dt.datetime], Any]


class PressForm(forms.Form):
    """A form that is done once."""

    once = OnceField()


def area(rows: int = 3) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


def choices(words: dict[str, Text]) -> list[tuple[str, Any]]:
    """What a list offers, with the question first."""
    return [("", t("请选择", "choose")), *words.items()]


def press(request: HttpRequest, form: forms.Form, act: Act, url: str, done: Text) -> HttpResponse | None:
    """Do ``act(said, by, at)`` once and lead to ``url``; None when the form is wrong or the act refuses: then the form says why."""
    if not form.is_valid():
        return None
    at = timezone.now()

    def do() -> str:
        act(form.cleaned_data, request.who.urn, at)
        return url

    try:
        led_to = once(request.who.account_id, form.cleaned_data["once"], do, at=at)
    except BadFact as wrong:
        form.add_error(None, str(wrong.text))
        return None
    messages.success(request, done)
    return HttpResponseRedirect(led_to)
