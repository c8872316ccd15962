"""Stock figures that the press or an office reported: on record, and never enough for a figure by themselves."""

from __future__ import annotations

from fuhua.capital import facts
from fuhua.evidence.actions.verbs import Verb

report = Verb(facts.StockReported)
