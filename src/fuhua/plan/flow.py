"""The states of a plan edition and what may be done in each."""

from __future__ import annotations

from fuhua.kernel.flow import Flow, Step

# --- editions ---------------------------------------------------------------------------------------------------------

EDITION = Flow("plan.edition", initial="draft", steps=(
    Step("correct", ("draft",), "draft"),
    Step("publish", ("draft",), "published"),
    Step("discard", ("draft",), "discarded"),
    Step("link", ("draft",), "draft"),
    Step("link", ("published",), "published"),
    Step("supersede", ("published",), "superseded"),
))
