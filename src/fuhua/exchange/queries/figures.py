"""What the exchange achieves, for officers: days to the first answer, needs that become contracts, reasons they end, gaps of supply.

Counted from needs that were opened and from offers that are open; never visits or views. Every figure opens to its rows.
"""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Min, Q
from django.db.models.fields.json import KT

from fuhua.exchange.kinds.industries import DIVISIONS
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.kinds.scales import READINESS
from fuhua.exchange.models import Deal, Listing, Side
from fuhua.exchange.queries.rfqs import first_answers
from fuhua.exchange.words import LIVE, NEED, OFFER
from fuhua.kernel import period
from fuhua.kernel.words import Text, t

UNTOLD = t("未填", "not told")
_READINESS = KT("spec__readiness")
_DIVISION = 3  # letters of a GB/T 4754 code that name its division


@dataclass(frozen=True)
class Need:
    """One need that was opened, as the figures see it; ``answered`` is the day an offer's side or a provider asked for a quote first
    answered, ``signed`` that of the first agreement that stands and is no pilot's. ``contracted`` is also what free slots served."""

    pk: int
    title: str
    kind: str
    division: str
    readiness: str
    opened: dt.date
    answered: dt.date | None
    signed: dt.date | None
    contracted: bool
    state: str
    because: str

    @property
    def days(self) -> int | None:
        """Working days from opening to the first answer."""
        return None if self.answered is None else _working_days(self.opened, self.answered)

    @property
    def month(self) -> str:
        """The month in which it was opened, ``2025-06``."""
        return f"{self.opened:%Y-%m}"


@lru_cache(maxsize=20_000)
def _working_days(first: dt.date, last: dt.date) -> int:
    return period.working_days_between(first, last)


def needs(rows: Q) -> list[Need]:
    """Every need that was ever opened among ``rows``, in five queries."""
    opened = Listing.objects.filter(rows, side=NEED, opened_at__isnull=False).order_by("-opened_at", "-pk")
    answered = dict(Side.objects.filter(side=OFFER, answered_at__isnull=False).order_by().values_list("introduction__need")
                    .annotate(first=Min("answered_at")))
    for need, at in first_answers().items():
        answered[need] = min(at, answered.get(need, at))
    final = Q(terms__stage__isnull=True) | ~Q(terms__stage="pilot")  # only brokered deals tell a stage
    stands = Q(affiliated=False) & ~Q(state="cancelled")  # who serves its own house contracts with nobody
    signed = dict(Deal.objects.filter(final, need__isnull=False).order_by().values_list("need")
                  .annotate(first=Min("signed_at", filter=stands)))
    return [Need(pk, title, kind, field[:_DIVISION], readiness or "", period.day(at), answered.get(pk) and period.day(answered[pk]),
                 signed.get(pk) and period.day(signed[pk]), bool(signed.get(pk, because == "contracted")), state, because)
            for pk, title, kind, field, readiness, at, state, because in opened.values_list(
                "pk", "title", "kind", "field", _READINESS, "opened_at", "state", "because")]


@dataclass(frozen=True)
class Answers:
    """How long the first answer takes, in working days: median and the day by which nine of ten have one; and how many wait."""

    median: float | None
    most: int | None
    answered: int
    waiting: int


def answers(rows: Sequence[Need]) -> Answers:
    """Over the needs that were answered; those that are open without an answer are counted apart."""
    days = sorted(each.days for each in rows if each.days is not None)
    waiting = sum(each.answered is None and each.state in LIVE for each in rows)
    if not days:
        return Answers(None, None, 0, waiting)
    return Answers(statistics.median(days), days[math.ceil(0.9 * len(days)) - 1], len(days), waiting)


def days_to_sign(rows: Iterable[Need]) -> float | None:
    """Days from opening a need to its first signed agreement, median over those that have one."""
    days = [(each.signed - each.opened).days for each in rows if each.signed is not None]
    return statistics.median(days) if days else None


@dataclass(frozen=True)
class Rate:
    """Of the needs opened under ``code``, how many became contracts."""

    code: str
    label: Text
    opened: int
    contracted: int


BY: dict[str, tuple[Text, Callable[[Need], str], Callable[[str], Text]]] = {
    "kind": (t("类别", "kind"), lambda need: need.kind, lambda code: listing_kinds()[code].label if code in listing_kinds() else UNTOLD),
    "division": (t("行业", "field"), lambda need: need.division, lambda code: DIVISIONS.get(code, UNTOLD)),
    "month": (t("开放月份", "month opened"), lambda need: need.month, lambda code: Text(code, code)),
}


def rates(rows: Iterable[Need], by: str) -> list[Rate]:
    """Need → contract, by one of :data:`BY`, the largest group first (months: the newest first)."""
    _label, code_of, label_of = BY[by]
    opened: Counter[str] = Counter()
    contracted: Counter[str] = Counter()
    for each in rows:
        opened[code_of(each)] += 1
        contracted[code_of(each)] += each.contracted
    order = sorted(opened, reverse=True) if by == "month" else [code for code, _n in opened.most_common()]
    return [Rate(code, label_of(code), opened[code], contracted[code]) for code in order]


def closures(rows: Iterable[Need]) -> list[tuple[str, int]]:
    """Why needs ended: (code of ``words.CLOSINGS``, how many), the most frequent first."""
    return Counter(each.because for each in rows if each.because).most_common()


@dataclass(frozen=True)
class Gap:
    """Open needs of a division and a readiness against the open offers there."""

    division: str
    readiness: str
    needs: int
    offers: int

    @property
    def label(self) -> Text:
        """The division in words."""
        return DIVISIONS.get(self.division, UNTOLD)

    @property
    def stage(self) -> Text:
        """The readiness in words."""
        return READINESS.get(self.readiness, UNTOLD)


def gaps(rows: Iterable[Need]) -> list[Gap]:
    """Where open needs outnumber open offers, the widest first: supply is short there. One query.

    An offer serves a need of its own readiness or a lower one; one that does not tell its readiness serves only needs that do not.
    """
    wanted = Counter((each.division, each.readiness) for each in rows if each.state in LIVE)
    offered: Counter[tuple[str, str]] = Counter()
    for field, readiness in Listing.objects.filter(side=OFFER, state__in=LIVE).values_list("field", _READINESS):
        offered[field[:_DIVISION], readiness or ""] += 1
    found = [Gap(division, readiness, count, _serving(offered, division, readiness)) for (division, readiness), count in wanted.items()]
    return sorted((gap for gap in found if gap.needs > gap.offers), key=lambda gap: (gap.offers - gap.needs, gap.division, gap.readiness))


def _serving(offered: Counter[tuple[str, str]], division: str, readiness: str) -> int:
    return sum(count for (where, stage), count in offered.items() if where == division and (stage >= readiness if stage else not readiness))


# --- the rows behind a figure ---

SHOWN: dict[str, Callable[[Need], Any]] = {
    "opened": lambda _need: True,
    "answered": lambda need: need.answered is not None,
    "waiting": lambda need: need.answered is None and need.state in LIVE,
    "contracted": lambda need: need.contracted,
    "closed": lambda need: need.because != "",
    "live": lambda need: need.state in LIVE,
}


def behind(rows: Iterable[Need], of: str, only: dict[str, str]) -> list[Need]:
    """The needs behind a figure: ``of`` is a key of :data:`SHOWN`, ``only`` narrows by kind, division, month, readiness, because."""
    return [each for each in rows if SHOWN[of](each) and all(getattr(each, name) == value for name, value in only.items())]
