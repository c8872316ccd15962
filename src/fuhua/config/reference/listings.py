"""The reference of listings: every kind with its fields, how an offer is held against a need, and worked examples."""

from __future__ import annotations

from fuhua.config.reference.markdown import both, code, table
from fuhua.exchange.kinds.asked import ASKED
from fuhua.exchange.kinds.fitting import fit
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.kinds.spec import FITS, PRICES, Example, Field, Kind
from fuhua.exchange.words import FRONTS
from fuhua.kernel.questions import TYPES, read

_HEAD = """What a kind is and how one is added is told in [the exchange](../exchange.md). The forms, filters, tables and addresses of
listings derive from what stands here.

"""


def page() -> str:
    """What every need is asked, then each kind."""
    every = "## Asked of every need\n\nBesides a named person who answers.\n\n" + _fields(ASKED)
    return _HEAD + every + "".join(_kind(each) for each in listing_kinds())


def _kind(each: Kind) -> str:
    terms = [both(FRONTS[each.front]), both(PRICES[each.price]), f"answers in {each.clocks.answer} and quotes in {each.clocks.quote} "
             f"working days, expires after {each.clocks.expires} days" + ("; orders can be pooled" if each.pool else "")]
    examples = "".join(_example(each, one) for one in each.examples)
    return f"## `{each.code}` {both(each.label)}\n\n{both(each.why)}\n\n" + "; ".join(terms) + ".\n\n" + _fields(each.fields) + examples


def _fields(fields: tuple[Field, ...]) -> str:
    return table(("field", "name", "type", "of", "fits", "marks", "choices"), [
        (both(each.label) + (f" ({each.unit.en})" if each.unit.en and each.type != "money" else "")
         + (f"; of a need {both(each.need)}" if each.need.zh else ""), code(each.name), TYPES[each.type].en,
         " and ".join(sorted(each.sides)), FITS[each.fits].en if each.fits else "", _marks(each),
         ", ".join(map(code, each.choices))) for each in fields])


def _marks(each: Field) -> str:
    marks = {"named": each.named, "hard": each.hard, "required": each.required, "confidential": each.sealed, "filter": each.filter}
    told = [name for name, on in marks.items() if on]
    if each.times is not None:
        told.append(" ".join([*(f"times {name}" for name in each.times), "held against the budget"]))
    return ", ".join(told)


def _example(kind: Kind, each: Example) -> str:
    sides = [{one.name: read(one, told.get(one.name)) for one in kind.on(side)}
             for side, told in (("need", each.need), ("offer", each.offer))]
    found = fit(kind, *sides)
    written = [", ".join(f"{name} {value}" for name, value in told.items()) or "nothing" for told in (each.need, each.offer)]
    reasons = "; ".join(both(reason.text) for reason in found.reasons)
    return f"* Needed: {written[0]}. Offered: {written[1]}. {'Possible' if found.possible else 'Impossible'}: {reasons}\n\n"
