"""A dense embedder that can be plugged in: any service that answers the OpenAI form of ``POST …/embeddings``."""

from __future__ import annotations

import hashlib
import http.client
import json
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
_MOST_ANSWER = 256 * 2**20  # bytes of one answer that are read at all


class NoEmbedding(Exception):
    """The service did not give vectors; matching goes on without them. The message never holds the key or a text."""


@dataclass(frozen=True)
class Embedder:
    """Asks ``url`` (such as ``http://127.0.0.1:8080/v1``) for vectors of ``model``; ``key`` is sent as a bearer token.

    ``batch`` texts go in one request, each cut to ``most`` characters; no answer within ``seconds`` is a failure.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 10.0
    batch: int = 64
    most: int = 2_000

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"the address of embeddings must begin with http:// or https://, not {self.url!r}")

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, ``len(texts) × dimensions``; raises :class:`NoEmbedding`."""
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        found = [self._asked(texts[start : start + self.batch]) for start in range(0, len(texts), self.batch)]
        if len({part.shape[1] for part in found}) != 1:
            raise NoEmbedding("the service gave vectors of different lengths")
        vectors = np.concatenate(found)
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-12))

    def _asked(self, texts: Sequence[str]) -> Vectors:
        body = json.dumps({"model": self.model, "input": [text[: self.most] or " " for text in texts]}).encode()
        try:
            status, answer = self._sent(body)
            rows = sorted(json.loads(answer)["data"], key=lambda row: row["index"]) if status == 200 else []
            vectors = np.array([row["embedding"] for row in rows], dtype=np.float32)
        except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as wrong:
            raise NoEmbedding(f"the service of embeddings failed: {type(wrong).__name__}") from wrong
        if status != 200:
            raise NoEmbedding(f"the service of embeddings answered {status}")
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise NoEmbedding("the service of embeddings gave no vector for each text")
        return vectors

    def _sent(self, body: bytes) -> tuple[int, bytes]:
        parts = urlsplit(self.url)
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {self.key}"} if self.key else {})}
        if parts.scheme == "https":
            line: http.client.HTTPConnection = http.client.HTTPSConnection(
                parts.hostname or "", parts.port, timeout=self.seconds, context=ssl.create_default_context())
        else:
            line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=self.seconds)
        try:
            line.request("POST", f"{parts.path.rstrip('/')}/embeddings", body, headers)
            answer = line.getresponse()
            return answer.status, answer.read(_MOST_ANSWER)
        finally:
            line.close()


@dataclass
class Kept:
    """Vectors of texts that were embedded before, one file a text and model, so that each is asked for once.

    ``embed`` answers from the folder and asks the embedder only for the rest; a file that is torn is asked for anew. ``known`` never
    asks.
    """

    folder: Path
    embedder: Embedder

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of ``texts``; raises :class:`NoEmbedding` when some are new and the service does not answer."""
        found = {text: vector for text in dict.fromkeys(texts) if (vector := self._read(text)) is not None}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        for text, vector in zip(new, self.embedder(new), strict=True) if new else ():
            found[text] = vector
            self._write(text, vector)
        if len({len(vector) for vector in found.values()}) > 1:
            raise NoEmbedding("the model of embeddings changed its length; empty its folder")
        return np.array([found[text] for text in texts], dtype=np.float32)

    def known(self, texts: Sequence[str]) -> Vectors | None:
        """Unit vectors of ``texts`` when all of them are kept."""
        found = {text: self._read(text) for text in texts}
        lengths = {0 if vector is None else len(vector) for vector in found.values()}
        return np.array([found[text] for text in texts], dtype=np.float32) if len(lengths) == 1 and 0 not in lengths else None

    def _path(self, text: str) -> Path:
        name = hashlib.sha256(f"{self.embedder.model}\0{text}".encode()).hexdigest()
        return self.folder / name[:2] / f"{name[2:]}.f32"

    def _read(self, text: str) -> Vectors | None:
        try:
            kept = self._path(text).read_bytes()
        except OSError:
            return None
        whole = len(kept) > 4 and len(kept) % 4 == 0 and int.from_bytes(kept[:4], "little") == len(kept) // 4 - 1
        return np.frombuffer(kept[4:], dtype="<f4") if whole else None

    def _write(self, text: str, vector: Vectors) -> None:
        path = self._path(text)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{hashlib.sha256(vector.tobytes()).hexdigest()[:8]}")
        part.write_bytes(len(vector).to_bytes(4, "little") + vector.astype("<f4").tobytes())
        part.replace(path)


def nearer(vectors: Vectors) -> Vectors:
    """For each unit vector after the first how much nearer it is to that than half of them are, 0 to 1: models differ in what is usual."""
    cosines = vectors[1:] @ vectors[0]
    usual = np.median(cosines)
    return ((cosines - usual) / max(1 - usual, 1e-6)).clip(0, 1).astype(np.float32)
