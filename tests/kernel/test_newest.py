"""Lists that go on: the newest rows, and the address of the older ones with the arguments it keeps."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import RequestFactory

from fuhua.kernel import period, urn
from fuhua.kernel.page import newest
from fuhua.parties.models import Party


def listed(query: str, **kept: str) -> tuple[list[str], str]:
    rows: Any = Party.objects.order_by("-pk")
    found, older = newest(RequestFactory().get(f"/list/{query}"), rows, 2, **kept)
    return [each.name for each in found], older


@pytest.mark.django_db
def test_a_list_ends_and_its_address_keeps_what_was_asked() -> None:
    noon = period.noon(dt.date(2026, 1, 5))
    keys = [Party.objects.create(urn=urn.new("firm"), sort="firm", name=name, entered_at=noon).pk for name in "abc"]
    assert listed("", q="甲&乙", view="") == (["c", "b"], f"?q=%E7%94%B2%26%E4%B9%99&before={keys[1]}")
    assert listed(f"?before={keys[1]}", q="甲") == (["a"], "")
    assert listed("?before=x") == (["c", "b"], f"?before={keys[1]}")
