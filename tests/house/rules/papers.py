"""What lies at the root: read-me, change log, a build that runs everything, contracts without ignores, no secrets."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from house.rules.tree import Finding, Tree, Written

NEEDED = {"README.md": 500, "CHANGELOG.md": 50, "LICENSE": 1000, ".ci/run": 50, "docs/house.md": 500}
PUBLIC_REGISTRIES = {"https://pypi.org", "https://files.pythonhosted.org", "https://registry.npmjs.org"}
_SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----[^'\"]|\bAKIA[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{30,}|\bsk-[A-Za-z0-9_-]{24,}"
    r"|\bxox[bp]-[0-9A-Za-z-]{20,}|://[^/\s:@\"'{}$<]+:[^/\s@\"'{}$<.]{6,}@(?!host|localhost|127)"
)
_REGISTRY = re.compile(
    r"https?://[^/\s\"']*(pypi|pythonhosted|npmjs|npmmirror|registry|artifactory|nexus|mirror)[^/\s\"']*"
)
_INDEX = re.compile(r"\b(index-url|extra-index-url|UV_INDEX\w*|PIP_INDEX_URL|NPM_CONFIG_REGISTRY)\s*=", re.I)


def papers_are_there(tree: Tree) -> Iterator[Finding]:
    """README, CHANGELOG, licence, the build and the house's own description exist and say something."""
    for name, least in NEEDED.items():
        paper = tree.paper(name)
        if paper is None:
            yield Finding(name, 1, "is missing")
        elif len(paper.text) < least:
            yield paper.find(1, f"says next to nothing ({len(paper.text)} characters)")


def the_build_runs_everything(tree: Tree) -> Iterator[Finding]:
    """``.ci/run`` lints, and runs the tests by the same door as everybody, once per database."""
    build = tree.paper(".ci/run")
    lines = [] if build is None else [line for line in build.text.splitlines() if not line.lstrip().startswith("#")]
    for wanted, times in (("./fuhua lint", 1), ("./fuhua test", 2)):
        if sum(line.rstrip().endswith(wanted) for line in lines) < times:
            yield Finding(".ci/run", 1, f"must run `{wanted}`" + (" on SQLite and on PostgreSQL" if times > 1 else ""))


def contracts_ignore_nothing(tree: Tree) -> Iterator[Finding]:
    """import-linter is configured in pyproject.toml alone, and no contract ignores an import or skips anything."""
    for other in (".importlinter", "setup.cfg", "importlinter.ini"):
        if paper := tree.paper(other):
            yield paper.find(1, "import-linter is configured in pyproject.toml only")
    config = tree.paper("pyproject.toml")
    if config is None:
        yield Finding("pyproject.toml", 1, "is missing")
        return
    settings = tomllib.loads(config.text).get("tool", {}).get("importlinter", {})
    ids = {contract.get("id") for contract in settings.get("contracts", ())}
    for needed in sorted({"floors", "rooms", "circles", "entrances", "pure", "no-django", "indicators"} - ids):
        yield config.find(1, f"the contract “{needed}” is gone")
    if settings.get("exclude_type_checking_imports"):
        yield config.find(1, "imports for type checking are imports: exclude_type_checking_imports must not be set")
    for number, line in enumerate(config.text.splitlines(), 1):
        if re.match(r"\s*(ignore_imports|unmatched_ignore_imports_alerting|skip_descendants)\b", line):
            yield config.find(number, "a contract without exceptions: mend the import, do not ignore it")


def nothing_is_given_away(tree: Tree) -> Iterator[Finding]:
    """No file holds a key, a token or a password; no code names a package registry; locks name public ones only."""
    papers = [
        paper for name in ("README.md", "pyproject.toml", ".ci/run", "package.json") if (paper := tree.paper(name))
    ]
    for file in [*tree.python, *tree.templates, *tree.assets, *papers]:
        for number, line in enumerate(file.text.splitlines(), 1):
            if _SECRET.search(line):
                yield file.find(number, "looks like a secret")
            if not file.path.startswith("tests/house/") and (_REGISTRY.search(line) or _INDEX.search(line)):
                yield file.find(number, "names a package registry: leave that to the settings of whoever installs")
    for name, key in (("uv.lock", r"\b(?:registry|url) = "), ("package-lock.json", r'"resolved": ')):
        if lock := tree.paper(name):
            yield from _foreign_hosts(lock, key)


def _foreign_hosts(lock: Written, key: str) -> Iterator[Finding]:
    for number, line in enumerate(lock.text.splitlines(), 1):
        for host in re.findall(key + r'"(https?://[^/"]+)', line):
            if host not in PUBLIC_REGISTRIES:
                yield lock.find(number, f"{host} is not a public registry: lock against the public ones")
