"""Every field of every fact has a name that people use."""

from __future__ import annotations

from fuhua.evidence.facts import FACTS, fields_of
from fuhua.front.words import FIELDS


def test_each_field_of_each_fact_is_labelled_and_no_label_is_left_over():
    assert {name for fact in FACTS for name in fields_of(fact)} == set(FIELDS)
