"""Kinds of listing, one file each; dropping a file here adds the kind to forms, filters, tables, addresses and docs."""

from __future__ import annotations

from fuhua.exchange.kinds.spec import Kind
from fuhua.kernel.registry import Registry

_KINDS: Registry[Kind] = Registry("kinds of listing", key=lambda kind: kind.code)


def listing_kinds() -> Registry[Kind]:
    """Every kind of listing, by code."""
    _KINDS.discover(__name__)
    return _KINDS
