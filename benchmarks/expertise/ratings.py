"""Ratings that researchers gave of their own expertise, and how much of them an ordering of the papers loses."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

Ratings = Mapping[str, Mapping[str, float]]


def read_ratings(path: Path) -> Ratings:
    """``{person: {paper: 1 … 5}}`` from the table of Stelmakh et al. (arXiv:2303.16750); a person is named as their archive is."""
    with path.open(encoding="utf-8", newline="") as table:
        return {
            f"~{row['ParticipantID']}": {row[f"Paper{n}"]: float(row[f"Expertise{n}"]) for n in range(1, 11) if row[f"Paper{n}"]}
            for row in csv.DictReader(table, delimiter="\t")
        }


def loss(scores: np.ndarray, people: Sequence[str], papers: Sequence[str], ratings: Ratings) -> float:
    """The share of the differences between ratings that ``scores`` (people × papers) order wrongly; a tie loses half of one."""
    rows, columns = ({name: at for at, name in enumerate(names)} for names in (people, papers))
    lost = total = 0.0
    for person, rated in ratings.items():
        for (one, first), (other, second) in combinations(rated.items(), 2):
            difference = scores[rows[person], columns[one]] - scores[rows[person], columns[other]]
            total += abs(first - second)
            lost += abs(first - second) * (1 - np.sign(difference * (first - second))) / 2
    return lost / total
