"""What is under way in the demo's exchange: quotes side by side, a deal that is being paid, a need to be shortlisted, an introduction."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

from fuhua.config.demo import exchange, papers
from fuhua.config.demo.exchange import Posting
from fuhua.evidence.actions import attachments
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import (
    brokering,
    decks,
    deliveries,
    introductions,
    orders,
    quotes,
    reservations,
    reviews,
    rfqs,
    settlements,
    shortlists,
    signing,
    standards,
)
from fuhua.exchange.actions.holding import Booking
from fuhua.exchange.kinds.standard import STANDARDS
from fuhua.exchange.models import Deal, Listing, Resource, Rfq
from fuhua.exchange.queries.agreements import agreement_of
from fuhua.exchange.queries.candidates import candidates
from fuhua.kernel import period
from fuhua.parties.actions import organisations, people, ties
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Party
from fuhua.parties.words import TieKind

_OFFICER = PLAYERS["city_officer"].urn
_STEPS = (100, 300, 1000)  # pieces at which screws are priced
_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass(frozen=True)
class Firm:
    """A provider outside the cast: its name, its person, and the unit prices it quotes in yuan, row by row (None: not offered)."""

    name: str
    person: str
    prices: tuple[int | None, ...]
    lead: int
    more: dict[str, Any]


MAKERS = (
    Firm("北京恒钧精密零件有限公司", "高远", (16, 12, 9), 21, {"tooling": 2_400_00, "least": 100, "most": 5000}),
    Firm("北京同衡快制科技有限公司", "许宁", (14, 13, None), 7, {"tooling": 300_00, "least": 20, "most": 400}),
    Firm("北京砺金特种紧固件有限公司", "梁工", (19, 12, 8), 30, {"tooling": 1_200_00, "least": 300, "note": "含磁化率检测报告"}),
)
AGENCIES = (
    Firm("北京知行专利代理有限公司", "顾文", (3_000, 7_800), 20, {"note": "检索不满意可免费重做一次"}),
    Firm("北京明鉴知识产权代理有限公司", "方可", (4_200, 6_900), 30, {}),
)
COUNSEL = Firm("北京衡准律师事务所", "韩律", (), 0, {})
PATENT = Posting("founder", "ip_service", "低温放大芯片专利检索与申请", "路演前提交两件发明专利，先做查新检索。",
                 {"service": "检索与查新、专利申请", "where": "中国", "disclosed": "否"})
STAGE = Posting("founder", "result", "寻找毫开温区纳米位移台技术", "10 mK 下纳米级步进，用于样品对准，希望许可或作价入股。",
                {"readiness": "4", "licences": "普通许可、作价入股"})
HALL = Posting("operator", "result", "寻找低温精密驱动技术做概念验证", "为在孵量子企业建公共样品台，需要低温位移台驱动与控制技术。",
               {"readiness": "4", "licences": "普通许可"})


def under_way(at: dt.datetime) -> None:
    """Quotes for screws wait to be chosen; patents were ordered, delivered, accepted and paid in part; two needs are with the broker."""
    _reviewed(at)
    screws = Listing.objects.get(side="need", kind="supply")
    engineer = _house("institute")
    reviews.ask(need=screws, engineer=engineer, expires=at + dt.timedelta(days=60), by=screws.owner.urn, at=at)
    rows = [rfqs.Row("M3 铍铜螺钉", step, "件", "磁化率低于千分之一") for step in _STEPS]
    _quoted(screws, rows, MAKERS, at, quantity=600)
    _paid_in_part(at)
    result = Listing.objects.get(side="offer", kind="result")
    decks.hand_in(listing=result, file=io.BytesIO(_PDF), name="低温位移台.pdf", invention="filed", by=result.owner.urn, at=at)
    _booked(at)
    exchange.post("need", STAGE, at)
    _introduced(exchange.post("need", HALL, at), at)


def _reviewed(at: dt.datetime) -> None:
    """A law firm read both standard texts."""
    counsel, _person = _provider(COUNSEL, at)
    for text in STANDARDS.values():
        standards.review(version=text.version, wording=text.wording, reviewer=counsel, on=period.day(at), opinion=io.BytesIO(_PDF),
                         by=_OFFICER, at=at)


def _house(key: str) -> Party:
    return Party.objects.get(urn=ORGANISATIONS[key].urn)


def _provider(firm: Firm, at: dt.datetime) -> tuple[Party, Party]:
    """The firm on the register and its person, who may act for it."""
    told: dict[str, Any] = {"by": _OFFICER, "at": at, "grade": Grade.REGISTRY}
    house = organisations.register(sort="firm", name=firm.name, district="110108", **told)
    person = people.enter(name=firm.person, **told)
    ties.attest(kind=TieKind.EMPLOYS, source=house, target=person, office="founder", by=_OFFICER, at=at)
    return house, person


def _quoted(need: Listing, rows: list[rfqs.Row], firms: tuple[Firm, ...], at: dt.datetime, quantity: int | None = None) -> Rfq:
    """Everybody who is asked has quoted, so that one can be chosen."""
    asked = [_provider(firm, at) for firm in firms]
    rfq = rfqs.send(need=need, asked=rfqs.Asked(rows=rows, providers=[house for house, _person in asked], invention="none",
                                                quantity=quantity), sender=need.owner_id, by=need.owner.urn, at=at)
    for firm, (house, person) in zip(firms, asked, strict=True):
        prices = [price and price * 100 for price in firm.prices]
        offered = quotes.Offered(prices=prices, lead_days=firm.lead, valid_until=period.day(at) + dt.timedelta(days=60), **firm.more)
        quotes.give(invitation=rfq.invitations.get(provider=house), offered=offered, person=person.pk, by=person.urn, at=at)
    return rfq


def _paid_in_part(at: dt.datetime) -> Deal:
    """Patents: the cheaper agency was chosen; both signed, all is accepted, and a part is paid."""
    need = exchange.post("need", PATENT, at)
    rows = [rfqs.Row("查新检索报告", 1, "份", "覆盖近十年中外文献"), rfqs.Row("发明专利撰写与提交", 2, "件", "取得受理通知书")]
    rfq = _quoted(need, rows, AGENCIES, at)
    chosen = rfq.invitations.get(provider__name=AGENCIES[1].name).quotes.get()
    [deal] = orders.choose(rfq=rfq, picks={chosen.pk: 0}, by=need.owner.urn, at=at)
    wording = agreement_of(deal).wording
    for side, person in ((deal.buyer, need.owner), (deal.provider, chosen.person)):
        signing.sign(deal=deal, side=side.pk, person=person.pk, wording=wording, by=person.urn, at=at)
    report = papers.text("查新检索报告", need.party.name, period.day(at))
    for item in deal.deliverables.order_by("number"):
        document = attachments.attach(io.BytesIO(report), text=True, by=chosen.person.urn, at=at)[0]
        deliveries.deliver(deliverable=item, note="按约交付", document=document, by=chosen.person.urn, at=at)
        deliveries.accept(deliverable=item, by=need.owner.urn, at=at)
    payment = settlements.Payment(8_000_00, "ICBC-2026-0001", period.day(at))
    settlements.pay(deal=deal, payer=deal.buyer, payment=payment, teller="buyer", by=need.owner.urn, at=at)
    return deal


def _booked(at: dt.datetime) -> None:
    """The founder has two hours on the microscope, on the next weekday but one."""
    founder, scope = Party.objects.get(urn=PLAYERS["founder"].urn), Resource.objects.get(offer__title__contains="扫描电镜")
    day = next(day for day in (period.day(at) + dt.timedelta(days=ahead) for ahead in range(2, 5)) if day.weekday() < 5)
    start = dt.datetime.combine(day, dt.time(10), period.SHANGHAI)
    wish = Booking(start=start, end=start + dt.timedelta(hours=2), organisation=_house("venture"), person=founder.pk, note="看镀层断口")
    reservations.book(resource=scope, wish=wish, by=founder.urn, at=at)


def _introduced(need: Listing, at: dt.datetime) -> None:
    """The broker took the need, shortlisted what fits best, and asked both sides."""
    broker = Party.objects.get(urn=PLAYERS["steward"].urn)
    by = {"by": broker.urn, "at": at}
    brokering.take(need=need, broker=broker, house=_house("service").pk, **by)
    best = candidates(need, at=at, most=2)
    shortlists.choose(need=need, person=broker.pk, chosen=[shortlists.Choice(each.offer, each.reasons, each.score) for each in best], **by)
    introductions.ask(need=need, offer=best[0].offer, person=broker.pk, **by)
