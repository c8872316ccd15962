"""A service of embeddings on loopback, for tests: real HTTP, the simplest of models."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SIGNS = "磷膜"


class Service(ThreadingHTTPServer):
    """Embeds a text as how often it has each of ``signs``, and 1; ``answer`` makes it fail otherwise, ``silent`` holds it until set."""

    daemon_threads = True

    def __init__(self, signs: str = SIGNS) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.signs = signs
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.answer: tuple[int, bytes] | None = None
        self.silent = threading.Event()
        self.silent.set()
        self.url = f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(asked)
        self.server.keys.append(self.headers.get("Authorization", ""))
        self.server.silent.wait(20)
        rows = [{"index": n, "embedding": [*map(text.count, self.server.signs), 1]} for n, text in enumerate(asked["input"])]
        status, body = self.server.answer or (200, json.dumps({"data": rows[::-1]}).encode())
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: Any) -> None:
        """Nothing is written to the terminal."""


@contextmanager
def serving(signs: str = SIGNS) -> Iterator[Service]:
    """The service while it is needed."""
    running = Service(signs)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    try:
        yield running
    finally:
        running.silent.set()
        running.shutdown()
        thread.join()
        running.server_close()
