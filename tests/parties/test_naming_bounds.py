"""Names are bounded: a key is made of two hundred characters at most, and what is longer names nobody."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from fuhua.parties import panels
from fuhua.parties.pages import forms
from fuhua.parties.queries import exact, naming


@pytest.mark.parametrize("written", [
    "Acme Co., Ltd.", "ACME co ltd", "Acme Company Limited", "Acme, Inc", "acme", "Acme  LLC ", "Acme Co.\n Ltd",
])
def test_the_legal_forms_at_the_end_of_a_name_do_not_count(written):
    assert naming.key(written) == "acme"


@pytest.mark.parametrize(("written", "key"), [
    ("Co", "co"), ("Wayco", "wayco"), ("寄灵co", "寄灵co"), ("Acme_co", "acmeco"), ("Company of Acme", "companyofacme"),
])
def test_a_form_within_a_word_or_alone_is_part_of_the_name(written, key):
    assert naming.key(written) == key


def test_only_the_beginning_of_a_very_long_name_is_read():
    assert naming.key("co " * 8_000 + "x") == naming.key("co " * 67)
    assert naming.key("co " * 8_000 + "x") == naming.key("co " * 66 + "co")


@pytest.mark.parametrize("field", [panels.OrganisationField, forms.OrganisationField])
def test_a_name_that_is_too_long_is_refused_before_anybody_is_looked_for(field, django_assert_num_queries, db):
    with django_assert_num_queries(0), pytest.raises(ValidationError):
        field().clean("co " * 8_000 + "x")


def test_a_name_that_is_too_long_names_nobody(django_assert_num_queries, db):
    with django_assert_num_queries(0), pytest.raises(exact.NoSuchParty) as refusal:
        exact.organisation("甲" * 201)
    assert refusal.value.text.zh == "名称最多 200 个字符，请核对"
    assert refusal.value.text.en == "a name has at most 200 characters; check it"
