"""Behind one figure: the definition, the subjects counted and left out with their reasons, credit, and two definitions side by side."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.urls import reverse

from fuhua.evidence.proof.figure import COUNTED, LEFT_OUT, UNSURE, Verdict
from fuhua.evidence.words import Grade
from fuhua.front.queries import testimony, things, writing
from fuhua.front.queries.cockpit import Moment, indicator_url
from fuhua.kernel import period
from fuhua.kernel.words import Text, t
from fuhua.parties.queries import names
from fuhua.parties.words import DISTRICTS
from fuhua.plan.queries.objectives import Objective
from fuhua.plan.queries.overview import Edition

PAGE = 50
STATES: dict[str, Text] = {
    COUNTED: t("计入", "Counted"), LEFT_OUT: t("未计入", "Left out"), UNSURE: t("待定", "Undetermined"),
}
_COUNTED = t("符合计数规则", "meets the counting rule")


def lines(objective: Objective, state: str, who: Any, *, district: str = "", reason: str = "", start: int = 0) -> dict[str, Any]:
    """One page of subjects in ``state`` for ``who``: rows, how many there are, and where the neighbours start."""
    chosen = [(subject, verdict) for subject, verdict in objective.answer.lines.items()
              if verdict.state == state and (not district or verdict.district == district)
              and (not reason or verdict.reason == reason)]
    chosen.sort(key=lambda line: (-line[1].amount, line[0]))
    shown = chosen[start : start + PAGE]
    closed = things.closed(who, [subject for subject, _verdict in shown])
    known = names([urn for subject, verdict in shown for urn in (subject, *(host for host, _share in verdict.credit))])
    return {
        "rows": [_line(objective, subject, verdict, {} if subject in closed else known) for subject, verdict in shown],
        "total": len(chosen),
        "first": start + 1 if shown else 0, "last": start + len(shown),
        "newer": max(0, start - PAGE) if start else None, "older": start + PAGE if start + PAGE < len(chosen) else None,
    }


def _line(objective: Objective, subject: str, verdict: Verdict, known: dict[str, str]) -> dict[str, Any]:
    indicator = objective.indicator
    newest = max(record.known_at for record in verdict.records)
    return {
        "subject": known.get(subject) or subject.rsplit(":", 1)[1][:12],
        "url": reverse("front:subject", kwargs={"urn": subject}), "amount": writing.amount(verdict.amount, indicator),
        "reason": reason_text(objective, verdict.reason), "district": DISTRICTS.get(verdict.district, ""),
        "grade": Grade(min(record.grade for record in verdict.records)).name.lower(), "newest": period.day(newest),
        "contested": any(record.contested for record in verdict.records),
        "facts": facts_of(verdict),
        "credit": [{"name": testimony.called(urn, known), "share": share} for urn, share in verdict.credit],
    }


def facts_of(verdict: Verdict) -> list[dict[str, Any]]:
    """The facts on which a verdict rests, each with its page, day and number of documents."""
    return [{"url": reverse("front:fact", kwargs={"digest": record.digest}), "on": record.true_from,
             "label": type(record.fact).LABEL, "documents": len(record.documents)} for record in verdict.records]


def reason_text(objective: Objective, code: str) -> Text:
    """What a reason code says."""
    return _COUNTED if code == COUNTED else objective.indicator.reasons.get(code, _COUNTED)


def reasons(objective: Objective, edition: Edition, moment: Moment) -> list[dict[str, Any]]:
    """Every reason with its number of subjects, commonest first, linked to the subjects."""
    states = {verdict.reason: verdict.state for verdict in objective.answer.lines.values()}
    return [{"text": reason_text(objective, code), "n": n, "state": states.get(code, COUNTED), "label": STATES[states.get(code, COUNTED)],
             "url": indicator_url(edition, objective.indicator.code, moment, show=states.get(code, COUNTED), reason=code)}
            for code, n in objective.figure.reasons.most_common() if n > 0]


def credit(objective: Objective, limit: int = 20) -> list[dict[str, Any]]:
    """Who is credited with how much, largest first; shares are exact fractions that sum to the figure."""
    ranked = sorted(((share, urn) for urn, share in objective.figure.credit.items() if share), reverse=True)[:limit]
    known = names(urn for _share, urn in ranked)
    return [{"name": known.get(urn) or urn, "url": reverse("front:subject", kwargs={"urn": urn}),
             "amount": share_text(objective, share)} for share, urn in ranked]


def share_text(objective: Objective, share: Fraction) -> str:
    """An exact share of a figure as people read it: ``3``, ``7/2 ≈ 3.50``, or money."""
    if objective.indicator.money:
        return str(writing.amount(round(share), objective.indicator))
    return str(share.numerator) if share.denominator == 1 else f"{share.numerator}/{share.denominator} ≈ {float(share):.2f}"


def definitions(objective: Objective, others: Iterable[Objective], edition: Edition, moment: Moment) -> list[dict[str, Any]]:
    """Every definition with its rule and what the figure reads under it."""
    return [{
        "version": each.definition.version, "label": each.definition.label, "rule": each.definition.rule,
        "reading": writing.reading(each.figure, each.indicator), "unit": writing.unit(each.indicator) if each.figure.determined else "",
        "target": writing.amount(each.course.goal, each.indicator), "current": each.definition.version == objective.definition.version,
        "url": indicator_url(edition, each.indicator.code, moment, definition=each.definition.version),
        "beside": indicator_url(edition, each.indicator.code, moment, definition=objective.definition.version,
                                second=each.definition.version),
    } for each in others]
