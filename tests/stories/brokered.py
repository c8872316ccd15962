"""What stories of brokered needs share: a visitor of an organisation, the form of a listing, and signing a deal."""

from __future__ import annotations

from typing import Any

from fuhua.exchange.models import Deal
from stories.exchanging import Person
from stories.visitor import Visitor


def visiting(firm: Any, name: str, **more: Any) -> tuple[Any, Person]:
    """An organisation with its person's account, and that person's browser."""
    house, account = firm(name, **more)
    return (house, account), Person(account)


def send_listing(visitor: Visitor, **changed: str) -> None:
    """Send the form of a listing and ask to open it."""
    visitor.send(next(form for form in visitor.page.forms if "title" in form.values), open="1", **changed)


def signed(deal: Deal, *sides: Visitor) -> None:
    """Both sides read the agreement and sign it."""
    for side in sides:
        side.open(f"/exchange/deals/{deal.pk}/").send("/sign/", **{"sign-agreed": "on"})
    deal.refresh_from_db()
    assert deal.signed_at is not None
