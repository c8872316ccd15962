"""Tables of exchange: listings of needs and offers, and the deals that come of them."""

from fuhua.exchange.models.deals import Deal, Deliverable, Outcome, Rating, Settlement, Signature
from fuhua.exchange.models.listings import Listing
from fuhua.exchange.models.tail import Dispute, Receivable

__all__ = ["Deal", "Deliverable", "Dispute", "Listing", "Outcome", "Rating", "Receivable", "Settlement", "Signature"]
