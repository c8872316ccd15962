"""Search over everything the reader may see: organisations by any of their names, measures, indicators, facts by digest."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from fuhua.evidence import models as tables
from fuhua.evidence.facts import FACTS
from fuhua.evidence.proof.figure import INDICATORS
from fuhua.front import access
from fuhua.kernel.words import Text, t
from fuhua.parties.models import Party
from fuhua.parties.words import DISTRICTS, SORTS, Sort
from fuhua.plan.models import Edition, Measure
from fuhua.plan.words import Status

EACH = 20


def found(who: Any, text: str) -> list[dict[str, Any]]:
    """Groups of hits: title and rows with label, note and URL; empty groups are left out."""
    text = text.strip()
    if not text:
        return []
    groups = (
        (t("组织", "Organisations"), _organisations(text, opened=access.FACTS.opens_for(who))),
        (t("指标", "Indicators"), _indicators(text)),
        (t("举措", "Measures"), _measures(text)),
        (t("事实", "Facts"), _facts(who, text)),
    )
    return [{"title": title, "rows": rows} for title, rows in groups if rows]


def _organisations(text: str, *, opened: bool) -> list[dict[str, Any]]:
    named = Q(names__text__icontains=text) | Q(code=text.upper())
    rows = Party.objects.filter(named, merged_into=None).exclude(sort=Sort.PERSON).distinct().order_by("name")[:EACH]
    return [{"label": row.name, "note": _place(row), "url": reverse("front:profile", kwargs={"urn": row.urn}) if opened else
             reverse("parties:organisation", kwargs={"urn": row.urn})} for row in rows]


def _place(row: Party) -> Text:
    return Text("{sort} {district}", "{sort} {district}").format(sort=SORTS[row.sort], district=DISTRICTS.get(row.district, ""))


def _indicators(text: str) -> list[dict[str, Any]]:
    edition = Edition.objects.filter(status=Status.PUBLISHED).order_by("-start").first()
    if edition is None:
        return []
    linked = set(edition.targets.exclude(indicator="").values_list("indicator", flat=True))
    wanted = text.lower()
    return [{"label": f"{each.code} {each.name}", "note": each.unit,
             "url": reverse("front:indicator", kwargs={"slug": edition.slug, "code": each.code})}
            for each in INDICATORS if each.code in linked and wanted in f"{each.code} {each.name.zh} {each.name.en}".lower()]


def _measures(text: str) -> list[dict[str, Any]]:
    rows = Measure.objects.filter(Q(title__icontains=text) | Q(text__icontains=text), edition__status=Status.PUBLISHED)
    return [{"label": f"{row.no}. {row.title}", "note": row.edition.title, "url": reverse("plan:edition", kwargs={"slug": row.edition.slug})}
            for row in rows.select_related("edition").order_by("edition", "no")[:EACH]]


def _facts(who: Any, text: str) -> list[dict[str, Any]]:
    if len(text) < 8 or not all(letter in "0123456789abcdef" for letter in text.lower()):
        return []
    rows = access.FACTS.filter(who, tables.Fact.objects.filter(digest__startswith=text.lower()))[:EACH]
    return [{"label": row.digest[:16], "note": FACTS[row.kind].LABEL if row.kind in FACTS else row.kind,
             "url": reverse("front:fact", kwargs={"digest": row.digest})} for row in rows]
