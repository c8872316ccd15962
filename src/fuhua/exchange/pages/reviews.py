"""Pages of a review of how a part can be made: the asker grants it, the engineer reads and gives a note."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fuhua.exchange import access
from fuhua.exchange.actions import reviews, rfqs
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Listing
from fuhua.exchange.pages.quote_forms import NoteForm, ReviewForm
from fuhua.exchange.queries import reviews as reads
from fuhua.kernel import questions
from fuhua.kernel.access import Forbidden
from fuhua.kernel.page import page
from fuhua.kernel.words import t
from fuhua.parties.panels.pressing import press
from fuhua.parties.queries import READING, exact


@page("exchange/<int:pk>/review/ask/", name="exchange:review_ask", can=access.POSTS, title=t("邀请工程师评审", "Ask an engineer"),
      methods=("POST",))  # fmt: skip
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the engineers of an organisation look, until a day."""
    need = access.LISTINGS.get(request.who, Listing.objects.select_related("party"), pk=pk, side="need")
    access.OWNS.require(request.who, need)
    form = ReviewForm(request.POST, auto_id="review_%s")
    led = press(request, form, lambda said, by, at: reviews.ask(
        need=need, engineer=said["engineer"], expires=form.expires(), by=by, at=at),
        rfqs.page_of(need), t("已授权，对方的每次查阅都会留痕", "granted; every reading is logged"))
    if led is None:
        messages.error(request, " ".join((f"{form[name].label}: " if name in form.fields else "") + " ".join(said)
                                         for name, said in form.errors.items()))
    return led or redirect("exchange:rfq", pk=pk)


@page("exchange/<int:pk>/review/", name="exchange:review", can=access.REVIEWS, title=t("可制造性评审", "Review of how it can be made"),
      methods=("GET", "POST"))  # fmt: skip
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be made, the confidential part once its reading is logged, and the note."""
    who, now = request.who, timezone.now()
    need = access.REVIEWS.get(who, Listing.objects.select_related("party"), pk=pk)
    grant = reads.grant_for(need, who.acts_for() | {who.party_id}, now)
    if grant is None:
        raise Forbidden(access.REVIEWS.reason)
    form = NoteForm(request.POST if "text" in request.POST else None)
    if request.method == "POST" and "text" not in request.POST:
        reviews.read(need=need, consent=grant, person=exact.party(who.urn), by=who.urn, at=now)
        return redirect("exchange:review", pk=pk)
    if form.is_bound and (led := press(request, form, lambda said, by, at: reviews.note(
            need=need, person=exact.party(who.urn), houses=who.acts_for(), text=said["text"], by=by, at=at),
            reads.url_of(need), t("意见已送达需求单位", "your note has reached the asker"))):
        return led
    kind = listing_kinds()[need.kind]
    opened = grant.openings.filter(by=who.party_id, at__gt=now - READING).exists()
    return render(request, "exchange/review.html", {
        "need": need, "form": form, "grant": grant, "opened": opened, "notes": reads.notes(need).filter(person=who.party_id),
        "facts": [(each.label, questions.shown(each, need.spec[each.name])) for each in kind.on("need") if each.name in need.spec],
        "sealed": [(each.label, questions.shown(each, need.sealed[each.name]) if opened else None) for each in kind.on("need")
                   if each.name in need.sealed]}, status=422 if form.is_bound else 200)
