"""Lucene in a virtual machine.

A JDK of version 11 or newer, and the jars of lucene-core and lucene-analysis-common 9 as a class path in ``$LUCENE``.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import jpype

from benchmarks.search.engines import THREADS
from benchmarks.search.engines.batches import batches
from fuhua.matching.index.index import Document

SOURCE = Path(__file__).with_name("Lucene.java")


class Engine:
    """Lucene through its own language: what is measured happens in the virtual machine, which lives in this process."""

    apart = True

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        if not jpype.isJVMStarted():
            classes, made = os.environ["LUCENE"], tempfile.mkdtemp()
            subprocess.run(["javac", "-cp", classes, "-d", made, SOURCE], check=True)
            jpype.startJVM("-Xmx2g", classpath=[*classes.split(os.pathsep), made])
        self.engine = jpype.JClass("Lucene")(self.folder.name, THREADS)

    def build(self, listings: Iterable[Document]) -> None:
        for some in batches(listings):
            self.engine.add([one.key for one in some], [one.title for one in some], [one.text for one in some])
        self.engine.commit()

    add = build

    def query(self, words: Sequence[str], short: bool) -> str:  # noqa: ARG002
        return " ".join(words)

    def find(self, query: str) -> list[int]:
        return self.find_many([query])[0]

    def find_many(self, queries: list[str]) -> list[list[int]]:
        return [list(map(int, keys)) for keys in self.engine.find(queries)]

    def narrow(self, part: int) -> None:
        self.engine.narrow(part)
