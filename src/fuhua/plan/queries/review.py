"""Reads of a review: the text with every item in its place, and the items as cards."""

from __future__ import annotations

from typing import Any

from fuhua.kernel.words import Text, t
from fuhua.plan.models import Doubt, Edition, Target
from fuhua.plan.queries.editions import measures_of, overall_targets
from fuhua.plan.queries.linking import Proposal, indicators, propose
from fuhua.plan.queries.passages import Place, paragraphs
from fuhua.plan.queries.succession import goal_words
from fuhua.plan.words import DECISIONS, OPS, PERIODS, ROLES, UNIT_GROUPS

_UNSURE = t("读取时不确定，请核对", "the reading was unsure; please check")


def board(edition: Edition) -> dict[str, Any]:
    """Everything the review page shows: ``measures``, ``goals`` and ``doubts`` as cards, ``text`` as paragraphs."""
    doubts = list(edition.doubts.all())
    reasons = {(each.begin, each.end): Text(each.zh, each.en) for each in doubts}
    codes = indicators()
    measures = measures_of(edition)
    for row in measures:
        dress_measure(row, reasons, codes)
    goals = [target_card(each, reasons, codes) for each in overall_targets(edition)]
    loose = _loose(doubts, measures, goals)
    return {"measures": measures, "goals": goals, "doubts": [doubt_card(each) for each in loose],
            "text": paragraphs(edition.source_text, list(_places(measures, goals, loose)))}


def dress_measure(row: Any, reasons: dict[tuple[int, int], Text], codes: list[Any]) -> Any:
    """Give a measure of :func:`~fuhua.plan.queries.editions.measures_of` what its card shows."""
    row.reason = "" if row.sure or row.reviewed_at else reasons.get((row.title_begin, row.title_end), _UNSURE)
    row.shown_units = [unit_card(unit) for unit in row.units]
    row.cards = [target_card(each, reasons, codes) for each in row.goals]
    return row


def unit_card(unit: Any) -> dict[str, Any]:
    """A responsible unit as its chip shows it."""
    return {"row": unit, "role": ROLES[unit.role], "group": UNIT_GROUPS.get(unit.group), "matched": bool(unit.party_id or unit.group)}


def target_card(target: Target, reasons: dict[tuple[int, int], Text], codes: list[Any]) -> dict[str, Any]:
    """A target as its card shows it, with the linked or the proposed indicator."""
    linked = next((each for each in codes if each.code == target.indicator), None)
    proposal: Proposal | None = None if target.indicator else propose(target.metric, target.quote, codes)
    return {
        "row": target, "words": goal_words(target), "op": OPS[target.op], "period": PERIODS.get(target.period, ""),
        "indicator": linked, "proposal": proposal,
        "reason": "" if target.sure or target.reviewed_at else reasons.get((target.begin, target.end), _UNSURE),
    }


def doubt_card(doubt: Doubt) -> dict[str, Any]:
    """A doubt as its card shows it."""
    return {"row": doubt, "words": Text(doubt.zh, doubt.en), "decision": DECISIONS.get(doubt.decision)}


def _loose(doubts: list[Doubt], measures: list[Any], goals: list[Any]) -> list[Doubt]:
    """Doubts that stand for themselves: those about an item nobody looked at yet are shown with the item."""
    cards = [*goals, *(card for row in measures for card in row.cards)]
    held = {(card["row"].begin, card["row"].end) for card in cards if card["reason"]}
    held |= {(row.title_begin, row.title_end) for row in measures if row.reason}
    return [each for each in doubts if (each.begin, each.end) not in held]


def _places(measures: list[Any], goals: list[Any], doubts: list[Doubt]) -> Any:
    for row in measures:
        label = t("举措 {no}", "Measure {no}").format(no=row.no)
        yield Place(f"measure-{row.pk}", "measure", row.title_begin, row.title_end, label, not row.reason, row.reason)
        for unit in row.shown_units:
            yield Place(f"unit-{unit['row'].pk}", "unit", unit["row"].begin, unit["row"].end, t("单位", "Unit"))
        yield from (_goal_place(card) for card in row.cards)
    yield from (_goal_place(card) for card in goals)
    for doubt in doubts:
        if not doubt.decision:
            yield Place(f"doubt-{doubt.pk}", "doubt", doubt.begin, doubt.end, t("存疑", "Doubt"), False, Text(doubt.zh, doubt.en))


def _goal_place(card: dict[str, Any]) -> Place:
    row = card["row"]
    return Place(f"target-{row.pk}", "target", row.begin, row.end, t("目标", "Target"), not card["reason"], card["reason"])

