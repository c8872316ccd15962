"""Text as people see it: without signs that nobody sees or that turn its direction, which make two names of one or hide what is named."""

from __future__ import annotations

import re

# Controls but tabs and line breaks, halves of pairs, and signs of format (Cf) but those that are seen, as Arabic number signs are
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u070f\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
                     r"\ufff9-\ufffb\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001-\U000e007f]")
_JOINED = r"[^\x00-\x7f\s\u200c\u200d]"  # what a joiner shapes: Persian, Hindi, emoji
_LOOSE = re.compile(rf"(?<!{_JOINED})[\u200c\u200d]|[\u200c\u200d](?!{_JOINED})")


def seen(text: str) -> str:
    """``text`` without characters that nobody sees or that turn its direction; joiners stay inside words and emoji."""
    return _LOOSE.sub("", _UNSEEN.sub("", text))
