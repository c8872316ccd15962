"""Compiles a function of arrays to machine code that other threads can run beside, kept on disk where that is possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, compiled by numba on its first call and free of the interpreter's lock.

    The code is kept beside the source, else in the user's cache or ``NUMBA_CACHE_DIR``; where none can be written, each
    process compiles anew. A compiled function may only call others of its own module: what is kept is checked by its own file.
    """
    try:
        return numba.njit(nogil=True, cache=True, error_model="numpy")(function)
    except RuntimeError:  # numba found no folder for its cache
        return numba.njit(nogil=True, error_model="numpy")(function)
