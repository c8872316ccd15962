"""Registers the design system, so that its templates, tags and static files are found."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Pages are drawn here; nothing is stored here."""

    name = "fuhua.kernel.ui"
    label = "ui"
    verbose_name = "UI"
