"""The URL table: the pages every engine declares, sign-in, and nothing else."""

from __future__ import annotations

import importlib
import pkgutil
from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from fuhua.kernel.page import urlpatterns as pages_of


def _patterns(engine: str) -> tuple[list[object], str]:
    """Import every module of the engine's ``pages`` room, then take what it declared."""
    room = f"fuhua.{engine}.pages"
    if find_spec(room) is not None:
        package = importlib.import_module(room)
        for info in pkgutil.iter_modules(getattr(package, "__path__", ())):
            importlib.import_module(f"{room}.{info.name}")
    return pages_of(engine), engine


urlpatterns = [
    path("account/", include("allauth.urls")),
    *(path("", include(_patterns(engine))) for engine in settings.ENGINES),
]
handler400 = "fuhua.config.request.bad_request"
handler403 = "fuhua.config.request.forbidden"
handler404 = "fuhua.config.request.not_found"
handler500 = "fuhua.config.request.server_error"
