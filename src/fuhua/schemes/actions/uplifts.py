"""Uplift of traditional incubators: agree on a plan, measure after 12 months, confirm by both."""

from __future__ import annotations

from fuhua.evidence.actions.verbs import Verb
from fuhua.schemes import facts

agree = Verb(facts.UpliftPlanAgreed)
measure = Verb(facts.UpliftMeasured, after=facts.UpliftPlanAgreed)
confirm = Verb(facts.UpliftConfirmed, after=facts.UpliftPlanAgreed)
