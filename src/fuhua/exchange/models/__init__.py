"""Tables of exchange: listings of needs and offers, the deals that come of them, and the brokering between."""

from fuhua.exchange.models.brokered import Brokering, CaseCard, Feedback, FollowUp, Introduction, Reading, Shortlisted, Side
from fuhua.exchange.models.deals import Deal, Deliverable, Outcome, Rating, Settlement, Signature
from fuhua.exchange.models.listings import Listing
from fuhua.exchange.models.tail import Dispute, Receivable

__all__ = [
    "Brokering", "CaseCard", "Deal", "Deliverable", "Dispute", "Feedback", "FollowUp", "Introduction", "Listing", "Outcome", "Rating",
    "Reading", "Receivable", "Settlement", "Shortlisted", "Side", "Signature",
]
