"""Funds: declare the commitment, pay in, deploy; a payment's source follows from who pays."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.capital import facts
from fuhua.evidence.actions.verbs import Verb
from fuhua.kernel.urn import is_urn, kind_of


def _source(fields: dict[str, Any], _on: dt.date) -> dict[str, Any]:
    """``fund`` when a fund pays: that money is counted where it came in first."""
    payer = fields["payer"]
    return {"source": "fund" if is_urn(payer) and kind_of(payer) == "fund" else "outside"}


declare = Verb(facts.FundDeclared)
pay_in = Verb(facts.FundPaidIn, fill=_source)
deploy = Verb(facts.FundDeployed, after=facts.FundDeclared)
