"""Pages of deals: those that wait for me, one deal with all its steps, and its papers."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.actions import documents, papers
from fuhua.exchange import access
from fuhua.exchange.actions import signing
from fuhua.exchange.kinds import payment_terms
from fuhua.exchange.kinds.agreement import TEMPLATE
from fuhua.exchange.models import Deal
from fuhua.exchange.pages.deal_forms import FORMS
from fuhua.exchange.queries import deals, ratings, vouchers
from fuhua.exchange.queries.agreements import agreement_of
from fuhua.exchange.queries.standards import review_of
from fuhua.exchange.words import DEAL_STATES, DELIVERABLE_STATES, DISPUTES, OUTCOMES, REJECTIONS, TELLERS
from fuhua.kernel import period
from fuhua.kernel.access import anybody, rule
from fuhua.kernel.page import PAGES, Menu, newest, page
from fuhua.kernel.words import Text, t
from fuhua.parties.panels.downloads import download
from fuhua.policy.words import NOT_ELIGIBLE, VERDICTS

_PAGE = 50
_VIEWS: dict[str, Text] = {"waiting": t("等我方处理", "waiting for us"), "running": t("进行中", "running"), "done": t("已完成", "done"),
                           "all": t("全部", "all")}
_MOVES = {"draft": ("sign",), "signed": ("deliver",), "delivered": ("judge",), "disputed": ("resolve",), "accepted": ("pay",),
          "settled": ("rate",)}
_STEPS: tuple[tuple[str, Text], ...] = (
    ("draft", t("签署", "sign")), ("signed", t("交付", "deliver")), ("delivered", t("验收", "accept")), ("accepted", t("结算", "settle")),
    ("settled", t("评价与回访", "rate, follow up")),
)
_TURNS: dict[str, tuple[Text, str]] = {  # whose turn a state is, and where on the page that is done
    "draft": (t("等待双方签署。", "Both sides have to sign."), "agreement"),  # once one has signed, see _turn
    "signed": (t("轮到提供方交付。", "It is the provider’s turn to deliver."), "deliverables"),
    "delivered": (t("轮到购买方验收。", "It is the buyer’s turn to accept."), "deliverables"),
    "disputed": (t("服务管家正在调解。", "A broker mediates."), "dispute"),
    "accepted": (t("轮到购买方付款。", "It is the buyer’s turn to pay."), "payment"),
    "settled": (t("已结清，请双方评价。", "It is paid; the two rate each other."), "ratings"),
}
_UNCONFIRMED = t("购买方填报，提供方尚未确认", "told by the buyer, not yet confirmed by the provider")
PUBLIC = rule("exchange.seal", t("任何人都可验证封签", "anybody may verify the seal"), anybody)


@page("exchange/deals/", name="exchange:deals", can=access.DEALS, title=t("协议", "Deals"), menu=Menu(t("协议", "Deals"), "seal", 36))
def listed(request: HttpRequest) -> HttpResponse:
    """The deals of my organisations, those that wait for us first."""
    today = period.day(timezone.now())
    wanted = request.GET.get("view", "")
    view = wanted if wanted in deals.VIEWS else "waiting" if request.who.acts_for() else "all"
    rows = deals.listed(request.who, view, today)
    found, older = newest(request, rows, _PAGE, view=view)
    return render(request, "exchange/deals.html", {
        "rows": [{"deal": deal, "state": DEAL_STATES[deal.state], "tone": _TONES.get(deal.state, "indigo")} for deal in found],
        "tabs": [{"label": label, "url": f"?view={code}", "active": code == view} for code, label in _VIEWS.items()],
        "older": older, "view": view,
    })


_TONES = {"draft": "ochre", "disputed": "zhu", "settled": "jade", "cancelled": "plain"}


@page("exchange/deals/<int:pk>/", name="exchange:deal", can=access.DEALS, title=t("协议", "Deal"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One deal: the agreement, what waits for whom, deliverables, payments, ratings and its history."""
    return shown(request, deal_of(request, pk))


def deal_of(request: HttpRequest, pk: int) -> Deal:
    """The deal, if the reader may see it; else 404."""
    rows = Deal.objects.select_related("buyer", "provider", "buyer_person", "provider_person", "need", "offer")
    return access.DEALS.get(request.who, rows, pk=pk)


def shown(request: HttpRequest, deal: Deal, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    """The page of a deal, with the forms that came back marked."""
    now = timezone.now()
    found, agreement = deals.deal_page(request.who, deal, now), agreement_of(deal)
    anew = bool(deal.wording) and deal.wording != agreement.wording
    acts, (turn, place) = _acts(request, found, now), _turn(found, anew)
    return render(request, "exchange/deal.html", {
        "deal": deal, "page": found, "agreement": agreement, "template": TEMPLATE,
        "review": review_of(TEMPLATE, period.day(now)), "state": DEAL_STATES[deal.state],
        "tone": _TONES.get(deal.state, "indigo"), "steps": _steps(found), "wrong": wrong or {},
        "again": [_again(deal, verb, form) for verb, form in (wrong or {}).items()],
        "forms": _Forms(deal, found, agreement.wording, wrong or {}, period.day(now)), "acts": acts,
        "turn": turn, "go_to": place if any(acts[verb] for verb in _MOVES.get(deal.state, ())) else "", "signed_anew": anew,
        "warning": payment_terms.warning(deal.pay_days, period.day(deal.signed_at or now)),
        "items": [_item(each, acts["deliver"] and deals.awaits_first(each, found.deliverables)) for each in found.deliverables],
        "payments": [_payment(each, found, acts) for each in found.settlements], "left": deal.total - found.paid,
        "voucher": _voucher(deal, found, period.day(now)),
        "outcomes": [{"it": each, "result": OUTCOMES.get(each.outcome, "")} for each in found.outcomes],
        "dispute": found.dispute and {"it": found.dispute, "because": DISPUTES[found.dispute.because]},
        "ratings": [{"it": each, "of": deal.provider if each.party_id == deal.buyer_id else deal.buyer} for each in found.ratings],
        "events": found.history,
        "may_read": access.PAPERS.may(request.who, deal), "rate_until": ratings.last_day(deal) if deal.settled_at else None,
        "trail": [{"label": t("协议", "Deals"), "url": reverse("exchange:deals")}, {"label": deal.number, "url": ""}],
    }, status=status)


def _again(deal: Deal, verb: str, form: forms.Form) -> dict[str, Any]:
    """The verb whose words were wrong, to be sent again."""
    name = f"exchange:deal_{verb}"
    return {"form": form, "title": PAGES[name].title, "url": reverse(name, kwargs={"pk": deal.pk})}


def _turn(found: deals.DealPage, anew: bool) -> tuple[Text | None, str]:
    """Whose turn it is, as the reader is told, and where on the page that is done; ``anew`` says that no signature counts."""
    deal, (said, place) = found.deal, _TURNS.get(found.deal.state, (None, ""))
    if deal.state == "draft" and found.signatures and not anew:
        other = deal.provider if found.signatures[0].party_id == deal.buyer_id else deal.buyer
        if found.side == other.pk:
            said = t("对方已签署，轮到贵方签署。", "The other side has signed; it is your turn.")
        else:
            said = t("一方已签署，等待 {name} 签署。", "One side has signed; {name} has yet to sign.").format(name=other.name)
    elif deal.state == "settled" and found.unconfirmed:
        said = t("购买方填报已付清，提供方尚未确认到账。", "The buyer says it is paid; the provider has not confirmed it yet.")
        place = "payment"
    elif deal.state == "settled" and found.ratings:
        said = t("已结清，评价已公开。", "It is paid, and the ratings are open.")
    elif deal.state == "settled" and found.mine:
        said = t("已结清，贵方已评价。", "It is paid, and your side has rated.")
    return said, place


def _steps(found: deals.DealPage) -> list[dict[str, Any]]:
    """How far the deal is; one that is disputed or ended is as far as what it has to show for it."""
    codes, deal = [code for code, _label in _STEPS], found.deal
    delivered = any(each.state == "delivered" for each in found.deliverables)
    come = "accepted" if deal.accepted_at else "delivered" if delivered else "signed" if deal.signed_at else "draft"
    now = codes.index(deal.state if deal.state in codes else come)
    return [{"label": label, "state": "skipped" if deal.state == "cancelled" and at >= now else "done" if at < now else
             "now" if at == now else "ahead"} for at, (_code, label) in enumerate(_STEPS)]


def _acts(request: HttpRequest, found: deals.DealPage, now: dt.datetime) -> dict[str, bool]:
    """What the reader may do now, by verb."""
    deal, side = found.deal, found.side
    buys, provides = side == deal.buyer_id, side == deal.provider_id
    signed = any(each.party_id == side for each in found.signatures)
    return {
        "sign": deal.state == "draft" and side is not None and not signed, "amend": deal.state == "draft" and side is not None,
        "deliver": provides and deal.state in ("signed", "delivered"), "judge": buys and deal.state == "delivered",
        "pay": side is not None and deal.state == "accepted",
        "take_back": side is not None and (deal.state == "accepted" or (deal.state == "settled" and not (found.mine or found.ratings))),
        "received": provides, "deny": provides and deal.state in ("accepted", "settled") and found.mine is None,
        "receivable": buys and deal.state == "accepted" and found.receivable is None and deal.total > found.paid,
        "dispute": side is not None and deal.state in ("signed", "delivered", "accepted"),
        "resolve": found.dispute is not None and access.MENDS.may(request.who, deal)
        and bool(deals.resolutions(deal, found.dispute, side)),
        "rate": (side is not None and deal.state == "settled" and not deal.fee and found.mine is None
                 and period.day(now) <= ratings.last_day(deal)),
        "outcome": buys,
    }


class _Forms:
    """The forms of a deal's page: ``forms.sign``, and per deliverable ``forms.of``; one that came back wrong is kept as it was sent."""

    def __init__(self, deal: Deal, found: deals.DealPage, wording: str, wrong: dict[str, forms.Form], today: dt.date) -> None:
        self._deal, self._side, self._wrong = deal, found.side, wrong
        self._initial: dict[str, dict[str, Any]] = {
            "sign": {"wording": wording}, "amend": {"pay_days": deal.pay_days},
            "pay": {"amount": f"{(deal.total - found.paid) / 100:.2f}", "paid_on": today},
        }

    def __getitem__(self, verb: str) -> forms.Form:
        return self._wrong.get(verb) or FORMS[verb](prefix=verb, deal=self._deal, side=self._side, initial=self._initial.get(verb))


def _payment(each: Any, found: deals.DealPage, acts: dict[str, bool]) -> dict[str, Any]:
    """A payment, with the forms by which its side takes it back, or the provider confirms or denies what the buyer told."""
    def form(verb: str, may: bool) -> forms.Form | None:
        return FORMS[verb](prefix=verb, initial={"payment": each.pk}, auto_id=f"id_{each.pk}_{verb}_%s") if may else None

    ours = each.teller == ("buyer" if found.side == found.deal.buyer_id else "provider")
    told = each.teller == "buyer"
    return {"it": each, "teller": _UNCONFIRMED if told else TELLERS[each.teller],
            "take_back": form("take_back", acts["take_back"] and ours), "received": form("received", acts["received"] and told),
            "not_received": form("not_received", acts["deny"] and told)}


def _item(each: Any, waits: bool) -> dict[str, Any]:
    def form(verb: str) -> forms.Form:
        return FORMS[verb](prefix=verb, initial={"item": each.pk}, auto_id=f"id_{each.pk}_%s")

    return {"it": each, "waits": waits, "state": DELIVERABLE_STATES[each.state], "because": REJECTIONS.get(each.because, ""),
            "tone": {"accepted": "jade", "rejected": "zhu", "delivered": "indigo"}.get(each.state, "ochre"),
            "earlier": [{**old, "at": dt.datetime.fromisoformat(old["at"]), "because": REJECTIONS.get(old["because"], "")}
                        for old in each.earlier],
            "deliver": form("deliver"), "accept": form("accept"), "reject": form("reject")}


def _voucher(deal: Deal, found: deals.DealPage, on: dt.date) -> dict[str, Any] | None:
    verdict = vouchers.verdict_of(deal, on)
    if verdict is None or (deal.state in ("settled", "cancelled") and not found.public):
        return None
    return {"rule": verdict.rule.name, "answer": VERDICTS[verdict.answer], "open": verdict.answer != NOT_ELIGIBLE,
            "why": vouchers.why_not(verdict) if verdict.answer == NOT_ELIGIBLE else None, "lacking": vouchers.lacking(verdict),
            "edition": verdict.edition, "room": vouchers.room(deal, on), "paid": found.public}


@page("exchange/deals/<int:pk>/agreement.pdf", name="exchange:deal_agreement", can=access.PAPERS, title=t("协议文本", "Agreement"))
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreement as PDF: sealed once it is signed, before that as it would be signed now."""
    deal = access.PAPERS.get(request.who, Deal.objects.select_related("buyer", "provider"), pk=pk)
    file = documents.open_document(deal.sealed) if deal.sealed else io.BytesIO(signing.printed(deal))
    return FileResponse(file, filename=f"{deal.number}.pdf", content_type=papers.PDF)


@page("exchange/deals/<int:pk>/papers/<slug:digest>/", name="exchange:deal_paper", can=access.PAPERS,
      title=t("协议文件", "Paper of a deal"))
def paper(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """A document of the deal, checked against its digest, always as a download."""
    deal = access.PAPERS.get(request.who, Deal.objects.all(), pk=pk)
    return download(digest, deals.documents_of(deal).get(digest))


@page("exchange/seal.pem", name="exchange:seal", can=PUBLIC, title=t("封签证书", "Certificate of the seal"))
def certificate(_request: HttpRequest) -> HttpResponse:
    """The certificate by which anybody verifies the seal on an agreement."""
    return HttpResponse(papers.certificate(at=timezone.now()), content_type="application/x-pem-file")
