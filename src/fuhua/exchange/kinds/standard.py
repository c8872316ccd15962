"""The standard texts (范本) that people here agree to, each under a version, so that counsel can review just those words."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from fuhua.exchange.kinds import agreement, nda
from fuhua.kernel import urn
from fuhua.kernel.words import Text, listed, t

Article = tuple[Text | None, tuple[Text, ...]]  # its heading, if it has one, and paragraphs


@dataclass(frozen=True)
class Standard:
    """A standard text: its ``version``, the day on which it was ``drafted``, and all words of it that are the same for everybody."""

    version: str
    title: Text
    drafted: dt.date
    articles: tuple[Article, ...]

    @property
    def printed(self) -> tuple[Article, ...]:
        """The articles with a blank where an agreement fills something in."""
        blanks = dict.fromkeys(("pay_days", "total", "capitals", "number"), "____")
        return tuple((heading, tuple(each.format(**blanks) for each in paragraphs)) for heading, paragraphs in self.articles)

    @property
    def urn(self) -> str:
        """By which facts speak of this version."""
        return urn.of("text", self.version)

    @property
    def wording(self) -> str:
        """SHA-256 of all its words: a review of other words under the same version is none of these."""
        words = [[[each.zh, each.en] for each in (*([heading] if heading else ()), *paragraphs)]
                 for heading, paragraphs in ((self.title, ()), *self.articles)]
        return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


def _agreement() -> tuple[Article, ...]:
    told = agreement.HEADS
    return (
        (agreement.SIDES, (told[agreement.SIDES],)), (agreement.SCOPE, (told[agreement.SCOPE], agreement.TOTAL)),
        (agreement.DUE, (told[agreement.DUE],)), *((each.heading, each.paragraphs) for each in agreement.CLAUSES),
        (agreement.MORE, (listed(agreement.FURTHER.values()),)), (agreement.SIGNATURES, (agreement.NOTE, agreement.BOX)),
    )


STANDARDS: dict[str, Standard] = {each.version: each for each in (
    Standard(agreement.TEMPLATE, t("标准协议", "Standard agreement"), dt.date(2025, 1, 1), _agreement()),
    Standard(nda.TEMPLATE, nda.TITLE, dt.date(2025, 1, 1), ((None, (nda.DISCLOSING, nda.RECEIVING, nda.BOTH, *nda.CLAUSES)),)),
)}
