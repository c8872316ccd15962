"""Commands that run the product: serve pages, keep house, and the demo that does both."""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import Error, connection
from django.utils import timezone
from granian import Granian
from granian.constants import Interfaces

from fuhua.config import demo as demo_city
from fuhua.config.settings import keep_secret
from fuhua.desk.actions import clocks, intake_pass
from fuhua.evidence.actions import reactions, sequence
from fuhua.exchange.actions import ticking
from fuhua.exchange.queries import finding
from fuhua.journey.actions import case_clock, verdicts
from fuhua.kernel.command import command
from fuhua.schemes.actions import ticking as schemes

_log = logging.getLogger("fuhua.keep")
_TURN = 1.0  # seconds a file may take before the other chores have their turn


def _where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="地址 address")
    parser.add_argument("--port", type=int, default=8000, help="端口 port")
    parser.add_argument("--workers", type=int, default=1, help="进程数 worker processes")


@command("serve", help="提供网页服务 serve the pages", arguments=_where)
def serve(options: argparse.Namespace) -> int:
    """Serve until stopped; production runs `keep` beside it."""
    keep_secret()
    call_command("collectstatic", interactive=False, verbosity=0)
    Granian("fuhua.config.wsgi:application", address=options.host, port=options.port, interface=Interfaces.WSGI,
            workers=options.workers, blocking_threads=16, log_access=False).serve()
    return 0


@command("keep", help="后台值守：封存、反应、时钟、导入 keep house: seal, react, tick clocks, take in files")
def keep(_options: argparse.Namespace) -> int:
    """Run the house-keeping loop until stopped."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_args: stop.set())
    keep_house(stop)
    return 0


def keep_house(stop: threading.Event, *, pause: float = 0.25) -> None:
    """Seal new facts, let reactions follow, take in files, judge by the policies of the day; tick and expire, write the index down.

    A failure of one chore is logged and tried again; it never stops the others.
    """
    ticked = written = dt.datetime.min.replace(tzinfo=dt.UTC)
    _chore(sequence.requeue_lost)
    while not stop.is_set():
        now = timezone.now()
        busy = _chore(lambda now=now: sequence.catch_up(at=now))
        busy |= _chore(lambda now=now: reactions.follow(at=now))
        busy |= _chore(lambda now=now: intake_pass.work_once(at=now, seconds=_TURN))
        busy |= _chore(lambda now=now: verdicts.judge_due(at=now, seconds=_TURN))
        if now - ticked > dt.timedelta(minutes=1):
            _chore(lambda now=now: clocks.tick(at=now))
            for each in (*ticking.CHORES, *schemes.CHORES, *case_clock.CHORES):
                _chore(lambda now=now, each=each: each(at=now))
            ticked = now
        if now - written > dt.timedelta(minutes=10):
            _chore(finding.keep_all)
            written = now
        if not busy:
            stop.wait(pause)


def _chore(run: Callable[[], object]) -> bool:
    try:
        return bool(run())
    except Exception as wrong:
        _log.exception("a chore failed; it will be tried again")
        if isinstance(wrong, Error):
            connection.close()
        time.sleep(1)
        return False


def _demo_options(parser: argparse.ArgumentParser) -> None:
    _where(parser)
    parser.add_argument("--fresh", action="store_true", help="重新生成演示数据 build the demo city anew")
    parser.add_argument("--build-only", action="store_true", help="只生成数据 build the data and stop")


@command("demo", help="启动演示城市 start everything with the demo city", arguments=_demo_options)
def demo(options: argparse.Namespace) -> int:
    """Build the demo city once (about a minute), then serve it with the house kept; prints the sign-ins.

    The demo has a data folder of its own, so that it can never touch real data.
    """
    if not settings.FUHUA_DEMO:
        environment = {**os.environ, "FUHUA_DEMO": "1", "FUHUA_DATA": str(settings.FUHUA_DATA / "demo")}
        os.execve(sys.executable, [sys.executable, "-m", "fuhua.config.door", *sys.argv[1:]], environment)  # noqa: S606 - ourselves again
    settings.FUHUA_DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    demo_city.build(fresh=options.fresh)
    if options.build_only:
        return 0
    connection.close()
    keeper = subprocess.Popen([sys.executable, "-m", "fuhua.config.door", "keep"])
    try:
        demo_city.greet(f"http://{options.host}:{options.port}/")
        return serve(options)
    finally:
        keeper.terminate()
        keeper.wait(10)
