"""How a page hands a kept document out: as a download that no browser shows, under the name by which the page knows it."""

from __future__ import annotations

from django.http import FileResponse, Http404

from fuhua.evidence.actions import documents


def download(digest: str, name: str | None) -> FileResponse:
    """The document of that digest, checked against it; without a name it does not belong to the page, and is not there (404)."""
    if name is None:
        raise Http404
    return FileResponse(documents.open_document(digest), as_attachment=True, filename=name, content_type="application/octet-stream")
