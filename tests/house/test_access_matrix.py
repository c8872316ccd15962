"""Who reaches which page: the matrix derives from the live rules and is committed, so a change is read as a diff."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver, path
from django.urls.resolvers import RegexPattern

from fuhua.kernel import page as pages
from fuhua.kernel.access import EVERYTHING, NOBODY, RULES, Forbidden
from fuhua.kernel.page import PAGES, Page
from fuhua.parties.queries import STRANGER, who
from fuhua.parties.words import OFFICES

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "reference" / "access.md"
HEAD = """# Who may reach what

Derived from the access rules for the fixed cast. Change a rule and regenerate with
`FUHUA_UPDATE=1 ./fuhua test tests/house/test_access_matrix.py`; the difference is what a reviewer reads.

`open`: every row. `some`: the rows that the rule grants. `sign-in`: asked to sign in. `404`: hidden.
`403`: refused with the reason.

"""


@pytest.fixture
def personas(cast) -> dict[str, Any]:
    """Persona → who they are, the stranger first."""
    get_resolver().url_patterns  # noqa: B018 - importing the URL table declares every page
    return {"stranger": STRANGER, **{office: who(account) for office, account in cast.items()}}


def ordered() -> list[Page]:
    """Every declared page by name."""
    return sorted(PAGES, key=lambda each: each.name)


def outcome(each: Page, persona: Any) -> str:
    """What the persona meets at the page's door, by its rule."""
    rows = each.rule.rows(persona)
    if rows == NOBODY:
        return "sign-in" if not persona.signed_in else "404" if each.hidden else "403"
    return "open" if rows == EVERYTHING else "some"


def matrix(personas: dict[str, Any]) -> str:
    """The committed text: one line per page, one column per persona; then the rules with their reasons."""
    lines = [HEAD + "| page | path | rule | " + " | ".join(personas) + " |", "|" + "---|" * (3 + len(personas))]
    for each in ordered():
        cells = [each.name, f"`/{each.path}` {' '.join(each.methods)}", each.rule.name]
        lines.append("| " + " | ".join(cells + [outcome(each, persona) for persona in personas.values()]) + " |")
    lines += ["", "## The rules", "", "| rule | reason 理由 |", "|---|---|"]
    lines += [
        f"| {rule.name} | {rule.reason.zh} / {rule.reason.en} |" for rule in sorted(RULES, key=lambda one: one.name)
    ]
    return "\n".join(lines) + "\n"


def test_the_cast_holds_every_office(personas):
    assert set(personas) - {"stranger"} == set(OFFICES)


def test_the_committed_matrix_is_what_the_rules_say(personas):
    derived = matrix(personas)
    if os.environ.get("FUHUA_UPDATE") == "1":
        COMMITTED.parent.mkdir(parents=True, exist_ok=True)
        COMMITTED.write_text(derived, encoding="utf-8")
    assert COMMITTED.read_text(encoding="utf-8").splitlines() == derived.splitlines()


def test_closed_doors_are_closed_as_the_matrix_says(personas):
    for each in ordered():
        for name, persona in personas.items():
            expected = outcome(each, persona)
            if expected in ("sign-in", "404", "403"):
                assert (each.name, name, knock(each, persona)) == (each.name, name, expected)


def knock(each: Page, persona: Any) -> str:
    """What the guarded view answers to the persona, without its view ever running."""
    request: HttpRequest = RequestFactory().generic(each.methods[0], f"/{each.path}")
    request.who = persona
    try:
        answer = each.guarded()(request)
    except Http404:
        return "404"
    except Forbidden:
        return "403"
    return "sign-in" if answer.status_code == 302 else str(answer.status_code)


def test_every_route_is_a_page_with_a_rule(personas):
    assert list(pages.undeclared(get_resolver())) == []
    assert pages.every_route_is_a_page() == []


def test_a_route_without_a_rule_is_found():
    back_door = URLResolver(RegexPattern("^/"), (path("back-door/", lambda _request: HttpResponse()),))
    assert list(pages.undeclared(back_door)) == ["back-door/"]
