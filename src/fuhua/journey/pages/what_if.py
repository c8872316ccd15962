"""What if a threshold or a date were another: who would gain and who would lose, before anybody decides it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.actions import sequence
from fuhua.journey import access
from fuhua.journey.actions import tries
from fuhua.journey.pages import lines, values
from fuhua.journey.queries import what_if
from fuhua.journey.words import STAYS
from fuhua.kernel.money import BadMoney, fen
from fuhua.kernel.page import page
from fuhua.kernel.words import Text, t
from fuhua.parties.queries import names
from fuhua.parties.words import DISTRICTS
from fuhua.policy import catalog
from fuhua.policy.reasoning.amend import BadAmendment, amendable
from fuhua.policy.reasoning.conditions import Compare
from fuhua.policy.reasoning.exact import read_number
from fuhua.policy.reasoning.profile import BadProfile, in_terms
from fuhua.policy.reasoning.rule import Edition, Rule
from fuhua.policy.reasoning.terms import Exact
from fuhua.policy.words import TOPICS, UNITS, VERDICTS

_MOST = 200  # names shown on a side
_LARGEST = 10**17  # fen, a hundred times all the money a rule looks at
_NO_STAY, _NOWHERE = t("未入驻", "no tenancy"), t("未填所在区", "no district")


class BadThreshold(ValueError):
    """What was written is no value of the clause's unit; ``text`` says how to mend it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class ChoiceForm(forms.Form):
    """Which edition of which rule."""

    edition = forms.ChoiceField(label=t("政策和版本", "Policy and edition"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].choices = [
            (
                label,
                [
                    (f"{rule.key}/{edition.key}", f"{rule.name} {edition.key}")
                    for rule in catalog.rules()
                    if rule.topic == topic
                    for edition in reversed(rule.editions)
                ],
            )
            for topic, label in TOPICS.items()
        ]


class ChangeForm(forms.Form):
    """Other thresholds of the clauses that have one, and other dates; what is left as it is changes nothing."""

    def __init__(self, rule: Rule, edition: Edition, data: Any = None) -> None:
        super().__init__()
        self.edition, self.clauses = edition, {f"bound-{leaf.key}": leaf for leaf in amendable(edition)}
        self.fields["edition"] = forms.CharField(widget=forms.HiddenInput, initial=f"{rule.key}/{edition.key}")
        for name, leaf in self.clauses.items():
            unit = values.unit_between(leaf.of, leaf.bound)
            self.fields[name] = forms.CharField(
                label=leaf.clause.text,
                required=False,
                max_length=30,
                initial=values.declared(leaf.bound.value, unit),
                help_text=_help(leaf, unit),
            )
        for name, label, day in (("since", t("起始日", "From"), edition.since), ("until", t("截止日", "Until"), edition.until)):
            self.fields[name] = forms.DateField(
                label=label, required=False, initial=day, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            )
        if data:  # what an address leaves out stands as it is
            shown = {name: self[name].value() for name in self.fields}
            self.is_bound, self.data = True, {**shown, **{name: data[name] for name in self.fields if name in data}}

    def clean(self) -> dict[str, Any]:
        """The thresholds that differ, in the scale of terms, as ``bounds``; and the dates."""
        given = super().clean() or {}
        bounds: dict[str, Exact] = {}
        for name, leaf in self.clauses.items():
            text = given.get(name) or ""
            try:
                value = read(text, values.unit_between(leaf.of, leaf.bound)) if text.strip() else leaf.bound.value
            except BadThreshold as wrong:
                self.add_error(name, str(wrong.text))
                continue
            if value != leaf.bound.value:
                bounds[leaf.key] = value
        return {**given, "bounds": bounds}


def _help(leaf: Compare, unit: str) -> Text:
    how, words = values.OPERATORS[leaf.op], UNITS.get(unit, Text("", ""))
    return Text(f"{leaf.clause.article} · {how.zh} · {words.zh}".strip(" ·"), f"{how.en} · {words.en}".strip(" ·"))


def read(text: str, unit: str) -> Exact:
    """A threshold as people write it in its unit (元 or 万元, percent, a date, a number), in the scale of terms."""
    text = text.strip()
    try:
        if unit == "CNY":
            found = fen(text)
        elif unit == "date":
            found = dt.date.fromisoformat(text).toordinal()
        else:
            found = in_terms(unit, read_number(text))
    except (BadMoney, BadProfile) as wrong:
        raise BadThreshold(wrong.text) from wrong
    except ValueError as wrong:
        raise BadThreshold(
            t("请按单位填写数字或日期（收到“{text}”）", "give a number or a date in its unit (got “{text}”)").format(text=text)
        ) from wrong
    if abs(found) > _LARGEST:
        raise BadThreshold(t("数值过大", "the number is too large"))
    return found


@page("policy/what-if/", name="journey:policy_what_if", can=access.WHAT_IF, title=t("政策测算", "What if"), methods=("GET", "POST"))
def shown(request: HttpRequest) -> HttpResponse:
    """Choose an edition, change thresholds or dates, and see whom it touches; who looked is kept on record."""
    given = request.POST if request.method == "POST" else request.GET
    rule, edition = _chosen(given.get("edition", ""))
    form, found = None, None
    if rule is not None and edition is not None:
        form = ChangeForm(rule, edition, request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            found = _run(rule, edition, form, request.who.urn)
    return render(
        request,
        "journey/policy_what_if.html",
        {
            "choose": ChoiceForm(initial={"edition": given.get("edition", "")}),
            "form": form,
            "rule": rule,
            "edition": edition,
            "number": lines.document(edition.source) if edition else "",
            "result": found,
        },
        status=422 if form is not None and form.errors else 200,
    )


def _chosen(written: str) -> tuple[Rule | None, Edition | None]:
    key, _slash, edition = written.partition("/")
    rule = catalog.rule_of(key)
    found = next((each for each in rule.editions if each.key == edition), None) if rule else None
    return (rule, found) if found else (None, None)


def _run(rule: Rule, edition: Edition, form: ChangeForm, by: str) -> dict[str, Any] | None:
    given, now = form.cleaned_data, timezone.now()
    sequence.catch_up(at=now)  # what was told a moment ago counts too
    try:
        changes = {"bounds": given["bounds"], "since": given["since"], "until": given["until"]}
        found = tries.try_out(rule=rule, edition=edition.key, by=by, at=now, **changes)
    except BadAmendment as wrong:
        form.add_error(None, str(wrong.text))
        return None
    called = {} if rule.subject == "person" else names([*found.all.gain, *found.all.lose])
    changed = [
        {"label": leaf.clause.text, "before": _bound(leaf, leaf.bound.value), "after": _bound(leaf, given["bounds"][leaf.key])}
        for leaf in form.clauses.values()
        if leaf.key in given["bounds"]
    ]
    dates = [
        {
            "label": form[name].label,
            "before": values.in_unit(day.toordinal(), "date") if day else "",
            "after": values.in_unit(given[name].toordinal(), "date"),
        }
        for name, day in (("since", edition.since), ("until", edition.until))
        if given[name] and given[name] != day
    ]
    return {
        "found": found,
        "changed": [*changed, *dates],
        "counts": _counts(found),
        "gain": _named(found.all.gain, called),
        "lose": _named(found.all.lose, called),
        "people": rule.subject == "person",
        "places": _sides(found.by_district, DISTRICTS, _NOWHERE),
        "stages": _sides(found.by_stage, STAYS, _NO_STAY),
        "cost": None if 0 < len(found.all.gain) + len(found.all.lose) == found.uncounted else values.amount(found.cost),
        "more": len(called) > _MOST,
    }


def _bound(leaf: Compare, value: Exact) -> Text:
    return lines.joined(values.OPERATORS[leaf.op], values.in_unit(value, values.unit_between(leaf.of, leaf.bound)))


def _counts(found: what_if.WhatIf) -> list[dict[str, Any]]:
    return [
        {"label": label, "before": str(found.before.get(code, 0)), "after": str(found.after.get(code, 0))}
        for code, label in VERDICTS.items()
    ]


def _named(urns: list[str], called: dict[str, str]) -> list[dict[str, str]]:
    """Organisations by name; people are counted and never named."""
    known = [urn for urn in urns if urn in called][:_MOST]
    rows = [{"name": called[urn], "url": reverse("parties:organisation", kwargs={"urn": urn})} for urn in known]
    return sorted(rows, key=lambda row: row["name"])


def _sides(found: Any, words: dict[str, Text], otherwise: Text) -> list[dict[str, Any]]:
    rows = [{"label": words.get(code, otherwise), "gain": len(sides.gain), "lose": len(sides.lose)} for code, sides in found.items()]
    return sorted(rows, key=lambda row: -(row["gain"] + row["lose"]))
