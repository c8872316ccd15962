"""URNs: the pseudonymous names by which facts speak of parties and things (``urn:fuhua:venture:…``)."""

from __future__ import annotations

import re
import uuid

_SHAPE = re.compile(r"urn:fuhua:([a-z][a-z0-9_]*):([A-Za-z0-9._-]{1,64})")


class BadUrn(ValueError):
    """The text is not a Fuhua URN."""


def new(kind: str) -> str:
    """A fresh, unguessable URN of ``kind`` (random UUID, no meaning in it)."""
    return of(kind, uuid.uuid4().hex)


def of(kind: str, identity: str) -> str:
    """The URN of ``kind`` with a given identity; raises :class:`BadUrn` on a malformed part."""
    urn = f"urn:fuhua:{kind}:{identity}"
    if _SHAPE.fullmatch(urn) is None:
        raise BadUrn(urn)
    return urn


def kind_of(urn: str) -> str:
    """``venture`` of ``urn:fuhua:venture:…``; raises :class:`BadUrn`."""
    return _match(urn).group(1)


def identity_of(urn: str) -> str:
    """What follows the kind; raises :class:`BadUrn`."""
    return _match(urn).group(2)


def is_urn(text: str) -> bool:
    """Whether ``text`` is a Fuhua URN."""
    return _SHAPE.fullmatch(text) is not None


def _match(urn: str) -> re.Match[str]:
    found = _SHAPE.fullmatch(urn)
    if found is None:
        raise BadUrn(urn)
    return found
