"""Registries: a kind is one file, and dropping the file into its folder is the whole act of adding it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class DuplicateKey(ValueError):
    """Two files claim one key; rename one of them."""


class Registry(Generic[T]):
    """An ordered, sealed mapping from key to spec, filled by importing every module of a package.

    Each module of a discovered package offers its spec as ``SPEC``. ``key`` reads a spec's key.
    """

    def __init__(self, name: str, *, key: Callable[[T], str]) -> None:
        self.name = name
        self._key = key
        self._specs: dict[str, T] = {}
        self._packages: set[str] = set()

    def add(self, spec: T) -> T:
        """Add one spec; raises :class:`DuplicateKey` when its key is taken by another."""
        key = self._key(spec)
        if self._specs.setdefault(key, spec) is not spec:
            raise DuplicateKey(f"{self.name}: {key!r} is declared twice")
        return spec

    def discover(self, package: str) -> None:
        """Import every module below ``package`` (once) and add the ``SPEC`` of each that has one."""
        if package in self._packages:
            return
        root = importlib.import_module(package)
        for info in sorted(pkgutil.iter_modules(root.__path__), key=lambda i: i.name):
            module = importlib.import_module(f"{package}.{info.name}")
            if hasattr(module, "SPEC"):
                self.add(module.SPEC)
        self._packages.add(package)

    def __getitem__(self, key: str) -> T:
        return self._specs[key]

    def get(self, key: str) -> T | None:
        """The spec under ``key``, or None."""
        return self._specs.get(key)

    def __iter__(self) -> Iterator[T]:
        return iter(self._specs.values())

    def __len__(self) -> int:
        return len(self._specs)

    def __contains__(self, key: object) -> bool:
        return key in self._specs

    def keys(self) -> list[str]:
        """Every key, in the order of declaration."""
        return list(self._specs)
