"""Words kept locked: what a table may hold but nobody should read from it, opened only by whoever has the house's secret."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotOpen(ValueError):
    """The words were locked with another secret, or were changed since."""


def lock(words: str, purpose: str) -> str:
    """The words as a token (Fernet: AES-128-CBC with HMAC-SHA-256), under a key of its own for each ``purpose``."""
    return _fernet(purpose).encrypt(words.encode()).decode()


def opened(token: str, purpose: str) -> str:
    """The words of a token; raises :class:`CannotOpen`."""
    try:
        return _fernet(purpose).decrypt(token.encode()).decode()
    except InvalidToken as wrong:
        raise CannotOpen(purpose) from wrong


def _fernet(purpose: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
