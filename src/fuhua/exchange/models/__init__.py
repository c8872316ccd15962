"""Tables of exchange: listings of needs and offers, the deals that come of them, and the booking of slots."""

from fuhua.exchange.models.deals import Deal, Deliverable, Outcome, Rating, Settlement, Signature
from fuhua.exchange.models.listings import Listing
from fuhua.exchange.models.slots import (
    Closure,
    Fault,
    Feed,
    OpeningHours,
    Price,
    Qualification,
    Reservation,
    Resource,
    Use,
    Waiting,
)
from fuhua.exchange.models.tail import Dispute, Receivable

__all__ = [
    "Closure", "Deal", "Deliverable", "Dispute", "Fault", "Feed", "Listing", "OpeningHours", "Outcome", "Price", "Qualification", "Rating",
    "Receivable", "Reservation", "Resource", "Settlement", "Signature", "Use", "Waiting",
]
