"""Everything the page of one verdict shows: clauses, score, ways, cliffs, figures, what its title unlocks, what it rests on."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from fuhua.evidence.words import Grade
from fuhua.journey.pages import lines, values
from fuhua.journey.pages.subjects import rule_url
from fuhua.journey.queries import numbers, profiles
from fuhua.journey.queries.board import Line
from fuhua.journey.words import PAPERS, STANDINGS
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.policy import catalog, titles
from fuhua.policy.words import ELIGIBLE, STATES, TOPICS, VERDICTS

LIGHTS = {"met": "good", "unmet": "critical", "unknown": "unknown"}


def explained(line: Line, profile: profiles.Profile) -> dict[str, Any]:
    """The context of the page of one rule for one subject."""
    verdict, rule = line.verdict, line.rule
    alone = {state.leaf: found for state, found in line.shortfalls()}
    clauses = [lines.state_of(state, verdict.edition, alone.get(state.leaf, []), verdict) for state in verdict.clauses]
    return {
        "row": lines.shown(line, profile.subject),
        "verdict": verdict,
        "answer": VERDICTS[verdict.answer],
        "edition": verdict.edition,
        "number": lines.document(verdict.edition.source) if verdict.edition else "",
        "standing": STANDINGS[line.standing],
        "tone": lines.TONES[line.standing],
        "topic": TOPICS[rule.topic],
        "clauses": [{**each, **_lit(each["state"], verdict.answer)} for each in clauses],
        "deciding": sum(each["decides"] for each in clauses),
        "items": _items(line),
        "score": _score(line),
        "ways": [lines.way(each) for each in line.near.ways if each.changes] if line.near else [],
        "proved": bool(line.near and line.near.proved),
        "cliffs": lines.cliffs(line),
        "figures": _figures(line),
        "unlocks": _unlocks(line, profile),
        "inputs": sources(profile, rule.inputs),
        "stored": _stored(line),
        "may_apply": line.standing == "eligible" and line.applied is None and rule.applied_for,
        "has_binder": rule.key in PAPERS,
        "levels": _levels(line),
    }


def _lit(state: str, answer: str) -> dict[str, Any]:
    """The light and the word of a clause; for a yes, what is not met was not needed, since another way was taken."""
    if answer == ELIGIBLE and state != "met":
        return {"light": "undetermined", "label": t("无须满足", "not needed")}
    return {"light": LIGHTS[state], "label": STATES[state]}


def _items(line: Line) -> list[dict[str, Any]]:
    """The items of a score: the least and the most they may be, of how many."""
    return [
        {
            "label": item.text,
            "said": _points(span),
            "low": span[0],
            "high": span[1],
            "most": item.most,
            "of": formats.num(item.most),
            "open": span[0] != span[1],
        }
        for item, span in line.verdict.items
    ]


def _score(line: Line) -> Any:
    return None if line.verdict.score is None else _points(line.verdict.score)


def _points(span: tuple[Any, Any]) -> Any:
    low, high = (formats.num(value) for value in span)
    return low if span[0] == span[1] else f"{low}–{high}"


def _figures(line: Line) -> list[dict[str, Any]]:
    verdict = line.verdict
    return [
        {
            "label": figure.text,
            "value": lines.figure(figure.unit, value),
            "wanting": lines.names(verdict.wanting.get(figure.key, ())),
            "worth": figure.worth,
            "clause": figure.clause,
        }
        for figure, value in verdict.figures
    ]


def _levels(line: Line) -> list[dict[str, Any]]:
    verdict = line.verdict
    levels = verdict.edition.levels if verdict.edition is not None else ()
    return [{"label": each.text, "reached": each.key == verdict.level, "open": each.key in verdict.may_reach} for each in levels]


def _unlocks(line: Line, profile: profiles.Profile) -> dict[str, Any] | None:
    """What the title that the rule grants would unlock, with what each is worth a year where that can be told."""
    title = next((each for each in titles.TITLES.values() if line.rule.key in each.granted_by), None)
    if title is None or not title.unlocks:
        return None
    found = titles.worth(title, profile.known, profile.on, numbers.tables_on(profile.on))
    rows = []
    for each in found.unlocked:
        rule = catalog.rule_of(each.unlock.rule)
        rows.append(
            {
                "how": each.unlock.how,
                "name": rule.name if rule else "",
                "url": rule_url(profile.subject, rule.key) if rule and each.after is not None else "",
                "gain": values.amount(each.gain) if each.gain else "",
                "wanting": lines.names(each.wanting),
                "before": each.before and VERDICTS[each.before.answer],
                "after": each.after and VERDICTS[each.after.answer],
            }
        )
    once = sum(each.gain or 0 for each in found.unlocked) > max(found.total, 0)
    total = values.amount(max(found.total, 0)) if found.total > 0 or once else ""
    return {
        "title": title.text,
        "rows": rows,
        "total": total,
        "whole": found.whole,
        "once": once,
        "held": titles.held(title, profile.known),
        "assumes": found.assumes,
    }


def sources(profile: profiles.Profile, inputs: Any) -> list[dict[str, Any]]:
    """What is known of the inputs and where it is from: grade, day and fact."""
    rows = []
    for one in inputs:
        origin = profile.origins.get(one.name) if one.name in profile.known else None
        rows.append(
            {
                "one": one,
                "label": one.meaning,
                "value": values.told(one, profile.known.get(one.name)),
                "known": origin is not None,
                "grade": Grade(origin.grade).name.lower() if origin else "",
                "on": origin.on if origin else None,
                "by": origin.by if origin else "",
                "url": reverse("front:fact", kwargs={"digest": origin.digest}) if origin else "",
            }
        )
    return rows


def _stored(line: Line) -> dict[str, Any] | None:
    """The verdict on record: its edition, its answer and its fact."""
    row = line.stored
    if row is None:
        return None
    return {
        "edition": row.edition,
        "answer": VERDICTS[row.answer],
        "url": reverse("front:fact", kwargs={"digest": row.digest}),
        "same": row.answer == line.verdict.answer,
    }
