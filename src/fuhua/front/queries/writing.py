"""How figures are written for people: counts with their unit, money in 万元 and 亿元, and what is not determined."""

from __future__ import annotations

from fuhua.evidence.proof.figure import Figure, Indicator
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, t

NO_EVIDENCE = t("无证据", "no evidence")
UNDETERMINED = t("待定", "undetermined")


def amount(value: int | None, indicator: Indicator) -> Text:
    """An amount in the indicator's unit, without the unit of a count."""
    return formats.money(value) if indicator.money else formats.num(value)


def reading(figure: Figure, indicator: Indicator) -> Text:
    """A figure's value, or in words why there is none."""
    if not figure.has_evidence:
        return NO_EVIDENCE
    return UNDETERMINED if figure.value is None else amount(figure.value, indicator)


def unit(indicator: Indicator) -> Text | str:
    """The unit to print after a count; money carries its own."""
    return "" if indicator.money else indicator.unit
