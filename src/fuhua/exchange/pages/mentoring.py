"""Pages of mentoring: all sessions I may know of, and one booking's session with everything that may be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from fuhua.exchange import access
from fuhua.exchange.actions import advice, briefings, mentoring
from fuhua.exchange.models import Reservation
from fuhua.exchange.pages.mentoring_forms import ChooseForm
from fuhua.exchange.pages.mentoring_view import VERBS, Seen, context
from fuhua.exchange.queries import mentoring as reads
from fuhua.kernel.access import Forbidden, Rule
from fuhua.kernel.page import newest, page
from fuhua.kernel.words import Text, t
from fuhua.parties.panels.pressing import press

_PAGE = 50
_SIDES = {"": access.MENTORINGS, "mentor": access.MENTOR, "venture": access.MENTEE}


@page("exchange/mentoring/", name="exchange:mentorings", can=access.OCCURRENCES, title=t("辅导", "Mentoring"))
def listed(request: HttpRequest) -> HttpResponse:
    """Sessions of mine, of my organisations and of my incubator's residents: that they took place, and how many actions are done."""
    rows = access.OCCURRENCES.filter(request.who, reads.sessions()).order_by("-pk")
    found, older = newest(request, rows, _PAGE)
    ours = request.who.acts_for()
    sides = {row.pk: "mentor" if row.mentor_id == request.who.party_id else "venture" if row.mentee_id in ours else "" for row in found}
    return render(request, "exchange/mentorings.html", {
        "rows": [{"it": row, "state": reads.state_said(row, sides[row.pk]), "url": reads.url_of(row.reservation) if sides[row.pk] else ""}
                 for row in found],
        "older": older})


@page("exchange/bookings/<int:pk>/mentoring/", name="exchange:mentoring", can=access.MENTORINGS, title=t("辅导记录", "Session"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One booking's session: briefing, advice, actions, notes of the two, and what I may do now."""
    return _shown(request, pk)


def _row(request: HttpRequest, pk: int) -> Reservation:
    return access.MENTORINGS.get(request.who, reads.bookings(), pk=pk)


def _shown(request: HttpRequest, pk: int, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    seen = Seen(request.who, _row(request, pk), timezone.now())
    return render(request, "exchange/mentoring.html", context(seen, wrong or {}), status=status)


# --- verbs ---

Act = Callable[[Seen, Any, dict[str, Any]], Any]


def _verb(verb: str, title: Text, rule: Rule, make: Callable[..., forms.Form], done: Text, act: Act) -> None:
    """Declare the page of one verb; ``act`` gets what is seen, the valid form, and ``by`` and ``at``."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        row, who = _row(request, pk), request.who
        if not rule.may(who, row):
            raise Forbidden(rule.reason)
        seen = Seen(who, row, timezone.now())
        form = make(seen, request.POST, prefix=verb)
        led = press(request, form, lambda _said, by, at: act(seen, form, {"by": by, "at": at}), reads.url_of(row), done)
        return led or _shown(request, pk, {verb: form}, status=422)

    view.__name__, view.__doc__ = verb, title.en
    page(f"exchange/bookings/<int:pk>/mentoring/{verb}/", name=f"exchange:mentoring_{verb}", can=rule, title=title,
         methods=("POST",))(view)


def _told(seen: Seen) -> Any:
    if seen.session is None:
        raise Http404
    return seen.session


def _clash(seen: Seen, form: Any, told: dict[str, Any]) -> None:
    rows = {str(each.pk): each for each in seen.said.advice}
    advice.clash(advice=rows[form.cleaned_data["advice"]], against=rows[form.cleaned_data["against"]], person=seen.who.party_id, **told)


def _choose(seen: Seen, form: Any, told: dict[str, Any]) -> None:
    row = next((each for each in seen.said.clashes if each.pk == form.cleaned_data["clash"]), None)
    if row is None:
        raise Http404
    said = form.cleaned_data
    advice.choose(clash=row, choice=said["choice"], why=said["why"], person=seen.who.party_id, **told)


def _of(seen: Seen) -> dict[str, Any]:
    return {"session": _told(seen), "side": seen.side}


_ACTS: dict[str, tuple[Text, Act]] = {
    "open": (t("已打开，本次查阅已记录", "it is open, and that is logged"), lambda seen, _form, told: briefings.read(
        reservation=seen.row, what="briefing", person=reads.mentor_of(seen.row), **told)),
    "read": (t("已打开，本次查阅已记录", "it is open, and that is logged"), lambda seen, _form, told: briefings.read(
        reservation=seen.row, what="history", person=reads.mentor_of(seen.row), **told)),
    "tell": (t("已登记，等待对方确认", "told; it waits for the other side"), lambda seen, _form, told: mentoring.tell(
        reservation=seen.row, side=seen.side, person=seen.who.party_id, **told)),
    "confirm": (t("已确认", "confirmed"), lambda seen, _form, told: mentoring.confirm(person=seen.who.party_id, **_of(seen), **told)),
    "deny": (t("已说明没有进行", "denied"), lambda seen, _form, told: mentoring.deny(person=seen.who.party_id, **_of(seen), **told)),
    "answer": (t("已答复", "answered"), lambda seen, form, told: mentoring.answer(answers=form.answers, **_of(seen), **told)),
    "advise": (t("建议已记下", "the advice is kept"), lambda seen, form, told: advice.advise(
        session=_told(seen), person=seen.who.party_id, text=form.cleaned_data["text"], **told)),
    "agree": (t("行动项已添加", "the action is added"), lambda seen, form, told: mentoring.agree(
        session=_told(seen), **{name: form.cleaned_data[name] for name in ("text", "owner", "due")}, **told)),
    "note": (t("记录已保存", "the note is kept"), lambda seen, form, told: mentoring.note(
        text=form.cleaned_data["text"], **_of(seen), **told)),
    "clash": (t("已并列保留两条建议", "both stand side by side"), _clash),
    "rate": (t("已评价", "rated"), lambda seen, form, told: mentoring.rate(
        session=_told(seen), points=form.cleaned_data["points"], person=seen.who.party_id, **told)),
    "brief": (t("背景卡已开放给导师，可随时撤回", "the mentor may open it; you can withdraw it"), lambda seen, form, told: briefings.brief(
        reservation=seen.row, text=form.cleaned_data["text"], until=form.cleaned_data["until"], **told)),
    "share": (t("已开放，可随时撤回", "opened; you can withdraw it at any time"), lambda seen, form, told: briefings.share(
        reservation=seen.row, until=form.cleaned_data["until"], **told)),
    "disclose": (t("已披露，等待企业确认", "disclosed; it waits for the firm’s word"), lambda seen, form, told: briefings.disclose(
        reservation=seen.row, share=form.cleaned_data["share"], **told)),
}

for _key, (_done, _act) in _ACTS.items():
    _verb(_key, VERBS[_key].label, _SIDES[VERBS[_key].side], VERBS[_key].form, _done, _act)
_verb("choose", t("取舍相左的建议", "Choose between the two"), access.MENTEE, lambda _seen, *data, **more: ChooseForm(*data, **more),
      t("取舍已记录", "your choice is kept"), _choose)
