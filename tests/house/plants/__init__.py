"""Every rule of the house and the offences that prove it."""

from __future__ import annotations

from house.plants import deeds, shapes, texts
from house.plants.plant import Plant, Rule
from house.rules import declarations, doors, openings, papers, phrases, rooms, running, screens, sizes, tables, writing

_RULED = (sizes, openings, rooms, doors, writing, running, tables, screens, phrases, declarations, papers)
_NO_RULE = {"circle", "one_sided", "placeholders"}

RULES: list[Rule] = [
    thing
    for module in _RULED
    for name, thing in vars(module).items()
    if getattr(thing, "__module__", "") == module.__name__ and name[0] != "_" and name not in _NO_RULE
]
PLANTS: list[Plant] = [
    *(*shapes.SIZE, *shapes.OPENING, *shapes.ROOM, *shapes.DOOR),
    *(*deeds.WRITE, *deeds.RUN, *deeds.TABLE),
    *(*texts.SCREEN, *texts.PHRASE, *texts.DECLARED, *texts.PAPER),
]
