"""The commands of the whole house, and the finding of every engine's own."""

from __future__ import annotations

import importlib
import pkgutil
from importlib.util import find_spec

from django.conf import settings

from fuhua.config.commands import house, reference, running  # noqa: F401 - importing declares their commands

PURE = ("policy", "matching")  # have commands, and neither tables nor an app


def discover() -> None:
    """Import the ``commands`` room of every engine that has one, whether a module or a package."""
    for engine in (*settings.ENGINES, *PURE):
        room = f"fuhua.{engine}.commands"
        if find_spec(room) is None:
            continue
        package = importlib.import_module(room)
        for info in pkgutil.iter_modules(getattr(package, "__path__", ())):
            importlib.import_module(f"{room}.{info.name}")
