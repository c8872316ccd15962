"""Short documents for the demo's facts to rest on, kept by digest like any other."""

from __future__ import annotations

import datetime as dt

from fuhua.evidence.actions import documents


def paper(title: str, party: str, day: dt.date, at: dt.datetime, *lines: str) -> str:
    """Keep a one-page text and return its digest."""
    return documents.keep(text(title, party, day, *lines), media_type="text/plain", by="urn:fuhua:person:cast-chen-xiaolan", at=at)


def text(title: str, party: str, day: dt.date, *lines: str) -> bytes:
    """A one-page text in UTF-8."""
    return "\n".join((title, "", f"主体：{party}", f"日期：{day.isoformat()}", *lines, "", "（演示文件，内容虚构）", "")).encode()
