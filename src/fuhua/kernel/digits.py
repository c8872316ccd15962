"""Digits as people group them."""

from __future__ import annotations

import re

_GROUPING = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")


def ungrouped(text: str) -> str:
    """The text without the commas before groups of three digits; any other stays, since in “12,5” it may be a decimal point."""
    return _GROUPING.sub("", text)
