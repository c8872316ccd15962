"""A need or an offer as ranking sees it: a title, a text and what is said of its field and maturity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """One posting of an exchange. Only ``id`` is required; what is missing is the empty string.

    ``field`` is the industry of the national classification (国民经济行业), major class first, ``area`` the technology area
    of the exchange (技术领域), ``maturity`` how far the technology is (成熟度).
    """

    id: str
    title: str = ""
    text: str = ""
    field: str = ""
    area: str = ""
    maturity: str = ""

    @property
    def words(self) -> str:
        """Title and text, the title on a line of its own."""
        return f"{self.title}\n{self.text}"


NAMES = {"title": ("name", "title"), "text": ("context", "text"), "field": ("classification",), "area": ("industry",)}


def listing(record: Mapping[str, Any]) -> Listing:
    """The listing of one JSON record of an exchange: ``id``, ``name``, ``context``, ``classification``, ``industry``, ``maturity``.

    Fields may be missing or null, others are ignored; raises :class:`ValueError` when there is no ``id``.
    """
    if record.get("id") in (None, ""):
        raise ValueError("没有 id / there is no “id”")
    found = {ours: next((str(record[name]) for name in names if record.get(name)), "") for ours, names in NAMES.items()}
    return Listing(id=str(record["id"]), maturity=str(record.get("maturity") or ""), **found)


def major(field: str) -> str:
    """The major class (门类) of an industry, what stands before the dashes."""
    return field.split("——")[0].strip()
