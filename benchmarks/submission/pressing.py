"""What one worker process does: press each applicant's button at its moment, in threads as a server's worker has them."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from fuhua.schemes.models import Application

THREADS = 8


@dataclass(frozen=True)
class Press:
    """Somebody with a ``session`` sends ``body`` for an application, so many seconds ``at`` from the start."""

    at: float
    application: int
    session: str
    body: dict[str, str]


@dataclass(frozen=True)
class Answer:
    """How long it took from the press to the answer, in seconds, and its status."""

    application: int
    seconds: float
    status: int


def ready(_number: int) -> None:
    """Have the pages declared and the database open before anything is timed, in every process of a pool."""
    get_resolver().url_patterns  # noqa: B018 - importing the table declares every page
    Application.objects.first()
    time.sleep(1)


def press_all(presses: list[Press], began: float) -> tuple[list[Answer], float]:
    """Press each at its moment; gives the answers, and seconds of the processor in all."""
    queue, found, lock = list(reversed(presses)), [], threading.Lock()

    def work() -> None:
        while True:
            with lock:
                if not queue:
                    break
                press = queue.pop()
            time.sleep(max(0.0, began + press.at - time.time()))
            client = Client(SERVER_NAME="localhost")
            client.cookies[settings.SESSION_COOKIE_NAME] = press.session
            answer = client.post(reverse("schemes:application_submit", kwargs={"pk": press.application}), press.body)
            with lock:
                found.append(Answer(press.application, time.time() - began - press.at, answer.status_code))
        connection.close()

    cpu = time.process_time()
    threads = [threading.Thread(target=work) for _one in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found, time.process_time() - cpu
