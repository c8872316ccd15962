"""The policy board of one subject, one verdict explained, the board as a table to keep, and answers given on both."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.desk.queries import asks
from fuhua.evidence.facts import BadFact
from fuhua.journey import access, facts
from fuhua.journey.actions import profiles as actions
from fuhua.journey.pages import lines, subjects, verdicts
from fuhua.journey.pages.input_forms import InputsForm
from fuhua.journey.queries import benefits, board, profiles
from fuhua.journey.words import STANDINGS
from fuhua.kernel import period
from fuhua.kernel.page import page
from fuhua.kernel.sheet.writing import harmless
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.parties.queries import names
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.words import SUBJECTS


@page("policy/of/<str:urn>/", name="journey:policy", can=access.SUBJECTS, title=t("我的政策", "My policies"))
def one(request: HttpRequest, urn: str) -> HttpResponse:
    """What the subject can get, what it lacks, by when, under which clause, what it is worth, and what to answer next."""
    return _board(request, subjects.subject_of(request, urn))


def _board(request: HttpRequest, party: Any, form: InputsForm | None = None) -> HttpResponse:
    now = timezone.now()
    found = board.board(party.urn, period.day(now))
    asked = found.questions[0] if found.questions else None
    if form is None and asked is not None:
        form = InputsForm([asked], found.profile.known)
    wanting = {line.rule.key: line.wanting for line in found.lines}
    return render(
        request,
        "journey/policy.html",
        {
            "party": party,
            "trail": subjects.trail(party),
            "groups": lines.groups(found.lines, party.urn),
            "form": form,
            "asked": asked,
            "touched": _touched(found, asked),
            "open": len(found.questions),
            "counts": {key: len(rows) for key, rows in found.by_standing.items()},
            "worth": found.worth,
            "partly": any(wanting[line.rule.key] for line in found.by_standing["eligible"]),
            "total": len(found.lines),
            "known": len(found.profile.known),
            "applied": _applied(request, found.lines),
            "readers": _readers(request, party, now),
            "sort": SUBJECTS[found.lines[0].rule.subject] if found.lines else "",
            "today": found.profile.on,
            "told_by_others": sum(origin.kind != facts.ValueStated.KIND for origin in found.profile.origins.values()),
        },
        status=422 if form is not None and form.is_bound else 200,
    )


def _touched(found: board.Board, asked: Input | None) -> int:
    """How many verdicts, or what they are worth, wait for the question."""
    return sum(asked in (*line.verdict.missing, *line.wanting) for line in found.lines)


def _applied(request: HttpRequest, found: list[board.Line]) -> dict[str, Any]:
    """Rule → the day of its application and the case, where the reader may open it."""
    told = {line.rule.key: line.applied for line in found if line.applied is not None}
    rows = asks.listed(request.who).filter(urn__in=[record.fact.ask for record in told.values()]) if told else []
    cases = {row.urn: reverse("desk:ask", kwargs={"pk": row.pk}) for row in rows}
    return {key: {"day": record.true_from, "url": cases.get(record.fact.ask, "")} for key, record in told.items()}


def _readers(request: HttpRequest, party: Any, now: Any) -> list[dict[str, Any]]:
    """The incubators where the subject lives, and whether each may see what it could benefit from."""
    if not access.SHARES.may(request.who, party):
        return []
    return [
        {
            "house": house,
            "consent": consent,
            "key": f"stop-{house.pk}",
            "share": reverse("journey:policy_share", kwargs={"urn": party.urn, "reader": house.pk}),
            "stop": reverse("journey:policy_unshare", kwargs={"urn": party.urn, "reader": house.pk}),
        }
        for house, consent in benefits.readers(party, now)
    ]


@page("policy/of/<str:urn>/rules/<slug:rule>/", name="journey:policy_rule", can=access.SUBJECTS, title=t("政策结论", "Policy verdict"))
def explained(request: HttpRequest, urn: str, rule: str) -> HttpResponse:
    """One verdict with every clause, score, shortfall, way and figure."""
    party = subjects.subject_of(request, urn)
    return _rule(request, party, rule)


def _rule(request: HttpRequest, party: Any, key: str, form: InputsForm | None = None) -> HttpResponse:
    rule, today = subjects.rule_of(party, key), period.day(timezone.now())
    line = board.one(party.urn, rule, today)
    profile = profiles.profile_of(party.urn, today)
    if form is None:
        missing = tuple(dict.fromkeys([*line.verdict.missing, *line.wanting]))
        form = InputsForm(missing, profile.known) if missing else None
    return render(
        request,
        "journey/policy_rule.html",
        {
            "party": party,
            "trail": subjects.trail(party, (rule.name, "")),
            "rule": rule,
            "form": form,
            **verdicts.explained(line, profile),
            "applied": _applied(request, [line]).get(rule.key),
            "told_by": names({each.by for each in profile.origins.values()}),
        },
        status=422 if form is not None and form.is_bound else 200,
    )


@page("policy/of/<str:urn>/answer/", name="journey:policy_answer", can=access.SUBJECTS, title=t("填写资料", "Answer"), methods=("POST",))
def answered(request: HttpRequest, urn: str) -> HttpResponse:
    """Take the answers of the board or of a rule's page, judge again, and go back there."""
    party = subjects.subject_of(request, urn)
    key, now = request.POST.get("back_to", ""), timezone.now()
    if key:
        subjects.rule_of(party, key)  # 404 before anything is kept
    asked = {one.name: one for rule in profiles.rules_for(party.urn) for one in rule.inputs}
    known = profiles.profile_of(party.urn, period.day(now)).known
    form = InputsForm([asked[name] for name in request.POST if name in asked], known, request.POST)
    if not form.inputs:
        raise Http404
    if not form.is_valid() or not _taken(request, party, form, now):
        return _rule(request, party, key, form) if key else _board(request, party, form)
    return (
        redirect("journey:policy_rule", urn=party.urn, rule=subjects.rule_of(party, key).key)
        if key
        else redirect("journey:policy", urn=party.urn)
    )


def _taken(request: HttpRequest, party: Any, form: InputsForm, now: Any) -> bool:
    """Whether the answers went on record; if not, the form says why."""
    values, who = form.changed(), request.who
    if not values:
        messages.info(request, t("没有新的内容", "nothing new was told"))
        return True
    try:
        actions.answer(subject=party.urn, values=values, by=who.urn, at=now, on_behalf=subjects.on_behalf(who, party))
    except BadFact as wrong:
        form.add_error(None, str(wrong.text))
        return False
    messages.success(request, t("已记录 {n} 项，结论已重新判断", "{n} recorded, and judged again").format(n=len(values)))
    return True


@page("policy/of/<str:urn>/policy.csv", name="journey:policy_table", can=access.SUBJECTS, title=t("导出政策清单", "Export the policies"))
def table(request: HttpRequest, urn: str) -> HttpResponse:
    """The board as CSV (UTF-8 with a mark, so that spreadsheets read it)."""
    party = subjects.subject_of(request, urn)
    found = board.board(party.urn, period.day(timezone.now()))
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(
        [
            t("政策", "policy"),
            t("结论", "standing"),
            t("还差什么", "what is lacking"),
            t("文件", "document"),
            t("条款", "clause"),
            t("期限", "deadline"),
            t("每年价值（元）", "worth a year (yuan)"),
            t("凭记忆或有冲突", "rests on memory"),
        ]
    )
    for line in found.lines:
        rows.writerow([harmless(str(cell)) for cell in _cells(lines.shown(line, party.urn), line)])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="policy.csv"'
    return answer


def _cells(row: dict[str, Any], line: board.Line) -> list[Any]:
    lacking = row["way"]["changes"] if row["way"] else [row["day"]] if row["day"] else [*row["missing"], *row["open"]] or [row["why"]]
    clauses = row["clauses"] or [{"document": "", "article": "", "text": ""}]
    return [
        row["name"],
        STANDINGS[line.standing],
        _listed(lacking),
        clauses[0]["document"],
        _listed(f"{each['article']} {each['text']}".strip() for each in clauses),
        line.deadline or "",
        "" if line.worth is None else f"{formats.decimal(line.worth) / 100:.2f}",
        t("是", "yes") if row["memory"] else "",
    ]


def _listed(cells: Any) -> str:
    return str(t("；", "; ")).join(str(cell) for cell in cells)
