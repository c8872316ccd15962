"""The real server on the demo city, eight clients at once on the cockpit and every list, and query counts for 10 and 100,000 rows."""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from benchmarks.measure import options, percentile, report
from benchmarks.scratch import child, scratch
from fuhua.config import demo
from fuhua.kernel.page import PAGES
from fuhua.parties.models import Account, Party

CLIENTS, EACH = 8, 40
FEW, MANY = 10, 100_000
_AS = "city_officer"


def main(chosen: argparse.Namespace) -> None:
    """Build the demo city in a scratch database (with --keep once), serve it, ask, count queries."""
    if chosen.part:
        print(json.dumps(PARTS[chosen.part](chosen)))
        return
    with scratch(chosen.keep) as environment:
        environment |= {"FUHUA_DEMO": "1", "FUHUA_SECRET": "one for all processes of this benchmark"}
        found = {part: json.loads(child("benchmarks.pages", environment, "--part", part, "--size", str(chosen.size))) for part in PARTS}
    report({"benchmark": "pages", **found}, chosen)


def _build(chosen: argparse.Namespace) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    demo.build(quiet=True, scale=chosen.size / 50_000)
    return {"organisations": Party.objects.count()}


def _lists() -> list[str]:
    """The cockpit and every page without arguments that the officer can open and that is HTML."""
    client = _client()
    client.get(reverse("front:home"))  # the first reverse loads every page
    found = []
    for page in PAGES:
        if "<" in page.path or "GET" not in page.methods:
            continue
        answer = client.get(reverse(page.name), follow=True)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            found.append(answer.redirect_chain[-1][0] if answer.redirect_chain else reverse(page.name))
    return sorted(set(found))


def _client() -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(Account.objects.get(username=_AS))
    return client


def _serve(_chosen: argparse.Namespace) -> dict[str, Any]:
    """Milliseconds from request to the whole answer, p50 and p95 of every page, eight clients at once."""
    paths, cookie, port = _lists(), _session(), _free_port()
    server = subprocess.Popen([sys.executable, "-m", "fuhua.config.door", "serve", "--port", str(port), "--workers", "2"],
                              stdout=subprocess.DEVNULL, env=os.environ)
    try:
        _wait(port)
        for path in paths * 6:  # every worker has seen every page once
            _get(port, path, cookie)
        return {path: _asked(port, path, cookie) for path in paths}
    finally:
        server.terminate()
        server.wait(20)


def _asked(port: int, path: str, cookie: str) -> dict[str, float]:
    def ask(_client: int) -> list[float]:
        return [_get(port, path, cookie) for _ in range(EACH)]

    with ThreadPoolExecutor(CLIENTS) as pool:
        times = [ms for found in pool.map(ask, range(CLIENTS)) for ms in found]
    return {"p50_ms": round(percentile(times, 0.5), 1), "p95_ms": round(percentile(times, 0.95), 1)}


def _get(port: int, path: str, cookie: str) -> float:
    link = HTTPConnection("127.0.0.1", port, timeout=120)
    began = time.perf_counter()
    link.request("GET", path, headers={"Cookie": cookie})
    answer = link.getresponse()
    answer.read()
    took = (time.perf_counter() - began) * 1000
    link.close()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return took


def _session() -> str:
    """The cookie of a session of the officer."""
    client = _client()
    session = SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
    if SESSION_KEY not in session:
        raise SystemExit("the officer could not sign in")
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as link:
            if link.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def _count(_chosen: argparse.Namespace) -> dict[str, Any]:
    """Queries and milliseconds of the register of organisations with few and with many rows."""
    client, path, found = _client(), reverse("parties:organisations"), {}
    for rows in (FEW, MANY):
        _organisations(rows)
        client.get(path)
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        found[str(rows)] = {"queries": len(asked), "ms": round((time.perf_counter() - began) * 1000, 1)}
    return {**found, "same": found[str(FEW)]["queries"] == found[str(MANY)]["queries"]}


def _organisations(rows: int) -> None:
    there = Party.objects.count()
    Party.objects.bulk_create([Party(urn=f"urn:fuhua:venture:bench-{n}", sort="venture", name=f"基准企业{n}", entered_at=timezone.now())
                               for n in range(there, rows)], batch_size=5000)


PARTS = {"build": _build, "serve": _serve, "count": _count}

if __name__ == "__main__":
    main(options(50_000).parse_args())
