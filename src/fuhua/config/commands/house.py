"""Commands for whoever keeps the house: setup, test, lint and Django's own."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command

from fuhua.kernel.command import CommandError, command


@command("setup", help="准备数据库 make or migrate the database")
def setup(_options: argparse.Namespace) -> int:
    """Create the data folder and bring the database up to date."""
    settings.FUHUA_DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    return 0


def _rest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on")


@command("test", help="运行测试 run the tests (arguments go to pytest)", arguments=_rest)
def test(options: argparse.Namespace) -> int:
    """Run pytest on as many cores as there are."""
    workers = [] if any(word in ("-n", "-p", "--pdb") for word in options.rest) else ["-n", "auto", "--dist", "worksteal"]
    return subprocess.call([sys.executable, "-m", "pytest", *workers, *options.rest], cwd=settings.ROOT)


@command("lint", help="检查代码与结构 ruff and the house's contracts")
def lint(_options: argparse.Namespace) -> int:
    """Run ruff and import-linter; 0 when both are content."""
    bin_folder = os.path.dirname(sys.executable)
    checks = (["ruff", "check", "."], ["lint-imports"])
    return max(subprocess.call([os.path.join(bin_folder, check[0]), *check[1:]], cwd=settings.ROOT) for check in checks)


@command("django", help="Django 管理命令 a Django management command", arguments=_rest)
def manage(options: argparse.Namespace) -> int:
    """Pass the arguments on to Django."""
    if not options.rest:
        raise CommandError("fuhua django <command>")
    call_command(*options.rest)
    return 0
