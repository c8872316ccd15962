"""Business abroad of local ventures."""

from __future__ import annotations

from fuhua.evidence.actions.verbs import Verb
from fuhua.journey import facts

go = Verb(facts.WentAbroad)
