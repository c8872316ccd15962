"""Runs in a process of its own: reads a PDF from standard input and writes the text of its pages as JSON."""

import json
import sys

import pypdfium2

try:
    import resource
except ImportError:  # not on Windows
    resource = None  # type: ignore[assignment]

MAX_PAGES = 300
MEMORY = 2 * 1024**3


def main() -> None:
    """Writes {"pages": [...]} or {"error": code}; memory is capped where the system allows it."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.write(json.dumps(_read(sys.stdin.buffer.read())))


def _read(data: bytes) -> dict[str, object]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"error": "broken_pdf", "what": str(error)[:80]}
    if len(document) > MAX_PAGES:
        return {"error": "too_many_pages", "pages": len(document), "limit": MAX_PAGES}
    return {"pages": [page.get_textpage().get_text_bounded() for page in document]}


if __name__ == "__main__":
    main()
