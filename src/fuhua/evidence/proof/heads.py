"""Signed tree heads: Ed25519 over the canonical statement of size, root and time."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)


class Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A signed tree head: ``size`` leaves have the root ``root`` (hex) at ``sealed_at`` (ISO 8601, UTC)."""

    size: int
    root: str
    sealed_at: str
    key: str
    signature: str


def statement(values: dict[str, Any]) -> bytes:
    """Canonical JSON to sign: sorted keys, no white space, UTF-8."""
    return msgspec.json.encode(values, order="sorted")


class Signer:
    """A private key that seals heads and bundles."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    @classmethod
    def at(cls, path: Path) -> Signer:
        """The key in ``path``, made on first use and readable by its owner alone."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            partial = path.with_name(f"{path.name}.{os.getpid()}")
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(fresh)
            with contextlib.suppress(FileExistsError):  # the first of two starts at once wins
                os.link(partial, path)
            partial.unlink()
        return cls.of(path.read_bytes())

    @classmethod
    def of(cls, pem: bytes) -> Signer:
        """The key in PEM (PKCS #8)."""
        from_pem = _load(pem)
        return cls(from_pem)

    def sign(self, values: dict[str, Any]) -> str:
        """Signature in hex over :func:`statement`."""
        return self._key.sign(statement(values)).hex()

    def head(self, *, size: int, root: bytes, sealed_at: str) -> Head:
        """Seal a tree of ``size`` leaves."""
        values = {"size": size, "root": root.hex(), "sealed_at": sealed_at, "key": self.public}
        return Head(**values, signature=self.sign(values))


def _load(pem: bytes) -> Ed25519PrivateKey:
    key = load_pem_private_key(pem, None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("the seal key must be an Ed25519 key")
    return key


def signed_by(public: str, values: dict[str, Any], signature: str) -> bool:
    """Whether ``signature`` (hex) over ``values`` was made by the key ``public`` (hex)."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), statement(values))
    except (InvalidSignature, ValueError):
        return False
    return True


def head_holds(head: Head) -> bool:
    """Whether the head's own signature is good for the key it names."""
    values = {"size": head.size, "root": head.root, "sealed_at": head.sealed_at, "key": head.key}
    return signed_by(head.key, values, head.signature)


def fingerprint(public: str) -> str:
    """Sixteen hex digits by which people compare keys: ``ab12-…``."""
    text = hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16]
    return "-".join(text[i : i + 4] for i in range(0, 16, 4))
