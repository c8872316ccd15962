"""Latent topics of the listings (latent semantic analysis): what usually stands together counts as alike, learnt from them alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]
TOPICS = 200
BESIDE, ROUNDS = 20, 2  # further directions and rounds of the subspace iteration: four rounds rank no better
SHARED = 2  # listings that a term must stand in to tie them together


class Topics:
    """The first ``most`` singular directions of unit listing vectors (rows), in the space of terms.

    Found by subspace iteration on X Xᵀ (Halko, Martinsson & Tropp 2011) from a fixed seed.
    """

    def __init__(self, listings: sparse.csr_array, most: int = TOPICS) -> None:
        self._shared = np.flatnonzero(listings.count_nonzero(axis=0) >= SHARED)
        listings = listings[:, self._shared]
        count = min(most, *listings.shape)
        terms = listings.T.tocsr()
        basis = np.random.default_rng(0).standard_normal((listings.shape[0], min(listings.shape[0], count + BESIDE)), np.float32)
        for _round in range(ROUNDS):
            basis = np.linalg.qr(listings @ (terms @ basis))[0]
        within = terms @ basis
        squared, turned = np.linalg.eigh(within.T @ within)  # ascending
        kept = np.flatnonzero(squared > 1e-6 * squared[-1:])[::-1][:count]
        self._directions = within @ (turned[:, kept] / np.sqrt(squared[kept]))

    def place(self, listings: sparse.csr_array) -> Floats:
        """Unit coordinates of listings (rows); the product of two is their cosine, 0 for a listing outside all topics."""
        placed = listings[:, self._shared] @ self._directions
        length = np.linalg.norm(placed, axis=1, keepdims=True)
        return placed / np.where(length > 0, length, 1)
