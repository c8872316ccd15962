"""A dense embedder is asked once for each text, and when it fails nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from fuhua.matching.dense import Embedder, Kept, NoEmbedding, nearer
from matching.embedding import Service, serving


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as running:
        yield running


def test_texts_are_embedded_in_batches_and_nearest_is_what_shares_the_meaning(service: Service) -> None:
    embed = Embedder(service.url, "tiny", key="sesame", batch=2)
    found = embed(["磷磷", "磷石膏制磷肥", "陶瓷膜", "其他"])
    assert (len(service.asked), [len(one["input"]) for one in service.asked], set(service.keys)) == (2, [2, 2], {"Bearer sesame"})
    assert (int(np.argmax(nearer(found))), np.allclose(np.linalg.norm(found, axis=1), 1)) == (0, True)


def test_nearness_counts_above_what_half_of_the_offers_have_whatever_a_model_calls_near() -> None:
    def at(cosine: float) -> list[float]:
        return [cosine, (1 - cosine**2) ** 0.5]

    low, high = (nearer(np.array([at(1), *map(at, cosines)], np.float32)) for cosines in ((0, 0.2, 0.6, 1), (0.8, 0.84, 0.92, 1)))
    assert np.allclose(low, high, atol=1e-3)
    assert np.allclose(low, [0, 0, 1 / 3, 1], atol=1e-3)


def test_a_text_is_asked_for_once_and_a_torn_file_is_asked_for_anew(service: Service, tmp_path: Path) -> None:
    kept = Kept(tmp_path, Embedder(service.url, "tiny"))
    assert kept.known(["磷"]) is None
    first = kept.embed(["磷", "膜", "磷"])
    assert np.array_equal(kept.known(["膜", "磷"]), first[[1, 0]])
    assert (np.array_equal(kept.embed(["膜", "磷"]), first[[1, 0]]), len(service.asked)) == (True, 1)
    torn = next(tmp_path.rglob("*.f32"))
    torn.write_bytes(torn.read_bytes()[:-3])
    assert (np.array_equal(kept.embed(["磷", "膜"]), first[:2]), len(service.asked)) == (True, 2)


@pytest.mark.parametrize("answer", [(500, b"{}"), (200, b"not json"), (200, b'{"data": []}'),
                                    (200, b'{"data": [{"index": 0, "embedding": "x"}]}')])
def test_a_service_that_fails_says_so_without_the_key_or_the_text(service: Service, answer: tuple[int, bytes]) -> None:
    service.answer = answer
    with pytest.raises(NoEmbedding) as failed:
        Embedder(service.url, "tiny", key="sesame")(["机密"])
    assert ("sesame" in str(failed.value), "机密" in str(failed.value)) == (False, False)


def test_nobody_at_the_address_is_no_embedding_and_a_wrong_address_is_told_at_once() -> None:
    with pytest.raises(NoEmbedding):
        Embedder("http://127.0.0.1:9/v1", "tiny", seconds=0.5)(["磷"])
    with pytest.raises(ValueError, match="http"):
        Embedder("file:///etc/passwd", "tiny")
