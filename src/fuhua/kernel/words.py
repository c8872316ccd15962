"""Bilingual text: every phrase carries its Chinese and its English side by side, resolved when it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language


@dataclass(frozen=True)
class Text:
    """A phrase in both languages; ``str()`` gives the reader's. Both are required, so neither can be forgotten."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.in_language(get_language() or "zh-hans")

    def in_language(self, language: str) -> str:
        """The phrase in ``language`` (a BCP 47 tag); anything that is not English reads Chinese."""
        return self.en if language.lower().startswith("en") else self.zh

    def format(self, **values: Any) -> Text:
        """The phrase with ``{name}`` placeholders filled in both languages; nested phrases keep both too."""
        return Text(self.zh.format(**_side(values, "zh")), self.en.format(**_side(values, "en")))

    def __html__(self) -> str:
        from_html = str(self)
        return from_html.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _side(values: dict[str, Any], side: str) -> dict[str, Any]:
    return {name: getattr(value, side) if isinstance(value, Text) else value for name, value in values.items()}


def listed(texts: Iterable[Text]) -> Text:
    """The phrases one after another, as each language separates them."""
    texts = list(texts)
    return Text("、".join(each.zh for each in texts), ", ".join(each.en for each in texts))


def cut(written: object, most: int = 40) -> str:
    """What somebody wrote, as an error repeats it: its first characters, and an ellipsis for the rest."""
    text = str(written)
    return text if len(text) <= most else f"{text[:most]}…"


def t(zh: str, en: str) -> Text:
    """Short for :class:`Text`; the house test reads its calls."""
    return Text(zh, en)
