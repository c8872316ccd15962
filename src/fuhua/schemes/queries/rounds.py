"""What a call said when it was published: its rubric, panel rule and clocks; a later change of the kind leaves the round alone."""

from __future__ import annotations

from typing import Any

from fuhua.kernel.words import Text
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.kinds.spec import Clocks, Criterion, Kind, PanelRule
from fuhua.schemes.models import Call


def kind_of(call: Call) -> Kind:
    """The call's kind."""
    return scheme_kinds()[call.kind]


def office_of(call: Call) -> str:
    """The office whose holders at the issuer run the round."""
    return "operator" if call.issuer.sort == "incubator" else "city_officer"


def rubric_of(call: Call) -> tuple[Criterion, ...]:
    """The lines of the rubric; labels are the kind's own where it still has them."""
    labels = {each.code: each.label for each in kind_of(call).rubric}
    said: list[dict[str, Any]] = call.rules.get("rubric") or []
    if not said:
        return kind_of(call).rubric
    return tuple(Criterion(each["code"], labels.get(each["code"], Text(each["code"], each["code"])), each["most"]) for each in said)


def panel_of(call: Call) -> PanelRule:
    """How the panel is made."""
    said = call.rules.get("panel")
    return PanelRule(**said) if said else kind_of(call).panel


def clocks_of(call: Call) -> Clocks:
    """The call's working days."""
    said = call.rules.get("clocks")
    return Clocks(**said) if said else kind_of(call).clocks
