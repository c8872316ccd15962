"""Hold an offer against a need, field by field, with reasons that a person can check."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from fuhua.exchange.kinds.spec import Field, Fit, Kind, Reason
from fuhua.exchange.words import MOST_AMOUNT
from fuhua.kernel.questions import shown
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, t
from fuhua.matching.ranking.near import near
from fuhua.matching.text.tokens import terms

_UNTOLD = 0.5  # what a soft field that one side did not fill in counts for


def fit(kind: Kind, need: Mapping[str, Any], offer: Mapping[str, Any]) -> Fit:
    """How an offer's stored spec stands to a need's, by the fields of ``kind`` that say how they fit.

    A hard field that is missed makes it impossible; one that the offer does not tell does not, and is named as open. ``score`` is
    the share of the fields the need fills in that hold, what is untold counting half.
    """
    found: list[Reason] = []
    points: list[float] = []
    possible = True
    for each, given, holds in comparisons(kind, need, offer):
        if holds is None:
            points.append(_UNTOLD)
            found.append(Reason(False, t("{label}：供方未说明", "{label}: the offer does not say").format(label=each.label), each.name))
            continue
        possible = possible and (holds or not each.hard)
        points.append(float(holds))
        found.append(Reason(holds, said(each, given, need[each.name], holds), each.name))
    found += named(kind, need, offer)
    for reason in kind.judge(need, offer) if kind.judge else ():
        points.append(float(reason.holds))
        found.append(reason)
    return Fit(possible, sum(points) / len(points) if points else _UNTOLD, tuple(found))


def comparisons(kind: Kind, need: Mapping[str, Any], offer: Mapping[str, Any]) -> Iterator[tuple[Field, Any, bool | None]]:
    """Each field that the need fills in and that says how it fits, the offer's value, and whether it holds; None: untold."""
    for each in kind.fields:
        wanted, given = need.get(each.name), offer.get(each.name)
        if each.fits and wanted not in (None, "", []):
            yield each, given, None if given in (None, "", []) else _holds(each, given, wanted)


def named(kind: Kind, need: Mapping[str, Any], offer: Mapping[str, Any]) -> Iterator[Reason]:
    """Whether what is offered is called what is sought: one name may say more than the other. Told only.

    Nothing is told of near terms, nor of a name in Chinese and one that is not: a thing may have both.
    """
    for each in kind.fields:
        wanted, given = (str(side.get(each.name) or "") if each.named else "" for side in (need, offer))
        want, have = set(terms(wanted)), set(terms(given))
        if want and have and (want <= have or have <= want):
            yield Reason(True, said(each, given, given, True), each.name)
        elif {term.isascii() for term in want} & {term.isascii() for term in have} and set(near(wanted)).isdisjoint(near(given)):
            yield Reason(False, said(each, given, wanted, False), each.name)


def cost(kind: Kind, need: Mapping[str, Any], offer: Mapping[str, Any], budget: int | None) -> Iterator[Reason]:
    """What the offer's price comes to for all that is needed, held against the need's budget (fen), where both are told."""
    for each in kind.fields:
        price, factors = offer.get(each.name), multiplied(each, need)
        if price is None or budget is None or factors is None:
            continue
        whole = math.prod((Decimal(str(value)) for value in factors.values()), start=Decimal(price))
        if whole > MOST_AMOUNT:  # no order is as large
            continue
        amount = int(whole.to_integral_value(ROUND_HALF_UP))
        written = formats.money if all(map(_round, (price, amount, budget))) else formats.yuan
        times = [written(price), *(shown(kind.one(name), value) for name, value in factors.items())]
        reckoned = Text(" × ".join(each.zh for each in times), " × ".join(each.en for each in times))
        told = t("{label}：{whole} {sign} 预算 {budget}", "{label}: {whole} {sign} budget {budget}")
        if factors:
            told = t("{label}：{reckoned} = {whole} {sign} 预算 {budget}", "{label}: {reckoned} = {whole} {sign} budget {budget}")
        yield Reason(amount <= budget, told.format(label=each.label, reckoned=reckoned, whole=written(amount), budget=written(budget),
                                                   sign="≤" if amount <= budget else ">"), each.name)


def _round(fen: int) -> bool:
    """Whether the amount loses nothing as people write it, in 万元 or in 亿元 with two decimals; in English, millions."""
    return fen % (1 if fen < 10**6 else 10**4 if fen < 10**8 else 10**6 if fen < 10**10 else 10**8) == 0


def multiplied(field: Field, need: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the need says that the price is multiplied by, by field; None where it does not say all, or the price is none of an order."""
    factors = {name: need.get(name) for name in field.times or ()}
    return None if field.times is None or any(value in (None, "") for value in factors.values()) else factors


def _holds(field: Field, given: Any, wanted: Any) -> bool:
    if field.fits == "covers":
        return set(wanted if isinstance(wanted, list) else [wanted]) <= set(given if isinstance(given, list) else [given])
    if field.fits == "same":
        return bool(given == wanted)
    if field.fits == "by":
        return str(given) <= str(wanted)
    have, want = Decimal(str(given)), Decimal(str(wanted))
    return have <= want if field.fits == "at_most" else have >= want


def said(field: Field, given: Any, wanted: Any, holds: bool) -> Text:
    """The comparison as people write it: ``8 mK ≤ 10 mK``, ``5月可用``."""
    have, want = shown(field, given), shown(field, wanted)
    if field.fits in ("at_most", "by"):
        return t("{label}：{have} {sign} {want}", "{label}: {have} {sign} {want}").format(
            label=field.label, have=have, want=want, sign="≤" if holds else ">")
    if field.fits == "at_least":
        return t("{label}：{have} {sign} {want}", "{label}: {have} {sign} {want}").format(
            label=field.label, have=have, want=want, sign="≥" if holds else "<")
    if holds:
        return t("{label}：{want}", "{label}: {want}").format(label=field.label, want=want)
    return t("{label}：需要 {want}，供方为 {have}", "{label}: needs {want}, offered {have}").format(label=field.label, have=have, want=want)
