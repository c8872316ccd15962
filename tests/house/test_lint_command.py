"""`./fuhua lint` runs every tool to the end, names the one that fails, and fails with it."""

from __future__ import annotations

import argparse

import pytest

from fuhua.config.commands import house

CONTENT, FAILING = ("python", "-c", "print(6 * 7)"), ("python", "-c", "print(6 * 7); raise SystemExit(3)")


@pytest.mark.parametrize(
    ("tools", "status"), [((CONTENT, CONTENT), 0), ((FAILING, CONTENT), 3), ((CONTENT, FAILING), 3)]
)
def test_lint_is_content_when_every_tool_is(tools, status, monkeypatch, capfd):
    monkeypatch.setattr(house, "LINTS", dict(zip(("code", "contracts"), tools, strict=True)))
    assert house.lint(argparse.Namespace()) == status
    said = capfd.readouterr().out
    assert said.splitlines().count("42") == 2
    for name, tool in zip(("code", "contracts"), tools, strict=True):
        assert f"{'通过 passed' if tool is CONTENT else '未通过 FAILED'}  {name}" in said


def test_lint_checks_code_and_contracts():
    assert [words[0] for words in house.LINTS.values()] == ["ruff", "lint-imports"]
