"""The light of a target: computed from trajectory, age of evidence and grade; without evidence it is never green."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from fuhua.evidence.proof.figure import Figure, Indicator
from fuhua.evidence.words import Grade
from fuhua.kernel.period import day
from fuhua.kernel.words import Text, t

GOOD, BEHIND, CRITICAL, UNKNOWN, UNDETERMINED = "good", "behind", "critical", "unknown", "undetermined"
BEHIND_BELOW, CRITICAL_BELOW = Fraction(95, 100), Fraction(75, 100)


@dataclass(frozen=True)
class Course:
    """What a target expects: from ``base`` on ``since`` to ``goal`` on ``until``, along ``shape``.

    ``linear`` is a straight line, ``late`` grows with the square of the time gone, ``at_end`` is due all at the deadline.
    """

    base: int
    since: dt.date
    goal: int
    until: dt.date
    shape: str = "linear"

    def expected(self, on: dt.date) -> Fraction:
        """The figure that the course would have reached by ``on``."""
        if on >= self.until:
            return Fraction(self.goal)
        if on <= self.since or self.shape == "at_end":
            return Fraction(self.base)
        gone = Fraction((on - self.since).days, (self.until - self.since).days)
        return self.base + (self.goal - self.base) * (gone * gone if self.shape == "late" else gone)


@dataclass(frozen=True)
class Light:
    """A state and, in words, everything that made it so."""

    state: str
    reasons: tuple[Text, ...]


def light(figure: Figure, indicator: Indicator, course: Course | None, on: dt.date) -> Light:
    """The light of ``figure`` on the day ``on``; each reason is one sentence."""
    if not figure.has_evidence:
        return Light(UNKNOWN, (t("没有任何证据", "there is no evidence at all"),))
    if figure.value is None:
        why = t("现有证据不足以判定：{n} 项待定", "the evidence does not decide: {n} undetermined").format(n=figure.unsure)
        return Light(UNDETERMINED, (why,))
    state, reasons = _course_state(figure.value, course, on)
    weaknesses = _weaknesses(figure, indicator, on)
    if weaknesses and state == GOOD:
        state = BEHIND
    if figure.unsure:  # what is not decided can only add to the figure, so it is said and weighs nothing
        weaknesses.append(t("另有 {n} 项待定", "{n} more are undetermined").format(n=figure.unsure))
    return Light(state, (*reasons, *weaknesses))


def _course_state(value: int, course: Course | None, on: dt.date) -> tuple[str, list[Text]]:
    if course is None:
        return BEHIND, [t("没有设定目标值，无法判断进度", "no target is set, so progress cannot be judged")]
    expected = course.expected(on)
    ratio = Fraction(value - course.base) / (expected - course.base) if expected > course.base else Fraction(1)
    percent = int(ratio * 100)
    if ratio >= 1:
        return GOOD, [t("已达到按进度应完成的 {p}%", "at {p} % of what is due by now").format(p=percent)]
    if ratio >= BEHIND_BELOW:
        return GOOD, [t("完成应达进度的 {p}%，差距在 5% 以内", "at {p} % of what is due by now, within 5 %").format(p=percent)]
    state = BEHIND if ratio >= CRITICAL_BELOW else CRITICAL
    return state, [t("仅完成应达进度的 {p}%", "only {p} % of what is due by now").format(p=percent)]


def _weaknesses(figure: Figure, indicator: Indicator, on: dt.date) -> list[Text]:
    found = []
    age = (on - day(figure.freshest)).days if figure.freshest else 0
    if age > indicator.stale_after_days:
        found.append(t("最新证据已有 {n} 天", "the newest evidence is {n} days old").format(n=age))
    declared = figure.grades[int(Grade.DECLARED)]
    if declared * 2 > figure.counted:
        found.append(t("过半证据仅为自报（{n}/{all}）", "more than half of it is only declared ({n} of {all})")
                     .format(n=declared, all=figure.counted))
    if figure.contested:
        found.append(t("有 {n} 项存在异议", "{n} of it is contested").format(n=figure.contested))
    return found
