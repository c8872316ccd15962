"""Set a number that the public text leaves open, or the cost and step of a change, from a day on."""

from __future__ import annotations

import datetime as dt
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
from fuhua.policy.reasoning.exact import read_number
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.profile import BadProfile, in_terms


class BadNumber(BadFact):
    """The number cannot be set so; the text says why."""


@transaction.atomic
def set_number(*, key: str, value: str, since: dt.date, by: str, at: dt.datetime) -> PolicyNumber:
    """Set ``key`` to ``value`` (in the unit its rule declares) from ``since``, past or future; whom it touches is due again.

    ``key`` is an operator term, or one of ``cost.<input>`` (元 a step), ``step.<input>`` (in the input's unit), ``fixed.<input>``
    and ``down.<input>`` (1 or 0: it cannot change; it changes downwards). A day has one value; to change it, :func:`unset` it
    first. Raises :class:`BadNumber`.
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
    if since <= period.day(at):
        verdicts.put_off(rules=_users(key))
    return row


@transaction.atomic
def unset(*, number: PolicyNumber, by: str, at: dt.datetime) -> None:
    """Take a number back as entered by mistake: the one before it, or none, is in force again."""
    void(number.digest, reason="mistake", by=by, at=at)
    key = number.key
    number.delete()
    verdicts.put_off(rules=_users(key))


def _users(key: str) -> list[str]:
    """The rules whose verdicts a number can move; how inputs change only ranks ways."""
    found = numbers.operators().get(key)
    return [rule.key for rule in found[1]] if found else []


def _read(key: str, value: str) -> int:
    kind, _dot, name = key.partition(".")
    term, one = numbers.operators().get(key), numbers.changeable().get(name)
    if term is None and (kind not in numbers.CHANGES or one is None):
        raise BadNumber(t("没有名为“{key}”的参数", "no number is called “{key}”").format(key=key))
    try:
        exact = read_number(value)
    except BadProfile as wrong:
        raise BadNumber(wrong.text) from wrong
    if term is not None:
        if not term[0].low <= in_terms(term[0].unit, exact) <= term[0].high:
            raise BadNumber(t("数值超出该参数的范围", "the value is out of the range of this number"))
    else:
        _check_change(kind, one, exact)
    millionths = exact * numbers.MILLION
    if millionths.denominator != 1 or abs(millionths) > numbers.MOST:
        raise BadNumber(t("最多六位小数，且不超过一万亿", "six decimals at most, and no more than a trillion"))
    return int(millionths)


def _check_change(kind: str, one: Input, exact: Fraction) -> None:
    """A cost is not negative, a step a whole number of what is kept, a yes or no 1 or 0."""
    if kind in ("fixed", "down"):
        if exact not in (0, 1):
            raise BadNumber(t("请填 1（是）或 0（否）", "give 1 (yes) or 0 (no)"))
    elif exact < 0:
        raise BadNumber(t("成本和步长不能为负", "a cost or a step cannot be negative"))
    elif kind == "step" and (exact == 0 or (exact * one.scale).denominator != 1):
        raise BadNumber(
            t("步长须大于零，且不细于 1/{scale}", "a step is more than nothing, and no finer than 1/{scale}").format(scale=one.scale)
        )
