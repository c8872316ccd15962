"""What tests of policy say and read: values on record of the venture of the cast, and the words of a page."""

from __future__ import annotations

import re
from typing import Any

from django.utils import timezone

from fuhua.journey.actions import profiles
from fuhua.kernel import period
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS

VENTURE, FOUNDER = ORGANISATIONS["venture"].urn, PLAYERS["founder"].urn


def told(subject: str = VENTURE, **answers: Any) -> None:
    """What is on record of a subject."""
    profiles.answer(subject=subject, values=answers, by=FOUNDER, at=timezone.now(), on_behalf=subject)


def known(name: str) -> Any:
    """The stored value of one input of the venture."""
    return profiles.profile_of(VENTURE, period.day(timezone.now())).known.get(name)


def text(answer: Any) -> str:
    """The words of a page's main part."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
