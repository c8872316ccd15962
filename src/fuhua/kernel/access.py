"""Access is declared once, as a set: a rule yields a Q that filters lists, answers "may I?" and gates verbs."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from fuhua.kernel.registry import Registry
from fuhua.kernel.words import Text

NOBODY = Q(pk__in=[])
EVERYTHING = ~NOBODY
READER: ContextVar[Any] = ContextVar("reader", default=None)  # to whom a request is answered; None in commands
M = TypeVar("M", bound=Model)


class Who(Protocol):
    """The acting party of a request: a person, perhaps for an organisation, with offices derived from ties."""

    urn: str
    offices: frozenset[str]

    @property
    def signed_in(self) -> bool:
        """Whether it is known who they are."""
        ...


class Forbidden(PermissionDenied):
    """What you may see but not do: a 403 that carries the reason."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True)
class Rule:
    """Who may do one thing, as a set.

    ``rows(who)`` is the Q of the rows that ``who`` may reach; ``NOBODY`` closes the door, and with it the route.
    ``reason`` is shown on refusal and in the derived access matrix.
    """

    name: str
    reason: Text
    rows: Callable[[Any], Q]

    def opens_for(self, who: Any) -> bool:
        """Whether any row at all can be reached: the gate of a route."""
        return self.rows(who) != NOBODY

    def filter(self, who: Any, rows: QuerySet[M]) -> QuerySet[M]:
        """The rows that ``who`` may reach."""
        return rows.filter(self.rows(who))

    def get(self, who: Any, rows: QuerySet[M], **lookup: Any) -> M:
        """The one row, or :class:`Http404` both when it is not there and when it is hidden."""
        found = self.filter(who, rows).filter(**lookup).first()
        if found is None:
            raise Http404
        return found

    def may(self, who: Any, row: Model) -> bool:
        """Whether ``who`` may do this to ``row``."""
        return self.opens_for(who) and type(row)._default_manager.filter(self.rows(who), pk=row.pk).exists()

    def require(self, who: Any, row: Model | None = None) -> None:
        """Raise :class:`Forbidden` with the reason unless ``who`` may (do this to ``row``)."""
        if not (self.opens_for(who) if row is None else self.may(who, row)):
            raise Forbidden(self.reason)


RULES: Registry[Rule] = Registry("access rules", key=lambda rule: rule.name)


def rule(name: str, reason: Text, rows: Callable[[Any], Q]) -> Rule:
    """Declare an access rule; the derived matrix (route × persona) lists every one."""
    return RULES.add(Rule(name, reason, rows))


def holders(*offices: str) -> Callable[[Any], Q]:
    """Rows for whoever holds one of the offices: all of them, else none."""
    wanted = frozenset(offices)
    return lambda who: EVERYTHING if who.offices & wanted else NOBODY


def anybody(_who: Any) -> Q:
    """Rows open to the public."""
    return EVERYTHING


def signed_in(who: Any) -> Q:
    """Rows for anybody who has signed in."""
    return EVERYTHING if who.signed_in else NOBODY
