"""Commands: what `./fuhua <engine> <verb>` can do, declared beside the engine that does it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from fuhua.kernel.registry import Registry


class CommandError(Exception):
    """A command cannot go on; its text tells the person at the terminal how to mend it."""


@dataclass(frozen=True)
class Command:
    """``fuhua <name>`` with its one-line help, its argument declarations and the function it runs."""

    name: str
    help: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


COMMANDS: Registry[Command] = Registry("commands", key=lambda command: command.name)


def command(
    name: str, *, help: str, arguments: Callable[[argparse.ArgumentParser], None] = lambda _parser: None
) -> Callable[[Callable[[argparse.Namespace], int]], Callable[[argparse.Namespace], int]]:
    """Declare a function as the command ``name`` (``engine verb``); it returns the exit status."""

    def declare(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
        COMMANDS.add(Command(name, help, arguments, run))
        return run

    return declare
