"""Reads of rosters for their pages: lists, the rows of one verdict, questions that wait, and what was entered."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import NoReverseMatch, reverse

from fuhua.desk import access, models
from fuhua.desk.queries.returned import said
from fuhua.desk.words import INTAKES, VERDICTS, IntakeState, Verdict
from fuhua.kernel.roster import ROSTERS, propose
from fuhua.kernel.words import Text
from fuhua.parties.queries import names

PAGE = 50
WORKING = (IntakeState.CHECKING, IntakeState.ENTERING)


def listed(who: Any) -> QuerySet[models.Intake]:
    """The rosters this person may see, newest first."""
    return access.SEES_INTAKE.filter(who, models.Intake.objects.all()).select_related("by").order_by("-pk")


def shown(intake: models.Intake) -> dict[str, Any]:
    """An intake as a page shows it: its roster and state in words, and how many rows are what."""
    return {"it": intake, "roster": ROSTERS[intake.roster], "state": INTAKES[intake.state], "working": intake.state in WORKING,
            "trouble": Text(*intake.trouble) if intake.trouble else None,
            "counts": [{"verdict": name, "label": VERDICTS[name], "n": getattr(intake, name)}
                       for name in ("new", "changed", "unchanged", "repeated", "wrong", "waiting")]}


def columns(intake: models.Intake) -> list[dict[str, Any]]:
    """Each header with samples, the field it is read as, and how sure the proposal is (percent)."""
    roster = ROSTERS[intake.roster]
    guesses = propose(roster, intake.headers)
    return [
        {"index": index, "header": header, "field": intake.mapping.get(str(index), ""),
         "samples": [sample[index] for sample in intake.samples if index < len(sample) and sample[index]],
         "confidence": guesses[index].confidence if index in guesses else None}
        for index, header in enumerate(intake.headers) if header
    ]


def rows(intake: models.Intake, verdict: str, after: int) -> tuple[list[dict[str, Any]], int | None]:
    """One page of rows of a verdict after a row number, and where the next page begins (None at the end)."""
    found = list(intake.rows.filter(verdict=verdict, number__gt=after).order_by("number")[: PAGE + 1])
    roster = ROSTERS[intake.roster]
    page = [{"number": row.number, "cells": [cell for cell in row.cells if cell is not None][:6],
             "said": said(intake, row) if row.verdict in (Verdict.WRONG, Verdict.REPEATED) else "",
             "changes": [{"label": roster.column(name).title, "before": before, "after": after_}
                         for name, before, after_ in row.changes]} for row in found[:PAGE]]
    return page, found[PAGE - 1].number if len(found) > PAGE else None


def questions(intake: models.Intake) -> list[dict[str, Any]]:
    """What officers are asked: which organisation is meant; each question once, with how many rows wait for it."""
    asked = list(intake.rows.filter(verdict=Verdict.WAITING).values("question").annotate(n=Count("pk"), first=Min("number"))
                 .order_by("first")[:PAGE])
    firsts = {row.number: row for row in intake.rows.filter(number__in=[each["first"] for each in asked])}
    found = []
    for each in asked:
        about = next(one for one in firsts[each["first"]].candidates if one["question"] == each["question"])
        options = [{**option, "reasons": [Text(*reason) for reason in option["reasons"]]} for option in about["options"]]
        found.append({"question": each["question"], "n": each["n"], "first": each["first"], "name": about["name"],
                      "code": about["code"], "options": options})
    return found


def entered(intake: models.Intake) -> list[dict[str, Any]]:
    """The first rows entered: whom they are about and the facts they told."""
    records = list(intake.records.order_by("number")[:PAGE])
    called = names([record.subject for record in records])
    return [{"number": record.number, "name": called.get(record.subject, record.subject),
             "facts": [{"digest": digest, "url": _fact_url(digest)} for digest, _mark in record.facts.values() if digest]}
            for record in records]


def _fact_url(digest: str) -> str:
    try:
        return reverse("front:fact", args=[digest])
    except NoReverseMatch:
        return ""
