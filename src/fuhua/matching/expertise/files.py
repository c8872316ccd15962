"""Archives, submissions and scores as files: JSON as tools for assigning reviewers exchange it, with errors that say how to mend it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

from fuhua.kernel.files import BadFile
from fuhua.kernel.files.reading import decoded, lines, place, read
from fuhua.kernel.files.writing import Output
from fuhua.kernel.words import Text, t

_DIGITS = 6  # more would differ between machines
_SHAPE = '{"id": …, "content": {"title": "…", "abstract": "…"}}'
_PAPERS = '{"<id>": {"content": {"title": "…", "abstract": "…"}}}'


class Content(msgspec.Struct):
    """What is read of a paper; anything else in the file is left alone."""

    title: str | None = None
    abstract: str | None = None


class Paper(msgspec.Struct):
    """A line of an archive, or a submission."""

    content: Content


def archive_files(folder: Path) -> list[Path]:
    """The archives of a folder, ``<person>.jsonl``; hidden files are none. Raises :class:`BadFile` when there are none."""
    files = [path for path in _entries(folder) if path.suffix.lower() == ".jsonl"]
    if not files:
        said = t(
            "{folder}：没有 .jsonl 文件；请给出每人一个文件的文件夹，如 <人>.jsonl",
            "{folder}: no .jsonl files; name the folder that has one file a person, as in <person>.jsonl",
        )
        raise BadFile(said.format(folder=folder))
    return files


def other_files(folder: Path) -> list[str]:
    """The names of files in the folder that look like archives and are not read, for their ending."""
    return [path.name for path in _entries(folder) if path.suffix.lower() in (".json", ".ndjson", ".txt")]


def read_archives(folder: Path) -> dict[str, list[str]]:
    """The texts of each person's works: ``<person>.jsonl`` holds a JSON object a line. Raises :class:`BadFile`."""
    found: dict[str, list[str]] = {}
    for path in archive_files(folder):
        try:
            path.stem.encode()
        except UnicodeEncodeError as wrong:
            said = t("{path}：文件名不是 UTF-8；请改名", "{path}: the file's name is not in UTF-8; rename it")
            raise BadFile(said.format(path=ascii(str(path)))) from wrong
        if path.stem in found:
            said = t("{path}：“{person}” 有两个文件；请合并为一个", "{path}: “{person}” has two files; make them one")
            raise BadFile(said.format(path=path, person=path.stem))
        found[path.stem] = _archive(path)
    return found


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except (OSError, ValueError) as wrong:
        why = wrong.strerror if isinstance(wrong, OSError) else wrong
        said = t(
            "{folder}：打不开这个文件夹（{why}）；请给出每人一个 .jsonl 文件的文件夹",
            "{folder}: no folder that can be opened ({why}); name the folder that has one .jsonl file a person",
        )
        raise BadFile(said.format(folder=folder, why=why)) from wrong


def _archive(path: Path) -> list[str]:
    found = []
    for number, line in lines(path):
        where = place(path, number)
        found.append(_text(decoded(line, Paper, where, _SHAPE), where))
    return found


def read_submissions(path: Path) -> dict[str, str]:
    """The text of each paper: one JSON object ``{id: {"content": {"title", "abstract"}}}``. Raises :class:`BadFile`."""
    data = read(path)
    papers = decoded(data, dict[str, msgspec.Raw], t("文件 {path}", "file {path}").format(path=path), _PAPERS)
    if not papers:
        raise BadFile(t("{path}：没有论文；请至少给出一篇", "{path}: no papers; give one at least").format(path=path))
    if again := next(_twice(data), None):
        said = t("{path}：“{key}” 出现两次；请删去一个", "{path}: “{key}” is there twice; take one out")
        raise BadFile(said.format(path=path, key=again))
    found = {}
    for key, paper in papers.items():
        where = t("{path} 中的 “{key}”", "{path}, “{key}”").format(path=path, key=key)
        found[key] = _text(decoded(paper, Paper, where, _SHAPE), where)
    return found


def _twice(data: bytes) -> Iterator[str]:
    """The names that an object has more than once, which reading it as a mapping does not tell."""
    names: Counter[str] = Counter(name for name, _value in json.loads(data, object_pairs_hook=list))
    return (name for name, count in names.items() if count > 1)


def write_scores(out: Output, people: Sequence[str], papers: Sequence[str], scores: np.ndarray) -> None:
    """``{person: {paper: score}}``; ``scores`` is people × papers. Raises :class:`BadFile`."""
    out.write(_scores(people, papers, scores))


def _scores(people: Sequence[str], papers: Sequence[str], scores: np.ndarray) -> Iterator[bytes]:
    for at, (person, row) in enumerate(zip(people, scores.round(_DIGITS).tolist(), strict=True)):
        told = msgspec.json.encode(person) + b": " + msgspec.json.encode(dict(zip(papers, row, strict=True)))
        yield (b",\n" if at else b"{") + told
    yield b"}\n"


def _text(paper: Paper, place: Text) -> str:
    text = f"{paper.content.title or ''}\n{paper.content.abstract or ''}".strip()
    if not text:
        said = t(
            "{place}：标题和摘要都没有；请补上一项，或删去这一条",
            "{place}: neither title nor abstract; give one of them, or take the entry out",
        )
        raise BadFile(said.format(place=place))
    return text
