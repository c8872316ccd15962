"""An engine as Django sees it: on start it imports its declaring rooms, so that registries are full."""

from __future__ import annotations

import importlib
import pkgutil
from importlib.util import find_spec

from django.apps import AppConfig

_DECLARING = ("facts", "access", "reactions")


class Engine(AppConfig):
    """One floor of the house; the label is the package's last name."""

    default = False

    def ready(self) -> None:
        """Import the rooms that declare facts, access rules and reactions, and the rosters the engine takes in."""
        for room in _DECLARING:
            if find_spec(f"{self.name}.{room}") is not None:
                importlib.import_module(f"{self.name}.{room}")
        actions = f"{self.name}.actions"
        if find_spec(actions) is not None:
            for found in pkgutil.iter_modules(importlib.import_module(actions).__path__):
                if found.name.startswith("roster_"):
                    importlib.import_module(f"{actions}.{found.name}")
