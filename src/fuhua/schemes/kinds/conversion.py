"""Grant to equity (资助转股, measure 17): what share a grant becomes, by the rule that its agreement states, in exact fractions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from fuhua.kernel.words import Text, cut, t
from fuhua.schemes.kinds.spec import MILLION

BASES: dict[str, Text] = {
    "fixed": t("约定估值", "a valuation agreed at signing"),
    "next_round": t("下一轮融资的投前估值", "the pre-money valuation of the next round"),
    "appraised": t("评估备案价", "an appraisal on record"),
}


class BadRule(ValueError):
    """The conversion rule is none; ``text`` says how to mend it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True)
class ConversionRule:
    """By what valuation a grant converts: ``basis`` (``BASES``), ``discount`` in parts per million, ``cap`` the most it may be (fen).

    ``valuation`` (fen) is that of basis ``fixed``; ``holder`` is the URN of who is to hold the share. ``state``: the holder is state
    capital, so an appraisal on record goes with the conversion, whatever the basis (国务院国资委令第12号 第四、六条).
    """

    basis: str
    holder: str
    discount: int = 0
    cap: int | None = None
    valuation: int | None = None
    state: bool = False

    def __post_init__(self) -> None:
        if self.basis not in BASES:
            raise BadRule(t("请选择转股的价格依据", "choose what the price is based on"))
        if not 0 <= self.discount < MILLION:
            raise BadRule(t("折扣应在 0 与 100% 之间", "the discount lies between nothing and the whole"))
        if self.cap is not None and self.cap <= 0:
            raise BadRule(t("估值上限应大于零", "the cap is more than nothing"))
        if (self.basis == "fixed") != (self.valuation is not None) or (self.valuation is not None and self.valuation <= 0):
            raise BadRule(t("约定估值须写明金额，其他依据不写", "an agreed valuation states its amount; the other bases do not"))


@dataclass(frozen=True)
class Preview:
    """What comes of a conversion: the ``valuation`` it is reckoned by, whether the cap set it, the holder's ``share`` and ``others``'.

    With ``raised`` fen of new money at ``pre_money``, ``diluted`` is the holder's share after that round too.
    """

    amount: int
    valuation: Fraction
    capped: bool
    share: Fraction
    others: Fraction
    diluted: Fraction


def rule_of(terms: Mapping[str, Any]) -> ConversionRule | None:
    """The conversion rule of an agreement's terms, or None; raises :class:`BadRule`."""
    said = terms.get("conversion")
    return ConversionRule(**said) if said else None


def preview(rule: ConversionRule, amount: int, *, pre_money: int | None = None, raised: int = 0) -> Preview:
    """What ``amount`` fen become. ``pre_money`` (fen) is the valuation found later, for every basis but ``fixed``.

    The holder gets ``amount / valuation`` new shares for each old one, so its share is ``amount / (valuation + amount)``; the round's
    money buys at ``pre_money`` an old share. Raises :class:`BadRule` when something is missing.
    """
    found = rule.valuation if rule.basis == "fixed" else pre_money
    if found is None or found <= 0:
        raise BadRule(t("请填写估值（大于零）", "give the valuation; it is more than nothing"))
    if amount <= 0 or raised < 0:
        raise BadRule(t("没有可转股的已拨资助，或融资额有误", "no grant was paid that could convert, or the money raised is wrong"))
    asked = Fraction(found) * (MILLION - rule.discount) / MILLION
    valuation = min(asked, Fraction(rule.cap)) if rule.cap is not None else asked
    bought = Fraction(amount) / valuation
    share = bought / (1 + bought)
    fresh = Fraction(raised, found)
    return Preview(amount, valuation, valuation < asked, share, 1 - share, bought / (1 + bought + fresh))


@dataclass(frozen=True)
class Holding:
    """One line of a cap table: a shareholder's part ``before`` the conversion, ``after`` it, and ``later``, after the round as well."""

    name: str
    before: Fraction
    after: Fraction
    later: Fraction


def holders(written: str) -> dict[str, int]:
    """Shareholder → how many shares (or yuan of registered capital), from lines such as ``林舟 700000``; raises :class:`BadRule`."""
    found: dict[str, int] = {}
    for line in filter(None, (each.strip() for each in written.splitlines())):
        said = re.fullmatch(r"(.+?)[\s,，:：]+(\d{1,15})", line) if len(line) <= 220 else None  # a name and its shares
        if said is None or int(said[2]) == 0 or said[1] in found:
            raise BadRule(t("请每行写一名股东和股数（或出资额），如“林舟 700000”：{line}",
                            "write one shareholder and the number of shares on each line, as “Lin Zhou 700000”: {line}")
                          .format(line=cut(line)))
        found[said[1]] = int(said[2])
    return found


def cap_table(before: Mapping[str, int], holder: str, found: Preview) -> tuple[Holding, ...]:
    """Everybody's part before and after, in exact fractions; each column sums to one.

    ``holder`` comes last, with what it held before as well; the round's new money, if there is any, holds the rest ``later``.
    """
    whole = sum(before.values())
    parts = {name: Fraction(shares, whole) for name, shares in before.items()}
    held = parts.pop(holder, Fraction(0))
    round_keeps = found.diluted / found.share
    rows = [(name, part, part * found.others) for name, part in parts.items()]
    rows.append((holder, held, held * found.others + found.share))
    return tuple(Holding(name, part, after, after * round_keeps) for name, part, after in rows)
