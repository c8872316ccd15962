"""Offences of shape: too long, unexplained, wrongly named, entering by no door."""

from __future__ import annotations

from house.plants.plant import DESK, OPEN, PLAN, Plant, Rule, plant
from house.rules import doors, openings, rooms, sizes


def _body(lines: int) -> str:
    return f"{OPEN}def told() -> int:\n" + "    x = 1\n" * (lines - 2) + "    return x\n"


def _imports(rule: Rule, path: str, bad: str, good: str, says: str) -> Plant:
    return plant(rule, path, OPEN + bad + "\n", 2, says, OPEN + good + "\n")


SIZE = [
    plant(sizes.files_are_short, PLAN + "queries.py", OPEN + "x = 1\n" * 400, 401, "401 lines", OPEN + "x = 1\n" * 399),
    plant(sizes.functions_are_short, PLAN + "queries.py", _body(41), 2, "told is 41 lines", _body(40)),
]
OPENING = [
    plant(openings.modules_open_with_a_sentence, PLAN + "queries.py", "x = 1\n", 1, "opens without", OPEN),
    plant(
        openings.modules_open_with_a_sentence,
        "tests/plan/test_x.py",
        '"""Two things. And one more."""\n',
        1,
        "not one sentence",
        OPEN,
    ),
    plant(
        openings.public_things_are_explained,
        PLAN + "queries.py",
        OPEN + "def told():\n    return 1\n",
        2,
        "told is public",
        OPEN + "def _told():\n    return 1\n",
    ),
    plant(
        openings.public_things_are_explained,
        PLAN + "queries.py",
        f'{OPEN}class Line:\n    """A line."""\n    def told(self):\n        return 1\n',
        4,
        "Line.told is public",
        f'{OPEN}class Line:\n    """A line."""\n    def told(self):\n        """One."""\n        return 1\n',
    ),
]
ROOM = [
    plant(
        rooms.rooms_are_known,
        PLAN + "engine_room.py",
        OPEN,
        1,
        "no room of plan",
        None,
        more={PLAN + "reactions.py": OPEN},
    ),
    plant(
        rooms.rooms_are_known,
        DESK + "twin/forecast.py",
        OPEN,
        1,
        "no room of desk",
        None,
        more={PLAN + "twin/forecast.py": OPEN},
    ),
    plant(
        rooms.names_say_something,
        PLAN + "queries/utils.py",
        OPEN,
        1,
        "says nothing",
        None,
        more={PLAN + "queries/lights.py": OPEN},
    ),
    plant(
        rooms.names_say_something,
        "tests/plan/line_helpers.py",
        OPEN,
        1,
        "says nothing",
        None,
        more={PLAN + "queries/lights.py": OPEN},
    ),
]
DOOR = [
    _imports(
        doors.engines_meet_at_doors,
        PLAN + "pages/lists.py",
        "from fuhua.parties.models import Party",
        "from fuhua.parties.queries import names",
        "no door of parties",
    ),
    _imports(
        doors.engines_meet_at_doors,
        PLAN + "actions/edit.py",
        "from fuhua.parties.panels import card",
        "from fuhua.evidence.actions.facts import record",
        "no door of parties",
    ),
    _imports(
        doors.engines_meet_at_doors,
        PLAN + "models/plans.py",
        "from fuhua.parties.pages import adapter",
        "from fuhua.parties.models import Party",
        "no door of parties",
    ),
    _imports(
        doors.imports_go_down,
        "src/fuhua/kernel/money.py",
        "from fuhua.plan.words import Per",
        "from fuhua.kernel.words import t",
        "kernel stands below or beside plan",
    ),
    _imports(
        doors.imports_go_down,
        "src/fuhua/exchange/queries.py",
        "from fuhua.schemes import queries",
        "from fuhua.capital import queries",
        "exchange stands below or beside schemes",
    ),
    _imports(
        doors.indicators_read_facts_only,
        PLAN + "indicators/i1.py",
        "from fuhua.plan.models import Edition",
        "from fuhua.journey.facts import StayBegan",
        "reads facts only",
    ),
    _imports(
        doors.indicators_read_facts_only,
        PLAN + "indicators/i1.py",
        "from django.utils import timezone",
        "from fuhua.evidence.proof.figure import counted",
        "reads facts only",
    ),
    _imports(
        doors.private_names_stay_home,
        PLAN + "queries.py",
        "from fuhua.evidence.facts import _check_shape",
        "from fuhua.evidence.facts import Fact",
        "private to evidence",
    ),
    plant(
        doors.private_names_stay_home,
        PLAN + "queries.py",
        OPEN + "from fuhua.evidence import queries\nx = queries._cache\n",
        3,
        "_cache is private to evidence",
        OPEN + "from fuhua.evidence import queries\nx = queries.cache\n",
    ),
    plant(
        doors.imports_stand_at_the_top,
        PLAN + "queries.py",
        OPEN + "def told():\n    import json\n    return json\n",
        3,
        "inside a function",
        OPEN + "import json\n\n\ndef told():\n    return json\n",
    ),
    plant(
        doors.imports_stand_at_the_top,
        PLAN + "queries.py",
        OPEN + 'import importlib\nx = importlib.import_module("fuhua.front")\n',
        3,
        "made from text",
        OPEN,
    ),
]
