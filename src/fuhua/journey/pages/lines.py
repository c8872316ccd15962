"""A verdict as people read it: what stands where, why, what is lacking and the nearest way, each with its clause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from fuhua.journey.pages import subjects, values
from fuhua.journey.queries.board import Line
from fuhua.journey.words import STANDINGS
from fuhua.kernel.words import Text, listed, t
from fuhua.policy.reasoning.conditions import Answer, Compare, Leaf, OneOf, Open
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.rule import Edition, Source
from fuhua.policy.reasoning.verdict import ClauseState, Verdict
from fuhua.policy.reasoning.ways import Way
from fuhua.policy.words import EVIDENCE, FIRM, TOPICS, UNDETERMINED

TONES = {"eligible": "jade", "short": "ochre", "not_before": "indigo", "cannot_tell": "plain", "no": "plain"}
_MOST = 3  # clauses or inputs named on one line of the board
_NEAR = 10  # a cliff within a tenth of its limit is warned of on the board


def document(source: Source) -> Text | str:
    """The number of a document; one that has none is called by its title."""
    return source.title if source.number == source.title.zh else source.number


def clause(leaf: Leaf, edition: Edition) -> dict[str, Any]:
    """A clause: its document and article, what it says, and a badge unless it was read in a public text."""
    said = leaf.clause
    shaky = said.evidence not in FIRM
    return {
        "document": said.document or document(edition.source),
        "article": said.article,
        "text": said.text,
        "badge": EVIDENCE[said.evidence] if shaky else "",
        "evidence": EVIDENCE[said.evidence],
        "confidence": said.confidence,
        "key": leaf.key,
    }


def changes(way: Way) -> list[Text]:
    """What a way changes, one phrase for each input."""
    return [_change(one, way.before[one.name], after) for one, after in way.changes]


def _change(one: Input, before: int, after: int) -> Text:
    if one.kind in ("yes_no", "listing"):
        return t("“{what}”改为“{to}”", "“{what}”: change to “{to}”").format(what=values.brief(one.meaning), to=values.single(one, after))
    said = (
        t("再增加 {gap}：{what}（{before} → {after}）", "{gap} more: {what} ({before} → {after})")
        if after > before
        else t("再减少 {gap}：{what}（{before} → {after}）", "{gap} less: {what} ({before} → {after})")
    )
    return said.format(
        gap=values.gap(one, after - before),
        what=values.brief(one.meaning),
        before=values.single(one, before),
        after=values.single(one, after),
    )


def way(found: Way) -> dict[str, Any]:
    """A way with its phrases, its price if it has one, and the first day if it must wait."""
    return {"changes": changes(found), "cost": values.amount(found.cost) if found.cost else "", "day": found.not_before}


def cliffs(line: Line, *, near: bool = False) -> list[dict[str, Any]]:
    """Where more of a good thing loses the right: how much room is left; ``near`` keeps those close to the edge."""
    found = []
    sight = line.verdict.sight
    for one, last, leaf in line.cliffs():
        _low, high = sight.known[one.name]
        if not near or (last - high) * _NEAR <= last:
            found.append(
                {
                    "what": values.brief(one.meaning),
                    "room": values.gap(one, last - high),
                    "last": values.single(one, last),
                    "clause": clause(leaf, line.verdict.edition),
                    "none": last == high,
                }
            )
    return found


def shown(line: Line, subject: str) -> dict[str, Any]:
    """One line of the board."""
    verdict, rule = line.verdict, line.rule
    first = line.near.ways[0] if line.near and line.near.ways else None
    return {
        "key": rule.key,
        "name": rule.name,
        "topic": TOPICS[rule.topic],
        "url": subjects.rule_url(subject, rule.key),
        "apply": reverse("journey:policy_apply", kwargs={"urn": subject, "rule": rule.key}),
        "standing": line.standing,
        "level": level(verdict),
        "deadline": line.deadline,
        "line": line,
        "worth": None if line.worth is None else values.amount(line.worth),
        "opens": values.amount(line.opens) if line.opens and line.opens > 0 else None,
        "wanting": names(line.wanting),
        "way": way(first) if first and first.changes else None,
        "day": first.not_before if first and not first.changes else None,
        "why": _why(line),
        "missing": names(verdict.missing),
        "missing_count": len(verdict.missing),
        "open": _open(verdict),
        "clauses": _clauses(line),
        "cliffs": cliffs(line, near=True) if line.standing == "eligible" else [],
        "memory": _memory(verdict),
        "ended": verdict.edition is None,
        "past": _past(verdict),
    }


def names(inputs: Iterable[Input], most: int = _MOST) -> list[Text]:
    """The first inputs by their short names."""
    return [values.brief(one.meaning) for one in list(inputs)[:most]]


def level(verdict: Verdict) -> Text | str:
    """The level that is reached for certain, in words."""
    if verdict.level is None or verdict.edition is None:
        return ""
    return next(each.text for each in verdict.edition.levels if each.key == verdict.level)


def _past(verdict: Verdict) -> dt.date | None:
    """The last day of the edition, if it is over: a right that began in time may stand, yet one should ask before applying."""
    until = verdict.edition.until if verdict.edition is not None else None
    return until if until is not None and until < verdict.on else None


def _why(line: Line) -> Text | str:
    """Why it is no, when no change and no waiting helps."""
    if line.standing != "no":
        return ""
    return line.verdict.why or (line.near.why if line.near else None) or ""


def _open(verdict: Verdict) -> list[Text]:
    """What keeps a verdict open beside the subject's own answers: an officer's number, or an authority's word."""
    if verdict.edition is None or verdict.answer != UNDETERMINED:
        return []
    unset = [t("待设定：{what}", "to be set by an officer: {what}").format(what=term.meaning) for term in verdict.unset]
    words = [state.leaf.clause.text for state in verdict.deciding if isinstance(state.leaf, Open)]
    return [*unset, *words][:_MOST]


def _memory(verdict: Verdict) -> bool:
    rests = verdict.edition is not None and verdict.edition.source.evidence not in FIRM
    return rests or bool(verdict.on_memory)


def _clauses(line: Line) -> list[dict[str, Any]]:
    """The clauses that matter on this line: those a way touches, else those that decide; the document alone if none does."""
    verdict = line.verdict
    if verdict.edition is None:
        return []
    deciding = [state.leaf for state in verdict.deciding]
    if line.near and line.near.ways and line.near.ways[0].changes:
        touched = {one for one, _value in line.near.ways[0].changes}
        deciding = [leaf for leaf in deciding if touched & _inputs(leaf)] or deciding
    if line.standing == "eligible":
        return _by_document([clause(leaf, verdict.edition) for leaf in deciding])
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for leaf in deciding:
        said = clause(leaf, verdict.edition)
        if verdict.answer == UNDETERMINED:  # while it is open every clause is, so the documents alone are named
            said = {**said, "article": "", "text": ""}
        found.setdefault((said["document"], said["article"]), said)
    return list(found.values())[:_MOST]


def _by_document(clauses: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry a document, with its first articles on one line."""
    found: dict[str, dict[str, Any]] = {}
    articles: dict[str, dict[str, None]] = {}
    for each in clauses:
        found.setdefault(each["document"], each)
        articles.setdefault(each["document"], {})[each["article"]] = None
    return [{**each, "article": _articles([*articles[document]]), "text": ""} for document, each in found.items()][:_MOST]


def _articles(names: list[str]) -> Text:
    first = listed(Text(each, each) for each in names[:_MOST])
    if len(names) <= _MOST:
        return first
    return t("{first} 等 {n} 条", "{first} and others, {n} in all").format(first=first, n=len(names))


def _inputs(leaf: Leaf) -> set[Input]:
    return {inner for each in leaf.terms() for inner in each.walk() if isinstance(inner, Input)}


def state_of(state: ClauseState, edition: Edition, shortfalls: list[tuple[Input, int]], verdict: Verdict) -> dict[str, Any]:
    """A clause as it stands: actual, bound, and what alone would meet it."""
    code = {True: "met", False: "unmet", None: "unknown"}[state.state]
    return {
        **clause(state.leaf, edition),
        "state": code,
        "decides": state.decides,
        "applies": state.applies,
        **_sides(state, verdict.sight.known if verdict.sight else {}),
        "alone": [_alone(one, value, verdict) for one, value in _possible(shortfalls, verdict)],
    }


def _possible(shortfalls: list[tuple[Input, int]], verdict: Verdict) -> list[tuple[Input, int]]:
    """Of the values that alone would meet a clause, those the subject can bring about; all of them when there is none."""
    known = verdict.sight.known if verdict.sight else {}
    can = [
        (one, value)
        for one, value in shortfalls
        if one.change is not None and (one.name not in known or (value > known[one.name][0]) is one.change.up)
    ]
    return can or shortfalls


def _alone(one: Input, value: int, verdict: Verdict) -> Text:
    known = verdict.sight.known.get(one.name) if verdict.sight else None
    if known and known[0] == known[1] and one.kind == "number":
        return _change(one, known[0], value)
    return t("{what} 达到 {value}", "{what} at {value}").format(what=values.brief(one.meaning), value=values.single(one, value))


def _sides(state: ClauseState, known: Mapping[str, Any]) -> dict[str, Any]:
    """The actual value and the one wanted, in words."""
    leaf = state.leaf
    match leaf:
        case Compare():
            of = leaf.of if values.unit_of(leaf.of) else leaf.bound
            wanted = values.ranged(state.bound, of)
            actual = values.ranged(state.actual, of) if _told(leaf, known) or values.unit_of(of) == "points" else values.UNKNOWN
            return {"what": values.called(leaf.of), "actual": actual, "bound": joined(values.OPERATORS[leaf.op], wanted)}
        case Answer():
            actual = values.ranged(state.actual, leaf.of)
            if leaf.wanted:
                return {"what": "", "actual": actual, "bound": values.YES}
            return {"what": "", "actual": {values.YES: values.SOME, values.NO: values.NONE}.get(actual, actual), "bound": values.NONE}
        case OneOf():
            codes = listed(leaf.of.choices.get(code, Text(code, code)) for code in state.bound)
            among = t("属于：{codes}", "one of: {codes}") if leaf.wanted else t("除“{codes}”外均可", "any but “{codes}”")
            return {"what": "", "actual": values.told(leaf.of, state.actual), "bound": among.format(codes=codes)}
    return {"what": "", "actual": "", "bound": ""}


def _told(leaf: Compare, known: Mapping[str, Any]) -> bool:
    """Whether everything that the left side of a clause looks at is known."""
    return all(one.name in known or one.judged for one in leaf.of.walk() if isinstance(one, Input))


def joined(first: Text, second: Text) -> Text:
    """Two phrases, one after the other."""
    return Text(f"{first.zh} {second.zh}", f"{first.en} {second.en}")


def figure(unit: str, value: Any) -> Any:
    """A figure of a verdict as it is written: money, a day, a share, a count, a code."""
    if value is None or isinstance(value, str | Text):
        return value
    if isinstance(value, dt.date):
        return values.in_unit(value.toordinal(), "date")
    return values.in_unit(value, unit)


def groups(lines: Iterable[Line], subject: str) -> list[dict[str, Any]]:
    """The lines by standing, in the order of ``words.STANDINGS``; empty ones are left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        found.setdefault(line.standing, []).append(shown(line, subject))
    return [{"code": code, "label": label, "tone": TONES[code], "rows": found[code]} for code, label in STANDINGS.items() if code in found]
