"""Sample sheets (样品单) that users hand in with a booking: checked by content, kept by digest."""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from fuhua.evidence.actions import documents
from fuhua.exchange.actions.holding import BadSlot
from fuhua.kernel.words import t

_MOST = 10 * 2**20
_SIGNS = ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"PK\x03\x04", "application/zip"))


def keep(file: BinaryIO, *, size: int, by: str, at: dt.datetime) -> str:
    """Keep a sheet of at most 10 MB that is PDF, picture, office file or plain text by its content; returns its digest."""
    if size > _MOST:
        raise BadSlot(t("样品单不能超过 10 MB，请压缩后上传", "a sample sheet has at most 10 MB; make it smaller"))
    head = file.read(4096)
    file.seek(0)
    return documents.keep(file, media_type=_type_of(head), by=by, at=at)


def _type_of(head: bytes) -> str:
    for sign, media_type in _SIGNS:
        if head.startswith(sign):
            return media_type
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as wrong:
        # a character may be cut at the end of the head
        text = head[: wrong.start].decode("utf-8") if wrong.start > len(head) - 4 else "\0"
    if any(ord(sign) < 32 and sign not in "\t\r\n" for sign in text) or text.lstrip().startswith("<"):
        raise BadSlot(t("样品单请用 PDF、图片、Excel、Word 或纯文本", "let a sample sheet be PDF, picture, Excel, Word or plain text"))
    return "text/plain"
