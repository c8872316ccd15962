"""The verbs of a deal as its two sides press them: hidden deals are 404, what is not yours is 403, wrong words come back marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from fuhua.evidence.actions import attachments
from fuhua.exchange import access
from fuhua.exchange.actions import deliveries, disputes, outcomes, receivables, settlements, signing
from fuhua.exchange.actions import ratings as rated
from fuhua.exchange.actions.deals import BadDeal, url_of
from fuhua.exchange.models import Deal, Deliverable, Outcome, Settlement
from fuhua.exchange.pages.deal_forms import FORMS
from fuhua.exchange.pages.deals import deal_of, shown
from fuhua.exchange.queries.deals import side_of
from fuhua.kernel.access import Rule
from fuhua.kernel.words import Text, t
from fuhua.parties.panels.pressing import Pressed

_Act = Callable[[Deal, Any, dict[str, Any], dict[str, Any]], Any]


def _after(deal: Deal, who: Any) -> str:
    """The deal, or the desk for a broker to whom it closed with the dispute."""
    return url_of(deal) if access.DEALS.may(who, deal) else reverse("desk:waiting")


_PRESSED = Pressed("exchange/deals/", "exchange:deal", deal_of, shown, _after)


def _verb(verb: str, can: Rule, title: Text, done: Text, act: _Act) -> None:
    """Declare the page of one verb; ``act`` gets the deal, who, what the form said, and ``by`` and ``at``."""

    def pressed(request: HttpRequest, deal: Deal, form: Any, told: dict[str, Any]) -> Any:
        act(deal, request.who, form.cleaned_data, told)
        return request.who

    _PRESSED.verb(verb, can, title, done,
                  lambda request, deal: FORMS[verb](request.POST, request.FILES, prefix=verb, deal=deal, side=side_of(request.who, deal)),
                  pressed)


def _item(deal: Deal, said: dict[str, Any]) -> Deliverable:
    found = deal.deliverables.filter(pk=said["item"]).first()
    if found is None:
        raise BadDeal(t("没有这项交付物，请刷新页面", "there is no such deliverable; reload the page"))
    return found


def _deliver(deal: Deal, _who: Any, said: dict[str, Any], told: dict[str, Any]) -> None:
    document = attachments.attach(said["file"].file, text=True, **told)[0] if said["file"] else ""
    deliveries.deliver(deliverable=_item(deal, said), note=said["note"], document=document, **told)


def _pay(deal: Deal, who: Any, said: dict[str, Any], told: dict[str, Any]) -> None:
    rule = settlements.rule_of(deal) if "award" in said else ""
    payment = settlements.Payment(said["amount"], said["reference"], said["paid_on"], rule, said.get("award", ""))
    _row, changed = settlements.pay(deal=deal, payer=said.get("payer") or deal.buyer, payment=payment,
                                    teller="buyer" if side_of(who, deal) == deal.buyer_id else "provider", **told)
    if changed == "known":
        raise BadDeal(t("这笔付款此前已登记，没有重复登记", "this payment is on record already; it was not recorded again"))


def _payment(deal: Deal, said: dict[str, Any]) -> Settlement:
    found = deal.settlements.filter(pk=said["payment"]).first()
    if found is None:
        raise BadDeal(t("没有这笔付款，请刷新页面", "there is no such payment; reload the page"))
    return found


def _dispute(deal: Deal, who: Any, said: dict[str, Any], told: dict[str, Any]) -> None:
    item = deal.deliverables.filter(pk=said["item"]).first() if said["item"] else None
    disputes.dispute(deal=deal, side=side_of(who, deal), because=said["because"], text=said["text"], person=who.party_id, deliverable=item,
                     **told)


def _answer(deal: Deal, _who: Any, said: dict[str, Any], told: dict[str, Any]) -> None:
    asked = Outcome.objects.filter(deal=deal, pk=said["outcome"]).first()
    if asked is None:
        raise BadDeal(t("没有这次回访，请刷新页面", "this was not asked; reload the page"))
    outcomes.answer(outcome=asked, result=said["result"], text=said["text"], **told)


_verb("sign", access.SIDE, t("签署", "Sign"), t("已签署", "signed"), lambda deal, who, said, told: signing.sign(
    deal=deal, side=side_of(who, deal), person=who.party_id, wording=said["wording"], **told))
_verb("amend", access.SIDE, t("修改付款期限", "Change the term of payment"),
      t("已修改，双方须签署新文本", "changed; both sign the new text"),
      lambda deal, who, said, told: signing.amend(deal=deal, side=side_of(who, deal), pay_days=said["pay_days"], **told))
_verb("cancel", access.SIDE, t("取消协议", "Cancel the agreement"), t("协议已取消", "the agreement is cancelled"),
      lambda deal, who, _said, told: signing.cancel(deal=deal, side=side_of(who, deal), **told))
_verb("deliver", access.PROVIDES, t("交付", "Deliver"), t("已交付，等待验收", "delivered; it waits to be accepted"), _deliver)
_verb("accept", access.BUYS, t("验收通过", "Accept"), t("已验收", "accepted"),
      lambda deal, _who, said, told: deliveries.accept(deliverable=_item(deal, said), **told))
_verb("reject", access.BUYS, t("退回", "Reject"), t("已退回，提供方将重新交付", "rejected; it will be delivered again"),
      lambda deal, _who, said, told: deliveries.reject(
          deliverable=_item(deal, said), because=said["because"], remark=said["remark"], **told))
_verb("pay", access.SIDE, t("登记付款", "Record a payment"), t("付款记录已更新", "the record of payments is up to date"), _pay)
_verb("pay_public", access.SIDE, t("登记财政资金支付", "Record a payment of public money"),
      t("付款记录已更新", "the record of payments is up to date"), _pay)
_verb("take_back", access.SIDE, t("撤销付款记录", "Take a payment back"), t("已撤销，对方已收到通知", "taken back; the other side is told"),
      lambda deal, who, said, told: settlements.take_back(
          settlement=_payment(deal, said), side=side_of(who, deal), reason=said["reason"], **told))
_verb("received", access.PROVIDES, t("确认到账", "Confirm that it was received"), t("已确认到账", "confirmed as received"),
      lambda deal, _who, said, told: settlements.confirm(settlement=_payment(deal, said), **told))
_verb("not_received", access.PROVIDES, t("未收到款项", "Say that it was not received"),
      t("付款记录已撤销，已通知购买方", "the payment is taken off the record; the buyer is told"),
      lambda deal, who, said, told: disputes.deny(settlement=_payment(deal, said), person=who.party_id, **told))
_verb("receivable", access.BUYS, t("确认应收账款", "Confirm the receivable"),
      t("已确认，提供方可以下载", "confirmed; the provider may download it"),
      lambda deal, who, _said, told: receivables.confirm(deal=deal, person=who.party_id, **told))
_verb("dispute", access.SIDE, t("提出争议", "Dispute"), t("已请服务管家调解", "a broker was asked to mediate"), _dispute)
_verb("resolve", access.MENDS, t("争议了结", "Resolve the dispute"), t("争议已了结", "the dispute is over"),
      lambda deal, who, said, told: disputes.resolve(deal=deal, result=said["result"], side=side_of(who, deal), **told))
_verb("rate", access.SIDE, t("评价对方", "Rate the other side"), t("已评价；双方都评价后同时公开", "rated; both are revealed together"),
      lambda deal, who, said, told: rated.rate(deal=deal, side=side_of(who, deal), points=said["points"], text=said["text"], **told))
_verb("outcome", access.BUYS, t("答复回访", "Tell what came of it"), t("谢谢，已记录", "thank you, it is recorded"), _answer)
