"""Ways to seal a PDF (电子封签), one file each; FUHUA_SIGNER names the one in use, and its libraries are loaded when it is first used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from fuhua.kernel.registry import Registry


@dataclass(frozen=True)
class Sealer:
    """One way to seal.

    ``seal(paper, stamp, at)`` returns the PDF ``paper`` with a signature appended, so that its first bytes stay what they were; what
    is seen of it on the last page is the page of the PDF ``stamp``. ``root(at)`` is the certificate (PEM) that a reader must trust.
    """

    code: str
    seal: Callable[[bytes, bytes, dt.datetime], bytes]
    root: Callable[[dt.datetime], bytes]


_SEALERS: Registry[Sealer] = Registry("sealers", key=lambda sealer: sealer.code)


def sealer() -> Sealer:
    """The way to seal that FUHUA_SIGNER names; raises ``KeyError`` when there is no such file."""
    _SEALERS.discover(__name__)
    return _SEALERS[settings.FUHUA_SIGNER]
