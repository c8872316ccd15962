"""Scores, loads, coverage and conflicts as NumPy arrays (.npy) or SciPy sparse matrices (.npz), with errors that say how to mend them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from fuhua.kernel.files.writing import replace
from fuhua.kernel.words import t
from fuhua.matching.assignment.problem import BadProblem


def read_array(path: Path) -> np.ndarray | sparse.sparray | sparse.spmatrix:
    """The array of a file; nothing in it is ever run. Raises :class:`BadProblem`."""
    try:
        loaded = np.load(path, allow_pickle=False)
        if isinstance(loaded, np.ndarray):
            return loaded
        with loaded:
            return _sparse(path) if "format" in loaded.files else loaded[loaded.files[0]]
    except OSError as wrong:
        said = t("{path}：无法读取（{why}）；请检查路径和权限", "{path}: cannot be read ({why}); check the path and its permissions")
        raise BadProblem(said.format(path=path, why=wrong)) from wrong
    except (ValueError, EOFError, IndexError, KeyError, zipfile.BadZipFile) as wrong:
        said = t(
            "{path}：不是可用的数组文件（{why}）；请用 numpy.save 存数值数组，或用 scipy.sparse.save_npz 存稀疏矩阵",
            "{path}: no usable array ({why}); write numbers with numpy.save, or a sparse matrix with scipy.sparse.save_npz",
        )
        raise BadProblem(said.format(path=path, why=wrong)) from wrong


def read_json(path: Path) -> Any:
    """What a JSON file holds. Raises :class:`BadProblem`."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as wrong:
        said = t("{path}：无法读取为 JSON（{why}）", "{path}: cannot be read as JSON ({why})")
        raise BadProblem(said.format(path=path, why=wrong)) from wrong


def write_json(path: Path, told: Any) -> None:
    """Write ``told`` as JSON: the file is there whole or not at all. Raises :class:`BadProblem`."""
    try:
        replace(path, [json.dumps(told, sort_keys=True, separators=(",", ":")).encode("ascii")], path.parent)
    except OSError as wrong:
        said = t("{path}：无法写入（{why}）；请换一个可写的位置", "{path}: cannot be written ({why}); name a place that can")
        raise BadProblem(said.format(path=path, why=wrong)) from wrong


def _sparse(path: Path) -> sparse.sparray | sparse.spmatrix:
    return sparse.load_npz(path)
