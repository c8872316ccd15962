"""Tables of exchange: listings of needs and offers, requests for quotes and pools, and the deals that come of them."""

from fuhua.exchange.models.deals import Deal, Deliverable, Outcome, Rating, Settlement, Signature
from fuhua.exchange.models.listings import Listing
from fuhua.exchange.models.pools import Member, Pool
from fuhua.exchange.models.quotes import Credential, Deck, Invitation, Nda, Note, Quote, Rfq
from fuhua.exchange.models.tail import Dispute, Receivable

__all__ = [
    "Credential", "Deal", "Deck", "Deliverable", "Dispute", "Invitation", "Listing", "Member", "Nda", "Note", "Outcome", "Pool", "Quote",
    "Rating", "Receivable", "Rfq", "Settlement", "Signature",
]
