"""Search over everything the reader may see: organisations by any of their names, listings, measures, indicators, facts by digest."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from fuhua.evidence import queries as evidence
from fuhua.evidence.facts import FACTS
from fuhua.evidence.proof.figure import INDICATORS
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.queries import listings
from fuhua.exchange.words import NEED, OFFER, SIDES
from fuhua.front import access
from fuhua.kernel.words import Text, t
from fuhua.matching.text.tokens import normal
from fuhua.parties.access import ORGANISATIONS
from fuhua.parties.queries import directory
from fuhua.parties.words import DISTRICTS, SORTS
from fuhua.plan.queries import overview
from fuhua.plan.queries.objectives import published

EACH = 20
_LOOKED_AT = 100  # listings of a side that the index finds, held against the words
_SORT = Text("{side} · {kind}", "{side} · {kind}")


def found(who: Any, text: str) -> list[dict[str, Any]]:
    """Groups of hits: title and rows with label, note and URL; empty groups are left out."""
    text = text.strip()
    if not text:
        return []
    groups = (
        (t("组织", "Organisations"), _organisations(who, text)),
        (t("供需信息", "Listings"), _listings(who, text)),
        (t("指标", "Indicators"), _indicators(text)),
        (t("举措", "Measures"), _measures(text)),
        (t("事实", "Facts"), _facts(who, text)),
    )
    return [{"title": title, "rows": rows} for title, rows in groups if rows]


def _organisations(who: Any, text: str) -> list[dict[str, Any]]:
    rows = directory.searched(ORGANISATIONS.filter(who, directory.organisations()), q=text).order_by("name")[:EACH]
    found = list(rows)
    opened = set(access.PROFILES.filter(who, directory.organisations()).filter(pk__in=[row.pk for row in found])
                 .values_list("pk", flat=True)) if found and access.PROFILES.opens_for(who) else set()
    return [{"label": row.name, "note": _place(row), "url": reverse(
        "front:profile" if row.pk in opened else "parties:organisation", kwargs={"urn": row.urn})} for row in found]


def _place(row: Any) -> Text:
    return Text("{sort} {district}", "{sort} {district}").format(sort=SORTS[row.sort], district=DISTRICTS.get(row.district, ""))


def _listings(who: Any, text: str) -> list[dict[str, Any]]:
    """Open offers, then needs, that hold every word in title or text, the best first."""
    found = []
    for side in (OFFER, NEED):
        rows = listings.found(who, side=side)
        best = listings.best(rows, side, text)[:_LOOKED_AT]
        words = normal(text).split()
        kept = {row.pk: row for row in rows.filter(pk__in=best) if all(word in normal(f"{row.title}\n{row.text}") for word in words)}
        found += [kept[pk] for pk in best if pk in kept][: EACH // 2]
    return [{"label": row.title, "note": _SORT.format(side=SIDES[row.side], kind=listing_kinds()[row.kind].label),
             "url": reverse("exchange:listing", kwargs={"pk": row.pk})} for row in found]


def _indicators(text: str) -> list[dict[str, Any]]:
    edition = published()
    if edition is None:
        return []
    linked = overview.linked(edition)
    wanted = text.lower()
    return [{"label": f"{each.code} {each.name}", "note": each.unit,
             "url": reverse("front:indicator", kwargs={"slug": edition.slug, "code": each.code})}
            for each in INDICATORS if each.code in linked and wanted in f"{each.code} {each.name.zh} {each.name.en}".lower()]


def _measures(text: str) -> list[dict[str, Any]]:
    return [{"label": f"{row.no}. {row.title}", "note": row.edition.title,
             "url": reverse("plan:edition", kwargs={"slug": row.edition.slug})}
            for row in overview.saying(text)[:EACH]]


def _facts(who: Any, text: str) -> list[dict[str, Any]]:
    if len(text) < 8 or not all(letter in "0123456789abcdef" for letter in text.lower()):
        return []
    rows = access.FACTS.filter(who, evidence.facts()).filter(digest__startswith=text.lower())[:EACH]
    return [{"label": row.digest[:16], "note": FACTS[row.kind].LABEL if row.kind in FACTS else row.kind,
             "url": reverse("front:fact", kwargs={"digest": row.digest})} for row in rows]
