"""The verbs of a pool's member: join, stay out, agree to a quote, leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.exchange import access
from fuhua.exchange.actions import pools
from fuhua.exchange.models import Member
from fuhua.exchange.queries.comparing import quote_of
from fuhua.kernel.page import number, page
from fuhua.kernel.words import Text, t


def _verb(verb: str, title: Text, act: Callable[[Member, HttpRequest, dict[str, Any]], Any], done: Text) -> None:
    """The view of one verb: another's membership is 404; what stands against it is said on the page of the request."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        member = access.POOLED.get(request.who, Member.objects.select_related("pool", "need").order_by("-pk"), need=pk)
        try:
            act(member, request, {"by": request.who.urn, "at": timezone.now()})
        except BadFact as wrong:
            messages.error(request, wrong.text)
        else:
            messages.success(request, done)
        return redirect("exchange:rfq", pk=pk)

    view.__name__, view.__doc__ = verb, title.en
    page(f"exchange/<int:pk>/pool/{verb}/", name=f"exchange:pool_{verb}", can=access.POSTS, title=title, methods=("POST",))(view)


def _agree(member: Member, request: HttpRequest, told: dict[str, Any]) -> None:
    quote = quote_of(number(request, "quote"))
    if quote is None:
        raise Http404
    pools.agree(member=member, quote=quote, **told)


_verb("join", t("加入拼单", "Join the pool"),
      lambda member, request, told: pools.join(member=member, quantity=number(request, "pieces") or 0, **told),
      t("已加入拼单；满两家后任一成员可发出询价", "you joined; once two have, any member can ask for quotes"))
_verb("decline", t("不参加拼单", "Stay out of the pool"), lambda member, _request, told: pools.decline(member=member, **told),
      t("已不参加，可自行询价", "you stay by yourself and can ask for quotes"))
_verb("agree", t("同意按此报价下单", "Agree to order at this quote"), _agree,
      t("已同意；全部成员同意同一报价后自动下单", "agreed; once every member agrees to the same quote the order is placed"))
_verb("leave", t("退出拼单", "Leave the pool"), lambda member, _request, told: pools.leave(member=member, **told),
      t("已退出拼单", "you left the pool"))
