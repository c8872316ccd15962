"""The answers for a part of the needs, as the lines of a run: what every engine does, and all that it does."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from fuhua.matching.ranking.listings import Listing
from fuhua.matching.ranking.ranker import Ranker, Ranking
from fuhua.matching.ranking.reasons import Explainer
from fuhua.matching.text.tokens import reading

MATCHING = Path(__file__).resolve().parents[1]
_encoded = msgspec.json.Encoder().encode


class OtherMake(RuntimeError):
    """A machine has another version of the project: what it would answer may differ."""


@cache
def make() -> str:
    """A digest of the source of matching and of what it reads characters by: which version this machine has."""
    digest = hashlib.blake2b(reading().encode(), digest_size=16)
    for path in sorted(MATCHING.rglob("*.py")):
        digest.update(f"{path.relative_to(MATCHING)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


@dataclass(frozen=True)
class Work:
    """What all parts have in common: the ranker of all offers, the language of the reasons (``""``: none), and who made it."""

    ranker: Ranker
    language: str = ""
    made: str = ""

    def __call__(self, number: int, needs: Sequence[Listing]) -> tuple[int, bytes]:
        """The lines of a part, in the order of its ``needs``, under its number; raises :class:`OtherMake`.

        They depend on nothing else: not on the other parts, nor on where or how often they are asked for.
        """
        if self.made != make():
            raise OtherMake(f"this machine has matching {make()[:8]}, the command {self.made[:8]}: install the same version on both")
        explainer = Explainer(self.ranker.words) if self.language else None
        rankings = self.ranker.rank_all(needs)
        return number, b"".join(_encoded(_told(each, explainer, self.language)) + b"\n" for each in rankings)

    def digest(self, parts: Mapping[int, Sequence[Listing]]) -> str:
        """What the answers follow from, in 32 letters: ranker, language, version, and all needs as they are parted."""
        buffers: list[pickle.PickleBuffer] = []
        digest = hashlib.blake2b(pickle.dumps((self, parts), 5, buffer_callback=buffers.append), digest_size=16)
        for buffer in buffers:
            digest.update(buffer.raw())
        return digest.hexdigest()


Parts = Mapping[int, Sequence[Listing]]
Engine = Callable[[Work, Parts], Iterator[tuple[int, bytes]]]  # gives the parts as they are done, in any order


def _told(ranking: Ranking, explainer: Explainer | None, language: str) -> dict[str, object]:
    offers: list[dict[str, object]] = [{"offer": found.offer.id, "score": round(found.score, 4)} for found in ranking.found]
    if explainer:
        why = explainer.reasons(ranking.need, [found.offer for found in ranking.found])
        for offer, reasons in zip(offers, why, strict=True):
            offer["reasons"] = [reason.told.in_language(language) for reason in reasons]
    return {"need": ranking.need.id, "abstain": ranking.abstain, "offers": offers}
