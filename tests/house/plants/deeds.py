"""Offences of deed: writing outside actions, listening to signals, reading the clock, tables that point up."""

from __future__ import annotations

from house.plants.plant import DESK, OPEN, PLAN, Plant, Rule, plant
from house.rules import running, tables, writing


def _view(statement: str) -> str:
    return f'{OPEN}def show(request, rows, told: dict):\n    """The page."""\n    {statement}\n'


def _writes(statement: str, says: str, instead: str) -> Plant:
    return plant(writing.only_actions_write, PLAN + "pages/stays.py", _view(statement), 4, says, _view(instead))


def _imports(rule: Rule, path: str, bad: str, good: str, says: str) -> Plant:
    return plant(rule, path, OPEN + bad + "\n", 2, says, OPEN + good + "\n")


WRITE = [
    _writes("row.save()", "row.save()", "book.save(path)"),
    _writes('row.save(update_fields=["state"])', "row.save()", "hash(row)"),
    _writes('Stay.objects.create(state="x")', "Stay.objects.create()", "venv.create(path)"),
    _writes('row.names.create(text="x")', "row.names.create()", "row.names.count()"),
    _writes('Stay.objects.filter(pk=1).update(state="x")', "filter().update()", 'told.update(state="x")'),
    _writes("rows.update(state='x')", "rows.update()", "told.update({'state': 'x'})"),
    _writes("Stay.objects.all().delete()", "all().delete()", "cache.delete(key)"),
    _writes("row.delete()", "row.delete()", "told.pop(row)"),
    _writes("Stay.objects.bulk_create(rows)", "bulk_create()", "sorted(rows)"),
    _writes("Stay.objects.get_or_create(pk=1)", "get_or_create()", "Stay.objects.get(pk=1)"),
    _writes('cursor.execute("UPDATE plan_stay SET state = 1")', "SQL that writes", 'cursor.execute("SELECT 1")'),
    _writes('cursor.execute(f"DELETE FROM {told}")', "SQL that writes", 'cursor.execute(f"SELECT 1 FROM {told}")'),
    _writes('cursor.execute(f"UPDATE {told} SET x = 1")', "SQL that writes", 'cursor.execute("SELECT updated FROM x")'),
    plant(
        writing.actions_say_who_and_when,
        PLAN + "actions/stays.py",
        OPEN + "def begin(stay):\n    record(stay)\n",
        2,
        "lacks the keyword-only at, by",
        OPEN + "@transaction.atomic\ndef begin(stay, *, by, at):\n    record(stay)\n",
    ),
    plant(
        writing.actions_say_who_and_when,
        PLAN + "actions/stays.py",
        OPEN + "def begin(stay, *, by, at):\n    record(stay)\n",
        2,
        "outside of @transaction.atomic",
        OPEN + "@transaction.atomic\ndef begin(stay, *, by, at):\n    record(stay)\n",
    ),
]
RUN = [
    _imports(
        running.no_signal_receivers,
        PLAN + "reactions.py",
        "from django.db.models.signals import post_save",
        "from fuhua.evidence.actions.reactions import reaction",
        "no signals",
    ),
    plant(
        running.no_signal_receivers,
        PLAN + "reactions.py",
        OPEN + "post_save.connect(told)\n",
        2,
        "no signals",
        OPEN + "sqlite3.connect(told)\n",
    ),
    plant(
        running.no_signal_receivers,
        PLAN + "apps.py",
        OPEN + "@receiver(saved)\ndef told(**_):\n    pass\n",
        3,
        "told is a signal receiver",
        OPEN + "@reaction(saved)\ndef told(**_):\n    pass\n",
    ),
    plant(
        running.the_clock_is_read_at_the_edge,
        PLAN + "actions/stays.py",
        OPEN + "def now():\n    return timezone.now()\n",
        3,
        "below the edge",
        OPEN + "def now(at):\n    return at\n",
    ),
    plant(
        running.the_clock_is_read_at_the_edge,
        PLAN + "models.py",
        OPEN + "x = models.DateTimeField(auto_now=True)\n",
        2,
        "auto_now",
        OPEN + "x = models.DateTimeField()\n",
    ),
]
TABLE = [
    plant(
        tables.foreign_keys_go_down,
        DESK + "models.py",
        OPEN + 'x = models.ForeignKey("plan.Edition", PROTECT, related_name="+")\n',
        2,
        "goes up from desk to plan",
        OPEN + 'x = models.ForeignKey("parties.Party", PROTECT, related_name="+")\n',
    ),
    plant(
        tables.foreign_keys_go_down,
        DESK + "models.py",
        OPEN + 'x = models.ForeignKey("parties.Party", PROTECT)\n',
        2,
        "way up",
        OPEN + 'x = models.ForeignKey("Ask", PROTECT)\n',
    ),
    plant(
        tables.foreign_keys_go_down,
        DESK + "models.py",
        OPEN + 'from fuhua.parties.models import Party\nx = models.OneToOneField(Party, PROTECT, related_name="ask")\n',
        3,
        "way up",
        OPEN + 'from fuhua.parties.models import Party\nx = models.OneToOneField(Party, PROTECT, related_name="+")\n',
    ),
    plant(
        tables.names_in_text_go_down,
        DESK + "queries.py",
        OPEN + 'x = apps.get_model("plan", "Edition")\n',
        2,
        "reaches up from desk to plan",
        OPEN + 'x = apps.get_model("parties", "Party")\n',
    ),
    plant(
        tables.append_only_tables_have_triggers,
        "src/fuhua/capital/models.py",
        f'{OPEN}class Transfer(models.Model):\n    """One row, append-only."""\n',
        2,
        "capital_transfer is append-only",
        f'{OPEN}class Transfer(models.Model):\n    """One row."""\n',
    ),
    plant(
        tables.append_only_tables_have_triggers,
        "src/fuhua/capital/models.py",
        f'{OPEN}class Entry(models.Model):\n    """One row, append-only."""\n',
        2,
        "capital_entry is append-only",
        f'{OPEN}class Transfer(models.Model):\n    """One row, append-only."""\n',
        more={
            "src/fuhua/capital/migrations/0002_guard.py": 'x = "CREATE TRIGGER a BEFORE UPDATE ON capital_transfer"\n'
        },
    ),
]
