"""An engine as Django sees it: on start it imports its declaring rooms, so that registries are full."""

from __future__ import annotations

import importlib
import pkgutil
from importlib.util import find_spec

from django.apps import AppConfig

_DECLARING = ("words", "facts", "access", "actions", "reactions")


class Engine(AppConfig):
    """One floor of the house; the label is the package's last name."""

    default = False

    def ready(self) -> None:
        """Import the rooms that declare words, facts, access rules, verbs, rosters and reactions."""
        for room in _DECLARING:
            if find_spec(f"{self.name}.{room}") is not None:
                package = importlib.import_module(f"{self.name}.{room}")
                for found in pkgutil.iter_modules(getattr(package, "__path__", ())):
                    importlib.import_module(f"{package.__name__}.{found.name}")
