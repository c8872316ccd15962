"""Apply under a rule: the verdict and the values it saw become the application, and an officer's ask with a clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse

from fuhua.desk.actions import asks
from fuhua.desk.models import Ask
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.journey import facts
from fuhua.journey.actions import verdicts
from fuhua.journey.models import Standing
from fuhua.journey.queries import board
from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.profile import declared, plain
from fuhua.policy.reasoning.rule import Rule
from fuhua.policy.words import ELIGIBLE, UNITS, VERDICTS


class CannotApply(BadFact):
    """The application cannot be made; the text says what stands against it."""


@transaction.atomic
def make(*, subject: Party, rule: Rule, asked: int, person: int, by: str, at: dt.datetime) -> Ask:
    """Apply to the organisation ``asked`` (party id) for ``subject``, as the person ``person``; returns the case.

    Only what the rule finds eligible is applied for: raises :class:`CannotApply` otherwise, and while one is pending.
    """
    day = period.day(at)
    verdicts.tell(changed=verdicts.judge_subject(subject=subject.urn, by=by, at=at, only=[rule.key]), at=at)
    line = board.one(subject.urn, rule, day)
    _check(rule, line)
    standing = Standing.objects.get(subject=subject.urn, rule=rule.key)
    title = t("申请：{rule}", "Application: {rule}").format(rule=rule.name)
    case = asks.ask(
        kind="policy_application",
        title=title.zh,
        body=_body(line),
        asker=person,
        asker_for=subject.pk,
        asked=asked,
        by=by,
        at=at,
        about=subject.urn,
        about_url=reverse("journey:policy_rule", kwargs={"urn": subject.urn, "rule": rule.key}),
    )
    record(
        facts.ApplicationMade(subject=subject.urn, rule=rule.key, verdict=standing.digest, ask=case.urn),
        by=by,
        at=at,
        grade=Grade.SYSTEM,
        true_from=day,
        on_behalf=subject.urn,
    )
    return case


def _check(rule: Rule, line: board.Line) -> None:
    if not rule.applied_for:
        raise CannotApply(t("这一项无须申请，按规定自行申报即可", "nobody applies for this: it is declared by oneself"))
    if line.verdict.answer != ELIGIBLE:
        raise CannotApply(
            t("目前不符合或还不能判断，请先补齐所列条件", "it is not eligible yet, or cannot be told; see what is lacking first")
        )
    if line.applied is not None:
        raise CannotApply(
            t("{day} 已提出申请，请在该事项中跟进", "an application was made on {day}; follow that case").format(day=line.applied.true_from)
        )


def _body(line: board.Line) -> str:
    """The document, the verdict, and the values the rule saw, as its officer reads them."""
    verdict, known = line.verdict, line.verdict.sight.known
    rows = [f"{verdict.edition.source.number}（{verdict.edition.key}）", f"系统结论：{VERDICTS[verdict.answer].zh}"]
    if verdict.score is not None:
        low, high = (plain(end) for end in verdict.score)
        rows.append(f"得分：{low}" if low == high else f"得分：{low}–{high}")
    rows += [f"{one.meaning.zh}：{_shown(one, known[one.name])}" for one in verdict.edition.inputs if one.name in known]
    return "\n".join(rows)


def _shown(one: Input, value: Any) -> str:
    if isinstance(value, str):
        return one.choices[value].zh
    if isinstance(value, Mapping):
        return "；".join(f"{year} 年 {_single(one, amount)}" for year, amount in sorted(value.items())) or "无"
    low, high = value
    return _single(one, low) if low == high else f"{_single(one, low)}–{_single(one, high)}"


def _single(one: Input, stored: int) -> str:
    if one.unit == "CNY":
        return formats.money(stored).zh
    said = declared(one, stored)
    if isinstance(said, bool):
        return "是" if said else "否"
    return str(said) if one.unit == "date" else f"{said} {UNITS[one.unit].zh}"
