"""Runs in a process of its own: reads a PDF from standard input and writes the text of its pages as JSON."""

import json
import sys

import pypdfium2

try:
    import resource
except ImportError:  # not on Windows
    resource = None  # type: ignore[assignment]

MAX_PAGES = 300
MAX_CHARACTERS = 1_000_000  # of all pages with their headers; more is cut, and the plan refused for its length
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
    pages, length = [], 0
    for page in document:
        text = page.get_textpage().get_text_bounded()[:MAX_CHARACTERS]
        pages.append(text)
        length += len(text)
        if length > MAX_CHARACTERS:
            break
    return {"pages": pages}


if __name__ == "__main__":
    main()
