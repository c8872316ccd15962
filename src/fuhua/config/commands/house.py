"""Commands for whoever keeps the house: setup, test, lint and Django's own."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command

from fuhua.config.settings import keep_secret
from fuhua.kernel.command import CommandError, command

LINTS = {
    "代码 code": ("ruff", "check", "--output-format", "concise", "."),
    "结构 contracts": ("lint-imports", "--no-cache", "--no-logo"),
}


@command("setup", help="准备数据库 make or migrate the database")
def setup(_options: argparse.Namespace) -> int:
    """Create the data folder and bring the database up to date."""
    keep_secret()
    settings.FUHUA_DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    return 0


def _rest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on")


@command("test", help="运行测试 run the tests (arguments go to pytest)", arguments=_rest)
def test(options: argparse.Namespace) -> int:
    """Run pytest on as many cores as there are."""
    alone = any(word in ("-n", "-p", "--pdb") for word in options.rest)
    workers = [] if alone else ["-n", "auto", "--dist", "worksteal"]
    words = [sys.executable, "-m", "pytest", *workers, *options.rest]
    return subprocess.call(words, cwd=settings.ROOT)  # noqa: S603 - our own tests


@command("bench", help="性能基准 run a benchmark, or list them (options go to it)", arguments=_rest)
def bench(options: argparse.Namespace) -> int:
    """Run one of the benchmarks; each prints JSON."""
    names = sorted(path.parent.name for path in (settings.ROOT / "benchmarks").glob("*/__main__.py"))
    if not options.rest or options.rest[0] not in names:
        raise CommandError(f"fuhua bench <{' | '.join(names)}> [--size N] [--json]")
    words = [sys.executable, "-m", f"benchmarks.{options.rest[0]}", *options.rest[1:]]
    return subprocess.call(words, cwd=settings.ROOT)  # noqa: S603 - our own benchmarks


@command("lint", help="检查代码与结构 ruff and the house's contracts")
def lint(_options: argparse.Namespace) -> int:
    """Run ruff and import-linter, both to the end, and say which of them is content; 0 when both are."""
    tools = os.path.dirname(sys.executable)
    outcomes = {}
    for title, words in LINTS.items():
        print(f"\n== {title}: {' '.join(words)}", flush=True)
        command_line = [os.path.join(tools, words[0]), *words[1:]]
        outcomes[title] = subprocess.call(command_line, cwd=settings.ROOT)  # noqa: S603 - the two tools named above
    print()
    for title, status in outcomes.items():
        print(f"{'通过 passed' if status == 0 else '未通过 FAILED'}  {title}")
    return max(outcomes.values())


@command("django", help="Django 管理命令 a Django management command", arguments=_rest)
def manage(options: argparse.Namespace) -> int:
    """Pass the arguments on to Django."""
    if not options.rest:
        raise CommandError("fuhua django <command>")
    settings.FUHUA_DATA.mkdir(parents=True, exist_ok=True)
    call_command(*options.rest)
    return 0
