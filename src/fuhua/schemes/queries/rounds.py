"""What a call said when it was published: its rubric and panel rule; a later change of the kind leaves the round alone."""

from __future__ import annotations

from typing import Any

from fuhua.kernel.words import Text
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.kinds.spec import Criterion, Kind, PanelRule
from fuhua.schemes.models import Call


def kind_of(call: Call) -> Kind:
    """The call's kind."""
    return scheme_kinds()[call.kind]


def rubric_of(call: Call) -> tuple[Criterion, ...]:
    """The lines of the rubric."""
    said: list[dict[str, Any]] = call.rules.get("rubric") or []
    return tuple(Criterion(each["code"], Text(each["zh"], each["en"]), each["most"]) for each in said) or kind_of(call).rubric


def panel_of(call: Call) -> PanelRule:
    """How the panel is made."""
    said = call.rules.get("panel")
    return PanelRule(**said) if said else kind_of(call).panel
