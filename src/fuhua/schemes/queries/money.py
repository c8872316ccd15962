"""What was paid under an agreement."""

from __future__ import annotations

from fuhua.schemes.models import Agreement


def paid_to(agreement: Agreement) -> int:
    """Fen paid by every payer and not returned."""
    rows = agreement.tranches.filter(state__in=["paid", "recovering", "recovered"]).values_list("owed", "returned")
    return sum(owed - returned for owed, returned in rows)
