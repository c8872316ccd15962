"""Set a number that the public text leaves open, or the cost and step of a change, from a day on."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from django.db import IntegrityError, transaction

from fuhua.evidence.actions.facts import record, void
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.journey import facts
from fuhua.journey.actions import verdicts
from fuhua.journey.models import PolicyNumber
from fuhua.journey.queries import numbers
from fuhua.kernel import period, urn
from fuhua.kernel.words import t
from fuhua.policy.reasoning.profile import in_terms


class BadNumber(BadFact):
    """The number cannot be set so; the text says why."""


@transaction.atomic
def set_number(*, key: str, value: str, since: dt.date, by: str, at: dt.datetime) -> PolicyNumber:
    """Set ``key`` to ``value`` (in the unit its rule declares) from ``since``, past or future; subjects are judged again.

    ``key`` is an operator term, or ``cost.<input>`` (元 a step), ``step.<input>`` (in the input's unit). A day has one
    value; to change it, :func:`unset` it first. Raises :class:`BadNumber`.
    """
    amount = _read(key, value)
    fact = facts.PolicyNumberSet(subject=urn.of("policy", key), since=since, millionths=amount)
    digest = record(fact, by=by, at=at, grade=Grade.REGISTRY, true_from=min(since, period.day(at)))
    try:
        with transaction.atomic():
            row = PolicyNumber.objects.create(key=key, since=since, millionths=amount, digest=digest)
    except IntegrityError as wrong:
        raise BadNumber(
            t("{day} 已设定过该参数，请先撤销再设", "it was set for {day} already; take that back first").format(day=since)
        ) from wrong
    verdicts.rejudge(by=by, at=at, only=_users(key))
    return row


@transaction.atomic
def unset(*, number: PolicyNumber, by: str, at: dt.datetime) -> None:
    """Take a number back as entered by mistake: the one before it, or none, is in force again."""
    void(number.digest, reason="mistake", by=by, at=at)
    key = number.key
    number.delete()
    verdicts.rejudge(by=by, at=at, only=_users(key))


def _users(key: str) -> list[str]:
    found = numbers.operators().get(key)
    return [rule.key for rule in found[1]] if found else ["-"]  # costs only rank ways: no verdict changes


def _read(key: str, value: str) -> int:
    terms, inputs = numbers.operators(), numbers.changeable()
    kind, _dot, name = key.partition(".")
    if key not in terms and not (f"{kind}." in (numbers.COST, numbers.STEP) and name in inputs):
        raise BadNumber(t("没有名为“{key}”的参数", "no number is called “{key}”").format(key=key))
    try:
        exact = Fraction(Decimal(value.strip().replace(",", "").replace("，", "")))
    except (InvalidOperation, ValueError) as wrong:
        raise BadNumber(
            t("请填写数字，如 30 或 2.5（收到“{value}”）", "give a number, like 30 or 2.5 (got “{value}”)").format(value=value)
        ) from wrong
    if key in terms:
        term = terms[key][0]
        if not term.low <= in_terms(term.unit, exact) <= term.high:
            raise BadNumber(t("数值超出该参数的范围", "the value is out of the range of this number"))
    elif exact < 0 or (key.startswith(numbers.STEP) and exact == 0):
        raise BadNumber(t("成本不能为负，步长须大于零", "a cost cannot be negative, a step is more than nothing"))
    millionths = exact * numbers.MILLION
    if millionths.denominator != 1:
        raise BadNumber(t("最多六位小数", "six decimals at most"))
    return int(millionths)
