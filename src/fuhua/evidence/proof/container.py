"""The container of an offline proof: a zip with exactly one right form, so that not one byte of it can be changed unseen.

Members are stored, not compressed, in the order given, with fixed times and attributes; any zip program opens it.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from typing import BinaryIO

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_NEED, _FLAGS, _STORED, _TIME, _DATE = 20, 0, 0, 0, 33  # 1980-01-01, the first day a zip can tell
_LIMIT = 0xFFFF_FFFF


class NotExact(ValueError):
    """The file is no such container; the text says where it departs from it."""


class Container:
    """Writes members one after the other into a seekable file; ``close`` adds the directory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._members: list[tuple[str, int, int, int]] = []

    def add(self, name: str, parts: Iterable[bytes]) -> None:
        """One member from its parts; raises :class:`NotExact` beyond 4 GiB."""
        start = self._file.tell()
        self._file.write(_local(name, 0, 0))
        size = crc = 0
        for part in parts:
            self._file.write(part)
            size, crc = size + len(part), zlib.crc32(part, crc)
        end = self._file.tell()
        if end > _LIMIT:
            raise NotExact(f"{name}: more than 4 GiB")
        self._file.seek(start)
        self._file.write(_local(name, crc, size))
        self._file.seek(end)
        self._members.append((name, crc, size, start))

    def close(self) -> None:
        """Write the directory; the file stays open."""
        start = self._file.tell()
        for name, crc, size, offset in self._members:
            self._file.write(_CENTRAL.pack(b"PK\1\2", 3 << 8 | _NEED, _NEED, _FLAGS, _STORED, _TIME, _DATE, crc, size, size,
                                           len(name), 0, 0, 0, 0, 0o100644 << 16, offset) + name.encode())
        length, count = self._file.tell() - start, len(self._members)
        self._file.write(_END.pack(b"PK\5\6", 0, 0, count, count, length, start, 0))


def _local(name: str, crc: int, size: int) -> bytes:
    return _LOCAL.pack(b"PK\3\4", _NEED, _FLAGS, _STORED, _TIME, _DATE, crc, size, size, len(name), 0) + name.encode()


def members(data: bytes, names: tuple[str, ...]) -> dict[str, bytes]:
    """The members of the container ``data``, which must be just ``names`` in that order.

    Raises :class:`NotExact` when it is none. That nothing around the members was
    changed is :func:`departs` to say, after their own digests had their turn to name what was.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, EOFError) as wrong:
        raise NotExact(str(wrong)) from wrong
    if tuple(info.filename for info in infos) != names:
        raise NotExact(", ".join(info.filename for info in infos)[:200])
    found = {}
    for info in infos:
        start = info.header_offset + _LOCAL.size + len(info.filename)
        if info.compress_type != zipfile.ZIP_STORED or info.file_size != info.compress_size or start + info.file_size > len(data):
            raise NotExact(f"{info.filename}: not stored as it is")
        found[info.filename] = data[start : start + info.file_size]
    return found


def departs(data: bytes, found: dict[str, bytes]) -> int | None:
    """The offset of the first byte at which ``data`` differs from the one right container of these members, or None."""
    right = io.BytesIO()
    container = Container(right)
    for name, content in found.items():
        container.add(name, [content])
    container.close()
    expected = right.getvalue()
    if data == expected:
        return None
    same = next((at for at, (one, other) in enumerate(zip(data, expected, strict=False)) if one != other), None)
    return min(len(data), len(expected)) if same is None else same
