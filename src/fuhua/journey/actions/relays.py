"""Relays from a host to a park: agree with a split of the credit, confirm at 3, 6 and 12 months, fail with a reason."""

from __future__ import annotations

from fuhua.evidence.actions.verbs import Verb
from fuhua.journey import facts

agree = Verb(facts.RelayAgreed)
confirm = Verb(facts.RelayConfirmed, after=facts.RelayAgreed)
fail = Verb(facts.RelayFailed, after=facts.RelayAgreed)
