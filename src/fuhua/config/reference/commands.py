"""The reference of commands: each with its help, its arguments and what its function says."""

from __future__ import annotations

import argparse

from fuhua.config.reference.markdown import code, prose, table
from fuhua.kernel.command import COMMANDS, Command

_HEAD = """`./fuhua` at the root readies the folder and hands over ([set-up](../setup.md)); `fuhua` is the same, installed.
`./fuhua COMMAND --help` says what is below.

"""


def page() -> str:
    """Every command by name."""
    return _HEAD + "".join(_command(each) for each in sorted(COMMANDS, key=lambda each: each.name))


def _command(each: Command) -> str:
    parser = argparse.ArgumentParser(prog=f"./fuhua {each.name}")
    each.arguments(parser)
    rows = [
        (code(", ".join(action.option_strings) or action.dest), _values(action), action.help or "", _default(action))
        for action in parser._actions  # argparse offers no public list
        if not isinstance(action, argparse._HelpAction)
    ]
    head = f"## `./fuhua {each.name}`\n\n{each.help}. {prose(each.run.__doc__)}\n\n"
    return head + table(("argument", "value", "meaning", "default"), rows)


def _values(action: argparse.Action) -> str:
    if action.choices is not None:
        return " / ".join(code(each) for each in action.choices if each != "")
    if action.nargs == 0:
        return "(a switch)"
    if action.nargs == argparse.REMAINDER:
        return "everything that follows"
    return str(action.metavar or action.dest.upper())


def _default(action: argparse.Action) -> str:
    if action.required and action.nargs != argparse.REMAINDER:
        return "required"
    return code(action.default) if action.default not in (None, False, "", argparse.SUPPRESS) else ""
