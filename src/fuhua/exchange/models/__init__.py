"""Tables of exchange: listings, booking, mentoring, brokering, requests for quotes and pools, and the deals that all of them end in."""

from fuhua.exchange.models.brokered import Brokering, CaseCard, Feedback, FollowUp, Introduction, Pilot, Reading, Shortlisted, Side
from fuhua.exchange.models.deals import Deal, Deliverable, Outcome, Rating, Settlement, Signature
from fuhua.exchange.models.listings import Listing, Nomination
from fuhua.exchange.models.mentoring import ActionItem, Advice, Briefing, Clash, Mentoring, MentorRating, SessionNote
from fuhua.exchange.models.pools import Member, Pool
from fuhua.exchange.models.quotes import Credential, Deck, Invitation, Nda, Note, Quote, Rfq
from fuhua.exchange.models.slots import (
    Closure,
    Fault,
    Feed,
    OpeningHours,
    Price,
    Qualification,
    Reservation,
    Resource,
    Timetable,
    Use,
    Waiting,
)
from fuhua.exchange.models.tail import Dispute, Receivable

__all__ = [
    "ActionItem", "Advice", "Briefing", "Brokering", "CaseCard", "Clash", "Closure", "Credential", "Deal", "Deck", "Deliverable",
    "Dispute", "Fault", "Feed", "Feedback", "FollowUp", "Introduction", "Invitation", "Listing", "Member", "MentorRating", "Mentoring",
    "Nda", "Nomination", "Note", "OpeningHours", "Outcome", "Pilot", "Pool", "Price", "Qualification", "Quote", "Rating", "Reading",
    "Receivable", "Reservation", "Resource", "Rfq", "SessionNote", "Settlement", "Shortlisted", "Side", "Signature", "Timetable", "Use",
    "Waiting",
]
