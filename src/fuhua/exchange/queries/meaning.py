"""How near texts are in meaning by the embedder of the settings; nothing is lost when there is none or it does not answer."""

from __future__ import annotations

import concurrent.futures
import logging
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from django.conf import settings

from fuhua.matching.dense import Embedder, Kept, NoEmbedding, Vectors, nearer

_log = logging.getLogger(__name__)
PATIENCE, REST = 2.0, 300.0  # seconds: that a shortlist waits, and that a service which failed is not asked again
_asking = concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="embeddings")
_failed_at: dict[str, float] = {}  # address → when it last failed, by the monotonic clock


def near(need: str, offers: Sequence[str]) -> Vectors:
    """For each offer how much nearer it is to the need than half of them, 0 to 1; all 0 without an embedder.

    A vector that is kept is used; the service is asked for the rest, and what comes too late is kept for the next time.
    """
    vectors = _vectors([need, *offers]) if settings.FUHUA_EMBEDDINGS_URL and offers else None
    if vectors is None:
        return np.zeros(len(offers), np.float32)
    return nearer(vectors)


def _vectors(texts: list[str]) -> Vectors | None:
    url = settings.FUHUA_EMBEDDINGS_URL
    embedder = Embedder(url, settings.FUHUA_EMBEDDINGS_MODEL, settings.FUHUA_EMBEDDINGS_KEY, seconds=PATIENCE)
    kept = Kept(Path(settings.FUHUA_DATA) / "embeddings", embedder)
    if (known := kept.known(texts)) is not None:
        return known
    if time.monotonic() - _failed_at.get(url, -REST) < REST:
        return None
    try:
        return _asking.submit(kept.embed, texts).result(PATIENCE)
    except (NoEmbedding, OSError, concurrent.futures.TimeoutError) as wrong:
        _failed_at[url] = time.monotonic()
        why = str(wrong) if isinstance(wrong, NoEmbedding) else type(wrong).__name__
        _log.warning("matching goes on without embeddings for %d minutes: %s", REST // 60, why)
        return None
