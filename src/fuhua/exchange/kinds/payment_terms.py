"""Statutory terms of payment to small and medium-sized firms (中小企业款项支付期限), dated and cited."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from fuhua.kernel.words import Text, t


@dataclass(frozen=True)
class TermLimit:
    """From ``since`` on, more than ``days`` from delivery or acceptance need a second look; ``source`` is where it stands."""

    since: dt.date
    days: int
    source: Text


LIMITS: tuple[TermLimit, ...] = (
    TermLimit(dt.date(2020, 9, 1), 60, t("《保障中小企业款项支付条例》（国务院令第728号）第八条",
                                         "Regulations on Payments to SMEs, State Council Order 728, article 8")),
    TermLimit(dt.date(2025, 6, 1), 60, t("《保障中小企业款项支付条例》（国务院令第802号）第九条",
                                         "Regulations on Payments to SMEs, State Council Order 802, article 9")),
)


def limit_on(day: dt.date) -> TermLimit | None:
    """The limit in force on a day; None before there was one."""
    return next((each for each in reversed(LIMITS) if each.since <= day), None)


def warning(pay_days: int, day: dt.date) -> Text | None:
    """What both sides should read before they sign ``pay_days`` on ``day``; None when the term is within the limit.

    It is a flag, not a refusal: the regulations bind public bodies and large firms that buy from small and medium-sized ones, and
    the size of a firm at signing is for the two to state.
    """
    limit = limit_on(day)
    if limit is None or pay_days <= limit.days:
        return None
    return t(
        "付款期限 {days} 日，超过 {most} 日。{source}：机关、事业单位和大型企业从中小企业采购，"
        "应当自交付（约定验收的，自验收合格）之日起 {most} 日内付款，也不得以收到第三方付款为条件。"
        "提供方是中小企业的，请改短期限后再签署。",
        "Payment after {days} days is later than {most}. {source}: public bodies and large firms that buy from a small or medium-sized "
        "firm pay within {most} days of delivery (of acceptance where that was agreed), and not only once a third party has paid. "
        "If the provider is such a firm, shorten the term before you sign.",
    ).format(days=pay_days, most=limit.days, source=limit.source)
