"""Gold seeds (金种子): enter the list, recheck the entry rule, leave."""

from __future__ import annotations

from fuhua.evidence.actions.verbs import Verb
from fuhua.schemes import facts

enter = Verb(facts.GoldSeedListed)
recheck = Verb(facts.GoldSeedRechecked, after=facts.GoldSeedListed)
leave = Verb(facts.GoldSeedLeft, after=facts.GoldSeedListed)
