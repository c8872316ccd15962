"""What the use of a resource costs: price by class of user, least charge, operator's time, and the share due for what was not used."""

from __future__ import annotations

from dataclasses import dataclass

from fuhua.kernel.words import Text, t

EVERYONE = "all"


@dataclass(frozen=True)
class Rate:
    """A price in integer fen an hour, the least that a use costs, and the operator's price an hour on top."""

    hour: int
    least: int = 0
    operator: int = 0

    def of(self, minutes: int, operator_minutes: int = 0) -> int:
        """The price of a use in fen, rounded half up; never below ``least``."""
        return max(hourly(self.hour, minutes), self.least) + hourly(self.operator, operator_minutes)


def hourly(price: int, minutes: int) -> int:
    """``minutes`` at ``price`` fen an hour, rounded half up to fen."""
    return (price * minutes * 2 + 60) // 120


def part(amount: int, percent: int) -> int:
    """``percent`` of ``amount`` fen, rounded half up."""
    return (amount * percent * 2 + 100) // 200


def class_of(sort: str, *, same: bool, resident: bool) -> str:
    """The class of user (``words.USER_CLASSES``) of an organisation of ``sort``: the host's own, incubated by it, or by what it is."""
    if same:
        return "own"
    if resident:
        return "incubated"
    return {"venture": "firm", "firm": "firm", "project": "firm", "university": "university"}.get(sort, EVERYONE)


def line_of(what: str, minutes: int, rate: Rate, operator_minutes: int) -> Text:
    """How a use is written in the statement (使用结算单)."""
    text = t("{what}：使用 {n} 分钟 × {price} 元/小时", "{what}: {n} minutes × {price} yuan an hour").format(
        what=what, n=minutes, price=yuan(rate.hour))
    if not operator_minutes:
        return text
    return t("{use}，操作人员 {n} 分钟 × {price} 元/小时", "{use}, operator {n} minutes × {price} yuan an hour").format(
        use=text, n=operator_minutes, price=yuan(rate.operator))


def yuan(fen: int) -> str:
    """Fen as exact yuan."""
    return f"{fen // 100}.{fen % 100:02}"
