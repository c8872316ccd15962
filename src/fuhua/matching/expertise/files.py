"""Archives, submissions and scores as files: JSON as tools for assigning reviewers exchange it, with errors that say how to mend it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from fuhua.kernel.words import Text, t

_DIGITS = 6  # more would differ between machines


class BadFile(Exception):
    """A file cannot be used; ``text`` names the place and says how to mend it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Content(msgspec.Struct):
    """What is read of a paper; anything else in the file is left alone."""

    title: str | None = None
    abstract: str | None = None


class Paper(msgspec.Struct):
    """A line of an archive, or a submission."""

    content: Content


def read_archives(folder: Path) -> dict[str, list[str]]:
    """The texts of each person's works: ``<person>.jsonl`` holds a JSON object a line. Raises :class:`BadFile`."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        said = t(
            "{folder}：没有 .jsonl 文件；请给出每人一个文件的文件夹，如 <人>.jsonl",
            "{folder}: no .jsonl files; name the folder that has one file a person, as in <person>.jsonl",
        )
        raise BadFile(said.format(folder=folder))
    return {path.stem: _archive(path) for path in files}


def _archive(path: Path) -> list[str]:
    found = []
    for number, line in enumerate(_bytes(path).split(b"\n"), 1):
        if line.strip():
            place = t("{path} 第 {number} 行", "{path}, line {number}").format(path=path, number=number)
            try:
                found.append(_text(msgspec.json.decode(line, type=Paper), place))
            except msgspec.MsgspecError as wrong:
                raise BadFile(_unreadable(place, wrong)) from wrong
    return found


def read_submissions(path: Path) -> dict[str, str]:
    """The text of each paper: one JSON object ``{id: {"content": {"title", "abstract"}}}``. Raises :class:`BadFile`."""
    try:
        papers = msgspec.json.decode(_bytes(path), type=dict[str, Paper])
    except msgspec.MsgspecError as wrong:
        raise BadFile(_unreadable(t("文件 {path}", "file {path}").format(path=path), wrong)) from wrong
    if not papers:
        raise BadFile(t("{path}：没有论文；请至少给出一篇", "{path}: no papers; give one at least").format(path=path))
    return {key: _text(paper, t("{path} 中的 “{key}”", "{path}, “{key}”").format(path=path, key=key)) for key, paper in papers.items()}


def write_scores(path: Path, people: Sequence[str], papers: Sequence[str], scores: np.ndarray) -> None:
    """``{person: {paper: score}}``; ``scores`` is people × papers. The file is there whole or not at all. Raises :class:`BadFile`."""
    handle = -1
    try:
        handle, part = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "wb") as out:
                for at, (person, row) in enumerate(zip(people, scores.round(_DIGITS).tolist(), strict=True)):
                    told = msgspec.json.encode(person) + b": " + msgspec.json.encode(dict(zip(papers, row, strict=True)))
                    out.write((b",\n" if at else b"{") + told)
                out.write(b"}\n")
            Path(part).replace(path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
    except OSError as wrong:
        said = t("{path}：无法写入（{why}）；请换一个可写的位置", "{path}: cannot be written ({why}); name a place that can")
        raise BadFile(said.format(path=path, why=wrong)) from wrong


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError as wrong:
        said = t("{path}：无法读取（{why}）；请检查路径和权限", "{path}: cannot be read ({why}); check the path and its permissions")
        raise BadFile(said.format(path=path, why=wrong)) from wrong


def _text(paper: Paper, place: Text) -> str:
    text = f"{paper.content.title or ''}\n{paper.content.abstract or ''}".strip()
    if not text:
        said = t(
            "{place}：标题和摘要都没有；请补上一项，或删去这一条",
            "{place}: neither title nor abstract; give one of them, or take the entry out",
        )
        raise BadFile(said.format(place=place))
    return text


def _unreadable(place: Text, wrong: msgspec.MsgspecError) -> Text:
    said = t(
        '{place}：无法读懂（{why}）；请写成 UTF-8 的 JSON：{{"id": …, "content": {{"title": "…", "abstract": "…"}}}}',
        '{place}: cannot be understood ({why}); write UTF-8 JSON: {{"id": …, "content": {{"title": "…", "abstract": "…"}}}}',
    )
    return said.format(place=place, why=wrong)
