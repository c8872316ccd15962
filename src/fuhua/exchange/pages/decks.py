"""Pages of slides for a roadshow: handed in with a word about patents, and read by whoever may see the listing once they are shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.actions import documents
from fuhua.evidence.facts import BadFact
from fuhua.exchange import access
from fuhua.exchange.actions import decks
from fuhua.exchange.models import Deck, Listing
from fuhua.exchange.pages.quote_forms import AnswerForm, DeckForm
from fuhua.exchange.queries.decks import clinic_of, deck_of, session_of
from fuhua.exchange.queries.slots import local
from fuhua.exchange.words import INVENTIONS
from fuhua.kernel.page import page
from fuhua.kernel.words import t


@page("exchange/<int:pk>/deck/", name="exchange:deck", can=access.OWNS, title=t("路演材料", "Slides"), methods=("GET", "POST"), files=True)
def deck(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand slides in; an invention that is not filed keeps them from being shown and leads to the IP clinic."""
    listing = access.OWNS.get(request.who, Listing.objects.select_related("party"), pk=pk)
    row, who, now = deck_of(listing), request.who, timezone.now()
    answering = row is not None and request.method == "POST" and "file" not in request.FILES
    form = DeckForm(None if answering else request.POST or None, request.FILES or None)
    answer = AnswerForm(request.POST if answering else None, initial={"invention": row.invention} if row else {}, auto_id="answer_%s")
    given = answer if answering else form
    if given.is_bound and given.is_valid():
        try:
            if answering:
                row = decks.answer(deck=row, invention=answer.cleaned_data["invention"], by=who.urn, at=now)
            else:
                sent = form.cleaned_data["file"]
                row = decks.hand_in(listing=listing, file=sent.file, name=sent.name, invention=form.cleaned_data["invention"],
                                    by=who.urn, at=now)
        except BadFact as wrong:
            given.add_error(None, str(wrong.text))
        else:
            shown = t("材料已公开", "the slides are shown")
            kept = t("材料已留存，暂不公开：有发明尚未申请专利", "the slides are kept but not shown: an invention in them is not filed yet")
            messages.success(request, shown if row.shown_at else kept)
            return redirect("exchange:deck", pk=pk)
    session = session_of(listing, now)
    return render(request, "exchange/deck.html", {
        "listing": listing, "row": row, "form": form, "answer": answer, "invention": row and INVENTIONS[row.invention],
        "clinic": clinic_of(listing), "session": session, "starts": session and local(session.start, session.resource),
        "trail": [{"label": listing.title, "url": reverse("exchange:listing", kwargs={"pk": pk})},
                  {"label": t("路演材料", "Slides"), "url": ""}]}, status=422 if given.is_bound else 200)


@page("exchange/decks/<int:pk>/", name="exchange:deck_file", can=access.DECKS, title=t("下载路演材料", "Download the slides"))
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The slides: to their owner always, to others who see the listing once they are shown."""
    row = access.DECKS.get(request.who, Deck.objects.filter(ended_at=None), pk=pk)
    access.LISTINGS.get(request.who, Listing.objects.all(), pk=row.listing_id)
    return FileResponse(documents.open_document(row.document), as_attachment=True, filename=row.name, content_type=row.media_type)
