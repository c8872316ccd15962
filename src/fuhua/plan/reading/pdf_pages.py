"""Runs in a process of its own: reads a PDF from standard input and prints the text of its pages as JSON."""

import json
import sys

MAX_PAGES = 300
MEMORY = 2 * 1024**3


def main() -> None:
    """Prints {"pages": [...]} or {"error": code}; memory is capped where the system allows it."""
    _cap_memory()
    import pypdfium2  # noqa: PLC0415 -- slow import

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        print(json.dumps({"error": "broken_pdf", "what": str(error)[:80]}))
        return
    if len(document) > MAX_PAGES:
        print(json.dumps({"error": "too_many_pages", "pages": len(document), "limit": MAX_PAGES}))
        return
    pages = [page.get_textpage().get_text_bounded() for page in document]
    print(json.dumps({"pages": pages}))


def _cap_memory() -> None:
    try:
        import resource  # noqa: PLC0415 -- not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
