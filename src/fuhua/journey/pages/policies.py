"""The catalogue of policies, open to everybody: all rules by topic, and one rule with its editions, clauses and cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.journey import access
from fuhua.journey.pages import lines, subjects, values
from fuhua.journey.queries import numbers, profiles
from fuhua.kernel import period
from fuhua.kernel.page import Menu, page
from fuhua.kernel.words import Text, t
from fuhua.policy import catalog
from fuhua.policy.reasoning.profile import read_profile
from fuhua.policy.reasoning.rule import Edition, Rule
from fuhua.policy.reasoning.terms import Bands, ByCode, Exact, Points, Range, Step, Term
from fuhua.policy.reasoning.verdict import judge
from fuhua.policy.words import EVIDENCE, FIRM, SUBJECTS, TOPICS, VERDICTS

_STATES = {"now": t("现行", "in force"), "ended": t("已停止", "ended"), "coming": t("尚未施行", "not yet in force")}


class CatalogueForm(forms.Form):
    """Narrows the catalogue."""

    q = forms.CharField(label=t("查找", "Find"), required=False, max_length=60)
    subject = forms.ChoiceField(label=t("适用对象", "For whom"), required=False, choices=[("", t("全部", "all")), *SUBJECTS.items()])
    state = forms.ChoiceField(label=t("状态", "State"), required=False, choices=[("", t("全部", "all")), *_STATES.items()])


@page("policy/", name="journey:policies", can=access.PUBLIC, title=t("政策", "Policies"), menu=Menu(t("政策", "Policies"), "policy", 30))
def listed(request: HttpRequest) -> HttpResponse:
    """Every rule by topic; for a signed-in reader, first the parties whose policy they may see."""
    form, today = CatalogueForm(request.GET or None), period.day(timezone.now())
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = [_row(rule, today) for rule in catalog.rules()]
    rows = [row for row in found if _fits(row, **{name: chosen.get(name, "") for name in ("q", "subject", "state")})]
    topics = [{"label": label, "rows": [row for row in rows if row["rule"].topic == code]} for code, label in TOPICS.items()]
    return render(
        request,
        "journey/policies.html",
        {
            "form": form,
            "topics": [topic for topic in topics if topic["rows"]],
            "mine": subjects.mine(request.who),
            "total": len(found),
            "officer": access.NUMBERS.opens_for(request.who),
            "operator": access.BENEFITS.opens_for(request.who),
        },
    )


def _row(rule: Rule, today: dt.date) -> dict[str, Any]:
    now = rule.edition(today)
    latest = now or max(rule.editions, key=lambda each: each.until or each.since or dt.date.min)
    code = "now" if now else "coming" if latest.since and latest.since > today else "ended"
    return {
        "rule": rule,
        "url": reverse("journey:policy_about", kwargs={"rule": rule.key}),
        "subject": SUBJECTS[rule.subject],
        "code": code,
        "state": _STATES[code],
        "edition": latest,
        "number": lines.document(latest.source),
        "shaky": latest.source.evidence not in FIRM,
    }


def _fits(row: dict[str, Any], q: str, subject: str, state: str) -> bool:
    rule, wanted = row["rule"], q.strip().casefold()
    texts = [rule.key, *(side for text in (rule.name, rule.about) for side in (text.zh, text.en))]
    texts += [edition.source.number for edition in rule.editions]
    found = any(wanted in text.casefold() for text in texts)
    return found and subject in ("", rule.subject) and state in ("", row["code"])


@page("policy/rules/<slug:rule>/", name="journey:policy_about", can=access.PUBLIC, title=t("一项政策", "A policy"))
def about(request: HttpRequest, rule: str) -> HttpResponse:
    """One rule: for whom, chosen by which date, every edition with its clauses and tables, and the worked cases."""
    found = catalog.rule_of(rule)
    if found is None:
        raise Http404
    today = period.day(timezone.now())
    tables = numbers.tables_on(today)
    editions = [_edition(each, today, tables) for each in reversed(found.editions)]
    instead = [other for other in map(catalog.rule_of, found.instead_of) if other is not None]
    trail = [{"label": t("政策", "Policies"), "url": reverse("journey:policies")}, {"label": found.name, "url": ""}]
    mine = [
        {**each, "url": subjects.rule_url(each["urn"], rule)}
        for each in subjects.mine(request.who)
        if found in profiles.rules_for(each["urn"])
    ]
    return render(
        request,
        "journey/policy_about.html",
        {
            "rule": found,
            "row": _row(found, today),
            "topic": TOPICS[found.topic],
            "editions": editions,
            "trail": trail,
            "instead": instead,
            "cases": [_case(found, each) for each in found.examples],
            "mine": mine,
        },
    )


def _edition(edition: Edition, today: dt.date, tables: dict[str, Exact]) -> dict[str, Any]:
    source = edition.source
    began, over = edition.since is None or edition.since <= today, edition.until is not None and edition.until < today
    return {
        "edition": edition,
        "number": lines.document(source),
        "state": _STATES["ended" if over else "now" if began else "coming"],
        "now": began and not over,
        "source_badge": "" if source.evidence in FIRM else EVIDENCE[source.evidence],
        "dates_badge": "" if edition.dates_rest_on in FIRM else EVIDENCE[edition.dates_rest_on],
        "clauses": [lines.clause(leaf, edition) for leaf in edition.leaves],
        "levels": [each.text for each in edition.levels],
        "items": [
            {"text": item.text, "most": values.in_unit(item.most, "points"), "tables": list(_tables(item.of))}
            for item in edition.items
            if not any(part is not item and isinstance(part, Points) for part in item.walk())
        ],
        "figures": [{"text": figure.text, "worth": figure.worth, "clause": figure.clause} for figure in edition.figures],
        "operators": [
            {"term": term, "value": values.in_unit(tables[term.key], term.unit) if term.key in tables else ""} for term in edition.operators
        ],
        "notes": edition.notes,
    }


def _tables(of: Term) -> Iterator[dict[str, Any]]:
    """The scoring tables below a term, as rows of what is asked and the points."""
    if isinstance(of, Bands):
        rows = [{"when": _step(step, of.of), "points": _points(step.points)} for step in of.steps]
        yield {"of": values.called(of.of), "rows": [*rows, {"when": t("其他", "otherwise"), "points": _points(of.otherwise)}]}
    elif isinstance(of, ByCode):
        yield {
            "of": values.called(of.choice),
            "rows": [{"when": text, "points": _points(of.points.get(code, of.otherwise))} for code, text in of.choice.choices.items()],
        }
    else:
        for part in of.parts:
            yield from _tables(part)


def _step(step: Step, of: Term) -> Text:
    how, value = values.OPERATORS[step.op], values.ranged((step.edge, step.edge), of)
    return Text(f"{how.zh} {value.zh}", f"{how.en} {value.en}")


def _points(points: Exact | Range) -> Text:
    low, high = points if isinstance(points, tuple) else (points, points)
    most = values.in_unit(high, "points")
    return most if low == high else Text(f"{low}–{most.zh}", f"{low}–{most.en}")


def _case(rule: Rule, example: Any) -> dict[str, Any]:
    known = read_profile(example.profile, rule.inputs)
    verdict = judge(rule, known, example.on, example.tables)
    inputs = {one.name: one for one in rule.inputs}
    return {
        "text": example.text,
        "on": example.on,
        "answer": VERDICTS[verdict.answer],
        "level": lines.level(verdict),
        "score": verdict.score,
        "told": [{"label": values.brief(inputs[name].meaning), "value": values.told(inputs[name], value)} for name, value in known.items()],
        "figures": [
            {"label": figure.text, "value": lines.figure(figure.unit, value)}
            for figure, value in verdict.figures
            if figure.key in example.figures
        ],
    }
