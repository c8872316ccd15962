"""Keep a file that somebody attaches: what it is, is told by its first bytes and never by its name."""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from fuhua.evidence.actions import documents
from fuhua.evidence.facts import BadFact
from fuhua.kernel.words import t

HEAD = 4096  # bytes by which a file is told
_MEDIA = {b"%PDF-": "application/pdf", b"PK\x03\x04": "application/zip", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class BadAttachment(BadFact):
    """The file is of a sort that is not taken."""


def head_of(file: BinaryIO) -> bytes:
    """The first bytes of the file."""
    file.seek(0)
    return file.read(HEAD)


def media_of(head: bytes) -> str:
    """The media type that the first bytes tell: a PDF, an archive (as Office documents are), PNG or JPEG; blank for anything else."""
    return next((media for sign, media in _MEDIA.items() if head.startswith(sign)), "")


def attach(file: BinaryIO, *, by: str, at: dt.datetime) -> tuple[str, str]:
    """Keep ``file`` and return its SHA-256 and media type: a PDF, an Office document (as an archive) or a picture.

    Raises :class:`BadAttachment`, and what ``documents.keep`` raises for an empty or a too large file.
    """
    head = head_of(file)
    media = media_of(head)
    if head and not media:
        raise BadAttachment(t("只接收 PDF、Office 文档和图片（PNG、JPEG），请转换后再上传",
                              "only PDF, Office documents and pictures (PNG, JPEG) are taken; convert the file and send it again"))
    return documents.keep(file, media_type=media, by=by, at=at), media
