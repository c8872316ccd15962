"""What the documentation says is so: links resolve, commands exist, examples run, and every page can be reached."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.utils import timezone

from fuhua.config import commands
from fuhua.kernel.command import COMMANDS
from fuhua.parties.models import Account
from fuhua.parties.queries import who

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAPERS = [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")), *sorted(DOCS.rglob("*.md"))]
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^```.*?^```", re.S | re.M)
_COMMAND = re.compile(r"(?:^|\s)\./fuhua((?: [a-z]+){0,2})", re.M)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _links(path: Path) -> list[str]:
    """The relative targets that a page links to, without fragments."""
    text = _FENCED.sub("", path.read_text("utf-8"))
    found = [unquote(target.split("#")[0]) for target in _LINK.findall(text)]
    return [target for target in found if target and "://" not in target and not target.startswith("mailto:")]


@pytest.mark.parametrize("path", PAPERS, ids=_name)
def test_every_relative_link_resolves(path):
    assert [target for target in _links(path) if not (path.parent / target).exists()] == []


def test_every_page_is_reached_from_the_read_me():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page not in reached and page.exists():
            reached.add(page)
            waiting += [target for link in _links(page) if (target := (page.parent / link).resolve()).suffix == ".md"]
    assert sorted(_name(path) for path in set(PAPERS) - reached) == []


def _commands(text: str) -> list[str]:
    return [words.strip() for words in _COMMAND.findall(text)]


def _exists(words: str) -> bool:
    parts = words.split()
    return any(" ".join(parts[:length]) in COMMANDS for length in (2, 1))


@pytest.mark.parametrize("path", PAPERS, ids=_name)
def test_every_command_named_exists(path):
    commands.discover()
    written = [line for line in path.read_text("utf-8").splitlines() if line.startswith(("    ./fuhua", "./fuhua"))]
    assert [words for line in written for words in _commands(line) if not _exists(words)] == []


def test_the_read_me_begins_with_two_commands():
    fenced = _FENCED.findall((ROOT / "README.md").read_text("utf-8"))
    first = [line.split("#")[0].strip() for line in fenced[0].splitlines()[1:-1]]
    assert first == ["./fuhua demo", "./fuhua test"]


@pytest.mark.parametrize("path", [path for path in PAPERS if "\n    >>> " in path.read_text("utf-8")], ids=_name)
def test_every_worked_example_is_true(path):
    flags = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    result = doctest.testfile(str(path), module_relative=False, encoding="utf-8", optionflags=flags)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("path", sorted((DOCS / "decisions").glob("0*.md")), ids=_name)
def test_a_decision_is_one_page_with_its_parts(path):
    text = path.read_text("utf-8")
    assert re.match(r"# \d{4} · .+\n\n\d{4}-\d\d-\d\d · \w+", text)
    assert re.findall(r"^## (.+)$", text, re.M) == ["Context", "Decision", "Why", "Consequences"]
    assert len(text.splitlines()) <= 60
    assert path.name in (DOCS / "decisions" / "index.md").read_text("utf-8")


@pytest.mark.django_db
def test_the_first_account_is_made_as_printed():
    code = re.search(r"^```python\n(.*?)^```", (DOCS / "running.md").read_text("utf-8"), re.S | re.M).group(1)
    exec(compile(code, "first.py", "exec"), {})
    account = Account.objects.get()
    assert who(account, timezone.now()).offices == {"city_officer"}
    assert account.check_password("choose a long one")


def test_the_picture_is_small_enough():
    for picture in (DOCS / "pictures").glob("*.png"):
        assert picture.stat().st_size <= 300_000, picture
