"""Funds: declare the commitment, pay in, deploy; a payment's source follows from who pays."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.capital import facts
from fuhua.evidence.actions.verbs import Verb
from fuhua.evidence.queries import told_of
from fuhua.kernel.urn import is_urn, kind_of


def _source(fields: dict[str, Any], on: dt.date) -> dict[str, Any]:
    """``fund`` when a fund pays, and which sort: money that an early-stage fund took in first is counted there."""
    payer = fields["payer"]
    if not (is_urn(payer) and kind_of(payer) == "fund"):
        return {"source": "outside", "payer_fund": ""}
    declared = told_of(payer, facts.FundDeclared, on=on)
    return {"source": "fund", "payer_fund": ("early" if declared[-1].fact.early else "other") if declared else ""}


declare = Verb(facts.FundDeclared)
pay_in = Verb(facts.FundPaidIn, fill=_source)
deploy = Verb(facts.FundDeployed, after=facts.FundDeclared)
