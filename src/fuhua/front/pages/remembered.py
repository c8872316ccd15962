"""Remembers what was rendered from the log: every action leaves a fact, so it is right until the log grows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from fuhua.evidence import queries as evidence

_DAY = 86_400


def remembered(template: str, key: tuple[Any, ...], values: Callable[[], Mapping[str, Any]]) -> SafeString:
    """``template`` rendered with ``values()``, kept per log head, language and ``key``.

    ``key`` must hold everything else that the result depends on: edition, moment, day, and who may see how much.
    """
    head = evidence.head()
    name = "front." + sha256(repr((template, head and head.root, get_language(), key)).encode()).hexdigest()
    html = cache.get(name)
    if html is None:
        html = str(render_to_string(template, dict(values())))
        cache.set(name, html, _DAY)
    return mark_safe(html)  # noqa: S308 - it comes out of the template engine, escaped
