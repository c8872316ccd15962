"""Reads of clocks: the newest one of each thing, running or stopped."""

from __future__ import annotations

from collections.abc import Iterable

from fuhua.desk.models import Clock


def newest(name: str, about: Iterable[str]) -> dict[str, Clock]:
    """URN of a thing → its newest clock ``name``; things without one are left out."""
    return {clock.about: clock for clock in Clock.objects.filter(name=name, about__in=set(about)).order_by("pk")}
