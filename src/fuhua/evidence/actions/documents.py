"""Keep documents by content: a file is named by its SHA-256, kept once, and never changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from fuhua.evidence import models
from fuhua.evidence.facts import BadFact
from fuhua.kernel.words import t

_CHUNK = 1 << 20
_MOST = 64 * 2**20


class NoSuchDocument(LookupError):
    """No document has that digest, or its bytes are gone from the storage."""


class DamagedDocument(BadFact):
    """What is kept under a digest is not what was handed in."""


class TooLarge(BadFact):
    """The document is larger than FUHUA_DOCUMENT_BYTES."""


@transaction.atomic
def keep(content: BinaryIO | bytes, *, media_type: str, by: str, at: dt.datetime) -> str:
    """Keep the bytes and return their SHA-256 in hex; the same bytes are kept once, by whoever sends them.

    ``by`` is the URN of the sender and only has to be there: who sent what is told by the fact that names the
    digest. Raises :class:`TooLarge` and, for an empty document, :class:`BadFact`.
    """
    if not by:
        raise BadFact(t("须说明由谁提交", "say who hands it in"))
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    with tempfile.TemporaryFile() as copy:
        digest, size = _copied(source, copy)
        place = place_of(digest)
        if not _is_whole(place, size):
            copy.seek(0)
            _store(place, copy)
    models.Document.objects.get_or_create(
        digest=digest, defaults={"size": size, "media_type": media_type[:100], "kept_at": at})
    return digest


def open_document(digest: str) -> BinaryIO:
    """The kept bytes as an open temporary file, checked against the digest first.

    Raises :class:`NoSuchDocument`, and :class:`DamagedDocument` when what is kept is not what was handed in.
    """
    try:
        with default_storage.open(place_of(digest), "rb") as kept:
            copy = tempfile.TemporaryFile()  # noqa: SIM115 - the reader closes it
            found, _size = _copied(kept, copy)  # type: ignore[arg-type]
    except (FileNotFoundError, ValueError) as wrong:
        raise NoSuchDocument(digest) from wrong
    if found != digest:
        copy.close()
        raise DamagedDocument(t("保存的文件与其摘要不符，可能已损坏或被替换，请从备份恢复并报告审计",
                                "the kept file does not match its digest; restore it from backup and tell the auditor"))
    copy.seek(0)
    return copy


def place_of(digest: str) -> str:
    """``ab/cdef…``: where a digest's bytes lie; raises ``ValueError`` for what is no digest."""
    if len(digest) != 64 or any(sign not in "0123456789abcdef" for sign in digest):
        raise ValueError(digest)
    return f"{digest[:2]}/{digest[2:]}"


def _copied(source: BinaryIO, copy: BinaryIO) -> tuple[str, int]:
    most = getattr(settings, "FUHUA_DOCUMENT_BYTES", _MOST)
    sha, size = hashlib.sha256(), 0
    source.seek(0)
    while data := source.read(_CHUNK):
        size += len(data)
        if size > most:
            raise TooLarge(t("文件超过 {most} MB，请压缩或拆分后再提交", "the file is larger than {most} MB; make it smaller or split it")
                           .format(most=most >> 20))
        sha.update(data)
        copy.write(data)
    if not size:
        raise BadFact(t("文件是空的，请检查后重新提交", "the file is empty; check it and send it again"))
    return sha.hexdigest(), size


def _is_whole(place: str, size: int) -> bool:
    return default_storage.exists(place) and default_storage.size(place) == size


def _store(place: str, copy: BinaryIO) -> None:
    """On a local disk the file appears whole or not at all; an object store promises that by itself."""
    try:
        target = Path(default_storage.path(place))
    except NotImplementedError:
        default_storage.save(place, File(copy))
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as part:
            while data := copy.read(_CHUNK):
                part.write(data)
            part.flush()
            os.fsync(part.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
