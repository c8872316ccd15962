"""The profile of a subject: everything rules ask of it on one page, filled with what is known and where that is from."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.journey import access, facts
from fuhua.journey.actions import profiles as actions
from fuhua.journey.pages import subjects, verdicts
from fuhua.journey.pages.input_forms import InputsForm
from fuhua.journey.queries import profiles
from fuhua.kernel import period
from fuhua.kernel.page import page
from fuhua.kernel.words import t
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.words import TOPICS

_BY_TITLE = frozenset({facts.TitleAwarded.KIND, facts.TitleEnded.KIND})  # what a title on record says is not typed in again


@page(
    "policy/of/<str:urn>/profile/",
    name="journey:policy_profile",
    can=access.SUBJECTS,
    title=t("政策资料", "Answers for policy"),
    methods=("GET", "POST"),
)
def profile(request: HttpRequest, urn: str) -> HttpResponse:
    """Every input asked of the subject, prefilled; only what is new goes on record."""
    party, now = subjects.subject_of(request, urn), timezone.now()
    known, asked = profiles.profile_of(party.urn, period.day(now)), _asked(party.urn)
    if not asked:
        raise Http404
    open_ones = [one for one, _topic, _count in asked if not _held(known, one)]
    form = InputsForm(open_ones, known.known, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        answers = form.changed()
        try:
            actions.answer(subject=party.urn, values=answers, by=request.who.urn, at=now, on_behalf=subjects.on_behalf(request.who, party))
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
        else:
            messages.success(
                request,
                t("已记录 {n} 项，结论已重新判断", "{n} recorded, and judged again").format(n=len(answers))
                if answers
                else t("没有新的内容", "nothing new was told"),
            )
            return redirect("journey:policy", urn=party.urn)
    return _shown(request, party, known, asked, form)


def _shown(
    request: HttpRequest, party: Any, known: profiles.Profile, asked: list[tuple[Input, str, int]], form: InputsForm
) -> HttpResponse:
    sources = {row["one"].name: row for row in verdicts.sources(known, [one for one, _topic, _count in asked])}
    groups: dict[str, list[dict[str, Any]]] = {}
    for one, topic, count in asked:
        row = sources[one.name]
        groups.setdefault(topic, []).append({**row, "bound": form[one.name] if one.name in form.fields else None, "count": count})
    return render(
        request,
        "journey/policy_profile.html",
        {
            "party": party,
            "trail": subjects.trail(party, (t("全部资料", "All answers"), "")),
            "form": form,
            "wrong": [bound for bound in form if bound.errors],
            "total": len(asked),
            "known": sum(row["known"] for row in sources.values()),
            "groups": [
                {"code": code, "label": TOPICS[code], "rows": rows, "known": sum(row["known"] for row in rows)}
                for code, rows in groups.items()
            ],
        },
        status=422 if form.is_bound else 200,
    )


def _asked(urn: str) -> list[tuple[Input, str, int]]:
    """Every input that some rule asks of this sort of subject, with the topic that asks first and how many rules ask."""
    found: dict[Input, list[str]] = {}
    for rule in profiles.rules_for(urn):
        for one in rule.inputs:
            found.setdefault(one, []).append(rule.topic)
    return [(one, topics[0], len(topics)) for one, topics in found.items()]


def _held(known: profiles.Profile, one: Input) -> bool:
    """Whether a title on record answers the input."""
    origin = known.origins.get(one.name)
    return origin is not None and origin.kind in _BY_TITLE
