"""Runs in a process of its own: reads a Word file from standard input and writes its text as JSON."""

from __future__ import annotations

import json
import sys

from .plan_error import LONGEST, PlanError
from .word import body_text

try:
    import resource
except ImportError:  # not on Windows
    resource = None  # type: ignore[assignment]

MEMORY = 512 * 1024**2


def main() -> None:
    """Writes {"text": …} or {"error": code, …}; memory is capped where the system allows it."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.write(json.dumps(_read(sys.stdin.buffer.read())))


def _read(data: bytes) -> dict[str, object]:
    try:
        text = body_text(data)
    except PlanError as error:
        return {"error": error.code, **error.details}
    except (MemoryError, RecursionError):
        return {"error": "unsafe_docx", "what": "memory"}
    if len(text) > LONGEST:
        return {"error": "too_long", "limit": f"{LONGEST:,}"}
    return {"text": text}


if __name__ == "__main__":
    main()
