"""What the agreement of a deal says, as data: the page and the PDF are both made of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from fuhua.exchange.kinds.agreement import (
    BOX,
    CLAUSES,
    DUE,
    FURTHER,
    HEADS,
    MORE,
    NOTE,
    SCOPE,
    SIDES,
    SIGNATURES,
    TEMPLATE,
    TOTAL,
)
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.kinds.scales import unit_of
from fuhua.exchange.models import Deal
from fuhua.exchange.words import PROCUREMENT, VAT
from fuhua.kernel import period
from fuhua.kernel.money import capitals
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, t
from fuhua.parties.models import Party

FIRST, SECOND = t("甲方（购买方）", "buyer"), t("乙方（提供方）", "provider")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四")

@cache
def _routes() -> dict[str, Text]:
    """Every route of procurement by its words in the agreement: those of a public buyer, and those that kinds ask for."""
    asked = [each for kind in listing_kinds() for field in kind.fields if field.name == "route" for each in field.choices.values()]
    return {each.zh: each for each in (*asked, *PROCUREMENT.values())}


# Further terms that are kept as such and read by each in their language; the others are words
_READ: dict[str, Callable[[Any], Any]] = {
    "decides": lambda day: formats.day(dt.date.fromisoformat(day)), "vat": VAT.__getitem__,
    "approval": lambda _yes: t("开始测量前，需求方须取得现场安全批准并在平台登记",
                               "before anything is measured the needing side has its site’s safety approved and on record"),
    "procurement": lambda route: _routes().get(route, route),
}


@dataclass(frozen=True)
class Agreement:
    """The agreement: ``sides`` (label, name, credit code, contact), ``lines`` and ``due`` as written, ``articles`` after them."""

    number: str
    title: str
    sides: tuple[tuple[Text, str, str, str], ...]
    lines: tuple[tuple[str, str, Text, str, str], ...]
    total: int
    due: tuple[tuple[str, str, Text], ...]
    articles: tuple[tuple[Text, tuple[Text, ...]], ...]
    drawn_up: Text

    @property
    def capitals(self) -> str:
        """The total in Chinese capitals."""
        return capitals(self.total)

    @property
    def wording(self) -> str:
        """SHA-256 of everything it says: it changes when any word of it does."""
        return hashlib.sha256(json.dumps(self.printed(), ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    def printed(self) -> dict[str, Any]:
        """What the template prints, in Chinese."""
        return {
            "number": self.number, "title": self.title, "foot": f"范本 {TEMPLATE} · {self.drawn_up.zh} 拟定",
            "sides_title": _numbered(0, SIDES), "sides_head": ["", *_heads(SIDES)],
            "sides": [[label.zh, *rest] for label, *rest in self.sides],
            "lines_title": _numbered(1, SCOPE), "lines_head": _heads(SCOPE),
            "lines": [[str(no), item, quantity, unit.zh, *amounts] for no, (item, quantity, unit, *amounts) in enumerate(self.lines, 1)],
            "total": TOTAL.format(total=formats.yuan(self.total), capitals=self.capitals).zh,
            "due_title": _numbered(2, DUE), "due_head": _heads(DUE),
            "due": [[str(no), title, test, on.zh] for no, (title, test, on) in enumerate(self.due, 1)],
            "sections": [{"heading": _numbered(no, heading), "paragraphs": [each.zh for each in paragraphs]}
                         for no, (heading, paragraphs) in enumerate(self.articles, 3)],
            "signing": {"title": SIGNATURES.zh, "note": NOTE.format(number=self.number).zh,
                        "sides": [[label.zh, name] for label, name, _code, _contact in self.sides], "box": BOX.zh},
        }


def agreement_of(deal: Deal) -> Agreement:
    """The agreement of a deal as it would be signed now; parties are read afresh, so that a name that changed shows."""
    people = Party.objects.in_bulk([deal.buyer_id, deal.provider_id, deal.buyer_person_id, deal.provider_person_id])
    return Agreement(
        number=deal.number, title=deal.title,
        sides=tuple(_side(label, people[side], people.get(person)) for label, side, person in (
            (FIRST, deal.buyer_id, deal.buyer_person_id), (SECOND, deal.provider_id, deal.provider_person_id))),
        lines=tuple((line["item"], formats.grouped(line["quantity"]), unit_of(line["unit"]), _yuan(line["price"]),
                     _yuan(line["quantity"] * line["price"])) for line in deal.lines),
        total=deal.total,
        due=tuple((each.title, each.test, formats.day(each.due)) for each in deal.deliverables.order_by("number")),
        articles=tuple(_articles(deal)),
        drawn_up=formats.day(period.day(deal.opened_at)),
    )


def _side(label: Text, party: Party, person: Party | None) -> tuple[Text, str, str, str]:
    return label, party.name, party.code or "—", (person.name if person else "") or "—"


def _articles(deal: Deal) -> Iterator[tuple[Text, tuple[Text, ...]]]:
    for clause in CLAUSES:
        yield clause.heading, tuple(each.format(pay_days=deal.pay_days) for each in clause.paragraphs)
    further = tuple(t("{label}：{value}", "{label}: {value}").format(label=label, value=_READ.get(code, str)(deal.terms[code]))
                    for code, label in FURTHER.items() if deal.terms.get(code) not in (None, ""))
    if further:
        yield MORE, further


def _numbered(no: int, heading: Text) -> str:
    return f"{_NUMERALS[no]}、{heading.zh}"


def _heads(heading: Text) -> list[str]:
    return HEADS[heading].zh.split("、")


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"
