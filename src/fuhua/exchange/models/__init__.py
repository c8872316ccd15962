"""Tables of exchange: listings of needs and offers, and the deals that come of them."""

from fuhua.exchange.models.deals import Deal, Deliverable, Outcome, Rating, Settlement, Signature
from fuhua.exchange.models.listings import Listing

__all__ = ["Deal", "Deliverable", "Listing", "Outcome", "Rating", "Settlement", "Signature"]
