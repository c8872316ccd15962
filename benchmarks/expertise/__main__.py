"""Loss on experts' own ratings of papers, ours beside plain TF-IDF, and the time and memory it takes; also for many made people.

``python -m benchmarks.expertise`` (``--data`` names the folder with the ratings, else ``$FUHUA_SHARED_DATA/expertise``; without it
only the made people are measured); ``--size`` people with 20 works of 150 words each, and 500 papers.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from benchmarks.expertise.ratings import loss, read_ratings
from benchmarks.measure import Took, peak_mib, report, timed
from fuhua.matching.expertise.affinity import affinities
from fuhua.matching.expertise.counting import rarity, read
from fuhua.matching.expertise.files import read_archives, read_submissions

HERE = Path(os.environ.get("FUHUA_SHARED_DATA", "../shared/data")) / "expertise"
WORKS, WORDS, PAPERS, KINDS = 20, 150, 500, 60_000


def main() -> None:
    """Print the table as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE, help="folder with evaluations.csv and d_*/archives")
    parser.add_argument("--size", type=int, default=500, help="made people")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    values: dict[str, Any] = {"benchmark": "expertise", "sets": _rated(chosen.data)}
    values["made"] = {"people": chosen.size, "papers": PAPERS, **_made(chosen.size).plain()}
    report(values | {"peak_mib": peak_mib()}, chosen)


def _rated(data: Path) -> dict[str, Any] | str:
    sets = sorted(data.glob("d_*/archives"))
    if not sets:
        return f"skipped: no ratings in {data}"
    ratings = read_ratings(data / "evaluations.csv")
    found = {}
    for folder in sets:
        archives, papers = read_archives(folder), read_submissions(folder.parent / "submissions.json")
        with timed() as took:
            ours = affinities(archives, papers)
        plain = _plain(archives, papers)
        losses = {name: round(loss(each, list(archives), list(papers), ratings), 4) for name, each in (("ours", ours), ("tf_idf", plain))}
        found[folder.parent.name] = {**losses, **took.plain()}
    return found


def _plain(archives: Mapping[str, Sequence[str]], papers: Mapping[str, str]) -> np.ndarray:
    """Cosine of TF-IDF vectors of single terms, the mean of the three best works of each person."""
    counts = read([*(text for works in archives.values() for text in works), *papers.values()]).counted()
    weighted = sparse.csr_array(counts * rarity(counts))
    unit = sparse.csr_array(weighted / np.sqrt(weighted.power(2).sum(axis=1))[:, None])
    works = sum(len(each) for each in archives.values())
    near = (unit[:works] @ unit[works:].T).toarray()
    parts = np.split(near, np.cumsum([len(each) for each in archives.values()])[:-1])
    return np.array([np.sort(own, axis=0)[-3:].mean(axis=0) for own in parts])


def _made(people: int) -> Took:
    """Time of the affinities of made people, whose words follow Zipf's law in one of a hundred orders each."""
    rng = np.random.default_rng(7)
    often = 1 / np.arange(1, KINDS + 1)
    orders = [rng.permutation(KINDS) for _ in range(100)]

    def text(order: np.ndarray) -> str:
        mixed = np.where(rng.random(WORDS) < 0.5, order[drawn()], drawn())
        return " ".join(f"w{word}" for word in mixed)

    def drawn() -> np.ndarray:
        return rng.choice(KINDS, WORDS, p=often / often.sum())

    archives = {str(each): [text(orders[each % 100]) for _ in range(WORKS)] for each in range(people)}
    papers = {str(each): text(orders[each % 100]) for each in range(PAPERS)}
    with timed() as took:
        affinities(archives, papers)
    return took


if __name__ == "__main__":
    main()
