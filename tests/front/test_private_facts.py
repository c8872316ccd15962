"""Facts that are a subject's own business: its people and auditors read them, officers do not, wherever facts are shown."""

from __future__ import annotations

from typing import Any

import pytest

from fuhua.evidence.queries import told_of
from fuhua.journey import facts
from fuhua.journey.actions import profiles
from fuhua.kernel import period
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS

VENTURE = ORGANISATIONS["venture"].urn


@pytest.fixture
def digest(cast: Any, at: Any) -> str:
    """The founder stated what the venture's revenue was; it is the digest of that fact."""
    return profiles.answer(subject=VENTURE, values={"sales": "2860万元"}, by=PLAYERS["founder"].urn, at=at(), judged=False)[0]


@pytest.mark.parametrize(("office", "seen"), [("founder", True), ("auditor", True), ("city_officer", False), ("coordinator", False),
                                              ("district_officer", False), ("department_officer", False), ("operator", False)])  # fmt: skip
def test_a_stated_value_is_read_by_its_own_people_and_auditors_only(digest: str, client_of: Any, office: str, seen: bool) -> None:
    client = client_of(office)
    assert client.get(f"/evidence/facts/{digest}/").status_code == (200 if seen else 404)
    listed = client.get(f"/evidence/subjects/{VENTURE}/")
    assert (digest in listed.content.decode()) is seen
    assert (digest in client.get("/search/", {"q": digest[:16]}).content.decode().replace(f'value="{digest[:16]}"', "")) is seen


def test_officers_cannot_void_or_contest_what_they_do_not_see(digest: str, client_of: Any, at: Any) -> None:
    for verb in ("void", "contest", "uphold"):
        assert client_of("city_officer").post(f"/evidence/facts/{digest}/{verb}/", {"reason": "mistake"}).status_code == 404
    assert told_of(VENTURE, facts.ValueStated, on=period.day(at()))
