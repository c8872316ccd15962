"""The folder beside an output that keeps what is done of it, for one process at a time."""

from __future__ import annotations

import fcntl
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fuhua.kernel.files import BadFile
from fuhua.kernel.files.writing import UNFINISHED, Output
from fuhua.kernel.words import t

LOCK = "lock"
_RUN = re.compile(r"[0-9a-f]{32}")
_PART = re.compile(rf"\d{{6,}}\.jsonl|{re.escape(UNFINISHED)}\w+")


@contextmanager
def held(out: Output) -> Iterator[Path]:
    """The folder of parts, hidden beside the file; it stays while there is something in it. That of a stream is temporary.

    Raises :class:`BadFile` when another process has it.
    """
    if out.place is None:
        with tempfile.TemporaryDirectory(prefix="fuhua-") as passing:
            yield Path(passing)
        return
    folder = out.place.with_name(f".{out.place.name}.fuhua-parts")
    lock = _locked(folder, out)
    try:
        yield folder
    finally:
        (folder / LOCK).unlink(missing_ok=True)
        with suppress(OSError):
            folder.rmdir()
        os.close(lock)


def part(run: Path, number: int) -> Path:
    """The file of a part in the folder of its run."""
    return run / f"{number:06}.jsonl"


def clear(run: Path) -> None:
    """Take away the parts of a run, and its folder if nothing else is in it; what is none is left alone."""
    if not _RUN.fullmatch(run.name) or run.is_symlink() or not run.is_dir():
        return
    for each in run.iterdir():
        if _PART.fullmatch(each.name) and each.is_file():
            each.unlink()
    with suppress(OSError):
        run.rmdir()


def _locked(folder: Path, out: Output) -> int:
    while True:
        lock = _opened(folder)
        if lock is None:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as wrong:
            os.close(lock)
            said = t(
                "{given}：另一个进程正在写这个文件；请等它完成，或换一个结果文件",
                "{given}: another process is at work on this file; wait for it, or name another file for the result",
            )
            raise BadFile(said.format(given=out.given)) from wrong
        except OSError:  # a file system without locks
            return lock
        if os.fstat(lock).st_nlink:
            return lock
        os.close(lock)


def _opened(folder: Path) -> int | None:
    """The file of the lock; None when another process took the folder away between our two steps."""
    try:
        folder.mkdir(exist_ok=True)
        with suppress(FileNotFoundError):
            return os.open(folder / LOCK, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
        return None
    except OSError as wrong:
        said = t(
            "{folder}：无法在此保存中间结果（{why}）；请移走它，或换一个结果文件",
            "{folder}: parts cannot be kept there ({why}); move it away, or name another file for the result",
        )
        raise BadFile(said.format(folder=folder, why=wrong.strerror)) from wrong
