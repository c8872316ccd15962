"""A form that was sent after its session ended, or from before another sign-in: nothing of it is done, and nothing of it is lost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent it, by what the browser says; another site cannot say so."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django names it
    """403 with what was written, to be sent once more; nothing is given back of another site's form or of one with a password.

    A field that holds one has ``password`` in its name.
    """
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
    keeps = from_here(request) and not any("password" in name for name, _value in sent)
    answer = render(request, "stale.html", {"kept": sent if keeps else [], "files": bool(request.FILES)}, status=403)
    answer["Cache-Control"] = "no-store"
    return answer
