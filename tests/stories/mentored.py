"""What the story of gold mentors shares: hours that can be booked, a booking's session, and a round of a scheme from call to award."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from fuhua.evidence.actions import reactions, sequence
from fuhua.exchange.models import Listing, Reservation
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Party
from fuhua.schemes.actions import calls
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.models import Application, Call, Review
from stories.brokered import send_listing
from stories.exchanging import Clock, Person

OFFICER = PLAYERS["city_officer"].urn


def told_on(clock: Clock) -> None:
    """What keeps house has come by: facts are numbered and reactions have followed."""
    sequence.catch_up(at=clock())
    reactions.follow(at=clock())


# --- hours, bookings and sessions ---


def opened(mentor: Person, title: str, topics: str) -> Listing:
    """A mentor posts hours, sets them up for working days from nine to six, and opens the calendar."""
    mentor.open("/exchange/new/?side=offer&kind=mentor_hours")
    send_listing(mentor, title=title, text="一次一小时", topics=topics, languages="中文", mode="线上", hours="2", price="0",
                 background="三十年工艺经验", conflicts="无")
    offer = Listing.objects.get(title=title)
    host = f"/exchange/{offer.pk}/calendar/host/"
    mentor.press(host, "/rules/$", **{"rules-qualify": "", "rules-horizon": "60"})
    mentor.press(host, "/hours/$", **{f"hours-day_{day}": "09:00-18:00" for day in range(5)})
    mentor.press(host, "/prices/$", **{"prices-hour_all": "0"})
    mentor.press(host, "/publish/$")
    return offer


def booked(founder: Person, offer: Listing, day: str) -> str:
    """The founder books ten to eleven of a day; the address of the session's page."""
    page = f"/exchange/{offer.pk}/calendar/"
    founder.press(page, "/book/$", day=day, start="10:00", end="11:00")
    row = Reservation.objects.get(resource__offer=offer, start__date=dt.date.fromisoformat(day))
    assert (founder.at, row.state) == (f"/exchange/bookings/{row.pk}/", "held")
    return f"{founder.at}mentoring/"


def verb(visitor: Person, page: str, name: str, **said: Any) -> Person:
    """Send the form of a verb on a session's page."""
    return visitor.press(page, rf"/mentoring/{name}/$", **{f"{name}-{field}": value for field, value in said.items()})


def held(one: Person, other: Person, page: str) -> None:
    """One side tells that the session took place, the other confirms."""
    verb(one, page, "tell")
    assert one.sees("待对方确认")
    verb(other, page, "confirm")
    assert other.sees("双方已确认")


# --- a round of a scheme ---


def published(clock: Clock, kind: str, title: str) -> Call:
    """A call of the city, open for two weeks."""
    told = calls.Told(title=title, kind=kind, opens_at=clock(), closes_at=clock() + dt.timedelta(days=14))
    row = calls.draft(issuer=Party.objects.get(urn=ORGANISATIONS["city"].urn), told=told, by=OFFICER, at=clock())
    return calls.publish(call=row, by=OFFICER, at=clock())


def begun(visitor: Person, call: Call, applicant: Party) -> Application:
    """An application is begun, with what is on record filled in."""
    visitor.open(f"/schemes/calls/{call.pk}/").send("begin", **{"begin-applicant": str(applicant.pk)})
    return Application.objects.get(call=call)


def handed_in(visitor: Person, row: Application, **values: str) -> Application:
    """It is written, what was filled in is confirmed, the documents are attached, and it is handed in."""
    page = f"/schemes/applications/{row.pk}/"
    visitor.open(page).send("save", **values)
    if visitor.forms("confirm"):
        visitor.send(visitor.forms("confirm")[-1])
    for each in scheme_kinds()[row.call.kind].evidence:
        if each.required:
            form = next(form for form in visitor.forms("attach") if form.values["attach-code"] == each.code)
            file = SimpleUploadedFile(f"{each.code}.pdf", b"%PDF-1.7\n" + each.code.encode(), content_type="application/pdf")
            visitor.send(form, **{"attach-file": file})
    visitor.client.post(f"{page}submit/", visitor.forms("save")[0].values)
    visitor.open(page)
    row.refresh_from_db()
    assert row.state == "submitted", " ".join(visitor.page.words)
    return row


def passed(officer: Person, row: Application, clock: Clock) -> None:
    """The call has closed and the officer lets it through."""
    clock.now = row.call.closes_at + dt.timedelta(hours=1)
    calls.close_due(at=clock())
    officer.open(f"/schemes/applications/{row.pk}/").send("pass")
    row.refresh_from_db()
    assert row.state == "eligible", " ".join(officer.page.words)


def drawn(officer: Person, row: Application, experts: list[Person]) -> dict[int, Review]:
    """The experts are seated and drawn: expert → their review."""
    panel = f"/schemes/calls/{row.call_id}/panel/"
    for number, each in enumerate(experts):
        senior = {"seat-senior": "on"} if number == 0 else {}
        officer.open(panel).send("/seat/", **{"seat-person": each.account.party_id, "seat-most": "5", **senior})
    officer.open(panel).send("/draw/")
    return {review.seat.person_id: review for review in Review.objects.filter(application=row)}


def awarded(officer: Person, row: Application, experts: list[Person], clock: Clock) -> None:
    """Three experts read it, the award is decided and announced, and concluded after five working days."""
    reviews = drawn(officer, row, experts)
    half = {line.code: line.most for line in scheme_kinds()[row.call.kind].rubric}
    for each in experts:
        each.open(f"/schemes/reviews/{reviews[each.account.party_id].pk}/").send(
            "/score/", **{"score-comment": "成效清楚", **{f"score-{code}": most for code, most in half.items()}})
    officer.open(f"/schemes/applications/{row.pk}/decision/").send("/decide/", **{"decide-result": "award", "decide-why": "专家一致推荐"})
    ranking = f"/schemes/calls/{row.call_id}/ranking/"
    officer.open(ranking).send("/announce/")
    clock.now += dt.timedelta(days=14)
    officer.open(ranking).send("/conclude/")
    row.refresh_from_db()
    assert row.state == "awarded", " ".join(officer.page.words)
    told_on(clock)
