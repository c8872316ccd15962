"""Sample sheets (样品单) that users hand in with a booking: checked by content, kept by digest."""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from fuhua.evidence.actions import documents
from fuhua.evidence.actions.attachments import head_of, media_of
from fuhua.exchange.actions.holding import BadSlot
from fuhua.kernel.words import t

_MOST = 10 * 2**20


def keep(file: BinaryIO, *, size: int, by: str, at: dt.datetime) -> str:
    """Keep a sheet of at most 10 MB that is PDF, picture, office file or plain text by its content; returns its digest."""
    if size > _MOST:
        raise BadSlot(t("样品单不能超过 10 MB，请压缩后上传", "a sample sheet has at most 10 MB; make it smaller"))
    head = head_of(file)
    return documents.keep(file, media_type=media_of(head) or _plain(head), by=by, at=at)


def _plain(head: bytes) -> str:
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as wrong:
        # a character may be cut at the end of the head
        text = head[: wrong.start].decode("utf-8") if wrong.start > len(head) - 4 else "\0"
    if any(ord(sign) < 32 and sign not in "\t\r\n" for sign in text) or text.lstrip().startswith("<"):
        raise BadSlot(t("样品单请用 PDF、图片、Excel、Word 或纯文本", "let a sample sheet be PDF, picture, Excel, Word or plain text"))
    return "text/plain"
