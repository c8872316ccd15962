"""Titles of firms: award, and end."""

from __future__ import annotations

from fuhua.evidence.actions.verbs import Verb
from fuhua.journey import facts

award = Verb(facts.TitleAwarded)
end = Verb(facts.TitleEnded, after=facts.TitleAwarded)
