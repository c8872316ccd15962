"""Why a listing or an introduction may end: each side is offered only what can be true of it."""

from __future__ import annotations

from fuhua.exchange.words import CLOSINGS, NEED, OFFER
from fuhua.kernel.words import Text

_OF_ONE = {"no_offer": NEED, "budget_gone": NEED, "need_gone": NEED, "offer_gone": OFFER}  # the other reasons may be either side’s


def closings(*sides: str, tried: bool = True) -> dict[str, Text]:
    """The reasons that one of ``sides`` may give; that a pilot missed its test only where one was ``tried``."""
    return {code: label for code, label in CLOSINGS.items()
            if code != "contracted" and (tried or code != "test_failed") and _OF_ONE.get(code, sides[0]) in sides}
