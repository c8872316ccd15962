"""How a page of talents offers verbs and takes them: each form once, hidden rows 404, a verb that is not yours 403, wrong words marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fuhua.kernel.access import Rule
from fuhua.kernel.words import Text
from fuhua.parties.panels.pressing import Pressed, PressForm

Form = Callable[..., forms.Form]
Act = Callable[[Any, Any, dict[str, Any], dict[str, Any]], Any]


@dataclass(frozen=True)
class Verb:
    """One verb of a thing: who may, when (by the row), its form, and what it does with ``row, who, said`` and ``by`` and ``at``."""

    key: str
    can: Rule
    title: Text
    done: Text
    act: Act
    form: Form = PressForm
    told: Callable[[Any, Any], dict[str, Any]] = lambda _row, _who: {}
    when: Callable[[Any, Any], bool] = lambda _row, _who: True
    note: Text | str = ""
    danger: bool = False
    folded: bool = False

    def made(self, row: Any, who: Any, *sent: Any) -> forms.Form:
        """The form, with what it must know of the row and the reader."""
        return self.form(*sent, prefix=self.key, auto_id=f"id_{self.key}_%s", **self.told(row, who))


@dataclass(frozen=True)
class Thing:
    """A thing with a page: ``get`` finds the row or 404s, ``shown`` answers its page with forms that came back marked."""

    name: str
    path: str
    get: Callable[[HttpRequest, int], Any]
    shown: Callable[[HttpRequest, Any, Mapping[str, forms.Form], int], HttpResponse]
    verbs: dict[str, Verb] = field(default_factory=dict)

    def declare(self, verb: Verb) -> None:
        """Declare the page of one verb."""
        self.verbs[verb.key] = verb
        pressed = Pressed(self.path, f"schemes:{self.name}", self.get, self.shown,
                          lambda row, _found: reverse(f"schemes:{self.name}", kwargs={"pk": row.pk}))
        pressed.verb(verb.key, verb.can, verb.title, verb.done,
                     lambda request, row: verb.made(row, request.who, request.POST, request.FILES),
                     lambda request, row, form, told: verb.act(row, request.who, form.cleaned_data, told))

    def offered(self, row: Any, who: Any, wrong: Mapping[str, forms.Form]) -> list[dict[str, Any]]:
        """The verbs that the reader may press now, each with its form, those that came back marked first."""
        found = [{"key": verb.key, "title": verb.title, "note": verb.note, "danger": verb.danger,
                  "folded": verb.folded and verb.key not in wrong, "form": wrong.get(verb.key) or verb.made(row, who),
                  "url": reverse(f"schemes:{self.name}_{verb.key}", kwargs={"pk": row.pk})}
                 for verb in self.verbs.values() if verb.key in wrong or (verb.when(row, who) and verb.can.may(who, row))]
        return sorted(found, key=lambda each: each["key"] not in wrong)

    def folds(self, row: Any, who: Any, wrong: Mapping[str, forms.Form]) -> dict[str, list[dict[str, Any]]]:
        """The same in two parts: ``first``, what stands open at the top of the page, and ``more``, what is folded at its end."""
        found = self.offered(row, who, wrong)
        return {"first": [each for each in found if not each["folded"]], "more": [each for each in found if each["folded"]]}
