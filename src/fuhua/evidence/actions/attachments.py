"""Keep a file that somebody attaches: what it is, is told by its first bytes and never by its name."""

from __future__ import annotations

import codecs
import datetime as dt
from typing import BinaryIO

from fuhua.evidence.actions import documents
from fuhua.evidence.facts import BadFact
from fuhua.kernel.words import t

_HEAD = 4096  # bytes by which a file is told
_MEDIA = {b"%PDF-": "application/pdf", b"PK\x03\x04": "application/zip", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class BadAttachment(BadFact):
    """The file is of a sort that is not taken, or too large."""


def attach(file: BinaryIO, *, by: str, at: dt.datetime, text: bool = False, most: int | None = None) -> tuple[str, str]:
    """Keep ``file`` and return its SHA-256 and media type: a PDF, an Office document (as an archive), a picture, with ``text`` plain text.

    ``most``: how many MB it may have. Raises :class:`BadAttachment`, and what ``documents.keep`` raises for an empty or a too large file.
    """
    if most is not None and file.seek(0, 2) > most * 2**20:
        raise BadAttachment(t("文件不能超过 {most} MB，请压缩后上传", "the file has at most {most} MB; make it smaller").format(most=most))
    file.seek(0)
    head = file.read(_HEAD)
    media = next((media for sign, media in _MEDIA.items() if head.startswith(sign)), "text/plain" if text and _is_text(head) else "")
    if head and not media:
        raise BadAttachment(
            t("不接受这种文件，请提交 PDF、Office 文档、图片（PNG、JPEG）、纯文本或压缩包",
              "such a file is not taken; send a PDF, an Office document, a picture (PNG, JPEG), plain text or an archive") if text else
            t("只接收 PDF、Office 文档和图片（PNG、JPEG），请转换后再上传",
              "only PDF, Office documents and pictures (PNG, JPEG) are taken; convert the file and send it again"))
    return documents.keep(file, media_type=media, by=by, at=at), media


def _is_text(head: bytes) -> bool:
    """UTF-8 without control signs, and no markup; a sign may be cut at the end of the head."""
    try:
        found = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return not found.lstrip().startswith("<") and all(ord(sign) >= 32 or sign in "\t\r\n" for sign in found)
