"""The demo city: Beijing's real districts and units, invented incubators, ventures and funds, four years of facts.

Everything is made by calling the actions, in the order in which it would have been known, from one seed: the same
city every time. No figure is typed in.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
from importlib.resources import as_file, files
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from fuhua.config.demo import (
    city,
    cultivated,
    dealings,
    exchange,
    flaws,
    incubators,
    money,
    names,
    newcomers,
    plan,
    policies,
    rounds,
    supervision,
    ventures,
)
from fuhua.config.demo.timeline import Timeline
from fuhua.evidence import queries as evidence
from fuhua.evidence.actions import sequence
from fuhua.kernel import period
from fuhua.kernel.command import CommandError
from fuhua.parties.actions.cast import PLAYERS, enter_cast
from fuhua.parties.models import Account
from fuhua.parties.words import OFFICES

SEED = 20221230
PASSWORD = "fuhua-demo-2026"  # noqa: S105 - the demo's sign-ins are printed for everybody
VENTURES, FUNDS, LANDINGS, SEEDS, USES = 900, 56, 150, 40, 54_000


def build(*, fresh: bool = False, scale: float = 1.0, quiet: bool = False) -> None:
    """Build the demo city unless it is there; ``fresh`` throws it away first, ``scale`` makes a smaller one."""
    if plan.in_force() and not fresh:
        return
    if Account.objects.exists():  # thrown away on request, or because an earlier build was cut off
        _clear()
    start = dt.datetime.combine(city.START, dt.time(9), period.SHANGHAI)
    enter_cast(PASSWORD, start)
    world = _imagine(start + dt.timedelta(hours=2))
    city.found(world, start + dt.timedelta(hours=1))
    _fill(world, scale)
    _tell(world, quiet)
    at = timezone.now()
    rounds.walked([*rounds.courses(at), *cultivated.courses(at), *newcomers.courses(at)])
    with as_file(files(__package__) / "plan.txt") as text, transaction.atomic():
        edition = plan.publish(text, at=timezone.now())
        sequence.catch_up(at=timezone.now())
        supervision.busy(edition, at=timezone.now())
        policies.settled(world, at=timezone.now())
        exchange.opened(at=timezone.now())
        dealings.under_way(at=timezone.now())
        sequence.catch_up(at=timezone.now())


def _imagine(first: dt.datetime) -> city.World:
    chance = random.Random(SEED)  # noqa: S311 - invention, not a secret
    return city.World(chance, Timeline(chance, first), names.brands(chance))


def _fill(world: city.World, scale: float) -> None:
    count = {name: max(8, int(value * scale)) for name, value in
             (("ventures", VENTURES), ("funds", FUNDS), ("landings", LANDINGS), ("seeds", SEEDS), ("uses", USES))}
    incubators.tiers(world)
    incubators.fields(world)
    incubators.uplifts(world)
    ventures.lives(world, max(count["ventures"], 300))
    ventures.overseas(world, count["landings"])
    ventures.gold_seeds(world, SEEDS)
    incubators.shared_platforms(world, world.ventures, count["uses"])
    incubators.abroad(world, world.ventures)
    money.raised(world, max(count["funds"], 12))
    money.press(world, dt.date(2022, 12, 28))
    flaws.plant(world)
    policies.told(world)


def _tell(world: city.World, quiet: bool) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(quiet=quiet)) as progress:
        task = progress.add_task("演示城市 demo city", total=len(world.timeline))
        world.timeline.run(period.end_of(dt.date(2026, 3, 31)), lambda: progress.advance(task))


def _clear() -> None:
    """Forget the demo's database and files; only ever called on the demo's own data."""
    if not settings.FUHUA_DEMO:
        raise RuntimeError("only the demo's own data may be cleared")
    connection.close()
    if connection.vendor == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{suffix}").unlink(missing_ok=True)
    elif "demo" in str(connection.settings_dict["NAME"]):
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    else:
        raise CommandError("--fresh 只清空名称含 demo 的数据库 only empties a database with “demo” in its name")
    shutil.rmtree(settings.FUHUA_DATA / "documents", ignore_errors=True)
    call_command("migrate", verbosity=0)


def greet(address: str) -> None:
    """Print where the demo is and who can sign in."""
    console = Console()
    console.print(f"\n[bold]孵化 Fuhua[/bold]  {address}   {evidence.sequenced():,} 条事实 facts\n")
    for office, player in PLAYERS.items():
        console.print(f"  {office:<20} {player.name}  {OFFICES[office]}")
    console.print(f"\n  密码 password  [bold]{PASSWORD}[/bold]   （演示专用 for the demo only）\n  Ctrl+C 停止 to stop\n")
