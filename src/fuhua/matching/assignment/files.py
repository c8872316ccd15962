"""Scores, loads, coverage and conflicts as NumPy arrays (.npy) or SciPy sparse matrices (.npz), with errors that say how to mend them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
from scipy import sparse

from fuhua.kernel.files.reading import unreadable
from fuhua.kernel.words import t
from fuhua.matching.assignment.problem import BadProblem


def read_array(path: Path) -> np.ndarray | sparse.sparray | sparse.spmatrix:
    """The array of a file; nothing in it is ever run. Raises :class:`BadProblem`, and :class:`BadFile` where there is no such file."""
    try:
        loaded = np.load(path, allow_pickle=False)
        if isinstance(loaded, np.ndarray):
            return loaded
        with loaded:
            return _sparse(path) if "format" in loaded.files else loaded[loaded.files[0]]
    except OSError as wrong:
        raise unreadable(path, wrong) from wrong
    except (ValueError, EOFError, IndexError, KeyError, zipfile.BadZipFile) as wrong:
        said = t(
            "{path}：不是可用的数组文件（{why}）；请用 numpy.save 存数值数组，或用 scipy.sparse.save_npz 存稀疏矩阵",
            "{path}: no usable array ({why}); write numbers with numpy.save, or a sparse matrix with scipy.sparse.save_npz",
        )
        raise BadProblem(said.format(path=path, why=wrong)) from wrong


def _sparse(path: Path) -> sparse.sparray | sparse.spmatrix:
    return sparse.load_npz(path)
