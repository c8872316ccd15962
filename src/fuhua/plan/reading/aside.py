"""Reads a document in a process of its own, so that a hostile one costs no more than seconds and a bounded memory."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

from .plan_error import PlanError

_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP")  # of the environment: no secrets for the process


def read_aside(program: list[str], data: bytes, *, seconds: float, broken: str, path: str = "") -> dict[str, Any]:
    """What ``program`` answers as JSON to ``data`` on its standard input; ``path`` is where it finds its modules.

    Raises PlanError: what the answer names as its error, ``too_slow`` after ``seconds``, and ``broken`` when it dies.
    """
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        run = subprocess.run(  # noqa: S603 -- our own program, nothing of the caller's on the command line
            program, input=data, capture_output=True, timeout=seconds, check=False,
            env={**kept, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": path})
    except subprocess.TimeoutExpired as error:
        raise PlanError("too_slow") from error
    try:
        answer: dict[str, Any] = json.loads(run.stdout)
    except ValueError as error:
        raise PlanError(broken, what=f"exit {run.returncode}") from error
    if "error" in answer:
        raise PlanError(answer.pop("error"), **answer)
    return answer
