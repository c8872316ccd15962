"""Sources of answers that journeys give to forms of lower engines: stays, tenants, firms hatched, floor area, and mentoring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Max, Min, Q, QuerySet

from fuhua.evidence import queries as evidence
from fuhua.evidence.facts import META
from fuhua.evidence.proof.resolve import standing
from fuhua.journey import facts
from fuhua.journey.models import Stay
from fuhua.journey.queries import mentored, profiles
from fuhua.kernel.words import t
from fuhua.policy import catalog
from fuhua.schemes.kinds.known import Known, Source


def _stays(on: dt.date, **of: Iterable[str]) -> QuerySet[Stay]:
    return Stay.objects.filter(Q(ended=None) | Q(ended__gt=on), began__lte=on, **of)


def _counted(rows: QuerySet[Stay], what: str) -> Known | None:
    """How many there are, by the weakest of the facts they rest on, since the latest of them."""
    latest = rows.aggregate(day=Max("began"))["day"]
    if latest is None:
        return None
    grade = evidence.facts().filter(digest__in=rows.values("digest")).aggregate(least=Min("grade"))["least"]
    return Known(str(rows.values(what).distinct().count()), grade or 0, latest)


def _tenants(urn: str, on: dt.date) -> Known | None:
    return _counted(_stays(on, host__in=profiles.family_of(urn)), "venture")


def _hosts(urn: str, on: dt.date) -> Known | None:
    return _counted(_stays(on, venture__in=profiles.family_of(urn)), "host")


def _hatched(urn: str, on: dt.date) -> Known | None:
    """Firms that became high-tech enterprises on or after the day a stay here began, each once."""
    hosts = Stay.objects.filter(host__in=profiles.family_of(urn), began__lte=on)
    began = dict(hosts.values_list("venture").annotate(first=Min("began")))
    if not began:
        return None
    kinds = [facts.TitleAwarded.KIND, *(kind.KIND for kind in META)]
    told = standing(list(evidence.records(kinds, subjects=list(began))), on).told
    firms = {record.subject: record for record in told if record.fact.title == "hnte" and record.true_from >= began[record.subject]}
    grade = min((record.grade for record in firms.values()), default=0)
    return Known(str(len(firms)), grade, max((record.true_from for record in firms.values()), default=min(began.values())))


def _area(urn: str, on: dt.date) -> Known | None:
    """The floor area in m² as it was stated for policy; a range says nothing certain."""
    profile = profiles.profile_of(urn, on)
    low, high = profile.known.get("site_area", (None, None))
    if low is None or low != high:
        return None
    origin = profile.origins["site_area"]
    return Known(f"{(Decimal(low) / catalog.inputs()['site_area'].scale).normalize():f}", origin.grade, origin.on, origin.digest)


TOLD = (
    Source("tenants", t("在孵入驻", "tenants"), _tenants),
    Source("stays", t("入驻记录", "stays"), _hosts),
    Source("hatched", t("入驻后认定的高企", "high-tech firms hatched"), _hatched),
    Source("area", t("已报场地面积", "floor area as stated"), _area),
    *mentored.TOLD,
)
