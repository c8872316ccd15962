"""Kinds of scheme, one file each; dropping a file here adds the kind to calls, forms, panels, agreements and docs."""

from __future__ import annotations

from fuhua.kernel.registry import Registry
from fuhua.schemes.kinds.spec import Kind

_KINDS: Registry[Kind] = Registry("kinds of scheme", key=lambda kind: kind.code)


def scheme_kinds() -> Registry[Kind]:
    """Every kind of scheme, by code."""
    _KINDS.discover(__name__)
    return _KINDS
