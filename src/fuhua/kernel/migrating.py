"""Tables that are made together: one operation for many, so that Django renders its models once instead of after each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel


class CreateModels(Operation):
    """``CreateModel`` operations of one migration, done as one.

    After every operation Django renders anew whatever is related to the model, and here nearly everything is related to parties: a new
    database of 150 tables spent most of its time on that. The state of all these models is told first, then the tables are made.
    """

    def __init__(self, operations: Sequence[CreateModel]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Tell the state of every model; the models are rendered when they are next asked for."""
        state.__dict__.pop("apps", None)
        for each in self.operations:
            each.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make the tables, in order."""
        for each in self.operations:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop the tables, the last first."""
        for each in reversed(self.operations):
            each.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What ``migrate --plan`` says."""
        return "Create " + ", ".join(each.name for each in self.operations)
