"""What we testify of plans: editions imported, changed and published; URNs, numbers and codes only."""

from __future__ import annotations

import datetime as dt

from fuhua.evidence.facts import Fact
from fuhua.kernel.words import t

# --- editions ---------------------------------------------------------------------------------------------------------


class PlanImported(Fact, frozen=True, kw_only=True, gc=False):
    """A document was read into a draft edition; ``source`` is its SHA-256."""

    KIND = "plan.edition_imported"
    LABEL = t("方案导入", "plan imported")
    source: str
    measures: int
    targets: int
    doubts: int


class PlanRevised(Fact, frozen=True, kw_only=True, gc=False):
    """An officer changed an edition; ``version`` finds the change in its log, ``verb`` says what was done."""

    KIND = "plan.edition_revised"
    LABEL = t("方案校核", "plan revised")
    verb: str
    version: int


class PlanPublished(Fact, frozen=True, kw_only=True, gc=False):
    """An edition is in force; ``content`` is the SHA-256 of its canonical JSON, so a later change would show."""

    KIND = "plan.edition_published"
    LABEL = t("方案发布", "plan published")
    content: str
    measures: int
    targets: int
    start: dt.date | None = None
    end: dt.date | None = None
    supersedes: str = ""


class PlanDiscarded(Fact, frozen=True, kw_only=True, gc=False):
    """A draft edition was thrown away before publication."""

    KIND = "plan.edition_discarded"
    LABEL = t("草稿弃用", "draft discarded")
