"""The installed command `fuhua`: finds the engine's command and runs it with clear errors."""

from __future__ import annotations

import argparse
import importlib
import os
import sys

import django

from fuhua.kernel.command import COMMANDS, Command, CommandError
from fuhua.kernel.registry import Registry

OURS_ALONE = 0o077  # what we write is read by our own user alone: the data folder 0700, the database 0600


def main(argv: list[str] | None = None) -> int:
    """Run ``fuhua <engine> <verb> …``; returns the exit status (2 when the command cannot be understood)."""
    os.umask(OURS_ALONE)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fuhua.config.settings")
    django.setup()
    importlib.import_module("fuhua.config.commands").discover()
    words = sys.argv[1:] if argv is None else argv
    for length in (2, 1):
        if command := COMMANDS.get(" ".join(words[:length])):
            parser = argparse.ArgumentParser(prog=f"fuhua {command.name}", description=command.help)
            command.arguments(parser)
            try:
                return command.run(parser.parse_args(words[length:]))
            except CommandError as wrong:
                sys.stderr.write(f"{wrong}\n")
                return 1
            except BrokenPipeError:
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                return 0
    return _overview(words, COMMANDS)


def _overview(words: list[str], commands: Registry[Command]) -> int:
    asked = not words or words[0] in ("-h", "--help", "help")
    out = sys.stdout if asked else sys.stderr
    if not asked:
        print(f"fuhua: 没有命令 “{' '.join(words[:2])}” / no such command\n", file=out)
    print("fuhua 孵化 · 用法 usage: fuhua <command> [options]   (fuhua <command> --help)\n", file=out)
    for command in sorted(commands, key=lambda c: c.name):
        print(f"  {command.name:<22} {command.help}", file=out)
    return 0 if asked else 2


if __name__ == "__main__":
    sys.exit(main())
