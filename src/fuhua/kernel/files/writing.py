"""Where a command writes: looked at before any work, never what it reads, and there whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fuhua.kernel.files import BadFile
from fuhua.kernel.words import Text, t

UNFINISHED = ".fuhua-"  # how the names of files begin that are being written
STDOUT = 1


@dataclass(frozen=True)
class Output:
    """An output as it was ``given``: the file at ``place``, or a stream; ``is_stdout`` when others must not write there."""

    given: Path
    place: Path | None
    is_stdout: bool = False

    def write(self, pieces: Iterable[bytes], beside: Path | None = None) -> None:
        """Write the pieces; a file is made in the folder ``beside`` and moved to its place. Raises :class:`BadFile`."""
        try:
            if self.place:
                replace(self.place, pieces, beside or self.place.parent)
            elif self.is_stdout:
                _all(sys.stdout.buffer, pieces)
            else:
                with self.given.open("ab") as out:
                    _all(out, pieces)
        except BrokenPipeError:
            raise
        except OSError as wrong:
            raise _unwritable(self.given, wrong) from wrong


def output(given: Path, inputs: Iterable[Path]) -> Output:
    """Where ``-o given`` leads: ``-`` is standard output, a link its target. Nothing is written yet.

    Raises :class:`BadFile` when it is one of the ``inputs`` or cannot be written.
    """
    stdout = _status(STDOUT)
    here = stdout if given == Path("-") else _status(given)
    for each in inputs:
        if here and (other := _status(each)) and os.path.samestat(here, other) and not stat.S_ISCHR(here.st_mode):
            said = t(
                "{given}：结果会覆盖要读取的 {each}，没有开始；请换一个结果文件",
                "{given}: the result would overwrite {each}, which is read; nothing was done: name another file for the result",
            )
            raise BadFile(said.format(given=given, each=each))
    if given == Path("-") or (here and stdout and os.path.samestat(here, stdout)):
        return Output(given, None, is_stdout=True)
    if here and stat.S_ISDIR(here.st_mode):
        said = t("{given}：这是文件夹；请写上其中的文件名", "{given}: that is a folder; name a file in it")
        raise BadFile(said.format(given=given))
    if here and not os.access(given, os.W_OK):
        raise _unwritable(given, PermissionError(0, "read-only"))
    if (here and not stat.S_ISREG(here.st_mode)) or str(given.absolute()).startswith(("/dev/fd/", "/dev/std", "/proc/")):
        return Output(given, None)
    return Output(given, _placed(given))


def replace(place: Path, pieces: Iterable[bytes], beside: Path) -> None:
    """Write a file in the folder ``beside``, then move it to its place: it is there whole or not at all."""
    made = beside / f"{UNFINISHED}{secrets.token_hex(8)}"  # with the rights that any new file has, as a temporary file has not
    try:
        with made.open("xb") as out:
            _all(out, pieces)
        made.replace(place)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def _placed(given: Path) -> Path:
    """The file behind all links, in a folder that exists and takes files with names of this length."""
    try:
        place = given.resolve()
        if not place.parent.is_dir():
            said = t(
                "{given}：文件夹 {folder} 不存在；请先建立，或换一个位置",
                "{given}: there is no folder {folder}; make it first, or name another place",
            )
            raise BadFile(said.format(given=given, folder=place.parent))
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.fuhua-")
        os.close(handle)
        os.unlink(name)
    except (OSError, RuntimeError, ValueError) as wrong:
        raise _unwritable(given, wrong) from wrong
    return place


def _all(out: BinaryIO, pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        out.write(piece)
    out.flush()


def _status(path: Path | int) -> os.stat_result | None:
    try:
        return os.stat(path)
    except (OSError, ValueError):
        return None


def _unwritable(given: Path, wrong: Exception) -> BadFile:
    why = wrong.strerror if isinstance(wrong, OSError) else wrong
    said: Text = t("{given}：无法写入（{why}）；请换一个可写的位置", "{given}: cannot be written ({why}); name a place that can")
    return BadFile(said.format(given=given, why=why))
