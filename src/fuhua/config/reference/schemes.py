"""The reference of schemes: every kind with its questions, documents, conditions, rubric and milestones, and what prefills answers."""

from __future__ import annotations

from fuhua.config.reference.markdown import both, code, table
from fuhua.kernel.questions import TYPES
from fuhua.parties.words import SORTS
from fuhua.schemes.kinds.known import SOURCES
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.kinds.spec import Kind

_HEAD = """Calls, forms, conditions, panels and agreements derive from what stands here. A kind is one file in
`src/fuhua/schemes/kinds/schemes/`; dropping it there is the whole act of adding it.

"""


def page() -> str:
    """What prefills answers, then each kind."""
    sources = "## Sources of answers\n\nWhat an answer is prefilled from, with grade and day; the applicant confirms or contests it.\n\n"
    rows = sorted((code(each.key), both(each.label)) for each in SOURCES)
    return _HEAD + sources + table(("source", "what is on record"), rows) + "".join(_kind(each) for each in scheme_kinds())


def _kind(each: Kind) -> str:
    panel, clocks = each.panel, each.clocks
    terms = [f"for {', '.join(SORTS[sort].en for sort in sorted(each.applicants))}", f"{panel.coverage} experts an application",
             f"working days: {clocks.gaps} to list gaps, {clocks.mend} to mend, {clocks.review} to review, {clocks.announce} of notice",
             f"{each.years} years" + (", can be renewed" if each.renews else "")]
    if each.recommended:
        terms.append("only with a recommendation and money of the district")
    if each.tranches:
        terms.append(f"{each.tranches.on_signing / 10_000:g}% on signing" + (", matched by the district" if each.tranches.matched else ""))
    return f"## `{each.code}` {both(each.label)}\n\n{both(each.why)}\n\n" + "; ".join(terms) + ".\n\n" + _asks(each) + _rest(each)


def _asks(each: Kind) -> str:
    return table(("question", "name", "type", "required", "prefilled from", "policy input"), [
        (both(ask.label), code(ask.name), TYPES[ask.type].en, "yes" if ask.required else "", code(ask.source) if ask.source else "",
         code(ask.input) if ask.input else "") for ask in each.asks])


def _rest(each: Kind) -> str:
    lines = [f"* Document `{one.code}`: {both(one.label)}" + ("" if one.required else ", optional") for one in each.evidence]
    lines += [f"* Condition `{one.code}`: {both(one.text)} ({one.clause.en})" for one in each.requirements]
    lines += [f"* Policy rule {code(key)}" for key in each.rules]
    lines.append("* Rubric: " + "; ".join(f"{both(one.label)} {one.most}" for one in each.rubric))
    lines += [f"* Milestone `{one.code}`: {both(one.label)}, counted by {code(one.measure)}" for one in each.milestones]
    return "\n".join(lines) + "\n\n"
