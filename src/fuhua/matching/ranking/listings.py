"""A need or an offer as ranking sees it: a title, a text and what is said of its field and maturity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from fuhua.kernel.words import Text, t


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


NAMES = {
    "title": ("name", "title"), "text": ("context", "text"), "field": ("classification",), "area": ("industry",), "maturity": ("maturity",),
}  # fmt: skip


class BadListing(ValueError):
    """A record is no listing; ``text`` names the field, and the record by its id if it has one."""

    def __init__(self, text: Text) -> None:
        super().__init__(f"{text.zh} / {text.en}")
        self.text = text


def listing(record: Mapping[str, Any]) -> Listing:
    """The listing of one JSON record of an exchange: ``id``, ``name``, ``context``, ``classification``, ``industry``, ``maturity``.

    Fields may be missing or null, others are ignored; raises :class:`BadListing` for an ``id`` that is none and for what is no text.
    """
    key = _key(record.get("id"))
    for name in (name for names in NAMES.values() for name in names):
        if not isinstance(record.get(name), str | None):
            said = t(" id “{key}”：“{name}” 应为文字，或不写", " id “{key}”: “{name}” must be text, or left out")
            raise BadListing(said.format(key=key, name=name))
    return Listing(id=key, **{ours: next((record[name] for name in names if record.get(name)), "") for ours, names in NAMES.items()})


def _key(given: object) -> str:
    if given is None or given == "":
        raise BadListing(t("：没有 id", ": there is no “id”"))
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise BadListing(t("：id 应为文字或整数", ": “id” must be text or a whole number"))
    key = str(given)
    if any(each.isspace() for each in key):
        raise BadListing(t("：id “{key}” 不能含空格或换行", ": id “{key}” must not have spaces in it").format(key=key))
    return key


def major(field: str) -> str:
    """The major class (门类) of an industry, what stands before the dashes."""
    return field.split("——")[0].strip()
