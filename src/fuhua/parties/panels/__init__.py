"""What other engines' pages show of parties: the field in which somebody names an organisation."""

from __future__ import annotations

from typing import Any

from django import forms

from fuhua.parties.queries import exact, naming


class OrganisationField(forms.CharField):
    """An organisation by registered name, plate, credit code or URN."""

    def __init__(self, **given: Any) -> None:
        super().__init__(max_length=naming.LONGEST, **given)

    def clean(self, value: Any) -> Any:
        """The organisation's row, or None when nothing was written."""
        written = super().clean(value)
        try:
            return exact.organisation(written) if written else None
        except exact.NoSuchParty as wrong:
            raise forms.ValidationError(str(wrong.text)) from wrong

    def prepare_value(self, value: Any) -> Any:
        """A row is shown by its name."""
        return getattr(value, "name", value)
