"""Agreements with benchmark incubators: sign, set a tier, conclude a check, recheck the future field, end."""

from __future__ import annotations

from fuhua.evidence.actions.verbs import Verb
from fuhua.schemes import facts

sign = Verb(facts.AgreementSigned)
set_tier = Verb(facts.TierSet)
conclude_check = Verb(facts.CheckConcluded, after=facts.AgreementSigned)
recheck_field = Verb(facts.FieldRechecked, after=facts.AgreementSigned)
end = Verb(facts.AgreementEnded, after=facts.AgreementSigned)
