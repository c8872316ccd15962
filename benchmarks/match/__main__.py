"""Quality of the ranking on our judgements beside lexical rankers, and how long all needs take.

``python -m benchmarks.match`` (``--data`` names the folder with the postings, else ``$FUHUA_SHARED_DATA/exchange``); ``--fit`` adds
what the judgements would set the constants of :class:`fuhua.matching.ranking.scoring.Scoring` to; ``--embeddings http://…/v1`` what a dense
embedder of the OpenAI form adds, whose vectors are kept in the folder ``--kept``.
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.match import hits
from benchmarks.match.fitting import answers, fitted
from benchmarks.match.peers import rankers
from benchmarks.measure import peak_mib, report, timed
from fuhua.matching.dense import Embedder, Kept
from fuhua.matching.ranking.listings import Listing, listing
from fuhua.matching.ranking.measures import Answer, Judgements, quality, read_qrels
from fuhua.matching.ranking.ranker import Ranker
from fuhua.matching.ranking.scoring import HITS

QRELS = Path(__file__).with_name("qrels.txt")  # judged while the ranking was made
UNSEEN = Path(__file__).with_name("unseen.txt")  # drawn and judged after it was finished
NEAR = Path(__file__).with_name("near.txt")  # with near titles and wider grades: 0 to 4, where 1 is the same sort of thing
RANDOM = Path(__file__).with_name("random.txt")  # drawn from all needs left, with these grades
HERE = Path(os.environ.get("FUHUA_SHARED_DATA", "../shared/data")) / "exchange"


def main() -> None:
    """Print the table as JSON."""
    chosen = _options()
    needs, offers = _read(chosen.data / "needs_zh.jsonl"), _read(chosen.data / "achievements_zh.jsonl")
    judged, unseen, near, drawn = (read_qrels(path.read_text().splitlines()) for path in (QRELS, UNSEEN, NEAR, RANDOM))
    with timed() as built:
        ranker = Ranker(offers, needs)
    with timed() as ranked:
        found = {one.need.id: Answer(tuple(each.offer.id for each in one.found), one.abstain) for one in ranker.rank_all(needs)}
    mine = [need for need in needs if need.id in {*judged, *unseen, *near, *drawn}]
    hit, milliseconds = hits.features(mine, needs, offers)
    ids = [offer.id for offer in offers]
    found_by_hits = answers({need: HITS.mix(each) for need, each in hit.items()}, ids, HITS)
    peers = {name: _best(scores, mine, offers) for name, scores in rankers(mine, offers).items()}
    tables = {"ours": found, "ours, hits of an index only": found_by_hits, **peers}
    if chosen.embeddings:
        embedder = Embedder(chosen.embeddings, chosen.model, seconds=600, most=chosen.characters)
        told = hits.meant(hit, mine, offers, Kept(chosen.kept, embedder))
        steeper = replace(HITS, slope=HITS.slope * HITS.meant)
        tables["ours, hits and an embedder"] = answers({need: HITS.mix(each) for need, each in told.items()}, ids, steeper)
    values: dict[str, Any] = {
        "benchmark": "match", "needs": len(needs), "offers": len(offers), "judged": len(judged), "build": built.plain(),
        "unseen": len(unseen), "rank_all": ranked.plain(), "hits_cpu_ms": milliseconds, "peak_mib": peak_mib(),
        "quality": {name: _rounded(each, judged) for name, each in tables.items()},
        "quality_unseen": {name: _rounded(each, unseen) for name, each in tables.items()},
        "quality_near": {name: _rounded(each, _strictly(near)) for name, each in tables.items()},
        "quality_near_widely": {name: _rounded(each, near) for name, each in tables.items()},
        "quality_random": {name: _rounded(each, _strictly(drawn)) for name, each in tables.items()},
        "quality_random_widely": {name: _rounded(each, drawn) for name, each in tables.items()},
    }  # fmt: skip
    if chosen.fit:
        known = [need for need in mine if need.id in judged]
        features = dict(zip([need.id for need in known], ranker.features(known), strict=True))
        hit = {need.id: hit[need.id] for need in known}
        values["fit"] = json.loads(json.dumps(fitted(features, ids, judged), default=float))
        values["fit_hits"] = json.loads(json.dumps(fitted(hit, ids, judged, HITS), default=float))
    report(values, chosen)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE, help="folder with needs_zh.jsonl and achievements_zh.jsonl")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--embeddings", help="address of a service that embeds texts")
    parser.add_argument("--model", default="", help="the model it is asked for")
    parser.add_argument("--characters", type=int, default=500, help="of a text, that are embedded")
    parser.add_argument("--kept", type=Path, default=Path("var/embeddings"), help="folder of the vectors")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _read(path: Path) -> list[Listing]:
    return [listing(json.loads(line)) for line in path.read_text().splitlines()]


def _best(scores: np.ndarray, needs: list[Listing], offers: list[Listing]) -> dict[str, Answer]:
    order = np.argsort(-scores, axis=1, kind="stable")[:, :10]
    return {need.id: Answer(tuple(offers[row].id for row in rows), False) for need, rows in zip(needs, order, strict=True)}


def _strictly(widely: Judgements) -> Judgements:
    """The same with what is only of the same sort as irrelevant."""
    return {need: {offer: max(0, grade - 1) for offer, grade in grades.items()} for need, grades in widely.items()}


def _rounded(found: dict[str, Answer], judged: Judgements) -> dict[str, float]:
    return {name: round(value, 3) for name, value in asdict(quality(found, judged)).items()}


if __name__ == "__main__":
    main()
