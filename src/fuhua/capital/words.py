"""Codes of capital: where money comes from, the stage it goes to, and what a reported stock figure measures."""

from __future__ import annotations

from fuhua.kernel.words import Text, t

SOURCES: dict[str, Text] = {
    "outside": t("外部出资人", "outside payer"),
    "fund": t("其他基金", "another fund"),
}

PAYING_FUNDS: dict[str, Text] = {
    "early": t("早期基金", "an early-stage fund"),
    "other": t("非早期基金", "a fund that is not early-stage"),
}

STAGES: dict[str, Text] = {
    "early": t("早期", "early"),
    "later": t("后期", "later"),
}

METRICS: dict[str, Text] = {
    "early_funds": t("早期基金规模（存量，分）", "early funds, stock in fen"),
    "platform_investment": t("平台投入（存量，分）", "platform investment, stock in fen"),
    "public_support": t("市区两级支持资金（存量，分）", "city and district support, stock in fen"),
    "incubated_firms": t("在孵企业数（存量）", "firms in incubation, stock"),
    "benchmark_incubators": t("标杆孵化器数（存量）", "benchmark incubators, stock"),
    "graduated_listed": t("累计上市企业数", "firms ever listed"),
    "unicorns": t("累计独角兽企业数", "unicorns ever"),
}
