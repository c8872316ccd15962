"""What became of grants: a stake that a holder took for one, and money of one that came back to its payer."""

from __future__ import annotations

from fuhua.capital import facts
from fuhua.evidence.actions.verbs import Verb

take = Verb(facts.StakeTaken)
take_back = Verb(facts.GrantReturned)
