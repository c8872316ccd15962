"""The hidden field by which a form that is sent twice is known."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms


class OnceField(forms.CharField):
    """A random token, another each time the form is shown."""

    widget = forms.HiddenInput

    def __init__(self, **given: Any) -> None:
        super().__init__(required=False, max_length=40, initial=lambda: secrets.token_urlsafe(20), **given)
