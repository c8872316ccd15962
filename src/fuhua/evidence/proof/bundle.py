"""Offline proofs: a zip with every leaf of the log, the facts an indicator reads, signed heads and the figure.

Because all leaves are there and a leaf names its kind, a verifier sees that nothing of those kinds was left out;
because every earlier signed head is recomputed from the same leaves, it sees that history was only appended to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, BinaryIO

import msgspec

from fuhua.evidence.proof.container import Container
from fuhua.evidence.proof.heads import Head, Signer

FORMAT = "fuhua-proof/1"
MANIFEST, LEAVES, FACTS, README = "manifest.json", "leaves.bin", "facts.ndjson", "README.txt"
MEMBERS = (LEAVES, FACTS, README, MANIFEST)
LEAF_SIZE = 34  # kind number (2 bytes, big-endian) and record digest (32 bytes)

_README = """孵化 Fuhua · 离线证明 / offline proof

验证 verify:   ./fuhua evidence verify proof.zip
不需要数据库，也不需要网络。No database and no network are needed.

manifest.json  指标、定义版本、日期、数值、树头与签名 / indicator, definition, day, figure, signed heads
leaves.bin     全部叶子（种类编号 2 字节 + 记录摘要 32 字节）/ every leaf: kind number (2 bytes), record digest (32 bytes)
facts.ndjson   该指标所读种类的全部事实：序号、制表符、记录原文 / every fact of the kinds it reads: seq, tab, record

叶子 leaf = SHA-256(0x00 || kind || 0x00 || SHA-256(record))      节点 node = SHA-256(0x01 || left || right)   (RFC 9162)
"""


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a bundle claims; ``signature`` is over everything else in canonical JSON."""

    format: str
    indicator: str
    definition: str
    on: dt.date
    known: dt.datetime
    terms: dict[str, Any]
    size: int
    kinds: list[str]
    reads: list[str]
    facts: int
    figure: dict[str, Any]
    heads: list[Head]
    digests: dict[str, str]
    key: str
    signature: str = ""

    def claims(self) -> dict[str, Any]:
        """The signed part, as plain values."""
        values: dict[str, Any] = msgspec.to_builtins(self)
        del values["signature"]
        return values


class Writer:
    """Writes a bundle member by member, so that a log of any length needs little memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._container = Container(file)
        self._kinds: dict[str, int] = {}
        self._digests: dict[str, str] = {}
        self.size = self.facts = 0

    def leaves(self, leaves: Iterable[tuple[str, bytes]]) -> None:
        """(kind, record digest) of every leaf, in order."""
        kinds = self._kinds

        def packed() -> Iterable[bytes]:
            for kind, digest in leaves:
                self.size += 1
                yield kinds.setdefault(kind, len(kinds)).to_bytes(2, "big") + digest

        self._member(LEAVES, packed())

    def facts_of(self, facts: Iterable[tuple[int, str]]) -> None:
        """(seq, canonical record) of every fact of the kinds that the indicator reads, by seq."""

        def lines() -> Iterable[bytes]:
            for seq, body in facts:
                self.facts += 1
                yield f"{seq}\t{body}\n".encode()

        self._member(FACTS, lines())

    def close(self, signer: Signer, *, indicator: str, definition: str, on: dt.date, known: dt.datetime,
              terms: dict[str, Any], reads: Sequence[str], figure: dict[str, Any], heads: Sequence[Head]) -> Manifest:
        """Sign what was written and finish the file."""
        self._member(README, [_README.encode()])
        manifest = Manifest(
            format=FORMAT, indicator=indicator, definition=definition, on=on, known=known, terms=terms, size=self.size,
            kinds=list(self._kinds), reads=sorted(reads), facts=self.facts, figure=figure, heads=list(heads),
            digests=self._digests, key=signer.public,
        )
        manifest = msgspec.structs.replace(manifest, signature=signer.sign(manifest.claims()))
        self._container.add(MANIFEST, [written(manifest)])
        self._container.close()
        return manifest

    def _member(self, name: str, parts: Iterable[bytes]) -> None:
        running = sha256()

        def counted() -> Iterable[bytes]:
            buffer = bytearray()
            for part in parts:
                buffer += part
                if len(buffer) > 1 << 20:
                    running.update(buffer)
                    yield bytes(buffer)
                    buffer.clear()
            running.update(buffer)
            yield bytes(buffer)

        self._container.add(name, counted())
        self._digests[name] = running.hexdigest()


def written(manifest: Manifest) -> bytes:
    """The one way a manifest is written: indented JSON with its fields in declared order."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1)
