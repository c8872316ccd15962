"""Offshore units of incubators: open, note a project going in or out, close."""

from __future__ import annotations

from fuhua.evidence.actions.verbs import Verb
from fuhua.journey import facts

open_unit = Verb(facts.OffshoreOpened)
note_project = Verb(facts.OffshoreTraffic, after=facts.OffshoreOpened)
close = Verb(facts.OffshoreClosed, after=facts.OffshoreOpened)
