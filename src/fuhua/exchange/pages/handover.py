"""The sheet of handing over and safety of a booking, as a paper to print and sign; both sides and nobody else have it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from fuhua.evidence.actions import papers
from fuhua.exchange import access
from fuhua.exchange.queries import calendars
from fuhua.exchange.queries import handover as reads
from fuhua.kernel.page import page


@page("exchange/bookings/<int:pk>/handover/", name="exchange:handover", can=access.BOOKINGS, title=reads.TITLE)
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as PDF, as things stand."""
    row, now = access.BOOKINGS.get(request.who, calendars.reservations(), pk=pk), timezone.now()
    if not calendars.handed_over(row):
        raise Http404
    paper = papers.pdf_of("exchange/handover.typ", reads.sheet(row, now), at=now)
    return HttpResponse(paper, content_type=papers.PDF, headers={"Content-Disposition": f'inline; filename="booking-{row.pk}.pdf"'})
