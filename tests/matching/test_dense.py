"""A dense embedder is asked once for each text, and when it fails nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from fuhua.matching.dense import Embedder, Kept, NoEmbedding, cosines
from matching.embedding import Service, serving


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as running:
        yield running


def test_texts_are_embedded_in_batches_and_nearest_is_what_shares_the_meaning(service: Service) -> None:
    embed = Embedder(service.url, "tiny", key="sesame", batch=2)
    offers = embed(["磷石膏制磷肥", "陶瓷膜", "其他"])
    rows = list(cosines(embed(["磷磷"]), offers))
    assert (len(service.asked), [len(one["input"]) for one in service.asked], set(service.keys)) == (3, [2, 1, 1], {"Bearer sesame"})
    assert (int(np.argmax(rows[0])), np.allclose(np.linalg.norm(offers, axis=1), 1)) == (0, True)


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
