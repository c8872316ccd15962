"""The installed command `fuhua`: finds the engine's command and runs it with clear errors."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys

import django

from fuhua.kernel.command import COMMANDS, Command, CommandError
from fuhua.kernel.registry import Registry

HELP = ("-h", "--help", "help")
OURS_ALONE = 0o077  # what we write is read by our own user alone: the data folder 0700, the database 0600


def main(argv: list[str] | None = None) -> int:
    """Run ``fuhua <engine> <verb> …``; returns the exit status (2 when the command cannot be understood, 130 when it was stopped)."""
    os.umask(OURS_ALONE)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a file's name may be no text
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except CommandError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("\n已中断，再次运行即可继续 / stopped; run it again to go on\n")
        return 130


def _run(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fuhua.config.settings")
    django.setup()
    importlib.import_module("fuhua.config.commands").discover()
    for length in (2, 1):
        if command := COMMANDS.get(" ".join(words[:length])):
            parser = argparse.ArgumentParser(prog=f"fuhua {command.name}", description=command.help)
            command.arguments(parser)
            return command.run(parser.parse_args(words[length:]))
    return _overview(words, COMMANDS)


def _overview(words: list[str], commands: Registry[Command]) -> int:
    """All commands, or those of the engine that is named; no error when help was asked for."""
    engine = [command for command in commands if words and command.name.startswith(f"{words[0]} ")]
    rest = words[1:] if engine else words
    asked = not rest or rest[0] in HELP
    out = sys.stdout if asked else sys.stderr
    if not asked:
        print(f"fuhua: 没有命令 “{' '.join(words[:2])}” / no such command\n", file=out)
    name = f"{words[0]} <command>" if engine else "<command>"
    print(f"fuhua 孵化 · 用法 usage: fuhua {name} [options]   (fuhua {name} --help)\n", file=out)
    for command in sorted(engine or commands, key=lambda c: c.name):
        print(f"  {command.name:<22} {command.help}", file=out)
    return 0 if asked else 2


if __name__ == "__main__":
    sys.exit(main())
