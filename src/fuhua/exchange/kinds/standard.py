"""The standard texts (范本) that people here agree to, each under a version, so that counsel can review just those words."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from fuhua.exchange.kinds import agreement, nda
from fuhua.kernel import urn
from fuhua.kernel.words import Text, t


@dataclass(frozen=True)
class Standard:
    """A standard text: its ``version``, and its ``articles``, each with its heading, if it has one, and paragraphs, in both languages."""

    version: str
    title: Text
    articles: tuple[tuple[Text | None, tuple[Text, ...]], ...]

    @property
    def printed(self) -> tuple[tuple[Text | None, tuple[Text, ...]], ...]:
        """The articles with a blank where an agreement fills something in."""
        return tuple((heading, tuple(each.format(pay_days="____") for each in paragraphs)) for heading, paragraphs in self.articles)

    @property
    def urn(self) -> str:
        """By which facts speak of this version."""
        return urn.of("text", self.version)

    @property
    def wording(self) -> str:
        """SHA-256 of all its words: a review of other words under the same version is none of these."""
        words = [[[each.zh, each.en] for each in (*([heading] if heading else ()), *paragraphs)] for heading, paragraphs in self.articles]
        return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


STANDARDS: dict[str, Standard] = {each.version: each for each in (
    Standard(agreement.TEMPLATE, t("标准协议", "Standard agreement"),
             tuple((each.heading, each.paragraphs) for each in agreement.CLAUSES)),
    Standard(nda.TEMPLATE, nda.TITLE, ((None, nda.CLAUSES),)),
)}
