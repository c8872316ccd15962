"""For stories told in a real browser: a small demo city, a server of one's own on a copy of it, and a headless Chromium."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from exchange.conftest import a_need, an_offer, firm  # noqa: F401 - stories of the exchange share its organisations

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
_BUILD = """
import django
django.setup()
from django.core.management import call_command
from fuhua.config import demo
call_command("migrate", verbosity=0)
demo.build(scale=0.02, quiet=True)
"""


def alone(data: Path) -> dict[str, str]:
    """The environment of a process that has only the data folder ``data``: SQLite, the demo, nothing of this machine's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FUHUA_", "DATABASE_", "REDIS_"))}
    return {**kept, "FUHUA_DATA": str(data), "FUHUA_DEMO": "1", "DJANGO_SETTINGS_MODULE": "fuhua.config.settings"}


@pytest.fixture(scope="session")
def small_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a small demo city, built once however many workers there are."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    city = shared / "small-city"
    with (shared / "small-city.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not city.exists():
            half = shared / "small-city.half"
            half.mkdir()
            subprocess.run([sys.executable, "-c", _BUILD], env=alone(half), check=True, timeout=240)
            half.rename(city)
    return city


class Site:
    """``./fuhua serve`` on a copy of the small city; ``stop()`` stops it for good."""

    def __init__(self, data: Path) -> None:
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._log = (data / "serve.log").open("w")
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "fuhua.config.door", "serve", "--port", str(port)], env=alone(data),
            stdout=self._log, stderr=self._log)
        for _attempt in range(1200):
            if self._process.poll() is not None:
                break
            with closing(socket.socket()) as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        self.stop()
        raise RuntimeError((data / "serve.log").read_text())

    def stop(self) -> None:
        """Stop the server; again is fine."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(20)
        self._log.close()


def _running(small_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    data = tmp_path_factory.mktemp("site") / "city"
    shutil.copytree(small_city, data)
    running = Site(data)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def site(small_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running server with a copy of the city for a module of stories, which only read."""
    yield from _running(small_city, tmp_path_factory)


@pytest.fixture
def own_site(small_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running server for one story alone, which may change the city and stop the server."""
    yield from _running(small_city, tmp_path_factory)


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A headless Chromium; without one the test is skipped, saying how to get it."""
    named = os.environ.get("FUHUA_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if named is None:
        pytest.skip("no Chromium here: install one, or set FUHUA_BROWSER to its path")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=named, args=list(FLAGS))
        yield chromium
        chromium.close()
